/** The tables of rights as docs/permissions.md shows them, and what follows from them: kafka-acls and IAM policies. */
import { ACTION_PERMISSIONS, permissionsOf } from '../domain/permissions/action-permissions.ts';
import {
  type GrantedRight,
  iamStatements,
  kafkaAclsLine,
  type NamedResource,
  type NamedResources,
} from '../domain/permissions/grants.ts';
import { iamActions } from '../domain/permissions/iam-actions.ts';
import { MM2_PERMISSIONS } from '../domain/permissions/mm2-permissions.ts';
import {
  type AclOperation,
  implies,
  type Permission,
  RESOURCE_TYPES,
  type ResourceKind,
  type Side,
} from '../domain/permissions/permission.ts';
import type { Command } from '../domain/verdicts.ts';

const WORDS: Readonly<Record<ResourceKind, string>> = {
  'source-topics': 'the migrated topics',
  'target-topics': 'their copies',
  'checkpoints-topic': 'topic `<source-alias>.checkpoints.internal`',
  'offset-syncs-topic': 'topic `mm2-offset-syncs.<target-alias>.internal`',
  'consumer-offsets-topic': 'topic `__consumer_offsets`',
  'heartbeats-topic': 'topic `heartbeats`',
  'replicated-heartbeats-topic': 'topic `<source-alias>.heartbeats`',
  'connect-topics': 'the worker’s three topics',
  'connect-group': 'the worker’s group',
  groups: 'the consumer groups',
  cluster: 'cluster',
};

/** `commands` in the order of the columns; a row for each right that one of them needs. */
export function renderActionPermissions(commands: readonly Command[]): string {
  const rows = ACTION_PERMISSIONS.filter((row) => commands.some((command) => row.commands.includes(command)));
  const head = `| Cluster | Resource | Operation | MSK IAM | ${commands.map((one) => `\`${one}\``).join(' | ')} | For | Without it |\n`;
  const rule = `| --- | --- | --- | --- | ${commands.map(() => '---').join(' | ')} | --- | --- |\n`;
  return head + rule + rows.map((row) => actionRow(row, commands)).join('');
}

function actionRow(row: Permission, commands: readonly Command[]): string {
  const { side, resource, operation, optional, exactOnly, why, without, unknownChecks = [] } = row;
  const mark = optional === 'exact' ? 'checkpoint' : optional ? '(✔)' : exactOnly === true ? 'exact' : '✔';
  const asked = commands.map((command) => (row.commands.includes(command) ? mark : ''));
  const unknown = unknownChecks.map((id) => `\`${id}\``).join(', ');
  const ofCheck = unknown === '' || !commands.includes('check') ? '' : `; \`check\`: unknown ${unknown}`;
  const cells = [
    side,
    WORDS[resource],
    operation,
    iamCell(resource, [operation]),
    ...asked,
    why,
    `${without}${ofCheck}`,
  ];
  return `| ${cells.join(' | ')} |\n`;
}

export function renderMm2Permissions(): string {
  const head = '| Who | Cluster | Resource | Operations | MSK IAM | For |\n| --- | --- | --- | --- | --- | --- |\n';
  const rows = MM2_PERMISSIONS.map(({ role, side, resource, operations, why }) => {
    const who = role === 'worker' ? 'Connect worker' : `${role} connector`;
    return `| ${[who, side, WORDS[resource], operations.join(', '), iamCell(resource, operations), why].join(' | ')} |\n`;
  });
  return head + rows.join('');
}

function iamCell(resource: ResourceKind, operations: readonly AclOperation[]): string {
  const actions = operations.flatMap((operation) => iamActions(RESOURCE_TYPES[resource], operation));
  return [...new Set(actions)].map((action) => `\`${action.replace('kafka-cluster:', '')}\``).join(', ');
}

/** A migration of topics that begin with `orders`, read by groups that begin with `billing`. */
const EXAMPLE: Readonly<Partial<Record<ResourceKind, NamedResource>>> = {
  'source-topics': { type: 'topic', name: 'orders', prefixed: true },
  'target-topics': { type: 'topic', name: 'msksource.orders', prefixed: true },
  'checkpoints-topic': { type: 'topic', name: 'msksource.checkpoints.internal' },
  'offset-syncs-topic': { type: 'topic', name: 'mm2-offset-syncs.mskdest.internal' },
  'replicated-heartbeats-topic': { type: 'topic', name: 'msksource.heartbeats' },
  groups: { type: 'group', name: 'billing', prefixed: true },
  cluster: { type: 'cluster', name: '' },
};
const BOOTSTRAP: Readonly<Record<Side, string>> = { source: 'old:9096', target: 'new:9096' };

interface Purpose {
  readonly title: string;
  readonly commands: readonly Command[];
}

const PURPOSES: readonly Purpose[] = [
  { title: 'Read-only: `plan`, `check`, `export`, dry runs', commands: ['plan', 'check', 'export'] },
  { title: '`sync` (for `migrate`: these, and those of `check`)', commands: ['sync'] },
  { title: '`rollback`', commands: ['rollback'] },
];

/** What a purpose needs on one side, with what is implied by another right left out. */
function grantsOf({ commands }: Purpose, side: Side): ReadonlyMap<ResourceKind, readonly AclOperation[]> {
  const grants = new Map<ResourceKind, AclOperation[]>();
  const rows = commands.flatMap((command) => permissionsOf({ command, compares: true }));
  for (const row of rows.filter((one) => one.side === side)) {
    const operations = grants.get(row.resource) ?? [];
    if (!operations.includes(row.operation)) grants.set(row.resource, [...operations, row.operation]);
  }
  return new Map(
    [...grants].map(([resource, operations]) => {
      const implied = new Set(operations.map(implies));
      return [resource, operations.filter((operation) => !implied.has(operation))];
    }),
  );
}

/** Commands to paste, one block for each purpose. */
export function renderAclCommands(): string {
  return PURPOSES.map((purpose) => {
    const lines = (['source', 'target'] as const).flatMap((side) =>
      [...grantsOf(purpose, side)].map(([resource, operations]) =>
        kafkaAclsLine(BOOTSTRAP[side], 'User:mm2-offsets', namesOf(exampleOf(resource)), operations),
      ),
    );
    return `${purpose.title}:\n\n\`\`\`sh\n${lines.join('\n')}\n\`\`\`\n`;
  }).join('\n');
}

const ARN = 'arn:aws:kafka:eu-west-1:111122223333';
const CLUSTER = 'new/6e8d5e4c-0000-0000-0000-000000000000-1';

/** Policies for MSK as the target, one for each purpose; the source's is the same with its own rows. */
export function renderIamPolicies(): string {
  return PURPOSES.map((purpose) => {
    const rights: GrantedRight[] = [...grantsOf(purpose, 'target')].flatMap(([resource, operations]) =>
      operations.map((operation) => ({ ...exampleOf(resource), operation })),
    );
    const statements = iamStatements(rights, arnOf).map(({ actions, resources }) => {
      return { Effect: 'Allow', Action: actions, Resource: resources };
    });
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements }, null, 2);
    return `<details>\n<summary>${purpose.title.replaceAll('`', '')}</summary>\n\n\`\`\`json\n${policy}\n\`\`\`\n\n</details>\n`;
  }).join('\n');
}

function arnOf({ type, name, prefixed }: NamedResource): string {
  return type === 'cluster' ? `${ARN}:cluster/${CLUSTER}` : `${ARN}:${type}/${CLUSTER}/${name}${prefixed ? '*' : ''}`;
}

function namesOf({ name, ...rest }: NamedResource): NamedResources {
  return { ...rest, names: [name] };
}

function exampleOf(resource: ResourceKind): NamedResource {
  const example = EXAMPLE[resource];
  if (example === undefined) throw new TypeError(`no example of ${resource}`);
  return example;
}
