/** What a rollback refuses, on real clusters: nothing is written, and the report says why. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.ts';
import { readOffsetsExport } from '../../../src/adapters/files/read-offsets-export.ts';
import { connectCluster } from '../../../src/adapters/kafka/cluster.ts';
import { COMMIT_MARKER } from '../../../src/domain/offsets/commit-marker.ts';
import type { ExportEntry, Log } from '../../../src/operations/ports.ts';
import { type RollbackResult, rollback } from '../../../src/operations/rollback/rollback.ts';
import type { RestoringCluster } from '../../../src/operations/rollback/rollback-ports.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics, deleteRecords } from '../../../src/testbed/topics.ts';
import { ownName } from '../../support/names.ts';
import { type FinishedRun, rowOf, run } from '../../support/run.ts';
import { patterns, plaintext } from '../../support/run-inputs.ts';
import { withFault } from '../../support/sync-with-fault.ts';
import { type ConsumerStatus, type JavaConsumer, Witness } from '../../support/witness.ts';
import { type ExportLine, listedByJava, seenByJava, writeExport } from './seen-offsets.ts';

const PROTOCOLS = ['classic', 'consumer'] as const;
const RECORDS = 100;

const bed = inject('bed');
const name = ownName('rlbr');
const topic = `${name}-orders`;
const other = `${name}-other`;

let witness: Witness;
let folder: string;
const consumers: JavaConsumer[] = [];

beforeAll(async () => {
  witness = await Witness.start();
  await createTopics(bed.target, [
    { topic, partitions: 1 },
    { topic: other, partitions: 1 },
  ]);
  for (const one of [topic, other]) {
    await produceRecords(bed.target, { topic: one, partitions: [0], recordsPerPartition: RECORDS });
  }
});
afterAll(() => witness?.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollback-test-'));
});
afterEach(async () => {
  for (const consumer of consumers.splice(0)) await consumer.close();
});

const newGroup = () => ownName(name);
const commit = (groupId: string, offset: bigint, metadata = '', onTopic = topic) =>
  witness.alterGroupOffsets(bed.target, [{ groupId, offsets: [{ topic: onTopic, partition: 0, offset, metadata }] }]);
const seen = (groupId: string) => seenByJava(witness, bed.target, [groupId]);
const exportOf = (...lines: ExportLine[]) => writeExport(folder, bed.target.clusterId, lines);

async function rollBack(from: string, overwrite = '', dryRun = false): Promise<FinishedRun> {
  const target = plaintext(bed.target.bootstrapServers);
  const sync = { rollbackFrom: from, dryRun, overwriteGroups: patterns(overwrite) };
  return run({ command: 'rollback', target, replication: { policy: 'identity' }, sync });
}

async function member(groupId: string, protocol: 'classic' | 'consumer', topics = [topic]): Promise<JavaConsumer> {
  const consumer = await witness.startConsumer(bed.target, { groupId, protocol, topics, offsetReset: 'earliest' });
  consumers.push(consumer);
  await consumer.assigned();
  return consumer;
}

const membership = ({ memberId, generation, rebalances, error }: ConsumerStatus) => ({
  memberId,
  generation,
  rebalances,
  error,
});

it("refuses another cluster's export, and names both clusters", async () => {
  const groupId = newGroup();
  await commit(groupId, 40n);
  const from = await writeExport(folder, bed.source.clusterId, [{ groupId, topic, previous: 12, intended: 40 }]);
  const { report } = await rollBack(from);
  expect(report).toMatchObject({ result: 'failed', groups: [], offsetsExport: null });
  expect(report.errors).toMatchObject([{ code: 'CLUSTER_MISMATCH' }]);
  expect(report.errors[0]?.message).toContain(bed.source.clusterId);
  expect(report.errors[0]?.message).toContain(bed.target.clusterId);
  expect(await seen(groupId)).toEqual([`${groupId} ${topic}-0 40 []`]);
});

describe('A: a group with members', () => {
  it.each(PROTOCOLS)('keeps its offsets and its peace (%s)', async (protocol) => {
    const [restored, removed] = [newGroup(), newGroup()];
    const live: { consumer: JavaConsumer; before: ConsumerStatus }[] = [];
    for (const groupId of [restored, removed]) {
      await commit(groupId, 40n);
      const consumer = await member(groupId, protocol);
      live.push({ consumer, before: await consumer.status() });
    }
    const from = await exportOf(
      { groupId: restored, topic, previous: 12, intended: 40 },
      { groupId: removed, topic, previous: null, groupExisted: false, intended: 40 },
    );
    const { report } = await rollBack(from, '.*');
    expect(report).toMatchObject({ result: 'ok', offsetsExport: null });
    for (const groupId of [restored, removed]) {
      expect(rowOf(report, groupId)).toMatchObject({ verdict: 'skipped', reason: 'group-active', targetAfter: 40n });
      expect(await seen(groupId)).toEqual([`${groupId} ${topic}-0 40 []`]);
    }
    for (const { consumer, before } of live) {
      expect(membership(await consumer.status())).toEqual(membership(before));
      // A member that had been fenced could not commit any more.
      await consumer.commit();
    }
  });

  /** The operation on the real target, with somebody joining between the decision and the write. */
  async function rollBackWhile(from: string, joining: () => Promise<void>) {
    const log: Log = { stage() {}, info() {}, warn() {}, debug() {} };
    const config = { side: 'target' as const, bootstrapServers: [bed.target.bootstrapServers], tls: null, sasl: null };
    const real = await connectCluster(config, { log, clock: systemClock });
    const target: RestoringCluster = {
      ...withFault(real, {
        commitOffsets: async (commits) => {
          await joining();
          return real.commitOffsets(commits);
        },
      }),
      deleteOffsets: async (removals) => {
        await joining();
        return real.deleteOffsets(removals);
      },
      deleteGroups: (groupIds) => real.deleteGroups(groupIds),
    };
    const exported: ExportEntry[] = [];
    const selection = {
      topics: patterns('.*'),
      topicsExclude: patterns(''),
      groups: patterns('.*'),
      groupsExclude: patterns(''),
      shard: null,
    };
    try {
      const result = await rollback({
        target,
        saved: await readOffsetsExport(from),
        dryRun: false,
        rules: { selection, overwriteGroups: patterns(''), sourceTopic: (one) => one },
        clock: systemClock,
        offsetsExport: { append: async (entries) => void exported.push(...entries) },
        signal: new AbortController().signal,
        onPlan: () => {},
        onBatch: () => {},
      });
      if (result === null) throw new Error('cancelled');
      return { result, exported };
    } finally {
      await real.close();
    }
  }

  it.each(PROTOCOLS)('is refused by the broker when it comes at the last moment (%s)', async (protocol) => {
    for (const previous of [12, null]) {
      const groupId = newGroup();
      await commit(groupId, 40n);
      const from = await exportOf({ groupId, topic, previous, groupExisted: previous !== null, intended: 40 });
      const { result, exported } = await rollBackWhile(from, async () => void (await member(groupId, protocol)));
      expectRefused(result, groupId);
      expect(exported).toHaveLength(1);
      expect(await seen(groupId)).toEqual([`${groupId} ${topic}-0 40 []`]);
      expect(await listedByJava(witness, bed.target, [groupId])).toEqual([groupId]);
    }
  });
});

function expectRefused(result: RollbackResult, groupId: string): void {
  const row = rowOf(result, groupId);
  expect(row).toMatchObject({ verdict: 'skipped', reason: 'group-active', targetAfter: 40n });
  expect(row.detail).toContain('a consumer joined between the plan and the');
}

describe('L: an offset that somebody has moved', () => {
  it('is left alone, until overwrite-groups names the group', async () => {
    const groupId = newGroup();
    await commit(groupId, 55n);
    const from = await exportOf({ groupId, topic, previous: 12, metadata: 'note', intended: 40 });
    const refused = await rollBack(from);
    expect(refused.report).toMatchObject({ result: 'ok', offsetsExport: null });
    expect(rowOf(refused.report, groupId)).toMatchObject({
      verdict: 'skipped',
      reason: 'taken-over',
      targetAfter: 55n,
    });
    expect(rowOf(refused.report, groupId).detail).toContain('expected 12 or 40, seen 55');
    expect(await seen(groupId)).toEqual([`${groupId} ${topic}-0 55 []`]);

    const forced = await rollBack(from, groupId);
    expect(rowOf(forced.report, groupId)).toMatchObject({ verdict: 'committed', targetBefore: 55n, targetAfter: 12n });
    expect(await seen(groupId)).toEqual([`${groupId} ${topic}-0 12 [note]`]);
  });

  it('by a later run of ours says so', async () => {
    const groupId = newGroup();
    await commit(groupId, 50n, COMMIT_MARKER);
    const from = await exportOf({ groupId, topic, previous: 12, intended: 40 });
    const { report } = await rollBack(from);
    expect(rowOf(report, groupId)).toMatchObject({ verdict: 'skipped', reason: 'moved-on', targetAfter: 50n });
  });

  it('by a consumer that never joined is left alone too', async () => {
    const groupId = newGroup();
    await commit(groupId, 40n);
    const assign = [{ topic, partition: 0 }];
    const consumer = await witness.startConsumer(bed.target, { groupId, assign, offsetReset: 'earliest' });
    consumers.push(consumer);
    await consumer.commit([{ topic, partition: 0, offset: 41n }]);
    const { report } = await rollBack(await exportOf({ groupId, topic, previous: 12, intended: 40 }));
    expect(rowOf(report, groupId)).toMatchObject({ verdict: 'skipped', reason: 'taken-over', targetAfter: 41n });
  });

  it('where there was none is not removed', async () => {
    const groupId = newGroup();
    await commit(groupId, 55n);
    const { report } = await rollBack(
      await exportOf({ groupId, topic, previous: null, groupExisted: false, intended: 40 }),
    );
    expect(rowOf(report, groupId)).toMatchObject({ verdict: 'skipped', reason: 'taken-over' });
    expect(await seen(groupId)).toEqual([`${groupId} ${topic}-0 55 []`]);
  });
});

describe('C: a saved offset that is not in the log any more', () => {
  it('is not restored, and nothing is clamped', async () => {
    const [below, beyond, gone] = [newGroup(), newGroup(), newGroup()];
    const nowhere = `${name}-nowhere`;
    await deleteRecords(bed.target, other, new Map([[0, 20n]]));
    for (const groupId of [below, beyond]) await commit(groupId, 40n, '', other);
    const from = await exportOf(
      { groupId: below, topic: other, previous: 19, intended: 40 },
      { groupId: beyond, topic: other, previous: RECORDS + 1, intended: 40 },
      { groupId: gone, topic: nowhere, previous: 0, intended: 40 },
      { groupId: gone, topic: other, partition: 7, previous: 0, intended: 40 },
    );
    const { report } = await rollBack(from, '.*');
    expect(report).toMatchObject({ result: 'ok', offsetsExport: null });
    for (const groupId of [below, beyond]) {
      const row = rowOf(report, groupId);
      expect(row).toMatchObject({ verdict: 'skipped', reason: 'target-out-of-range', targetAfter: 40n });
      expect(row.detail).toContain(`the target's log goes from 20 to ${RECORDS}`);
      expect(await seen(groupId)).toEqual([`${groupId} ${other}-0 40 []`]);
    }
    expect(rowOf(report, gone, nowhere)).toMatchObject({ verdict: 'skipped', reason: 'no-downstream-topic' });
    expect(rowOf(report, gone, other, 7)).toMatchObject({ verdict: 'skipped', reason: 'partition-missing' });
    expect(await listedByJava(witness, bed.target, [gone])).toEqual([]);
  });
});

it('a file that is no export is bad input, before anything is opened', async () => {
  const unreachable = { command: 'rollback' as const, target: plaintext('127.0.0.1:1') };
  const rolled = run({ ...unreachable, sync: { rollbackFrom: import.meta.filename, dryRun: false } });
  await expect(rolled).rejects.toMatchObject({ code: 'BAD_INPUT' });
});

it('what the selection leaves out stays, and the report says that the rollback is not whole', async () => {
  const [one, two] = [newGroup(), newGroup()];
  for (const groupId of [one, two]) await commit(groupId, 40n);
  const from = await exportOf(
    { groupId: one, topic, previous: 12, intended: 40 },
    { groupId: two, topic, previous: 12, intended: 40 },
  );
  const { report } = await run({
    command: 'rollback',
    target: plaintext(bed.target.bootstrapServers),
    replication: { policy: 'identity' },
    selection: { groups: patterns(one) },
    sync: { rollbackFrom: from, dryRun: false },
  });
  expect(rowOf(report, two)).toMatchObject({ verdict: 'skipped', reason: 'filtered' });
  expect(report.findings).toMatchObject([{ rule: 'export-filtered' }]);
  expect(await seen(one)).toEqual([`${one} ${topic}-0 12 []`]);
  expect(await seen(two)).toEqual([`${two} ${topic}-0 40 []`]);
});
