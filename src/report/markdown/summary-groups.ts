/** Consumer groups in the summary: one row each, and their partitions folded away below. */
import type { PartitionOutcome } from '../../domain/offsets/partition-outcome.ts';
import type { GroupVerdict } from '../../domain/verdicts.ts';
import { count, offset, plural, signed } from '../format.ts';
import { deltaWords, type RankedGroup, reasonCounts } from '../order.ts';
import { recordsRedelivered } from '../totals.ts';
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
} from './markdown.ts';

const VERDICT_MARKS: Readonly<Record<GroupVerdict, string>> = {
  failed: '❌ failed',
  blocked: '⛔ blocked',
  unknown: '❔ unknown',
  active: '👥 active',
  ready: '✅ ready',
};

const MAX_REASONS = 4;

const GROUP_COLUMNS: readonly Column[] = [
  { title: 'Group' },
  { title: 'Verdict' },
  { title: 'State on target' },
  { title: 'Partitions', align: 'right' },
  { title: 'Offset delta', align: 'right' },
  { title: 'Read again at most', align: 'right' },
  { title: 'Why' },
];

export function groupTableHead(): Markup {
  return tableHead(GROUP_COLUMNS);
}

export function groupRow(ranked: RankedGroup): Markup {
  const { group } = ranked;
  return tableRow([
    code(group.groupId),
    verdictMark(ranked),
    stateWords(group.targetState, group.type),
    count(group.partitions.length),
    deltaWords(ranked),
    offset(recordsRedelivered([group])),
    why(ranked),
  ]);
}

/** A folded table of all partitions of one group. */
export function partitionsOf(ranked: RankedGroup, sourceKnown: boolean): Markup {
  const { group } = ranked;
  const summary = md`${code(group.groupId)}: ${plural(group.partitions.length, 'partition')}, ${verdictMark(ranked)}`;
  const columns: Column[] = [
    { title: 'Topic on target' },
    { title: 'Partition', align: 'right' },
    { title: sourceKnown ? 'Source committed' : 'Checkpoint upstream', align: 'right' },
    { title: 'Translated', align: 'right' },
    { title: 'How' },
    { title: 'Target before', align: 'right' },
    { title: 'Target now', align: 'right' },
    { title: 'Delta', align: 'right' },
    { title: 'Read again at most', align: 'right' },
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
    offset(partition.redeliveredMax),
    partition.verdict,
    partitionWhy(partition),
  ]);
  return details(summary, table(columns, rows));
}

function verdictMark({ group, standing }: RankedGroup): string {
  if (standing === 'unselected') return '➖ not selected';
  return standing === 'planned' ? '📝 planned' : VERDICT_MARKS[group.verdict];
}

function why({ group }: RankedGroup): Content {
  const reasons = reasonCounts([group]);
  const said = reasons
    .slice(0, MAX_REASONS)
    .map(([reason, times]) => (times > 1 ? md`${reason} (${times})` : md`${reason}`));
  const rest = reasons.length - said.length;
  return join(rest > 0 ? [...said, `+${rest} more`] : said, ', ');
}

function partitionWhy({ reason, detail }: PartitionOutcome): Content {
  if (reason === null) return detail === null ? NOTHING : md`${detail}`;
  return detail === null ? md`${reason}` : md`${reason}: ${detail}`;
}

function stateWords(state: string | null, type: string | null): Content {
  if (state === null) return '–';
  return type === null ? md`${state}` : md`${state} (${type})`;
}
