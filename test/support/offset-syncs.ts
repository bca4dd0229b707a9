/** Offset syncs as MirrorMaker 2 has written them. They trail the records: those may be there before their syncs are. */
import { decodeOffsetSync, type OffsetSync } from '../../src/domain/checkpoints/offset-sync-format.ts';
import type { BedAddresses } from '../../src/testbed/bed.ts';
import type { Mm2Options } from '../../src/testbed/mm2.ts';
import { readRecords } from '../../src/testbed/records.ts';
import { waitFor } from '../../src/testbed/wait.ts';

const WAIT = { timeoutMs: 180_000, intervalMs: 250 };

/** Returns when the topic of offset syncs on the source holds such a one. */
export async function waitForOffsetSync(
  bed: BedAddresses,
  mm2: Mm2Options,
  wanted: (sync: OffsetSync) => boolean,
): Promise<void> {
  const separator = mm2.separator ?? '.';
  const topic = `mm2-offset-syncs${separator}${mm2.targetAlias ?? 'target'}${separator}internal`;
  const look = async () => {
    const records = await readRecords(bed.source, topic);
    const decoded = records.map(decodeOffsetSync);
    const found = decoded.some((one) => one.kind === 'offset-sync' && wanted(one.offsetSync));
    return found ? { done: undefined } : { seen: `${records.length} others` };
  };
  await waitFor(`an offset sync in ${topic}`, look, WAIT);
}
