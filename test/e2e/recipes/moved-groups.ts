/** Groups on the bed's source, and what Java's own tool shows of them on its target. */
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { describeGroupOffsets } from '../../support/witness.ts';
import { bed } from './recipe.ts';

const ORDERS = [0, 1].map((partition) => ({ topic: 'orders', partition }));

/** As consumers leave them that stop at this offset of both partitions of `orders`. */
export async function stopOnSource(offsets: Readonly<Record<string, number>>): Promise<void> {
  const groups = Object.entries(offsets).map(([groupId, offset]) => ({
    groupId,
    offsets: ORDERS.map((partition) => ({ ...partition, offset: BigInt(offset) })),
  }));
  await commitGroupOffsets(bed.source.address, groups);
}

/** `orders-0 120`, sorted; empty for a group that is not there. */
export async function onTarget(groupId: string): Promise<readonly string[]> {
  const [only = []] = await allOnTarget([groupId]);
  return only;
}

/** The same for several, in their order, by one run of the tool. */
export async function allOnTarget(groupIds: readonly string[]): Promise<readonly (readonly string[])[]> {
  const rows = await describeGroupOffsets(bed.target.address.bootstrapServers);
  return groupIds.map((groupId) => {
    const committed = rows.filter((row) => row.groupId === groupId && row.currentOffset !== null);
    return committed.map((row) => `${row.topic}-${row.partition} ${row.currentOffset}`).sort();
  });
}

/** What `onTarget` shows of a group in place: the copies have the offsets of their originals. */
export function inPlaceAt(offset: number): readonly string[] {
  return ORDERS.map(({ topic, partition }) => `${topic}-${partition} ${offset}`);
}
