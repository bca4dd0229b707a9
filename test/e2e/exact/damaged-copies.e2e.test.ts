/**
 * Copies that are no clean copy any more: made again from a trimmed source, begun anew in the middle, held twice after
 * a worker was killed, or with somebody else's records among them. EXACT_SEED repeats a run.
 */
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type ConnectWorker, startConnectWorker } from '../../../src/testbed/connect-worker.ts';
import { mm2Connectors, putConnectors, targetTopic, waitForReplication } from '../../../src/testbed/mm2.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics, deleteRecords, deleteTopics, logRanges } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { deleteConnectorOffsets, deleteConnectors, resumeConnector, stopConnector } from '../../support/connectors.ts';
import { type Migration, migrationOf } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { seeded } from '../../support/random.ts';
import { type FinishedRun, rowsOf, run } from '../../support/run.ts';
import { Witness } from '../../support/witness.ts';
import { expectExact, expectTrue, type JudgedRow, judgeRow, shown, summaryOf } from './judged.ts';
import {
  placeAt,
  type RecordOf,
  SmallLog,
  type Spot,
  timelessRecord,
  truthOf,
  uniqueRecord,
  usualSpots,
} from './small-topics.ts';
import type { Truth } from './truth.ts';

const seed = Number(process.env['EXACT_SEED'] ?? randomInt(2 ** 31));
const random = seeded(seed);
const shared = inject('bed');
const SLOW = { timeoutMs: 180_000, intervalMs: 100 };

/** One topic, its own connector, and the worker that it runs on. */
class Copied {
  readonly name: string;
  readonly log: SmallLog;
  readonly copy: string;
  readonly migration: Migration;
  connectUrl = shared.connectUrl;
  synced: FinishedRun | undefined;
  truth: Truth | undefined;

  constructor(kind: string, record: RecordOf = uniqueRecord) {
    this.name = ownName(kind);
    this.log = new SmallLog(shared, `${this.name}-orders`, record);
    const mm2 = { targetAlias: `${this.name}dst` };
    this.migration = migrationOf(shared, { name: this.name, topics: [], recordsPerPartition: 0, mm2 });
    this.copy = targetTopic(this.log.topic, this.migration.mm2);
  }

  get bed() {
    return { ...shared, connectUrl: this.connectUrl };
  }

  get connector(): string {
    return `${this.name}-source`;
  }

  async begin(count: number): Promise<void> {
    await createTopics(shared.source, [{ topic: this.log.topic }]);
    await this.log.write(count);
    await this.deploy();
    await this.copied();
  }

  async deploy(): Promise<void> {
    const [source] = mm2Connectors(this.bed, this.migration.mm2);
    await putConnectors(this.connectUrl, source === undefined ? [] : [source]);
  }

  copied(): Promise<void> {
    return waitForReplication(this.bed, [this.log.topic], { ...this.migration.mm2, by: 'connect', timeoutMs: 180_000 });
  }

  async grow(count: number): Promise<void> {
    await this.log.write(count);
    await this.copied();
  }

  async targetEnd(): Promise<bigint> {
    return (await logRanges(shared.target, this.copy))[0]?.end ?? 0n;
  }

  async judge(witness: Witness, more: readonly number[]): Promise<void> {
    const usual = await usualSpots(witness, shared, this.log.topic, random);
    const spots: readonly Spot[] = [...usual, ...more.map((offset) => ({ label: `at-${offset}`, offset }))];
    await placeAt(shared, this.name, new Map([[this.log.topic, spots]]));
    this.truth = await truthOf(witness, shared, this.log.written, this.copy);
    this.synced = await run(this.migration.inputs({ translation: { mode: 'exact' } }));
    expect(this.synced.report).toMatchObject({ result: 'changed', errors: [] });
  }

  rows(only: (position: number) => boolean = () => true): readonly JudgedRow[] {
    const { synced, truth } = this;
    if (synced === undefined || truth === undefined) throw new Error(`${this.name} is not judged yet`);
    const there = rowsOf(synced.report).filter(({ sourceCommitted }) => only(Number(sourceCommitted)));
    return there.map((row) => judgeRow(row, truth));
  }
}

const copiedAgain = new Copied('again');
const begunAnew = new Copied('anew');
/** The same two with records that repeat. */
const repeatedAgain = new Copied('rep-again', timelessRecord);
const repeatedAnew = new Copied('rep-anew', timelessRecord);
const recreated = [copiedAgain, begunAnew, repeatedAgain, repeatedAnew];
const foreign = new Copied('foreign');
const killed = new Copied('killed');
/** Where the killed worker had last stored how far it was. */
const STORED = 1_500;
const TRIMMED_TO = 500;

let witness: Witness;
let worker: ConnectWorker;

beforeAll(async () => {
  console.log(`EXACT_SEED=${seed}`);
  witness = await Witness.start();
  await Promise.all([recreate(), mixWithForeign(), killMidCopy()]);
  await copiedAgain.judge(witness, [TRIMMED_TO, 1_999, 2_000, 2_001]);
  await begunAnew.judge(witness, [0, 1_000, 1_999, 2_000, 2_001]);
  await repeatedAgain.judge(witness, [TRIMMED_TO, 1_000, 1_999, 2_000, 2_001]);
  await repeatedAnew.judge(witness, [0, 1_000, 1_999, 2_000, 2_001]);
  await foreign.judge(witness, [499, 500, 501, 999, 1_000, 1_001]);
  await killed.judge(witness, [STORED - 1, STORED, STORED + 1, STORED + 200, STORED + 1_000]);
  for (const one of [...recreated, foreign, killed]) {
    const { heldTwice = 0, foreign: others = 0 } = one.truth ?? {};
    console.log(`${summaryOf(one.name, one.rows())}; the target holds ${heldTwice} twice, ${others} foreign`);
  }
}, 420_000);

afterAll(async () => {
  await worker?.stop();
  await deleteConnectors(
    shared.connectUrl,
    [...recreated, foreign].map(({ connector }) => connector),
  );
  await witness?.close();
});

/** The target's topics are deleted; two connectors forget how far they were, the others do not. */
async function recreate(): Promise<void> {
  for (const one of recreated) await one.begin(2_000);
  const forgetting = [copiedAgain, repeatedAgain];
  for (const one of forgetting) await deleteRecords(shared.source, one.log.topic, new Map([[0, BigInt(TRIMMED_TO)]]));
  for (const one of recreated) await stopConnector(shared.connectUrl, one.connector);
  await deleteTopics(
    shared.target,
    recreated.map(({ copy }) => copy),
  );
  for (const one of forgetting) await deleteConnectorOffsets(shared.connectUrl, one.connector);
  for (const one of recreated) await resumeConnector(shared.connectUrl, one.connector);
  for (const one of recreated) await one.grow(800);
}

/** A second producer writes into the target's topic between the copies. */
async function mixWithForeign(): Promise<void> {
  await foreign.begin(500);
  for (let round = 0; round < 3; round += 1) {
    const record = (_: number, index: number) => ({ key: `foreign-${index}`, value: `foreign-${round}-${index}` });
    await produceRecords(shared.target, { topic: foreign.copy, partitions: [0], recordsPerPartition: 40, record });
    await foreign.grow(500);
  }
}

/**
 * A worker that stores its offsets only when a connector stops in order; killed while it copies, and replaced. The other
 * one keeps its topics but is in a group of its own, for the dead one is a member until its session is over.
 */
async function killMidCopy(): Promise<void> {
  const patience = { 'task.shutdown.graceful.timeout.ms': '60000', 'offset.flush.timeout.ms': '60000' };
  const options = {
    cluster: shared.target,
    groupId: killed.name,
    properties: { 'offset.flush.interval.ms': '600000', ...patience },
  };
  worker = await startConnectWorker(options);
  killed.connectUrl = worker.url;
  await createTopics(shared.source, [{ topic: killed.log.topic }]);
  await killed.log.write(STORED);
  await killed.deploy();
  await untilOnTarget(BigInt(STORED));
  await stopConnector(worker.url, killed.connector);
  // Stored is how far it was: `STORED`.
  await killed.copied();
  await resumeConnector(worker.url, killed.connector);
  const writing = killed.log.write(20_000);
  await untilOnTarget(BigInt(STORED) + 3_000n);
  await worker.kill();
  await writing;
  await worker.stop();
  worker = await startConnectWorker({
    ...options,
    properties: { 'offset.flush.interval.ms': '1000', 'group.id': `${killed.name}-again` },
  });
  killed.connectUrl = worker.url;
  await killed.copied();
  await killed.grow(1_000);
}

function untilOnTarget(end: bigint): Promise<void> {
  const look = async () => {
    const seen = await killed.targetEnd();
    return seen >= end ? { done: undefined } : { seen: `end ${seen}` };
  };
  return waitFor(`${killed.copy} to reach ${end}`, look, SLOW);
}

const exactOf = (rows: readonly JudgedRow[]) => rows.filter(({ row }) => row.translation === 'exact').length;

describe('a target that was deleted and copied again from a trimmed source', () => {
  test('every group is exact', () => expectExact(copiedAgain.rows()));
});

describe('a target that was deleted while MM2 kept how far it was', () => {
  test('a group whose records were never copied again starts at the first that was', () => {
    const before = begunAnew.rows((position) => position <= 2_000);
    expectTrue(before);
    expect(shown(before.filter(({ row }) => row.targetAfter !== 0n))).toEqual([]);
  });

  test('a group behind them is exact', () => expectExact(begunAnew.rows((position) => position > 2_000)));
});

test.each([
  ['copied again', repeatedAgain],
  ['begun anew', repeatedAnew],
] as const)('of records that repeat, %s: none is skipped, and what is called exact is', (_what, copied) => {
  expectTrue(copied.rows());
});

describe('a target that holds records twice, since the worker was killed while it copied', () => {
  test('it does hold them twice', () => {
    expect(killed.truth?.heldTwice).toBeGreaterThanOrEqual(1_000);
  });

  test('no record is skipped, and what is called exact is', () => expectTrue(killed.rows()));

  test('groups before and behind those records are exact', () => {
    const heldTwice = killed.truth?.heldTwice ?? 0;
    expectExact(killed.rows((position) => position < STORED || position > STORED + heldTwice));
  });

  test.each(['classic', 'consumer'] as const)(
    'a %s consumer misses none, and reads none more often than it lies there',
    async (protocol) => {
      const groupId = `${killed.name}-at-${STORED + 200}`;
      const [read] = await witness.resume(shared.target, { groupId, protocol, topics: [killed.copy] });
      const [now] = await witness.readLog(shared.target, killed.copy);
      const comparison = killed.truth?.compare(
        BigInt(STORED + 200),
        read ?? { end: 0, records: [] },
        now?.records ?? [],
      );
      expect(comparison).toEqual({ missing: [], again: [] });
    },
  );
});

describe("a target with a second producer's records", () => {
  test('it does hold them', () => expect(foreign.truth?.foreign).toBe(120));

  test('no record is skipped, and what is called exact is', () => expectTrue(foreign.rows()));

  test('a group is exact or reads no more again than a few', () => {
    expect(shown(foreign.rows().filter(({ judgement }) => (judgement?.redelivered ?? 1) > 0))).toEqual([]);
    expect(exactOf(foreign.rows())).toBeGreaterThan(0);
  });
});
