/**
 * DescribeAcls (key 29), of all resources and principals; brokers from 0.11. Needs DESCRIBE on the cluster.
 *
 *   Request  => resource_type:INT8 resource_name:NULLABLE_STRING pattern_type:INT8(v1+) principal:NULLABLE_STRING
 *               host:NULLABLE_STRING operation:INT8 permission:INT8 tags
 *   Response => throttle:INT32 error:INT16 message:NULLABLE_STRING [resource] tags
 *     resource => type:INT8 name:STRING pattern_type:INT8(v1+)
 *                 [principal:STRING host:STRING operation:INT8 permission:INT8 tags] tags
 */
import type { AclEntry } from '../../../operations/gate/gate-ports.ts';
import { type KafkaErrorName, kafkaErrorName } from './error-names.ts';
import type { KafkaRequest } from './request.ts';

export interface DescribedAcls {
  /** SECURITY_DISABLED: the broker has no authorizer. CLUSTER_AUTHORIZATION_FAILED: the principal may not ask. */
  readonly error: KafkaErrorName | null;
  readonly acls: readonly AclEntry[];
}

/** The same byte in AclOperation, ResourceType, AclPermissionType and PatternType. */
const ANY = 1;
const CLUSTER = 4;
/** By code (org.apache.kafka.common.resource.ResourceType, PatternType; …acl.AclOperation, AclPermissionType). */
const RESOURCE_TYPES = [
  'UNKNOWN',
  'ANY',
  'TOPIC',
  'GROUP',
  'CLUSTER',
  'TRANSACTIONAL_ID',
  'DELEGATION_TOKEN',
  'USER',
] as const;
const PATTERN_TYPES = ['UNKNOWN', 'ANY', 'MATCH', 'LITERAL', 'PREFIXED'] as const;
const PERMISSIONS = ['UNKNOWN', 'ANY', 'DENY', 'ALLOW'] as const;
const OPERATIONS = [
  'UNKNOWN',
  'ANY',
  'ALL',
  'READ',
  'WRITE',
  'CREATE',
  'DELETE',
  'ALTER',
  'DESCRIBE',
  'CLUSTER_ACTION',
  'DESCRIBE_CONFIGS',
  'ALTER_CONFIGS',
  'IDEMPOTENT_WRITE',
  'CREATE_TOKENS',
  'DESCRIBE_TOKENS',
  'TWO_PHASE_COMMIT',
] as const;

export const describeAclsRequest = requestFor(ANY);
/** An answer of a few entries at most. */
export const describeAclsOfCluster = requestFor(CLUSTER);

function requestFor(resourceType: number): KafkaRequest<DescribedAcls> {
  return {
    apiKey: 29,
    apiName: 'DescribeAcls',
    versions: { min: 0, max: 3 },
    flexibleFrom: 2,
    encode(version, writer) {
      writer.int8(resourceType).nullableString(null);
      if (version >= 1) writer.int8(ANY);
      writer.nullableString(null).nullableString(null).int8(ANY).int8(ANY).endStruct();
    },
    decode(version, reader) {
      reader.int32();
      const error = kafkaErrorName(reader.int16());
      reader.nullableString();
      const acls: AclEntry[] = [];
      reader.array(() => {
        const resourceType = wordOf(RESOURCE_TYPES, reader.int8());
        const name = reader.string();
        // Without a pattern type every ACL is literal (before KIP-290).
        const patternType = version >= 1 ? wordOf(PATTERN_TYPES, reader.int8()) : 'LITERAL';
        reader.array(() => {
          const principal = reader.string();
          const host = reader.string();
          const operation = wordOf(OPERATIONS, reader.int8());
          const permission = wordOf(PERMISSIONS, reader.int8());
          acls.push({ resourceType, name, patternType, principal, host, operation, permission });
          reader.endStruct();
        });
        reader.endStruct();
      });
      reader.endStruct();
      return { error, acls };
    },
  };
}

function wordOf(words: readonly string[], code: number): string {
  return words[code] ?? `UNKNOWN(${code})`;
}
