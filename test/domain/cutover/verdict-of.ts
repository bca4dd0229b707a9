import type { CheckId } from '../../../src/domain/cutover/check.ts';
import type {
  CutoverFacts,
  GroupFacts,
  GroupPartitionFacts,
  Phase,
  TopicFacts,
} from '../../../src/domain/cutover/facts.ts';
import type { GateRules } from '../../../src/domain/cutover/gate-rules.ts';
import { type CheckResult, judgeCutover } from '../../../src/domain/cutover/judge-cutover.ts';
import { goodFacts, group, groupPartition } from '../../support/cutover-facts.ts';
import { gateRules } from '../../support/gate-rules.ts';

/** What one check says of these facts. */
export function checkOf(id: CheckId, facts: CutoverFacts, rules: Partial<GateRules> = {}): CheckResult {
  const found = judgeCutover(facts, gateRules(rules)).checks.find((check) => check.id === id);
  if (found === undefined) throw new Error(`no check ${id}`);
  return found;
}

/** `fail: would re-read 3 records`. */
export function saidOf(id: CheckId, facts: CutoverFacts, rules: Partial<GateRules> = {}): string {
  const { verdict, seen } = checkOf(id, facts, rules);
  return `${verdict}: ${seen}`;
}

export function withPartition(phase: Phase, overrides: Partial<GroupPartitionFacts>): CutoverFacts {
  return withGroup(phase, { partitions: [groupPartition(overrides)] });
}

export function withGroup(phase: Phase, overrides: Partial<GroupFacts>): CutoverFacts {
  return goodFacts(phase, { groups: [group(overrides)] });
}

export function withTopic(phase: Phase, overrides: Partial<TopicFacts>): CutoverFacts {
  const [first] = goodFacts(phase).topics;
  if (first === undefined) throw new Error('the good facts have no topic');
  return goodFacts(phase, { topics: [{ ...first, ...overrides }] });
}
