/** What a pass says of a group: one outcome for every partition, whatever came of its commit. */
import { judgeGroup } from '../domain/offsets/group-verdict.ts';
import type { CommitObservation, PartitionObservation } from '../domain/offsets/observation.ts';
import type { GroupOutcome, PartitionOutcome } from '../domain/offsets/partition-outcome.ts';
import type { PartitionDecision } from '../domain/offsets/plan-offset-sync.ts';
import { redeliveryAt } from '../domain/offsets/redelivery.ts';
import { comparePartitions, type TopicPartitionKey } from '../domain/topic-partition.ts';
import type { DecidedPartition } from './commit-batch.ts';
import type { DiscoveredGroup } from './discover-groups.ts';
import type { RunMemory } from './run-memory.ts';

export interface OutcomeDeps {
  readonly memory: RunMemory;
  readonly dryRun: boolean;
}

/** The first look at a partition, and what was decided on it. */
export interface Looked {
  readonly seen: PartitionObservation;
  readonly decision: PartitionDecision;
}

export type GroupLook = ReadonlyMap<TopicPartitionKey, Looked>;

/** How far the commits of one group have come. */
export interface GroupProgress {
  readonly committed: ReadonlyMap<TopicPartitionKey, DecidedPartition> | undefined;
  readonly underWay: boolean;
}

export function groupOutcome(
  deps: OutcomeDeps,
  group: DiscoveredGroup,
  look: GroupLook,
  { committed, underWay }: GroupProgress,
): GroupOutcome {
  const partitions = [...look]
    .map(([key, looked]) => {
      if (underWay && looked.decision.commit !== null) return unknownOutcome(deps, group, key, looked);
      return partitionOutcome(deps, group, key, looked, committed?.get(key));
    })
    .sort(comparePartitions);
  const status = group.targetStatus;
  const listed = status.kind === 'listed' ? status : null;
  const source = group.sourceStatus;
  return {
    groupId: group.groupId,
    sourceState: source === null ? null : stateOf(source),
    targetState: stateOf(status),
    type: listed?.type ?? (source?.kind === 'listed' ? source.type : null),
    verdict: judgeGroup(partitions),
    partitions,
  };
}

function stateOf(status: DiscoveredGroup['targetStatus']): string | null {
  if (status.kind === 'listed') return status.state;
  return status.kind === 'absent' ? 'absent' : null;
}

function partitionOutcome(
  deps: OutcomeDeps,
  group: DiscoveredGroup,
  key: TopicPartitionKey,
  { seen, decision: firstDecision }: Looked,
  committed: DecidedPartition | undefined,
): PartitionOutcome {
  const decision = committed?.decision ?? firstDecision;
  const now = offsetOf(committed?.target ?? seen.target);
  const readable = (committed?.target ?? seen.target).kind !== 'unreadable';
  const targetBefore = deps.memory.before(group.groupId, key, now);
  const verified = committed?.verified ?? null;
  const targetAfter = verified === null ? now : verified.targetAfter;
  if (readable) deps.memory.see(group.groupId, key, now);
  if (verified !== null && verified.targetAfter !== null) deps.memory.see(group.groupId, key, verified.targetAfter);
  const delta = decision.translated === null || targetAfter === null ? null : decision.translated - targetAfter;
  const source = seen.source;
  return {
    topic: seen.topic,
    partition: seen.partition,
    sourceTopic: seen.sourceTopic,
    sourceCommitted: source === null ? null : offsetOf(source.commit),
    sourceLogEnd: source?.range != null && 'highWatermark' in source.range ? source.range.highWatermark : null,
    checkpointUpstream: seen.checkpoint?.upstreamOffset ?? null,
    checkpointDownstream: seen.checkpoint?.downstreamOffset ?? null,
    translated: decision.translated,
    translation: decision.translation,
    proof: decision.proof,
    targetBefore,
    targetAfter,
    targetLogStart: seen.downstream.kind === 'range' ? seen.downstream.range.logStart : null,
    targetHighWatermark: seen.downstream.kind === 'range' ? seen.downstream.range.highWatermark : null,
    delta,
    ...redeliveryAt(targetAfter, decision),
    ...verdictOf(deps, decision, verified),
  };
}

/** The run ended while the commit was under way: neither the answer nor the read-back has come. */
function unknownOutcome(
  deps: OutcomeDeps,
  group: DiscoveredGroup,
  key: TopicPartitionKey,
  looked: Looked,
): PartitionOutcome {
  return {
    ...partitionOutcome(deps, group, key, looked, undefined),
    targetAfter: null,
    delta: null,
    redelivered: null,
    redeliveredMax: null,
    verdict: 'pending',
    reason: 'group-state-unknown',
    detail: 'the run ended while this commit was under way: whether it took effect is not known',
  };
}

function verdictOf(
  deps: OutcomeDeps,
  decision: PartitionDecision,
  verified: DecidedPartition['verified'],
): Pick<PartitionOutcome, 'verdict' | 'reason' | 'detail'> {
  if (verified !== null) {
    const { verdict, reason, detail } = verified;
    return { verdict, reason: reason ?? decision.reason, detail: detail ?? decision.detail };
  }
  const notTaken = decision.verdict === 'planned' && !deps.dryRun;
  const detail = notTaken ? 'the run ended before this commit' : decision.detail;
  return { verdict: decision.verdict, reason: decision.reason, detail };
}

function offsetOf(commit: CommitObservation): bigint | null {
  return commit.kind === 'committed' ? commit.offset : null;
}
