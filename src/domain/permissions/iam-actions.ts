/**
 * IAM actions of MSK in place of ACLs ("Semantics of IAM authorization policy actions and resources", MSK developer
 * guide). None implies another, so each comes with those that it requires; kafka-cluster:Connect is needed by all.
 */
import type { AclOperation, ResourceType } from './permission.ts';

const ACTIONS: Readonly<Record<ResourceType, Readonly<Partial<Record<AclOperation, readonly string[]>>>>> = {
  topic: {
    DESCRIBE: ['DescribeTopic'],
    READ: ['ReadData', 'DescribeTopic'],
    WRITE: ['WriteData', 'DescribeTopic'],
    CREATE: ['CreateTopic'],
    ALTER: ['AlterTopic', 'DescribeTopic'],
    DESCRIBE_CONFIGS: ['DescribeTopicDynamicConfiguration'],
    ALTER_CONFIGS: ['AlterTopicDynamicConfiguration', 'DescribeTopicDynamicConfiguration'],
  },
  group: {
    DESCRIBE: ['DescribeGroup'],
    READ: ['AlterGroup', 'DescribeGroup'],
    DELETE: ['DeleteGroup', 'DescribeGroup'],
  },
  cluster: {
    DESCRIBE: ['DescribeCluster'],
    DESCRIBE_CONFIGS: ['DescribeClusterDynamicConfiguration'],
    ALTER: ['AlterCluster', 'DescribeCluster'],
    IDEMPOTENT_WRITE: ['WriteDataIdempotently'],
  },
};

export const CONNECT_ACTION = 'kafka-cluster:Connect';

/** The action that stands for the operation first, then those that it requires. */
export function iamActions(type: ResourceType, operation: AclOperation): readonly string[] {
  return (ACTIONS[type][operation] ?? []).map((action) => `kafka-cluster:${action}`);
}
