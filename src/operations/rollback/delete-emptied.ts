/**
 * Groups that were not there before, and from which every offset of the export is gone: deleted, if nothing else is
 * left in them. Offsets go first and alone, so that what a consumer has committed on another topic since is seen.
 */
import type { Finding } from '../../domain/finding.ts';
import { committability } from '../../domain/groups.ts';
import { MAX_READ_AGE_MS } from '../batch-rounds.ts';
import { shortList } from '../discover-groups.ts';
import type { Clock, GroupOffsets } from '../ports.ts';
import { groupStatus, listGroups } from './observe-restorations.ts';
import type { RestoringCluster } from './rollback-ports.ts';

export interface Deletions {
  /** Groups that are not there any more. */
  readonly gone: ReadonlySet<string>;
  readonly findings: readonly Finding[];
}

export async function deleteEmptied(
  { target, clock }: { readonly target: RestoringCluster; readonly clock: Clock },
  groupIds: readonly string[],
): Promise<Deletions> {
  if (groupIds.length === 0) return { gone: new Set(), findings: [] };
  const kept = new Map<string, string>();
  const gone = new Set<string>();
  const empty: string[] = [];
  const listed = await listGroups(target);
  const readAtMs = clock.now();
  const offsets = await target.committedOffsets(groupIds.map((groupId) => ({ groupId, partitions: 'all' as const })));
  for (const groupId of groupIds) {
    const status = groupStatus({ listed, offsets }, groupId);
    const why =
      whyKept(offsets.get(groupId)) ?? (committability(status) === 'committable' ? null : 'it is in use, or not known');
    if (why !== null) kept.set(groupId, why);
    else if (status.kind === 'absent') gone.add(groupId);
    else empty.push(groupId);
  }
  for (const [groupId, outcome] of await target.deleteGroups(empty, readAtMs + MAX_READ_AGE_MS)) {
    const isGone =
      outcome.kind === 'committed' || (outcome.kind === 'rejected' && outcome.error === 'GROUP_ID_NOT_FOUND');
    if (isGone) gone.add(groupId);
    else kept.set(groupId, outcome.kind === 'rejected' ? `the broker refused (${outcome.error})` : outcome.reason);
  }
  return { gone, findings: keptFindings(kept) };
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
