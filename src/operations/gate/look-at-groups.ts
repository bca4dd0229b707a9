/** State and committed offsets of known groups on one side, once more after the activity window. */
import type { Known } from '../../domain/cutover/facts.ts';
import type { Finding } from '../../domain/finding.ts';
import type { GroupStatus } from '../../domain/groups.ts';
import type { TopicPartition, TopicPartitionKey } from '../../domain/topic-partition.ts';
import { commitOf } from '../commit-of.ts';
import { missingBrokerFindings, statusOf } from '../discover-groups.ts';
import type { ClusterReader, OffsetsQuery } from '../ports.ts';
import { offsetKnown } from './known.ts';

export interface GroupsLook {
  statusOf(groupId: string): GroupStatus;
  /** Only of partitions that were asked for. */
  committed(groupId: string, key: TopicPartitionKey): Known<bigint | null>;
  /** Brokers that did not list their groups. */
  readonly findings: readonly Finding[];
}

export async function lookAtGroups(
  reader: ClusterReader,
  wanted: ReadonlyMap<string, readonly TopicPartition[]>,
): Promise<GroupsLook> {
  const queries: OffsetsQuery[] = [...wanted].map(([groupId, partitions]) => ({ groupId, partitions }));
  const listing = await reader.listGroups();
  const offsets = await reader.committedOffsets(queries);
  const listed = new Map(listing.groups.map((group) => [group.groupId, group]));
  return {
    statusOf: (groupId) => {
      const answer = offsets.get(groupId);
      if (answer === undefined) return { kind: 'unknown', why: 'no answer' };
      return statusOf(listed.get(groupId), answer, listing);
    },
    committed: (groupId, key) => offsetKnown(commitOf(offsets.get(groupId), key)),
    findings: missingBrokerFindings(reader.side, listing),
  };
}
