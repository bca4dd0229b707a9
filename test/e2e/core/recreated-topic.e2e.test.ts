/**
 * Invariant F, the first tempting rule of DESIGN §9: "a checkpoint is a lower bound". A target topic that was
 * re-created and copied again from a trimmed source holds the same records at lower offsets. MM2 keeps its old
 * checkpoints, and its own group sync commits them: consumers skip records. We refuse.
 */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { mm2Connectors, putConnectors, targetTopic, waitForReplication } from '../../../src/testbed/mm2.ts';
import { recordId } from '../../../src/testbed/records.ts';
import { deleteRecords, deleteTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { deleteConnectorOffsets, resumeConnector, stopConnector } from '../../support/connectors.ts';
import { type Migration, produceMore, startMigration } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { waitForOffsetSync } from '../../support/offset-syncs.ts';
import { type FinishedRun, rowOf, run } from '../../support/run.ts';
import { patterns } from '../../support/run-inputs.ts';
import { Witness } from '../../support/witness.ts';

const FIRST_RECORDS = 1_500;
const RECORDS = 2_000;
const TRIMMED_TO = 1_000;
const GROWN_TO = 4_000;
const MIDDLE = BigInt(FIRST_RECORDS);
const END = BigInt(RECORDS);
/** Where the middle lies in the second copy. */
const TRUTH = MIDDLE - BigInt(TRIMMED_TO);

const bed = inject('bed');
const name = ownName('rect');
const topic = `${name}-orders`;
const spec = { name, topics: [{ topic, partitions: 1 }], recordsPerPartition: FIRST_RECORDS };
const copy = targetTopic(topic, { sourceAlias: `${name}src` });
/** Ours to sync, in the middle of the source's log and at its end. */
const OURS = `${name}-ours`;
const OURS_AT_END = `${name}-at-end`;
/** In the middle too, and synced by MM2. */
const THEIRS = `${name}-theirs`;

let witness: Witness;
let migration: Migration;

beforeAll(async () => {
  const at = (groupId: string, offset: bigint) => ({ groupId, offsets: [{ topic, partition: 0, offset }] });
  const mm2 = { groups: `${OURS}, ${OURS_AT_END}` };
  [witness, migration] = await Promise.all([
    Witness.start(),
    startMigration(bed, { ...spec, mm2 }, [at(OURS, MIDDLE), at(THEIRS, MIDDLE)]),
  ]);
  await startMm2sOwnSync();
  await waitForCheckpoints(bed, migration.mm2, (latest) => {
    return latest.length === 2 && latest.every(({ downstreamOffset }) => downstreamOffset > TRIMMED_TO);
  });
  await produceMore(bed, spec, FIRST_RECORDS, RECORDS - FIRST_RECORDS);
  await waitForReplication(bed, [topic], migration.mm2);
  await witness.alterGroupOffsets(bed.source, [at(OURS_AT_END, END)]);
  await waitForCheckpoints(bed, migration.mm2, (latest) =>
    latest.some(({ groupId, downstreamOffset }) => groupId === OURS_AT_END && downstreamOffset > MIDDLE),
  );
  await copyAgainFromTrimmedSource();
});
afterAll(() => witness?.close());

/** A second checkpoint connector with the same aliases, for the other group. */
async function startMm2sOwnSync(): Promise<void> {
  const options = { ...migration.mm2, name: `${name}-theirs`, groups: THEIRS, syncGroupOffsets: true };
  const checkpoint = mm2Connectors(bed, options).filter((config) => config['name'] === `${name}-theirs-checkpoint`);
  await putConnectors(bed.connectUrl, checkpoint);
}

async function copyAgainFromTrimmedSource(): Promise<void> {
  await deleteRecords(bed.source, topic, new Map([[0, BigInt(TRIMMED_TO)]]));
  await stopConnector(bed.connectUrl, `${name}-source`);
  await deleteTopics(bed.target, [copy]);
  await deleteConnectorOffsets(bed.connectUrl, `${name}-source`);
  await resumeConnector(bed.connectUrl, `${name}-source`);
  await waitForReplication(bed, [topic], migration.mm2);
  await waitForContradiction(MIDDLE, MIDDLE);
}

/** An offset sync of the second copy that no checkpoint of the first one at this place can stand beside. */
function waitForContradiction(upstream: bigint, downstream: bigint): Promise<void> {
  return waitForOffsetSync(
    bed,
    migration.mm2,
    (sync) => sync.topic === topic && sync.upstreamOffset >= upstream && sync.downstreamOffset < downstream,
  );
}

const idsFrom = (first: number) => Array.from({ length: GROWN_TO - first }, (_, n) => recordId(0, first + n));

async function expectNothingCommitted(finished: FinishedRun): Promise<void> {
  expect(finished.report).toMatchObject({ result: 'ok', errors: [], offsetsExport: null });
  expect(finished.report.passes.every(({ committed }) => committed === 0)).toBe(true);
  expect(await witness.groupOffsets(bed.target, [OURS, OURS_AT_END])).toEqual([]);
}

describe('while the second copy is shorter than the first', () => {
  let finished: FinishedRun;
  beforeAll(async () => {
    finished = await run(migration.inputs());
  });

  it('F: refuses the checkpoint that an offset sync of the second copy contradicts', () => {
    const row = rowOf(finished.report, OURS);
    expect(row).toMatchObject({ verdict: 'skipped', reason: 'checkpoint-refuted', translated: null });
    // Right in the first copy, far ahead of the truth in the second.
    expect(row.checkpointDownstream).toBeGreaterThan(TRUTH);
    expect(row.detail).toContain(`checkpoint ${MIDDLE}→${row.checkpointDownstream} lies ahead of`);
  });

  it('C: refuses the checkpoint that lies behind the end of the log', () => {
    const row = rowOf(finished.report, OURS_AT_END);
    expect(row).toMatchObject({ verdict: 'skipped', reason: 'target-out-of-range', translated: null });
    expect(row.targetHighWatermark).toBe(BigInt(RECORDS - TRIMMED_TO));
    expect(row.checkpointDownstream).toBeGreaterThan(row.targetHighWatermark ?? 0n);
  });

  it('commits nothing', () => expectNothingCommitted(finished));
});

describe('once the second copy has outgrown the first', () => {
  let finished: FinishedRun;
  beforeAll(async () => {
    await produceMore(bed, spec, RECORDS, GROWN_TO - RECORDS);
    await waitForReplication(bed, [topic], migration.mm2);
    await waitForContradiction(END, END);
    finished = await run(migration.inputs());
  });

  it("MM2's own group sync has committed the stale place: its consumer skips records", async () => {
    const committed = async () => {
      const [row] = await witness.groupOffsets(bed.target, [THEIRS]);
      return row === undefined ? { seen: 'nothing committed' } : { done: row.offset };
    };
    const start = await waitFor(`MM2 to commit for ${THEIRS}`, committed, { timeoutMs: 180_000 });
    expect(start).toBeGreaterThan(TRUTH);
    const read = await witness.consumeToEnd(bed.target, { groupId: THEIRS, topics: [copy] });
    expect(read.partitions).toMatchObject([{ startPosition: start }]);
    const got = new Set(read.partitions[0]?.ids);
    const wanted = idsFrom(Number(MIDDLE));
    expect(wanted.filter((id) => !got.has(id))).toEqual(wanted.slice(0, Number(start - TRUTH)));
  });

  it.each([OURS, OURS_AT_END, THEIRS])('F: our sync of %s refuses the checkpoint', (groupId) => {
    const row = rowOf(finished.report, groupId);
    expect(row).toMatchObject({ verdict: 'skipped', reason: 'checkpoint-refuted', translated: null });
    expect(row.checkpointDownstream).toBeLessThanOrEqual(row.targetHighWatermark ?? -1n);
  });

  it('commits nothing', () => expectNothingCommitted(finished));
});

describe('a group that MM2 met after the second copy', () => {
  const LATER = `${name}-later`;

  it('is synced, and misses no record', async () => {
    await commitGroupOffsets(bed.source, [{ groupId: LATER, offsets: [{ topic, partition: 0, offset: END }] }]);
    const mm2 = { ...migration.mm2, groups: `${OURS}, ${OURS_AT_END}, ${LATER}` };
    await putConnectors(
      bed.connectUrl,
      mm2Connectors(bed, mm2).filter((config) => config['name'] === `${name}-checkpoint`),
    );
    const sync = { runForMs: 240_000, intervalMs: 1_000 };
    const { report } = await run(migration.inputs({ selection: { groups: patterns(LATER) }, sync }));
    const row = rowOf(report, LATER);
    expect(row).toMatchObject({ verdict: 'unchanged', delta: 0n });
    expect(row.targetAfter).toBeLessThanOrEqual(END - BigInt(TRIMMED_TO));
    const read = await witness.consumeToEnd(bed.target, { groupId: LATER, topics: [copy] });
    expect(read.partitions).toMatchObject([{ startPosition: row.targetAfter }]);
    const got = new Set(read.partitions[0]?.ids);
    expect(idsFrom(RECORDS).filter((id) => !got.has(id))).toEqual([]);
  });
});
