/** A report as plain lines for a terminal or another CI's log: groups worst first, then what to do, the verdict last. */
import type { GroupOutcome } from '../domain/offsets/partition-outcome.ts';
import { errorLines } from './error-reports.ts';
import { count, plural } from './format.ts';
import { headline } from './headline.ts';
import { deltaWords, type RankedGroup, reasonCounts, worstFirst } from './order.ts';
import type { ConnectorReport, ReportModel } from './report-model.ts';
import { computeTotals } from './totals.ts';

export const MAX_TERMINAL_GROUPS = 40;

export function renderTerminal(model: ReportModel): string[] {
  const totals = computeTotals(model.groups);
  return [
    ...model.connectors.map(connectorLine),
    ...groupLines(model.groups),
    ...model.findings.map(({ severity, message, hint }) => `${severity}: ${message} ${hint}`),
    ...errorLines(model.errors),
    headline(model, totals),
  ];
}

function connectorLine({ name, change, changedKeys, state, tasks }: ConnectorReport): string {
  const keys = changedKeys.length === 0 ? '' : ` (${changedKeys.join(', ')})`;
  const running = tasks.filter((task) => task.state === 'RUNNING').length;
  return `connector ${name}: ${change}${keys}, ${state ?? 'state unknown'}, ${running} of ${plural(tasks.length, 'task')} running`;
}

function groupLines(groups: readonly GroupOutcome[]): string[] {
  if (groups.length === 0) return [];
  const ranked = worstFirst(groups).slice(0, MAX_TERMINAL_GROUPS);
  const rows = ranked.map(groupCells);
  const table = [['GROUP', 'VERDICT', 'PARTITIONS', 'OFFSET DELTA', 'WHY'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => [...(row[column] ?? '')].length)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const more = groups.length - ranked.length;
  return more > 0 ? [...lines, `… and ${count(more)} more, see report.json`] : lines;
}

function groupCells(ranked: RankedGroup): string[] {
  const { group } = ranked;
  const why = reasonCounts([group]).map(([reason, partitions]) => `${reason} (${count(partitions)})`);
  const size = count(group.partitions.length);
  return [group.groupId, group.verdict, size, deltaWords(ranked), why.join(', ')];
}
