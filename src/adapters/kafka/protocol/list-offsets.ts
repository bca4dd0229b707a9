/**
 * ListOffsets (key 2), to the leader of each partition. Read uncommitted: `latest` is the high watermark.
 *
 *   Request  => replica_id:INT32 isolation:INT8(v2+)
 *               [name:STRING [index:INT32 leader_epoch:INT32(v4+) timestamp:INT64 tags] tags] tags
 *   Response => throttle:INT32(v2+)
 *               [name:STRING [index:INT32 error:INT16 timestamp:INT64 offset:INT64 leader_epoch:INT32(v4+) tags] tags] tags
 */
import type { TopicPartition } from '../../../domain/topic-partition.ts';
import { byTopic } from './by-topic.ts';
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { KafkaRequest } from './request.ts';

export interface ListedOffset extends TopicPartition {
  readonly error: KafkaErrorName | null;
  /** −1 on error, or when no record is as young as the timestamp asked for. */
  readonly offset: bigint;
}

export const LATEST = -1n;
export const EARLIEST = -2n;

const CONSUMER = -1;
const READ_UNCOMMITTED = 0;
const ANY_LEADER_EPOCH = -1;

/** `timestamp`: LATEST, EARLIEST or milliseconds since the epoch. A broker refuses a partition named twice. */
export function listOffsetsRequest(
  partitions: readonly TopicPartition[],
  timestamp: bigint,
): KafkaRequest<readonly ListedOffset[]> {
  return {
    apiKey: 2,
    apiName: 'ListOffsets',
    versions: { min: 1, max: 7 },
    flexibleFrom: 6,
    encode(version, writer) {
      writer.int32(CONSUMER);
      if (version >= 2) writer.int8(READ_UNCOMMITTED);
      writer.array(byTopic(partitions), ([topic, named]) => {
        writer.string(topic).array(named, ({ partition }) => {
          writer.int32(partition);
          if (version >= 4) writer.int32(ANY_LEADER_EPOCH);
          writer.int64(timestamp).endStruct();
        });
        writer.endStruct();
      });
      writer.endStruct();
    },
    decode(version, reader) {
      if (version >= 2) reader.int32();
      const listed: ListedOffset[] = [];
      reader.array(() => {
        const topic = reader.string();
        reader.array(() => {
          const partition = reader.int32();
          const error = kafkaErrorName(reader.int16());
          reader.int64();
          const offset = reader.int64();
          if (version >= 4) reader.int32();
          reader.endStruct();
          listed.push({ topic, partition, error, offset });
        });
        reader.endStruct();
      });
      reader.endStruct();
      return listed;
    },
  };
}
