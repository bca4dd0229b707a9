import { createHash } from 'node:crypto';
import type { ImageSource } from '../../../src/adapters/kafka/images/image-source.ts';
import { readImages } from '../../../src/adapters/kafka/images/read-images.ts';
import type { LogSource } from '../../../src/adapters/kafka/log/log-source.ts';
import { readLog } from '../../../src/adapters/kafka/log/read-log.ts';
import type { KafkaRequest } from '../../../src/adapters/kafka/protocol/request.ts';
import { ScanRate } from '../../../src/adapters/kafka/scan-rate.ts';
import type { ImageRequest, ImageSlice } from '../../../src/operations/ports.ts';

/** What a slice should be: offset, timestamp and digests of each record, made here by other code than the reader's. */
export type ExpectedImage = readonly [offset: bigint, timestamp: bigint, content: string, headers: string];

export function readSlices(
  source: ImageSource,
  requests: readonly ImageRequest[],
  signal = new AbortController().signal,
): Promise<readonly ImageSlice[]> {
  return readImages(source, new ScanRate(Number.POSITIVE_INFINITY, source.clock), requests, signal);
}

export function sliceOf(topic: string, from: number | bigint, to: number | bigint, partition = 0): ImageRequest {
  return { topic, partition, from: BigInt(from), to: BigInt(to) };
}

/** Null when each slice holds the records that one `readLog` after the other finds there; else the first difference. */
export async function differenceFromReadLog(
  log: LogSource,
  requests: readonly ImageRequest[],
  slices: readonly ImageSlice[],
): Promise<string | null> {
  if (slices.length !== requests.length) return `${slices.length} slices for ${requests.length} requests`;
  for (const [index, request] of requests.entries()) {
    const difference = firstDifference(slices[index], await expectedImages(log, request));
    const where = `${request.topic}/${request.partition} [${request.from}, ${request.to})`;
    if (difference !== null) return `${where}: ${difference}`;
  }
  return null;
}

async function expectedImages(log: LogSource, request: ImageRequest): Promise<readonly ExpectedImage[]> {
  const expected: ExpectedImage[] = [];
  const { complete } = await readLog(log, { ...request, isolation: 'read_uncommitted' }, (record) => {
    const { offset, timestamp, key, value, headers } = record;
    const pairs = headers.flatMap((header) => [Buffer.from(header.key), header.value]);
    expected.push([offset, timestamp, digest([key, value]), pairs.length === 0 ? '' : digest(pairs)]);
  });
  if (!complete) throw new Error('readLog itself was not complete');
  return expected;
}

function firstDifference(slice: ImageSlice | undefined, expected: readonly ExpectedImage[]): string | null {
  if (slice?.kind !== 'read') return slice?.error ?? 'no slice';
  const seen = slice.records.map((image): ExpectedImage => {
    return [image.offset, image.timestamp, image.content, image.headers];
  });
  if (seen.length !== expected.length) return `${seen.length} records, expected ${expected.length}`;
  const at = expected.findIndex((fields, index) => fields.some((field, n) => seen[index]?.[n] !== field));
  return at === -1 ? null : `record ${at} at offset ${seen[at]?.[0]}, expected ${expected[at]?.[0]} and its digests`;
}

function digest(parts: readonly (Uint8Array | null)[]): string {
  const lengths = parts.map((part) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(part === null ? -1 : part.length);
    return length;
  });
  const framed = parts.flatMap((part, n) => [lengths[n] ?? Buffer.alloc(0), part ?? Buffer.alloc(0)]);
  return createHash('sha256').update(Buffer.concat(framed)).digest().toString('latin1');
}

/** The same cluster, with something done before each request, or with other requests. */
export function interceptImages(
  source: ImageSource,
  before: <T>(request: KafkaRequest<T>, broker: number) => Promise<KafkaRequest<T>>,
): ImageSource {
  return {
    side: source.side,
    clock: source.clock,
    log: source.log,
    leaders: (partitions) => source.leaders(partitions),
    logRanges: (partitions) => source.logRanges(partitions),
    send: async (broker, request) => source.send(broker, await before(request, broker)),
  };
}
