/** Targets of the releases between: boot, sync, and Java agrees. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bed, startBed } from '../../../src/testbed/bed.ts';
import { claimed, shownByJava } from '../../support/committed-in-java.ts';
import { type Migration, startMigration, waitForLastCheckpoints } from '../../support/migration.ts';
import { type FinishedRun, rowsOf, run } from '../../support/run.ts';

const RECORDS = 600;
const PLACES = [0, 1, 200, 450, 599, RECORDS];

describe.each([
  { from: '2.8.2', to: '3.9.2' },
  { from: '3.9.2', to: '4.1.1' },
])('from $from to $to', ({ from, to }) => {
  const name = `to-${to}`.replaceAll('.', '-');
  const topic = `${name}-orders`;
  let bed: Bed;
  let migration: Migration;
  let synced: FinishedRun;

  beforeAll(async () => {
    bed = await startBed({ source: { version: from }, target: { version: to }, connect: { version: to } });
    const topics = [{ topic, partitions: 2 }];
    const groups = PLACES.map((place, n) => ({
      groupId: `${name}-group-${n}`,
      offsets: [0, 1].map((partition) => ({ topic, partition, offset: BigInt(partition === 0 ? place : RECORDS) })),
    }));
    const spec = { name, topics, recordsPerPartition: RECORDS, mm2: { targetAlias: `${name}dst` } };
    migration = await startMigration(bed.addresses, spec, groups);
    await waitForLastCheckpoints(bed.addresses, migration, BigInt(RECORDS));
    synced = await run(migration.inputs({ sync: { runForMs: 240_000, intervalMs: 1_000 } }));
  });
  afterAll(() => bed?.stop());

  test('every group partition is put in place, and Java shows it', async () => {
    expect(synced.report).toMatchObject({ result: 'changed', errors: [], findings: [] });
    expect(rowsOf(synced.report)).toHaveLength(PLACES.length * 2);
    expect(rowsOf(synced.report).filter((row) => row.delta !== 0n)).toEqual([]);
    expect(claimed(synced.report)).toHaveLength(PLACES.length * 2);
    expect(await shownByJava(bed.target.address, synced.report)).toEqual(claimed(synced.report));
  });

  test('a second sync changes nothing', async () => {
    const second = await run(migration.inputs());
    expect(second.report).toMatchObject({ result: 'ok', passes: [{ committed: 0, failed: 0, pending: 0 }] });
  });
});
