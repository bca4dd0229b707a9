/**
 * Copies that MM2 did not make as it should, or did not make at all: altered by a wrong converter, or copied by another
 * replicator, which leaves neither offset syncs nor checkpoints.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { mm2Connectors, putConnectors, targetTopic, waitForReplication } from '../../../src/testbed/mm2.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { deleteConnectors } from '../../support/connectors.ts';
import { type Migration, migrationOf } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { seeded } from '../../support/random.ts';
import { type FinishedRun, rowsOf, run } from '../../support/run.ts';
import { Witness } from '../../support/witness.ts';
import { expectExact, expectTrue, type JudgedRow, judgeRow } from './judged.ts';
import { placeAt, SmallLog, type SmallRecord, truthOf, uniqueRecord, usualSpots } from './small-topics.ts';
import { Truth } from './truth.ts';

const RECORDS = 1_200;
const bed = inject('bed');
let witness: Witness;
beforeAll(async () => {
  witness = await Witness.start();
});
afterAll(() => witness?.close());

/** Of today, since retention takes older ones; a second apart. */
const began = Date.now();
const withHeaders = (index: number): SmallRecord => ({
  ...uniqueRecord(index),
  timestamp: String(began + index),
  headers: { trace: `t-${index}`, kind: 'order' },
});

async function judge(
  migration: Migration,
  name: string,
  log: SmallLog,
  truth: Truth,
): Promise<{ finished: FinishedRun; rows: readonly JudgedRow[] }> {
  await placeAt(bed, name, new Map([[log.topic, await usualSpots(witness, bed, log.topic, seeded(RECORDS))]]));
  const finished = await run(migration.inputs({ translation: { mode: 'exact' } }));
  return { finished, rows: rowsOf(finished.report).map((row) => judgeRow(row, truth)) };
}

describe.each([
  { what: 'headers', converter: 'header.converter', class: 'org.apache.kafka.connect.storage.SimpleHeaderConverter' },
  { what: 'values', converter: 'value.converter', class: 'org.apache.kafka.connect.json.JsonConverter' },
])('a connector with the wrong $converter', ({ what, ...wrong }) => {
  const name = ownName(`wrong-${what}`);
  const log = new SmallLog(bed, `${name}-orders`, withHeaders);
  const properties = { source: { [wrong.converter]: wrong.class } };
  const mm2 = { targetAlias: `${name}dst`, properties };
  const migration = migrationOf(bed, { name, topics: [], recordsPerPartition: 0, mm2 });
  const copy = targetTopic(log.topic, migration.mm2);
  let finished: FinishedRun;
  let rows: readonly JudgedRow[];

  beforeAll(async () => {
    await createTopics(bed.source, [{ topic: log.topic }]);
    await log.write(RECORDS / 2);
    const [source] = mm2Connectors(bed, migration.mm2);
    await putConnectors(bed.connectUrl, source === undefined ? [] : [source]);
    await log.write(RECORDS / 2);
    await waitForReplication(bed, [log.topic], migration.mm2);
    // Both logs are without holes, so that a copy lies where its record does, whatever it looks like.
    const [target] = await witness.readLog(bed.target, copy);
    const ids = (target?.records ?? []).map(([offset]) => [offset, `${offset}`] as const);
    ({ finished, rows } = await judge(migration, name, log, new Truth(ids, ids)));
  });
  afterAll(() => deleteConnectors(bed.connectUrl, [`${name}-source`]));

  test('no record is skipped, and what is called exact is', () => {
    expect(finished.report.errors).toEqual([]);
    expectTrue(rows);
  });

  if (what === 'headers') {
    test('every group is exact all the same, and a finding names the topic and the converter', () => {
      expectExact(rows);
      const altered = finished.report.findings.filter(({ rule }) => rule === 'headers-altered');
      expect(altered).toMatchObject([{ where: copy, hint: expect.stringContaining('header.converter') }]);
    });
  } else {
    test('nothing is called exact but the start, for no record is like its copy', () => {
      const exact = rows.filter(({ row }) => row.translation === 'exact');
      expect(exact.filter(({ row }) => row.sourceCommitted !== 0n)).toEqual([]);
    });
  }
});

describe('another replicator', () => {
  const name = ownName('other');
  const log = new SmallLog(bed, `${name}-orders`, withHeaders);
  const migration = migrationOf(bed, { name, topics: [], recordsPerPartition: 0 });
  const copy = targetTopic(log.topic, migration.mm2);
  const BEFORE = 70;
  let finished: FinishedRun;
  let rows: readonly JudgedRow[];

  beforeAll(async () => {
    await createTopics(bed.source, [{ topic: log.topic }]);
    await createTopics(bed.target, [{ topic: copy }]);
    await log.write(RECORDS);
    // It began at a later record, and kept keys, values, headers and timestamps.
    const record = (_partition: number, index: number) => withHeaders(index) as never;
    const recordsPerPartition = RECORDS - BEFORE;
    await produceRecords(bed.target, { topic: copy, partitions: [0], recordsPerPartition, firstIndex: BEFORE, record });
    ({ finished, rows } = await judge(migration, name, log, await truthOf(witness, bed, log.written, copy)));
  });

  test('is no error: there are neither offset syncs nor checkpoints', () => {
    expect(finished.report).toMatchObject({ result: 'changed', errors: [] });
    expect(rowsOf(finished.report).filter(({ checkpointUpstream }) => checkpointUpstream !== null)).toEqual([]);
  });

  test('every group where it has copied is exact', () => {
    expectTrue(rows);
    expectExact(rows.filter(({ row }) => (row.sourceCommitted ?? 0n) > BEFORE));
  });

  test('one before that reads all that was copied', () => {
    const before = rows.filter(({ row }) => (row.sourceCommitted ?? 0n) <= BEFORE);
    expect(before.length).toBeGreaterThan(0);
    expect(before.map(({ row }) => row.targetAfter)).toEqual(before.map(() => 0n));
  });
});
