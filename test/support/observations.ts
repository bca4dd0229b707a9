/** A group partition that is simply to be committed; a test overrides the one thing that it is about. */
import type { Checkpoint } from '../../src/domain/checkpoints/checkpoint-format.ts';
import { lowerBounds, type OffsetPair } from '../../src/domain/checkpoints/lower-bounds.ts';
import type { GroupStatus } from '../../src/domain/groups.ts';
import type {
  BoundsObservation,
  CommitObservation,
  GroupObservation,
  PartitionObservation,
} from '../../src/domain/offsets/observation.ts';

export const listed = (state: string, type = 'classic', protocolType = 'consumer'): GroupStatus => ({
  kind: 'listed',
  state,
  type,
  protocolType,
});

export const committed = (offset: bigint, metadata = ''): CommitObservation => ({
  kind: 'committed',
  offset,
  metadata,
  leaderEpoch: -1,
});

export const checkpoint = (upstreamOffset: bigint, downstreamOffset: bigint, metadata = ''): Checkpoint => ({
  groupId: 'billing',
  topic: 'src.orders',
  partition: 0,
  upstreamOffset,
  downstreamOffset,
  metadata,
});

export const bounds = (own: Checkpoint | null, anchors: readonly OffsetPair[] = []): BoundsObservation => ({
  kind: 'bounds',
  bounds: lowerBounds(
    own === null ? [] : [{ groupId: own.groupId, upstream: own.upstreamOffset, downstream: own.downstreamOffset }],
    anchors,
  ),
});

export const group = (overrides: Partial<GroupObservation> = {}): GroupObservation => ({
  groupId: 'billing',
  selected: true,
  targetStatus: { kind: 'absent' },
  sourceStatus: listed('Stable'),
  allowRewind: false,
  overwrite: false,
  refresh: false,
  ...overrides,
});

/** Source committed 100 of 500, checkpoint 100→90, target log 0–1000, nothing committed on the target yet. */
export const partition = (overrides: Partial<PartitionObservation> = {}): PartitionObservation => {
  const own = overrides.checkpoint === undefined ? checkpoint(100n, 90n) : overrides.checkpoint;
  return {
    topic: 'src.orders',
    partition: 0,
    sourceTopic: 'orders',
    topicFiltered: false,
    source: { commit: committed(100n), range: { logStart: 0n, highWatermark: 500n } },
    checkpointUnreadable: false,
    bounds: bounds(own),
    records: null,
    downstream: { kind: 'range', range: { logStart: 0n, highWatermark: 1_000n } },
    target: { kind: 'none' },
    targetLastSeen: undefined,
    ...overrides,
    checkpoint: own,
  };
};
