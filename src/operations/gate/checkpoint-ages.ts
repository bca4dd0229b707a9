/** The newest checkpoint of each group partition with the time of its record, which a sync has no use for. */
import { decodeCheckpoint } from '../../domain/checkpoints/checkpoint-format.ts';
import type { CheckpointFacts, Known } from '../../domain/cutover/facts.ts';
import { partitionKey, type TopicPartitionKey } from '../../domain/topic-partition.ts';
import { MigrationError } from '../../errors.ts';
import type { ClusterReader } from '../ports.ts';
import { readPartitionZero } from '../read-internal-topics.ts';
import { clause, known, unknown } from './known.ts';

export type CheckpointAges = Known<ReadonlyMap<string, ReadonlyMap<TopicPartitionKey, CheckpointFacts>>>;

const NO_CHECKPOINTS: CheckpointAges = known(new Map());

export async function readCheckpointAges(target: ClusterReader, topic: string): Promise<CheckpointAges> {
  const info = (await target.describeTopics([topic])).get(topic);
  if (info?.error === 'UNKNOWN_TOPIC_OR_PARTITION') return NO_CHECKPOINTS;
  if (info === undefined || info.error !== null) return unknown(`${topic}: ${info?.error ?? 'no answer'}`);
  const groups = new Map<string, Map<TopicPartitionKey, CheckpointFacts>>();
  try {
    await readPartitionZero(target, topic, 'read_committed', (record) => {
      const decoded = decodeCheckpoint(record);
      if (decoded.kind !== 'checkpoint') return;
      const { groupId, topic: named, partition, upstreamOffset, downstreamOffset } = decoded.checkpoint;
      const partitions = groups.get(groupId) ?? new Map<TopicPartitionKey, CheckpointFacts>();
      const emittedAtMs = Number(record.timestamp);
      partitions.set(partitionKey(named, partition), {
        upstream: upstreamOffset,
        downstream: downstreamOffset,
        emittedAtMs,
      });
      groups.set(groupId, partitions);
    });
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    return unknown(clause(error.message));
  }
  return known(groups);
}
