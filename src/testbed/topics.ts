import type { Admin, ITopicConfig } from 'kafkajs';
import { type ClusterAddress, withAdmin } from './client.ts';
import { settleAll } from './settle.ts';
import { waitFor } from './wait.ts';

export interface TopicSpec {
  readonly topic: string;
  /** 1 by default. */
  readonly partitions?: number;
  /** The broker's default (min(3, brokers)) by default. */
  readonly replicationFactor?: number;
  readonly config?: Readonly<Record<string, string>>;
}

/**
 * Log start and end of one partition. The end is the last stable offset (kafkajs asks so): markers of transactions
 * count, and what lies behind an open transaction does not.
 */
export interface LogRange {
  readonly partition: number;
  readonly start: bigint;
  readonly end: bigint;
}

const DEADLINE_MS = 120_000;
/** The controller's; kafkajs gives it 5 s by default, and does not ask again when they are over. */
const CONTROLLER_TIMEOUT_MS = 60_000;

/** Creates topics and returns when the leader of every partition answers for it. */
export function createTopics(address: ClusterAddress, specs: readonly TopicSpec[]): Promise<void> {
  return withAdmin(address, async (admin) => {
    const topics: ITopicConfig[] = specs.map((spec) => ({
      topic: spec.topic,
      numPartitions: spec.partitions ?? 1,
      replicationFactor: spec.replicationFactor ?? -1,
      configEntries: Object.entries(spec.config ?? {}).map(([name, value]) => ({ name, value })),
    }));
    // kafkajs's own wait for leaders gives up when a broker does not know the new topic yet.
    await admin.createTopics({ topics, waitForLeaders: false, timeout: CONTROLLER_TIMEOUT_MS });
    await settleAll(specs.map(({ topic }) => untilLedByItsLeaders(admin, topic)));
  });
}

// The metadata names a leader some time before that broker knows of it.
async function untilLedByItsLeaders(admin: Admin, topic: string): Promise<void> {
  const look = async () => ({ done: await admin.fetchTopicOffsets(topic) });
  await waitFor(`${topic} to be led`, look, { timeoutMs: DEADLINE_MS });
}

/** Deletes topics and returns when the cluster no longer lists them. */
export function deleteTopics(address: ClusterAddress, topics: readonly string[]): Promise<void> {
  return withAdmin(address, async (admin) => {
    await admin.deleteTopics({ topics: [...topics], timeout: CONTROLLER_TIMEOUT_MS });
    await waitFor(
      `topics ${topics.join(', ')} to be gone from ${address.name}`,
      async () => {
        const listed = await admin.listTopics();
        const left = topics.filter((topic) => listed.includes(topic));
        return left.length === 0 ? { done: undefined } : { seen: left.join(', ') };
      },
      { timeoutMs: DEADLINE_MS },
    );
  });
}

/** Deletes and creates again: offsets start at 0, committed offsets and checkpoints stay. */
export async function recreateTopic(address: ClusterAddress, spec: TopicSpec): Promise<void> {
  await deleteTopics(address, [spec.topic]);
  await createTopics(address, [spec]);
}

/** Moves the log start of partitions: records below the offset are deleted. */
export function deleteRecords(
  address: ClusterAddress,
  topic: string,
  before: ReadonlyMap<number, bigint>,
): Promise<void> {
  return withAdmin(address, async (admin) => {
    const partitions = [...before].map(([partition, offset]) => ({ partition, offset: String(offset) }));
    // Loads the metadata that kafkajs's deleteTopicRecords takes for granted.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions });
  });
}

/** Log start and end of every partition of a topic, ordered by partition. Throws if the topic is not there. */
export function logRanges(address: ClusterAddress, topic: string): Promise<readonly LogRange[]> {
  return withAdmin(address, async (admin) => {
    const offsets = await admin.fetchTopicOffsets(topic);
    return offsets
      .map(({ partition, low, high }) => ({ partition, start: BigInt(low), end: BigInt(high) }))
      .sort((a, b) => a.partition - b.partition);
  });
}

/** Returns when the leader of every partition answers for it: the controller's word reaches the brokers a little later. */
export async function addPartitions(address: ClusterAddress, topic: string, count: number): Promise<void> {
  await withAdmin(address, (admin) =>
    admin.createPartitions({ topicPartitions: [{ topic, count }], timeout: CONTROLLER_TIMEOUT_MS }),
  );
  const look = async () => {
    const { length } = await logRanges(address, topic);
    return length === count ? { done: undefined } : { seen: `${length} partitions` };
  };
  await waitFor(`${topic} to have ${count} partitions`, look, { timeoutMs: DEADLINE_MS });
}
