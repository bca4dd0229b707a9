/** Brokers before 2.6 list groups without their state (ListGroups v4 is KIP-518's); then DescribeGroups tells it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BrokerConnections, type BrokerSelector } from '../../../src/adapters/kafka/broker-connections.ts';
import { ClusterMetadata } from '../../../src/adapters/kafka/cluster-metadata.ts';
import type { SendOptions } from '../../../src/adapters/kafka/connection-pool.ts';
import { listGroups } from '../../../src/adapters/kafka/list-groups.ts';
import { listGroupsRequest } from '../../../src/adapters/kafka/protocol/list-groups.ts';
import type { KafkaRequest } from '../../../src/adapters/kafka/protocol/request.ts';
import { committability } from '../../../src/domain/groups.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { clusterConfig, clusterOptions } from '../../adapters/kafka/probe.ts';
import { Witness } from '../../support/witness.ts';

/** Speaks ListGroups as to a broker before 2.6; the broker that answers is 2.8.2. */
class OldBrokers extends BrokerConnections {
  override send<T>(broker: BrokerSelector, request: KafkaRequest<T>, options?: SendOptions): Promise<T> {
    const isListing = request.apiKey === listGroupsRequest.apiKey;
    const asked = isListing ? { ...request, versions: { min: 0, max: 3 } } : request;
    return super.send(broker, asked, options);
  }
}

let kafka: KafkaCluster;
let witness: Witness;
let connections: OldBrokers;

beforeAll(async () => {
  [kafka, witness] = await Promise.all([startKafkaCluster({ name: 'target', version: '2.8.2' }), Witness.start()]);
  await createTopics(kafka.address, [{ topic: 'orders' }]);
  await produceRecords(kafka.address, { topic: 'orders', partitions: [0], recordsPerPartition: 10 });
  const options = { ...clusterOptions(), connectTimeoutMs: 60_000, requestTimeoutMs: 120_000, clientId: 'old' };
  connections = new OldBrokers(clusterConfig(kafka.bootstrapServers()), { ...options, contact: { answered: false } });
});
afterAll(async () => {
  connections?.close();
  await witness?.close();
  await kafka?.stop();
});

test('a group is Empty with offsets only, Stable with a consumer, Empty again without', async () => {
  await commitGroupOffsets(kafka.address, [
    { groupId: 'simple', offsets: [{ topic: 'orders', partition: 0, offset: 5n }] },
  ]);
  const consumer = await witness.startConsumer(kafka.address, {
    groupId: 'live',
    topics: ['orders'],
    offsetReset: 'earliest',
  });
  await consumer.assigned();
  const classic = { type: 'classic' };
  expect(await groupsNow()).toEqual([
    { ...classic, groupId: 'live', state: 'Stable', protocolType: 'consumer', can: 'active' },
    { ...classic, groupId: 'simple', state: 'Empty', protocolType: '', can: 'committable' },
  ]);

  await consumer.commit();
  await consumer.close();
  expect(await groupsNow()).toEqual([
    { ...classic, groupId: 'live', state: 'Empty', protocolType: 'consumer', can: 'committable' },
    { ...classic, groupId: 'simple', state: 'Empty', protocolType: '', can: 'committable' },
  ]);
});

async function groupsNow() {
  const { groups, missingBrokers } = await listGroups(connections, new ClusterMetadata(connections), 180_000);
  expect(missingBrokers).toEqual([]);
  const judged = groups.map((group) => ({ ...group, can: committability({ kind: 'listed', ...group }) }));
  return judged.sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
}
