/** One message for each right that is missing: side, principal, operation, resources, what is lost, what to grant. */
import type { Finding } from '../finding.ts';
import type { PermissionsQuestion } from './action-permissions.ts';
import { permissionsOf } from './action-permissions.ts';
import { kafkaAclsLine } from './grants.ts';
import { CONNECT_ACTION, iamActions } from './iam-actions.ts';
import { type AclOperation, isOptional, type ResourceKind, type ResourceType, type Side } from './permission.ts';
import type { Refusal } from './refusal.ts';

/** Whom the brokers of one side see. */
export interface Identity {
  /** As ACLs spell it (`User:alice`), or a clause for people where IAM decides. */
  readonly principal: string;
  readonly scheme: 'acl' | 'iam';
  readonly bootstrapServers: readonly string[];
}

/** MM2's own topics, which the tables list by themselves. */
export interface InternalNames {
  readonly checkpointsTopic: string;
  readonly offsetSyncsTopic: string;
  readonly heartbeatsTopic: string;
}

export interface MissingRightsQuestion extends PermissionsQuestion {
  readonly names: InternalNames;
  readonly identities: Readonly<Record<Side, Identity | null>>;
}

/** Refusals that are one right: the same operation on the same kind of resource. */
export interface MissingRight {
  readonly side: Side;
  readonly operation: AclOperation;
  readonly type: ResourceType;
  readonly kind: ResourceKind;
  /** Sorted. */
  readonly names: readonly string[];
}

const MAX_NAMED = 5;

export function missingRights(refusals: Iterable<Refusal>, names: InternalNames): readonly MissingRight[] {
  const byRight = new Map<string, MissingRight>();
  for (const refusal of refusals) {
    const { side, operation, type, name } = refusal;
    const kind = kindOf(refusal, names);
    const key = `${side} ${operation} ${type} ${kind}`;
    const before = byRight.get(key)?.names ?? [];
    const all = before.includes(name) ? before : [...before, name].sort();
    byRight.set(key, { side, operation, type, kind, names: all });
  }
  return [...byRight.values()];
}

/** The row of the tables that a refusal is about; a right that they do not list counts as one on data topics. */
export function kindOf({ side, type, name }: Refusal, names: InternalNames): ResourceKind {
  if (type === 'cluster') return 'cluster';
  if (type === 'group') return 'groups';
  if (name === names.checkpointsTopic) return 'checkpoints-topic';
  if (name === names.offsetSyncsTopic) return 'offset-syncs-topic';
  if (name === names.heartbeatsTopic) return 'replicated-heartbeats-topic';
  if (name === CONSUMER_OFFSETS) return 'consumer-offsets-topic';
  return side === 'source' ? 'source-topics' : 'target-topics';
}

export const CONSUMER_OFFSETS = '__consumer_offsets';

export function missingRightFinding(right: MissingRight, question: MissingRightsQuestion): Finding {
  const rows = rowsOf(right, question);
  return {
    rule: 'permission-missing',
    severity: rows.length > 0 && rows.every((row) => isOptional(row, question.compares)) ? 'notice' : 'warning',
    where: right.side,
    message: whatIsMissing(right, question),
    hint: howToGrant(right, question),
  };
}

/** Two sentences: who is refused what, and what becomes of it. */
export function whatIsMissing(right: MissingRight, question: MissingRightsQuestion): string {
  const { side, operation } = right;
  const who = question.identities[side]?.principal ?? 'the principal';
  const lost = rowsOf(right, question).map(({ without }) => without);
  const consequence = lost.length === 0 ? '' : ` Without it, ${lost.join('; ')}.`;
  return `The ${side} refuses ${who} ${operation} on ${resources(right)}.${consequence}`;
}

function rowsOf({ side, operation, kind }: MissingRight, question: MissingRightsQuestion) {
  if (kind === 'consumer-offsets-topic') return [ONLY_WHERE_NO_GROUP_IS];
  // The offset syncs may be on either side.
  return permissionsOf(question).filter(
    (row) => row.resource === kind && row.operation === listedAs(operation, kind) && isOn(row.side, side, kind),
  );
}

const ONLY_WHERE_NO_GROUP_IS = {
  without: 'nobody can tell a cluster that has no group yet from one that hides them all: no group can be read',
  optional: false,
} as const;

function isOn(listed: Side, seen: Side, kind: ResourceKind): boolean {
  return listed === seen || kind === 'offset-syncs-topic';
}

/** Who may READ may DESCRIBE, so that of MM2's own topics only READ is listed, and to be granted. */
function listedAs(refused: AclOperation, kind: ResourceKind): AclOperation {
  return refused === 'DESCRIBE' && READ_ALONE.has(kind) ? 'READ' : refused;
}

const READ_ALONE: ReadonlySet<ResourceKind> = new Set([
  'checkpoints-topic',
  'offset-syncs-topic',
  'replicated-heartbeats-topic',
]);

function resources({ type, names }: MissingRight): string {
  if (type === 'cluster') return 'the cluster';
  const shown = names.slice(0, MAX_NAMED).join(', ');
  const more = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return `the ${type}${names.length === 1 ? '' : 's'} ${shown}${more}`;
}

/** Names first, so that it can be pasted; where there are many, what is left is said after the command. */
export function howToGrant(right: MissingRight, { identities }: MissingRightsQuestion): string {
  const { side, type, kind, names } = right;
  const identity = identities[side];
  const operation = listedAs(right.operation, kind);
  if (identity?.scheme === 'iam') {
    const actions = iamActions(type, operation).join(' and ');
    return `Allow ${actions} on ${resources(right)} in the policy of that identity (with ${CONNECT_ACTION} on the cluster).`;
  }
  if (identity === null) return `Grant ${operation} on ${resources(right)}.`;
  const line = kafkaAclsLine(
    identity.bootstrapServers.join(','),
    identity.principal,
    { type, names: names.slice(0, MAX_NAMED) },
    [operation],
  );
  const rest = names.length > MAX_NAMED ? ` (and ${names.length - MAX_NAMED} more, or a prefix of them)` : '';
  return `Grant it: ${line}${rest}`;
}
