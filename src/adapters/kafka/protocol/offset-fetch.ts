/**
 * OffsetFetch (key 9). v2 can ask for all topics of a group, v7 for stable offsets only (KIP-447), v8 for many groups
 * at once (KIP-709).
 *
 *   Request  v1-v7 => group_id:STRING [topic]:NULLABLE(v2+) require_stable:BOOLEAN(v7+) tags
 *            v8    => [group_id:STRING [topic]:NULLABLE tags] require_stable:BOOLEAN tags
 *     topic => name:STRING [INT32] tags
 *   Response v1-v7 => throttle:INT32(v3+) [topic] error:INT16(v2+) tags
 *            v8    => throttle:INT32 [group_id:STRING [topic] error:INT16 tags] tags
 *     topic => name:STRING [index:INT32 offset:INT64 leader_epoch:INT32(v5+) metadata:NULLABLE_STRING error:INT16 tags] tags
 */
import type { TopicPartition } from '../../../domain/topic-partition.ts';
import { byTopic } from './by-topic.ts';
import type { Decoder } from './decoder.ts';
import type { Encoder } from './encoder.ts';
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { KafkaRequest } from './request.ts';

export interface OffsetFetchGroup {
  readonly groupId: string;
  /** `all`: every topic with an offset (v2+); leaves out silently what the principal may not describe. */
  readonly partitions: 'all' | readonly TopicPartition[];
}

export interface FetchedOffset extends TopicPartition {
  /** −1 when the group has none. */
  readonly offset: bigint;
  readonly leaderEpoch: number;
  readonly metadata: string;
  readonly error: KafkaErrorName | null;
}

export interface FetchedGroup {
  readonly groupId: string;
  /** Of the whole group; taken from the partitions before v2. */
  readonly error: KafkaErrorName | null;
  readonly offsets: readonly FetchedOffset[];
}

export const OFFSET_FETCH_ALL_TOPICS = 2;
/** First version that takes more than one group. */
export const OFFSET_FETCH_MANY = 8;

const GROUP_ERRORS: ReadonlySet<KafkaErrorName> = new Set([
  'COORDINATOR_LOAD_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR',
  'GROUP_AUTHORIZATION_FAILED',
  'INVALID_GROUP_ID',
]);

/** Before v8 `groups` must hold exactly one, before v2 with named partitions. */
export function offsetFetchRequest(groups: readonly OffsetFetchGroup[]): KafkaRequest<readonly FetchedGroup[]> {
  return {
    apiKey: 9,
    apiName: 'OffsetFetch',
    versions: { min: 1, max: 8 },
    flexibleFrom: 6,
    encode(version, writer) {
      if (version >= OFFSET_FETCH_MANY) {
        writer.array(groups, (group) => {
          writer.string(group.groupId);
          writeTopics(version, writer, group);
          writer.endStruct();
        });
      } else {
        const group = onlyGroup(groups, version);
        writer.string(group.groupId);
        writeTopics(version, writer, group);
      }
      if (version >= 7) writer.boolean(true);
      writer.endStruct();
    },
    decode(version, reader) {
      if (version >= 3) reader.int32();
      const fetched =
        version >= OFFSET_FETCH_MANY
          ? reader.array(() => readGroup(version, reader))
          : [readSingle(version, reader, onlyGroup(groups, version).groupId)];
      reader.endStruct();
      return fetched;
    },
  };
}

function writeTopics(version: number, writer: Encoder, { partitions }: OffsetFetchGroup): void {
  if (partitions === 'all') {
    if (version < OFFSET_FETCH_ALL_TOPICS) throw new RangeError(`OffsetFetch v${version} must name its partitions`);
    writer.nullArray();
    return;
  }
  writer.array(byTopic(partitions), ([topic, named]) => {
    writer
      .string(topic)
      .array(named, ({ partition }) => writer.int32(partition))
      .endStruct();
  });
}

function readGroup(version: number, reader: Decoder): FetchedGroup {
  const groupId = reader.string();
  const offsets = readOffsets(version, reader);
  const error = kafkaErrorName(reader.int16());
  reader.endStruct();
  return { groupId, error, offsets };
}

function readSingle(version: number, reader: Decoder, groupId: string): FetchedGroup {
  const offsets = readOffsets(version, reader);
  const error = version >= OFFSET_FETCH_ALL_TOPICS ? kafkaErrorName(reader.int16()) : groupErrorOf(offsets);
  return { groupId, error, offsets };
}

function groupErrorOf(offsets: readonly FetchedOffset[]): KafkaErrorName | null {
  return offsets.find(({ error }) => error !== null && GROUP_ERRORS.has(error))?.error ?? null;
}

function readOffsets(version: number, reader: Decoder): readonly FetchedOffset[] {
  const offsets: FetchedOffset[] = [];
  reader.array(() => {
    const topic = reader.string();
    reader.array(() => {
      const partition = reader.int32();
      const offset = reader.int64();
      const leaderEpoch = version >= 5 ? reader.int32() : -1;
      const metadata = reader.nullableString() ?? '';
      const error = kafkaErrorName(reader.int16());
      reader.endStruct();
      offsets.push({ topic, partition, offset, leaderEpoch, metadata, error });
    });
    reader.endStruct();
  });
  return offsets;
}

function onlyGroup(groups: readonly OffsetFetchGroup[], version: number): OffsetFetchGroup {
  const [group] = groups;
  if (group === undefined || groups.length > 1) {
    throw new RangeError(`OffsetFetch v${version} takes one group, not ${groups.length}`);
  }
  return group;
}
