import { describe, expect, it } from 'vitest';
import type { AbortedTransaction } from '../../../../src/adapters/kafka/log/aborted-transactions.ts';
import { readLog } from '../../../../src/adapters/kafka/log/read-log.ts';
import { MigrationError } from '../../../../src/errors.ts';
import type { LogReadRequest } from '../../../../src/operations/ports.ts';
import { concat, javaBatch } from './java-batches.ts';
import { type Answer, type ScriptedLog, scriptedLog } from './scripted-log.ts';

/** Offsets 1000 to 1029. */
const DATA = javaBatch('v2-gzip');
const REQUEST: LogReadRequest = {
  topic: 'orders',
  partition: 0,
  from: 1000n,
  to: 1030n,
  isolation: 'read_uncommitted',
};
const WHOLE = { complete: true, logStartMovedTo: null, openTransactionAt: null, recordCount: 30 };

const lost = new MigrationError('KAFKA_UNREACHABLE', 'the connection closed', { retriable: true });

/** The same bytes with other offsets. */
function moved(batch: Uint8Array, baseOffset: bigint): Uint8Array {
  const copy = batch.slice();
  new DataView(copy.buffer).setBigInt64(0, baseOffset);
  return copy;
}

async function read(log: ScriptedLog, request: Partial<LogReadRequest> = {}) {
  const offsets: bigint[] = [];
  const result = await readLog(log, { ...REQUEST, ...request }, (record) => offsets.push(record.offset));
  return { result, offsets };
}

async function failure(reading: Promise<unknown>): Promise<MigrationError> {
  const error = await reading.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MigrationError) return error;
  throw new Error(`expected a MigrationError, seen ${String(error)}`);
}

describe('a read to a fixed end', () => {
  it('visits each record once, in order, and says that it is complete', async () => {
    const { result, offsets } = await read(scriptedLog({ onFetch: () => ({ records: DATA }) }));
    expect(result).toEqual(WHOLE);
    expect(offsets).toEqual(Array.from({ length: 30 }, (_, i) => 1000n + BigInt(i)));
  });

  it('leaves out what lies before its start and behind its end in the same batches', async () => {
    const log = scriptedLog({ onFetch: () => ({ records: DATA }) });
    const { result, offsets } = await read(log, { from: 1010n, to: 1013n });
    expect(offsets).toEqual([1010n, 1011n, 1012n]);
    expect(result).toEqual({ ...WHOLE, recordCount: 3 });
  });

  it('of nothing asks nobody', async () => {
    const log = scriptedLog({ onFetch: () => lost });
    expect((await read(log, { from: 7n, to: 7n })).result).toEqual({ ...WHOLE, recordCount: 0 });
    expect(log.fetches).toEqual([]);
  });

  it('passes over empty batches, markers and holes', async () => {
    const pieces = [moved(DATA, 1000n), javaBatch('v2-commit-marker'), javaBatch('v2-empty'), moved(DATA, 1100n)];
    const [first, marker, empty, last] = pieces as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const answers = [first, concat(moved(marker, 1030n), moved(empty, 1031n)), last];
    const log = scriptedLog({ onFetch: (_, n) => ({ records: answers[n] ?? new Uint8Array() }) });
    const { result, offsets } = await read(log, { to: 1130n });
    expect(log.fetches.map((fetch) => fetch.offset)).toEqual([1000n, 1030n, 1041n]);
    expect({ complete: result.complete, count: offsets.length, last: offsets.at(-1) }).toEqual({
      complete: true,
      count: 60,
      last: 1129n,
    });
  });

  it('is complete when its end lies in a hole', async () => {
    const log = scriptedLog({ onFetch: (_, n) => ({ records: n === 0 ? DATA : moved(DATA, 2000n) }) });
    const { result, offsets } = await read(log, { to: 1500n });
    expect({ complete: result.complete, count: offsets.length }).toEqual({ complete: true, count: 30 });
  });

  it('is not set back by a batch that ends before its position', async () => {
    const later = moved(DATA, 1030n);
    const log = scriptedLog({ onFetch: (_, n) => ({ records: n === 0 ? DATA : later }) });
    const { result, offsets } = await read(log, { from: 1040n, to: 1060n });
    expect(result).toEqual({ ...WHOLE, recordCount: 20 });
    expect(offsets[0]).toBe(1040n);
  });

  it('does not repeat records when a broker repeats an answer', async () => {
    const log = scriptedLog({ onFetch: (_, n) => ({ records: n < 2 ? DATA : moved(DATA, 1030n) }) });
    const { offsets } = await read(log, { to: 1060n });
    expect(offsets).toHaveLength(60);
  });

  it('asks again for a batch that was cut', async () => {
    const both = concat(DATA, moved(DATA, 1030n));
    const log = scriptedLog({
      onFetch: ({ offset }) => ({ records: offset === 1000n ? both.subarray(0, both.length - 1) : moved(DATA, 1030n) }),
    });
    expect((await read(log, { to: 1060n })).result).toEqual({ ...WHOLE, recordCount: 60 });
    expect(log.fetches.map((fetch) => fetch.offset)).toEqual([1000n, 1030n]);
  });

  it('asks an old broker for more bytes while the first batch is cut', async () => {
    const enough = 16 * 1024 * 1024;
    const log = scriptedLog({
      onFetch: ({ maxBytes }) => ({ records: maxBytes < enough ? DATA.subarray(0, 100) : DATA }),
    });
    expect((await read(log)).result).toEqual(WHOLE);
    expect(log.fetches.at(-1)?.maxBytes).toBe(enough);
  });

  it('does not ask for more bytes without end', async () => {
    const log = scriptedLog({ onFetch: () => ({ records: DATA.subarray(0, 100) }) });
    const error = await failure(read(log));
    expect(error.message).toContain('expected a batch at offset 1000 of at most 268435456 bytes');
    expect(log.fetches.length).toBeLessThan(10);
  });
});

describe('what passes is waited out', () => {
  const once = (answer: Answer) => scriptedLog({ onFetch: (_, n) => (n === 0 ? answer : { records: DATA }) });

  it.each<[string, Answer]>([
    ['a lost connection', lost],
    ['a leader that moved', { error: 'NOT_LEADER_OR_FOLLOWER' }],
    ['a replica that has not caught up', { error: 'OFFSET_NOT_AVAILABLE' }],
    ['an empty answer', {}],
    ['an answer before the high watermark is known', { highWatermark: 1000n, lastStableOffset: 1000n }],
    ['a position beyond the end of a leader that has not caught up', { error: 'OFFSET_OUT_OF_RANGE' }],
  ])('%s', async (_, answer) => {
    expect((await read(once(answer))).result).toEqual(WHOLE);
  });

  it('a throttled answer, for as long as the broker asks', async () => {
    const log = once({ throttleTimeMs: 5_000 });
    expect((await read(log)).result).toEqual(WHOLE);
    expect(log.sleptMs()).toBe(5_000);
  });

  it('an election: the new leader is looked up and asked', async () => {
    const log = scriptedLog({
      onFetch: ({ broker }) => (broker === 1 ? { error: 'NOT_LEADER_OR_FOLLOWER' } : { records: DATA }),
      leader: (n) => [1, 'LEADER_NOT_AVAILABLE', 2][n] ?? 2,
    });
    expect((await read(log)).result).toEqual(WHOLE);
    expect(log.fetches.map((fetch) => fetch.broker)).toEqual([1, 2]);
  });

  it('a fault in the middle does not repeat records', async () => {
    const log = scriptedLog({
      onFetch: ({ offset }, n) => (n === 1 ? lost : { records: moved(DATA, offset) }),
    });
    const { result, offsets } = await read(log, { to: 1060n });
    expect(result).toEqual({ ...WHOLE, recordCount: 60 });
    expect(new Set(offsets).size).toBe(60);
  });
});

describe('what does not pass', () => {
  it('ends the read with the last error after 30 s without progress', async () => {
    const log = scriptedLog({ onFetch: () => ({ error: 'KAFKA_STORAGE_ERROR' }) });
    const error = await failure(read(log));
    expect(error).toMatchObject({ code: 'KAFKA_REQUEST', retriable: true });
    expect(error.message).toBe('target topic orders, partition 0: expected records, seen KAFKA_STORAGE_ERROR.');
    expect(log.sleptMs()).toBeLessThanOrEqual(30_000);
  });

  it('progress renews the patience', async () => {
    const log = scriptedLog({
      onFetch: ({ offset }, n) => (n % 30 === 29 ? { records: moved(DATA, offset) } : lost),
    });
    expect((await read(log, { to: 1090n })).result).toEqual({ ...WHOLE, recordCount: 90 });
    expect(log.sleptMs()).toBeGreaterThan(30_000);
  });

  it('a broker that has no more to give makes the read incomplete', async () => {
    const log = scriptedLog({ onFetch: (_, n) => (n === 0 ? { records: DATA } : {}) });
    expect((await read(log, { to: 1031n })).result).toEqual({ ...WHOLE, complete: false });
  });

  it('a missing permission is said at once', async () => {
    const log = scriptedLog({ onFetch: () => ({ error: 'TOPIC_AUTHORIZATION_FAILED' }) });
    const error = await failure(read(log));
    expect(error).toMatchObject({ code: 'KAFKA_AUTHORIZATION', retriable: false });
    expect(error.hint).toBe('Grant READ on the topic orders to the principal of the target.');
    expect(log.sleptMs()).toBe(0);
  });

  it('a connection that no retry helps is said at once', async () => {
    const refused = new MigrationError('KAFKA_AUTHENTICATION', 'wrong password');
    const log = scriptedLog({ onFetch: () => refused });
    expect(await failure(read(log))).toBe(refused);
    expect(log.sleptMs()).toBe(0);
  });

  it.each<[string, Answer]>([
    ['by the high watermark of a fetch', { highWatermark: 900n }],
    ['by the refusal of the position', { error: 'OFFSET_OUT_OF_RANGE' }],
  ])('an end that the log does not have is said at once, %s', async (_, answer) => {
    const range = { kind: 'range', logStart: 0n, highWatermark: 900n } as const;
    const log = scriptedLog({ onFetch: () => answer, range });
    expect((await failure(read(log))).message).toBe(
      'target topic orders, partition 0: expected records from offset 1000 to 1030, seen a log that ends at 900.',
    );
    expect(log.sleptMs()).toBe(0);
  });

  it('a damaged batch is said with topic, partition and offset, and nothing of it is visited', async () => {
    const damaged = DATA.slice();
    damaged[100] = (damaged[100] as number) ^ 1;
    const offsets: bigint[] = [];
    const log = scriptedLog({ onFetch: () => ({ records: damaged }) });
    const error = await failure(readLog(log, REQUEST, (record) => offsets.push(record.offset)));
    expect(error).toMatchObject({ code: 'KAFKA_PROTOCOL', retriable: false });
    expect(error.message).toContain('target topic orders, partition 0: the batch at offset 1000 is malformed');
    expect(offsets).toEqual([]);
  });

  it('what the visitor throws ends the read as it is', async () => {
    const boom = new Error('visitor');
    const log = scriptedLog({ onFetch: () => ({ records: DATA }) });
    const reading = readLog(log, REQUEST, () => {
      throw boom;
    });
    await expect(reading).rejects.toBe(boom);
  });
});

describe('the log start', () => {
  const trimmed = (logStart: bigint, trimmedFrom = 0) =>
    scriptedLog({
      onFetch: ({ offset }, n) =>
        n >= trimmedFrom && offset < logStart ? { error: 'OFFSET_OUT_OF_RANGE' } : { records: moved(DATA, offset) },
      range: { kind: 'range', logStart, highWatermark: 100_000n },
    });

  it('above the start of the read raises it, and the rest is complete', async () => {
    const { result, offsets } = await read(trimmed(1500n), { to: 1530n });
    expect(result).toEqual({ ...WHOLE, logStartMovedTo: 1500n });
    expect(offsets[0]).toBe(1500n);
  });

  it('that overtakes a read makes it incomplete', async () => {
    const { result, offsets } = await read(trimmed(1500n, 1), { to: 1530n });
    expect(result).toEqual({ complete: false, logStartMovedTo: 1500n, openTransactionAt: null, recordCount: 60 });
    expect([offsets[29], offsets[30]]).toEqual([1029n, 1500n]);
  });

  it('behind the end leaves nothing to read', async () => {
    const { result } = await read(trimmed(5000n));
    expect(result).toEqual({ ...WHOLE, logStartMovedTo: 5000n, recordCount: 0 });
  });
});

describe('a read of committed records', () => {
  const committed = { isolation: 'read_committed' } as const;
  const transactional = javaBatch('v2-transactional'); // producer 4711, offsets 1000 to 1002
  const end = (kind: 'commit' | 'abort') => moved(javaBatch(`v2-${kind}-marker`), 1003n);
  const aborted: AbortedTransaction[] = [{ producerId: 4711n, firstOffset: 1000n }];

  it('leaves out an aborted transaction', async () => {
    const records = concat(transactional, end('abort'));
    const log = scriptedLog({ onFetch: () => ({ records, abortedTransactions: aborted }) });
    expect((await read(log, { ...committed, to: 1004n })).result).toEqual({ ...WHOLE, recordCount: 0 });
  });

  it('keeps a committed one', async () => {
    const log = scriptedLog({ onFetch: () => ({ records: concat(transactional, end('commit')) }) });
    expect((await read(log, { ...committed, to: 1004n })).result).toEqual({ ...WHOLE, recordCount: 3 });
  });

  it('stops before an open transaction and says where it begins', async () => {
    const log = scriptedLog({
      onFetch: (_, n) => ({
        records: n === 0 ? DATA : new Uint8Array(),
        highWatermark: 1100n,
        lastStableOffset: 1030n,
      }),
    });
    const { result } = await read(log, { ...committed, to: 1100n });
    expect(result).toEqual({ ...WHOLE, openTransactionAt: 1030n });
    expect(log.sleptMs()).toBe(0);
  });

  it('is the only one that an open transaction ends', async () => {
    const log = scriptedLog({
      onFetch: (_, n) => ({ records: n === 0 ? new Uint8Array() : DATA, lastStableOffset: 500n }),
    });
    expect((await read(log)).result).toEqual(WHOLE);
  });

  it('of brokers without transactions ends as any other', async () => {
    const log = scriptedLog({
      onFetch: (_, n) => ({ records: n === 0 ? new Uint8Array() : DATA, lastStableOffset: -1n }),
    });
    expect((await read(log, committed)).result).toEqual(WHOLE);
  });
});
