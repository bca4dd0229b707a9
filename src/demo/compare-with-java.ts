/** The offsets that our report claims beside those that Java's own tool shows. */
import { offset } from '../report/format.ts';
import type { ReportModel } from '../report/report-model.ts';
import type { ConsumerGroupRow } from '../testbed/consumer-group-command.ts';
import { textTable } from './text-table.ts';

export interface OffsetPair {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  /** Committed on the source. */
  readonly source: bigint | null;
  /** Committed on the target; null: no offset there, or none shown. */
  readonly ours: bigint | null;
  readonly java: bigint | null;
}

export interface Comparison {
  readonly pairs: readonly OffsetPair[];
  readonly different: readonly OffsetPair[];
}

/** Every group partition of the report, in the order of group, topic and partition. */
export function compareWithJava(report: ReportModel, rows: readonly ConsumerGroupRow[]): Comparison {
  const shown = new Map(rows.map((row) => [keyOf(row), row.currentOffset]));
  const pairs = report.groups.flatMap(({ groupId, partitions }) =>
    partitions.map(({ topic, partition, sourceCommitted, targetAfter }) => {
      const java = shown.get(keyOf({ groupId, topic, partition })) ?? null;
      return { groupId, topic, partition, source: sourceCommitted, ours: targetAfter, java };
    }),
  );
  pairs.sort((a, b) => compare(a.groupId, b.groupId) || compare(a.topic, b.topic) || a.partition - b.partition);
  return { pairs, different: pairs.filter(({ ours, java }) => ours !== java) };
}

export function comparisonTable({ pairs }: Comparison): string[] {
  const head = ['GROUP', 'TOPIC ON THE TARGET', 'PARTITION', 'SOURCE', 'TARGET, OURS', 'TARGET, JAVA', ''];
  const rows = pairs.map(({ groupId, topic, partition, source, ours, java }) => {
    const mark = ours === java ? '=' : 'DIFFERENT';
    return [groupId, topic, String(partition), offset(source), offset(ours), offset(java), mark];
  });
  return textTable([head, ...rows], new Set([2, 3, 4, 5]));
}

/** @returns one line that says whether the two agree. */
export function comparisonVerdict({ pairs, different }: Comparison): string {
  if (pairs.length === 0) return 'NOT EQUAL: the report shows no group partition to compare.';
  if (different.length > 0) return `NOT EQUAL: ${different.length} of ${pairs.length} group partitions differ.`;
  return `Equal: ours and Java's are the same for all ${pairs.length} group partitions.`;
}

function keyOf({ groupId, topic, partition }: Pick<OffsetPair, 'groupId' | 'topic' | 'partition'>): string {
  return `${groupId} ${topic} ${partition}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
