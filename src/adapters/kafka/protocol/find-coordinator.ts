/**
 * FindCoordinator (key 10) for groups. v4 asks for many keys at once (KIP-699). The broker creates
 * `__consumer_offsets` when it is absent.
 *
 *   Request  v0-v3 => key:STRING key_type:INT8(v1+) tags
 *            v4+   => key_type:INT8 [key:STRING] tags
 *   Response v0-v3 => throttle:INT32(v1+) error:INT16 message:NULLABLE_STRING(v1+) node_id:INT32 host:STRING port:INT32 tags
 *            v4+   => throttle:INT32 [key:STRING node_id:INT32 host:STRING port:INT32 error:INT16
 *                     message:NULLABLE_STRING tags] tags
 */
import type { Decoder } from './decoder.ts';
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { KafkaRequest } from './request.ts';

export interface CoordinatorEntry {
  readonly groupId: string;
  readonly error: KafkaErrorName | null;
  readonly nodeId: number;
}

/** First version that takes more than one group. */
export const FIND_COORDINATOR_MANY = 4;
const KEY_TYPE_GROUP = 0;

/** Before v4 `groupIds` must hold exactly one. */
export function findCoordinatorRequest(groupIds: readonly string[]): KafkaRequest<readonly CoordinatorEntry[]> {
  return {
    apiKey: 10,
    apiName: 'FindCoordinator',
    versions: { min: 0, max: 4 },
    flexibleFrom: 3,
    encode(version, writer) {
      if (version >= FIND_COORDINATOR_MANY) {
        writer.int8(KEY_TYPE_GROUP).array(groupIds, (groupId) => writer.string(groupId));
      } else {
        writer.string(onlyGroup(groupIds, version));
        if (version >= 1) writer.int8(KEY_TYPE_GROUP);
      }
      writer.endStruct();
    },
    decode(version, reader) {
      if (version >= 1) reader.int32();
      const entries =
        version >= FIND_COORDINATOR_MANY
          ? reader.array(() => readEntry(reader))
          : [readSingle(version, reader, onlyGroup(groupIds, version))];
      reader.endStruct();
      return entries;
    },
  };
}

function readEntry(reader: Decoder): CoordinatorEntry {
  const groupId = reader.string();
  const nodeId = reader.int32();
  reader.string();
  reader.int32();
  const error = kafkaErrorName(reader.int16());
  reader.nullableString();
  reader.endStruct();
  return { groupId, error, nodeId };
}

function readSingle(version: number, reader: Decoder, groupId: string): CoordinatorEntry {
  const error = kafkaErrorName(reader.int16());
  if (version >= 1) reader.nullableString();
  const nodeId = reader.int32();
  reader.string();
  reader.int32();
  return { groupId, error, nodeId };
}

function onlyGroup(groupIds: readonly string[], version: number): string {
  const [groupId] = groupIds;
  if (groupId === undefined || groupIds.length > 1) {
    throw new RangeError(`FindCoordinator v${version} takes one group, not ${groupIds.length}`);
  }
  return groupId;
}
