/** The cutover gate in the summary: what does not pass with its next step, each group's readiness, the rest folded away. */
import type { CheckVerdict } from '../../domain/cutover/check.ts';
import type { Readiness } from '../../domain/cutover/group-readiness.ts';
import type { CheckCase, CheckResult } from '../../domain/cutover/judge-cutover.ts';
import { clip } from '../escape.ts';
import { plural } from '../format.ts';
import { worstReadinessFirst } from '../readiness.ts';
import type { ReportModel } from '../report-model.ts';
import {
  blocks,
  bold,
  type Column,
  code,
  details,
  heading,
  list,
  type Markup,
  md,
  NOTHING,
  table,
} from './markdown.ts';

const MAX_GROUPS = 50;
const MAX_CASES = 20;
const MAX_WARNINGS = 20;
const MAX_SEEN_CHARS = 400;

const VERDICT_MARKS: Readonly<Record<CheckVerdict, string>> = {
  fail: '❌ fail',
  unknown: '❔ unknown',
  pass: '✅ pass',
  'not-asked': '➖ not asked',
};

const READINESS_MARKS: Readonly<Record<Readiness, string>> = {
  'not-ready': '⛔ not ready',
  unknown: '❔ unknown',
  ready: '✅ ready',
  'not-asked': '➖ not asked',
};

export function checksSection(model: ReportModel): Markup {
  const { phase, checks } = model;
  if (phase === null || checks.length === 0) return NOTHING;
  const of = (verdict: CheckVerdict) => checks.filter((check) => check.verdict === verdict);
  const troubled = [...of('fail'), ...of('unknown')];
  return blocks([
    heading(3, `Cutover gate: ${phase}`),
    troubled.length === 0 ? NOTHING : table(columns('What to do'), troubled.map(troubledRow)),
    warningsList(checks),
    ...troubled.map(casesOf),
    groupsTable(model),
    folded(of('pass'), 'passes', 'pass'),
    folded(of('not-asked'), 'is not asked', 'are not asked'),
  ]);
}

function columns(last: string | null): readonly Column[] {
  const titles = ['Check', 'No.', 'Verdict', 'What was seen', 'Threshold'];
  return [...titles, ...(last === null ? [] : [last])].map((title) =>
    title === 'No.' ? { title, align: 'right' as const } : { title },
  );
}

function row({ id, title, number, verdict, seen, threshold }: CheckResult) {
  return [md`${code(id)} ${title}`, number, VERDICT_MARKS[verdict], clip(seen, MAX_SEEN_CHARS), threshold ?? '–'];
}

function troubledRow(check: CheckResult) {
  return [...row(check), check.next ?? '–'];
}

function warningsList(checks: readonly CheckResult[]): Markup {
  const warnings = checks.flatMap(({ id, warnings: said }) =>
    said.map((words) => md`${code(id)} ${clip(words, MAX_SEEN_CHARS)}`),
  );
  if (warnings.length === 0) return NOTHING;
  const rest = warnings.length - MAX_WARNINGS;
  const more = rest > 0 ? [md`${plural(rest, 'more warning')} in report.json`] : [];
  return blocks([bold('To know, although it passes:'), list([...warnings.slice(0, MAX_WARNINGS), ...more])]);
}

/** One case says no more than the check itself. */
function casesOf({ id, cases }: CheckResult): Markup {
  if (cases.length < 2) return NOTHING;
  const rest = cases.length - MAX_CASES;
  const rows = cases.slice(0, MAX_CASES).map(caseRow);
  const body = table([{ title: 'What' }, { title: 'Name' }, { title: 'Verdict' }, { title: 'What was seen' }], rows);
  const more = rest > 0 ? md`${plural(rest, 'more case')} in report.json.` : NOTHING;
  return details(md`${code(id)}: ${plural(cases.length, 'case')}`, blocks([body, more]));
}

function caseRow({ kind, name, verdict, seen }: CheckCase) {
  return [kind, code(name), VERDICT_MARKS[verdict], clip(seen, MAX_SEEN_CHARS)];
}

function groupsTable({ readiness }: ReportModel): Markup {
  const judged = worstReadinessFirst(readiness.filter(({ verdict }) => verdict !== 'not-asked'));
  if (judged.length === 0) return NOTHING;
  const shown = judged
    .slice(0, MAX_GROUPS)
    .map(({ groupId, verdict, failed, unknown, notAsked, why }) => [
      code(groupId),
      READINESS_MARKS[verdict],
      [...failed, ...unknown.map((id) => `${id} (unknown)`), ...notAsked.map((id) => `${id} (not asked)`)].join(', '),
      clip(why ?? '', MAX_SEEN_CHARS),
    ]);
  const rest = judged.length - shown.length;
  const more = rest > 0 ? md`${plural(rest, 'more group')} in report.json.` : NOTHING;
  const head = ['Group', 'Ready', 'Checks', 'Why'].map((title) => ({ title }));
  return blocks([table(head, shown), more]);
}

function folded(checks: readonly CheckResult[], one: string, many: string): Markup {
  if (checks.length === 0) return NOTHING;
  const words = `${plural(checks.length, 'check')} ${checks.length === 1 ? one : many}`;
  return details(words, table(columns(null), checks.map(row)));
}
