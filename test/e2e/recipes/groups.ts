/** The groups that a recipe is about, and what Java's tools see of them. */
import { withAdmin } from '../../../src/testbed/client.ts';
import { commitGroupOffsets, type GroupOffsets } from '../../../src/testbed/groups.ts';
import { recreateTopic } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { RESIDENT } from '../../bed/recipes-bed.ts';
import { describeGroupOffsets } from '../../support/witness.ts';
import { bed } from './recipe.ts';

const WAIT = { timeoutMs: 180_000, intervalMs: 250 };

/** What MirrorMaker 2 has written of groups that are gone would still be a sign of them. */
const CHECKPOINTS = { topic: 'msksource.checkpoints.internal', config: { 'cleanup.policy': 'compact' } };

/** No group but the resident one on the source, none on the target, no checkpoints, and then these on the source. */
export async function beginWith(groups: readonly GroupOffsets[]): Promise<void> {
  await Promise.all([deleteAllGroups('source', [RESIDENT.groupId]), deleteAllGroups('target', [])]);
  await recreateTopic(bed.target.address, CHECKPOINTS);
  await commitGroupOffsets(bed.source.address, [RESIDENT, ...groups]);
}

/** A group at this offset in each of the partitions, `orders-0` and the like. */
export function groupAt(groupId: string, offset: number, partitions: readonly string[]): GroupOffsets {
  const offsets = partitions.map((name) => {
    const at = name.lastIndexOf('-');
    return { topic: name.slice(0, at), partition: Number(name.slice(at + 1)), offset: BigInt(offset) };
  });
  return { groupId, offsets };
}

/**
 * As the consumers of these groups leave them on the source. As long as the broker counts one that has just left, it takes
 * no commit from outside.
 */
export function stopAt(...groups: readonly GroupOffsets[]): Promise<void> {
  const look = async () => ({ done: await commitGroupOffsets(bed.source.address, groups) });
  return waitFor('the groups to take their offsets', look, WAIT);
}

/** What `committedInJava` shows where these and the resident one are in place: copies have the offsets of their originals. */
export function inPlace(...groups: readonly GroupOffsets[]): readonly string[] {
  const lines = [RESIDENT, ...groups].flatMap(({ groupId, offsets }) =>
    offsets.map(({ topic, partition, offset }) => `${groupId} ${topic}-${partition} ${offset}`),
  );
  return lines.sort();
}

/** `group topic-partition offset`, sorted, from `kafka-consumer-groups --describe` of all groups. */
export async function committedInJava(side: 'source' | 'target'): Promise<readonly string[]> {
  const rows = await describeGroupOffsets(bed[side].address.bootstrapServers);
  return rows
    .filter((row) => row.currentOffset !== null && !row.groupId.startsWith('connect-'))
    .map((row) => `${row.groupId} ${row.topic}-${row.partition} ${row.currentOffset}`)
    .sort();
}

/** A consumer that has just left may still be counted, so it is tried until it is done. */
async function deleteAllGroups(side: 'source' | 'target', kept: readonly string[]): Promise<void> {
  const look = async () => {
    const left = await withAdmin(bed[side].address, async (admin) => {
      const { groups } = await admin.listGroups();
      const ids = groups.filter(({ protocolType, groupId }) => protocolType !== 'connect' && !kept.includes(groupId));
      if (ids.length > 0) await admin.deleteGroups(ids.map(({ groupId }) => groupId)).catch(() => undefined);
      return ids;
    });
    return left.length === 0 ? { done: undefined } : { seen: left.map(({ groupId }) => groupId).join(', ') };
  };
  await waitFor(`no groups on the ${side}`, look, WAIT);
}
