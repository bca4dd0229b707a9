/** What a rollback says of a group: one outcome for every partition in the export, whatever came of it. */
import type { GroupStatus } from '../../domain/groups.ts';
import { judgeGroup } from '../../domain/offsets/group-verdict.ts';
import type { GroupOutcome, PartitionOutcome } from '../../domain/offsets/partition-outcome.ts';
import type { SavedGroup } from '../../domain/rollback/saved-offsets.ts';
import { comparePartitions, type TopicPartitionKey } from '../../domain/topic-partition.ts';
import { offsetOf, outcomeWithoutTranslation } from '../outcome-without-translation.ts';
import type { Decided, GroupDecisions } from './observe-restorations.ts';
import type { Restored } from './restore-batch.ts';

export interface GroupRestoration {
  readonly status: GroupStatus;
  readonly sourceTopic: (topic: string) => string | null;
  /** What was done, undefined where nothing was taken up. */
  readonly restored: ReadonlyMap<TopicPartitionKey, Restored> | undefined;
  readonly underWay: boolean;
  /** The group was deleted. */
  readonly gone: boolean;
  readonly dryRun: boolean;
}

export function restorationOutcome(
  { groupId }: SavedGroup,
  decisions: GroupDecisions,
  state: GroupRestoration,
): GroupOutcome {
  const { status, gone } = state;
  const partitions = [...decisions]
    .map(([key, decided]) => withDelta(decided, partitionOutcome(decided, state, state.restored?.get(key))))
    .sort(comparePartitions);
  const seen = status.kind === 'listed' ? status.state : status.kind === 'absent' ? 'absent' : null;
  return {
    groupId,
    sourceState: null,
    targetState: gone ? 'absent' : seen,
    type: status.kind === 'listed' ? status.type : null,
    verdict: judgeGroup(partitions),
    partitions,
  };
}

function partitionOutcome(first: Decided, state: GroupRestoration, restored: Restored | undefined): PartitionOutcome {
  const { saved } = first;
  const decision = restored?.decision ?? first.decision;
  const before = restored?.target ?? first.target;
  const wanted = saved.previous?.offset ?? null;
  const sourceTopic = state.sourceTopic(saved.topic);
  if (state.underWay && first.decision.restoration !== null) {
    return outcomeWithoutTranslation(saved, sourceTopic, { before, after: null, wanted }, UNDER_WAY);
  }
  const verified = restored?.verified ?? null;
  if (verified === null) {
    const notTaken = decision.verdict === 'planned' && !state.dryRun;
    const detail = notTaken ? 'the run ended before this one' : decision.detail;
    const judged = { verdict: decision.verdict, reason: decision.reason, detail };
    return outcomeWithoutTranslation(saved, sourceTopic, { before, after: offsetOf(before), wanted }, judged);
  }
  const { verdict, reason, detail, targetAfter: after } = verified;
  return outcomeWithoutTranslation(saved, sourceTopic, { before, after, wanted }, { verdict, reason, detail });
}

/** Nothing was wanted and nothing is there: that is in place, and not unknown. */
function withDelta({ saved }: Decided, outcome: PartitionOutcome): PartitionOutcome {
  const isInPlace = outcome.verdict === 'committed' || outcome.verdict === 'unchanged';
  return saved.previous === null && isInPlace ? { ...outcome, delta: 0n } : outcome;
}

const UNDER_WAY = {
  verdict: 'pending',
  reason: 'group-state-unknown',
  detail: 'the run ended while this one was under way: whether it took effect is not known',
} as const;
