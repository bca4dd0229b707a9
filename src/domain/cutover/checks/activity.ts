import { span } from '../../figures.ts';
import type { GroupStatus } from '../../groups.ts';
import { type Check, fail, type Gate, ofGroup, pass, type Seen, unknown, worst } from '../check.ts';
import type { GroupFacts, GroupPartitionFacts, Known, TwoLooks } from '../facts.ts';
import { isExcluded, judgedGroups, liveliness, nameOf, selectedPartitions } from '../judged-groups.ts';

/** Two looks, because a consumer with assigned partitions has no members and still commits. */
export const activity: Check = {
  id: 'activity',
  title: 'the consumers are at rest',
  next: 'Stop its consumers and wait: static members keep a group alive until their session times out.',
  threshold: ({ rules }) => `no member, no commit within ${span(rules.activityWindowMs)}`,
  judge: (gate) =>
    judgedGroups(gate)
      .filter((group) => !isExcluded(group))
      .map((group) => ofGroup(group, judgeGroup(group, gate))),
};

function judgeGroup(group: GroupFacts, gate: Gate): Seen {
  const sides = gate.phase === 'decommission' ? (['source'] as const) : (['source', 'target'] as const);
  const seen = sides.flatMap((side) => [
    ...members(group[side], side),
    ...selectedPartitions(group).map((partition) => commits(partition, side)),
  ]);
  if (gate.facts.windowMs < gate.rules.activityWindowMs) seen.push(TOO_SHORT);
  return worst(seen, pass('is at rest'));
}

const TOO_SHORT: Seen = unknown(
  'was not watched for the whole window',
  'Let the run go on for the whole activity-window.',
);

function members({ first, second }: TwoLooks<GroupStatus>, side: string): readonly Seen[] {
  return [second, first].map((status) => {
    const alive = liveliness(status);
    if (alive === 'quiet') return pass('is at rest');
    if (alive === 'active') return fail(`is still consuming on the ${side}${stateOf(status)}`);
    return unknown(
      `may be consuming on the ${side}: ${status.kind === 'unknown' ? status.why : 'its state is not told'}`,
    );
  });
}

function stateOf(status: GroupStatus): string {
  return status.kind === 'listed' ? ` (${status.state})` : '';
}

function commits(partition: GroupPartitionFacts, side: 'source' | 'target'): Seen {
  const { first, second } = side === 'source' ? partition.sourceCommitted : partition.targetCommitted;
  const moved = change(first, second);
  if (moved.kind === 'unknown')
    return unknown(`may be committing on the ${side} for ${nameOf(partition)}: ${moved.why}`);
  if (moved.value === null) return pass('is at rest');
  return fail(`commits on the ${side} for ${nameOf(partition)} (${moved.value})`);
}

/** `120 to 125`; null: nothing changed. */
function change(first: Known<bigint | null>, second: Known<bigint | null>): Known<string | null> {
  if (first.kind === 'unknown') return first;
  if (second.kind === 'unknown') return second;
  const words = `${first.value ?? 'none'} to ${second.value ?? 'none'}`;
  return { kind: 'known', value: first.value === second.value ? null : words };
}
