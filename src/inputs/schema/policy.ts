import type { InputSpec } from './input-spec.ts';

export const POLICY_INPUTS = [
  {
    name: 'replication-policy',
    group: 'policy',
    kind: 'text',
    default: 'default',
    description:
      'How MirrorMaker 2 names topics on the target: `default` puts the source alias before the name, `identity` keeps it. The class name from the connector files is taken too.',
    importance: 'first',
  },
  {
    name: 'replication-policy-separator',
    group: 'policy',
    kind: 'text',
    default: '.',
    description: 'What stands between alias and topic name (`replication.policy.separator`).',
    importance: 'rest',
  },
  {
    name: 'replication-policy-internal-topic-separator-enabled',
    group: 'policy',
    kind: 'boolean',
    default: 'true',
    description:
      '`false` if MirrorMaker 2 names its internal topics with `.` although another separator is set, as versions before 3.1 did.',
    importance: 'rest',
  },
  {
    name: 'offset-syncs-topic-location',
    group: 'policy',
    kind: 'choice',
    choices: ['source', 'target'],
    default: 'source',
    description: 'Cluster that holds the offset-syncs topic of MirrorMaker 2 (`offset-syncs.topic.location`).',
    importance: 'rest',
  },
  {
    name: 'topics',
    group: 'policy',
    kind: 'list',
    default: '.*',
    description:
      'Source topics that generated connectors copy and whose offsets count: names or Java regular expressions, separated by commas.',
    importance: 'rest',
  },
  {
    name: 'topics-exclude',
    group: 'policy',
    kind: 'list',
    default: '.*[\\-\\.]internal,.*\\.replica,__.*',
    description: 'Topics left out, names or patterns. The default is that of MirrorMaker 2.',
    importance: 'rest',
  },
  {
    name: 'groups',
    group: 'policy',
    kind: 'list',
    default: '.*',
    description: 'Consumer groups to sync: names or Java regular expressions, separated by commas.',
    importance: 'first',
  },
  {
    name: 'groups-exclude',
    group: 'policy',
    kind: 'list',
    default: 'console-consumer-.*,connect-.*,__.*',
    description: 'Consumer groups left out, names or patterns. The default is that of MirrorMaker 2.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];
