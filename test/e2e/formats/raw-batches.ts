/** The headers of a partition's batches as the broker keeps them, to prove that a test met what it is about. */
import type { ClusterAddress } from '../../../src/testbed/client.ts';
import { endOf, fetchOnce, openLog } from '../log/open-log.ts';

export interface RawBatch {
  readonly lastOffset: bigint;
  /** 0 none, 1 gzip, 2 snappy, 3 lz4, 4 zstd. */
  readonly codec: number;
  readonly isTransactional: boolean;
  /** Holds a transaction's marker. */
  readonly isControl: boolean;
  /** 0 where compaction took out every record but kept the batch. */
  readonly recordCount: number;
}

/** Partition 0 from its start to the end that it has at the call. */
export async function batchesOf(cluster: ClusterAddress, topic: string): Promise<readonly RawBatch[]> {
  const log = openLog(cluster.bootstrapServers);
  try {
    const end = await endOf(log.source, topic);
    const batches: RawBatch[] = [];
    for (let next = 0n; next < end; next = (batches.at(-1)?.lastOffset ?? end) + 1n) {
      const { error, records } = await fetchOnce(log.source, topic, next);
      if (error !== null) throw new Error(`${topic}: ${error}`);
      const found = headers(Buffer.from(records));
      if (found.length === 0) break;
      batches.push(...found);
    }
    return batches;
  } finally {
    log.close();
  }
}

// Record batch, magic 2: base offset 0, length 8, magic 16, attributes 21, last offset delta 23, record count 57.
function headers(bytes: Buffer): readonly RawBatch[] {
  const batches: RawBatch[] = [];
  for (let at = 0; at + 61 <= bytes.length; at += 12 + bytes.readInt32BE(at + 8)) {
    const attributes = bytes.readInt16BE(at + 21);
    batches.push({
      lastOffset: bytes.readBigInt64BE(at) + BigInt(bytes.readInt32BE(at + 23)),
      codec: attributes & 0x07,
      isTransactional: (attributes & 0x10) !== 0,
      isControl: (attributes & 0x20) !== 0,
      recordCount: bytes.readInt32BE(at + 57),
    });
  }
  return batches;
}
