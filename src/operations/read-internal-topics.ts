/** Reads MM2's internal topics to an end fixed at the start, and says what is odd about them. */
import { decodeCheckpoint } from '../domain/checkpoints/checkpoint-format.ts';
import { type CheckpointIndex, CheckpointIndexBuilder } from '../domain/checkpoints/checkpoint-index.ts';
import type { OffsetPair } from '../domain/checkpoints/lower-bounds.ts';
import { decodeOffsetSync } from '../domain/checkpoints/offset-sync-format.ts';
import { looksLikeCheckpointsTopic, type ReplicationPolicy } from '../domain/checkpoints/replication-policy.ts';
import type { Finding } from '../domain/finding.ts';
import { RefusedError } from '../domain/permissions/refusal.ts';
import { partitionKey, type TopicPartitionKey } from '../domain/topic-partition.ts';
import { MigrationError } from '../errors.ts';
import type { ClusterReader, LogReadRequest, LogRecord, TopicInfo } from './ports.ts';

export interface CheckpointsView {
  readonly index: CheckpointIndex;
  /** Set while the topic is not there: what to say when the run ends without it. */
  readonly missing: MigrationError | null;
  readonly findings: readonly Finding[];
}

export async function readCheckpoints(
  target: ClusterReader,
  policy: ReplicationPolicy,
  targetTopics: ReadonlyMap<string, TopicInfo>,
): Promise<CheckpointsView> {
  const topic = policy.checkpointsTopic;
  const builder = new CheckpointIndexBuilder();
  const info = targetTopics.get(topic) ?? (await target.describeTopics([topic])).get(topic);
  if (info?.error === 'TOPIC_AUTHORIZATION_FAILED') {
    throw refused(target, topic, 'Is source-alias the source.cluster.alias of the connectors?');
  }
  if (info === undefined || info.error !== null) {
    const missing = checkpointsMissing(topic, [...targetTopics.keys()]);
    return { index: builder.build(), missing, findings: [] };
  }
  const open = await readPartitionZero(target, topic, 'read_committed', (record) =>
    builder.add(decodeCheckpoint(record)),
  );
  const index = builder.build();
  const findings = [
    ...(await shapeFindings(target, topic, info)),
    ...malformedFindings(topic, index),
    ...openTransactionFindings(topic, open),
  ];
  return { index, missing: null, findings };
}

function checkpointsMissing(topic: string, existing: readonly string[]): MigrationError {
  const alike = existing.filter(looksLikeCheckpointsTopic).sort();
  const seen = alike.length === 0 ? 'no checkpoints topic at all' : alike.join(', ');
  const hint =
    alike.length === 0
      ? "Is the MirrorCheckpointConnector running, and is source-alias its source.cluster.alias? It writes its first checkpoint after a refresh of groups (up to 10 minutes with MM2's defaults)."
      : 'Compare source-alias, replication-policy-separator and replication-policy-internal-topic-separator-enabled with the connector configs (before Kafka 3.1 internal topics always used ".").';
  return new MigrationError(
    'CHECKPOINTS_TOPIC_MISSING',
    `The target has no topic ${topic}, where MM2 writes its checkpoints; it has ${seen}.`,
    { hint, retriable: true },
  );
}

async function shapeFindings(target: ClusterReader, topic: string, info: TopicInfo): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  if (info.partitions.length !== 1) {
    findings.push({
      rule: 'checkpoints-topic-partitions',
      severity: 'warning',
      where: topic,
      message: `${topic} has ${info.partitions.length} partitions; MM2 uses partition 0 alone.`,
      hint: 'It was probably created by auto-creation or by hand. Let MM2 create it with one partition.',
    });
  }
  const cleanup = (await target.topicConfigs(topic))?.find((entry) => entry.name === 'cleanup.policy')?.value ?? null;
  if (cleanup !== null && cleanup !== 'compact') {
    findings.push({
      rule: 'checkpoints-topic-cleanup',
      severity: 'warning',
      where: topic,
      message: `cleanup.policy of ${topic} is ${cleanup}, expected compact: checkpoints of quiet groups disappear.`,
      hint: `Set cleanup.policy=compact on ${topic} and restart the MirrorCheckpointConnector.`,
    });
  }
  return findings;
}

function malformedFindings(topic: string, index: CheckpointIndex): readonly Finding[] {
  if (index.malformed.size === 0) return [];
  const kinds = [...index.malformed].map(([why, count]) => `${count} × ${why}`).join(', ');
  const total = [...index.malformed.values()].reduce((sum, count) => sum + count, 0);
  const every = total === index.recordCount;
  return [
    {
      rule: 'checkpoints-malformed',
      severity: every ? 'error' : 'warning',
      where: topic,
      message: `${total} of ${index.recordCount} records of ${topic} are not checkpoints: ${kinds}.`,
      hint: every
        ? 'No record decodes: the MirrorCheckpointConnector probably lacks ByteArrayConverter for key and value.'
        : 'They are left aside. See who else writes to this topic.',
    },
  ];
}

function openTransactionFindings(topic: string, openAt: bigint | null): readonly Finding[] {
  if (openAt === null) return [];
  const message = `${topic} ends in an open transaction from offset ${openAt}; what follows was not read.`;
  const hint = 'Normal for a moment with exactly-once Connect. If it stays, a worker died in a transaction.';
  return [{ rule: 'checkpoints-open-transaction', severity: 'notice', where: topic, message, hint }];
}

/** Offset syncs by source partition, in log order. */
export type OffsetSyncsView =
  | { readonly kind: 'read'; readonly syncs: ReadonlyMap<TopicPartitionKey, readonly OffsetPair[]> }
  | { readonly kind: 'unreadable'; readonly why: string };

export async function readOffsetSyncs(cluster: ClusterReader, policy: ReplicationPolicy): Promise<OffsetSyncsView> {
  const topic = policy.offsetSyncsTopic;
  const info = (await cluster.describeTopics([topic])).get(topic);
  if (info?.error === 'TOPIC_AUTHORIZATION_FAILED') {
    throw refused(cluster, topic, 'Are the aliases and offset-syncs-topic-location those of the connectors?');
  }
  if (info === undefined || info.error !== null) {
    const error = info?.error ?? 'not described';
    return { kind: 'unreadable', why: `offset syncs topic ${topic} on the ${cluster.side}: ${error}` };
  }
  const syncs = new Map<TopicPartitionKey, OffsetPair[]>();
  const open = await readPartitionZero(cluster, topic, 'read_committed', (record) => {
    const decoded = decodeOffsetSync(record);
    if (decoded.kind !== 'offset-sync') return;
    const { upstreamOffset, downstreamOffset } = decoded.offsetSync;
    const key = partitionKey(decoded.offsetSync.topic, decoded.offsetSync.partition);
    const pairs = syncs.get(key) ?? [];
    pairs.push({ upstream: upstreamOffset, downstream: downstreamOffset });
    syncs.set(key, pairs);
  });
  if (open !== null) return { kind: 'unreadable', why: `${topic} ends in an open transaction from offset ${open}` };
  return { kind: 'read', syncs };
}

/** Returns the first offset of an open transaction at the end, null when there is none. */
export async function readPartitionZero(
  cluster: ClusterReader,
  topic: string,
  isolation: LogReadRequest['isolation'],
  visit: (record: LogRecord) => void,
): Promise<bigint | null> {
  const range = (await cluster.logRanges([{ topic, partition: 0 }])).get(partitionKey(topic, 0));
  if (range?.kind !== 'range') {
    throw unreadable(cluster, topic, range?.error ?? 'no answer');
  }
  const request = { topic, partition: 0, from: range.logStart, to: range.highWatermark, isolation };
  const result = await cluster.readLog(request, visit);
  if (!result.complete) throw unreadable(cluster, topic, `read ended before offset ${range.highWatermark}`);
  return result.openTransactionAt;
}

/** Who may not describe a topic is refused alike whether or not it is there. */
function refused({ side }: ClusterReader, topic: string, hint: string): RefusedError {
  const message = `The ${side} refuses to show ${topic} (TOPIC_AUTHORIZATION_FAILED).`;
  return new RefusedError({ side, operation: 'DESCRIBE', type: 'topic', name: topic }, message, hint);
}

function unreadable(cluster: ClusterReader, topic: string, why: string): MigrationError {
  return new MigrationError('KAFKA_REQUEST', `Topic ${topic} of the ${cluster.side} could not be read: ${why}.`, {
    hint: `Check that partition 0 has a leader and that the principal may READ ${topic}.`,
    retriable: true,
  });
}
