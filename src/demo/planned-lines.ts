import type { GroupOutcome, PartitionOutcome } from '../domain/offsets/partition-outcome.ts';
import { offset } from '../report/format.ts';
import type { ReportModel } from '../report/report-model.ts';
import { textTable } from './text-table.ts';

/** One line a group: the offsets that a sync would commit, or why it would not. */
export function plannedLines(report: ReportModel): string[] {
  return textTable([['GROUP', 'A SYNC WOULD'], ...report.groups.map((group) => [group.groupId, intention(group)])]);
}

function intention({ partitions }: GroupOutcome): string {
  const intentions = [...groupedBy(partitions, words)];
  return intentions.map(([what, ones]) => (what === 'commit' ? `commit ${places(ones)}` : what)).join(' · ');
}

function words({ verdict, reason }: PartitionOutcome): string {
  if (verdict === 'planned') return 'commit';
  if (verdict === 'pending') return `wait (${reason})`;
  return verdict === 'unchanged' ? 'find it in place' : `leave it alone (${reason})`;
}

/** `source.orders 0:1200 1:1180`: each partition with its offset. */
function places(partitions: readonly PartitionOutcome[]): string {
  const byTopic = groupedBy(partitions, ({ topic }) => topic);
  const texts = [...byTopic].map(([topic, ones]) => {
    const offsets = ones.map(({ partition, translated }) => `${partition}:${offset(translated)}`);
    return `${topic} ${offsets.join(' ')}`;
  });
  return texts.join(', ');
}

function groupedBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
