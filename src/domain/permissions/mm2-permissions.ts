/**
 * What MirrorMaker 2's own connectors and their Connect worker need, by role. Read from connect/mirror of Kafka 3.x/4.x;
 * where a client runs: the source connector's consumer and the checkpoint connector's admin client on the source, the
 * worker's producer and the connectors' admin clients on the target (KIP-382, KIP-716, KIP-875).
 */
import type { AclOperation, ResourceKind, Side } from './permission.ts';

export const MM2_ROLES = ['source', 'checkpoint', 'heartbeat', 'worker'] as const;
export type Mm2Role = (typeof MM2_ROLES)[number];

export interface Mm2Permission {
  readonly role: Mm2Role;
  readonly side: Side;
  readonly resource: ResourceKind;
  readonly operations: readonly AclOperation[];
  readonly why: string;
  /** Nothing needs it where this setting of the connector is false, as it is in generated connectors. */
  readonly onlyWith?: 'sync.topic.acls.enabled' | 'sync.group.offsets.enabled';
}

export const MM2_PERMISSIONS: readonly Mm2Permission[] = [
  { role: 'source', side: 'source', resource: 'source-topics', operations: ['DESCRIBE', 'READ'], why: 'copying' },
  {
    role: 'source',
    side: 'source',
    resource: 'source-topics',
    operations: ['DESCRIBE_CONFIGS'],
    why: 'configs of new topics; sync.topic.configs.enabled',
  },
  {
    role: 'source',
    side: 'source',
    resource: 'heartbeats-topic',
    operations: ['DESCRIBE', 'READ', 'DESCRIBE_CONFIGS'],
    why: 'heartbeats travel as data does',
  },
  {
    role: 'source',
    side: 'source',
    resource: 'cluster',
    operations: ['DESCRIBE'],
    why: 'sync.topic.acls.enabled only',
    onlyWith: 'sync.topic.acls.enabled',
  },
  {
    role: 'source',
    side: 'source',
    resource: 'offset-syncs-topic',
    operations: ['CREATE', 'DESCRIBE', 'WRITE'],
    why: 'writing offset syncs, where offset-syncs.topic.location says',
  },
  {
    role: 'source',
    side: 'target',
    resource: 'target-topics',
    operations: ['CREATE', 'DESCRIBE', 'WRITE'],
    why: 'creating and filling the copies',
  },
  {
    role: 'source',
    side: 'target',
    resource: 'target-topics',
    operations: ['ALTER', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
    why: 'more partitions; sync.topic.configs.enabled',
  },
  {
    role: 'source',
    side: 'target',
    resource: 'cluster',
    operations: ['ALTER'],
    why: 'sync.topic.acls.enabled only',
    onlyWith: 'sync.topic.acls.enabled',
  },
  {
    role: 'source',
    side: 'target',
    resource: 'replicated-heartbeats-topic',
    operations: ['CREATE', 'DESCRIBE', 'WRITE', 'ALTER', 'DESCRIBE_CONFIGS', 'ALTER_CONFIGS'],
    why: 'heartbeats travel as data does, and so do the configs of their topic',
  },
  { role: 'checkpoint', side: 'source', resource: 'groups', operations: ['DESCRIBE'], why: 'groups and their offsets' },
  { role: 'checkpoint', side: 'source', resource: 'source-topics', operations: ['DESCRIBE'], why: 'their topics' },
  {
    role: 'checkpoint',
    side: 'source',
    resource: 'offset-syncs-topic',
    operations: ['DESCRIBE', 'READ'],
    why: 'translating, where offset-syncs.topic.location says',
  },
  {
    role: 'checkpoint',
    side: 'target',
    resource: 'checkpoints-topic',
    operations: ['CREATE', 'DESCRIBE', 'READ', 'WRITE'],
    why: 'writing checkpoints; reading its own after a restart (3.7.1, else older groups are untranslatable)',
  },
  {
    role: 'checkpoint',
    side: 'target',
    resource: 'groups',
    operations: ['DESCRIBE', 'READ'],
    why: 'sync.group.offsets.enabled only',
    onlyWith: 'sync.group.offsets.enabled',
  },
  {
    role: 'checkpoint',
    side: 'target',
    resource: 'target-topics',
    operations: ['DESCRIBE', 'READ'],
    why: 'sync.group.offsets.enabled only',
    onlyWith: 'sync.group.offsets.enabled',
  },
  {
    role: 'heartbeat',
    side: 'source',
    resource: 'heartbeats-topic',
    operations: ['CREATE', 'DESCRIBE', 'WRITE'],
    why: 'heartbeats begin on the source, so that they travel with the records',
  },
  {
    role: 'heartbeat',
    side: 'source',
    resource: 'cluster',
    operations: ['IDEMPOTENT_WRITE'],
    why: 'brokers before 3.0, for a producer that does not turn idempotence off',
  },
  {
    role: 'worker',
    side: 'target',
    resource: 'connect-topics',
    operations: ['CREATE', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'READ', 'WRITE'],
    why: 'config.storage.topic, offset.storage.topic, status.storage.topic',
  },
  { role: 'worker', side: 'target', resource: 'connect-group', operations: ['DESCRIBE', 'READ'], why: 'group.id' },
  {
    role: 'worker',
    side: 'target',
    resource: 'cluster',
    operations: ['DESCRIBE', 'IDEMPOTENT_WRITE'],
    why: 'the worker’s and the tasks’ producers (IDEMPOTENT_WRITE on brokers before 3.0)',
  },
];
