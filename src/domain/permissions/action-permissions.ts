/** Every right that the action itself needs, measured on real brokers: the suite `permissions` denies each in turn. */
import type { Command } from '../verdicts.ts';
import type { Permission, Side } from './permission.ts';

const COMPARING: readonly Command[] = ['plan', 'sync', 'check', 'migrate'];
const READING: readonly Command[] = [...COMPARING, 'export'];
const WRITING: readonly Command[] = ['sync', 'migrate', 'rollback'];
const GATE: readonly Command[] = ['check', 'migrate'];

export const ACTION_PERMISSIONS: readonly Permission[] = [
  {
    side: 'source',
    resource: 'source-topics',
    operation: 'DESCRIBE',
    commands: READING,
    why: 'partitions and log ends; offsets that groups committed there',
    optional: false,
    without: 'nothing is known of the topic: no offset on it is translated',
    unknownChecks: [
      'no-skip',
      'redelivered',
      'replication-lag',
      'source-retention',
      'checkpoint-age',
      'activity',
      'appends',
      'partitions',
      'transactions',
    ],
  },
  {
    side: 'source',
    resource: 'source-topics',
    operation: 'READ',
    commands: COMPARING,
    exactOnly: true,
    why: 'comparing the records around a committed offset; counting what is left to copy',
    optional: false,
    without: "no offset is proven: MM2's checkpoints must do where they can be verified",
    unknownChecks: ['no-skip', 'redelivered', 'transactions'],
  },
  {
    side: 'source',
    resource: 'offset-syncs-topic',
    operation: 'READ',
    commands: COMPARING,
    why: 'the brackets in which records are compared; verifying checkpoints',
    optional: 'exact',
    without:
      'nothing is committed by checkpoints (`translation: checkpoint`); comparing records does without, only further',
    unknownChecks: [],
  },
  {
    side: 'source',
    resource: 'groups',
    operation: 'DESCRIBE',
    commands: READING,
    why: 'which groups there are, and their committed offsets',
    optional: false,
    without: "the group's offsets are unknown, and nothing is committed for it",
    unknownChecks: ['no-skip', 'redelivered', 'coverage', 'checkpoint-age', 'activity'],
  },
  clusterDescribe('source'),
  {
    side: 'source',
    resource: 'source-topics',
    operation: 'DESCRIBE_CONFIGS',
    commands: GATE,
    why: "comparing the topics' configs",
    optional: false,
    without: 'the configs are not compared',
    unknownChecks: ['topic-configs'],
  },
  {
    side: 'target',
    resource: 'target-topics',
    operation: 'DESCRIBE',
    commands: [...READING, 'rollback'],
    why: 'partitions and log ends; offsets that groups committed there',
    optional: false,
    without: 'nothing is known of the topic: no offset on it is committed or restored',
    unknownChecks: ['no-skip', 'redelivered', 'coverage', 'activity', 'partitions', 'bounds'],
  },
  {
    side: 'target',
    resource: 'target-topics',
    operation: 'READ',
    commands: COMPARING,
    exactOnly: true,
    why: 'comparing the records around a committed offset',
    optional: false,
    without: "no offset is proven: MM2's checkpoints must do where they can be verified",
    unknownChecks: ['no-skip', 'redelivered'],
  },
  {
    side: 'target',
    resource: 'target-topics',
    operation: 'READ',
    commands: WRITING,
    why: 'OffsetCommit and OffsetDelete ask for it on each topic',
    optional: false,
    without: 'the broker refuses the commit',
  },
  {
    side: 'target',
    resource: 'checkpoints-topic',
    operation: 'READ',
    commands: ['plan', 'sync', 'migrate'],
    why: "MM2's checkpoints: groups, and the places that MM2 gives them",
    optional: 'exact',
    without: 'nothing is committed by checkpoints (`translation: checkpoint`); comparing records does without',
  },
  {
    side: 'target',
    resource: 'checkpoints-topic',
    operation: 'READ',
    commands: [...GATE, 'export'],
    why: 'how old checkpoints are; groups that only they tell of',
    optional: false,
    without: 'nothing is exported',
    unknownChecks: ['checkpoint-age'],
  },
  {
    side: 'target',
    resource: 'checkpoints-topic',
    operation: 'DESCRIBE_CONFIGS',
    commands: READING,
    why: 'warning of a topic that is not compacted',
    optional: true,
    without: 'nobody is warned of a topic that is not compacted',
  },
  {
    side: 'target',
    resource: 'groups',
    operation: 'DESCRIBE',
    commands: [...READING, 'rollback'],
    why: 'states, members, and what is committed now',
    optional: false,
    without: "the group's state is unknown, and nothing is committed, removed or saved for it",
    unknownChecks: ['no-skip', 'redelivered', 'coverage', 'activity', 'bounds'],
  },
  {
    side: 'target',
    resource: 'groups',
    operation: 'READ',
    commands: WRITING,
    why: 'OffsetCommit',
    optional: false,
    without: 'the broker refuses the commit',
  },
  {
    side: 'target',
    resource: 'groups',
    operation: 'DELETE',
    commands: ['rollback'],
    why: 'removing offsets, and groups, that were not there before',
    optional: false,
    without: 'what was not there before stays',
  },
  clusterDescribe('target'),
  {
    side: 'target',
    resource: 'target-topics',
    operation: 'DESCRIBE_CONFIGS',
    commands: GATE,
    why: "comparing the topics' configs",
    optional: false,
    without: 'the configs are not compared',
    unknownChecks: ['topic-configs'],
  },
  {
    side: 'target',
    resource: 'cluster',
    operation: 'DESCRIBE_CONFIGS',
    commands: GATE,
    why: 'offsets.retention.minutes',
    optional: false,
    without: 'nobody knows whether the offsets outlive the time to the cutover',
    unknownChecks: ['offsets-retention'],
  },
  {
    side: 'target',
    resource: 'replicated-heartbeats-topic',
    operation: 'READ',
    commands: GATE,
    why: 'the newest heartbeat that came from the source (with CustomMM2ReplicationPolicy the topic is `heartbeats`, on the source as well)',
    optional: false,
    without: 'nobody knows whether the whole way is open',
    unknownChecks: ['heartbeat'],
  },
];

/** KafkaApis.handleListGroupsRequest (KIP-231): with it all groups are listed, without it those that may be described. */
function clusterDescribe(side: Side): Permission {
  return {
    side,
    resource: 'cluster',
    operation: 'DESCRIBE',
    commands: READING,
    why: 'seeing that a group is there which may not be described; the ACLs',
    optional: true,
    without: 'groups that may not be described are left out by the brokers, without a word',
    unknownChecks: ['acls'],
  };
}

export interface PermissionsQuestion {
  readonly command: Command;
  readonly compares: boolean;
}

export function permissionsOf({ command, compares }: PermissionsQuestion): readonly Permission[] {
  return ACTION_PERMISSIONS.filter(
    ({ commands, exactOnly }) => commands.includes(command) && (compares || exactOnly !== true),
  );
}
