import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tlsListener } from '../../src/testbed/certificates.ts';
import { withAdmin } from '../../src/testbed/client.ts';
import { commitGroupOffsets, committedOffsets } from '../../src/testbed/groups.ts';
import { type KafkaCluster, type KafkaClusterOptions, startKafkaCluster } from '../../src/testbed/kafka-cluster.ts';
import { saslPlainListener } from '../../src/testbed/listeners.ts';
import { createWorkFolder, removeWorkFolder } from '../../src/testbed/processes.ts';
import { produceRecords } from '../../src/testbed/records.ts';
import { createTopics, logRanges } from '../../src/testbed/topics.ts';
import { waitFor } from '../../src/testbed/wait.ts';
import { isAlive } from '../support/alive.ts';
import { Witness } from '../support/witness.ts';

let witness: Witness;
beforeAll(async () => {
  witness = await Witness.start();
});
afterAll(() => witness.close());

async function withCluster(options: KafkaClusterOptions, run: (cluster: KafkaCluster) => Promise<void>) {
  const cluster = await startKafkaCluster(options);
  try {
    await run(cluster);
  } finally {
    await cluster.stop();
  }
}

describe.each(['4.3.1', '4.1.1', '3.9.2', '2.8.2'])('Kafka %s', (version) => {
  test("boots, answers kafkajs's and Java's clients, and leaves no process and no folder", async () => {
    const cluster = await startKafkaCluster({ name: 'one', version });
    const pids = cluster.pids();
    const [broker] = cluster.brokers();
    try {
      const { address } = cluster;
      await createTopics(address, [{ topic: 'orders', partitions: 2 }]);
      await produceRecords(address, { topic: 'orders', partitions: [0, 1], recordsPerPartition: 10 });
      const offsets = [{ topic: 'orders', partition: 1, offset: 4n, metadata: 'mine' }];
      await commitGroupOffsets(address, [{ groupId: 'billing', offsets }]);

      expect(await withAdmin(address, (admin) => admin.describeCluster())).toMatchObject({
        clusterId: cluster.clusterId,
      });
      expect(await committedOffsets(address, 'billing')).toEqual(offsets);
      const [seen] = await witness.groupOffsets(address, ['billing']);
      expect(seen).toMatchObject({ topic: 'orders', partition: 1, offset: 4n, metadata: 'mine' });
      const read = await witness.consumeToEnd(address, {
        groupId: 'reader',
        topics: ['orders'],
        offsetReset: 'earliest',
      });
      expect(read.partitions.map((one) => one.count)).toEqual([10, 10]);
    } finally {
      await cluster.stop();
    }
    expect(pids.length).toBe(version === '2.8.2' ? 2 : 1);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(existsSync(broker?.dataFolder ?? '')).toBe(false);
  });
});

test('two brokers hold two replicas, and one may die and come back', async () => {
  await withCluster({ name: 'two', brokers: 2 }, async (cluster) => {
    const { address } = cluster;
    await createTopics(address, [{ topic: 'orders', partitions: 2, replicationFactor: 2 }]);
    await cluster.killBroker(2);
    expect(cluster.brokers().map((broker) => broker.id)).toEqual([1]);
    const survivors = () => withAdmin(address, (admin) => admin.fetchTopicMetadata({ topics: ['orders'] }));
    const allLedByOne = async () => {
      const partitions = (await survivors()).topics.flatMap((topic) => topic.partitions);
      const leaders = partitions.map((partition) => partition.leader);
      return leaders.every((leader) => leader === 1) ? { done: leaders } : { seen: `leaders ${leaders}` };
    };
    expect(await waitFor('broker 1 to lead', allLedByOne, { timeoutMs: 180_000 })).toEqual([1, 1]);
    await produceRecords(address, { topic: 'orders', partitions: [0, 1], recordsPerPartition: 5 });
    await cluster.restartBroker(2);
    const inSync = async () => {
      const replicas = (await survivors()).topics.flatMap((topic) => topic.partitions.map((one) => one.isr.length));
      return replicas.every((count) => count === 2) ? { done: replicas } : { seen: `in sync ${replicas}` };
    };
    expect(await waitFor('both replicas to be in sync', inSync, { timeoutMs: 180_000 })).toEqual([2, 2]);
    expect((await logRanges(address, 'orders')).map((range) => range.end)).toEqual([5n, 5n]);
  });
});

test('SASL users see what their ACLs allow, while the bed may do everything', async () => {
  const options: KafkaClusterOptions = {
    name: 'secured',
    listeners: [saslPlainListener({ alice: 'alice-password' })],
    properties: { 'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer' },
  };
  await withCluster(options, async (cluster) => {
    await createTopics(cluster.address, [{ topic: 'open' }, { topic: 'hidden' }]);
    const read = { principal: 'User:alice', resourceType: 'TOPIC', name: 'open', operation: 'READ' } as const;
    await witness.createAcls(cluster.address, [read]);
    const login = { mechanism: 'plain', username: 'alice', password: 'alice-password' } as const;
    const asAlice = { bootstrapServers: cluster.bootstrapServers('SASL') };
    // The brokers learn of the ACL a little later.
    const allowed = async () => {
      const topics = await withAdmin(asAlice, (admin) => admin.listTopics(), { sasl: login });
      return topics.length > 0 ? { done: topics } : { seen: 'no topic' };
    };
    expect(await waitFor('alice to see a topic', allowed, { timeoutMs: 120_000 })).toEqual(['open']);
    const wrong = withAdmin(asAlice, (admin) => admin.listTopics(), { sasl: { ...login, password: 'wrong' } });
    await expect(wrong).rejects.toThrow(/authentication/i);
  });
});

test('a TLS listener is trusted by its certificate only', async () => {
  const folder = await createWorkFolder('tls-');
  try {
    const { listener, caPem } = await tlsListener({ folder });
    await withCluster({ name: 'tls', listeners: [listener] }, async (cluster) => {
      const overTls = { bootstrapServers: cluster.bootstrapServers() };
      const describe = (ssl: object) =>
        withAdmin(overTls, (admin) => admin.describeCluster(), {
          ssl,
          connectionTimeout: 60_000,
          retry: { retries: 0 },
        });
      expect((await describe({ ca: caPem })).clusterId).toBe(cluster.clusterId);
      await expect(describe({})).rejects.toThrow(/self-signed certificate/);
    });
  } finally {
    await removeWorkFolder(folder);
  }
});

test('a broker that cannot start is reported with its log, and nothing is left', async () => {
  const starting = startKafkaCluster({ name: 'broken', properties: { 'log.retention.hours': 'many' } });
  await expect(starting).rejects.toThrow(/log\.retention\.hours/);
});

test('an unknown listener is named beside the known ones', async () => {
  await withCluster({ name: 'listeners' }, async (cluster) => {
    expect(() => cluster.bootstrapServers('SSL')).toThrow('There is no listener SSL; the cluster has PLAINTEXT.');
  });
});
