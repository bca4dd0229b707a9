import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBatches } from '../../../src/adapters/kafka/log/batches.ts';
import { readLog } from '../../../src/adapters/kafka/log/read-log.ts';
import { decodeCheckpoint } from '../../../src/domain/checkpoints/checkpoint-format.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics, deleteRecords } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { Witness } from '../../support/witness.ts';
import { firstDifference, javaReads, javaWritesCheckpoints } from './log-tool.ts';
import { endOf, fetchOnce, intercept, type OpenLog, openLog, readLines } from './open-log.ts';
import { differenceFromReadLog, readSlices, sliceOf } from './read-slices.ts';

const SLOW = { timeoutMs: 180_000 };
const WHOLE = { complete: true, logStartMovedTo: null, openTransactionAt: null };
/** A segment is closed by the next write, and only closed ones are compacted. */
const COMPACT = {
  'cleanup.policy': 'compact',
  'segment.ms': '1',
  'min.cleanable.dirty.ratio': '0.01',
  'delete.retention.ms': '600000',
};

let cluster: KafkaCluster;
let witness: Witness;
let log: OpenLog;

beforeAll(async () => {
  const properties = { 'log.cleaner.backoff.ms': '200' };
  [cluster, witness] = await Promise.all([startKafkaCluster({ name: 'target', properties }), Witness.start()]);
  log = openLog(cluster.address.bootstrapServers);
});

afterAll(async () => {
  log?.close();
  await witness?.close();
  await cluster?.stop();
});

async function seenByJava(topic: string): Promise<readonly string[]> {
  const seen = await javaReads(cluster.address.bootstrapServers, 'read_uncommitted', [topic]);
  return seen.get(topic) ?? [];
}

const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => `id-${from + i}`);

describe('a compacted topic', () => {
  const topic = 'compacted';

  beforeAll(async () => {
    await createTopics(cluster.address, [{ topic, config: COMPACT }]);
    // Each call is a producer of its own: of the first, compaction keeps the last batch, emptied (its sequence).
    for (const written of [ids(0, 100), ids(0, 100), ids(0, 50), ['the active segment']]) {
      await witness.produce(cluster.address, { topic, partition: 0, ids: written });
    }
    const compacted = async () => {
      const { result } = await readLines(log.source, topic);
      return result.recordCount === 101 ? { done: undefined } : { seen: `${result.recordCount} records` };
    };
    await waitFor('compaction to leave 101 records', compacted, SLOW);
  });

  test('has an empty batch, which hides what comes after it from kafkajs', async () => {
    const { records } = await fetchOnce(log.source, topic);
    const counts = [...readBatches(records)].map((batch) => {
      let count = 0;
      batch.readRecords(() => {
        count += 1;
      });
      return count;
    });
    expect(counts[0]).toBe(0);
  });

  test('is read over holes and empty batches, as Java reads it', async () => {
    const { result, lines } = await readLines(log.source, topic);
    expect(result).toEqual({ ...WHOLE, recordCount: 101 });
    expect(firstDifference(lines, await seenByJava(topic))).toBeNull();
  });

  test('is completely read where the end lies behind or within an empty batch', async () => {
    const behind = await readLines(log.source, topic, { to: 100n });
    const within = await readLines(log.source, topic, { from: 20n, to: 70n });
    expect([behind.result, within.result]).toEqual([
      { ...WHOLE, recordCount: 0 },
      { ...WHOLE, recordCount: 0 },
    ]);
  });

  test('gives the images of what is left, and reads slices in its holes to their ends', async () => {
    const slices = [
      [0, 251],
      [20, 70],
      [99, 103],
      [150, 160],
      [200, 250],
      [0, 100],
    ].map(([from = 0, to = 0]) => sliceOf(topic, from, to));
    const images = await readSlices(log.source, slices);
    const counts = images.map((slice) => (slice.kind === 'read' ? slice.records.length : slice.error));
    expect(counts).toEqual([101, 0, 0, 10, 50, 0]);
    expect(await differenceFromReadLog(log.source, slices, images)).toBeNull();
  });

  test('keeps its timestamps where a delete horizon took the place of the base timestamp', async () => {
    const withTombstones = 'tombstones';
    await createTopics(cluster.address, [{ topic: withTombstones, config: COMPACT }]);
    const record = (_: number, index: number) => ({ key: `id-${index}`, value: index % 2 === 0 ? null : 'kept' });
    const options = { topic: withTombstones, partitions: [0], recordsPerPartition: 20, record };
    await produceRecords(cluster.address, options);
    const before = (await readLines(log.source, withTombstones)).lines;
    const last = { ...options, firstIndex: 20, recordsPerPartition: 1 };
    await produceRecords(cluster.address, last);
    const attributesPosition = 22;
    const deleteHorizon = 0x40;
    const cleaned = async () => {
      const attributes = (await fetchOnce(log.source, withTombstones)).records[attributesPosition] ?? 0;
      return (attributes & deleteHorizon) !== 0 ? { done: undefined } : { seen: `attributes ${attributes}` };
    };
    await waitFor('the cleaner to set a delete horizon', cleaned, SLOW);
    const { lines } = await readLines(log.source, withTombstones);
    expect(firstDifference(lines.slice(0, 20), before)).toBeNull();
    expect(firstDifference(lines, await seenByJava(withTombstones))).toBeNull();
  });
});

describe('a topic that is trimmed', () => {
  const topic = 'trimmed';
  const recordsPerPartition = 1_200;

  beforeAll(async () => {
    await createTopics(cluster.address, [{ topic }]);
    const filler = 'x'.repeat(10_000);
    const record = (_: number, index: number) => ({ value: `${index} ${filler}` });
    await produceRecords(cluster.address, { topic, partitions: [0], recordsPerPartition, record, batchSize: 80 });
  });

  test('while it is read: the read goes on at the new start and is not complete', async () => {
    const end = await endOf(log.source, topic);
    let fetches = 0;
    const trimming = intercept(log.source, async (request) => {
      if (request.apiName === 'Fetch') fetches += 1;
      if (fetches === 2) await deleteRecords(cluster.address, topic, new Map([[0, end - 10n]]));
      return request;
    });
    const { result, lines } = await readLines(trimming, topic, { to: end });
    expect(result).toMatchObject({ complete: false, logStartMovedTo: end - 10n, openTransactionAt: null });
    expect(lines.length).toBeLessThan(recordsPerPartition);
    expect(lines.slice(-10).map((line) => line.split('\t')[0])).toEqual(
      Array.from({ length: 10 }, (_, i) => String(end - 10n + BigInt(i))),
    );
  });

  test('before it is read: the start is raised, and the rest is complete', async () => {
    const end = await endOf(log.source, topic);
    await deleteRecords(cluster.address, topic, new Map([[0, end - 10n]]));
    const { result } = await readLines(log.source, topic);
    expect(result).toEqual({ ...WHOLE, logStartMovedTo: end - 10n, recordCount: 10 });
  });

  test('to its end: there is nothing to read, and that is complete', async () => {
    const end = await endOf(log.source, topic);
    await deleteRecords(cluster.address, topic, new Map([[0, end]]));
    const { result } = await readLines(log.source, topic, { to: end });
    expect(result).toEqual({ ...WHOLE, logStartMovedTo: end, recordCount: 0 });
  });
});

test('80,000 checkpoints written by MM2 are read and decoded', async () => {
  const topic = 'msksource.checkpoints.internal';
  const count = 80_000;
  await createTopics(cluster.address, [{ topic, config: { 'cleanup.policy': 'compact' } }]);
  await javaWritesCheckpoints(cluster.address.bootstrapServers, count, topic);
  const to = await endOf(log.source, topic);
  const startedAt = performance.now();
  const wrong: number[] = [];
  let seen = 0;
  await readLog(log.source, { topic, partition: 0, from: 0n, to, isolation: 'read_committed' }, (record) => {
    const decoded = decodeCheckpoint(record);
    const i = seen;
    seen += 1;
    const good =
      decoded.kind === 'checkpoint' &&
      decoded.checkpoint.groupId === `group-${Math.floor(i / 4)}` &&
      decoded.checkpoint.upstreamOffset === BigInt(i * 3) &&
      decoded.checkpoint.downstreamOffset === BigInt(i * 2);
    if (!good) wrong.push(i);
  });
  console.log(`${count} checkpoints read and decoded in ${Math.round(performance.now() - startedAt)} ms`);
  expect({ seen, wrong }).toEqual({ seen: count, wrong: [] });
});
