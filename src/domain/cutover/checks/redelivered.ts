import { count, plural } from '../../figures.ts';
import type { PartitionOutcome } from '../../offsets/partition-outcome.ts';
import { type Check, fail, type Gate, ofGroup, pass, type Seen, unknown } from '../check.ts';
import type { GroupFacts, GroupPartitionFacts, Known, Phase } from '../facts.ts';
import { judgedGroups, movedPartitions, nameOf, startingPoint } from '../judged-groups.ts';

export const redelivered: Check = {
  id: 'redelivered',
  title: 'no group reads too much again',
  next: 'Run sync again, or allow more with max-redelivered where the consumers can take it.',
  threshold: ({ rules }) => `at most ${plural(rules.maxRedelivered, 'record')} a group`,
  judge: (gate) => judgedGroups(gate).map((group) => ofGroup(group, judgeGroup(group, gate))),
};

function judgeGroup(group: GroupFacts, gate: Gate): Seen {
  const { maxRedelivered } = gate.rulesOf(group.groupId);
  let sum = 0n;
  let unproven: string | null = null;
  for (const partition of movedPartitions(group)) {
    const again = readAgain(partition, gate.phase);
    if (again.kind === 'known') sum += again.value;
    else unproven ??= `${nameOf(partition)}: ${again.why}`;
  }
  const words = `would re-read ${sum === 0n ? '0' : `up to ${count(sum)}`} records`;
  // What is known already exceeds it, whatever the rest would add.
  const own = maxRedelivered === gate.rules.maxRedelivered ? '' : `, ${count(maxRedelivered)} allowed`;
  if (sum > maxRedelivered) return fail(`would re-read ${plural(sum, 'record')}${own}`);
  if (unproven !== null) return unknown(`may re-read any number of records on ${unproven}`);
  return pass(words);
}

/** An upper bound, in offsets. Where nothing is committed nothing is counted: that is coverage's case. */
function readAgain(partition: GroupPartitionFacts, phase: Phase): Known<bigint> {
  const start = startingPoint(partition, phase);
  if (start.kind === 'unknown') return start;
  if (start.value === null) return { kind: 'known', value: 0n };
  const { translated } = partition.outcome;
  const again = readAgainAtBest(partition.outcome);
  if (again === null || translated === null) return { kind: 'unknown', why: 'its place is not proven by records' };
  // Beyond the proven place nothing is read twice; whether something is skipped there is no-skip's case.
  if (start.value > translated) return { kind: 'known', value: 0n };
  return { kind: 'known', value: translated - start.value + again };
}

/** What the proven place itself reads again; null: it is not proven by records. */
function readAgainAtBest({
  translation,
  translated,
  proof,
  targetAfter,
  redeliveredMax,
}: PartitionOutcome): bigint | null {
  if (translation === 'exact') return 0n;
  if (translation !== 'bounded' || translated === null || proof?.kind !== 'records') return null;
  if (redeliveredMax === null || targetAfter === null) return proof.high - translated;
  // The outcome counts from what is committed now.
  return targetAfter < translated ? redeliveredMax - (translated - targetAfter) : redeliveredMax;
}
