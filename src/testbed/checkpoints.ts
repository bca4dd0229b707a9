import type { BedAddresses } from './bed.ts';
import { checkpointsTopic, type Mm2Options } from './mm2-options.ts';
import { type ReadRecord, readRecords } from './records.ts';
import { waitFor } from './wait.ts';

/** A checkpoint as MM2 wrote it: `topic` is the target's, the offsets are next offsets. */
export interface BedCheckpoint {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly upstreamOffset: bigint;
  readonly downstreamOffset: bigint;
}

const CHECKPOINT_TIMEOUT_MS = 240_000;

/**
 * Waits until the latest checkpoints (one for each group and partition) are as the caller wants them and returns them.
 * A small reader of the bed's own, so that tests of our real one do not wait on the code they test.
 */
export async function waitForCheckpoints(
  bed: BedAddresses,
  options: Mm2Options & { readonly timeoutMs?: number },
  wanted: (latest: readonly BedCheckpoint[]) => boolean,
): Promise<readonly BedCheckpoint[]> {
  const topic = checkpointsTopic(options);
  const look = async () => {
    const latest = latestOf(await readRecords(bed.target, topic));
    return wanted(latest) ? { done: latest } : { seen: `${latest.length} checkpoints` };
  };
  const timeoutMs = options.timeoutMs ?? CHECKPOINT_TIMEOUT_MS;
  return waitFor(`the wanted checkpoints in ${topic}`, look, { timeoutMs, intervalMs: 250 });
}

function latestOf(records: readonly ReadRecord[]): readonly BedCheckpoint[] {
  const latest = new Map<string, BedCheckpoint>();
  for (const { key, value } of records) {
    if (key === null || value === null) continue;
    const checkpoint = decode(key, value);
    latest.set(`${checkpoint.groupId} ${checkpoint.topic} ${checkpoint.partition}`, checkpoint);
  }
  return [...latest.values()];
}

// Key: group STRING, topic STRING, partition INT32. Value: version INT16, upstream INT64, downstream INT64, metadata.
function decode(key: Buffer, value: Buffer): BedCheckpoint {
  const groupEnd = 2 + key.readInt16BE(0);
  const topicEnd = groupEnd + 2 + key.readInt16BE(groupEnd);
  return {
    groupId: key.toString('utf8', 2, groupEnd),
    topic: key.toString('utf8', groupEnd + 2, topicEnd),
    partition: key.readInt32BE(topicEnd),
    upstreamOffset: value.readBigInt64BE(2),
    downstreamOffset: value.readBigInt64BE(10),
  };
}
