/**
 * DescribeGroups (key 15), v0–v2: only for brokers whose ListGroups has no state. Newer brokers call a live KIP-848
 * group `Dead` here.
 *
 *   Request  => [group_id:STRING]
 *   Response => throttle:INT32(v1+) [error:INT16 group_id:STRING state:STRING protocol_type:STRING protocol:STRING
 *               [member_id:STRING client_id:STRING client_host:STRING metadata:BYTES assignment:BYTES]]
 */
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { KafkaRequest } from './request.ts';

export interface DescribedGroup {
  readonly groupId: string;
  readonly error: KafkaErrorName | null;
  readonly state: string;
}

export function describeGroupsRequest(groupIds: readonly string[]): KafkaRequest<readonly DescribedGroup[]> {
  return {
    apiKey: 15,
    apiName: 'DescribeGroups',
    versions: { min: 0, max: 2 },
    flexibleFrom: null,
    encode(_version, writer) {
      writer.array(groupIds, (groupId) => writer.string(groupId));
    },
    decode(version, reader) {
      if (version >= 1) reader.int32();
      return reader.array(() => {
        const error = kafkaErrorName(reader.int16());
        const groupId = reader.string();
        const state = reader.string();
        reader.string();
        reader.string();
        reader.array(() => {
          for (let text = 0; text < 3; text += 1) reader.string();
          reader.nullableBytes();
          reader.nullableBytes();
        });
        return { groupId, error, state };
      });
    },
  };
}
