/**
 * Real MM2 with its defaults and 600,000 records: what it makes its own groups read again, and what ours read. Each
 * verdict is held against the truth, and real consumers go on from where we put them. EXACT_SEED repeats a run.
 */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type BedCheckpoint, waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { mm2Connectors, putConnectors, targetTopic, waitForReplication } from '../../../src/testbed/mm2.ts';
import { logRanges } from '../../../src/testbed/topics.ts';
import { claimed } from '../../support/committed-in-java.ts';
import { deleteConnectors } from '../../support/connectors.ts';
import { migrationOf } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { seeded } from '../../support/random.ts';
import { type FinishedRun, type GroupRow, rowsOf, run } from '../../support/run.ts';
import { patterns } from '../../support/run-inputs.ts';
import { type JavaLog, Witness } from '../../support/witness.ts';
import { PLACES, type PlacedGroup, placeGroups } from './big-groups.ts';
import { BigTopics, KINDS, type Kind, PARTITIONS } from './big-topics.ts';
import { expectTrue, type JudgedRow, judgeRow } from './judged.ts';
import { type Judgement, Truth } from './truth.ts';

const seed = Number(process.env['EXACT_SEED'] ?? randomInt(2 ** 31));
/** The first two groups of each place read everything that is left, one by each protocol; the others so much. */
const READ_TO_THE_END = 2;
const OTHERS_READ = 500;

const bed = inject('bed');
const name = ownName('big');
const topics = new BigTopics(bed.source, name, () => witness);
const spec = { name, topics: KINDS.map((kind) => ({ topic: topics.topic(kind), partitions: PARTITIONS.length })) };
const migration = migrationOf(bed, { ...spec, recordsPerPartition: 0, mm2: { targetAlias: `${name}dst` } });
const copyOf = (topic: string) => targetTopic(topic, migration.mm2);
const at = ({ topic, partition }: { topic: string; partition: number }) => `${topic}/${partition}`;

/** One group partition: where the source stands, and what each side made of it. */
interface Judged {
  readonly row: GroupRow;
  readonly kind: Kind;
  readonly place: string;
  readonly ours: Judgement | null;
  readonly mm2: Judgement | null;
}

const isPlaced = ({ groupId }: GroupRow) => groups.some((one) => one.groupId === groupId);

let witness: Witness;
let groups: readonly PlacedGroup[];
let synced: FinishedRun;
/** What dry runs said while records were written and copied. */
let saidMeanwhile: readonly GroupRow[];
let judged: readonly Judged[];
/** The source's logs once all was written. */
let written: readonly JavaLog[];
/** By target partition. */
let truths: ReadonlyMap<string, Truth>;
const startedAt = Date.now();
const say = (line: string) => console.log(`[${Math.round((Date.now() - startedAt) / 1000)} s] ${line}`);

beforeAll(async () => {
  console.log(`EXACT_SEED=${seed}`);
  witness = await Witness.start();
  await topics.writeFirst();
  say('written, compacted and trimmed before MM2 begins');
  await putConnectors(bed.connectUrl, mm2Connectors(bed, migration.mm2));
  saidMeanwhile = await planWhile(topics.writeRest());
  const sourceLogs = await logsOf(bed.source, topics.all);
  groups = placeGroups(name, sourceLogs, seeded(seed));
  await commitGroupOffsets(bed.source, groups);
  say('all written, the groups placed');
  await waitForReplication(bed, topics.all, { ...migration.mm2, by: 'connect', timeoutMs: 300_000 });
  say('all copied');
  const checkpoints = await checkpointsOfAllGroups();
  say(`${checkpoints.length} checkpoints`);
  const targetLogs = await logsOf(bed.target, topics.all.map(copyOf));
  written = sourceLogs;
  truths = new Map(sourceLogs.map((log) => truthOf(log, targetLogs)));
  const selection = { groups: patterns(PLACES.map((place) => `${name}-${place}-.*`).join(',')) };
  synced = await run(migration.inputs({ selection, translation: { mode: 'exact' } }));
  say('synced');
  judged = rowsOf(synced.report)
    .filter(isPlaced)
    .map((row) => judge(row, checkpoints));
  console.log(tableOf(judged));
  console.log(scanOf(judged));
}, 840_000);

afterAll(async () => {
  const kinds = ['source', 'checkpoint', 'heartbeat'];
  await deleteConnectors(
    bed.connectUrl,
    kinds.map((kind) => `${name}-${kind}`),
  );
  await witness?.close();
});

/**
 * Plans again and again for groups that move with the ends of the logs, until the work is done and MM2 has copied what
 * some of them stand at: it may begin late.
 */
async function planWhile(work: Promise<void>): Promise<readonly GroupRow[]> {
  const rows: GroupRow[] = [];
  const random = seeded(seed + 1);
  const groupIds = Array.from({ length: 8 }, (_, n) => `${name}-moving-${n}`);
  const selection = { groups: patterns(groupIds.join(',')) };
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  do {
    const ranges = await Promise.all(
      topics.all.map(async (topic) => ({ topic, of: await logRanges(bed.source, topic) })),
    );
    const offsets = () =>
      ranges.flatMap(({ topic, of }) =>
        of.map(({ partition, start, end }) => ({
          topic,
          partition,
          offset: end - BigInt(random(Number(end - start))),
        })),
      );
    await commitGroupOffsets(
      bed.source,
      groupIds.map((groupId) => ({ groupId, offsets: offsets() })),
    );
    const { report } = await run(
      migration.inputs({ selection, translation: { mode: 'exact' }, sync: { dryRun: true } }),
    );
    rows.push(...rowsOf(report));
  } while (!isDone || !rows.some(({ translation }) => translation === 'exact'));
  await done;
  return rows;
}

async function logsOf(cluster: typeof bed.source, names: readonly string[]): Promise<readonly JavaLog[]> {
  const logs: JavaLog[] = [];
  for (const topic of names) logs.push(...(await witness.readLog(cluster, topic)));
  return logs;
}

function truthOf(log: JavaLog, targetLogs: readonly JavaLog[]): [string, Truth] {
  const copy = { topic: copyOf(log.topic), partition: log.partition };
  const target = targetLogs.find((one) => at(one) === at(copy));
  const written = topics.written(kindOf(log.topic), log);
  return [at(copy), new Truth(written, target?.records ?? [])];
}

function kindOf(topic: string): Kind {
  const kind = KINDS.find((one) => topic.endsWith(`-${one}`));
  if (kind === undefined) throw new Error(`${topic} is none of ours`);
  return kind;
}

/**
 * Once those of the end are there, MM2 has written what it will, for it writes all at a time. It has none before the first
 * offset sync that found room: for many a start, and up to the middle where the syncs of a burst wait for a slow broker.
 */
function checkpointsOfAllGroups(): Promise<readonly BedCheckpoint[]> {
  const wanted = groups
    .filter(({ place }) => place === 'end')
    .flatMap(({ groupId, offsets }) =>
      offsets.map((one) => `${groupId} ${copyOf(one.topic)}/${one.partition} ${one.offset}`),
    );
  return waitForCheckpoints(bed, { ...migration.mm2, timeoutMs: 240_000 }, (latest) => {
    const seen = new Set(latest.map((one) => `${one.groupId} ${at(one)} ${one.upstreamOffset}`));
    return wanted.every((one) => seen.has(one));
  });
}

function judge(row: GroupRow, checkpoints: readonly BedCheckpoint[]): Judged {
  const group = groups.find(({ groupId }) => groupId === row.groupId);
  const position = group?.offsets.find((one) => copyOf(one.topic) === row.topic && one.partition === row.partition);
  const truth = truths.get(at(row));
  if (group === undefined || position === undefined || truth === undefined) throw new Error(`unknown ${row.groupId}`);
  const checkpoint = checkpoints.find((one) => one.groupId === row.groupId && at(one) === at(row));
  return {
    row,
    kind: kindOf(row.topic),
    place: group.place,
    ours: row.targetAfter === null ? null : truth.judge(position.offset, row.targetAfter),
    mm2: checkpoint === undefined ? null : truth.judge(position.offset, checkpoint.downstreamOffset),
  };
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const redeliveredBy = (side: 'ours' | 'mm2', some: readonly Judged[]) =>
  sum(some.map((one) => one[side]?.redelivered ?? 0));

/** What each side makes its consumers read again, by topic and place. */
function tableOf(all: readonly Judged[]): string {
  const line = (title: string, some: readonly Judged[]) => {
    const exact = some.filter(({ row }) => row.translation === 'exact').length;
    const none = some.filter(({ mm2 }) => mm2 === null).length;
    const worst = Math.max(0, ...some.map(({ mm2 }) => mm2?.redelivered ?? 0));
    const cells = [some.length, none, redeliveredBy('mm2', some), worst, exact, redeliveredBy('ours', some)];
    return title.padEnd(24) + cells.map((cell) => String(cell).padStart(13)).join('');
  };
  const heads = ['partitions', 'MM2 has none', 'MM2 again', 'at most', 'ours exact', 'ours again'];
  const lines = KINDS.flatMap((kind) =>
    PLACES.map((place) =>
      line(
        `${kind} ${place}`,
        all.filter((one) => one.kind === kind && one.place === place),
      ),
    ),
  );
  return [''.padEnd(24) + heads.map((head) => head.padStart(13)).join(''), ...lines, line('all', all)].join('\n');
}

/** How much had to be read for it. */
function scanOf(all: readonly Judged[]): string {
  const counts = all.flatMap(({ row: { proof } }) => (proof?.kind === 'records' ? [proof.sourceRecords] : []));
  const sorted = counts.sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
  return `source records compared for one position: median ${at(0.5)}, 95 of 100 up to ${at(0.95)}, at most ${at(1)}`;
}

const shown = (some: readonly Judged[]) =>
  some.map(
    ({ row, ours }) =>
      `${row.groupId} ${at(row)} ${row.sourceCommitted}→${row.targetAfter} ${row.verdict} ${row.reason} ${row.detail} ${JSON.stringify(ours)}`,
  );

test('12 partitions of 50,000 records and more, half of them with holes', () => {
  expect(written).toHaveLength(KINDS.length * PARTITIONS.length);
  expect(written.filter(({ records }) => records.length < 50_000)).toEqual([]);
  expect(written.filter(({ start, end, records }) => records.length < end - start)).toHaveLength(2 * PARTITIONS.length);
});

describe('one sync of 40 groups over 12 partitions', () => {
  test('puts every group partition in place', () => {
    expect(synced.report).toMatchObject({ result: 'changed', errors: [] });
    expect(judged).toHaveLength(groups.length * KINDS.length * PARTITIONS.length);
    expect(shown(judged.filter(({ row }) => row.delta !== 0n))).toEqual([]);
  });

  test('F: skips no record', () => {
    expect(shown(judged.filter(({ ours }) => ours !== null && ours.skipped > 0))).toEqual([]);
  });

  test('what it calls exact reads nothing again', () => {
    const exact = judged.filter(({ row }) => row.translation === 'exact');
    expect(shown(exact.filter(({ ours }) => ours?.redelivered !== 0))).toEqual([]);
    expect(exact.filter(({ row }) => row.redelivered !== 0n)).toEqual([]);
  });

  test('what it calls bounded reads no more again than it says', () => {
    const bounded = judged.filter(({ row }) => row.translation === 'bounded');
    expect(
      shown(bounded.filter(({ row, ours }) => (ours?.redelivered ?? 0) > Number(row.redeliveredMax ?? -1n))),
    ).toEqual([]);
  });

  test('at least 95 of 100 are exact', () => {
    const exact = judged.filter(({ row }) => row.translation === 'exact');
    expect(exact.length / judged.length).toBeGreaterThanOrEqual(0.95);
  });

  test("MM2's own checkpoints make the same groups read many records again", () => {
    expect(redeliveredBy('mm2', judged)).toBeGreaterThan(100_000);
    // The compacted topic may have lost at the source what the target still has: that is bounded.
    expect(redeliveredBy('ours', judged)).toBeLessThan(1_000);
  });

  test("Java's own client shows what the report claims", async () => {
    const groupIds = groups.map(({ groupId }) => groupId);
    const committed = await witness.groupOffsets(bed.target, groupIds);
    const lines = committed.map((one) => `${one.groupId} ${one.topic}-${one.partition} ${one.offset}`);
    expect(lines).toHaveLength(judged.length);
    expect(lines.sort()).toEqual(claimed(synced.report));
  });
});

/** What a plan would have committed. */
function plannedTruth(rows: readonly GroupRow[]): readonly JudgedRow[] {
  return rows.flatMap((row) => {
    const truth = truths.get(at(row));
    return truth === undefined ? [] : [judgeRow({ ...row, targetAfter: row.translated }, truth)];
  });
}

test('F: what was planned while records were written and copied skips none of them', () => {
  const planned = plannedTruth(saidMeanwhile);
  const counts = ['exact', 'bounded', 'checkpoint', 'none'].map(
    (kind) => `${planned.filter(({ row }) => row.translation === kind).length} ${kind}`,
  );
  console.log(`planned meanwhile: ${counts.join(', ')}`);
  expectTrue(planned);
  expect(planned.filter(({ row }) => row.translation === 'exact').length).toBeGreaterThan(0);
});

test('F: where max-scan forbids to compare, a checkpoint serves that skips none', async () => {
  const translation = { mode: 'exact' as const, maxScan: 50 };
  const { report } = await run(migration.inputs({ translation, sync: { dryRun: true } }));
  const planned = plannedTruth(rowsOf(report).filter(isPlaced));
  expect(planned.filter(({ row }) => row.translation === 'checkpoint').length).toBeGreaterThan(0);
  expectTrue(planned);
});

describe.each(['classic', 'consumer'] as const)('%s consumers that go on there', (protocol) => {
  test('get every id that is left, and none twice', async () => {
    const mine = groups.filter((_, n) => (n % 2 === 0) === (protocol === 'classic'));
    const copies = topics.all.map(copyOf);
    const wrong: string[] = [];
    let count = 0;
    const readings: { readonly group: PlacedGroup; readonly logs: readonly JavaLog[] }[] = [];
    for (const group of mine) {
      const toTheEnd = Number(group.groupId.split('-').at(-1)) < READ_TO_THE_END;
      const limit = toTheEnd ? {} : { limit: OTHERS_READ };
      const logs = await witness.resume(bed.target, { groupId: group.groupId, protocol, topics: copies, ...limit });
      readings.push({ group, logs });
    }
    // Compaction goes on: what it has taken meanwhile, a consumer need not have seen.
    const still = new Map((await logsOf(bed.target, copies)).map((log) => [at(log), log.records]));
    for (const { group, logs } of readings) {
      expect(logs).toHaveLength(group.offsets.length);
      for (const log of logs) {
        const row = judged.find((one) => one.row.groupId === group.groupId && at(one.row) === at(log))?.row;
        expect(log.start).toBe(Number(row?.targetAfter));
        const { missing, again } = truthAt(log).compare(row?.sourceCommitted ?? -1n, log, still.get(at(log)) ?? []);
        count += log.records.length;
        if (missing.length > 0 || again.length > 0) {
          wrong.push(`${group.groupId} ${at(log)} misses ${missing.slice(0, 3)} gets again ${again.slice(0, 3)}`);
        }
      }
    }
    say(`${protocol}: ${mine.length} groups read ${count} ids`);
    expect(wrong).toEqual([]);
  });
});

function truthAt(log: JavaLog): Truth {
  const truth = truths.get(at(log));
  if (truth === undefined) throw new Error(`no truth of ${at(log)}`);
  return truth;
}
