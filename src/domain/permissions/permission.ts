/** The words of the tables: Kafka's own resource types and operations (org.apache.kafka.common.acl, KIP-11, KIP-290). */
import type { CheckId } from '../cutover/check.ts';
import type { Command } from '../verdicts.ts';

export type Side = 'source' | 'target';
export type ResourceType = 'topic' | 'group' | 'cluster';
export type AclOperation =
  | 'READ'
  | 'WRITE'
  | 'CREATE'
  | 'DELETE'
  | 'ALTER'
  | 'DESCRIBE'
  | 'DESCRIBE_CONFIGS'
  | 'ALTER_CONFIGS'
  | 'IDEMPOTENT_WRITE';

/** Which resources a right is about; docs/permissions.md says how they are called. */
export type ResourceKind =
  | 'source-topics'
  | 'target-topics'
  | 'checkpoints-topic'
  | 'offset-syncs-topic'
  | 'heartbeats-topic'
  | 'replicated-heartbeats-topic'
  | 'consumer-offsets-topic'
  | 'connect-topics'
  | 'connect-group'
  | 'groups'
  | 'cluster';

export interface Right {
  readonly side: Side;
  readonly resource: ResourceKind;
  readonly operation: AclOperation;
}

/** One right that the action itself needs. */
export interface Permission extends Right {
  /** Commands that use it. `migrate` is all of apply, sync and check. */
  readonly commands: readonly Command[];
  /** Only where records are compared: not with `translation: checkpoint`, not without a source. */
  readonly exactOnly?: boolean;
  /** What it is used for, in a few words. */
  readonly why: string;
  /** Without it, the command still does its work; `exact`: where records are compared. `without` says what is lost. */
  readonly optional: boolean | 'exact';
  /** A clause: what becomes of a run that lacks it. */
  readonly without: string;
  /** Checks of the gate that are unknown without it, in the order of the gate. */
  readonly unknownChecks?: readonly CheckId[];
}

export const RESOURCE_TYPES: Readonly<Record<ResourceKind, ResourceType>> = {
  'source-topics': 'topic',
  'target-topics': 'topic',
  'checkpoints-topic': 'topic',
  'offset-syncs-topic': 'topic',
  'heartbeats-topic': 'topic',
  'replicated-heartbeats-topic': 'topic',
  'consumer-offsets-topic': 'topic',
  'connect-topics': 'topic',
  'connect-group': 'group',
  groups: 'group',
  cluster: 'cluster',
};

export function isOptional({ optional }: Pick<Permission, 'optional'>, compares: boolean): boolean {
  return optional === 'exact' ? compares : optional;
}

/** READ, WRITE, DELETE and ALTER imply DESCRIBE, ALTER_CONFIGS implies DESCRIBE_CONFIGS (AclAuthorizer, since 0.9). */
export function implies(operation: AclOperation): AclOperation | null {
  if (operation === 'ALTER_CONFIGS') return 'DESCRIBE_CONFIGS';
  return ['READ', 'WRITE', 'DELETE', 'ALTER'].includes(operation) ? 'DESCRIBE' : null;
}
