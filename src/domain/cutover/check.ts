/** What a check of the gate is, and what it says. */
import type { CutoverFacts, GroupFacts, Phase, TopicFacts } from './facts.ts';
import { type GateRules, type RulesOfGroup, rulesOf } from './gate-rules.ts';

export const CHECK_IDS = [
  'no-skip',
  'redelivered',
  'coverage',
  'hidden-groups',
  'no-source-commit',
  'replication-lag',
  'source-retention',
  'checkpoint-age',
  'activity',
  'appends',
  'moved',
  'connectors',
  'connector-drift',
  'mm2-version',
  'heartbeat',
  'partitions',
  'topic-configs',
  'acls',
  'offsets-retention',
  'transactions',
  'bounds',
  'identity',
  'rollback',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/** Unknown never passes. `not-asked`: the phase does not ask it, or skip-checks leaves it out. */
export const CHECK_VERDICTS = ['pass', 'fail', 'unknown', 'not-asked'] as const;
export type CheckVerdict = (typeof CHECK_VERDICTS)[number];

export const SUBJECT_KINDS = ['group', 'topic', 'connector', 'cluster'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** What one opinion is about. A topic goes by its name on the source. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly name: string;
}

export interface Seen {
  readonly verdict: 'pass' | 'fail' | 'unknown';
  /** With a subject, a clause that goes on after its name (`would re-read 3 records`); else one by itself. */
  readonly seen: string;
  /** What to do about it, where the check's own advice does not fit. */
  readonly next?: string;
  /** Passes, and somebody should know all the same. */
  readonly warning?: string;
}

export interface Opinion extends Seen {
  /** null: the system as a whole. */
  readonly subject: Subject | null;
}

/** All that a check may look at. */
export interface Gate {
  readonly facts: CutoverFacts;
  readonly phase: Phase;
  readonly rules: GateRules;
  rulesOf(groupId: string): RulesOfGroup;
  /** By its name on the source. */
  topicOf(sourceTopic: string): TopicFacts | undefined;
}

export interface Check {
  readonly id: CheckId;
  /** What holds when it passes, in a few words. */
  readonly title: string;
  /** What to do when it does not pass. */
  readonly next: string;
  /** null: nothing to compare with. */
  threshold(gate: Gate): string | null;
  judge(gate: Gate): readonly Opinion[];
}

export function gateOf(facts: CutoverFacts, rules: GateRules): Gate {
  const known = new Map<string, RulesOfGroup>();
  const topics = new Map(facts.topics.map((topic) => [topic.sourceTopic, topic]));
  return {
    facts,
    rules,
    phase: facts.phase,
    rulesOf(groupId) {
      const found = known.get(groupId) ?? rulesOf(groupId, rules);
      known.set(groupId, found);
      return found;
    },
    topicOf: (sourceTopic) => topics.get(sourceTopic),
  };
}

export function pass(seen: string, warning?: string): Seen {
  return warning === undefined ? { verdict: 'pass', seen } : { verdict: 'pass', seen, warning };
}

export function fail(seen: string, next?: string): Seen {
  return next === undefined ? { verdict: 'fail', seen } : { verdict: 'fail', seen, next };
}

export function unknown(seen: string, next?: string): Seen {
  return next === undefined ? { verdict: 'unknown', seen } : { verdict: 'unknown', seen, next };
}

export function noThreshold(): null {
  return null;
}

export function ofGroup(group: GroupFacts, seen: Seen): Opinion {
  return { ...seen, subject: { kind: 'group', name: group.groupId } };
}

export function ofTopic(topic: TopicFacts, seen: Seen): Opinion {
  return { ...seen, subject: { kind: 'topic', name: topic.sourceTopic } };
}

export function ofWhole(seen: Seen): Opinion {
  return { ...seen, subject: null };
}

/** The worst of several: a failure is certain, an unknown may still be one. */
export function worst(seen: readonly Seen[], whenEmpty: Seen): Seen {
  return (
    seen.find(({ verdict }) => verdict === 'fail') ??
    seen.find(({ verdict }) => verdict === 'unknown') ??
    seen[0] ??
    whenEmpty
  );
}
