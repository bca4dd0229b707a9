/** Invariant B in the adapter: what a commit's outcome is, and that one of unknown outcome is never sent again. */
import { once } from 'node:events';
import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type ClusterOptions, connectCluster } from '../../../src/adapters/kafka/cluster.ts';
import { chunksOf } from '../../../src/adapters/kafka/commit-chunks.ts';
import type { Decoder } from '../../../src/adapters/kafka/protocol/decoder.ts';
import type { CommitOutcome, GroupCommit } from '../../../src/operations/ports.ts';
import { API, type FakeBroker } from './fake-broker.ts';
import {
  commitAnswer,
  coordinatorAnswer,
  type FakeClusterOptions,
  inTurn,
  startFakeCluster,
  TOPIC,
} from './fake-cluster.ts';
import { clockOfBackoffs, clusterConfig, clusterOptions } from './probe.ts';

const NOT_COORDINATOR = 16;
const COORDINATOR_NOT_AVAILABLE = 15;
const LOAD_IN_PROGRESS = 14;
const UNKNOWN_MEMBER_ID = 25;
const WINDOW_MS = 2_000;
const TIMES = { requestTimeoutMs: 60_000, connectTimeoutMs: 60_000 };

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

function commitOf(groupId: string, partitions: readonly number[]): GroupCommit {
  return { groupId, offsets: partitions.map((partition) => ({ topic: TOPIC, partition, offset: 5n, metadata: '' })) };
}

interface Seen {
  readonly fake: FakeBroker;
  readonly outcomes: readonly CommitOutcome[];
  /** OffsetCommit requests that the broker got. */
  readonly sent: number;
}

async function commit(
  options: FakeClusterOptions,
  partitions: readonly number[] = [0],
  overrides: Partial<ClusterOptions> = {},
): Promise<Seen> {
  const fake = await startFakeCluster(options);
  cleanups.push(() => fake.close());
  const cluster = await connectCluster(
    clusterConfig(fake.address),
    clusterOptions({ ...TIMES, clock: clockOfBackoffs(), ...overrides }),
  );
  cleanups.push(() => cluster.close());
  const result = (await cluster.commitOffsets([commitOf('billing', partitions)])).get('billing');
  const outcomes = [...(result?.partitions.values() ?? [])];
  return { fake, outcomes, sent: fake.received.filter((key) => key === API.offsetCommit).length };
}

const onCommit = (answer: () => ReturnType<typeof commitAnswer> | 'close' | 'silence') => ({
  handlers: { [API.offsetCommit]: answer },
});

describe('the outcome of a commit', () => {
  it('is the broker’s answer, partition by partition', async () => {
    const { outcomes } = await commit(
      onCommit(() => commitAnswer({ 0: 0, 1: UNKNOWN_MEMBER_ID, 2: 0 })),
      [0, 1, 2],
    );
    expect(outcomes).toEqual([
      { kind: 'committed' },
      { kind: 'rejected', error: 'UNKNOWN_MEMBER_ID' },
      { kind: 'committed' },
    ]);
  });

  it('is unknown for a partition that the answer leaves out', async () => {
    const { outcomes } = await commit(
      onCommit(() => commitAnswer({ 0: 0 })),
      [0, 1],
    );
    expect(outcomes).toEqual([{ kind: 'committed' }, { kind: 'unknown', reason: expect.stringContaining('mention') }]);
  });
});

describe('a commit that may have taken effect is sent once', () => {
  it.each([
    ['the connection closes after it was sent', 'close', /connection closed by the other end/],
    ['no answer comes', 'silence', /no answer within/],
  ] as const)('%s', async (_what, answer, reason) => {
    const { outcomes, sent } = await commit(
      onCommit(() => answer),
      [0],
      { requestTimeoutMs: 5_000 },
    );
    expect(outcomes).toEqual([{ kind: 'unknown', reason: expect.stringMatching(reason) }]);
    expect(sent).toBe(1);
  });

  it('an answer that cannot be read', async () => {
    const truncated = () => {
      const whole = commitAnswer({ 0: 0 });
      return { ...whole, bytes: whole.bytes.subarray(0, 6), size: 6 } as typeof whole;
    };
    const { outcomes, sent } = await commit(onCommit(truncated));
    expect(outcomes).toEqual([{ kind: 'unknown', reason: expect.stringContaining('answer to OffsetCommit v7') }]);
    expect(sent).toBe(1);
  });

  it('COORDINATOR_NOT_AVAILABLE: a broker says so too when the append timed out', async () => {
    const { outcomes, sent } = await commit(onCommit(() => commitAnswer({ 0: COORDINATOR_NOT_AVAILABLE })));
    expect(outcomes).toEqual([{ kind: 'unknown', reason: 'the broker answered COORDINATOR_NOT_AVAILABLE' }]);
    expect(sent).toBe(1);
  });
});

describe('a commit without effect is tried again within two seconds', () => {
  it.each([
    ['NOT_COORDINATOR', NOT_COORDINATOR],
    ['COORDINATOR_LOAD_IN_PROGRESS', LOAD_IN_PROGRESS],
  ])('%s, then the right broker', async (_name, error) => {
    const { outcomes, sent } = await commit(onCommit(inTurn(commitAnswer({ 0: error }), commitAnswer({ 0: 0 }))));
    expect(outcomes).toEqual([{ kind: 'committed' }]);
    expect(sent).toBe(2);
  });

  it('only the partitions that had no effect', async () => {
    const seen: string[] = [];
    const answer = inTurn(commitAnswer({ 0: 0, 1: NOT_COORDINATOR }), commitAnswer({ 1: 0 }));
    const { outcomes } = await commit(
      {
        handlers: {
          [API.offsetCommit]: ({ body }) => {
            seen.push(partitionsIn(body).join());
            return answer();
          },
        },
      },
      [0, 1],
    );
    expect(outcomes).toEqual([{ kind: 'committed' }, { kind: 'committed' }]);
    expect(seen).toEqual(['0,1', '1']);
  });

  it('the coordinator is looked up again', async () => {
    const { fake, outcomes } = await commit({
      handlers: {
        [API.findCoordinator]: inTurn(coordinatorAnswer(COORDINATOR_NOT_AVAILABLE, -1), coordinatorAnswer(0, 1)),
        [API.offsetCommit]: () => commitAnswer({ 0: 0 }),
      },
    });
    expect(outcomes).toEqual([{ kind: 'committed' }]);
    expect(fake.received.filter((key) => key === API.findCoordinator)).toHaveLength(2);
  });

  it('and given up with that reason when it does not end', async () => {
    const { outcomes, sent } = await commit(onCommit(() => commitAnswer({ 0: NOT_COORDINATOR })));
    expect(outcomes).toMatchObject([{ kind: 'not-sent', reason: 'the broker answered NOT_COORDINATOR' }]);
    expect(sent).toBeGreaterThan(2);
  });

  it('a coordinator that cannot be reached got nothing: not sent, rather than unknown', async () => {
    const server = net.createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as net.AddressInfo;
    server.close();
    await once(server, 'close');
    const { outcomes } = await commit({ otherPorts: [port], coordinatorId: 2 });
    expect(outcomes).toMatchObject([{ kind: 'not-sent' }]);
  });
});

describe('the value must not be older than two seconds', () => {
  it('a commit that could not be written by then is not sent', async () => {
    const clock = clockOfBackoffs();
    const slowly = async () => {
      await clock.sleep(WINDOW_MS + 1);
      return coordinatorAnswer(0, 1);
    };
    const handlers = { [API.findCoordinator]: slowly, [API.offsetCommit]: () => commitAnswer({ 0: 0 }) };
    const { outcomes, sent } = await commit({ handlers }, [0], { clock });
    expect(outcomes).toMatchObject([{ kind: 'not-sent' }]);
    expect(sent).toBe(0);
  });
});

describe('a large commit', () => {
  const large = {
    groupId: 'g'.repeat(200),
    offsets: Array.from({ length: 2_300 }, (_, partition) => ({
      topic: 't'.repeat(240),
      partition,
      offset: 1n,
      metadata: '',
    })),
  };

  it('is split so that the broker can append each part, and nothing is lost', () => {
    const chunks = chunksOf(large);
    expect(chunks.length).toBeGreaterThan(3);
    for (const chunk of chunks) expect(chunk.offsets.length * (200 + 240)).toBeLessThanOrEqual(256 * 1024);
    expect(chunks.flatMap(({ offsets }) => offsets)).toEqual(large.offsets);
  });

  it('stays whole when it is small', () => {
    expect(chunksOf(commitOf('billing', [0, 1, 2]))).toEqual([commitOf('billing', [0, 1, 2])]);
  });
});

/** Partitions of an OffsetCommit v7. */
function partitionsIn(body: Decoder): readonly number[] {
  body.string();
  body.int32();
  body.string();
  body.nullableString();
  const partitions: number[] = [];
  body.array(() => {
    body.string();
    body.array(() => {
      partitions.push(body.int32());
      body.int64();
      body.int32();
      body.nullableString();
    });
  });
  return partitions;
}
