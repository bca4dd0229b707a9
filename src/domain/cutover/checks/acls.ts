import { isCovered, relevantAcls } from '../acl-cover.ts';
import { type Check, fail, noThreshold, ofWhole, pass, type Seen, unknown } from '../check.ts';
import type { CutoverFacts, SourceAcl } from '../facts.ts';

export const acls: Check = {
  id: 'acls',
  title: 'the target allows what the source allows',
  next: 'Add them on the target: MM2 copies READ on literal topics at most, never WRITE, groups, prefixes or transactional ids.',
  threshold: noThreshold,
  judge: ({ facts }) => [ofWhole(judgeAcls(facts))],
};

const MAX_NAMED = 5;

function judgeAcls(facts: CutoverFacts): Seen {
  if (facts.acls.kind === 'unknown') return unknown(`the ACLs are not known: ${facts.acls.why}`, MAY_DESCRIBE);
  const { source, target } = facts.acls.value;
  if (source === null) return pass('the source has no authorizer');
  if (target === null) return pass('the target has no authorizer: it allows everything');
  const relevant = relevantAcls(source, facts);
  const missing = relevant.filter((acl) => !isCovered(acl, target));
  if (missing.length === 0) return pass(`${relevant.length} of the source, none missing`);
  const more = missing.length > MAX_NAMED ? ` and ${missing.length - MAX_NAMED} more` : '';
  return fail(`missing on the target: ${missing.slice(0, MAX_NAMED).map(words).join('; ')}${more}`);
}

const MAY_DESCRIBE =
  'Grant DESCRIBE on the cluster of both sides; where the target knows no ACLs (IAM), compare the policies yourself and leave the check out.';

function words({ principal, permission, operation, resource, pattern, nameOnTarget, host }: SourceAcl): string {
  const where = host === '*' ? '' : ` from ${host}`;
  return `${principal}${where} ${permission} ${operation} on ${pattern === 'prefixed' ? `${resource}s with prefix` : resource} ${nameOnTarget}`;
}
