import type { BedAddresses } from './bed.ts';
import { readConnect } from './connect-rest.ts';
import { bedError } from './errors.ts';
import { type Mm2Options, targetTopic } from './mm2-options.ts';
import { type LogRange, logRanges } from './topics.ts';
import { type Look, waitFor } from './wait.ts';

export interface ReplicationOptions extends Mm2Options {
  /**
   * What proves a copy. `log-length` (default): as many records on the target as on the source; for topics without
   * transactions and trimming. `connect`: the offset that Connect stored for the source connector is the source's last
   * one; for exactly-once workers and trimmed topics, but not for a source log that ends in a transaction marker.
   */
  readonly by?: 'log-length' | 'connect';
  /** 240 s by default. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 240_000;

/** Waits until MM2 has copied every record of these source topics; nothing may be produced meanwhile. */
export async function waitForReplication(
  bed: BedAddresses,
  topics: readonly string[],
  options: ReplicationOptions = {},
): Promise<void> {
  const look = async (): Promise<Look<void>> => {
    const copied = options.by === 'connect' ? await copiedByConnect(bed, options) : copiedByLength(bed, options);
    for (const topic of topics) {
      for (const range of await logRanges(bed.source, topic)) {
        const there = await copied(topic, range);
        const missing = range.end - range.start - there;
        if (missing !== 0n) return { seen: `${topic}-${range.partition} lacks ${missing} records on the target` };
      }
    }
    return { done: undefined };
  };
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  await waitFor(`${topics.join(', ')} to be replicated`, look, { timeoutMs, intervalMs: 250 });
}

/** How many records of a source range are on the target. */
type Copied = (topic: string, range: LogRange) => Promise<bigint>;

function copiedByLength(bed: BedAddresses, options: ReplicationOptions): Copied {
  const ranges = new Map<string, Promise<readonly LogRange[]>>();
  return async (topic, { partition }) => {
    const copy = targetTopic(topic, options);
    const reading = ranges.get(copy) ?? logRanges(bed.target, copy);
    ranges.set(copy, reading);
    const there = (await reading)[partition];
    return there === undefined ? 0n : there.end - there.start;
  };
}

interface StoredOffsets {
  readonly offsets: readonly {
    readonly partition: { readonly topic: string; readonly partition: number };
    readonly offset: { readonly offset: number } | null;
  }[];
}

async function copiedByConnect(bed: BedAddresses, options: ReplicationOptions): Promise<Copied> {
  if (bed.connectUrl === null) throw bedError('This bed has no Connect worker.');
  const name = `${options.name ?? 'mm2'}-source`;
  const answer = await readConnect(bed.connectUrl, `/connectors/${encodeURIComponent(name)}/offsets`);
  const { offsets } = answer as StoredOffsets;
  return async (topic, { partition, start }) => {
    const stored = offsets.find((one) => one.partition.topic === topic && one.partition.partition === partition);
    const next = stored?.offset === null || stored === undefined ? start : BigInt(stored.offset.offset) + 1n;
    return next > start ? next - start : 0n;
  };
}
