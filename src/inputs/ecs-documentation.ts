/** What the task of Connect may do on Amazon MSK, as deploy/ecs shows it: its table, and the statements of its template. */
import { connectRights, type MskRights } from '../domain/ecs/connect-rights.ts';
import type { ResourceKind, Side } from '../domain/permissions/permission.ts';

const WORDS: Readonly<Partial<Record<ResourceKind, string>>> = {
  'source-topics': '`topic/…` of `topics`',
  'target-topics': '`topic/…` of their copies',
  'checkpoints-topic': '`topic/…/<source-alias>.checkpoints.internal`',
  'offset-syncs-topic': '`topic/…/mm2-offset-syncs.<target-alias>.internal`',
  'heartbeats-topic': '`topic/…/heartbeats`',
  'replicated-heartbeats-topic': '`topic/…/<source-alias>.heartbeats`',
  'connect-topics': '`topic/…/<group.id>-configs`, `-offsets`, `-status`',
  'connect-group': '`group/…/<group.id>`',
  groups: '`group/…` of `groups`',
  cluster: '`cluster/…`',
};

/** Action → why, a row for each action on each kind of resource. */
export function renderMskRights(): string {
  const rows = (['source', 'target'] as const).flatMap((side) =>
    connectRights(side, 'source').flatMap(({ resource, actions }) =>
      actions.map(({ action, why }) => `| ${side} | ${WORDS[resource]} | \`${action}\` | ${why.join('; ')} |\n`),
    ),
  );
  return `| Cluster | Resource | Action | Why |\n| --- | --- | --- | --- |\n${rows.join('')}`;
}

const INDENT = ' '.repeat(16);

/** Statements of the template. Those of the offset syncs stand on both sides, under their condition. */
export function renderMskStatements(side: Side): string {
  return connectRights(side, side)
    .map((rights) => {
      const lines = statementLines(rights);
      if (rights.resource !== 'offset-syncs-topic') return `${INDENT}- ${lines.join(`\n${INDENT}  `)}\n`;
      const condition = side === 'source' ? 'OffsetSyncsOnSource' : 'OffsetSyncsOnTarget';
      const branches = [condition, lines.join(`\n${INDENT}      `), '!Ref AWS::NoValue'];
      return `${INDENT}- !If\n${branches.map((branch) => `${INDENT}    - ${branch}\n`).join('')}`;
    })
    .join('');
}

function statementLines({ side, resource, actions }: MskRights): readonly string[] {
  return [
    `Sid: ${sidOf(resource)}`,
    'Effect: Allow',
    'Action:',
    ...actions.map(({ action }) => `  - ${action}`),
    ...resourceLines(side === 'source' ? 'Source' : 'Target', resource),
  ];
}

/** connect-topics → ConnectTopics. */
function sidOf(resource: ResourceKind): string {
  return resource.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** What of the template's parameters names each resource; nothing but lists of ARNs can hold several. */
function resourceLines(side: 'Source' | 'Target', resource: ResourceKind): readonly string[] {
  const cluster = `${side}ClusterArn`;
  switch (resource) {
    case 'cluster':
      return [`Resource: !Ref ${cluster}`];
    case 'source-topics':
    case 'target-topics':
      return [`Resource: !Ref ${side}TopicArns`];
    case 'groups':
      return [`Resource: !Ref ${side}GroupArns`];
    case 'connect-group':
      return [`Resource: ${arnText(cluster, 'group', parameter('Group'))}`];
    case 'connect-topics':
      return [
        'Resource:',
        ...['configs', 'offsets', 'status'].map(
          (topic) => `  - ${arnText(cluster, 'topic', `${parameter('Group')}-${topic}`)}`,
        ),
      ];
    default:
      return [`Resource: ${arnText(cluster, 'topic', TOPIC_NAMES[resource] ?? '')}`];
  }
}

const TOPIC_NAMES: Readonly<Partial<Record<ResourceKind, string>>> = {
  'checkpoints-topic': parameter('CheckpointsTopic'),
  'offset-syncs-topic': parameter('OffsetSyncsTopic'),
  'heartbeats-topic': 'heartbeats',
  'replicated-heartbeats-topic': parameter('HeartbeatsCopy'),
};

/** CloudFormation replaces no text: split at what goes, joined by what comes. */
function arnText(cluster: string, type: 'topic' | 'group', name: string): string {
  return `!Sub ['\${Of}/${name}', {Of: !Join [':${type}/', !Split [':cluster/', !Ref ${cluster}]]}]`;
}

/** As Fn::Sub reads it. */
function parameter(name: string): string {
  return `\${${name}}`;
}
