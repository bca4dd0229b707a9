/** Images of many slices of a real log, compared with what `readLog` finds, one slice at a time. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ImageSlice } from '../../../src/operations/ports.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics, deleteRecords } from '../../../src/testbed/topics.ts';
import { Witness } from '../../support/witness.ts';
import { CLIENT_ID, endOf, type OpenLog, openLog } from './open-log.ts';
import { differenceFromReadLog, interceptImages, readSlices, sliceOf } from './read-slices.ts';

const PARTITIONS = [0, 1, 2, 3, 4, 5, 6, 7];
const RECORDS = 2_000;
const MANY = 'many-partitions';

let cluster: KafkaCluster;
let witness: Witness;
let log: OpenLog;

beforeAll(async () => {
  const properties = { 'message.max.bytes': '4194304', 'quota.window.num': '2' };
  [cluster, witness] = await Promise.all([startKafkaCluster({ name: 'source', properties }), Witness.start()]);
  log = openLog(cluster.address.bootstrapServers);
  await createTopics(cluster.address, [{ topic: MANY, partitions: PARTITIONS.length }]);
  const options = { topic: MANY, partitions: PARTITIONS, recordsPerPartition: RECORDS, batchSize: 60 };
  await produceRecords(cluster.address, options);
});

afterAll(async () => {
  log?.close();
  await witness?.close();
  await cluster?.stop();
});

function outcomes(slices: readonly ImageSlice[]): readonly (number | string)[] {
  return slices.map((slice) => (slice.kind === 'read' ? slice.records.length : slice.error));
}

describe('many slices', () => {
  test('of many partitions, apart, adjacent, overlapping and equal, come back in the order of their requests', async () => {
    const slices = PARTITIONS.flatMap((partition) => [
      sliceOf(MANY, 1_900, 2_000, partition),
      sliceOf(MANY, 0, 1, partition),
      sliceOf(MANY, 100, 300, partition),
      sliceOf(MANY, 300, 350, partition),
      sliceOf(MANY, 250, 320, partition),
      sliceOf(MANY, 250, 320, partition),
      sliceOf(MANY, 700, 701, partition),
      sliceOf(MANY, 5, 5, partition),
    ]);
    const read = await readSlices(log.source, slices);
    expect(outcomes(read)).toEqual(PARTITIONS.flatMap(() => [100, 1, 200, 50, 70, 70, 1, 0]));
    expect(await differenceFromReadLog(log.source, slices, read)).toBeNull();
  });

  test('share the requests to a leader', async () => {
    let requests = 0;
    const counting = interceptImages(log.source, async (request) => {
      requests += 1;
      return request;
    });
    const places = Array.from({ length: 20 }, (_, n) => n * 100);
    const slices = places.flatMap((from) => PARTITIONS.map((partition) => sliceOf(MANY, from, from + 50, partition)));
    expect(outcomes(await readSlices(counting, slices))).toEqual(slices.map(() => 50));
    // Each partition is in a request once, so its 20 stretches need 20 at least.
    expect(requests).toBeLessThanOrEqual(2 * places.length);
  });

  test('that no log holds are unreadable, and the others are read', async () => {
    const slices = [
      sliceOf(MANY, 10, 20),
      sliceOf(MANY, 1_990, 2_001),
      sliceOf(MANY, 5_000, 5_001),
      sliceOf(MANY, 10, 20, 99),
      sliceOf('never-created', 0, 1),
      sliceOf(MANY, 20, 30),
    ];
    expect(outcomes(await readSlices(log.source, slices))).toEqual([
      10,
      'OFFSET_OUT_OF_RANGE',
      'OFFSET_OUT_OF_RANGE',
      'UNKNOWN_TOPIC_OR_PARTITION',
      'UNKNOWN_TOPIC_OR_PARTITION',
      10,
    ]);
    expect((await log.source.leaders([{ topic: 'never-created', partition: 0 }])).get('never-created/0')).toBe(
      'UNKNOWN_TOPIC_OR_PARTITION',
    );
  });

  test('end with CANCELLED as soon as the signal aborts', async () => {
    const controller = new AbortController();
    const aborting = interceptImages(log.source, async (request) => {
      controller.abort();
      return request;
    });
    const reading = readSlices(aborting, [sliceOf(MANY, 0, 10)], controller.signal);
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

test('batches of 2 MiB beside small ones: all are read, whatever was asked for at first', async () => {
  const topic = 'large-and-small';
  await createTopics(cluster.address, [
    { topic, partitions: PARTITIONS.length, config: { 'max.message.bytes': '4194304' } },
  ]);
  const large = (_: number, index: number) => ({
    value: index % 40 === 20 ? 'x'.repeat(2 * 1024 * 1024 + index) : 'y',
  });
  const options = { topic, partitions: PARTITIONS, recordsPerPartition: 60, record: large, batchSize: 10 };
  await produceRecords(cluster.address, options);
  const slices = PARTITIONS.flatMap((partition) => [
    sliceOf(topic, 0, 60, partition),
    sliceOf(topic, 15, 25, partition),
    sliceOf(topic, 20, 21, partition),
  ]);
  const read = await readSlices(log.source, slices);
  expect(await differenceFromReadLog(log.source, slices, read)).toBeNull();
});

test('a broker that throttles is waited for', async () => {
  const topic = 'throttled';
  await createTopics(cluster.address, [{ topic }]);
  const record = (_: number, index: number) => ({ value: `${index} ${'x'.repeat(10_000)}` });
  await produceRecords(cluster.address, { topic, partitions: [0], recordsPerPartition: 200, record, batchSize: 20 });
  await witness.setConsumerQuota(cluster.address, CLIENT_ID, 1_000_000);
  const throttled = openLog(cluster.address.bootstrapServers);
  try {
    const slices = Array.from({ length: 4 }, (_, n) => sliceOf(topic, n * 50, n * 50 + 45));
    expect(outcomes(await readSlices(throttled.source, slices))).toEqual(slices.map(() => 45));
  } finally {
    throttled.close();
    await witness.setConsumerQuota(cluster.address, CLIENT_ID, 1e12);
  }
});

test('records with the time of their append say so', async () => {
  const topic = 'append-time';
  await createTopics(cluster.address, [{ topic, config: { 'message.timestamp.type': 'LogAppendTime' } }]);
  await witness.produce(cluster.address, { topic, partition: 0, ids: ['a', 'b'] });
  const slices = [sliceOf(topic, 0, 2)];
  const [read] = await readSlices(log.source, slices);
  expect(read?.kind === 'read' && read.records.map(({ timestampKind }) => timestampKind)).toEqual(['append', 'append']);
  expect(await differenceFromReadLog(log.source, slices, [read ?? { kind: 'read', records: [] }])).toBeNull();
});

describe('the log start', () => {
  const topic = 'trimmed';
  const recordsPerPartition = 1_200;

  beforeAll(async () => {
    await createTopics(cluster.address, [{ topic }]);
    const record = (_: number, index: number) => ({ value: `${index} ${'x'.repeat(10_000)}` });
    await produceRecords(cluster.address, { topic, partitions: [0], recordsPerPartition, record, batchSize: 80 });
  });

  test('that moves during the read makes exactly the slices unreadable that it moved into or past', async () => {
    let fetches = 0;
    const trimming = interceptImages(log.source, async (request) => {
      if (request.apiName === 'Fetch') fetches += 1;
      if (fetches === 2) await deleteRecords(cluster.address, topic, new Map([[0, 1_000n]]));
      return request;
    });
    const slices = [
      sliceOf(topic, 0, 20),
      sliceOf(topic, 10, 990),
      sliceOf(topic, 900, 1_100),
      sliceOf(topic, 1_000, 1_050),
      sliceOf(topic, 1_190, 1_200),
    ];
    const expected = [20, 'LOG_START_MOVED', 'LOG_START_MOVED', 50, 10];
    expect(outcomes(await readSlices(trimming, slices))).toEqual(expected);
  });

  test('above the start of a slice raises it', async () => {
    const slices = [sliceOf(topic, 0, 1_010), sliceOf(topic, 0, 900), sliceOf(topic, 1_000, 1_200)];
    expect(outcomes(await readSlices(log.source, slices))).toEqual([10, 0, 200]);
    expect(await endOf(log.source, topic)).toBe(BigInt(recordsPerPartition));
  });
});
