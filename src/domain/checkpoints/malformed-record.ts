/** Why a record of an MM2 internal topic could not be decoded. Counted and reported, never fatal. */
export const MALFORMED_REASONS = [
  'null-key',
  /** A tombstone: MM2 never writes one, but an operator or another tool may. */
  'null-value',
  'unsupported-version',
  'truncated',
  'trailing-bytes',
  'negative-length',
  'invalid-utf8',
  'negative-partition',
  'negative-offset',
] as const;
export type MalformedReason = (typeof MALFORMED_REASONS)[number];

/** What the decoders take: a record as it lies in the log. */
export interface RawRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
}

export interface EncodedRecord {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

/** `key` is what the key said when only the value is malformed, so that a caller can name what is unreadable. */
export interface MalformedRecord<Key> {
  readonly kind: 'malformed';
  readonly why: MalformedReason;
  readonly key: Key | null;
}

export function malformed<Key>(why: MalformedReason, key: Key | null = null): MalformedRecord<Key> {
  return { kind: 'malformed', why, key };
}
