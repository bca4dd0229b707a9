/** Two brokers, one dies: groups and leaders move, and what is read stays whole. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectCluster } from '../../../src/adapters/kafka/cluster.ts';
import type { GroupCommit, TargetCluster } from '../../../src/operations/ports.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { clusterConfig, clusterOptions } from '../../adapters/kafka/probe.ts';
import { PATIENT } from './patient.ts';

const TOPIC = 'orders';
const PARTITIONS = [0, 1].map((partition) => ({ topic: TOPIC, partition }));
const GROUPS = Array.from({ length: 200 }, (_, n) => `group-${n}`);

let kafka: KafkaCluster;
let cluster: TargetCluster;

beforeAll(async () => {
  // A broker that stood still for 9 s has lost its partitions to the other; it gets them back in seconds, not minutes.
  const properties = { 'leader.imbalance.check.interval.seconds': '5' };
  kafka = await startKafkaCluster({ name: 'target', brokers: 2, properties });
  await createTopics(kafka.address, [{ topic: TOPIC, partitions: 2 }]);
  await produceRecords(kafka.address, { topic: TOPIC, partitions: [0, 1], recordsPerPartition: 20 });
  cluster = await connectCluster(clusterConfig(kafka.bootstrapServers()), clusterOptions(PATIENT));
  await commitUntilDone(5n);
});

afterAll(async () => {
  await cluster?.close();
  await kafka?.stop();
});

function commitsOf(offset: bigint): readonly GroupCommit[] {
  return GROUPS.map((groupId) => ({
    groupId,
    offsets: PARTITIONS.map((partition) => ({ ...partition, offset, metadata: '' })),
  }));
}

/** Sends only what was not committed, as an operation does after it has read again. */
async function commitUntilDone(offset: bigint): Promise<ReadonlySet<string>> {
  const kinds = new Set<string>();
  let open = commitsOf(offset);
  const look = async () => {
    const results = await cluster.commitOffsets(open);
    open = open.filter(({ groupId }) => {
      const outcomes = [...(results.get(groupId)?.partitions.values() ?? [])];
      for (const { kind } of outcomes) kinds.add(kind);
      return outcomes.some(({ kind }) => kind !== 'committed');
    });
    return open.length === 0 ? { done: true } : { seen: `${open.length} groups not committed` };
  };
  await waitFor('all commits', look, { timeoutMs: 180_000 });
  return kinds;
}

async function offsetsRead(): Promise<readonly (bigint | null | undefined)[]> {
  const read = await cluster.committedOffsets(GROUPS.map((groupId) => ({ groupId, partitions: PARTITIONS })));
  return GROUPS.flatMap((groupId) => {
    const group = read.get(groupId);
    expect(group).toMatchObject({ groupId, error: null });
    return PARTITIONS.map(({ partition }) => group?.partitions.get(`${TOPIC}/${partition}`)?.offset);
  });
}

/** The brokers that the groups have for coordinators. */
async function coordinatorIds(): Promise<ReadonlySet<number | null>> {
  const read = await cluster.committedOffsets(GROUPS.map((groupId) => ({ groupId, partitions: 'all' as const })));
  return new Set([...read.values()].map(({ coordinatorId }) => coordinatorId));
}

it('both brokers coordinate groups and answer for them', async () => {
  const look = async () => {
    const ids = await coordinatorIds();
    return ids.has(1) && ids.has(2) ? { done: ids } : { seen: `only ${[...ids]}` };
  };
  expect(await waitFor('both to coordinate groups', look, { timeoutMs: 180_000 })).toEqual(new Set([1, 2]));
  const { groups, answeredBrokers, missingBrokers } = await cluster.listGroups();
  expect(groups).toHaveLength(GROUPS.length);
  expect(answeredBrokers).toEqual(new Set([1, 2]));
  expect(missingBrokers).toEqual([]);
});

it('a killed broker: its groups move, every offset is read from the other, commits go on', async () => {
  await kafka.killBroker(2);
  expect(new Set(await offsetsRead())).toEqual(new Set([5n]));
  await commitUntilDone(6n);
  expect(new Set(await offsetsRead())).toEqual(new Set([6n]));
});

it('leaders move too', async () => {
  const ranges = await cluster.logRanges(PARTITIONS);
  expect([...ranges.values()]).toEqual(PARTITIONS.map(() => ({ kind: 'range', logStart: 0n, highWatermark: 20n })));
});

it('groups are listed whole by the one that is left', async () => {
  const look = async () => {
    const { groups, missingBrokers } = await cluster.listGroups();
    const whole = groups.length === GROUPS.length && missingBrokers.length === 0;
    return whole ? { done: true } : { seen: `${groups.length} groups, missing ${JSON.stringify(missingBrokers)}` };
  };
  await waitFor('all groups on broker 1', look, { timeoutMs: 180_000 });
});

it('the broker returns, and all is as before', async () => {
  await kafka.restartBroker(2);
  expect(new Set(await offsetsRead())).toEqual(new Set([6n]));
  await commitUntilDone(7n);
  expect(new Set(await offsetsRead())).toEqual(new Set([7n]));
});
