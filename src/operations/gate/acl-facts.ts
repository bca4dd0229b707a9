/** ACLs of both sides in the gate's words. */
import type { ReplicationPolicy } from '../../domain/checkpoints/replication-policy.ts';
import type { Acl, AclFacts, Known, SourceAcl } from '../../domain/cutover/facts.ts';
import type { AclEntry, AclsReading, GateReader } from './gate-ports.ts';
import { known, unknown } from './known.ts';

export async function readAclFacts(
  source: GateReader,
  target: GateReader,
  policy: ReplicationPolicy,
): Promise<Known<AclFacts>> {
  const [onSource, onTarget] = await Promise.all([source.acls(), target.acls()]);
  if (onSource.kind === 'unreadable') return unknown(whyUnreadable('source', onSource.error));
  if (onTarget.kind === 'unreadable') return unknown(whyUnreadable('target', onTarget.error));
  return known({
    source: rulesOf(onSource)?.map((acl) => ({ ...acl, nameOnTarget: nameOnTarget(acl, policy) })) ?? null,
    target: rulesOf(onTarget),
  });
}

function whyUnreadable(side: 'source' | 'target', error: string): string {
  const missing = error === 'CLUSTER_AUTHORIZATION_FAILED' ? ', which needs DESCRIBE on the cluster' : '';
  return `the ${side} does not show its ACLs${missing} (${error})`;
}

/** null: no authorizer. */
function rulesOf(reading: Exclude<AclsReading, { kind: 'unreadable' }>): readonly Acl[] | null {
  return reading.kind === 'no-authorizer' ? null : reading.acls.flatMap(ruleOf);
}

const RESOURCES: ReadonlyMap<string, Acl['resource']> = new Map([
  ['TOPIC', 'topic'],
  ['GROUP', 'group'],
  ['TRANSACTIONAL_ID', 'transactional-id'],
]);

function ruleOf({ resourceType, patternType, name, principal, host, operation, permission }: AclEntry): Acl[] {
  const resource = RESOURCES.get(resourceType);
  if (resource === undefined) return [];
  const pattern = patternType === 'PREFIXED' ? 'prefixed' : 'literal';
  return [
    { resource, name, pattern, principal, host, operation, permission: permission === 'DENY' ? 'deny' : 'allow' },
  ];
}

/** A policy that puts a prefix before a name does the same with the beginning of one. */
function nameOnTarget({ resource, name }: Acl, policy: ReplicationPolicy): SourceAcl['nameOnTarget'] {
  return resource === 'topic' && name !== '*' ? policy.targetTopic(name) : name;
}
