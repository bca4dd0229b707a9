/** What is left to copy, in data records, and whether transactions wrote the source: read from the ends of its logs. */
import type { Known, TopicPartitionFacts } from '../../domain/cutover/facts.ts';
import type { Finding } from '../../domain/finding.ts';
import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../../domain/topic-partition.ts';
import type { LogRange } from '../ports.ts';
import { type CopiedOffsets, copiedOf } from './copied-offsets.ts';
import type { GateReader, TailReading, TailRequest } from './gate-ports.ts';
import { clause, known, unknown } from './known.ts';

export interface LogQuestion {
  readonly source: GateReader;
  readonly partitions: readonly TopicPartition[];
  /** Of the second look. */
  readonly ranges: ReadonlyMap<TopicPartitionKey, LogRange>;
  /** What is left to copy is counted up to here, or to the end of the log where that is less or nothing is named. */
  readonly copyUpTo: ReadonlyMap<TopicPartitionKey, bigint>;
  readonly copied: Known<CopiedOffsets>;
  /** As MM2's source consumer reads. */
  readonly isolation: TailRequest['isolation'];
  /** Offsets of one partition that are read at most to count records; more are an upper bound of them. 0: none is read. */
  readonly maxScan: number;
  readonly signal: AbortSignal;
}

export interface PartitionLog {
  readonly copiedUpTo: TopicPartitionFacts['copiedUpTo'];
  readonly lagRecords: Known<bigint>;
  readonly lostToRetention: Known<bigint>;
  /** Whether a transaction wrote what was read; null: nothing was read. */
  readonly transactional: boolean | null;
}

export interface LogReading {
  readonly partitions: ReadonlyMap<TopicPartitionKey, PartitionLog>;
  readonly findings: readonly Finding[];
}

/** Offsets at the end in which transactions are looked for: each one ends in a marker. */
const EVIDENCE = 100;

export async function readLogs(question: LogQuestion): Promise<LogReading> {
  const looked = BigInt(Math.min(EVIDENCE, question.maxScan));
  const evidence = await readSlices(question, ({ logStart, highWatermark }) => ({
    from: highWatermark - looked > logStart ? highWatermark - looked : logStart,
    to: highWatermark,
    isolation: 'read_uncommitted',
  }));
  const lags = await readLagSlices(question);
  const partitions = new Map<TopicPartitionKey, PartitionLog>();
  const bounded: string[] = [];
  for (const { topic, partition } of question.partitions) {
    const key = partitionKey(topic, partition);
    const range = question.ranges.get(key);
    const seen = [evidence.get(key), lags.get(key)].filter((reading) => reading?.kind === 'read');
    const isEmpty = range?.kind === 'range' && range.logStart === range.highWatermark;
    const transactional = seen.some((reading) => reading.transactional);
    const lagRecords = lagOf(question, key, lags.get(key));
    if (lagRecords.kind === 'known' && lagRecords.value > BigInt(question.maxScan)) bounded.push(key);
    partitions.set(key, {
      copiedUpTo: copiedOf(question.copied, key),
      lagRecords,
      lostToRetention: lostOf(range, question.copied, key, transactional),
      transactional: seen.length > 0 || isEmpty ? transactional : null,
    });
  }
  return { partitions, findings: boundedFindings(bounded, question.maxScan) };
}

/** Only how many records are left to copy. */
export async function readLags(question: LogQuestion): Promise<ReadonlyMap<TopicPartitionKey, Known<bigint>>> {
  const slices = await readLagSlices(question);
  const keys = question.partitions.map(({ topic, partition }) => partitionKey(topic, partition));
  return new Map(keys.map((key) => [key, lagOf(question, key, slices.get(key))]));
}

function readLagSlices(question: LogQuestion): Promise<ReadonlyMap<TopicPartitionKey, TailReading>> {
  return readSlices(question, (range, key) => {
    const from = lagFrom(range, key, question.copied);
    const to = lagEnd(question, key, range);
    if (from === null || to - from > BigInt(question.maxScan)) return null;
    return { from, to, isolation: question.isolation };
  });
}

type Range = Extract<LogRange, { kind: 'range' }>;

/** Only slices that hold an offset are read. */
async function readSlices(
  { source, partitions, ranges, signal }: LogQuestion,
  sliceOf: (range: Range, key: TopicPartitionKey) => Omit<TailRequest, keyof TopicPartition> | null,
): Promise<ReadonlyMap<TopicPartitionKey, TailReading>> {
  const requests: TailRequest[] = [];
  for (const { topic, partition } of partitions) {
    const key = partitionKey(topic, partition);
    const range = ranges.get(key);
    const slice = range?.kind === 'range' ? sliceOf(range, key) : null;
    if (slice !== null && slice.from < slice.to) requests.push({ topic, partition, ...slice });
  }
  const readings = await source.readTails(requests, signal);
  return new Map(
    requests.flatMap(({ topic, partition }, place) => {
      const reading = readings[place];
      return reading === undefined ? [] : [[partitionKey(topic, partition), reading] as const];
    }),
  );
}

/** Where what is not copied yet begins; null when that is not known. */
function lagFrom(range: Range, key: TopicPartitionKey, copied: Known<CopiedOffsets>): bigint | null {
  if (copied.kind === 'unknown') return null;
  const next = copied.value.get(key) ?? range.logStart;
  return next > range.logStart ? next : range.logStart;
}

function lagEnd({ copyUpTo }: LogQuestion, key: TopicPartitionKey, { highWatermark }: Range): bigint {
  const upTo = copyUpTo.get(key) ?? highWatermark;
  return upTo < highWatermark ? upTo : highWatermark;
}

function lagOf(question: LogQuestion, key: TopicPartitionKey, tail: TailReading | undefined): Known<bigint> {
  const { ranges, copied } = question;
  const range = ranges.get(key);
  if (range?.kind !== 'range') return unknown(range?.error ?? 'no answer');
  if (copied.kind === 'unknown') return copied;
  const from = lagFrom(range, key, copied) ?? range.logStart;
  const to = lagEnd(question, key, range);
  if (from >= to) return known(0n);
  if (tail === undefined) return known(to - from);
  if (tail.kind === 'unreadable') return unknown(clause(tail.error));
  if (tail.openTransactionAt !== null) return unknown(`a transaction is open from offset ${tail.openTransactionAt}`);
  return known(BigInt(tail.dataRecords));
}

function lostOf(
  range: LogRange | undefined,
  copied: Known<CopiedOffsets>,
  key: TopicPartitionKey,
  transactional: boolean,
): Known<bigint> {
  if (range?.kind !== 'range') return unknown(range?.error ?? 'no answer');
  if (copied.kind === 'unknown') return copied;
  const next = copied.value.get(key) ?? null;
  // What was gone before MM2 began was never to be copied.
  if (next === null || next >= range.logStart) return known(0n);
  const lost = range.logStart - next;
  const isEmpty = range.logStart === range.highWatermark;
  if (transactional || (isEmpty && lost === 1n)) {
    return unknown(`offsets ${next} to ${range.logStart - 1n} are deleted, and may have been markers of transactions`);
  }
  return known(lost);
}

function boundedFindings(keys: readonly string[], maxScan: number): readonly Finding[] {
  if (keys.length === 0) return [];
  const shown = keys.slice(0, 5).join(', ');
  return [
    {
      rule: 'replication-lag-upper-bound',
      severity: 'notice',
      where: 'source',
      message: `The offsets left to copy were not counted but taken for records in ${keys.length} partitions with more than ${maxScan} of them: ${shown}${keys.length > 5 ? ' …' : ''}.`,
      hint: 'Markers of transactions and compacted records may be among them. With translation exact, up to max-scan offsets of a partition are read and counted.',
    },
  ];
}
