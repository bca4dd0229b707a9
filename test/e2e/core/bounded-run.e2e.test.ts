/** Runs over time: several passes, early stop, what is waited for, dry run, shards, names that don't exist. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { SyncResult } from '../../../src/operations/sync.ts';
import { type BedCheckpoint, waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { checkpointsTopic, targetTopic } from '../../../src/testbed/mm2.ts';
import { type Migration, produceMore, startMigration } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { clockOfPauses } from '../../support/pause-clock.ts';
import { type FinishedRun, type GroupRow, type Groups, rowsOf, run } from '../../support/run.ts';
import { type InputOverrides, patterns } from '../../support/run-inputs.ts';
import { syncWithFault } from '../../support/sync-with-fault.ts';
import { Witness } from '../../support/witness.ts';

const RECORDS = 200;
const STEP = 50;
const PARTITIONS = [0, 1];
const RESTING = 10;

const bed = inject('bed');

/** A migration whose topics are each read by groups of the topic's name; they stand still unless they are moved. */
interface World {
  readonly name: string;
  readonly migration: Migration;
}

let witness: Witness;
let still: World;
/** Takes its time beside the other tests, in a migration of its own. */
let moving: Promise<{ readonly groupId: string; readonly result: SyncResult }>;
let restingGroups: readonly string[];

function at(groupId: string, topic: string, offset: number) {
  return { groupId, offsets: PARTITIONS.map((partition) => ({ topic, partition, offset: BigInt(offset) })) };
}

/** One behind offset.lag.max does not rest on the first offset sync alone, and would get better between two runs. */
function isSettled({ upstreamOffset, downstreamOffset }: BedCheckpoint): boolean {
  return upstreamOffset <= 101n || downstreamOffset > 1n;
}

async function startWorld(prefix: string, suffixes: readonly string[], resting: number): Promise<World> {
  const name = ownName(prefix);
  const topics = suffixes.map((suffix) => ({ topic: `${name}-${suffix}`, partitions: PARTITIONS.length }));
  const groups = topics.map(({ topic }) => at(topic, topic, RECORDS));
  for (let n = 0; n < resting; n++) {
    groups.push(at(`${name}-resting-${n}`, `${name}-resting`, (n * RECORDS) / resting));
  }
  const migration = await startMigration(bed, { name, topics, recordsPerPartition: RECORDS }, groups);
  await waitForCheckpoints(
    bed,
    migration.mm2,
    (latest) => latest.length === groups.length * PARTITIONS.length && latest.every(isSettled),
  );
  return { name, migration };
}

beforeAll(async () => {
  const world = startWorld('mvng', ['orders'], 0);
  moving = world.then(({ name, migration }) =>
    runWhileMoving(migration, `${name}-orders`, { runForMs: 12_000, intervalMs: 2_000 }, Number.POSITIVE_INFINITY),
  );
  moving.catch(() => {});
  [witness, still] = await Promise.all([Witness.start(), startWorld('stll', ['resting', 'halting'], RESTING), world]);
  restingGroups = Array.from({ length: RESTING }, (_, n) => `${still.name}-resting-${n}`);
});
afterAll(() => witness?.close());

/** After each of the first passes the topic grows and its group reads on, and MM2 has a new checkpoint of it. */
async function runWhileMoving(
  { mm2, inputs }: Migration,
  topic: string,
  sync: { readonly runForMs: number; readonly intervalMs: number },
  moves: number,
) {
  const groupId = topic;
  let end = RECORDS;
  const onPass = async ({ passes }: SyncResult) => {
    if (passes.length > moves) return;
    const before = BigInt(end);
    await produceMore(bed, { topics: [{ topic, partitions: PARTITIONS.length }] }, end, STEP);
    end += STEP;
    await commitGroupOffsets(bed.source, [at(groupId, topic, end)]);
    await waitForCheckpoints(bed, mm2, (latest) => {
      const own = latest.filter((one) => one.groupId === groupId && one.topic === targetTopic(topic, mm2));
      return own.length === PARTITIONS.length && own.every(({ downstreamOffset }) => downstreamOffset > before);
    });
  };
  // MM2 takes its own time for each new checkpoint, which is not to use up that of the run.
  const fault = { onPass, clock: clockOfPauses() };
  const { result } = await syncWithFault(inputs({ selection: { topics: patterns(topic) }, sync }), fault);
  return { groupId, result };
}

async function committedByJava(groupIds: readonly string[]): Promise<readonly string[]> {
  const rows = await witness.groupOffsets(bed.target, groupIds);
  return rows.map(({ groupId, topic, partition, offset }) => `${groupId} ${topic}-${partition} ${offset}`).sort();
}

/** The same lines as the report has them. */
function reported(rows: readonly GroupRow[]): readonly string[] {
  return rows
    .map(({ groupId, topic, partition, targetAfter }) => `${groupId} ${topic}-${partition} ${targetAfter}`)
    .sort();
}

const resting = () => ({ groups: patterns(`${still.name}-resting-.*`) });
const ofGroups = (groups: Groups, groupIds: readonly string[]) =>
  rowsOf(groups).filter(({ groupId }) => groupIds.includes(groupId));

/** As many passes as fit between its pauses, however long each takes. */
const runInPauses = (inputs: InputOverrides) => run(inputs, undefined, clockOfPauses());

describe('a missing checkpoints topic', () => {
  const sync = { runForMs: 2_000, intervalMs: 500 };

  async function missing(replication: {
    sourceAlias?: string;
    targetAlias?: string;
    separator?: string;
  }): Promise<FinishedRun> {
    const finished = await runInPauses(still.migration.inputs({ selection: resting(), replication, sync }));
    expect(finished.report.passes.length).toBeGreaterThan(1);
    expect(finished.report).toMatchObject({ result: 'failed', offsetsExport: null, interrupted: null });
    expect(await committedByJava(restingGroups)).toEqual([]);
    return finished;
  }

  it('is waited for until the time is over, then names the topic tried and those that exist: wrong alias', async () => {
    const { report } = await missing({ sourceAlias: 'nobody' });
    expect(report.errors).toMatchObject([{ code: 'CHECKPOINTS_TOPIC_MISSING' }]);
    expect(report.errors[0]?.message).toContain('no topic nobody.checkpoints.internal,');
    expect(report.errors[0]?.message).toContain(checkpointsTopic(still.migration.mm2));
    expect(report.errors[0]?.hint).toContain('source-alias');
  });

  it('and with the wrong separator', async () => {
    const { report } = await missing({ separator: '_' });
    expect(report.errors).toMatchObject([{ code: 'CHECKPOINTS_TOPIC_MISSING' }]);
    expect(report.errors[0]?.message).toContain(`no topic ${still.name}src_checkpoints_internal,`);
    expect(report.errors[0]?.message).toContain(checkpointsTopic(still.migration.mm2));
    expect(report.errors[0]?.hint).toContain('replication-policy-separator');
  });
});

describe('offset syncs that are not there', () => {
  it('are waited for as well: without them no checkpoint is verified, and nothing is committed', async () => {
    const sync = { runForMs: 2_000, intervalMs: 500 };
    const replication = { targetAlias: 'nobody' };
    const { report } = await runInPauses(still.migration.inputs({ selection: resting(), replication, sync }));
    expect(report.passes.length).toBeGreaterThan(1);
    expect(report).toMatchObject({ result: 'failed', offsetsExport: null });
    expect(report.errors).toMatchObject([{ code: 'OFFSET_SYNCS_UNREADABLE' }]);
    expect(report.errors[0]?.message).toContain('mm2-offset-syncs.nobody.internal');
    expect(report.errors[0]?.hint).toContain('target-alias');
    const reasons = ofGroups(report, restingGroups).map(({ reason }) => reason);
    expect(new Set(reasons)).toEqual(new Set(['checkpoint-unverified']));
    expect(await committedByJava(restingGroups)).toEqual([]);
  });
});

describe('a dry run, then the same in two shards', () => {
  const translations = (groups: Groups) =>
    rowsOf(groups).map(({ groupId, topic, partition, translated }) => `${groupId} ${topic}-${partition} ${translated}`);
  let plan: FinishedRun;

  beforeAll(async () => {
    plan = await run(still.migration.inputs({ selection: resting(), sync: { dryRun: true } }));
  });

  it('plans every partition and commits nothing', async () => {
    const own = ofGroups(plan.report, restingGroups);
    expect(own).toHaveLength(RESTING * PARTITIONS.length);
    for (const row of own) expect(row).toMatchObject({ verdict: 'planned', reason: null, targetAfter: null });
    expect(plan.report).toMatchObject({ result: 'changed', dryRun: true, offsetsExport: null });
    expect(plan.report.passes).toMatchObject([{ planned: own.length, committed: 0 }]);
    expect(await committedByJava(restingGroups)).toEqual([]);
  });

  it('each group falls into one shard, and together they commit what was planned', async () => {
    const shards: FinishedRun[] = [];
    for (const index of [1, 2]) {
      const sync = { shard: { index, count: 2 } };
      shards.push(await run(still.migration.inputs({ selection: resting(), sync })));
    }
    const [one, two] = shards.map(({ report }) => report.groups.map(({ groupId }) => groupId));
    expect(one?.filter((groupId) => two?.includes(groupId))).toEqual([]);
    for (const shard of [one, two]) expect(shard?.length).toBeGreaterThan(0);
    const both = { groups: shards.flatMap(({ report }) => report.groups) };
    expect([...translations(both)].sort()).toEqual([...translations(plan.report)].sort());
    const own = ofGroups(both, restingGroups);
    for (const row of own) expect(row).toMatchObject({ verdict: 'committed', delta: 0n });
    expect(await committedByJava(restingGroups)).toEqual(reported(own));
  });
});

it('a group that is spelled out and does not exist is a finding', async () => {
  const groups = patterns(`${restingGroups[0]}, ${still.name}-nobody`);
  const { report } = await run(still.migration.inputs({ selection: { groups } }));
  expect(report.result).toBe('ok');
  expect(report.findings).toMatchObject([
    {
      rule: 'group-not-found',
      severity: 'warning',
      where: `${still.name}-nobody`,
      hint: expect.stringContaining('spelling'),
    },
  ]);
});

describe('while the source goes on', () => {
  it('run-for 120, interval 1: stops early once the source has halted halfway and delta is 0', async () => {
    const moves = 2;
    const sync = { runForMs: 120_000, intervalMs: 1_000 };
    const { groupId, result } = await runWhileMoving(still.migration, `${still.name}-halting`, sync, moves);
    for (const pass of result.passes.slice(0, moves + 1)) expect(pass.committed).toBeGreaterThan(0);
    expect(result.passes.at(-1)).toMatchObject({ committed: 0, pending: 0, failed: 0, offsetDelta: 0n });
    expect(result.passes.length).toBeLessThan(120);
    const own = ofGroups(result, [groupId]);
    const halted = BigInt(RECORDS + moves * STEP);
    expect(own.map(({ sourceCommitted }) => sourceCommitted)).toEqual([halted, halted]);
    expect(await committedByJava([groupId])).toEqual(reported(own));
  });

  it('run-for 12, interval 2: several passes, each brings it into place, and it ends', async () => {
    const { groupId, result } = await moving;
    expect(result).toMatchObject({ cancelled: false, internalTopicProblem: null });
    expect(result.passes).toHaveLength(7);
    for (const pass of result.passes) {
      expect(pass).toMatchObject({ committed: PARTITIONS.length, pending: 0, failed: 0, offsetDelta: 0n });
    }
    expect(await committedByJava([groupId])).toEqual(reported(rowsOf(result)));
  });
});
