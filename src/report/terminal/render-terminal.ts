/**
 * A report for a terminal or another CI's log: groups worst first, then what to do, the verdict last. A line ends only
 * where we end it, and fits the page where that has a width; whoever prints it makes it one that no CI obeys.
 */
import { changeWords, connectorDiff, stateWords } from '../connector-diff.ts';
import { errorLines } from '../error-reports.ts';
import { visible } from '../escape.ts';
import { plural } from '../format.ts';
import { headline } from '../headline.ts';
import { placeWords } from '../place.ts';
import type { ConnectorReport, Finding, ReportModel } from '../report-model.ts';
import { computeTotals } from '../totals.ts';
import { wrapToWidth } from './display-width.ts';
import { groupTable, nextSteps, readinessTable } from './group-tables.ts';
import { messageLines } from './log-lines.ts';
import { PLAIN_PAGE, paintLeadingWord, RESULT_STYLES, type TerminalPage } from './paint.ts';

const MAX_TERMINAL_KEYS = 40;
const HANGING = '  ';

export function renderTerminal(model: ReportModel, page: TerminalPage = PLAIN_PAGE): string[] {
  const parts = [
    [...model.connectors.flatMap((connector) => connectorLines(connector, page)), ...planLines(model)],
    model.command === 'check' && model.readiness.length > 0 ? [] : groupTable(model, page),
    model.command === 'check' && model.readiness.length > 0 ? [] : nextSteps(model.groups, page),
    readinessTable(model.readiness, page),
    model.findings
      .filter(({ silenced }) => silenced === undefined)
      .flatMap((finding) => sentence(findingLine(finding), page)),
    // A trace has lines of its own.
    errorLines(model.errors)
      .flatMap(messageLines)
      .flatMap((line) => sentence(line, page)),
  ];
  const verdict = wrapped(visible(headline(model, computeTotals(model.groups))), page);
  const style = RESULT_STYLES[model.result];
  return [
    ...parts.filter((lines) => lines.length > 0).flatMap((lines) => [...lines, '']),
    ...verdict.map((line) => page.paint(style, line)),
  ];
}

function planLines({ planHash }: ReportModel): readonly string[] {
  return planHash === null ? [] : [`plan hash: ${planHash}`];
}

function connectorLines(connector: ConnectorReport, page: TerminalPage): readonly string[] {
  const { name, changedKeys, pending, state, tasks } = connector;
  const keys = changedKeys.length === 0 ? '' : ` (${changedKeys.join(', ')})`;
  const running = tasks.filter((task) => task.state === 'RUNNING').length;
  const now = state === null && connector.wantedState === null ? 'state unknown' : stateWords(connector);
  const states = `, ${now}, ${running} of ${plural(tasks.length, 'task')} running`;
  const isToCome = pending !== null && state === null;
  const line = `connector ${name}: ${changeWords(connector)}${isToCome ? '' : keys + states}`;
  if (isToCome) return sentence(line, page);
  const diff = connectorDiff(connector, MAX_TERMINAL_KEYS).map((one) => visible(`  ${one}`));
  return [...sentence(line, page), ...diff.map((one) => diffLine(one, page))];
}

/** Whole, whatever the width: a value may be copied. */
function diffLine(line: string, { paint }: TerminalPage): string {
  if (line.startsWith('  + ')) return paint('good', line);
  if (line.startsWith('  - ')) return paint('bad', line);
  return line.startsWith('  ! ') ? paint('wait', line) : line;
}

function findingLine(finding: Finding): string {
  const { severity, message, hint, rule, at } = finding;
  const words = `${subject(finding)}${message} ${hint}`;
  return at === undefined ? `${severity}: ${words}` : `${severity}: ${placeWords(at)}: ${words} (${rule})`;
}

/** What it is about, as far as the message does not say it: `mm2-source: topics: `. */
function subject({ where, message }: Finding): string {
  if (message.includes(where)) return '';
  const end = where.lastIndexOf(': ');
  const isTold = end > 0 && [' ', ':'].some((next) => message.startsWith(`${where.slice(end + 2)}${next}`));
  return `${isTold ? where.slice(0, end) : where}: `;
}

function sentence(text: string, page: TerminalPage): readonly string[] {
  const [first = '', ...rest] = wrapped(visible(text), page);
  return [paintLeadingWord(page.paint, first), ...rest];
}

/** Lines after the first are indented. */
function wrapped(line: string, { columns }: TerminalPage): readonly string[] {
  if (columns === null) return [line];
  const [first = '', ...rest] = wrapToWidth(line, Math.max(20, columns - HANGING.length));
  return [first, ...rest.map((one) => HANGING + one)];
}
