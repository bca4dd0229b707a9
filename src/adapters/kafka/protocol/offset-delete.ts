/**
 * OffsetDelete (key 47), KIP-496, brokers from 2.4: removes committed offsets of a group that has no member subscribed
 * to the topic.
 *
 *   Request  v0 => group_id:STRING [name:STRING [index:INT32]]
 *   Response v0 => error:INT16 throttle:INT32 [name:STRING [index:INT32 error:INT16]]
 */
import type { TopicPartition } from '../../../domain/topic-partition.ts';
import { byTopic } from './by-topic.ts';
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { KafkaRequest } from './request.ts';

export interface OffsetDeleteResponse {
  /** Of the whole group; the partitions are empty then. */
  readonly error: KafkaErrorName | null;
  readonly partitions: readonly (TopicPartition & { readonly error: KafkaErrorName | null })[];
}

export function offsetDeleteRequest(
  groupId: string,
  partitions: readonly TopicPartition[],
): KafkaRequest<OffsetDeleteResponse> {
  return {
    apiKey: 47,
    apiName: 'OffsetDelete',
    versions: { min: 0, max: 0 },
    flexibleFrom: null,
    encode(_version, writer) {
      writer.string(groupId).array(byTopic(partitions), ([topic, named]) => {
        writer.string(topic).array(named, ({ partition }) => writer.int32(partition));
      });
    },
    decode(_version, reader) {
      const error = kafkaErrorName(reader.int16());
      reader.int32();
      const answers: (TopicPartition & { error: KafkaErrorName | null })[] = [];
      reader.array(() => {
        const topic = reader.string();
        reader.array(() => {
          answers.push({ topic, partition: reader.int32(), error: kafkaErrorName(reader.int16()) });
        });
      });
      return { error, partitions: answers };
    },
  };
}
