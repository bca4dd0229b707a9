/** What a run judged, as test cases: a suite a topic. */
import type { CheckResult } from '../../domain/cutover/judge-cutover.ts';
import { clip, visible } from '../escape.ts';
import { count, plural } from '../format.ts';
import { headline } from '../headline.ts';
import type { ConnectorReport, ErrorReport, Finding, ReportModel } from '../report-model.ts';
import { computeTotals } from '../totals.ts';
import { groupCases } from './junit-groups.ts';

/** `failure`: judged, and not as it should be. `error`: could not be judged. `skipped`: not asked, or left alone. */
export type Outcome = 'passed' | 'failure' | 'error' | 'skipped';

export interface Case {
  readonly name: string;
  readonly outcome: Outcome;
  /** A word for the kind of trouble; empty when it passed. */
  readonly type: string;
  readonly message: string;
  readonly lines: readonly string[];
}

export interface Suite {
  readonly name: string;
  readonly cases: readonly Case[];
}

/** How much is said. */
export interface Detail {
  readonly groups: number;
  readonly partitions: number;
}

const MAX_CASES = 500;
const MAX_LINES = 20;

/** A run that passes has no failure and no error, whatever it left alone; one that does not has at least one. */
export function junitSuites(model: ReportModel, detail: Detail): readonly Suite[] {
  const suites = [
    { name: 'run', cases: [resultCase(model), ...capped(model.errors.map(errorCase), 'error')] },
    { name: 'checks', cases: model.checks.map(checkCase) },
    { name: 'groups', cases: groupCases(model, detail) },
    { name: 'connectors', cases: capped(model.connectors.map(connectorCase), 'connector') },
    { name: 'findings', cases: capped(model.findings.map(findingCase), 'finding') },
  ].filter(({ cases }) => cases.length > 0);
  const judged = passes(model) ? suites.map(withoutFailures) : suites;
  return judged.map(({ name, cases }) => ({ name, cases: eachNameOnce(cases) }));
}

export function passed(name: string): Case {
  return { name, outcome: 'passed', type: '', message: '', lines: [] };
}

function passes({ result }: ReportModel): boolean {
  return result === 'ok' || result === 'changed';
}

function withoutFailures({ name, cases }: Suite): Suite {
  return {
    name,
    cases: cases.map((one) => (one.outcome === 'passed' ? one : { ...one, outcome: 'skipped' })),
  };
}

function resultCase(model: ReportModel): Case {
  if (passes(model)) return passed('result');
  const message = headline(model, computeTotals(model.groups));
  return { name: 'result', outcome: 'failure', type: model.result, message, lines: [message] };
}

function errorCase({ code, message, hint }: ErrorReport): Case {
  const lines = hint === null ? [message] : [message, hint];
  return { name: code, outcome: 'error', type: code, message, lines };
}

const OF_CHECKS = { pass: 'passed', fail: 'failure', unknown: 'error', 'not-asked': 'skipped' } as const;

function checkCase({ id, title, verdict, seen, threshold, next, warnings, cases }: CheckResult): Case {
  const lines = [
    seen,
    ...(threshold === null ? [] : [`threshold: ${threshold}`]),
    ...(next === null ? [] : [next]),
    ...cases.slice(0, MAX_LINES).map((one) => `${one.kind} ${one.name}: ${one.verdict}: ${one.seen}`),
    ...(cases.length > MAX_LINES ? [`and ${count(cases.length - MAX_LINES)} more`] : []),
    ...warnings.slice(0, MAX_LINES).map((words) => `warning: ${words}`),
  ];
  return { name: `${id}: ${title}`, outcome: OF_CHECKS[verdict], type: verdict, message: seen, lines };
}

function connectorCase({ name, change, pending, state, tasks, trace }: ConnectorReport): Case {
  const failed = tasks.filter((task) => task.state === 'FAILED').length;
  const isBad = trace !== null || state === 'FAILED' || failed > 0;
  const seen = `state ${state ?? 'unknown'}, ${plural(tasks.length, 'task')}, ${count(failed)} failed`;
  const lines = [seen, ...(trace === null ? [] : trace.split(/\r\n|\r|\n/).slice(0, MAX_LINES))];
  if (pending !== null) {
    return {
      name,
      outcome: 'failure',
      type: 'not-done',
      message: `${pending} was due and was not done; ${seen}`,
      lines,
    };
  }
  if (isBad) return { name, outcome: 'failure', type: 'failed', message: seen, lines };
  if (change === 'unknown') {
    return { name, outcome: 'error', type: 'unknown', message: 'the worker could not be read', lines };
  }
  return passed(name);
}

function findingCase({ rule, severity, where, message, hint, at, silenced }: Finding): Case {
  const place = at === undefined ? [] : [`${at.file}${at.line === null ? '' : `:${at.line}`}`];
  const why = silenced === undefined ? [] : [`silenced: ${silenced}`];
  return {
    name: `${rule}: ${clip(where, 200)}`,
    outcome: severity === 'error' && silenced === undefined ? 'failure' : 'skipped',
    type: severity,
    message,
    lines: [message, hint, ...place, ...why],
  };
}

const WORST_FIRST: readonly Outcome[] = ['failure', 'error', 'skipped', 'passed'];

/** Worst first; the case that stands for the rest is as bad as the worst of them. */
export function capped(cases: readonly Case[], what: string, max: number = MAX_CASES): readonly Case[] {
  const ordered = [...cases].sort((a, b) => WORST_FIRST.indexOf(a.outcome) - WORST_FIRST.indexOf(b.outcome));
  const rest = ordered.slice(max);
  const [first] = rest;
  if (first === undefined) return ordered;
  return [...ordered.slice(0, max), restCase(first, plural(rest.length, `more ${what}`))];
}

export function restCase({ outcome, type }: Pick<Case, 'outcome' | 'type'>, howMany: string): Case {
  const message = `${howMany}, not shown one by one: report.json beside this file has all.`;
  return { name: 'the rest', outcome, type, message, lines: [message] };
}

const MAX_NAME_CHARS = 500;

/** Readers keep the first of a name and drop the others. */
function eachNameOnce(cases: readonly Case[]): readonly Case[] {
  const seen = new Map<string, number>();
  return cases.map((one) => {
    const name = visible(clip(one.name, MAX_NAME_CHARS));
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { ...one, name: times === 1 ? name : `${name} (${times})` };
  });
}
