import type { Consumer } from 'kafkajs';
import { type ClusterAddress, kafkaClient, withAdmin } from './client.ts';
import { type CommitTopic, type InternalCluster, internalCluster } from './simple-commit.ts';
import { waitFor } from './wait.ts';

export interface OffsetOfPartition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly metadata?: string;
}

export interface GroupOffsets {
  readonly groupId: string;
  readonly offsets: readonly OffsetOfPartition[];
}

const IN_FLIGHT = 32;
const COMMIT_TIMEOUT_MS = 120_000;

/**
 * Commits offsets for many groups without joining them (OffsetCommit with generation -1), as an operator's tool does.
 * Thousands of groups take seconds. Throws kafkajs's error if a group has members or a partition is not there.
 */
export async function commitGroupOffsets(address: ClusterAddress, commits: readonly GroupOffsets[]): Promise<void> {
  const cluster = internalCluster(kafkaClient(address));
  await cluster.connect();
  try {
    const queue = [...commits];
    const worker = async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        await commitOne(cluster, next);
      }
    };
    await Promise.all(Array.from({ length: Math.min(IN_FLIGHT, commits.length) }, worker));
  } finally {
    await cluster.disconnect();
  }
}

// Right after the first look-up of a coordinator, its partition may still be loading or on its way.
async function commitOne(cluster: InternalCluster, { groupId, offsets }: GroupOffsets): Promise<void> {
  const commit = async () => {
    const coordinator = await cluster.findGroupCoordinator({ groupId });
    const request = { groupId, groupGenerationId: -1, memberId: '', topics: byTopic(offsets) };
    const error = await coordinator.offsetCommit(request).then(() => null, asKafkaError);
    if (error === null) return { done: null };
    return error.retriable === true ? { seen: error.message } : { done: error };
  };
  const refused = await waitFor(`the commit of ${groupId}`, commit, { timeoutMs: COMMIT_TIMEOUT_MS });
  if (refused !== null) throw refused;
}

function asKafkaError(error: unknown): Error & { retriable?: boolean } {
  return error instanceof Error ? error : new Error(String(error));
}

function byTopic(offsets: readonly OffsetOfPartition[]): readonly CommitTopic[] {
  const topics = new Map<string, CommitTopic['partitions'][number][]>();
  for (const { topic, partition, offset, metadata } of offsets) {
    const partitions = topics.get(topic) ?? [];
    partitions.push({ partition, offset: String(offset), metadata: metadata ?? '' });
    topics.set(topic, partitions);
  }
  return [...topics].map(([topic, partitions]) => ({ topic, partitions }));
}

/** Committed offsets of a group by kafkajs; partitions without one are left out. Ordered by topic and partition. */
export function committedOffsets(
  address: ClusterAddress,
  groupId: string,
): Promise<readonly Required<OffsetOfPartition>[]> {
  return withAdmin(address, async (admin) => {
    const topics = await admin.fetchOffsets({ groupId });
    const offsets = topics.flatMap(({ topic, partitions }) =>
      partitions.map(({ partition, offset, metadata }) => ({
        topic,
        partition,
        offset: BigInt(offset),
        metadata: metadata ?? '',
      })),
    );
    return offsets
      .filter((one) => one.offset >= 0n)
      .sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
  });
}

/** A classic consumer that has joined its group and keeps reading until it is stopped. */
export interface LiveConsumer {
  readonly groupId: string;
  readonly memberId: string;
  /** Values read so far, in order of arrival. */
  readonly values: readonly string[];
  /** How often it has joined: more than 1 means that somebody made the group rebalance. */
  joins(): number;
  /** Leaves the group; commits what it read. */
  stop(): Promise<void>;
}

export interface LiveConsumerOptions {
  readonly groupId: string;
  readonly topics: readonly string[];
  /** True by default. */
  readonly fromBeginning?: boolean;
}

const JOIN_TIMEOUT_MS = 120_000;
/** Heartbeats share this process with the test: one that stands still for a while is no reason to lose its place. */
const SESSION_TIMEOUT_MS = 120_000;

/** Starts a consumer of kafkajs (classic protocol) and returns when it is a member with an assignment. */
export async function liveConsumer(address: ClusterAddress, options: LiveConsumerOptions): Promise<LiveConsumer> {
  const consumer = kafkaClient(address).consumer({
    groupId: options.groupId,
    sessionTimeout: SESSION_TIMEOUT_MS,
    maxWaitTimeInMs: 500,
  });
  const values: string[] = [];
  const memberIds: string[] = [];
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => memberIds.push(payload.memberId));
  await consumer.connect();
  await consumer.subscribe({ topics: [...options.topics], fromBeginning: options.fromBeginning ?? true });
  await consumer.run({
    autoCommitInterval: 500,
    eachMessage: async ({ message }) => {
      values.push(message.value?.toString() ?? '');
    },
  });
  const memberId = await joined(consumer, options.groupId, memberIds);
  return {
    groupId: options.groupId,
    memberId,
    values,
    joins: () => memberIds.length,
    stop: () => consumer.disconnect(),
  };
}

async function joined(consumer: Consumer, groupId: string, memberIds: readonly string[]): Promise<string> {
  const look = async () => {
    const [first] = memberIds;
    return first === undefined ? { seen: 'not a member yet' } : { done: first };
  };
  try {
    return await waitFor(`the consumer to join ${groupId}`, look, { timeoutMs: JOIN_TIMEOUT_MS });
  } catch (error) {
    await consumer.disconnect();
    throw error;
  }
}
