/** The adapter on real brokers, with Java's own Admin and consumers as witnesses. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectCluster } from '../../../src/adapters/kafka/cluster.ts';
import { partitionKey } from '../../../src/domain/topic-partition.ts';
import type { CommitOutcome, GroupCommit, GroupCommitResult, TargetCluster } from '../../../src/operations/ports.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics, deleteRecords } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { clusterConfig, clusterOptions } from '../../adapters/kafka/probe.ts';
import { type JavaConsumer, Witness } from '../../support/witness.ts';
import { PATIENT } from './patient.ts';

const TOPIC = 'orders';
const PARTITIONS = [0, 1, 2, 3];
const GROUPS = 2_000;
const WINDOW = 500;

let witness: Witness;
beforeAll(async () => {
  witness = await Witness.start();
});
afterAll(() => witness?.close());

function commitOf(groupId: string, offset: bigint, topic = TOPIC, partitions = PARTITIONS): GroupCommit {
  return { groupId, offsets: partitions.map((partition) => ({ topic, partition, offset, metadata: 'note' })) };
}

function outcomesOf(results: ReadonlyMap<string, GroupCommitResult>): readonly CommitOutcome[] {
  return [...results.values()].flatMap(({ partitions }) => [...partitions.values()]);
}

/** What could not be sent to a slow broker in time is sent again, as an operation does after it has read again. */
async function commitAll(cluster: TargetCluster, commits: readonly GroupCommit[]): Promise<readonly CommitOutcome[]> {
  const outcomes: CommitOutcome[] = [];
  for (let left = commits; left.length > 0; ) {
    const results = await cluster.commitOffsets(left.slice(0, WINDOW));
    const isUnsent = (groupId: string) =>
      [...(results.get(groupId)?.partitions.values() ?? [])].some(({ kind }) => kind === 'not-sent');
    outcomes.push(...outcomesOf(new Map([...results].filter(([groupId]) => !isUnsent(groupId)))));
    left = [...left.slice(0, WINDOW).filter(({ groupId }) => isUnsent(groupId)), ...left.slice(WINDOW)];
  }
  return outcomes;
}

/** Java's Admin asks a broker before 3.0 for each group alone, slowly. */
const VERSIONS: readonly { version: string; protocols: readonly ('classic' | 'consumer')[]; readByJava: number }[] = [
  { version: '4.3.1', protocols: ['classic', 'consumer'], readByJava: 50 },
  { version: '4.1.1', protocols: ['classic', 'consumer'], readByJava: 50 },
  { version: '2.8.2', protocols: ['classic'], readByJava: 2 },
];

describe.each(VERSIONS)('Kafka $version', ({ version, protocols, readByJava }) => {
  let kafka: KafkaCluster;
  let cluster: TargetCluster;
  const consumers: JavaConsumer[] = [];

  beforeAll(async () => {
    kafka = await startKafkaCluster({
      name: 'target',
      version,
      properties: { 'auto.create.topics.enable': 'true', 'offset.metadata.max.bytes': '65536' },
    });
    cluster = await connectCluster(clusterConfig(kafka.bootstrapServers()), clusterOptions(PATIENT));
  });

  afterAll(async () => {
    for (const consumer of consumers) await consumer.close();
    await cluster?.close();
    await kafka?.stop();
  });

  const member = async (groupId: string, protocol: 'classic' | 'consumer'): Promise<JavaConsumer> => {
    const options = { groupId, protocol, topics: [TOPIC], offsetReset: 'earliest' as const };
    const consumer = await witness.startConsumer(kafka.address, options);
    consumers.push(consumer);
    await consumer.assigned();
    return consumer;
  };

  /** Right after a member has its partitions, its group may still be on the way there. */
  const listedStable = (groupId: string) => {
    const look = async () => {
      const group = (await cluster.listGroups()).groups.find((one) => one.groupId === groupId);
      return group?.state === 'Stable' ? { done: group } : { seen: JSON.stringify(group ?? 'no group') };
    };
    return waitFor(`${groupId} to be stable`, look, { timeoutMs: 120_000 });
  };

  it('reading creates nothing, not even where brokers create topics on demand', async () => {
    const partitions = [{ topic: TOPIC, partition: 0 }];
    expect((await cluster.describeTopics([TOPIC])).get(TOPIC)?.error).toBe('UNKNOWN_TOPIC_OR_PARTITION');
    expect([...(await cluster.logRanges(partitions)).values()]).toEqual([
      { kind: 'error', error: 'UNKNOWN_TOPIC_OR_PARTITION' },
    ]);
    expect(await cluster.topicConfigs(TOPIC)).toBeNull();
    expect((await cluster.listGroups()).groups).toEqual([]);
    const offsets = await cluster.committedOffsets([{ groupId: 'billing', partitions }]);
    expect(offsets.get('billing')).toEqual({
      groupId: 'billing',
      coordinatorId: null,
      error: null,
      partitions: new Map(),
    });
    expect([...(await cluster.listTopics()).keys()]).toEqual([]);
  });

  it('the first commit creates __consumer_offsets', async () => {
    await createTopics(kafka.address, [{ topic: TOPIC, partitions: 4 }]);
    const commit = commitOf('first', 1n);
    const look = async () => {
      const outcomes = outcomesOf(await cluster.commitOffsets([commit]));
      return outcomes.every(({ kind }) => kind === 'committed') ? { done: true } : { seen: JSON.stringify(outcomes) };
    };
    await waitFor('the first commit', look, { timeoutMs: 120_000 });
    expect([...(await cluster.listTopics()).keys()].sort()).toEqual(['__consumer_offsets', TOPIC]);
  });

  it('the cluster and its topics are what Java sees', async () => {
    expect(await cluster.describeCluster()).toEqual({
      clusterId: kafka.clusterId,
      brokers: [{ nodeId: 1, host: '127.0.0.1', port: Number(kafka.bootstrapServers().split(':')[1]) }],
    });
    expect((await cluster.describeTopics([TOPIC])).get(TOPIC)).toEqual({
      topic: TOPIC,
      partitions: PARTITIONS,
      error: null,
    });
    await createTopics(kafka.address, [{ topic: 'compacted', config: { 'cleanup.policy': 'compact' } }]);
    expect(await cluster.topicConfigs('compacted')).toContainEqual({ name: 'cleanup.policy', value: 'compact' });
  });

  it('log ranges are what Java sees', async () => {
    await produceRecords(kafka.address, { topic: TOPIC, partitions: [0, 1], recordsPerPartition: 40 });
    await deleteRecords(kafka.address, TOPIC, new Map([[1, 15n]]));
    const ranges = await cluster.logRanges(PARTITIONS.map((partition) => ({ topic: TOPIC, partition })));
    const seen = await witness.logOffsets(kafka.address, TOPIC);
    for (const { partition, logStart, highWatermark } of seen) {
      expect(ranges.get(partitionKey(TOPIC, partition))).toEqual({ kind: 'range', logStart, highWatermark });
    }
    expect(ranges.get(partitionKey(TOPIC, 1))).toEqual({ kind: 'range', logStart: 15n, highWatermark: 40n });
  });

  it(`commits ${GROUPS} groups × 4 partitions, reads them back, and Java reads the same`, async () => {
    const commits = Array.from({ length: GROUPS }, (_, n) => commitOf(`group-${n}`, BigInt(n)));
    const startedAt = performance.now();
    const outcomes = await commitAll(cluster, commits);
    const committedAt = performance.now();
    expect(outcomes.filter(({ kind }) => kind !== 'committed')).toEqual([]);
    expect(outcomes).toHaveLength(GROUPS * PARTITIONS.length);

    const queries = commits.map(({ groupId, offsets }) => ({ groupId, partitions: offsets }));
    const read = await cluster.committedOffsets(queries);
    const readAt = performance.now();
    const elapsed = `committed in ${Math.round(committedAt - startedAt)} ms, read in ${Math.round(readAt - committedAt)} ms`;
    console.log(`Kafka ${version}: ${GROUPS} groups x ${PARTITIONS.length} partitions ${elapsed}`);

    const wanted = commits.flatMap(({ groupId, offsets }) =>
      offsets.map(({ topic, partition, offset, metadata }) => ({ groupId, topic, partition, offset, metadata })),
    );
    for (const { groupId, topic, partition, offset, metadata } of wanted) {
      const seen = read.get(groupId)?.partitions.get(partitionKey(topic, partition));
      expect(seen).toEqual({ offset, metadata, leaderEpoch: -1, error: null });
    }
    const groupIds = commits.slice(0, readByJava).map(({ groupId }) => groupId);
    const byJava = await witness.groupOffsets(kafka.address, groupIds);
    expect(byJava.map(({ leaderEpoch: _epoch, ...row }) => row)).toEqual(
      wanted.filter(({ groupId }) => groupIds.includes(groupId)).sort(byGroup),
    );
  });

  it('discovers all offsets of a group that nobody named', async () => {
    const offsets = await cluster.committedOffsets([
      { groupId: 'group-7', partitions: 'all' },
      { groupId: 'nobody', partitions: 'all' },
    ]);
    expect([...(offsets.get('group-7')?.partitions.keys() ?? [])].sort()).toEqual(
      PARTITIONS.map((partition) => partitionKey(TOPIC, partition)),
    );
    expect(offsets.get('nobody')).toMatchObject({ coordinatorId: 1, error: null, partitions: new Map() });
  });

  it('lists every group, those with offsets only as Empty', async () => {
    const { groups, answeredBrokers, missingBrokers } = await cluster.listGroups();
    expect(groups).toHaveLength(GROUPS + 1);
    expect(groups).toContainEqual({ groupId: 'group-0', state: 'Empty', type: 'classic', protocolType: '' });
    expect(answeredBrokers).toEqual(new Set([1]));
    expect(missingBrokers).toEqual([]);
  });

  it.each(protocols)(
    'a commit to a group that lives in the %s protocol is refused, and disturbs nobody',
    async (type) => {
      const groupId = `live-${type}`;
      const consumer = await member(groupId, type);
      const before = await consumer.status();
      expect(await listedStable(groupId)).toEqual({ groupId, state: 'Stable', type, protocolType: 'consumer' });
      const outcomes = outcomesOf(await cluster.commitOffsets([commitOf(groupId, 3n)]));
      expect(outcomes).toEqual(PARTITIONS.map(() => ({ kind: 'rejected', error: 'UNKNOWN_MEMBER_ID' })));
      expect(await consumer.status()).toMatchObject({ generation: before.generation, rebalances: before.rebalances });
    },
  );

  it('a partition or topic that is not there is not committed', async () => {
    const missing = { ...commitOf('lost', 1n), offsets: commitOf('lost', 1n, 'nope', [0]).offsets };
    expect(outcomesOf(await cluster.commitOffsets([missing]))).toEqual([
      { kind: 'rejected', error: 'UNKNOWN_TOPIC_OR_PARTITION' },
    ]);
    expect((await cluster.describeTopics(['nope'])).get('nope')?.error).toBe('UNKNOWN_TOPIC_OR_PARTITION');
  });

  it('one group with more than a broker appends at once (1 MiB), which Java cannot commit', async () => {
    const partitions = Array.from({ length: 50 }, (_, partition) => partition);
    await createTopics(kafka.address, [{ topic: 'wide', partitions: partitions.length }]);
    const { offsets } = commitOf('wide', 0n, 'wide', partitions);
    const wide = { groupId: 'wide', offsets: offsets.map((one) => ({ ...one, metadata: 'm'.repeat(30_000) })) };
    await expect(witness.alterGroupOffsets(kafka.address, [wide])).rejects.toThrow(
      /UnknownServerException|InvalidCommitOffsetSizeException/,
    );
    const outcomes = outcomesOf(await cluster.commitOffsets([wide]));
    expect(outcomes).toEqual(partitions.map(() => ({ kind: 'committed' })));
  });
});

function byGroup(a: { groupId: string; partition: number }, b: { groupId: string; partition: number }): number {
  return a.groupId === b.groupId ? a.partition - b.partition : a.groupId < b.groupId ? -1 : 1;
}
