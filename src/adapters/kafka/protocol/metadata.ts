/**
 * Metadata (key 3). Never creates a topic: from v4 the request says so, and before that naming a topic could create
 * it (auto.create.topics.enable), so `topics` must be null there.
 *
 *   Request  => [topic_id:UUID(v10+) name:NULLABLE_STRING tags]:NULLABLE allow_auto_topic_creation:BOOLEAN(v4+)
 *               include_cluster_operations:BOOLEAN(v8-v10) include_topic_operations:BOOLEAN(v8+) tags
 *   Response => throttle:INT32(v3+) [node_id:INT32 host:STRING port:INT32 rack:NULLABLE_STRING tags]
 *               cluster_id:NULLABLE_STRING(v2+) controller_id:INT32
 *               [error:INT16 name:STRING topic_id:UUID(v10+) is_internal:BOOLEAN [partition] operations:INT32(v8+) tags]
 *               cluster_operations:INT32(v8-v10) tags
 *     partition => error:INT16 index:INT32 leader:INT32 leader_epoch:INT32(v7+) replicas:[INT32] isr:[INT32]
 *                  offline:[INT32](v5+) tags
 */
import type { Decoder } from './decoder.ts';
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { KafkaRequest } from './request.ts';

export interface BrokerMetadata {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

export interface PartitionMetadata {
  readonly partition: number;
  /** −1 when there is none. */
  readonly leaderId: number;
  readonly leaderEpoch: number;
  readonly error: KafkaErrorName | null;
}

export interface TopicMetadata {
  readonly topic: string;
  readonly error: KafkaErrorName | null;
  readonly partitions: readonly PartitionMetadata[];
}

export interface MetadataResponse {
  readonly brokers: readonly BrokerMetadata[];
  readonly clusterId: string | null;
  readonly topics: readonly TopicMetadata[];
}

/** First version that can name topics without creating them. */
export const METADATA_WITHOUT_AUTO_CREATION = 4;
const NO_UUID = new Uint8Array(16);

/** `topics` null asks for all that the principal may describe; an empty list asks for brokers only. */
export function metadataRequest(topics: readonly string[] | null): KafkaRequest<MetadataResponse> {
  return {
    apiKey: 3,
    apiName: 'Metadata',
    versions: { min: 1, max: 12 },
    flexibleFrom: 9,
    encode(version, writer) {
      if (topics === null) {
        writer.nullArray();
      } else {
        if (topics.length > 0 && version < METADATA_WITHOUT_AUTO_CREATION) {
          throw new RangeError(`Metadata v${version} may create the topics that it names`);
        }
        writer.array(topics, (topic) => {
          if (version >= 10) writer.uuid(NO_UUID);
          writer.string(topic).endStruct();
        });
      }
      if (version >= METADATA_WITHOUT_AUTO_CREATION) writer.boolean(false);
      if (version >= 8 && version <= 10) writer.boolean(false);
      if (version >= 8) writer.boolean(false);
      writer.endStruct();
    },
    decode(version, reader) {
      if (version >= 3) reader.int32();
      const brokers = reader.array(() => readBroker(reader));
      const clusterId = version >= 2 ? reader.nullableString() : null;
      reader.int32();
      const described = reader.array(() => readTopic(version, reader));
      if (version >= 8 && version <= 10) reader.int32();
      reader.endStruct();
      return { brokers, clusterId, topics: described };
    },
  };
}

function readBroker(reader: Decoder): BrokerMetadata {
  const broker = { nodeId: reader.int32(), host: reader.string(), port: reader.int32() };
  reader.nullableString();
  reader.endStruct();
  return broker;
}

function readTopic(version: number, reader: Decoder): TopicMetadata {
  const error = kafkaErrorName(reader.int16());
  const topic = reader.nullableString() ?? '';
  if (version >= 10) reader.uuid();
  reader.boolean();
  const partitions = reader.array(() => readPartition(version, reader));
  if (version >= 8) reader.int32();
  reader.endStruct();
  return { topic, error, partitions };
}

function readPartition(version: number, reader: Decoder): PartitionMetadata {
  const error = kafkaErrorName(reader.int16());
  const partition = reader.int32();
  const leaderId = reader.int32();
  const leaderEpoch = version >= 7 ? reader.int32() : -1;
  reader.array(() => reader.int32());
  reader.array(() => reader.int32());
  if (version >= 5) reader.array(() => reader.int32());
  reader.endStruct();
  return { partition, leaderId, leaderEpoch, error };
}
