/**
 * ListGroups (key 16). v4 brings the state (KIP-518), v5 the type (KIP-848). One broker answers for the groups that it
 * coordinates, and leaves out silently those that the principal may not describe.
 *
 *   Request  => states_filter:[STRING](v4+) types_filter:[STRING](v5+) tags
 *   Response => throttle:INT32(v1+) error:INT16
 *               [group_id:STRING protocol_type:STRING state:STRING(v4+) type:STRING(v5+) tags] tags
 */
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { KafkaRequest } from './request.ts';

export interface GroupEntry {
  readonly groupId: string;
  readonly protocolType: string;
  /** Null before v4. */
  readonly state: string | null;
  /** Null before v5. */
  readonly type: string | null;
}

export interface ListGroupsResponse {
  readonly error: KafkaErrorName | null;
  readonly groups: readonly GroupEntry[];
}

const NO_FILTER: readonly string[] = [];

export const listGroupsRequest: KafkaRequest<ListGroupsResponse> = {
  apiKey: 16,
  apiName: 'ListGroups',
  versions: { min: 0, max: 5 },
  flexibleFrom: 3,
  encode(version, writer) {
    if (version >= 4) writer.array(NO_FILTER, (state) => writer.string(state));
    if (version >= 5) writer.array(NO_FILTER, (type) => writer.string(type));
    writer.endStruct();
  },
  decode(version, reader) {
    if (version >= 1) reader.int32();
    const error = kafkaErrorName(reader.int16());
    const groups = reader.array(() => {
      const groupId = reader.string();
      const protocolType = reader.string();
      const state = version >= 4 ? reader.string() : null;
      const type = version >= 5 ? reader.string() : null;
      reader.endStruct();
      return { groupId, protocolType, state, type };
    });
    reader.endStruct();
    return { error, groups };
  },
};
