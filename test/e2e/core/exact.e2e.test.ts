/**
 * Exact translation on real MM2: what is committed is the very next record's copy, wherever a group stands. The target
 * holds each record once, in order, so the truth is the position less what the source had trimmed before it was copied.
 */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { commitGroupOffsets, type GroupOffsets } from '../../../src/testbed/groups.ts';
import { targetTopic } from '../../../src/testbed/mm2.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics, deleteRecords } from '../../../src/testbed/topics.ts';
import { deployMm2, type Migration } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { type FinishedRun, type GroupRow, rowsOf, run } from '../../support/run.ts';
import type { InputOverrides } from '../../support/run-inputs.ts';
import { describeGroupOffsets, type JavaConsumer, Witness } from '../../support/witness.ts';

const RECORDS = 2_000;
const END = BigInt(RECORDS);
const TRIMMED_TO = 700n;

const bed = inject('bed');
const name = ownName('exac');
const whole = { topic: `${name}-whole`, partitions: 2 };
const trimmed = { topic: `${name}-trimmed`, partitions: 1 };
const ACTIVE = `${name}-active`;

const groups: readonly GroupOffsets[] = [
  ...[0n, 1n, 137n, 1_000n, 1_313n, END - 1n, END].map((offset) => ({
    groupId: `${name}-whole-${offset}`,
    offsets: [0, 1].map((partition) => ({ topic: whole.topic, partition, offset })),
  })),
  // 3 lies below the log start of the source: the next record that is there is the one at 700.
  ...[3n, TRIMMED_TO, TRIMMED_TO + 1n, 1_501n, END].map((offset) => ({
    groupId: `${name}-trimmed-${offset}`,
    offsets: [{ topic: trimmed.topic, partition: 0, offset }],
  })),
  { groupId: ACTIVE, offsets: [{ topic: trimmed.topic, partition: 0, offset: 1_234n }] },
];

const exactly = { translation: { mode: 'exact' } } as const;

const copyOfTrimmed = targetTopic(trimmed.topic, { sourceAlias: `${name}src` });

function truth({ topic, sourceCommitted }: GroupRow): bigint {
  const committed = sourceCommitted ?? 0n;
  if (topic !== copyOfTrimmed) return committed;
  return committed < TRIMMED_TO ? 0n : committed - TRIMMED_TO;
}

let witness: Witness;
let member: JavaConsumer;
let migration: Migration;
let first: FinishedRun;

const syncOnce = (more: InputOverrides = {}) => run(migration.inputs({ ...exactly, ...more }));
const others = (finished: FinishedRun) => rowsOf(finished.report).filter(({ groupId }) => groupId !== ACTIVE);
const misplaced = (rows: readonly GroupRow[]) => rows.filter((row) => row.translated !== truth(row));
const inexact = (rows: readonly GroupRow[]) => rows.filter(({ translation }) => translation !== 'exact');

beforeAll(async () => {
  witness = await Witness.start();
  const topics = [whole, trimmed];
  await createTopics(bed.source, topics);
  for (const { topic, partitions } of topics) {
    const numbers = Array.from({ length: partitions }, (_, partition) => partition);
    await produceRecords(bed.source, { topic, partitions: numbers, recordsPerPartition: RECORDS });
  }
  await deleteRecords(bed.source, trimmed.topic, new Map([[0, TRIMMED_TO]]));
  await commitGroupOffsets(bed.source, groups);
  migration = await deployMm2(bed, { name, topics, recordsPerPartition: RECORDS, copiedBy: 'connect' });
  const options = { groupId: ACTIVE, topics: [copyOfTrimmed], offsetReset: 'earliest', autoCommit: true } as const;
  // A machine that stands still for a while does not put it out of its group.
  const patience = { 'session.timeout.ms': '600000' };
  member = await witness.startConsumer({ ...bed.target, properties: patience }, options);
  await member.assigned();
  first = await syncOnce({ sync: { runForMs: 240_000, intervalMs: 2_000 } });
});
afterAll(async () => {
  await member?.close();
  await witness?.close();
});

describe('a sync with translation: exact', () => {
  it('puts every group at the copy of its next record, and proves it', async () => {
    expect(first.report).toMatchObject({ result: 'changed', errors: [] });
    const rows = others(first);
    expect(rows).toHaveLength(7 * 2 + 5);
    expect(misplaced(rows)).toEqual([]);
    expect(inexact(rows)).toEqual([]);
    expect(rows.filter((row) => row.targetAfter !== row.translated)).toEqual([]);
    expect(rows.filter((row) => row.redelivered !== 0n || row.redeliveredMax !== 0n)).toEqual([]);
    const kinds = new Set(rows.map(({ proof }) => proof?.kind));
    expect(kinds).toEqual(new Set(['records']));
  });

  it("commits what Java's own tool then shows", async () => {
    const shown = new Map<string, bigint | null>();
    const groupIds = groups.map(({ groupId }) => groupId);
    for (const row of await describeGroupOffsets(bed.target.bootstrapServers, groupIds)) {
      shown.set(`${row.groupId} ${row.topic}-${row.partition}`, row.currentOffset);
    }
    for (const row of others(first)) {
      expect(shown.get(`${row.groupId} ${row.topic}-${row.partition}`)).toBe(truth(row));
    }
  });

  it('A: leaves a group with members alone, and says where it belongs', () => {
    const active = rowsOf(first.report).filter(({ groupId }) => groupId === ACTIVE);
    expect(active).toMatchObject([{ verdict: 'skipped', reason: 'group-active', translated: 1_234n - TRIMMED_TO }]);
  });

  it('changes nothing in a second sync', async () => {
    const second = await syncOnce();
    expect(second.report.result).toBe('ok');
    expect(others(second).filter(({ verdict }) => verdict !== 'unchanged')).toEqual([]);
    expect(second.report.offsetsExport).toBeNull();
  });
});

describe('without what MirrorMaker 2 writes', () => {
  it('finds the same places without offset syncs, and says that they were not there', async () => {
    const { report } = await run(
      migration.inputs({ ...exactly, command: 'plan', replication: { targetAlias: 'nobody' } }),
    );
    expect(report.errors).toEqual([]);
    expect(misplaced(rowsOf(report))).toEqual([]);
    // What the source trimmed away may have had equal records, so only an untrimmed log proves all of it without them.
    expect(inexact(rowsOf(report)).filter(({ topic }) => topic !== copyOfTrimmed)).toEqual([]);
    expect(report.findings).toContainEqual(expect.objectContaining({ rule: 'offset-syncs-unreadable' }));
  });

  it('F: proves nothing within too small a max-scan, and then goes by the checkpoint or not at all', async () => {
    const tooSmall = await run(migration.inputs({ translation: { mode: 'exact', maxScan: 1 }, command: 'plan' }));
    const unproven = others(tooSmall).filter(
      ({ translation }) => translation === 'checkpoint' || translation === 'none',
    );
    expect(unproven.length).toBeGreaterThan(0);
    for (const row of unproven) {
      expect(row.detail).toContain('over max-scan 1');
      expect(row.redeliveredMax).toBeNull();
      if (row.translation === 'none') expect(row.reason).toBe('translation-unproven');
      else expect(row.translated ?? END).toBeLessThanOrEqual(truth(row));
    }
  });
});
