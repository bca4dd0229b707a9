import { readFileSync } from 'node:fs';
import type { LogBatch } from '../../../../src/adapters/kafka/log/batch.ts';
import { readBatches } from '../../../../src/adapters/kafka/log/batches.ts';

const FILE = new URL('./fixtures/java-batches.json', import.meta.url);
const BATCHES = JSON.parse(readFileSync(FILE, 'utf8')) as Readonly<Record<string, string>>;

export const BATCH_NAMES: readonly string[] = Object.keys(BATCHES);

/** Bytes that fixtures/JavaBatches.java wrote under this name with Kafka's own classes. */
export function javaBatch(name: string): Uint8Array {
  const base64 = BATCHES[name];
  if (base64 === undefined) throw new Error(`fixtures/java-batches.json has no ${name}`);
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** A record with bytes as text, so that records of any origin can be compared. */
export interface PlainRecord {
  readonly offset: bigint;
  readonly timestamp: bigint;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly (readonly [string, string | null])[];
}

export const BASE_OFFSET = 1000n;
export const APPEND_TIME = 1_800_000_000_000n;

/** The records that JavaBatches.java wrote. */
export function javaRecords(
  magic: number,
  { count = 30, valueLength = 7, timestamp = (i: number) => 1_700_000_000_000n + BigInt(i) * 13n } = {},
): PlainRecord[] {
  return Array.from({ length: count }, (_, i) => ({
    offset: BASE_OFFSET + BigInt(i),
    timestamp: magic === 0 ? -1n : timestamp(i),
    key: i % 5 === 0 ? null : text(Buffer.from(`key-${i}`)),
    value: i % 7 === 3 ? null : text(value(i, i * valueLength)),
    headers:
      magic < 2 || i % 4 !== 1
        ? []
        : [
            ['größe', text(Buffer.from(String(i)))],
            ['größe', null],
          ],
  }));
}

function value(i: number, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, j) => i + ((Math.floor(j / 3) * Math.floor(j / 3)) % 97));
}

export function recordsOf(batches: Iterable<LogBatch>): PlainRecord[] {
  const records: PlainRecord[] = [];
  for (const batch of batches) {
    batch.readRecords(({ offset, timestamp, key, value, headers }) => {
      const plainHeaders = headers.map((header) => [header.key, text(header.value)] as const);
      records.push({ offset, timestamp, key: text(key), value: text(value), headers: plainHeaders });
    });
  }
  return records;
}

export function readAll(bytes: Uint8Array): PlainRecord[] {
  return recordsOf(readBatches(bytes));
}

export function onlyBatch(bytes: Uint8Array): LogBatch {
  const [batch] = readBatches(bytes);
  if (batch === undefined) throw new Error('no whole batch');
  return batch;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function text(bytes: Uint8Array): string;
function text(bytes: Uint8Array | null): string | null;
function text(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('latin1');
}
