import { afterAll, beforeAll, expect, test } from 'vitest';
import { withAdmin } from '../../../src/testbed/client.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { intercept, type OpenLog, openLog, readLines } from './open-log.ts';

const topic = 'two-replicas';
const recordsPerPartition = 1_200;
const FOLLOWER = 1; // also the controller
const LEADER = 2;

let cluster: KafkaCluster;
let log: OpenLog;

beforeAll(async () => {
  const properties = {
    'broker.session.timeout.ms': '3000',
    'broker.heartbeat.interval.ms': '500',
    // One that stood still for as long has lost what it leads; it gets it back in seconds, not minutes.
    'leader.imbalance.check.interval.seconds': '3',
  };
  cluster = await startKafkaCluster({ name: 'source', brokers: 2, properties });
  await withAdmin(cluster.address, (admin) =>
    admin.createTopics({
      topics: [{ topic, replicaAssignment: [{ partition: 0, replicas: [LEADER, FOLLOWER] }] }],
      waitForLeaders: false,
      timeout: 60_000,
    }),
  );
  const filler = 'x'.repeat(10_000);
  const record = (_: number, index: number) => ({ value: `${index} ${filler}` });
  await produceRecords(cluster.address, { topic, partitions: [0], recordsPerPartition, record, batchSize: 80 });
  log = openLog(cluster.address.bootstrapServers);
  const led = async () => {
    const leader = await log.source.findLeader({ topic, partition: 0 }, true);
    return leader === LEADER ? { done: undefined } : { seen: `led by ${leader}` };
  };
  await waitFor('the leader to be the one that is killed', led, { timeoutMs: 120_000 });
});

afterAll(async () => {
  log?.close();
  await cluster?.stop();
});

test('a leader killed in the middle of a read: the read goes on at the next leader, without a gap or a repeat', async () => {
  const asked: number[] = [];
  const killing = intercept(log.source, async (request) => {
    if (request.apiName === 'Fetch') asked.push(asked.length);
    if (asked.length === 2) await cluster.killBroker(LEADER);
    return request;
  });
  const { result, lines } = await readLines(killing, topic);
  expect(result).toEqual({
    complete: true,
    logStartMovedTo: null,
    openTransactionAt: null,
    recordCount: recordsPerPartition,
  });
  expect(lines.map((line) => Number(line.split('\t')[0]))).toEqual(
    Array.from({ length: recordsPerPartition }, (_, i) => i),
  );
  expect(await log.source.findLeader({ topic, partition: 0 }, true)).toBe(FOLLOWER);
});
