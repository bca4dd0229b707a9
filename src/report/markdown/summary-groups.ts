/** Consumer groups in the summary: one row each with all that is known of it, and their partitions folded away below. */
import type { GroupOutcome, PartitionOutcome } from '../../domain/offsets/partition-outcome.ts';
import { clip } from '../escape.ts';
import { count, offset, plural, signed } from '../format.ts';
import { type GroupRow, groupRows } from '../group-rows.ts';
import { deltaWords, lagWords, type RankedGroup, reasonCounts, worstReason } from '../order.ts';
import type { ReportModel } from '../report-model.ts';
import { recordsRedelivered } from '../totals.ts';
import { FIGURE_WORDS, REASON_WORDS } from '../words.ts';
import {
  type Column,
  type Content,
  code,
  details,
  join,
  type Markup,
  md,
  NOTHING,
  table,
  tableHead,
  tableRow,
  unbroken,
} from './markdown.ts';

const MAX_REASONS = 4;
const MAX_CHECKS = 3;
const MAX_WHY_CHARS = 300;

/** A row of the table: what the offsets say, and what the gate says where it was asked. */
export type SummaryRow = GroupRow & { readonly ranked: RankedGroup };

export function summaryRows(model: ReportModel): SummaryRow[] {
  return groupRows(model).map((row) => ({ ...row, ranked: row.ranked ?? unseen(row.groupId) }));
}

/** Judged without having offsets of its own in the report. */
function unseen(groupId: string): RankedGroup {
  const group: GroupOutcome = {
    groupId,
    sourceState: null,
    targetState: null,
    type: null,
    verdict: 'unknown',
    partitions: [],
  };
  return { group, standing: 'unselected', delta: 0n, deltaUnknown: 0, lag: 0n, lagUnknown: 0, troubled: false };
}

export function groupTableHead(sourceKnown: boolean): Markup {
  return tableHead([
    { title: 'Group' },
    { title: 'Verdict' },
    { title: sourceKnown ? 'State on source → target' : 'State on target' },
    ...(sourceKnown ? [figureColumn('sourceLag')] : []),
    figureColumn('offsetDelta'),
    figureColumn('readAgain'),
    { title: 'Why' },
  ]);
}

export function groupRow(row: SummaryRow, sourceKnown: boolean): Markup {
  const { group } = row.ranked;
  return tableRow([
    code(group.groupId),
    unbroken(verdictMark(row)),
    unbroken(sourceKnown ? bothStates(group) : stateWords(group.targetState, group.type)),
    ...(sourceKnown ? [unbroken(lagWords(row.ranked))] : []),
    unbroken(deltaWords(row.ranked)),
    figure(recordsRedelivered([group])),
    why(row),
  ]);
}

/** A folded table of all partitions of one group. */
export function partitionsOf(row: SummaryRow, sourceKnown: boolean): Markup {
  const { group } = row.ranked;
  const summary = md`${code(group.groupId)}: ${plural(group.partitions.length, 'partition')}, ${verdictMark(row)}`;
  const columns: Column[] = [
    { title: 'Topic on target' },
    { title: 'Partition', align: 'right' },
    { title: sourceKnown ? 'Source committed' : 'Checkpoint upstream', align: 'right' },
    { title: 'Translated', align: 'right' },
    { title: 'How' },
    { title: 'Target before', align: 'right' },
    { title: 'Target now', align: 'right' },
    { title: 'Delta', align: 'right' },
    { title: FIGURE_WORDS.readAgain.title, align: 'right' },
    { title: 'Verdict' },
    { title: 'Why' },
  ];
  const rows = group.partitions.map((partition): Content[] => [
    code(partition.topic),
    partition.partition,
    offset(sourceKnown ? partition.sourceCommitted : partition.checkpointUpstream),
    offset(partition.translated),
    partition.translation === 'none' ? '–' : partition.translation,
    offset(partition.targetBefore),
    offset(partition.targetAfter),
    signed(partition.delta),
    figure(partition.redeliveredMax),
    partition.verdict,
    partitionWhy(partition),
  ]);
  return details(summary, table(columns, rows));
}

function verdictMark({ said: { term } }: SummaryRow): string {
  return `${term.icon} ${term.label}`;
}

/** The gate's words and checks; else what the worst reason means for the group, and all reasons. */
function why({ ranked: { group }, readiness, said }: SummaryRow): Content {
  if (readiness !== null && said.by === 'gate' && readiness.verdict !== 'not-asked') {
    const { failed, unknown, notAsked } = readiness;
    const ids = [...failed, ...unknown.map((id) => `${id} (unknown)`), ...notAsked.map((id) => `${id} (not asked)`)];
    const named = ids.length > MAX_CHECKS ? [...ids.slice(0, MAX_CHECKS), `+${ids.length - MAX_CHECKS} more`] : ids;
    const said = [clip(readiness.why ?? '', MAX_WHY_CHARS), named.join(', ')].filter((words) => words !== '');
    return said.join(': ');
  }
  const worst = worstReason(group);
  const reasons = reasonCounts([group]);
  const named = reasons
    .slice(0, MAX_REASONS)
    .map(([reason, times]) => (times > 1 ? md`${reason} (${times})` : md`${reason}`));
  const rest = reasons.length - named.length;
  const list = join(rest > 0 ? [...named, `+${rest} more`] : named, ', ');
  if (worst === null) return list;
  // What to do stands once for each reason, above: here it would make the column wide and the rows tall.
  return md`${list}: ${REASON_WORDS[worst].clause}`;
}

function partitionWhy({ reason, detail }: PartitionOutcome): Content {
  if (reason === null) return detail === null ? NOTHING : md`${detail}`;
  return detail === null ? md`${reason}` : md`${reason}: ${detail}`;
}

function bothStates({ sourceState, targetState, type }: GroupOutcome): Content {
  if (sourceState === null && targetState === null) return '–';
  return md`${sourceState ?? '–'} → ${stateWords(targetState, type)}`;
}

/** The type is named where it is not one of the two that consumers have: it takes the room of the reasons. */
function stateWords(state: string | null, type: string | null): Content {
  if (state === null) return '–';
  return type === null || type === 'classic' || type === 'consumer' ? md`${state}` : md`${state} (${type})`;
}

function figureColumn(figure: keyof typeof FIGURE_WORDS): Column {
  return { title: FIGURE_WORDS[figure].title, align: 'right' };
}

function figure(value: bigint | null): string {
  return value === null ? '–' : count(value);
}
