/** Simple commits of many groups; what may go wrong on the way is the matter of group-writes.ts. */
import { partitionKey } from '../../domain/topic-partition.ts';
import type { GroupCommit, GroupCommitResult } from '../../operations/ports.ts';
import { chunksOf } from './commit-chunks.ts';
import { type WriteContext, type WriteKind, writeGroups } from './group-writes.ts';
import { type CommitAnswer, offsetCommitRequest } from './protocol/offset-commit.ts';

const COMMIT: WriteKind<GroupCommit, readonly CommitAnswer[]> = {
  name: 'commit',
  request: offsetCommitRequest,
  keysOf: ({ offsets }) => offsets.map(({ topic, partition }) => partitionKey(topic, partition)),
  errorsOf: (_commit, answers) =>
    new Map(answers.map(({ topic, partition, error }) => [partitionKey(topic, partition), error])),
  part: ({ groupId, offsets }, keys) => ({
    groupId,
    offsets: offsets.filter(({ topic, partition }) => keys.has(partitionKey(topic, partition))),
  }),
};

/** One result for every group, with one outcome for every partition. Throws only before anything was sent. */
export async function commitOffsets(
  context: WriteContext,
  commits: readonly GroupCommit[],
  notAfter?: number,
): Promise<ReadonlyMap<string, GroupCommitResult>> {
  const outcomes = await writeGroups(context, COMMIT, commits.flatMap(chunksOf), notAfter);
  const result = new Map<string, GroupCommitResult>();
  for (const { groupId } of commits) result.set(groupId, { groupId, partitions: outcomes.get(groupId) ?? new Map() });
  return result;
}
