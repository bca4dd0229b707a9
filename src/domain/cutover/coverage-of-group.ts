/** Whether each commit of a group on the source has, or would get, its place on the target. */
import type { Reason } from '../verdicts.ts';
import { fail, type Gate, pass, type Seen, unknown, worst } from './check.ts';
import type { GroupFacts, GroupPartitionFacts } from './facts.ts';
import { movedPartitions, nameOf } from './judged-groups.ts';

export function coverageOf(group: GroupFacts, gate: Gate): Seen {
  const { phase } = gate;
  const partitions = movedPartitions(group);
  const seen = partitions.map((partition) => {
    if (phase === 'rehearse') return judgePlan(partition, gate);
    return phase === 'cutover' ? judgeCommitted(partition) : judgeThere(partition);
  });
  const bad = worst(seen, pass('has nothing to move'));
  const alike = seen.filter(({ verdict }) => verdict === bad.verdict).length;
  if (bad.verdict === 'pass')
    return pass(phase === 'rehearse' ? 'would have its place everywhere' : 'has its place everywhere');
  return alike < 2 ? bad : { ...bad, seen: `${bad.seen}, and ${alike - 1} more such` };
}

/** Something else wrote there: whether it is right is for no-skip and redelivered to say. */
const HAS_ANOTHER_PLACE: ReadonlySet<Reason> = new Set<Reason>([
  'target-ahead',
  'would-rewind',
  'target-out-of-range',
  'taken-over',
]);

/** Not being able to tell is no failure, and no success either. */
const NOT_KNOWN: ReadonlySet<Reason> = new Set<Reason>([
  'group-state-unknown',
  'source-unreadable',
  'checkpoint-unreadable',
  'offset-unstable',
]);

function judgePlan(partition: GroupPartitionFacts, gate: Gate): Seen {
  const { verdict, reason, translated } = partition.outcome;
  if (verdict === 'planned' || verdict === 'unchanged' || verdict === 'committed') return pass('has its place');
  if (reason === 'group-active' || reason === 'group-active-standalone') {
    return fail('is consuming on the target, so a sync would leave it alone', STOP_ON_TARGET);
  }
  if (reason !== null && HAS_ANOTHER_PLACE.has(reason) && translated !== null) {
    const target = partition.targetCommitted.second;
    if (target.kind === 'unknown') return unknown(`may have no offset on ${nameOf(partition)}: ${target.why}`);
    if (target.value !== null) return pass('has a place of somebody else');
  }
  if (reason === 'not-replicated' && waitsWithinLag(partition, gate))
    return pass('waits for records within the lag allowed');
  return without(partition);
}

/**
 * On a live system the newest commits run ahead of the copies. That is the lag and nothing else only where MM2 had not
 * come to the commit before it was looked at; where it had, and the records are missing all the same, they will never
 * come.
 */
function waitsWithinLag(partition: GroupPartitionFacts, gate: Gate): boolean {
  const { sourceTopic, partition: number, sourceCommitted } = partition.outcome;
  const topic = sourceTopic === null ? undefined : gate.topicOf(sourceTopic);
  const log = topic?.partitions.find((one) => one.partition === number);
  if (log?.copiedBefore.kind !== 'known' || log.lagRecords.kind !== 'known' || sourceCommitted === null) return false;
  return (log.copiedBefore.value ?? 0n) < sourceCommitted && log.lagRecords.value <= gate.rules.maxReplicationLag;
}

function judgeCommitted(partition: GroupPartitionFacts): Seen {
  const target = partition.targetCommitted.second;
  if (target.kind === 'unknown') return unknown(`may have no offset on ${nameOf(partition)}: ${target.why}`);
  if (target.value === null) return without(partition);
  const { verdict, translated } = partition.outcome;
  if (verdict === 'planned' && translated !== null && translated !== target.value) {
    const place = `${nameOf(partition)}: committed ${target.value}, right is ${translated}`;
    return fail(`is not synced yet on ${place}`, SYNC_FIRST);
  }
  return pass('has its place');
}

function judgeThere(partition: GroupPartitionFacts): Seen {
  const target = partition.targetCommitted.second;
  if (target.kind === 'unknown') return unknown(`may have no offset on ${nameOf(partition)}: ${target.why}`);
  return target.value === null ? fail(`has no offset on the target for ${nameOf(partition)}`) : pass('has its place');
}

function without(partition: GroupPartitionFacts): Seen {
  const { reason, verdict } = partition.outcome;
  const words = `has no place on ${nameOf(partition)} (${reason ?? verdict})`;
  if (verdict === 'planned') return fail(`has no offset on the target for ${nameOf(partition)} yet`, SYNC_FIRST);
  return reason !== null && NOT_KNOWN.has(reason) ? unknown(words) : fail(words);
}

const SYNC_FIRST = 'Run sync, then check again.';
const STOP_ON_TARGET =
  'Before the cutover: stop its consumers on the target. After it they belong there: ask with phase decommission from then on.';
