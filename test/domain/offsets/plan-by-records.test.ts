/** What a comparison of records comes to in a plan; the checkpoint of the observation is 100→90. */
import { describe, expect, it } from 'vitest';
import type { BracketProof, RecordTranslation } from '../../../src/domain/offsets/bracket/record-translation.ts';
import { COMMIT_MARKER } from '../../../src/domain/offsets/commit-marker.ts';
import type { GroupObservation, PartitionObservation } from '../../../src/domain/offsets/observation.ts';
import { type PartitionDecision, planPartition } from '../../../src/domain/offsets/plan-offset-sync.ts';
import { redeliveryAt } from '../../../src/domain/offsets/redelivery.ts';
import { bounds, checkpoint, committed, group, listed, partition } from '../../support/observations.ts';

const proof: BracketProof = {
  kind: 'records',
  lowAnchor: { upstream: 50n, downstream: 48n },
  highAnchor: { upstream: 150n, downstream: 147n },
  low: 49n,
  high: 147n,
  lastBefore: { upstream: 99n, downstream: 96n },
  firstAfter: { upstream: 100n, downstream: 97n },
  sourceRecords: 100,
  targetRecords: 98,
  without: [],
};
const exact: RecordTranslation = {
  kind: 'translated',
  precision: 'exact',
  offset: 97n,
  redeliveredMax: 0n,
  uncopied: 0,
  proof,
};
const bounded: RecordTranslation = { ...exact, precision: 'bounded', redeliveredMax: 50n };
const unproven: RecordTranslation = { kind: 'unproven', detail: 'over max-scan 10' };
const notReplicated: RecordTranslation = { kind: 'not-replicated', detail: 'record 99 has no copy yet' };
const contradicted: RecordTranslation = { kind: 'contradicted', detail: '50→48 lies ahead of 60→40' };

type Seen = Partial<PartitionObservation>;
const plan = (records: RecordTranslation, seen: Seen = {}, own: Partial<GroupObservation> = {}) =>
  planPartition(group(own), partition({ records, ...seen }));
const logFrom = (logStart: bigint, highWatermark = 1_000n): Seen => ({
  downstream: { kind: 'range', range: { logStart, highWatermark } },
});

describe('a place that the records prove', () => {
  it.each([
    ['exact', exact, 0n],
    ['bounded', bounded, 50n],
  ] as const)('%s is committed with its proof', (translation, records, redeliveredMax) => {
    expect(plan(records)).toEqual({
      verdict: 'planned',
      reason: null,
      detail: null,
      translated: 97n,
      translation,
      proof,
      redeliveredMax,
      commit: { offset: 97n, metadata: COMMIT_MARKER },
    });
  });

  it.each([
    ['there is none', { checkpoint: null }],
    ['it cannot be read', { checkpoint: null, checkpointUnreadable: true }],
    ['it is ahead of the source', { checkpoint: checkpoint(400n, 390n) }],
    ['it is refuted', { bounds: bounds(checkpoint(100n, 90n), [{ upstream: 120n, downstream: 20n }]) }],
    ['it lies beyond the log', { checkpoint: checkpoint(100n, 2_000n) }],
    ['the offset syncs cannot be read', { bounds: { kind: 'unreadable', why: 'no topic' } }],
  ] as const)('does without a checkpoint: %s', (_what, seen) => {
    expect(plan(exact, seen)).toMatchObject({
      verdict: 'planned',
      reason: null,
      translated: 97n,
      translation: 'exact',
    });
  });

  it('C: below the log start is raised to it, and the loss is said', () => {
    expect(plan(exact, logFrom(120n))).toMatchObject({
      verdict: 'planned',
      reason: 'clamped-to-log-start',
      detail: "translated 97, the target's log starts at 120: 23 offsets are gone",
      commit: { offset: 120n },
    });
  });

  it('C: at the start of a trimmed log, the records that are not there any more are said', () => {
    const lost = { ...exact, uncopied: 20 };
    expect(plan(lost, logFrom(97n))).toMatchObject({
      verdict: 'planned',
      reason: 'clamped-to-log-start',
      detail: "the target's log starts at 97: 20 records that the group has not read yet are not there",
      commit: { offset: 97n },
    });
    // Inside the log a record without a copy was compacted away, aborted or left out, and none was trimmed.
    expect(plan(lost, logFrom(96n))).toMatchObject({ verdict: 'planned', reason: null });
    expect(plan({ ...lost, offset: 0n }, logFrom(0n))).toMatchObject({ verdict: 'planned', reason: null });
    expect(plan(exact, logFrom(97n))).toMatchObject({ verdict: 'planned', reason: null });
  });

  it('C: is void when the log that was searched has become shorter since', () => {
    expect(plan(exact, logFrom(0n, 146n))).toMatchObject({ verdict: 'skipped', reason: 'target-out-of-range' });
    expect(plan(exact, logFrom(0n, 147n))).toMatchObject({ verdict: 'planned' });
  });

  it.each([
    ['A: members on the target', {}, { targetStatus: listed('Stable') }, 'skipped', 'group-active'],
    ['the group left out', {}, { selected: false }, 'skipped', 'filtered'],
    ['L: somebody else wrote there', { target: committed(60n) }, {}, 'skipped', 'taken-over'],
    ['B: further already', { target: committed(98n, COMMIT_MARKER) }, {}, 'skipped', 'would-rewind'],
    [
      'A: moved alone',
      { target: committed(60n), targetLastSeen: 59n },
      { overwrite: true },
      'skipped',
      'group-active-standalone',
    ],
    [
      'F: the source lost records',
      { source: { commit: committed(600n), range: { logStart: 0n, highWatermark: 500n } } },
      {},
      'skipped',
      'source-truncated',
    ],
    ['D: the target unreadable', { target: { kind: 'unreadable', error: 'X' } }, {}, 'pending', 'group-state-unknown'],
  ] as const)('is not committed over what stands in the way: %s', (_what, seen, own, verdict, reason) => {
    const decision = plan(exact, seen, own);
    expect(decision).toMatchObject({ verdict, reason, translated: 97n, translation: 'exact', commit: null });
  });

  it('is unchanged once it is in place, and is set back only where that is allowed', () => {
    expect(plan(exact, { target: committed(97n, COMMIT_MARKER) })).toMatchObject({
      verdict: 'unchanged',
      commit: null,
    });
    const ahead = { target: committed(98n, COMMIT_MARKER) };
    expect(plan(exact, ahead, { allowRewind: true }).commit?.offset).toBe(97n);
  });
});

describe('records that prove no place', () => {
  it.each([
    ['not copied yet', notReplicated, 'pending', 'not-replicated'],
    ['offset syncs against each other', contradicted, 'skipped', 'anchors-contradict'],
  ] as const)('%s: no checkpoint helps', (_what, records, verdict, reason) => {
    expect(plan(records)).toMatchObject({ verdict, reason, detail: records.detail, translated: null, commit: null });
  });

  it('could not be compared: the checkpoint serves, and the detail says why', () => {
    expect(plan(unproven)).toMatchObject({
      verdict: 'planned',
      reason: null,
      detail: 'by the checkpoint, since records do not prove a place: over max-scan 10',
      translated: 90n,
      translation: 'checkpoint',
      redeliveredMax: null,
      proof: { kind: 'checkpoint', upstream: 100n, downstream: 90n },
    });
  });

  it.each([
    ['there is none', { checkpoint: null }, 'no-checkpoint'],
    ['it is ahead of the source', { checkpoint: checkpoint(400n, 90n) }, 'checkpoint at 400, committed 100'],
    ['F: it is refuted', { bounds: bounds(null, [{ upstream: 120n, downstream: 20n }]) }, 'lies ahead of 120→20'],
    ['C: it lies beyond the log', { checkpoint: checkpoint(100n, 2_000n) }, 'ends at 1000'],
    ['the offset syncs cannot be read', { bounds: { kind: 'unreadable', why: 'no topic' } }, 'no topic'],
  ] as const)('could not be compared, and no checkpoint serves: %s', (_what, seen, why) => {
    const decision = plan(unproven, seen);
    expect(decision).toMatchObject({
      verdict: 'skipped',
      reason: 'translation-unproven',
      translated: null,
      commit: null,
    });
    expect(decision.detail).toMatch(/^over max-scan 10; nor does a checkpoint serve: /);
    expect(decision.detail).toContain(why);
  });

  it('a place below what is committed already is left, with both reasons', () => {
    const { reason, detail } = plan(unproven, { target: committed(97n, COMMIT_MARKER) });
    expect(reason).toBe('would-rewind');
    expect(detail).toBe(
      'committed 97, translated 90; by the checkpoint, since records do not prove a place: over max-scan 10',
    );
  });

  it('C: clamped and by the checkpoint: both are said', () => {
    expect(plan(unproven, logFrom(95n)).detail).toMatch(/5 offsets are gone; by the checkpoint.*over max-scan 10$/);
  });
});

describe('what is read again', () => {
  const place = (records: RecordTranslation): PartitionDecision => plan(records);
  it.each([
    ['exactly there', exact, 97n, 0n, 0n],
    ['beyond it', exact, 98n, 0n, 0n],
    ['before it: at most what lies between', exact, 90n, null, 7n],
    ['bounded, there', bounded, 97n, null, 50n],
    ['bounded, before it', bounded, 90n, null, 57n],
    ['bounded, beyond it', bounded, 98n, null, 50n],
    ['nothing committed', exact, null, null, null],
    ['by a checkpoint nobody knows', unproven, 90n, null, null],
    ['not replicated', notReplicated, 90n, null, null],
  ] as const)('%s', (_what, records, at, redelivered, redeliveredMax) => {
    expect(redeliveryAt(at, place(records))).toEqual({ redelivered, redeliveredMax });
  });
});
