/** What somebody asked of the gate: thresholds, required groups, checks left out. */
import type { PatternList } from '../patterns.ts';
import type { CheckId } from './check.ts';

export interface GateRules {
  /** Records that a group may read again over all its partitions. */
  readonly maxRedelivered: bigint;
  /** Data records of one partition that may still have to be copied. Decommission allows none. */
  readonly maxReplicationLag: bigint;
  readonly maxCheckpointAgeMs: number;
  readonly activityWindowMs: number;
  readonly cutoverWithinMs: number;
  /** Each item must match a group that is seen, and every group that it matches must be ready. */
  readonly requiredGroups: PatternList;
  readonly skipChecks: ReadonlySet<CheckId>;
  /** In the order of the file; the first one that matches a group counts for it. */
  readonly groupRules: readonly GroupRule[];
}

/** null: as for every group. */
export interface GroupRule {
  readonly groups: PatternList;
  readonly required: boolean;
  readonly maxRedelivered: bigint | null;
  readonly maxCheckpointAgeMs: number | null;
  /** Left out for these groups, beside those left out for all. */
  readonly skipChecks: ReadonlySet<CheckId>;
}

/** What holds for one group. */
export interface RulesOfGroup {
  readonly required: boolean;
  readonly maxRedelivered: bigint;
  readonly maxCheckpointAgeMs: number;
  readonly skipChecks: ReadonlySet<CheckId>;
}

export function rulesOf(groupId: string, rules: GateRules): RulesOfGroup {
  const own = rules.groupRules.find(({ groups }) => groups.matches(groupId));
  return {
    required: rules.requiredGroups.matches(groupId) || own?.required === true,
    maxRedelivered: own?.maxRedelivered ?? rules.maxRedelivered,
    maxCheckpointAgeMs: own?.maxCheckpointAgeMs ?? rules.maxCheckpointAgeMs,
    skipChecks: own === undefined ? NONE : own.skipChecks,
  };
}

const NONE: ReadonlySet<CheckId> = new Set();
