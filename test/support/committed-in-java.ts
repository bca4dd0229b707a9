/** The report held against what Java's own tool shows of the same cluster. */

import type { ReportModel } from '../../src/report/report-model.ts';
import type { ClusterAddress } from '../../src/testbed/client.ts';
import { rowsOf } from './run.ts';
import { describeGroupOffsets } from './witness.ts';

/** `group topic-partition offset`, sorted: what the report says that the target holds, without partitions that have none. */
export function claimed(report: ReportModel): readonly string[] {
  return rowsOf(report)
    .filter((row) => row.targetAfter !== null)
    .map((row) => `${row.groupId} ${row.topic}-${row.partition} ${row.targetAfter}`)
    .sort();
}

/** The same lines from `kafka-consumer-groups --describe` of all groups of a report. */
export async function shownByJava(target: ClusterAddress, report: ReportModel): Promise<readonly string[]> {
  const groups = new Set(report.groups.map(({ groupId }) => groupId));
  const rows = await describeGroupOffsets(target.bootstrapServers);
  return rows
    .filter((row) => groups.has(row.groupId) && row.currentOffset !== null)
    .map((row) => `${row.groupId} ${row.topic}-${row.partition} ${row.currentOffset}`)
    .sort();
}
