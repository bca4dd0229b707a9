/**
 * Each kind of topic that moves offsets apart or makes records hard to tell, copied by real MM2 without any checkpoint:
 * what a sync makes of groups at the usual places is judged by the ids. EXACT_SEED repeats a run.
 */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { deleteConnectors } from '../../support/connectors.ts';
import { migrationOf } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { seeded } from '../../support/random.ts';
import { type FinishedRun, rowsOf, run } from '../../support/run.ts';
import { Witness } from '../../support/witness.ts';
import { batchesOf } from '../formats/raw-batches.ts';
import { expectExact, expectTrue, type JudgedRow, judgeRow, shown, summaryOf } from './judged.ts';
import { placeAt, type Spot, truthOf, usualSpots } from './small-topics.ts';
import { FIRST_PART, type Kind, RUN, TopicKinds, TRIMMED_TO, UNIQUE_KINDS } from './topic-kinds.ts';
import type { Truth } from './truth.ts';

const seed = Number(process.env['EXACT_SEED'] ?? randomInt(2 ** 31));
const bed = inject('bed');
const name = ownName('kinds');
const migration = migrationOf(bed, {
  name,
  topics: [],
  recordsPerPartition: 0,
  mm2: { targetAlias: `${name}dst`, properties: { source: { 'sync.topic.configs.enabled': 'false' } } },
});

let witness: Witness;
let kinds: TopicKinds;
let synced: FinishedRun;
let truths: ReadonlyMap<Kind, Truth>;

beforeAll(async () => {
  console.log(`EXACT_SEED=${seed}`);
  witness = await Witness.start();
  kinds = new TopicKinds(bed, witness, migration, name);
  await kinds.copyAll();
  const random = seeded(seed);
  const spots = new Map<string, readonly Spot[]>();
  for (const kind of kinds.kinds) {
    const topic = kinds.topic(kind);
    spots.set(topic, [...(await usualSpots(witness, bed, topic, random)), ...moreSpots(kind)]);
  }
  await placeAt(bed, name, spots);
  truths = new Map(await Promise.all(kinds.kinds.map(judgeBy)));
  synced = await run(migration.inputs({ translation: { mode: 'exact' } }));
  console.log(kinds.kinds.map((kind) => summaryOf(kind, rowsAt(kind))).join('\n'));
}, 420_000);

afterAll(async () => {
  await deleteConnectors(bed.connectUrl, [`${name}-source`]);
  await witness?.close();
});

async function judgeBy(kind: Kind): Promise<[Kind, Truth]> {
  return [kind, await truthOf(witness, bed, await kinds.written(kind), kinds.copy(kind))];
}

/** Where the source has no record any more, or never had one. */
function moreSpots(kind: Kind): readonly Spot[] {
  switch (kind) {
    case 'plain':
      return [{ label: 'beyond', offset: 5_000 }];
    case 'trimmed':
      return [{ label: 'below', offset: 100 }];
    case 'trimmed-later':
      return [0, 100, 899].map((offset) => ({ label: `below-${offset}`, offset }));
    case 'target-trimmed':
      return [0, 150, 299, 300, 301].map((offset) => ({ label: `around-${offset}`, offset }));
    case 'runs':
      return [3, 10 * RUN, 50 * RUN + 1, FIRST_PART, 100 * RUN - 1].map((offset, n) => ({ label: `run-${n}`, offset }));
    default:
      return [];
  }
}

function rowsAt(kind: Kind, only: (label: string) => boolean = () => true): readonly JudgedRow[] {
  const truth = truths.get(kind);
  if (truth === undefined) throw new Error(`no truth of ${kind}`);
  const there = rowsOf(synced.report).filter(
    (row) => row.topic === kinds.copy(kind) && only(row.groupId.slice(name.length + 1)),
  );
  return there.map((row) => judgeRow(row, truth));
}

const isUsual = (label: string) => /^(start|second|last|end|random-\d|hole-\d)$/.test(label);

test('the run has no error, though there is no checkpoint', () => {
  expect(synced.report).toMatchObject({ result: 'changed', errors: [] });
  expect(rowsOf(synced.report).filter(({ checkpointUpstream }) => checkpointUpstream !== null)).toEqual([]);
});

test('no headers were altered, and none are said to be', () => {
  expect(synced.report.findings.filter(({ rule }) => rule === 'headers-altered')).toEqual([]);
});

describe('exact wherever a group stands', () => {
  test.each([...(Object.keys(UNIQUE_KINDS) as Kind[]), 'transactional' as const])('%s', (kind) => {
    const rows = rowsAt(kind, isUsual);
    expect(rows.length).toBeGreaterThanOrEqual(10);
    expectExact(rows);
  });

  test('an empty partition', () => expectExact(rowsAt('empty')));
});

describe('the topics are what they are called', () => {
  test.each(['gzip', 'snappy', 'lz4', 'zstd'] as const)('%s on both sides', async (codec) => {
    const number = 1 + ['gzip', 'snappy', 'lz4', 'zstd'].indexOf(codec);
    const logs = [await batchesOf(bed.source, kinds.topic(codec)), await batchesOf(bed.target, kinds.copy(codec))];
    expect(logs.map((batches) => [...new Set(batches.map((batch) => batch.codec))])).toEqual([[number], [number]]);
  });

  test.each([
    { kind: 'holes-on-source', source: true, target: false },
    { kind: 'holes-on-target', source: false, target: true },
    { kind: 'holes-on-both', source: true, target: true },
    { kind: 'compacted-later', source: true, target: false },
    { kind: 'transactional', source: true, target: false },
  ] as const)('$kind', async ({ kind, ...holes }) => {
    const [source] = await witness.readLog(bed.source, kinds.topic(kind));
    const [target] = await witness.readLog(bed.target, kinds.copy(kind));
    const hasHoles = (log = source) => log !== undefined && log.records.length < log.end - log.start;
    expect({ source: hasHoles(source), target: hasHoles(target) }).toEqual(holes);
  });
});

describe('identical records in runs', () => {
  test('are never skipped, and what is called exact is', () => expectTrue(rowsAt('runs')));

  test('a group between two runs is exact', () => {
    const between = rowsAt('runs').filter(({ row }) => (row.sourceCommitted ?? -1n) % BigInt(RUN) === 0n);
    expect(between.length).toBeGreaterThan(0);
    expectExact(between);
  });

  test('a group within a run reads no more again than the run', () => {
    const rows = rowsAt('runs');
    expect(shown(rows.filter(({ judgement }) => (judgement?.redelivered ?? RUN) >= RUN))).toEqual([]);
  });
});

describe('the same records again and again', () => {
  const kindsOfIt = ['repeating', 'repeating-compacted', 'repeating-timed'] as const;

  test.each(kindsOfIt)('%s: none is skipped, and what is called exact is', (kind) => {
    expect(rowsAt(kind, isUsual).length).toBeGreaterThanOrEqual(10);
    expectTrue(rowsAt(kind));
  });
});

test('records that only the target still has are never skipped, and what is called exact is', () => {
  expectTrue(rowsAt('compacted-later', isUsual));
});

describe('groups where the source has nothing to compare with', () => {
  test('beyond its end: refused', () => {
    expect(rowsAt('plain', (label) => label === 'beyond')).toMatchObject([
      { row: { verdict: 'skipped', reason: 'source-truncated', targetAfter: null } },
    ]);
  });

  test('below a log start that it had before MM2 began: all that was copied is read', () => {
    const rows = rowsAt('trimmed', (label) => label === 'below');
    expectTrue(rows);
    expect(rows).toMatchObject([{ row: { sourceCommitted: 100n, targetAfter: 0n } }]);
    expect(TRIMMED_TO.trimmed).toBeGreaterThan(100);
  });

  test('below a log start that it was given later: no copy is skipped', () => {
    const rows = rowsAt('trimmed-later', (label) => label.startsWith('below'));
    expectTrue(rows);
    expect(rows.map(({ row }) => row.targetAfter)).not.toContain(null);
  });

  test('at or above that log start', () => expectTrue(rowsAt('trimmed-later', isUsual)));
});

test('C: below the log start of the target: raised to it', () => {
  const rows = rowsAt('target-trimmed');
  expectTrue(rows);
  const start = BigInt(TRIMMED_TO['target-trimmed']);
  expect(shown(rows.filter(({ row }) => (row.targetAfter ?? 0n) < start))).toEqual([]);
  const lost = rows.filter(({ row }) => row.sourceCommitted !== null && row.sourceCommitted < start);
  expect(lost.length).toBeGreaterThan(1);
  expect(new Set(lost.map(({ row }) => row.reason))).toEqual(new Set(['clamped-to-log-start']));
  expectExact(rowsAt('target-trimmed', (label) => label === 'around-300' || label === 'around-301'));
});

test.each([
  { protocol: 'classic', label: 'random-0' },
  { protocol: 'consumer', label: 'random-1' },
] as const)('a $protocol consumer goes on in all topics and misses no id', async ({ protocol, label }) => {
  const groupId = `${name}-${label}`;
  const all = kinds.kinds.filter((kind) => kind !== 'runs');
  const read = await witness.resume(bed.target, { groupId, protocol, topics: all.map((kind) => kinds.copy(kind)) });
  for (const kind of all) {
    const [judged] = rowsAt(kind, (one) => one === label);
    const log = read.find(({ topic }) => topic === kinds.copy(kind));
    const [now] = await witness.readLog(bed.target, kinds.copy(kind));
    const comparison = truths
      .get(kind)
      ?.compare(judged?.row.sourceCommitted ?? 0n, log ?? { end: 0, records: [] }, now?.records ?? []);
    expect({ kind, start: log?.start, ...comparison }).toMatchObject({
      start: Number(judged?.row.targetAfter),
      missing: [],
    });
    if (judged?.row.translation === 'exact') expect({ kind, again: comparison?.again }).toEqual({ kind, again: [] });
  }
});
