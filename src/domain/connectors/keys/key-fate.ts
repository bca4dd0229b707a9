/** What becomes of a key in the config of one of MM2's connectors: from the complete key table of 2.7 to 4.x. */

export type Mm2Connector = 'source' | 'checkpoint' | 'heartbeat';

export type KeyFate =
  /** Read by this connector, in this version. */
  | { readonly kind: 'known' }
  /** Accepted and silently thrown away, e.g. `source.cluster.max.poll.records`; `instead` is the key that works. */
  | { readonly kind: 'dropped'; readonly why: string; readonly instead: string | null }
  /** A key of another MM2 connector, without effect here. */
  | { readonly kind: 'elsewhere'; readonly readBy: readonly Mm2Connector[] }
  /** A key of MM2's dedicated mode (mm2.properties), e.g. `clusters` or `a->b.enabled`. */
  | { readonly kind: 'dedicated-mode' }
  | { readonly kind: 'removed'; readonly since: string; readonly instead: string | null }
  /** The worker is too old for it. */
  | { readonly kind: 'newer'; readonly since: string }
  | { readonly kind: 'unknown'; readonly suggestion: string | null };

/** @param version of the worker; null = the newest that the table knows. */
export function keyFate(_connector: Mm2Connector, _key: string, _version: string | null): KeyFate {
  return { kind: 'known' };
}

/** What MM2 takes when the key is not there; null = nothing, or not a key of this connector. */
export function defaultOf(_connector: Mm2Connector, _key: string): string | null {
  return null;
}
