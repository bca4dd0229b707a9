import { describe, expect, test } from 'vitest';
import type { GroupPartitionFacts, Phase } from '../../../src/domain/cutover/facts.ts';
import type { PartitionOutcome } from '../../../src/domain/offsets/partition-outcome.ts';
import { committed, groupPartition, notKnown, outcome, proof, twice } from '../../support/cutover-facts.ts';
import { saidOf, withGroup, withPartition } from './verdict-of.ts';

type Row = readonly [what: string, phase: Phase, partition: Partial<GroupPartitionFacts>, said: string];

const CHECKPOINT: Partial<PartitionOutcome> = {
  translation: 'checkpoint',
  proof: { kind: 'checkpoint', groupId: 'billing', upstream: 100n, downstream: 90n },
};
const NOTHING_PROVEN: Partial<PartitionOutcome> = { translated: null, translation: 'none', proof: null };
/** Somewhere in 90 to 110. */
const BOUNDED: Partial<PartitionOutcome> = {
  translation: 'bounded',
  proof: proof({ high: 110n, firstAfter: { upstream: 100n, downstream: 95n } }),
  redeliveredMax: 12n,
};

function at(offset: bigint | null, overrides: Partial<PartitionOutcome> = {}): Partial<GroupPartitionFacts> {
  return { outcome: outcome({ targetAfter: offset, ...overrides }), ...committed(offset) };
}

function planned(overrides: Partial<PartitionOutcome> = {}): Partial<GroupPartitionFacts> {
  return at(null, { verdict: 'planned', redelivered: null, redeliveredMax: null, ...overrides });
}

describe('no-skip', () => {
  const afterNothing = proof({ firstAfter: null, highAnchor: null, high: 190n });
  test.each<Row>([
    ['at the proven place', 'cutover', at(90n), 'pass: billing skips nothing'],
    ['before it', 'cutover', at(10n), 'pass: billing skips nothing'],
    ['one beyond it', 'cutover', at(91n), 'fail: billing is ahead on a.orders/0: committed 91, right is 90'],
    [
      'before the first copy of what is still to come',
      'cutover',
      at(93n, { proof: proof({ firstAfter: { upstream: 100n, downstream: 93n } }) }),
      'pass: billing skips nothing',
    ],
    ['where nothing is to come', 'cutover', at(190n, { proof: afterNothing }), 'pass: billing skips nothing'],
    [
      'beyond the end that was searched',
      'cutover',
      at(191n, { proof: afterNothing }),
      'fail: billing is ahead on a.orders/0: committed 191, right is 90',
    ],
    ['bounded, before the first copy', 'cutover', at(95n, BOUNDED), 'pass: billing skips nothing'],
    [
      'bounded, within the bounds',
      'cutover',
      at(110n, BOUNDED),
      'unknown: billing may be ahead on a.orders/0: committed 110, proven is 90',
    ],
    [
      'bounded, beyond',
      'cutover',
      at(111n, BOUNDED),
      'fail: billing is ahead on a.orders/0: committed 111, right is 90',
    ],
    [
      'by a checkpoint alone',
      'cutover',
      at(90n, CHECKPOINT),
      "unknown: billing stands at 90 on a.orders/0 by MM2's checkpoint alone, which proves nothing",
    ],
    [
      'without a translation',
      'cutover',
      at(90n, { ...NOTHING_PROVEN, verdict: 'skipped', reason: 'translation-unproven' }),
      'unknown: billing stands at 90 on a.orders/0 without proof (translation-unproven)',
    ],
    [
      'at a place that cannot be read',
      'cutover',
      { targetCommitted: twice(notKnown()) },
      'unknown: billing may skip records on a.orders/0: nobody answered',
    ],
    ['nowhere', 'cutover', at(null), 'pass: billing starts nowhere yet'],
    ['where a sync would put it', 'rehearse', planned(), 'pass: billing skips nothing'],
    [
      'where a sync would put it by a checkpoint',
      'rehearse',
      planned(CHECKPOINT),
      "unknown: billing stands at 90 on a.orders/0 by MM2's checkpoint alone, which proves nothing",
    ],
    [
      'where a sync would leave it, ahead',
      'rehearse',
      at(120n, { verdict: 'skipped', reason: 'target-ahead' }),
      'fail: billing is ahead on a.orders/0: committed 120, right is 90',
    ],
  ])('%s', (_, phase, partition, said) => {
    expect(saidOf('no-skip', withPartition(phase, partition))).toBe(said);
  });
});

describe('redelivered', () => {
  test.each<Row>([
    ['exact and in place', 'cutover', at(90n), 'pass: billing would re-read 0 records'],
    ['behind the proven place', 'cutover', at(60n), 'fail: billing would re-read 30 records'],
    ['ahead of it', 'cutover', at(95n), 'pass: billing would re-read 0 records'],
    ['nowhere', 'cutover', at(null), 'pass: billing would re-read 0 records'],
    ['bounded, in place', 'cutover', at(90n, BOUNDED), 'fail: billing would re-read 12 records'],
    [
      'bounded, and counted from where it stands',
      'cutover',
      at(80n, { ...BOUNDED, redeliveredMax: 22n }),
      'fail: billing would re-read 22 records',
    ],
    [
      'bounded, uncounted',
      'cutover',
      at(90n, { ...BOUNDED, redeliveredMax: null }),
      'fail: billing would re-read 20 records',
    ],
    ['exact, once a sync has put it there', 'rehearse', planned(), 'pass: billing would re-read 0 records'],
    [
      'bounded, once a sync has put it there',
      'rehearse',
      planned({ ...BOUNDED, redeliveredMax: null }),
      'fail: billing would re-read 20 records',
    ],
    [
      'bounded, of what is counted from the old place',
      'rehearse',
      {
        outcome: outcome({ ...BOUNDED, verdict: 'planned', targetAfter: 70n, redeliveredMax: 32n }),
        ...committed(70n),
      },
      'fail: billing would re-read 12 records',
    ],
    [
      'left where somebody else put it',
      'rehearse',
      at(60n, { verdict: 'skipped', reason: 'taken-over' }),
      'fail: billing would re-read 30 records',
    ],
    [
      'by a checkpoint alone',
      'cutover',
      at(90n, CHECKPOINT),
      'unknown: billing may re-read any number of records on a.orders/0: its place is not proven by records',
    ],
    [
      'at a place that cannot be read',
      'cutover',
      { targetCommitted: twice(notKnown()) },
      'unknown: billing may re-read any number of records on a.orders/0: nobody answered',
    ],
  ])('%s', (_, phase, partition, said) => {
    expect(saidOf('redelivered', withPartition(phase, partition))).toBe(said);
  });

  test('counts all partitions of a group against one threshold', () => {
    const behind = (partition: number) =>
      groupPartition({ outcome: outcome({ partition, targetAfter: 85n }), ...committed(85n) });
    const facts = withGroup('cutover', { partitions: [behind(0), behind(1)] });
    expect(saidOf('redelivered', facts, { maxRedelivered: 9n })).toBe('fail: billing would re-read 10 records');
    expect(saidOf('redelivered', facts, { maxRedelivered: 10n })).toBe('pass: billing would re-read up to 10 records');
  });

  test('fails for what is known, whatever is unknown beside it', () => {
    const partitions = [groupPartition(at(60n)), groupPartition(at(90n, { ...CHECKPOINT, partition: 1 }))];
    expect(saidOf('redelivered', withGroup('cutover', { partitions }))).toBe('fail: billing would re-read 30 records');
  });
});

describe('bounds', () => {
  test.each<Row>([
    ['at the start of the log', 'cutover', at(90n, { targetLogStart: 90n }), 'pass: billing is within the log'],
    ['at its end', 'cutover', at(90n, { targetHighWatermark: 90n }), 'pass: billing is within the log'],
    [
      'below its start',
      'cutover',
      at(90n, { targetLogStart: 91n }),
      'fail: billing stands at 90, the log of a.orders/0 is 91 to 190',
    ],
    [
      'above its end',
      'cutover',
      at(90n, { targetHighWatermark: 89n }),
      'fail: billing stands at 90, the log of a.orders/0 is 0 to 89',
    ],
    [
      'raised to the start',
      'rehearse',
      planned({ reason: 'clamped-to-log-start', detail: '5 offsets are gone' }),
      "fail: billing lost records on a.orders/0 to the target's retention (5 offsets are gone)",
    ],
    [
      'of a log that was not read',
      'cutover',
      at(90n, { targetLogStart: null }),
      'unknown: billing may be outside the log of a.orders/0, which could not be read',
    ],
    [
      'at a place that cannot be read',
      'cutover',
      { targetCommitted: twice(notKnown()) },
      'unknown: billing may be outside the log of a.orders/0: nobody answered',
    ],
  ])('%s', (_, phase, partition, said) => {
    expect(saidOf('bounds', withPartition(phase, partition))).toBe(said);
  });
});
