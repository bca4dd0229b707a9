/**
 * A row for each group partition, for spreadsheets (RFC 4180, UTF-8). Names are other people's text: what a spreadsheet
 * would take for a formula opens with an apostrophe, which keeps it a text (OWASP, CSV injection).
 */
import type { GroupOutcome, PartitionOutcome } from '../../domain/offsets/partition-outcome.ts';
import { visible } from '../escape.ts';
import { type OffsetStatus, offsetStatus } from '../offset-status.ts';
import type { ReportModel } from '../report-model.ts';
import { sourceLagOf } from '../source-lag.ts';
import { standingOf } from '../totals.ts';
import { REASON_WORDS } from '../words.ts';

interface Row {
  readonly group: GroupOutcome;
  /** The word that people are shown, not `verdict` of the group. */
  readonly status: OffsetStatus;
  readonly standing: string;
  readonly readiness: string;
  /** null: the group has no partition that was observed. */
  readonly partition: PartitionOutcome | null;
}

type Cell = string | number | bigint | null | undefined;

/** Unknown is empty, never 0. New columns go to the end. */
const COLUMNS: readonly (readonly [string, (row: Row) => Cell])[] = [
  ['group', ({ group }) => group.groupId],
  ['group_verdict', ({ status }) => status],
  ['group_standing', ({ standing }) => standing],
  ['ready', ({ readiness }) => readiness],
  ['source_state', ({ group }) => group.sourceState],
  ['target_state', ({ group }) => group.targetState],
  ['group_type', ({ group }) => group.type],
  ['topic', ({ partition }) => partition?.topic],
  ['partition', ({ partition }) => partition?.partition],
  ['source_topic', ({ partition }) => partition?.sourceTopic],
  ['source_committed', ({ partition }) => partition?.sourceCommitted],
  ['source_log_end', ({ partition }) => partition?.sourceLogEnd],
  ['source_lag', ({ partition }) => (partition === null ? null : sourceLagOf(partition))],
  ['translated', ({ partition }) => partition?.translated],
  ['translation', ({ partition }) => partition?.translation],
  ['target_before', ({ partition }) => partition?.targetBefore],
  ['target_after', ({ partition }) => partition?.targetAfter],
  ['target_log_start', ({ partition }) => partition?.targetLogStart],
  ['target_high_watermark', ({ partition }) => partition?.targetHighWatermark],
  ['delta', ({ partition }) => partition?.delta],
  ['redelivered', ({ partition }) => partition?.redelivered],
  ['redelivered_max', ({ partition }) => partition?.redeliveredMax],
  ['verdict', ({ partition }) => partition?.verdict],
  ['reason', ({ partition }) => partition?.reason],
  ['meaning', ({ partition }) => (partition?.reason == null ? null : REASON_WORDS[partition.reason].meaning)],
  ['next_step', ({ partition }) => (partition?.reason == null ? null : REASON_WORDS[partition.reason].next)],
  ['detail', ({ partition }) => partition?.detail],
];

export const CSV_COLUMNS: readonly string[] = COLUMNS.map(([name]) => name);

/** A chunk a group, so that 100,000 groups are never one string. */
export function* csvChunks(model: ReportModel): Generator<string, void, undefined> {
  const readiness = new Map(model.readiness.map(({ groupId, verdict }) => [groupId, verdict]));
  yield line(CSV_COLUMNS);
  for (const group of model.groups) {
    const status = offsetStatus(group, model.command);
    const shared = { group, status, standing: standingOf(group), readiness: readiness.get(group.groupId) ?? '' };
    const partitions = group.partitions.length === 0 ? [null] : group.partitions;
    yield partitions.map((partition) => rowLine({ ...shared, partition })).join('');
  }
}

function rowLine(row: Row): string {
  return line(COLUMNS.map(([, cell]) => cellText(cell(row))));
}

function line(cells: readonly string[]): string {
  return `${cells.map(quoted).join(',')}\r\n`;
}

/** Figures are ours, a minus of theirs no formula. */
function cellText(cell: Cell): string {
  if (cell === null || cell === undefined) return '';
  return typeof cell === 'string' ? inert(cell) : cell.toString();
}

/**
 * Tabs and line breaks are shown, so that a row is one line whatever reads it. Spreadsheets skip spaces and invisible
 * characters before a formula, and take the full-width signs for the plain ones.
 */
function inert(text: string): string {
  const shown = visible(text);
  return /^\s*[=+\-@|%'＝＋－＠]/u.test(shown) ? `'${shown}` : shown;
}

function quoted(cell: string): string {
  return /[",\r\n;]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
