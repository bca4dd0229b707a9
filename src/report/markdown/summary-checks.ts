/** The cutover gate in the summary: what does not pass with its next step, the rest folded away. */
import type { CheckVerdict } from '../../domain/cutover/check.ts';
import type { CheckCase, CheckResult } from '../../domain/cutover/judge-cutover.ts';
import { clip } from '../escape.ts';
import { plural } from '../format.ts';
import type { ReportModel } from '../report-model.ts';
import { CHECK_VERDICT_WORDS } from '../words.ts';
import type { Caps } from './ladder.ts';
import { leftOut } from './left-out.ts';
import {
  blocks,
  bold,
  type Column,
  type Content,
  code,
  details,
  heading,
  list,
  type Markup,
  md,
  NOTHING,
  stacked,
  table,
  unbroken,
} from './markdown.ts';

const MAX_SEEN_CHARS = 400;

export function checksSection({ phase, checks }: ReportModel, caps: Caps): Markup {
  if (phase === null || checks.length === 0) return NOTHING;
  const of = (verdict: CheckVerdict) => checks.filter((check) => check.verdict === verdict);
  const troubled = [...of('fail'), ...of('unknown')];
  const cases = caps.cases === 0 ? [] : troubled.map((check) => casesOf(check, caps.cases));
  const folds = caps.folds
    ? [folded(of('pass'), 'passes', 'pass'), folded(of('not-asked'), 'is not asked', 'are not asked')]
    : [];
  return blocks([
    heading(3, `Cutover gate: ${phase}`),
    troubled.length === 0 ? NOTHING : table(columns(['What to do']), troubled.map(troubledRow)),
    warningsList(checks, caps.warnings),
    ...cases,
    ...folds,
  ]);
}

function columns(last: readonly string[]): readonly Column[] {
  return ['Check', 'Verdict', 'What was seen', ...last].map((title) => ({ title }));
}

function row({ id, title, verdict, seen, threshold }: CheckResult): readonly Content[] {
  const words = clip(seen, MAX_SEEN_CHARS);
  const against = threshold === null ? md`${words}` : md`${words} (threshold: ${threshold})`;
  return [stacked([code(id), title]), unbroken(mark(verdict)), against];
}

function troubledRow(check: CheckResult): readonly Content[] {
  return [...row(check), check.next ?? '–'];
}

function warningsList(checks: readonly CheckResult[], max: number): Markup {
  const warnings = checks.flatMap(({ id, warnings: said }) =>
    said.map((words) => md`${code(id)} ${clip(words, MAX_SEEN_CHARS)}`),
  );
  if (warnings.length === 0) return NOTHING;
  const items = [...warnings.slice(0, max), ...leftOut(warnings.length - max, 'warning')];
  return blocks([bold('To know, although it passes:'), list(items)]);
}

/** One case says no more than the check itself. */
function casesOf({ id, cases }: CheckResult, max: number): Markup {
  if (cases.length < 2) return NOTHING;
  const rows = cases.slice(0, max).map(caseRow);
  const body = table([{ title: 'What' }, { title: 'Name' }, { title: 'Verdict' }, { title: 'What was seen' }], rows);
  return details(
    md`${code(id)}: ${plural(cases.length, 'case')}`,
    blocks([body, ...leftOut(cases.length - max, 'case')]),
  );
}

function caseRow({ kind, name, verdict, seen }: CheckCase) {
  return [kind, code(name), mark(verdict), clip(seen, MAX_SEEN_CHARS)];
}

function mark(verdict: CheckVerdict): string {
  const { icon, label } = CHECK_VERDICT_WORDS[verdict];
  return `${icon} ${label}`;
}

function folded(checks: readonly CheckResult[], one: string, many: string): Markup {
  if (checks.length === 0) return NOTHING;
  const words = `${plural(checks.length, 'check')} ${checks.length === 1 ? one : many}`;
  return details(words, table(columns([]), checks.map(row)));
}
