/**
 * What ListGroups says of a group. State and type come from ListGroups v4 (KIP-518) and v5 (KIP-848) only:
 * DescribeGroups calls a live KIP-848 group `Dead`. On brokers without v4 the state is DescribeGroups' and
 * the type `classic`, the only one that they know.
 */
export interface ListedGroup {
  readonly groupId: string;
  /** Kafka's word in Kafka's spelling: Empty, Stable, PreparingRebalance, Assigning, Dead … */
  readonly state: string;
  /** Lower case: classic, consumer, share, streams; `unknown` when a broker gave none. */
  readonly type: string;
  /** '' for a simple group (offsets only), `consumer`, `connect`, `share`, `sr` … */
  readonly protocolType: string;
}

/** A group as one pass sees it, before its offsets are looked at. */
export type GroupStatus =
  | { readonly kind: 'listed'; readonly state: string; readonly type: string; readonly protocolType: string }
  /** Its own coordinator answered ListGroups without it, and OffsetFetch raised no authorization error. */
  | { readonly kind: 'absent' }
  /** A broker was not reached, or the principal may not describe the group: unreadable is not absent. */
  | { readonly kind: 'unknown'; readonly why: string };

const COMMITTABLE_TYPES: ReadonlySet<string> = new Set(['classic', 'consumer', 'streams']);
const COMMITTABLE_PROTOCOL_TYPES: ReadonlySet<string> = new Set(['', 'consumer', 'streams']);

export type Committability = 'committable' | 'active' | 'unsupported' | 'unknown';

/**
 * Invariant A. `Dead` in a listing is a group being removed: it has no members, yet it is not `Empty` and may be
 * a live KIP-848 group seen through an old request, so it counts as active.
 */
export function committability(status: GroupStatus): Committability {
  if (status.kind === 'unknown') return 'unknown';
  if (status.kind === 'absent') return 'committable';
  if (status.type === 'unknown') return 'unknown';
  if (!COMMITTABLE_TYPES.has(status.type)) return 'unsupported';
  if (!COMMITTABLE_PROTOCOL_TYPES.has(status.protocolType)) return 'unsupported';
  if (status.state === 'Unknown' || status.state === '') return 'unknown';
  return status.state === 'Empty' ? 'committable' : 'active';
}
