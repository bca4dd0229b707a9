/** A share group (KIP-932) has offsets of its own: it must be seen, and never committed to. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectCluster } from '../../../src/adapters/kafka/cluster.ts';
import { committability } from '../../../src/domain/groups.ts';
import type { TargetCluster } from '../../../src/operations/ports.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { clusterConfig, clusterOptions } from '../../adapters/kafka/probe.ts';
import { Witness } from '../../support/witness.ts';
import { PATIENT } from './patient.ts';

const TOPIC = 'orders';
const GROUP = 'shared';

let kafka: KafkaCluster;
let cluster: TargetCluster;
let witness: Witness;

beforeAll(async () => {
  [witness, kafka] = await Promise.all([Witness.start(), startKafkaCluster({ name: 'target' })]);
  cluster = await connectCluster(clusterConfig(kafka.bootstrapServers()), clusterOptions(PATIENT));
  await createTopics(kafka.address, [{ topic: TOPIC }]);
  await produceRecords(kafka.address, { topic: TOPIC, partitions: [0], recordsPerPartition: 10 });
});

afterAll(async () => {
  await cluster?.close();
  await witness?.close();
  await kafka?.stop();
});

it('is listed with its type, answers no offset, and refuses a commit', async () => {
  const consumer = await witness.startShareConsumer(kafka.address, { groupId: GROUP, topics: [TOPIC] });
  const read = async () => {
    const count = await consumer.count();
    return count === 10 ? { done: true } : { seen: `${count} records` };
  };
  await waitFor('the share group to read', read, { timeoutMs: 120_000 });

  const group = (await cluster.listGroups()).groups.find(({ groupId }) => groupId === GROUP);
  expect(group).toEqual({ groupId: GROUP, state: 'Stable', type: 'share', protocolType: 'share' });
  expect(committability({ kind: 'listed', ...(group as NonNullable<typeof group>) })).toBe('unsupported');

  const partitions = [{ topic: TOPIC, partition: 0 }];
  const offsets = (await cluster.committedOffsets([{ groupId: GROUP, partitions }])).get(GROUP);
  expect(offsets?.partitions.get(`${TOPIC}/0`)?.offset ?? null).toBeNull();

  const commit = { groupId: GROUP, offsets: [{ topic: TOPIC, partition: 0, offset: 1n, metadata: '' }] };
  const result = (await cluster.commitOffsets([commit])).get(GROUP);
  expect(result?.partitions.get(`${TOPIC}/0`)).toEqual({ kind: 'rejected', error: 'GROUP_ID_NOT_FOUND' });
  await consumer.close();
});
