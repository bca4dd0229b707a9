/**
 * Which checkpoints of one partition may serve as a lower bound of a translated offset.
 *
 * MM2's word alone is not enough: after a target topic was re-created, MM2 keeps old checkpoints that lie ahead of
 * the truth. An offset sync of the last epoch (an anchor) pairs one record with its copy, so a checkpoint (U, D) is
 * refuted by an anchor with upstream ≥ U and downstream < D.
 *
 * Another group's checkpoint with upstream ≥ U and downstream < D speaks against it as well, but is itself only a
 * lower bound: MM2 thins its syncs while it copies, and a group that it meets later gets a far lower place. So that
 * counts only while no anchor at or below U vouches for D, i.e. while the sync that D came from is not to be seen.
 */
export interface OffsetPair {
  readonly upstream: bigint;
  readonly downstream: bigint;
}

export interface GroupCheckpoint extends OffsetPair {
  readonly groupId: string;
}

export interface LowerBounds {
  /** A pair that contradicts the checkpoint (U, D), or null. */
  refutes(pair: OffsetPair): OffsetPair | null;
}

/**
 * The last epoch: the suffix, in log order, in which upstream and downstream both grow. Syncs before it speak of a
 * topic that was re-created or copied again. The same pair written twice stays.
 */
export function lastEpoch(syncs: readonly OffsetPair[]): readonly OffsetPair[] {
  let start = 0;
  for (let i = 1; i < syncs.length; i++) {
    const previous = syncs[i - 1];
    const current = syncs[i];
    if (previous === undefined || current === undefined) continue;
    if (!grows(previous, current)) start = i;
  }
  return syncs.slice(start);
}

function grows(previous: OffsetPair, current: OffsetPair): boolean {
  const up = current.upstream - previous.upstream;
  const down = current.downstream - previous.downstream;
  return (up > 0n && down > 0n) || (up === 0n && down === 0n);
}

/** O(n log n) to build, O(log n) to ask; n = checkpoints + anchors of the partition. */
export function lowerBounds(checkpoints: readonly GroupCheckpoint[], anchors: readonly OffsetPair[]): LowerBounds {
  const byAnchor = lowestFrom(anchors);
  const byCheckpoint = lowestFrom(checkpoints);
  const vouchedFor = anchorBounds(anchors);
  const refutes = (pair: OffsetPair): OffsetPair | null => {
    const anchor = byAnchor(pair.upstream);
    if (anchor !== null && anchor.downstream < pair.downstream) return anchor;
    const checkpoint = byCheckpoint(pair.upstream);
    if (checkpoint === null || checkpoint.downstream >= pair.downstream) return null;
    return vouchedFor(pair.upstream) >= pair.downstream ? null : checkpoint;
  };
  return { refutes };
}

function byUpstream(a: OffsetPair, b: OffsetPair): number {
  if (a.upstream === b.upstream) return 0;
  return a.upstream < b.upstream ? -1 : 1;
}

/** Asks for the pair with the least downstream offset among those at or above an upstream offset. */
function lowestFrom(pairs: readonly OffsetPair[]): (upstream: bigint) => OffsetPair | null {
  const sorted = [...pairs].sort(byUpstream);
  const lowest = sorted.slice();
  for (let i = lowest.length - 2; i >= 0; i--) {
    const here = lowest[i];
    const after = lowest[i + 1];
    if (here !== undefined && after !== undefined && after.downstream < here.downstream) lowest[i] = after;
  }
  return (upstream) => lowest[firstAtOrAbove(sorted, upstream)] ?? null;
}

/** The furthest place that the anchors themselves prove for an upstream offset; −1 without an anchor below it. */
function anchorBounds(anchors: readonly OffsetPair[]): (upstream: bigint) => bigint {
  const sorted = [...anchors].sort(byUpstream);
  return (upstream) => {
    const anchor = sorted[firstAtOrAbove(sorted, upstream + 1n) - 1];
    if (anchor === undefined) return -1n;
    return anchor.upstream === upstream ? anchor.downstream : anchor.downstream + 1n;
  };
}

function firstAtOrAbove(sorted: readonly OffsetPair[], upstream: bigint): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const pair = sorted[middle];
    if (pair !== undefined && pair.upstream < upstream) low = middle + 1;
    else high = middle;
  }
  return low;
}
