/**
 * What all this is for (DESIGN §9), as it was measured: 50,000 records, a group at 45,000, the source trimmed to 20,000
 * and the target copied again. MM2 keeps its checkpoint of the first copy, and its own group sync commits it. Both
 * groups stand at the same place; MM2 moves one of them, and we the other.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { mm2Connectors, putConnectors, targetTopic, waitForReplication } from '../../../src/testbed/mm2.ts';
import { createTopics, deleteRecords, deleteTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { deleteConnectorOffsets, deleteConnectors, resumeConnector, stopConnector } from '../../support/connectors.ts';
import { migrationOf } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { type FinishedRun, rowOf, run } from '../../support/run.ts';
import { patterns } from '../../support/run-inputs.ts';
import { type JavaLog, Witness } from '../../support/witness.ts';
import { SmallLog, truthOf } from './small-topics.ts';
import type { Truth } from './truth.ts';

const RECORDS = 50_000;
const POSITION = 45_000n;
const TRIMMED_TO = 20_000;
/** So much more that the stale place lies within the second copy. */
const LATER = 20_000;
const PLACE = POSITION - BigInt(TRIMMED_TO);

const bed = inject('bed');
const name = ownName('stale');
const OURS = `${name}-ours`;
const THEIRS = `${name}-theirs`;
const log = new SmallLog(bed, `${name}-orders`);
const mm2 = { targetAlias: `${name}dst`, groups: OURS };
const migration = migrationOf(bed, { name, topics: [], recordsPerPartition: 0, mm2 });
const copy = targetTopic(log.topic, migration.mm2);
const connectors = ['source', 'checkpoint', 'heartbeat', 'theirs-checkpoint'].map((kind) => `${name}-${kind}`);
const onlyOurs = { translation: { mode: 'exact' as const }, selection: { groups: patterns(OURS) } };

let witness: Witness;
beforeAll(async () => {
  witness = await Witness.start();
  await createTopics(bed.source, [{ topic: log.topic }]);
  await log.write(RECORDS, 5_000);
  const offsets = [{ topic: log.topic, partition: 0, offset: POSITION }];
  await commitGroupOffsets(bed.source, [
    { groupId: OURS, offsets },
    { groupId: THEIRS, offsets },
  ]);
  await putConnectors(bed.connectUrl, [...mm2Connectors(bed, migration.mm2), ownSync()]);
  await copied();
  await waitForCheckpoints(bed, migration.mm2, (latest) => {
    const both = latest.filter(({ topic, upstreamOffset }) => topic === copy && upstreamOffset === POSITION);
    return both.length === 2 && both.every(({ downstreamOffset }) => downstreamOffset > PLACE);
  });
  await deleteRecords(bed.source, log.topic, new Map([[0, BigInt(TRIMMED_TO)]]));
  await stopConnector(bed.connectUrl, `${name}-source`);
  await deleteTopics(bed.target, [copy]);
  await deleteConnectorOffsets(bed.connectUrl, `${name}-source`);
  await resumeConnector(bed.connectUrl, `${name}-source`);
  await copied();
});
afterAll(async () => {
  await deleteConnectors(bed.connectUrl, connectors);
  await witness?.close();
});

/** A second checkpoint connector with the same aliases, which writes the other group's offsets itself. */
function ownSync() {
  const options = { ...migration.mm2, name: `${name}-theirs`, groups: THEIRS, syncGroupOffsets: true };
  const config = mm2Connectors(bed, options).find((one) => one['name'] === `${name}-theirs-checkpoint`);
  if (config === undefined) throw new Error('no checkpoint connector');
  return config;
}

const copied = () => waitForReplication(bed, [log.topic], { ...migration.mm2, by: 'connect' });

test('while the second copy is shorter than the first: exact', async () => {
  const { report } = await run(migration.inputs({ ...onlyOurs, sync: { dryRun: true } }));
  const row = rowOf(report, OURS);
  expect(row).toMatchObject({ translation: 'exact', translated: PLACE, verdict: 'planned' });
  expect(row.checkpointDownstream).toBeGreaterThan(row.targetHighWatermark ?? 0n);
});

describe('once the second copy has outgrown the first', () => {
  let truth: Truth;
  let synced: FinishedRun;
  /** What MM2's own group sync committed. */
  let theirs: bigint;
  let still: JavaLog | undefined;

  beforeAll(async () => {
    await log.write(LATER, 5_000);
    await copied();
    truth = await truthOf(witness, bed, log.written, copy);
    theirs = await waitFor(`MM2 to commit for ${THEIRS}`, committedByMm2, { timeoutMs: 180_000 });
    synced = await run(migration.inputs(onlyOurs));
    [still] = await witness.readLog(bed.target, copy);
    const line = (who: string, place: bigint) => {
      const { skipped, redelivered } = truth.judge(POSITION, place);
      return `${who.padEnd(22)} ${POSITION} → ${place}: skips ${skipped} records, reads ${redelivered} again`;
    };
    console.log(
      `${line("MM2's own group sync", theirs)}\n${line('ours', rowOf(synced.report, OURS).targetAfter ?? -1n)}`,
    );
  });

  async function committedByMm2() {
    const [row] = await witness.groupOffsets(bed.target, [THEIRS]);
    return row === undefined ? { seen: 'nothing committed' } : { done: row.offset };
  }

  async function resumed(groupId: string, protocol: 'classic' | 'consumer') {
    const [read] = await witness.resume(bed.target, { groupId, protocol, topics: [copy] });
    return truth.compare(POSITION, read ?? { end: 0, records: [] }, still?.records ?? []);
  }

  test("MM2's own group sync has committed the stale place", () => {
    expect(theirs).toBeGreaterThan(PLACE);
    expect(truth.judge(POSITION, theirs)).toEqual({ skipped: Number(theirs - PLACE), redelivered: 0 });
  });

  test('a consumer of that group skips those records', async () => {
    const { missing, again } = await resumed(THEIRS, 'classic');
    expect(missing).toHaveLength(Number(theirs - PLACE));
    expect(missing[0]).toBe(`id-${POSITION}`);
    expect(again).toEqual([]);
  });

  test('F: ours is exact, whatever the checkpoint says', () => {
    const row = rowOf(synced.report, OURS);
    expect(row).toMatchObject({ translation: 'exact', verdict: 'committed', targetAfter: PLACE, redelivered: 0n });
    expect(row.checkpointDownstream).toBeGreaterThan(PLACE);
    expect(truth.judge(POSITION, PLACE)).toEqual({ skipped: 0, redelivered: 0 });
  });

  test.each(['classic', 'consumer'] as const)('a %s consumer of ours reads each record once', async (protocol) => {
    expect(await resumed(OURS, protocol)).toEqual({ missing: [], again: [] });
  });
});
