/** How a right is granted: as a line of kafka-acls, or as IAM actions. Kafka's tool spells operations in one word. */
import { CONNECT_ACTION, iamActions } from './iam-actions.ts';
import type { AclOperation, ResourceType } from './permission.ts';

/** A resource by its name; `prefixed`: all whose names begin so. */
export interface NamedResource {
  readonly type: ResourceType;
  /** Nothing for the cluster. */
  readonly name: string;
  readonly prefixed?: boolean;
}

/** Several resources of one type. */
export interface NamedResources {
  readonly type: ResourceType;
  readonly names: readonly string[];
  readonly prefixed?: boolean;
}

/** One command to paste. `bootstrapServers` and `principal` are quoted where a shell would read more into them. */
export function kafkaAclsLine(
  bootstrapServers: string,
  principal: string,
  { type, names, prefixed }: NamedResources,
  operations: readonly AclOperation[],
): string {
  const resource = type === 'cluster' ? '--cluster' : names.map((name) => `--${type} ${shellWord(name)}`).join(' ');
  const pattern = prefixed === true ? ' --resource-pattern-type prefixed' : '';
  const asked = operations.map((operation) => `--operation ${aclToolWord(operation)}`).join(' ');
  return (
    `kafka-acls --bootstrap-server ${shellWord(bootstrapServers)} --add ` +
    `--allow-principal ${shellWord(principal)} ${asked} ${resource}${pattern}`
  );
}

/** DESCRIBE_CONFIGS → DescribeConfigs. */
function aclToolWord(operation: AclOperation): string {
  return operation
    .split('_')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join('');
}

function shellWord(text: string): string {
  return /^[\w.:,=/@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

export interface IamStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export interface GrantedRight extends NamedResource {
  readonly operation: AclOperation;
}

/** Resources with the same actions in one statement; kafka-cluster:Connect comes first, with what the cluster needs. */
export function iamStatements(
  rights: readonly GrantedRight[],
  arn: (resource: NamedResource) => string,
): readonly IamStatement[] {
  const byResource = new Map<string, Set<string>>([[arn({ type: 'cluster', name: '' }), new Set([CONNECT_ACTION])]]);
  for (const right of rights) {
    const actions = byResource.get(arn(right)) ?? new Set();
    for (const action of iamActions(right.type, right.operation)) actions.add(action);
    byResource.set(arn(right), actions);
  }
  const byActions = new Map<string, string[]>();
  for (const [resource, actions] of byResource) {
    const [connect, ...rest] = [...actions].sort((a, b) => order(a) - order(b) || (a < b ? -1 : 1));
    const key = [connect, ...rest].join(' ');
    byActions.set(key, [...(byActions.get(key) ?? []), resource]);
  }
  return [...byActions].map(([actions, resources]) => ({ actions: actions.split(' '), resources }));
}

function order(action: string): number {
  return action === CONNECT_ACTION ? 0 : 1;
}
