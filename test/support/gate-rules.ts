/** The rules of the gate as they are without any input; a test overrides what it is about. */
import type { GateRules } from '../../src/domain/cutover/gate-rules.ts';
import { type PatternList, parsePatternList } from '../../src/domain/patterns.ts';

export function gateRules(overrides: Partial<GateRules> = {}): GateRules {
  return {
    maxRedelivered: 0n,
    maxReplicationLag: 0n,
    maxCheckpointAgeMs: 300_000,
    activityWindowMs: 10_000,
    cutoverWithinMs: 259_200_000,
    requiredGroups: list(''),
    skipChecks: new Set(),
    groupRules: [],
    ...overrides,
  };
}

function list(text: string): PatternList {
  const parsed = parsePatternList(text);
  if ('problem' in parsed) throw new Error(parsed.problem.reason);
  return parsed.list;
}
