/**
 * MM2 on a worker with exactly-once support: what it writes to the target is in transactions, so that upstream and
 * downstream offsets drift apart and the checkpoints topic is full of control batches; compaction leaves empty ones.
 */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { BedAddresses } from '../../../src/testbed/bed.ts';
import type { ClusterAddress } from '../../../src/testbed/client.ts';
import { type ConnectWorker, startConnectWorker } from '../../../src/testbed/connect-worker.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import {
  type ConnectorConfig,
  checkpointsTopic,
  type Mm2Options,
  mm2Connectors,
  putConnectors,
  targetTopic,
} from '../../../src/testbed/mm2.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { claimed, shownByJava } from '../../support/committed-in-java.ts';
import { deleteConnectors } from '../../support/connectors.ts';
import { type Migration, type MigrationSpec, migrationOf, waitUntilCopied } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { type FinishedRun, rowOf, rowsOf, run } from '../../support/run.ts';
import { Witness } from '../../support/witness.ts';
import { batchesOf, type RawBatch } from './raw-batches.ts';
import { WrittenLog } from './written-log.ts';

const SLOW = { timeoutMs: 240_000, intervalMs: 250 };
const UNTIL_IN_PLACE = { sync: { runForMs: 240_000, intervalMs: 1_000 } };
/** A segment is closed by the next write, and only closed ones are compacted. */
const COMPACT = {
  'cleanup.policy': 'compact',
  'segment.ms': '1',
  'min.cleanable.dirty.ratio': '0.01',
  'delete.retention.ms': '600000',
};

const name = ownName('eos');
const sourceAlias = `${name}src`;
const checkpoints = checkpointsTopic({ sourceAlias });
const mm2: Mm2Options = {
  sourceAlias,
  targetAlias: `${name}dst`,
  properties: {
    // Connect refuses to promise exactly-once delivery of what was read uncommitted.
    source: { 'exactly.once.support': 'required', 'source.consumer.isolation.level': 'read_committed' },
  },
};
const groupIds = [0, 1, 2, 3, 4, 5].map((n) => `${name}-group-${n}`);

const shared = inject('bed');
let bed: BedAddresses & { readonly connectUrl: string };
let worker: ConnectWorker;
let witness: Witness;
let spec: MigrationSpec;
let migration: Migration;
/** With transactions of its producers, committed and aborted. */
let orders: WrittenLog;
/** Compacted: each id is written again and again. */
let audit: WrittenLog;

beforeAll(async () => {
  const properties = { 'exactly.once.source.support': 'enabled' };
  [worker, witness] = await Promise.all([
    startConnectWorker({ cluster: shared.target, groupId: name, properties }),
    Witness.start(),
  ]);
  bed = { ...shared, connectUrl: worker.url };
  orders = new WrittenLog(witness, bed.source, `${name}-orders`);
  audit = new WrittenLog(witness, bed.source, `${name}-audit`);
  const topics = [orders, audit].map(({ topic }) => ({ topic, partitions: 1 }));
  spec = { name, topics, recordsPerPartition: 0, mm2, copiedBy: 'connect' };
  await createTopics(bed.source, [{ topic: orders.topic }, { topic: audit.topic, config: COMPACT }]);
  await createTopics(bed.target, [{ topic: checkpoints, config: COMPACT }]);
  for (const log of [orders, audit]) await log.plain(['first']);
  migration = migrationOf(bed, spec);
  await putConnectors(bed.connectUrl, [connector('source')]);
});
afterAll(async () => {
  await worker?.stop();
  await witness?.close();
});

function connector(kind: 'source' | 'checkpoint'): ConnectorConfig {
  const config = mm2Connectors(bed, migration.mm2).find((one) => one['name'] === `${name}-${kind}`);
  if (config === undefined) throw new Error(`no ${kind} connector`);
  return config;
}

const numbered = (prefix: string, count: number) => Array.from({ length: count }, (_, n) => `${prefix}-${n}`);

/** Ends in a plain record, since Connect stores no offset for a marker. */
async function produce(round: string): Promise<void> {
  await orders.plain(numbered(`${round}-plain`, 150));
  await orders.transaction(numbered(`${round}-committed`, 150), 'commit');
  await orders.transaction(numbered(`${round}-aborted`, 50), 'abort');
  await orders.plain(numbered(`${round}-more`, 150));
  for (let again = 0; again < 3; again++) await audit.plain(numbered('account', 40));
  await audit.plain([`${round}-end`]);
}

/** Spread from one offset to the end; both topics, at the same share of each. */
async function placeGroups(from: { orders: bigint; audit: bigint }): Promise<void> {
  const last = BigInt(groupIds.length - 1);
  const place = (log: WrittenLog, first: bigint, n: number) => first + ((log.end - first) * BigInt(n)) / last;
  await commitGroupOffsets(
    bed.source,
    groupIds.map((groupId, n) => ({
      groupId,
      offsets: [
        { topic: orders.topic, partition: 0, offset: place(orders, from.orders, n) },
        { topic: audit.topic, partition: 0, offset: place(audit, from.audit, n) },
      ],
    })),
  );
}

/** In place, and Java's tool and MM2's own client say the same. */
async function expectInPlace({ report }: FinishedRun): Promise<void> {
  expect(report.errors).toEqual([]);
  expect(rowsOf(report)).toHaveLength(groupIds.length * 2);
  expect(rowsOf(report).filter((row) => row.delta !== 0n)).toEqual([]);
  expect(await shownByJava(bed.target, report)).toEqual(claimed(report));
  for (const { groupId, partitions } of report.groups) {
    const translated = await witness.translateOffsets(bed.target, { sourceAlias, groupId });
    expect(partitions.map((row) => `${row.topic} ${row.checkpointDownstream}`)).toEqual(
      translated.map((row) => `${row.topic} ${row.offset}`),
    );
  }
}

/** Java consumers on the target, of both protocols: every record at or above S that a consumer could have read. */
async function expectNothingMissed({ report }: FinishedRun): Promise<void> {
  for (const [n, groupId] of groupIds.entries()) {
    const protocol = n % 2 === 0 ? 'classic' : 'consumer';
    const logs = [audit, orders];
    const topics = logs.map(({ topic }) => targetTopic(topic, migration.mm2));
    const read = await witness.consumeToEnd(bed.target, { groupId, protocol, topics });
    for (const [i, log] of logs.entries()) {
      const row = rowOf(report, groupId, topics[i]);
      const got = read.partitions.find(({ topic }) => topic === topics[i]);
      expect(got?.startPosition).toBe(row.targetAfter);
      const ids = new Set(got?.ids);
      expect(log.idsFrom(row.sourceCommitted ?? 0n).filter((id) => !ids.has(id))).toEqual([]);
    }
  }
}

async function untilBatches(cluster: ClusterAddress, topic: string, wanted: (batch: RawBatch) => boolean) {
  const look = async () => {
    const batches = await batchesOf(cluster, topic);
    return batches.some(wanted) ? { done: undefined } : { seen: `${batches.length} batches` };
  };
  await waitFor(`such a batch in ${topic} of the ${cluster.name}`, look, SLOW);
}

const isMarker = (batch: RawBatch) => batch.isControl;
const isEmptied = (batch: RawBatch) => !batch.isControl && batch.recordCount === 0;

/**
 * Checkpoints of all groups at or beyond these places; MM2 may hold them back for some seconds. For a group at the end
 * it first writes one further back: once all of those stand right behind the last copy, none changes any more.
 */
async function untilCheckpointed(from: { orders: bigint; audit: bigint }): Promise<void> {
  const behindLast = new Map<string, bigint>();
  for (const { topic } of [orders, audit]) {
    const [log] = await witness.readLog(bed.target, targetTopic(topic, migration.mm2));
    behindLast.set(topic, BigInt(log?.records.at(-1)?.[0] ?? -1) + 1n);
  }
  const look = async () => {
    const { report } = await run(migration.inputs({ sync: { dryRun: true } }));
    const there = rowsOf(report).filter((row) => {
      const [log, first] = row.sourceTopic === orders.topic ? [orders, from.orders] : [audit, from.audit];
      if (row.checkpointUpstream === null || row.checkpointUpstream < first) return false;
      return row.sourceCommitted !== log.end || row.checkpointDownstream === behindLast.get(log.topic);
    });
    const wanted = groupIds.length * 2;
    return there.length === wanted ? { done: undefined } : { seen: `${there.length} of ${wanted} checkpoints` };
  };
  await waitFor('the checkpoints of all groups', look, { ...SLOW, intervalMs: 1_000 });
}

describe('the source connector with exactly-once delivery, the checkpoint connector still on an older worker', () => {
  let synced: FinishedRun;

  beforeAll(async () => {
    // Idempotent: compaction keeps the last batch of such a producer, emptied.
    const idempotent = { 'producer.override.enable.idempotence': 'true' };
    await putConnectors(shared.connectUrl, [{ ...connector('checkpoint'), ...idempotent }]);
    await waitUntilCopied(bed, spec, migration.mm2);
    await produce('one');
    await placeGroups({ orders: 0n, audit: 0n });
    await waitUntilCopied(bed, spec, migration.mm2);
    await untilCheckpointed({ orders: 0n, audit: 0n });
    synced = await run(migration.inputs(UNTIL_IN_PLACE));
  });

  test('the copies hold control batches, so that offsets drift apart', async () => {
    for (const { topic } of [orders, audit]) await untilBatches(bed.target, targetTopic(topic, mm2), isMarker);
    const atTheEnd = rowOf(synced.report, groupIds.at(-1) ?? '', targetTopic(audit.topic, mm2));
    expect(atTheEnd.sourceCommitted).toBe(audit.end);
    expect(atTheEnd.targetAfter).not.toBe(audit.end);
  });

  test('every group is put in place, as Java sees it', () => expectInPlace(synced));

  test('consumers resume there and miss no record', () => expectNothingMissed(synced));

  test('a second sync changes nothing', async () => {
    const again = await run(migration.inputs());
    expect(again.report).toMatchObject({ result: 'ok', passes: [{ committed: 0, failed: 0 }] });
  });
});

describe('both connectors with exactly-once delivery, after compaction', () => {
  let synced: FinishedRun;

  beforeAll(async () => {
    const from = { orders: orders.end, audit: audit.end };
    await deleteConnectors(shared.connectUrl, [`${name}-checkpoint`]);
    await putConnectors(bed.connectUrl, [connector('checkpoint')]);
    await produce('two');
    await placeGroups(from);
    await waitUntilCopied(bed, spec, migration.mm2);
    await untilCheckpointed(from);
    await untilBatches(bed.target, checkpoints, isEmptied);
    synced = await run(migration.inputs(UNTIL_IN_PLACE));
  });

  test('the checkpoints topic holds empty batches and control batches, the source topic empty ones', async () => {
    await untilBatches(bed.target, checkpoints, isMarker);
    await untilBatches(bed.source, audit.topic, isEmptied);
  });

  test('every group is put in place, as Java sees it', () => expectInPlace(synced));

  test('consumers resume there and miss no record', () => expectNothingMissed(synced));
});

describe('a transaction left open at the end of the checkpoints topic', () => {
  const moved = groupIds.at(-1) ?? '';
  let open: Awaited<ReturnType<Witness['openTransaction']>>;
  let openAt: bigint;
  let checkpointBefore: bigint | null;
  let whileOpen: FinishedRun;

  const rowOfMoved = ({ report }: FinishedRun) => rowOf(report, moved, targetTopic(orders.topic, mm2));

  async function checkpointsEnd(): Promise<bigint> {
    return (await witness.logOffsets(bed.target, checkpoints))[0]?.highWatermark ?? 0n;
  }

  /** The coordinator answers before it has written the marker. */
  async function untilMarked(): Promise<void> {
    const look = async () => {
      const stable = (await witness.logOffsets(bed.target, checkpoints))[0]?.lastStable ?? 0n;
      return stable > openAt ? { done: undefined } : { seen: `last stable offset ${stable}` };
    };
    await waitFor('the marker of the abort', look, SLOW);
  }

  beforeAll(async () => {
    checkpointBefore = rowOfMoved(await run(migration.inputs())).checkpointUpstream;
    // From here on compaction must not take out what is aborted.
    await witness.setConfig(bed.target, 'TOPIC', checkpoints, { 'min.compaction.lag.ms': '3600000' });
    open = await witness.openTransaction(bed.target, {
      transactionalId: `${name}-left-open`,
      records: { topic: checkpoints, partition: 0, ids: ['not-a-checkpoint'] },
    });
    // Not the end of the log: MM2 writes there too.
    openAt = open.lastOffset ?? -1n;
    await orders.plain(numbered('three', 200));
    await waitUntilCopied(bed, spec, migration.mm2);
    await commitGroupOffsets(bed.source, [
      { groupId: moved, offsets: [{ topic: orders.topic, partition: 0, offset: orders.end }] },
    ]);
    // MM2's transaction behind the open one: its checkpoint and its marker.
    const written = async () => {
      const end = await checkpointsEnd();
      return end >= openAt + 3n ? { done: undefined } : { seen: `end ${end}` };
    };
    await waitFor('a checkpoint behind the open transaction', written, SLOW);
    whileOpen = await run(migration.inputs());
  });

  test('is a finding, and what lies behind it is not read', async () => {
    expect(whileOpen.report.findings).toMatchObject([
      { rule: 'checkpoints-open-transaction', severity: 'notice', where: checkpoints },
    ]);
    expect(rowOfMoved(whileOpen).checkpointUpstream).toBe(checkpointBefore);
    expect(rowOfMoved(whileOpen).sourceCommitted).toBe(orders.end);
    expect(rowsOf(whileOpen.report).filter((row) => row.delta !== 0n)).toEqual([]);
    expect(await shownByJava(bed.target, whileOpen.report)).toEqual(claimed(whileOpen.report));
  });

  test('is gone once it ends; its aborted record is no checkpoint, and not counted as one', async () => {
    await open.end('abort');
    await untilMarked();
    await untilCheckpointed({ orders: 0n, audit: 0n });
    const hasAborted = ({ lastOffset, recordCount }: RawBatch) => lastOffset === openAt && recordCount === 1;
    expect((await batchesOf(bed.target, checkpoints)).filter(hasAborted)).toHaveLength(1);
    const synced = await run(migration.inputs(UNTIL_IN_PLACE));
    expect(synced.report.findings).toEqual([]);
    expect(rowOfMoved(synced).checkpointUpstream).toBe(orders.end);
    expect(rowOfMoved(synced).targetAfter).toBeGreaterThan(rowOfMoved(whileOpen).targetAfter ?? 0n);
    await expectInPlace(synced);
    await expectNothingMissed(synced);
  });
});
