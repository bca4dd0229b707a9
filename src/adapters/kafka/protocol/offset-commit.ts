/**
 * OffsetCommit (key 8) as a simple commit: no member, no generation, so that the broker refuses it atomically with
 * UNKNOWN_MEMBER_ID if the group has members (invariant A). Leader epoch −1: an epoch of another cluster would break
 * consumers. Retention −1: the broker's own.
 *
 *   Request  => group_id:STRING generation_id:INT32 member_id:STRING group_instance_id:NULLABLE_STRING(v7+)
 *               retention_ms:INT64(v2-v4)
 *               [name:STRING [index:INT32 offset:INT64 leader_epoch:INT32(v6+) metadata:NULLABLE_STRING tags] tags] tags
 *   Response => throttle:INT32(v3+) [name:STRING [index:INT32 error:INT16 tags] tags] tags
 */
import type { TopicPartition } from '../../../domain/topic-partition.ts';
import type { GroupCommit } from '../../../operations/ports.ts';
import { byTopic } from './by-topic.ts';
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { KafkaRequest } from './request.ts';

export interface CommitAnswer extends TopicPartition {
  readonly error: KafkaErrorName | null;
}

const NO_GENERATION = -1;
const NO_MEMBER = '';
const NO_LEADER_EPOCH = -1;
const BROKER_RETENTION = -1n;

export function offsetCommitRequest({ groupId, offsets }: GroupCommit): KafkaRequest<readonly CommitAnswer[]> {
  return {
    apiKey: 8,
    apiName: 'OffsetCommit',
    versions: { min: 2, max: 8 },
    flexibleFrom: 8,
    encode(version, writer) {
      writer.string(groupId).int32(NO_GENERATION).string(NO_MEMBER);
      if (version >= 7) writer.nullableString(null);
      if (version <= 4) writer.int64(BROKER_RETENTION);
      writer.array(byTopic(offsets), ([topic, partitions]) => {
        writer.string(topic).array(partitions, ({ partition, offset, metadata }) => {
          writer.int32(partition).int64(offset);
          if (version >= 6) writer.int32(NO_LEADER_EPOCH);
          writer.nullableString(metadata).endStruct();
        });
        writer.endStruct();
      });
      writer.endStruct();
    },
    decode(version, reader) {
      if (version >= 3) reader.int32();
      const answers: CommitAnswer[] = [];
      reader.array(() => {
        const topic = reader.string();
        reader.array(() => {
          const partition = reader.int32();
          const error = kafkaErrorName(reader.int16());
          reader.endStruct();
          answers.push({ topic, partition, error });
        });
        reader.endStruct();
      });
      reader.endStruct();
      return answers;
    },
  };
}
