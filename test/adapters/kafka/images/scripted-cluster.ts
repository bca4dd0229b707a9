import type { ImageSource } from '../../../../src/adapters/kafka/images/image-source.ts';
import { readImages } from '../../../../src/adapters/kafka/images/read-images.ts';
import type { FetchAnswer, FetchedPartition } from '../../../../src/adapters/kafka/log/fetch-request.ts';
import { Decoder } from '../../../../src/adapters/kafka/protocol/decoder.ts';
import { Encoder } from '../../../../src/adapters/kafka/protocol/encoder.ts';
import type { KafkaRequest } from '../../../../src/adapters/kafka/protocol/request.ts';
import { ScanRate } from '../../../../src/adapters/kafka/scan-rate.ts';
import { partitionKey } from '../../../../src/domain/topic-partition.ts';
import type { ImageRequest, ImageSlice, KafkaErrorName, LogRange } from '../../../../src/operations/ports.ts';

export const TOPIC = 'orders';

export interface Asked {
  readonly broker: number;
  readonly partition: number;
  readonly offset: bigint;
  readonly maxBytes: number;
  /** The first of its request is answered with a whole batch, whatever its size. */
  readonly first: boolean;
}

export interface Script {
  /** What a broker answers for one partition of a request, or an error that ends the whole request. */
  readonly onFetch: (asked: Asked, n: number) => Partial<FetchedPartition> | Error;
  /** Range at the n-th look-up (from 0): the one before the read, and those that refused positions cause. */
  readonly range?: (n: number) => LogRange;
  /** At the n-th look-up, one a round. */
  readonly leader?: (n: number, partition: number) => number | KafkaErrorName;
}

export interface ScriptedCluster extends ImageSource {
  /** One list a request. */
  readonly requests: readonly (readonly Asked[])[];
  readonly warnings: readonly string[];
  /** What was slept; the clock moves by nothing else. */
  sleptMs(): number;
}

const FETCH_VERSION = 10;
const WHOLE: LogRange = { kind: 'range', logStart: 0n, highWatermark: 100_000n };
const NOTHING: FetchedPartition = {
  error: null,
  throttleTimeMs: 0,
  highWatermark: 100_000n,
  lastStableOffset: 100_000n,
  abortedTransactions: [],
  records: new Uint8Array(),
};

/** Brokers that do what a script says, to make faults that real ones make rarely. */
export function scriptedCluster(script: Script): ScriptedCluster {
  const requests: (readonly Asked[])[] = [];
  const warnings: string[] = [];
  const counts = { slept: 0, ranges: 0, leaders: 0, fetched: 0 };
  const keyed = <T>(partitions: readonly { topic: string; partition: number }[], of: (partition: number) => T) =>
    new Map(partitions.map(({ topic, partition }) => [partitionKey(topic, partition), of(partition)]));
  return {
    side: 'target',
    requests,
    warnings,
    sleptMs: () => counts.slept,
    clock: {
      now: () => counts.slept,
      sleep: async (durationMs, signal) => {
        if (signal?.aborted !== true) counts.slept += durationMs;
      },
    },
    log: { stage() {}, info() {}, debug() {}, warn: (line) => warnings.push(line) },
    async leaders(partitions) {
      const n = counts.leaders++;
      return keyed(partitions, (partition) => script.leader?.(n, partition) ?? 1);
    },
    async logRanges(partitions) {
      const n = counts.ranges++;
      return keyed(partitions, () => script.range?.(n) ?? WHOLE);
    },
    async send<T>(broker: number, request: KafkaRequest<T>): Promise<T> {
      const asked = positionsOf(request).map((position, place) => ({ ...position, broker, first: place === 0 }));
      requests.push(asked);
      const answer = new Map<string, FetchedPartition>();
      for (const one of asked) {
        const fetched = script.onFetch(one, counts.fetched++);
        if (fetched instanceof Error) throw fetched;
        answer.set(partitionKey(TOPIC, one.partition), { ...NOTHING, ...fetched });
      }
      return answer satisfies FetchAnswer as T;
    },
  };
}

/** Reads the request's bytes back. */
function positionsOf(request: KafkaRequest<unknown>): Omit<Asked, 'broker' | 'first'>[] {
  if (request.apiName !== 'Fetch') throw new Error(`unexpected ${request.apiName}`);
  const writer = new Encoder();
  request.encode(FETCH_VERSION, writer);
  const reader = new Decoder(writer.bytes);
  reader.raw(4 + 4 + 4 + 4 + 1 + 4 + 4);
  const topics = reader.array(() => {
    reader.string();
    return reader.array(() => {
      const partition = reader.int32();
      reader.int32();
      const offset = reader.int64();
      reader.int64();
      return { partition, offset, maxBytes: reader.int32() };
    });
  });
  return topics.flat();
}

export function slice(from: number, to: number, partition = 0): ImageRequest {
  return { topic: TOPIC, partition, from: BigInt(from), to: BigInt(to) };
}

export function read(
  cluster: ImageSource,
  requests: readonly ImageRequest[],
  options: { readonly bytesPerSecond?: number; readonly signal?: AbortSignal } = {},
): Promise<readonly ImageSlice[]> {
  const { bytesPerSecond = Number.POSITIVE_INFINITY, signal = new AbortController().signal } = options;
  return readImages(cluster, new ScanRate(bytesPerSecond, cluster.clock), requests, signal);
}

/** Offsets of the records read, or the error. */
export async function outcomes(reading: Promise<readonly ImageSlice[]>): Promise<readonly (string | KafkaErrorName)[]> {
  return (await reading).map((one) => {
    if (one.kind === 'unreadable') return one.error;
    const [first, last] = [one.records[0], one.records.at(-1)];
    return first === undefined ? 'nothing' : `${first.offset}-${last?.offset}`;
  });
}
