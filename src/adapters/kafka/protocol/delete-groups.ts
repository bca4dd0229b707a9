/**
 * DeleteGroups (key 42), KIP-229, brokers from 1.1: removes a group with all its offsets; one with members is refused
 * (NON_EMPTY_GROUP).
 *
 *   Request  => [group_id:STRING] tags(v2+)
 *   Response => throttle:INT32 [group_id:STRING error:INT16 tags] tags
 */
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { KafkaRequest } from './request.ts';

export interface DeletedGroup {
  readonly groupId: string;
  readonly error: KafkaErrorName | null;
}

export function deleteGroupsRequest(groupIds: readonly string[]): KafkaRequest<readonly DeletedGroup[]> {
  return {
    apiKey: 42,
    apiName: 'DeleteGroups',
    versions: { min: 0, max: 2 },
    flexibleFrom: 2,
    encode(_version, writer) {
      writer.array(groupIds, (groupId) => writer.string(groupId)).endStruct();
    },
    decode(_version, reader) {
      reader.int32();
      const groups = reader.array((): DeletedGroup => {
        const groupId = reader.string();
        const error = kafkaErrorName(reader.int16());
        reader.endStruct();
        return { groupId, error };
      });
      reader.endStruct();
      return groups;
    },
  };
}
