/** Takes committed offsets, and whole groups, away; what may go wrong on the way is the matter of group-writes.ts. */
import { partitionKey } from '../../domain/topic-partition.ts';
import type { CommitOutcome, GroupCommitResult } from '../../operations/ports.ts';
import type { OffsetRemoval } from '../../operations/rollback/rollback-ports.ts';
import { chunksOf } from './commit-chunks.ts';
import { type GroupWrite, type WriteContext, type WriteKind, writeGroups } from './group-writes.ts';
import { type DeletedGroup, deleteGroupsRequest } from './protocol/delete-groups.ts';
import { type OffsetDeleteResponse, offsetDeleteRequest } from './protocol/offset-delete.ts';

const REMOVAL: WriteKind<OffsetRemoval, OffsetDeleteResponse> = {
  name: 'removal of offsets',
  request: ({ groupId, offsets }) => offsetDeleteRequest(groupId, offsets),
  keysOf,
  errorsOf: (removal, { error, partitions }) =>
    error === null
      ? new Map(partitions.map((one) => [partitionKey(one.topic, one.partition), one.error]))
      : new Map(keysOf(removal).map((key) => [key, error])),
  part: ({ groupId, offsets }, keys) => ({
    groupId,
    offsets: offsets.filter(({ topic, partition }) => keys.has(partitionKey(topic, partition))),
  }),
};

const DELETION: WriteKind<GroupWrite, readonly DeletedGroup[]> = {
  name: 'deletion',
  request: ({ groupId }) => deleteGroupsRequest([groupId]),
  keysOf: ({ groupId }) => [groupId],
  errorsOf: (_write, groups) => new Map(groups.map(({ groupId, error }) => [groupId, error])),
  part: (write) => write,
};

function keysOf({ offsets }: OffsetRemoval): readonly string[] {
  return offsets.map(({ topic, partition }) => partitionKey(topic, partition));
}

/** One result for every group, with one outcome for every partition. Throws only before anything was sent. */
export async function deleteOffsets(
  context: WriteContext,
  removals: readonly OffsetRemoval[],
  notAfter?: number,
): Promise<ReadonlyMap<string, GroupCommitResult>> {
  const outcomes = await writeGroups(context, REMOVAL, removals.flatMap(chunksOf), notAfter);
  return new Map([...outcomes].map(([groupId, partitions]) => [groupId, { groupId, partitions }]));
}

/** One outcome for every group. Throws only before anything was sent. */
export async function deleteGroups(
  context: WriteContext,
  groupIds: readonly string[],
  notAfter?: number,
): Promise<ReadonlyMap<string, CommitOutcome>> {
  const writes = groupIds.map((groupId) => ({ groupId }));
  const outcomes = await writeGroups(context, DELETION, writes, notAfter);
  const missing: CommitOutcome = { kind: 'unknown', reason: 'no outcome' };
  return new Map(groupIds.map((groupId) => [groupId, outcomes.get(groupId)?.get(groupId) ?? missing]));
}
