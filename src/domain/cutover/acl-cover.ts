/** Which ACLs of the source matter for the move, and which of them the target lacks. */
import type { Acl, CutoverFacts, SourceAcl } from './facts.ts';

/** Those on migrated topics and their groups, and the transactional ids of the principals that have these. */
export function relevantAcls(acls: readonly SourceAcl[], { topics, groups }: CutoverFacts): readonly SourceAcl[] {
  const topicNames = topics.map(({ sourceTopic }) => sourceTopic);
  const groupIds = groups.map(({ groupId }) => groupId);
  const named = acls.filter(({ resource, ...acl }) => {
    if (resource === 'transactional-id') return false;
    return (resource === 'topic' ? topicNames : groupIds).some((name) => concerns(acl, name));
  });
  const writers = new Set(named.filter(({ resource }) => resource === 'topic').map(({ principal }) => principal));
  const ids = acls.filter(({ resource, principal }) => resource === 'transactional-id' && writers.has(principal));
  return [...named, ...ids];
}

/** A `*` literal is every name. */
function concerns({ name, pattern }: Pick<Acl, 'name' | 'pattern'>, wanted: string): boolean {
  return pattern === 'prefixed' ? wanted.startsWith(name) : name === '*' || name === wanted;
}

/** One on the target that says at least as much. */
export function isCovered(acl: SourceAcl, target: readonly Acl[]): boolean {
  return target.some(
    (candidate) =>
      candidate.resource === acl.resource &&
      candidate.permission === acl.permission &&
      (candidate.principal === acl.principal || candidate.principal === 'User:*') &&
      (candidate.host === acl.host || candidate.host === '*') &&
      includesOperation(candidate, acl) &&
      reaches(candidate, acl),
  );
}

/** READ, WRITE, DELETE and ALTER bring DESCRIBE with them, when they allow (AclAuthorizer, StandardAuthorizer). */
function includesOperation(candidate: Acl, { operation, permission }: SourceAcl): boolean {
  if (candidate.operation === operation || candidate.operation === 'ALL') return true;
  return permission === 'allow' && operation === 'DESCRIBE' && IMPLY_DESCRIBE.has(candidate.operation);
}

const IMPLY_DESCRIBE: ReadonlySet<string> = new Set(['READ', 'WRITE', 'DELETE', 'ALTER']);

function reaches(candidate: Acl, { pattern, nameOnTarget }: SourceAcl): boolean {
  if (candidate.pattern === 'prefixed') return nameOnTarget !== '*' && nameOnTarget.startsWith(candidate.name);
  return candidate.name === '*' || (pattern === 'literal' && candidate.name === nameOnTarget);
}
