/** The groups of a run as tables of a terminal, and what to do about them. */
import type { GroupReadiness } from '../../domain/cutover/group-readiness.ts';
import type { GroupOutcome } from '../../domain/offsets/partition-outcome.ts';
import type { Command } from '../../domain/verdicts.ts';
import { visible } from '../escape.ts';
import { count, plural } from '../format.ts';
import { offsetStatus } from '../offset-status.ts';
import { deltaWords, lagWords, type RankedGroup, reasonCounts, worstFirst } from '../order.ts';
import { worstReadinessFirst } from '../readiness.ts';
import type { ReportModel } from '../report-model.ts';
import { recordsRedelivered } from '../totals.ts';
import { OFFSET_STATUS_WORDS, READINESS_WORDS, REASON_WORDS } from '../words.ts';
import { wrapToWidth } from './display-width.ts';
import { READINESS_STYLES, STATUS_STYLES, type TerminalPage } from './paint.ts';
import { type Cell, type Column, renderTable } from './table.ts';

export const MAX_TERMINAL_GROUPS = 40;
const MAX_REASONS = 6;
const UNKNOWN = '–';

const GROUP_COLUMNS: readonly Column[] = [
  { title: 'GROUP', narrow: { to: 16, by: 'clip' } },
  { title: 'VERDICT' },
  { title: 'ON TARGET', leave: 3 },
  { title: 'PARTITIONS', align: 'right', leave: 4 },
  { title: 'SOURCE LAG', align: 'right', leave: 1 },
  { title: 'OFFSET DELTA', align: 'right', leave: 0 },
  { title: 'READ AGAIN', align: 'right', leave: 2 },
  { title: 'WHY', narrow: { to: 20, by: 'wrap' } },
];

const READINESS_COLUMNS: readonly Column[] = [
  { title: 'GROUP', narrow: { to: 16, by: 'clip' } },
  { title: 'READY' },
  { title: 'CHECKS', narrow: { to: 24, by: 'clip' } },
  { title: 'WHY', narrow: { to: 24, by: 'wrap' } },
];

export function groupTable(
  { groups, command }: Pick<ReportModel, 'groups' | 'command'>,
  page: TerminalPage,
): readonly string[] {
  if (groups.length === 0) return [];
  const ranked = worstFirst(groups).slice(0, MAX_TERMINAL_GROUPS);
  const rows = ranked.map((one) => groupCells(one, command));
  return [...renderTable(GROUP_COLUMNS, rows, page), ...moreLine(groups.length - ranked.length)];
}

function groupCells(ranked: RankedGroup, command: Command): readonly Cell[] {
  const { group } = ranked;
  const status = offsetStatus(group, command);
  const why = reasonCounts([group]).map(([reason, partitions]) => `${reason} (${count(partitions)})`);
  const readAgain = recordsRedelivered([group]);
  return [
    { text: visible(group.groupId) },
    { text: OFFSET_STATUS_WORDS[status].label, style: STATUS_STYLES[status] },
    { text: visible(group.targetState ?? UNKNOWN) },
    { text: count(group.partitions.length) },
    { text: lagWords(ranked) },
    { text: deltaWords(ranked) },
    { text: readAgain === null ? UNKNOWN : count(readAgain) },
    { text: why.join(', ') },
  ];
}

/** The checks themselves stand in the log above, where they were judged. */
export function readinessTable(groups: readonly GroupReadiness[], page: TerminalPage): readonly string[] {
  const judged = worstReadinessFirst(groups.filter(({ verdict }) => verdict !== 'not-asked'));
  const rows = judged.slice(0, MAX_TERMINAL_GROUPS).map(({ groupId, verdict, failed, unknown, why }) => {
    const ids = [...failed, ...unknown.map((id) => `${id} (unknown)`)].join(', ');
    return [
      { text: visible(groupId) },
      { text: READINESS_WORDS[verdict].label, style: READINESS_STYLES[verdict] },
      { text: ids },
      { text: visible(why ?? '') },
    ];
  });
  const notAsked = notAskedLine(groups.length - judged.length);
  if (rows.length === 0) return notAsked;
  return [...renderTable(READINESS_COLUMNS, rows, page), ...moreLine(judged.length - rows.length), ...notAsked];
}

/** What the reasons of the groups in trouble mean, the most frequent first, each with the next step. */
export function nextSteps(groups: readonly GroupOutcome[], { paint, columns }: TerminalPage): readonly string[] {
  const troubled = worstFirst(groups).filter((ranked) => ranked.troubled);
  const reasons = reasonCounts(troubled.map(({ group }) => group)).filter(([reason]) => reason !== 'filtered');
  if (reasons.length === 0) return [];
  const indented = (text: string, indent: string) =>
    (columns === null ? [text] : wrapToWidth(text, Math.max(20, columns - indent.length))).map((line) => indent + line);
  const shown = reasons.slice(0, MAX_REASONS).flatMap(([reason, partitions]) => {
    const { meaning, next } = REASON_WORDS[reason];
    const title = `  ${reason} (${plural(partitions, 'partition')})`;
    return [title, ...indented(meaning, '    '), ...indented(next, '    ').map((line) => paint('next', line))];
  });
  const more = reasons.length - Math.min(reasons.length, MAX_REASONS);
  const rest = more > 0 ? [`  … and ${plural(more, 'more reason')}, see report.json`] : [];
  return [paint('title', 'What to do'), ...shown, ...rest];
}

function notAskedLine(number: number): readonly string[] {
  const { label, meaning } = READINESS_WORDS['not-asked'];
  return number > 0 ? [`${plural(number, 'group')} ${label}: ${meaning}`] : [];
}

function moreLine(more: number): readonly string[] {
  return more > 0 ? [`… and ${count(more)} more, see report.json`] : [];
}
