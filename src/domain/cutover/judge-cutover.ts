/** The gate's verdict: every check that the phase asks, and what it means for each group. */
import { plural } from '../figures.ts';
import { type Check, type CheckId, type CheckVerdict, type Gate, gateOf, type Opinion, type Subject } from './check.ts';
import { CHECK_TABLE, type CheckRow } from './check-table.ts';
import type { CutoverFacts, Phase } from './facts.ts';
import type { GateRules } from './gate-rules.ts';
import { type GroupReadiness, groupReadiness } from './group-readiness.ts';

export const CASE_VERDICTS = ['fail', 'unknown', 'not-asked'] as const;

/** One subject that does not pass, or that was left out for a rule of its own. */
export interface CheckCase extends Subject {
  readonly verdict: (typeof CASE_VERDICTS)[number];
  /** A clause that goes on after the name. */
  readonly seen: string;
}

export interface CheckResult {
  readonly id: CheckId;
  /** Its number among the twelve. */
  readonly number: number;
  readonly title: string;
  readonly verdict: CheckVerdict;
  readonly seen: string;
  readonly threshold: string | null;
  /** What to do; null when it passes or is not asked. */
  readonly next: string | null;
  readonly warnings: readonly string[];
  readonly cases: readonly CheckCase[];
}

export interface CutoverJudgement {
  readonly phase: Phase;
  /** Every check that was asked passes, and at least one was asked. */
  readonly ready: boolean;
  /** All checks of the table in its order, also those not asked. */
  readonly checks: readonly CheckResult[];
  readonly groups: readonly GroupReadiness[];
}

export function judgeCutover(facts: CutoverFacts, rules: GateRules): CutoverJudgement {
  const gate = gateOf(facts, rules);
  const opinions = new Map<CheckId, readonly Opinion[]>();
  const checks = CHECK_TABLE.map((row) => {
    const left = whyNotAsked(row, gate);
    if (left !== null) return notAsked(row, left);
    const said = row.check.judge(gate);
    opinions.set(row.check.id, said);
    return resultOf(row, gate, said);
  });
  const asked = checks.filter(({ verdict }) => verdict !== 'not-asked');
  return {
    phase: facts.phase,
    ready: asked.length > 0 && asked.every(({ verdict }) => verdict === 'pass'),
    checks,
    groups: groupReadiness(gate, opinions),
  };
}

/** Left out by somebody, not by the phase: the verdict line repeats it. */
export function isSkipped({ verdict, seen }: CheckResult): boolean {
  return verdict === 'not-asked' && seen !== NOT_IN_PHASE;
}

const NOT_IN_PHASE = 'the phase does not ask it';

function whyNotAsked({ check, phases }: CheckRow, { phase, rules }: Gate): string | null {
  if (!phases.includes(phase)) return NOT_IN_PHASE;
  return rules.skipChecks.has(check.id) ? 'left out by skip-checks' : null;
}

function notAsked({ check, number }: CheckRow, seen: string): CheckResult {
  const { id, title } = check;
  return { id, number, title, verdict: 'not-asked', seen, threshold: null, next: null, warnings: [], cases: [] };
}

function resultOf({ check, number }: CheckRow, gate: Gate, said: readonly Opinion[]): CheckResult {
  const excused = said.filter((opinion) => isExcused(check.id, opinion, gate));
  const counted = excused.length === 0 ? said : said.filter((opinion) => !isExcused(check.id, opinion, gate));
  const failed = counted.filter(({ verdict }) => verdict === 'fail');
  const unknown = counted.filter(({ verdict }) => verdict === 'unknown');
  const verdict = verdictOf(failed.length, unknown.length, counted.length === 0 && excused.length > 0);
  const troubled = [...failed, ...unknown];
  return {
    id: check.id,
    number,
    title: check.title,
    verdict,
    seen: troubled.length > 0 ? troubleWords(troubled, counted) : passWords(counted, excused),
    threshold: check.threshold(gate),
    next: troubled.length > 0 ? nextSteps(check, troubled) : null,
    warnings: counted.flatMap((opinion) => warningOf(opinion)),
    cases: [...troubled.flatMap(caseOf), ...excused.flatMap(excusedCase)],
  };
}

/** Where there is nothing to judge nothing is wrong; that something should be there is for coverage and lag to say. */
function verdictOf(failed: number, unknown: number, allExcused: boolean): CheckVerdict {
  if (failed > 0) return 'fail';
  if (unknown > 0) return 'unknown';
  return allExcused ? 'not-asked' : 'pass';
}

/** A rule of the config file leaves the check out for this group. */
export function isExcused(id: CheckId, { subject }: Opinion, gate: Gate): boolean {
  return subject?.kind === 'group' && gate.rulesOf(subject.name).skipChecks.has(id);
}

const MAX_NAMED = 3;

function troubleWords(troubled: readonly Opinion[], counted: readonly Opinion[]): string {
  const shown = troubled.slice(0, MAX_NAMED).map(wordsOf);
  const rest = troubled.length - shown.length;
  const words = rest > 0 ? `${shown.join('; ')}; and ${rest} more` : shown.join('; ');
  const kind = troubled[0]?.subject?.kind;
  const alike = counted.filter(({ subject }) => subject !== null && subject.kind === kind).length;
  if (kind === undefined || alike === 1) return words;
  const bad = troubled.filter(({ subject }) => subject?.kind === kind).length;
  return `${bad} of ${plural(alike, kind)}: ${words}`;
}

function passWords(counted: readonly Opinion[], excused: readonly Opinion[]): string {
  if (counted.length === 0) {
    return excused.length === 0 ? 'nothing to judge' : `left out for ${plural(excused.length, kindOf(excused))}`;
  }
  const whole = counted.filter(({ subject }) => subject === null).map(({ seen }) => seen);
  const named = counted.filter(({ subject }) => subject !== null);
  const words = named.length < 2 ? named.map(wordsOf) : [allWords(named)];
  return [...words, ...whole].join('; ');
}

function allWords(named: readonly Opinion[]): string {
  const number = plural(named.length, kindOf(named));
  const [first] = named;
  const isSame = first !== undefined && named.every(({ seen }) => seen === first.seen);
  return isSame ? `each of ${number} ${first.seen}` : `all of ${number}`;
}

function kindOf(opinions: readonly Opinion[]): string {
  return opinions[0]?.subject?.kind ?? 'case';
}

function wordsOf({ subject, seen }: Opinion): string {
  return subject === null ? seen : `${subject.name} ${seen}`;
}

function warningOf(opinion: Opinion): string[] {
  if (opinion.warning === undefined) return [];
  return [opinion.subject === null ? opinion.warning : `${opinion.subject.name} ${opinion.warning}`];
}

/** Each different advice once. */
function nextSteps(check: Check, troubled: readonly Opinion[]): string {
  return [...new Set(troubled.map(({ next }) => next ?? check.next))].slice(0, MAX_NAMED).join(' ');
}

function caseOf({ subject, verdict, seen }: Opinion): CheckCase[] {
  return subject === null || verdict === 'pass' ? [] : [{ ...subject, verdict, seen }];
}

function excusedCase({ subject, seen }: Opinion): CheckCase[] {
  return subject === null ? [] : [{ ...subject, verdict: 'not-asked', seen }];
}
