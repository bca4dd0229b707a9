/**
 * Groups that were not there before, and from which every offset of the export is gone: deleted, if nothing else is
 * left in them. Offsets go first and alone, so that what a consumer has committed on another topic since is seen.
 */
import type { Finding } from '../../domain/finding.ts';
import { committability } from '../../domain/groups.ts';
import { batches, inRounds, MAX_READ_AGE_MS } from '../batch-rounds.ts';
import { shortList } from '../discover-groups.ts';
import type { Clock, CommitOutcome, GroupOffsets } from '../ports.ts';
import { groupStatus, listGroups } from './observe-restorations.ts';
import type { RestoringCluster } from './rollback-ports.ts';

export interface DeletionDeps {
  readonly target: RestoringCluster;
  readonly clock: Clock;
  /** Once it aborts nothing new is taken. */
  readonly signal: AbortSignal;
}

/** Adds to `gone` as it goes, so that it can be read at any moment. */
export async function deleteEmptied(
  deps: DeletionDeps,
  groupIds: readonly string[],
  gone: Set<string>,
): Promise<readonly Finding[]> {
  const kept = new Map<string, string>();
  const items = groupIds.map((groupId) => ({ groupId, keys: [groupId] }));
  for (const batch of batches(items)) {
    if (deps.signal.aborted) break;
    const once = async (todo: typeof batch) => {
      const notSent = await deleteOnce(
        deps,
        todo.map(({ groupId }) => groupId),
        { gone, kept },
      );
      return todo.filter(({ groupId }) => notSent.has(groupId));
    };
    await inRounds(batch, once, deps);
  }
  if (gone.size > 0 && !deps.signal.aborted) await readBack(deps.target, { gone, kept });
  return keptFindings(kept);
}

interface Outcome {
  readonly gone: Set<string>;
  /** Why each other group stays, as far as is known. */
  readonly kept: Map<string, string>;
}

/** Answers with the groups that were certainly not asked to be deleted; they are looked at again. */
async function deleteOnce(
  { target, clock }: DeletionDeps,
  groupIds: readonly string[],
  { gone, kept }: Outcome,
): Promise<ReadonlySet<string>> {
  const empty: string[] = [];
  const listed = await listGroups(target);
  const readAtMs = clock.now();
  const offsets = await target.committedOffsets(groupIds.map((groupId) => ({ groupId, partitions: 'all' as const })));
  for (const groupId of groupIds) {
    kept.delete(groupId);
    const status = groupStatus({ listed, offsets }, groupId);
    const inUse = committability(status) === 'committable' ? null : 'it is in use, or not known';
    const why = whyKept(offsets.get(groupId)) ?? inUse;
    if (why !== null) kept.set(groupId, why);
    else if (status.kind === 'absent') gone.add(groupId);
    else empty.push(groupId);
  }
  const notSent = new Set<string>();
  for (const [groupId, outcome] of await target.deleteGroups(empty, readAtMs + MAX_READ_AGE_MS)) {
    if (outcome.kind === 'committed' || isGone(outcome)) gone.add(groupId);
    else kept.set(groupId, outcome.kind === 'rejected' ? `the broker refused (${outcome.error})` : outcome.reason);
    if (outcome.kind === 'not-sent') notSent.add(groupId);
  }
  return notSent;
}

/** A consumer may have come right after. */
async function readBack(target: RestoringCluster, { gone, kept }: Outcome): Promise<void> {
  const { byId } = await listGroups(target);
  for (const groupId of gone) {
    if (!byId.has(groupId)) continue;
    gone.delete(groupId);
    kept.set(groupId, 'it is listed again after its deletion');
  }
}

function isGone(outcome: CommitOutcome): boolean {
  return outcome.kind === 'rejected' && outcome.error === 'GROUP_ID_NOT_FOUND';
}

function whyKept(offsets: GroupOffsets | undefined): string | null {
  const error = offsets === undefined ? 'NO_ANSWER' : offsets.error;
  if (error !== null) return `its offsets could not be read (${error})`;
  const left = [...(offsets?.partitions.values() ?? [])].some(
    (committed) => committed.offset !== null || committed.error !== null,
  );
  return left ? 'it has offsets that the export does not name' : null;
}

function keptFindings(kept: ReadonlyMap<string, string>): readonly Finding[] {
  const byReason = new Map<string, string[]>();
  for (const [groupId, why] of kept) {
    const alike = byReason.get(why) ?? [];
    alike.push(groupId);
    byReason.set(why, alike);
  }
  return [...byReason].map(([why, groupIds]) => ({
    rule: 'group-not-deleted',
    severity: 'warning' as const,
    where: 'target',
    message: `${groupIds.length} groups that were not there before stay, without the offsets of the export: ${shortList(groupIds)}. Why: ${why}.`,
    hint: 'An empty group does no harm and expires by itself; deleting one needs DELETE on the group.',
  }));
}
