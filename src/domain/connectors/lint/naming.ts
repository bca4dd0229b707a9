/** How replication policies name the copies on the target. */
import type { Certainty } from './certainty.ts';
import type { LintedConnector } from './linted-connector.ts';

const POLICY = 'replication.policy.class';
const SAME_NAMES = /(?:^|\.)(?:IdentityReplicationPolicy|CustomMM2ReplicationPolicy)$/;
const PREFIXED = /(?:^|\.)DefaultReplicationPolicy$/;

export function keepsNames(connector: LintedConnector): boolean {
  return SAME_NAMES.test(connector.value(POLICY) ?? '');
}

/** Whether a topic of the source has the same name on the target, whichever of the two copies it. */
export function namesAlike(a: LintedConnector, b: LintedConnector): Certainty {
  const policies = [a, b].map((one) => one.value(POLICY) ?? '');
  if (!policies.every((policy) => SAME_NAMES.test(policy) || PREFIXED.test(policy))) return 'maybe';
  if (keepsNames(a) !== keepsNames(b)) return 'no';
  if (keepsNames(a)) return 'yes';
  const [mine, theirs] = [prefixOf(a), prefixOf(b)];
  if (mine === theirs) return 'yes';
  return `${mine}${theirs}`.includes('${') ? 'maybe' : 'no';
}

function prefixOf(connector: LintedConnector): string {
  return (connector.value('source.cluster.alias') ?? '') + (connector.value('replication.policy.separator') ?? '');
}
