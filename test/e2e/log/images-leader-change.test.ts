import { afterAll, beforeAll, expect, test } from 'vitest';
import { withAdmin } from '../../../src/testbed/client.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { type OpenLog, openLog } from './open-log.ts';
import { differenceFromReadLog, interceptImages, readSlices, sliceOf } from './read-slices.ts';

const topic = 'three-leaders';
const PARTITIONS = [0, 1, 2, 3, 4, 5];
const BROKERS = [1, 2, 3]; // the first is also the controller
const KILLED = 2;
const RECORDS = 600;

let cluster: KafkaCluster;
let log: OpenLog;

beforeAll(async () => {
  const properties = {
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    // One that stood still for as long has lost what it leads; it gets it back in seconds, not minutes.
    'leader.imbalance.check.interval.seconds': '3',
  };
  cluster = await startKafkaCluster({ name: 'source', brokers: BROKERS.length, properties });
  const replicasOf = (partition: number) => BROKERS.map((_, n) => BROKERS[(partition + n) % BROKERS.length] ?? 1);
  const replicaAssignment = PARTITIONS.map((partition) => ({ partition, replicas: replicasOf(partition) }));
  await withAdmin(cluster.address, (admin) =>
    admin.createTopics({ topics: [{ topic, replicaAssignment }], waitForLeaders: false, timeout: 60_000 }),
  );
  const record = (_: number, index: number) => ({ value: `${index} ${'x'.repeat(5_000)}` });
  const options = { topic, partitions: PARTITIONS, recordsPerPartition: RECORDS, record, batchSize: 40 };
  await produceRecords(cluster.address, options);
  log = openLog(cluster.address.bootstrapServers);
  const wanted = PARTITIONS.map((partition) => replicasOf(partition)[0]);
  const led = async () => {
    const leaders = [...(await log.source.leaders(PARTITIONS.map((partition) => ({ topic, partition })))).values()];
    return String(leaders) === String(wanted) ? { done: undefined } : { seen: `leaders ${leaders}` };
  };
  await waitFor('each broker to lead its partitions', led, { timeoutMs: 120_000 });
});

afterAll(async () => {
  log?.close();
  await cluster?.stop();
});

test('a leader killed in the middle of a read of many slices: what it led is read from the next leaders', async () => {
  const asked = new Map<number, number>();
  const killing = interceptImages(log.source, async (request, broker) => {
    if (request.apiName !== 'Fetch') return request;
    asked.set(broker, (asked.get(broker) ?? 0) + 1);
    if (broker === KILLED && asked.get(broker) === 3) await cluster.killBroker(KILLED);
    return request;
  });
  const slices = PARTITIONS.flatMap((partition) => [
    sliceOf(topic, 0, RECORDS, partition),
    ...[50, 150, 250, 350, 450, 550].map((from) => sliceOf(topic, from, from + 30, partition)),
  ]);
  const read = await readSlices(killing, slices);
  expect([...asked.keys()].sort()).toEqual(BROKERS);
  expect(read.filter(({ kind }) => kind !== 'read')).toEqual([]);
  const leaders = await log.source.leaders(PARTITIONS.map((partition) => ({ topic, partition })));
  expect([...leaders.values()]).not.toContain(KILLED);
  expect(await differenceFromReadLog(log.source, slices, read)).toBeNull();
});
