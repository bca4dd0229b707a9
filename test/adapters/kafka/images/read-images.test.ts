import { describe, expect, it } from 'vitest';
import { KafkaConnectionError } from '../../../../src/adapters/kafka/kafka-error.ts';
import type { FetchedPartition } from '../../../../src/adapters/kafka/log/fetch-request.ts';
import { MigrationError } from '../../../../src/errors.ts';
import { concat, javaBatch } from '../log/java-batches.ts';
import { type Asked, outcomes, read, scriptedCluster, slice } from './scripted-cluster.ts';

const BATCH = javaBatch('v2-gzip');
const BATCH_OFFSETS = 30;

/** A log without end of batches of 30 offsets, the first from 1000 on. */
function batchAt(offset: bigint): Uint8Array {
  const copy = BATCH.slice();
  const base = offset - ((offset - 1_000n) % BigInt(BATCH_OFFSETS));
  new DataView(copy.buffer).setBigInt64(0, base);
  return copy;
}

const batches = ({ offset }: Asked): Partial<FetchedPartition> => ({ records: batchAt(offset) });

const lost = new KafkaConnectionError('KAFKA_UNREACHABLE', 'the connection closed', {
  hint: '',
  retriable: true,
  sent: true,
});

describe('a read of many slices', () => {
  it('asks for all partitions of a leader together, each at most once a request', async () => {
    const cluster = scriptedCluster({ onFetch: batches });
    const slices = [0, 1, 2].flatMap((partition) => [slice(1_000, 1_030, partition), slice(1_300, 1_310, partition)]);
    expect(await outcomes(read(cluster, slices))).toEqual(slices.map(({ from, to }) => `${from}-${to - 1n}`));
    expect(cluster.requests.map((asked) => asked.map(({ partition }) => partition))).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  it('asks each leader for its own', async () => {
    const cluster = scriptedCluster({ onFetch: batches, leader: (_, partition) => partition });
    expect(await outcomes(read(cluster, [slice(1_000, 1_001, 5), slice(1_000, 1_001, 6)]))).toEqual([
      '1000-1000',
      '1000-1000',
    ]);
    expect(cluster.requests.flat().map(({ broker, partition }) => [broker, partition])).toEqual([
      [5, 5],
      [6, 6],
    ]);
  });

  it('goes on where a fetch ended, to the end of each slice and not beyond', async () => {
    const cluster = scriptedCluster({ onFetch: batches });
    expect(await outcomes(read(cluster, [slice(1_010, 1_075)]))).toEqual(['1010-1074']);
    expect(cluster.requests.flat().map(({ offset }) => offset)).toEqual([1_010n, 1_030n, 1_060n]);
  });

  it('asks for less than 64 KiB once it knows that less holds the slice', async () => {
    const cluster = scriptedCluster({ onFetch: batches });
    await read(cluster, [slice(1_000, 1_040)]);
    const [first, second] = cluster.requests.flat();
    expect(first?.maxBytes).toBe(65_536);
    expect(second?.maxBytes).toBeLessThan(16_384);
  });

  it('passes over batches without records', async () => {
    const empty = javaBatch('v2-empty'); // offsets 1000 to 1009
    const later = BATCH.slice();
    new DataView(later.buffer).setBigInt64(0, 1_010n);
    const cluster = scriptedCluster({ onFetch: () => ({ records: concat(empty, later) }) });
    expect(await outcomes(read(cluster, [slice(1_000, 1_005), slice(1_000, 1_040)]))).toEqual(['nothing', '1010-1039']);
  });
});

describe('a batch that is larger than what was asked for', () => {
  const large = 3 * 1024 * 1024;
  const cutBelow = ({ offset, maxBytes, first }: Asked, cut: Uint8Array) =>
    maxBytes < large && !first ? { records: cut } : { records: batchAt(offset) };

  it.each([
    ['comes as nothing', new Uint8Array()],
    ['comes cut', BATCH.subarray(0, 100)],
  ])('is asked for with more, when it %s', async (_, cut) => {
    const cluster = scriptedCluster({ onFetch: (asked) => cutBelow(asked, cut) });
    const slices = [0, 1, 2].map((partition) => slice(1_000, 1_030, partition));
    expect(await outcomes(read(cluster, slices))).toEqual(slices.map(() => '1000-1029'));
    expect(cluster.sleptMs()).toBe(0);
  });

  it('is given up where brokers before 0.10.1 cut it at 256 MiB, and the others are read', async () => {
    const cluster = scriptedCluster({
      onFetch: (asked) => (asked.partition === 0 ? { records: BATCH.subarray(0, 100) } : batches(asked)),
    });
    expect(await outcomes(read(cluster, [slice(1_000, 1_030), slice(1_000, 1_030, 1)]))).toEqual([
      'MESSAGE_TOO_LARGE',
      '1000-1029',
    ]);
    expect(cluster.requests.length).toBeLessThan(12);
  });
});

describe('what passes is waited out', () => {
  const once = (fault: Partial<FetchedPartition> | Error) =>
    scriptedCluster({ onFetch: (asked, n) => (n === 1 ? fault : batches(asked)) });

  it.each<[string, Partial<FetchedPartition> | Error]>([
    ['a lost connection', lost],
    ['a leader that moved', { error: 'NOT_LEADER_OR_FOLLOWER' }],
    ['an answer before the high watermark is known', { highWatermark: 1_000n }],
    ['a position beyond what this replica holds', { error: 'OFFSET_OUT_OF_RANGE' }],
  ])('%s', async (_, fault) => {
    const slices = [slice(1_000, 1_060), slice(1_000, 1_060, 1), slice(1_200, 1_210, 1)];
    expect(await outcomes(read(once(fault), slices))).toEqual(['1000-1059', '1000-1059', '1200-1209']);
  });

  it('a broker that was lost is asked for nothing more before a wait', async () => {
    const askedBeforeWait: number[] = [];
    const cluster = scriptedCluster({
      onFetch: (asked, n) => {
        if (cluster.sleptMs() > 0) return batches(asked);
        askedBeforeWait.push(n);
        return lost;
      },
    });
    const slices = Array.from({ length: 20 }, (_, n) => slice(1_000 + n * 100, 1_010 + n * 100));
    expect(await outcomes(read(cluster, slices))).toEqual(slices.map(({ from, to }) => `${from}-${to - 1n}`));
    expect(askedBeforeWait.length).toBeLessThan(slices.length / 2);
  });

  it('an election: the next leader is looked up and asked', async () => {
    const cluster = scriptedCluster({
      onFetch: (asked) => (asked.broker === 1 ? { error: 'NOT_LEADER_OR_FOLLOWER' } : batches(asked)),
      leader: (n) => [1, 'LEADER_NOT_AVAILABLE', 2][n] ?? 2,
    });
    expect(await outcomes(read(cluster, [slice(1_000, 1_030)]))).toEqual(['1000-1029']);
    expect(cluster.requests.flat().map(({ broker }) => broker)).toEqual([1, 2]);
  });

  it('a broker that throttles, for as long as it asks', async () => {
    const cluster = once({ throttleTimeMs: 5_000, highWatermark: -1n });
    expect(await outcomes(read(cluster, [slice(1_000, 1_090)]))).toEqual(['1000-1089']);
    expect(cluster.sleptMs()).toBe(5_000);
  });

  it('a partition without a leader does not hold up the others, and progress renews the patience', async () => {
    const cluster = scriptedCluster({
      onFetch: (asked, n) => (n % 30 === 29 ? batches(asked) : { error: 'NOT_LEADER_OR_FOLLOWER' }),
    });
    expect(await outcomes(read(cluster, [slice(1_000, 1_090)]))).toEqual(['1000-1089']);
    expect(cluster.sleptMs()).toBeGreaterThan(30_000);
  });
});

describe('what does not pass', () => {
  it('is the answer of the slices after 30 s without progress, and the others are read', async () => {
    const cluster = scriptedCluster({
      onFetch: (asked) => (asked.partition === 1 ? { error: 'KAFKA_STORAGE_ERROR' } : batches(asked)),
    });
    const slices = [slice(1_000, 1_030), slice(1_000, 1_030, 1), slice(2_000, 2_010, 1)];
    expect(await outcomes(read(cluster, slices))).toEqual(['1000-1029', 'KAFKA_STORAGE_ERROR', 'KAFKA_STORAGE_ERROR']);
    expect(cluster.sleptMs()).toBeLessThanOrEqual(30_000);
  });

  it('leaves the slices readable that were seen to their end before', async () => {
    const cluster = scriptedCluster({
      onFetch: (asked) => (asked.offset < 1_060n ? batches(asked) : { error: 'KAFKA_STORAGE_ERROR' }),
    });
    const slices = [slice(1_000, 1_060), slice(1_059, 1_061), slice(1_010, 1_020)];
    expect(await outcomes(read(cluster, slices))).toEqual(['1000-1059', 'KAFKA_STORAGE_ERROR', '1010-1019']);
  });

  it('a missing permission is said at once, of all slices of its partition', async () => {
    const cluster = scriptedCluster({
      onFetch: (asked) => (asked.partition === 0 ? { error: 'TOPIC_AUTHORIZATION_FAILED' } : batches(asked)),
    });
    const refused = Array.from({ length: 20 }, (_, n) => slice(1_000 + n * 100, 1_010 + n * 100));
    expect(await outcomes(read(cluster, [...refused, slice(1_000, 1_010, 1)]))).toEqual([
      ...refused.map(() => 'TOPIC_AUTHORIZATION_FAILED'),
      '1000-1009',
    ]);
    expect(cluster.requests.length).toBeLessThan(refused.length / 2);
    expect(cluster.sleptMs()).toBe(0);
  });

  it('a leader that may not be known is said at once', async () => {
    const cluster = scriptedCluster({ onFetch: batches, leader: () => 'TOPIC_AUTHORIZATION_FAILED' });
    expect(await outcomes(read(cluster, [slice(1_000, 1_010)]))).toEqual(['TOPIC_AUTHORIZATION_FAILED']);
    expect({ requests: cluster.requests, sleptMs: cluster.sleptMs() }).toEqual({ requests: [], sleptMs: 0 });
  });

  it('a broker that has nothing to give below the high watermark makes the slice unreadable', async () => {
    const cluster = scriptedCluster({ onFetch: (asked) => (asked.offset < 1_030n ? batches(asked) : {}) });
    expect(await outcomes(read(cluster, [slice(1_000, 1_031)]))).toEqual(['OFFSET_NOT_AVAILABLE']);
  });

  it('a damaged batch makes the slices unreadable that need it, and is warned of by its place', async () => {
    const damaged = BATCH.slice();
    damaged[100] = (damaged[100] as number) ^ 1;
    const cluster = scriptedCluster({
      onFetch: (asked) => (asked.partition === 0 ? { records: damaged } : batches(asked)),
    });
    expect(await outcomes(read(cluster, [slice(1_000, 1_001), slice(1_000, 1_030, 1)]))).toEqual([
      'CORRUPT_MESSAGE',
      '1000-1029',
    ]);
    expect(cluster.warnings).toHaveLength(1);
    expect(cluster.warnings[0]).toContain('target topic orders, partition 0: the batch at offset 1000 is malformed');
  });

  it('a connection that no retry helps is thrown', async () => {
    const refused = new MigrationError('KAFKA_AUTHENTICATION', 'wrong password');
    await expect(read(scriptedCluster({ onFetch: () => refused }), [slice(1_000, 1_001)])).rejects.toBe(refused);
  });
});

describe('the log start', () => {
  const range = (logStart: bigint) => ({ kind: 'range', logStart, highWatermark: 100_000n }) as const;
  /** Moves to 1500 behind the first fetch. */
  const trimmed = () =>
    scriptedCluster({
      onFetch: (asked, n) => (n > 0 && asked.offset < 1_500n ? { error: 'OFFSET_OUT_OF_RANGE' } : batches(asked)),
      range: (n) => range(n === 0 ? 1_000n : 1_500n),
    });

  it('that moves during the read makes unreadable what it passed over, and only that', async () => {
    const slices = [slice(1_000, 1_030), slice(1_020, 1_040), slice(1_030, 1_520), slice(1_500, 1_520)];
    expect(await outcomes(read(trimmed(), slices))).toEqual([
      '1000-1029',
      'LOG_START_MOVED',
      'LOG_START_MOVED',
      '1500-1519',
    ]);
  });

  it('above the start of a slice when the read begins raises it, and the slice says so', async () => {
    const cluster = scriptedCluster({ onFetch: batches, range: () => range(1_010n) });
    const slices = [slice(1_000, 1_020), slice(1_005, 1_030), slice(1_010, 1_020)];
    expect(await outcomes(read(cluster, slices))).toEqual(['1010-1019', '1010-1029', '1010-1019']);
    const again = await read(cluster, slices);
    expect(again.map((one) => one.kind === 'read' && one.raisedTo)).toEqual([1_010n, 1_010n, undefined]);
  });

  it('that moves past a slice whose turn had not come makes it unreadable too', async () => {
    const slices = [slice(1_000, 1_030), slice(1_400, 1_450), slice(1_490, 1_510), slice(1_600, 1_610)];
    expect(await outcomes(read(trimmed(), slices))).toEqual([
      '1000-1029',
      'LOG_START_MOVED',
      'LOG_START_MOVED',
      '1600-1609',
    ]);
  });
});

describe('a scan rate', () => {
  it('paces what comes', async () => {
    const cluster = scriptedCluster({ onFetch: batches });
    const count = 20;
    await read(cluster, [slice(1_000, 1_000 + count * BATCH_OFFSETS)], { bytesPerSecond: BATCH.length });
    expect(cluster.sleptMs()).toBe((count - 1) * 1_000);
  });
});

describe('a cancel', () => {
  it('before the read asks nobody', async () => {
    const cluster = scriptedCluster({ onFetch: batches });
    await expect(read(cluster, [slice(1_000, 1_001)], { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    expect(cluster.requests).toEqual([]);
  });

  it('ends a wait for a broker', async () => {
    const controller = new AbortController();
    const cluster = scriptedCluster({
      onFetch: () => {
        controller.abort();
        return lost;
      },
    });
    const reading = read(cluster, [slice(1_000, 1_001)], { signal: controller.signal });
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(cluster.sleptMs()).toBe(0);
  });

  it('does not wait for an answer that never comes', async () => {
    const controller = new AbortController();
    const cluster = scriptedCluster({ onFetch: batches });
    const silent = { ...cluster, send: <T>() => new Promise<T>(() => controller.abort()) };
    const reading = read(silent, [slice(1_000, 1_001)], { signal: controller.signal });
    await expect(reading).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
