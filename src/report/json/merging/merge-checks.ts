/** Checks of the gate from several reports: the worst verdict of each counts, and says whose it is. */
import type { CheckVerdict } from '../../../domain/cutover/check.ts';
import type { CheckCase, CheckResult } from '../../../domain/cutover/judge-cutover.ts';
import { listed, type NamedReport, nameOf } from './named-report.ts';

const WORST_FIRST: readonly CheckVerdict[] = ['fail', 'unknown', 'pass', 'not-asked'];

interface Said {
  readonly by: string;
  readonly check: CheckResult;
}

export function mergeChecks(reports: readonly NamedReport[]): readonly CheckResult[] {
  const said = new Map<string, Said[]>();
  for (const one of reports) {
    for (const check of one.report.checks) {
      const alike = said.get(check.id) ?? [];
      alike.push({ by: nameOf(one), check });
      said.set(check.id, alike);
    }
  }
  return [...said.values()].flatMap((alike) => mergeOne(alike)).sort((a, b) => a.number - b.number);
}

function mergeOne(said: readonly Said[]): CheckResult[] {
  const verdict = WORST_FIRST.find((word) => said.some(({ check }) => check.verdict === word));
  const worst = said.filter(({ check }) => check.verdict === verdict);
  const [first] = worst;
  if (first === undefined) return [];
  const next = distinct(worst.flatMap(({ check }) => check.next ?? []));
  return [
    {
      ...first.check,
      seen: seenWords(worst),
      threshold: listedOrNull(distinct(said.flatMap(({ check }) => check.threshold ?? []))),
      next: next.length === 0 ? null : next.join(' '),
      warnings: [...distinct(said.flatMap(({ check }) => check.warnings)), ...notAskedBySome(said, first.check)],
      cases: mergeCases(said),
    },
  ];
}

/** The same words of all are said once. */
function seenWords(worst: readonly Said[]): string {
  const words = distinct(worst.map(({ check }) => check.seen));
  const [only = ''] = words;
  return words.length === 1 ? only : worst.map(({ by, check }) => `${by}: ${check.seen}`).join('; ');
}

/** That it passes elsewhere must not hide that somebody left it out here. */
function notAskedBySome(said: readonly Said[], { verdict }: CheckResult): readonly string[] {
  const left = said.filter(({ check }) => check.verdict === 'not-asked');
  if (verdict === 'not-asked' || left.length === 0) return [];
  return [`not asked in ${listed(left.map(({ by }) => by))}: ${left[0]?.check.seen ?? ''}`];
}

/** Topics and connectors are everybody's: the worst that was said of each. */
function mergeCases(said: readonly Said[]): readonly CheckCase[] {
  const cases = new Map<string, CheckCase>();
  for (const one of said.flatMap(({ check }) => check.cases)) {
    const key = `${one.kind} ${one.name}`;
    const earlier = cases.get(key);
    if (earlier === undefined || rank(one) < rank(earlier)) cases.set(key, one);
  }
  return [...cases.values()].sort((a, b) => rank(a) - rank(b));
}

function rank({ verdict }: CheckCase): number {
  return WORST_FIRST.indexOf(verdict);
}

function listedOrNull(values: readonly string[]): string | null {
  return values.length === 0 ? null : values.join('; ');
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
