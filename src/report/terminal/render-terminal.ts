/** A report as plain lines for a terminal or another CI's log: groups worst first, then what to do, the verdict last. */
import type { GroupReadiness } from '../../domain/cutover/group-readiness.ts';
import type { GroupOutcome } from '../../domain/offsets/partition-outcome.ts';
import { changeWords, connectorDiff, stateWords } from '../connector-diff.ts';
import { errorLines } from '../error-reports.ts';
import { count, plural } from '../format.ts';
import { headline } from '../headline.ts';
import { deltaWords, type RankedGroup, reasonCounts, worstFirst } from '../order.ts';
import { placeWords } from '../place.ts';
import { worstReadinessFirst } from '../readiness.ts';
import type { ConnectorReport, Finding, ReportModel } from '../report-model.ts';
import { computeTotals } from '../totals.ts';

export const MAX_TERMINAL_GROUPS = 40;
const MAX_TERMINAL_KEYS = 40;

export function renderTerminal(model: ReportModel): string[] {
  const totals = computeTotals(model.groups);
  return [
    ...model.connectors.flatMap(connectorLines),
    ...(model.planHash === null ? [] : [`plan hash: ${model.planHash}`]),
    ...(model.command === 'check' && model.readiness.length > 0 ? [] : groupLines(model.groups)),
    ...readinessLines(model.readiness),
    ...model.findings.filter(({ silenced }) => silenced === undefined).map(findingLine),
    ...errorLines(model.errors),
    headline(model, totals),
  ];
}

function connectorLines(connector: ConnectorReport): string[] {
  const { name, changedKeys, pending, state, tasks } = connector;
  const keys = changedKeys.length === 0 ? '' : ` (${changedKeys.join(', ')})`;
  const running = tasks.filter((task) => task.state === 'RUNNING').length;
  if (pending !== null && state === null) return [`connector ${name}: ${changeWords(connector)}`];
  const now = state === null && connector.wantedState === null ? 'state unknown' : stateWords(connector);
  const line = `connector ${name}: ${changeWords(connector)}${keys}, ${now}, ${running} of ${plural(tasks.length, 'task')} running`;
  return [line, ...connectorDiff(connector, MAX_TERMINAL_KEYS).map((one) => `  ${one}`)];
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

function groupLines(groups: readonly GroupOutcome[]): string[] {
  if (groups.length === 0) return [];
  const ranked = worstFirst(groups).slice(0, MAX_TERMINAL_GROUPS);
  const rows = ranked.map(groupCells);
  const head = ['GROUP', 'VERDICT', 'PARTITIONS', 'OFFSET DELTA', 'WHY'];
  return [...aligned([head, ...rows]), ...moreLine(groups.length - ranked.length)];
}

/** The checks themselves stand in the log above, where they were judged. */
function readinessLines(groups: readonly GroupReadiness[]): string[] {
  const judged = worstReadinessFirst(groups.filter(({ verdict }) => verdict !== 'not-asked'));
  const rows = judged.slice(0, MAX_TERMINAL_GROUPS).map(({ groupId, verdict, failed, unknown, why }) => {
    const ids = [...failed, ...unknown.map((id) => `${id} (unknown)`)].join(', ');
    return [groupId, verdict, ids, why ?? ''];
  });
  if (rows.length === 0) return [];
  return [...aligned([['GROUP', 'READY', 'CHECKS', 'WHY'], ...rows]), ...moreLine(judged.length - rows.length)];
}

function aligned(table: readonly (readonly string[])[]): string[] {
  const widths = (table[0] ?? []).map((_, column) => Math.max(...table.map((row) => [...(row[column] ?? '')].length)));
  return table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function moreLine(more: number): string[] {
  return more > 0 ? [`… and ${count(more)} more, see report.json`] : [];
}

function groupCells(ranked: RankedGroup): string[] {
  const { group } = ranked;
  const why = reasonCounts([group]).map(([reason, partitions]) => `${reason} (${count(partitions)})`);
  const size = count(group.partitions.length);
  return [group.groupId, group.verdict, size, deltaWords(ranked), why.join(', ')];
}
