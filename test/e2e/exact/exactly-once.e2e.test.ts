/**
 * MM2 with exactly-once delivery: it reads committed records alone, so that aborted ones have no copy, and its own
 * markers lie among the copies. And a source that was deleted and made again under the same name.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type ConnectWorker, startConnectWorker } from '../../../src/testbed/connect-worker.ts';
import { mm2Connectors, putConnectors, targetTopic, waitForReplication } from '../../../src/testbed/mm2.ts';
import { createTopics, recreateTopic } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { resumeConnector, stopConnector } from '../../support/connectors.ts';
import { migrationOf } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { seeded } from '../../support/random.ts';
import { rowsOf, run } from '../../support/run.ts';
import { Witness } from '../../support/witness.ts';
import { WrittenLog } from '../formats/written-log.ts';
import { expectExact, expectTrue, type JudgedRow, judgeRow, shown } from './judged.ts';
import { placeAt, SmallLog, truthOf, usualSpots } from './small-topics.ts';
import type { IdAt } from './truth.ts';

const shared = inject('bed');
const name = ownName('once');
const properties = { 'exactly.once.support': 'required', 'source.consumer.isolation.level': 'read_committed' };
const mm2 = { targetAlias: `${name}dst`, properties: { source: properties } };
const migration = migrationOf(shared, { name, topics: [], recordsPerPartition: 0, mm2 });
const topicOf = (kind: string) => `${name}-${kind}`;
const copyOf = (kind: string) => targetTopic(topicOf(kind), migration.mm2);
/** How each log ends: in a record, in the marker of a commit, in aborted records and their marker. */
const ENDINGS = ['plain', 'commit', 'abort'] as const;

let witness: Witness;
let worker: ConnectWorker;
/** Of the transaction in which the log of `abort` ends. */
let firstAborted: bigint;
let judged: ReadonlyMap<string, readonly JudgedRow[]>;
const rowsAt = (kind: string) => judged.get(kind) ?? [];

beforeAll(async () => {
  const options = { cluster: shared.target, groupId: name, properties: { 'exactly.once.source.support': 'enabled' } };
  [worker, witness] = await Promise.all([startConnectWorker(options), Witness.start()]);
  const bed = { ...shared, connectUrl: worker.url };
  const made = new SmallLog(shared, topicOf('made-again'), (index) => ({ key: null, value: `first-${index}` }));
  const logs = ENDINGS.map((kind) => new WrittenLog(witness, shared.source, topicOf(kind)));
  await createTopics(
    shared.source,
    [...logs, made].map(({ topic }) => ({ topic })),
  );
  const [source] = mm2Connectors(bed, migration.mm2);
  await putConnectors(worker.url, source === undefined ? [] : [source]);
  await made.write(900);
  for (const log of logs) await writeTransactions(log);
  await waitForReplication(bed, [made.topic, topicOf('plain')], { ...migration.mm2, by: 'connect' });
  await stopConnector(worker.url, `${name}-source`);
  await recreateTopic(shared.source, { topic: made.topic });
  const again = new SmallLog(shared, made.topic, (index) => ({ key: null, value: `again-${index}` }));
  await again.write(700);
  await resumeConnector(worker.url, `${name}-source`);
  await untilOnTarget('made-again', 'again-699');
  for (const [n, kind] of ENDINGS.entries()) await untilOnTarget(kind, logs[n]?.idsFrom(0n).at(-1) ?? '');
  const written = new Map<string, readonly IdAt[]>([['made-again', again.written]]);
  for (const kind of ENDINGS) {
    written.set(kind, (await witness.readLog(shared.source, topicOf(kind)))[0]?.records ?? []);
  }
  judged = await judgeAll(written);
}, 420_000);
afterAll(async () => {
  await worker?.stop();
  await witness?.close();
});

async function writeTransactions(log: WrittenLog): Promise<void> {
  const ids = (what: string, count: number) => Array.from({ length: count }, (_, n) => `${what}-${log.end}-${n}`);
  for (let round = 0; round < 4; round += 1) {
    await log.plain(ids('plain', 60));
    await log.transaction(ids('aborted', 25), 'abort');
    await log.transaction(ids('committed', 60), 'commit');
  }
  if (log.topic.endsWith('-abort')) {
    firstAborted = log.end;
    await log.transaction(ids('aborted', 25), 'abort');
  }
  if (log.topic.endsWith('-plain')) await log.plain(ids('plain', 5));
}

async function untilOnTarget(kind: string, id: string): Promise<void> {
  const look = async () => {
    const [log] = await witness.readLog(shared.target, copyOf(kind));
    const last = log?.records.at(-1)?.[1];
    return last === id ? { done: undefined } : { seen: `last is ${last}` };
  };
  await waitFor(`${id} of ${kind} on the target`, look, { timeoutMs: 180_000, intervalMs: 500 });
}

async function judgeAll(written: ReadonlyMap<string, readonly IdAt[]>) {
  const random = seeded(1_107);
  const spots = new Map(
    await Promise.all(
      [...written.keys()].map(
        async (kind) => [topicOf(kind), await usualSpots(witness, shared, topicOf(kind), random)] as const,
      ),
    ),
  );
  await placeAt(shared, name, spots);
  const { report } = await run(migration.inputs({ translation: { mode: 'exact' } }));
  expect(report).toMatchObject({ result: 'changed', errors: [] });
  const rows = new Map<string, readonly JudgedRow[]>();
  for (const [kind, log] of written) {
    const truth = await truthOf(witness, shared, log, copyOf(kind));
    const there = rowsOf(report).filter(({ topic }) => topic === copyOf(kind));
    rows.set(
      kind,
      there.map((row) => judgeRow(row, truth)),
    );
  }
  return rows;
}

describe.each(ENDINGS)('a copy with exactly-once delivery of a log that ends in: %s', (kind) => {
  test('holds no aborted record, but markers of its own', async () => {
    const [source] = await witness.readLog(shared.source, topicOf(kind));
    const [target] = await witness.readLog(shared.target, copyOf(kind));
    expect(source?.records.some(([, id]) => id.startsWith('aborted'))).toBe(true);
    expect(target?.records.some(([, id]) => id.startsWith('aborted'))).toBe(false);
    expect(target?.end).toBeGreaterThan(target?.records.length ?? 0);
  });

  test('no record is skipped, and what is called exact is', () => expectTrue(rowsAt(kind)));

  test('every group is put somewhere, but for those behind aborted records at the very end', () => {
    const nowhere = rowsAt(kind).filter(({ row }) => row.targetAfter === null);
    const waits = ({ row }: JudgedRow) => row.reason === 'not-replicated' && (row.sourceCommitted ?? 0n) > firstAborted;
    expect(shown(nowhere.filter((judgedRow) => kind !== 'abort' || !waits(judgedRow)))).toEqual([]);
  });
});

test('they wait no longer once a record has come after the aborted ones', async () => {
  const isPending = ({ row }: JudgedRow) => row.verdict === 'pending';
  const waiting = rowsAt('abort')
    .filter(isPending)
    .map(({ row }) => row.groupId);
  expect(waiting.length).toBeGreaterThan(0);
  await witness.produce(shared.source, { topic: topicOf('abort'), partition: 0, ids: ['one-more'] });
  await untilOnTarget('abort', 'one-more');
  const { report } = await run(migration.inputs({ translation: { mode: 'exact' } }));
  const written = (await witness.readLog(shared.source, topicOf('abort')))[0]?.records ?? [];
  const truth = await truthOf(witness, shared, written, copyOf('abort'));
  const rows = rowsOf(report).filter(({ topic, groupId }) => topic === copyOf('abort') && waiting.includes(groupId));
  const now = rows.map((row) => judgeRow(row, truth));
  expectTrue(now);
  expect(shown(now.filter(({ judgement }) => judgement === null))).toEqual([]);
});

test('a source that was made again under its name: exact, behind the copies of the first one', () => {
  expectExact(rowsAt('made-again'));
});
