/** What a reader makes of brokers that fail: unreadable is never absent (invariant D), and nothing is created (K). */
import { afterEach, describe, expect, it } from 'vitest';
import { type ClusterOptions, connectCluster } from '../../../src/adapters/kafka/cluster.ts';
import { Encoder } from '../../../src/adapters/kafka/protocol/encoder.ts';
import type { TargetCluster } from '../../../src/operations/ports.ts';
import { API, type FakeBroker } from './fake-broker.ts';
import {
  coordinatorAnswer,
  type FakeClusterOptions,
  inTurn,
  listOffsetsAnswer,
  OFFSETS_TOPIC,
  offsetsAnswer,
  startFakeCluster,
  TOPIC,
} from './fake-cluster.ts';
import { clockOfBackoffs, clusterConfig, clusterOptions, systemClock } from './probe.ts';

const NOT_LEADER = 6;
const LOAD_IN_PROGRESS = 14;
const NOT_COORDINATOR = 16;
const GROUP_AUTHORIZATION_FAILED = 30;
const CLUSTER_AUTHORIZATION_FAILED = 31;

const TIMES = { requestTimeoutMs: 60_000, connectTimeoutMs: 60_000, deadlineMs: 60_000 };

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function connect(
  options: FakeClusterOptions,
  overrides: Partial<ClusterOptions> = {},
): Promise<{ cluster: TargetCluster; fake: FakeBroker }> {
  const fake = await startFakeCluster(options);
  cleanups.push(() => fake.close());
  const cluster = await connectCluster(
    clusterConfig(fake.address),
    clusterOptions({ ...TIMES, clock: clockOfBackoffs(), ...overrides }),
  );
  cleanups.push(() => cluster.close());
  return { cluster, fake };
}

/** ListGroups v2 of groups without members. */
function groupsAnswer(error: number, groupIds: readonly string[]): Encoder {
  const answer = new Encoder().int32(0).int16(error);
  return answer.array(groupIds, (groupId) => answer.string(groupId).string(''));
}

const DESCRIBE_GROUPS = 15;

describe('committed offsets', () => {
  const query = { groupId: 'billing', partitions: [{ topic: TOPIC, partition: 0 }] };

  it('looks up no coordinator while __consumer_offsets is absent: that would create it', async () => {
    const { cluster, fake } = await connect({ topics: [TOPIC] });
    const result = (await cluster.committedOffsets([query])).get('billing');
    expect(result).toEqual({ groupId: 'billing', coordinatorId: null, error: null, partitions: new Map() });
    expect(fake.received).not.toContain(API.findCoordinator);
  });

  it.each([
    ['a broker that coordinates the group answers for it', 0, { coordinatorId: 1, error: null }],
    ['no broker does', NOT_COORDINATOR, { coordinatorId: null, error: 'TOPIC_AUTHORIZATION_FAILED' }],
  ])('a principal that may not describe __consumer_offsets: %s', async (_what, error, seen) => {
    const { cluster, fake } = await connect({
      deniedTopics: [OFFSETS_TOPIC],
      handlers: {
        [API.listGroups]: () => groupsAnswer(0, []),
        [API.offsetFetch]: () => offsetsAnswer(error === 0 ? { 0: 7n } : {}, error),
      },
    });
    expect((await cluster.committedOffsets([query])).get('billing')).toMatchObject(seen);
    if (error !== 0) expect(fake.received).not.toContain(API.findCoordinator);
  });

  it.each([
    ['loads', LOAD_IN_PROGRESS],
    ['moves', NOT_COORDINATOR],
  ])('waits while the coordinator %s', async (_what, error) => {
    const { cluster } = await connect({
      handlers: { [API.offsetFetch]: inTurn(offsetsAnswer({}, error), offsetsAnswer({ 0: 7n })) },
    });
    const result = (await cluster.committedOffsets([query])).get('billing');
    expect(result?.error).toBeNull();
    expect(result?.partitions.get(`${TOPIC}/0`)?.offset).toBe(7n);
  });

  it('asks again when the connection breaks', async () => {
    const { cluster } = await connect({
      handlers: { [API.offsetFetch]: inTurn<Encoder | 'close'>('close', offsetsAnswer({ 0: 7n })) },
    });
    const result = (await cluster.committedOffsets([query])).get('billing');
    expect(result?.partitions.get(`${TOPIC}/0`)?.offset).toBe(7n);
  });

  it('gives the last error as the result when the deadline passes', async () => {
    const { cluster } = await connect({ handlers: { [API.offsetFetch]: () => offsetsAnswer({}, LOAD_IN_PROGRESS) } });
    const result = (await cluster.committedOffsets([query])).get('billing');
    expect(result).toEqual({
      groupId: 'billing',
      coordinatorId: 1,
      error: 'COORDINATOR_LOAD_IN_PROGRESS',
      partitions: new Map(),
    });
  });

  it('a group that may not be read is unread, not empty, and is asked for once', async () => {
    const { cluster, fake } = await connect({
      handlers: { [API.offsetFetch]: () => offsetsAnswer({}, GROUP_AUTHORIZATION_FAILED) },
    });
    const result = (await cluster.committedOffsets([query])).get('billing');
    expect(result?.error).toBe('GROUP_AUTHORIZATION_FAILED');
    expect(fake.received.filter((key) => key === API.offsetFetch)).toHaveLength(1);
  });

  it('a named partition that the broker leaves out is unread; −1 means that there is no offset', async () => {
    const { cluster } = await connect({ handlers: { [API.offsetFetch]: () => offsetsAnswer({ 0: -1n }) } });
    const partitions = [0, 1].map((partition) => ({ topic: TOPIC, partition }));
    const result = (await cluster.committedOffsets([{ groupId: 'billing', partitions }])).get('billing');
    expect(result?.partitions.get(`${TOPIC}/0`)).toMatchObject({ offset: null, error: null });
    expect(result?.partitions.get(`${TOPIC}/1`)).toMatchObject({ offset: null, error: 'UNKNOWN_SERVER_ERROR' });
  });

  it('a broker before 0.10.2 cannot say all: that is an error, not an empty answer', async () => {
    const old = () => {
      const answer = new Encoder().int16(0);
      const apis = { [API.metadata]: 4, [API.findCoordinator]: 2, [API.offsetFetch]: 1 };
      return answer.array(Object.entries(apis), ([key, max]) => answer.int16(Number(key)).int16(0).int16(max));
    };
    const { cluster } = await connect({ handlers: { [API.apiVersions]: old } });
    const result = (await cluster.committedOffsets([{ groupId: 'billing', partitions: 'all' }])).get('billing');
    expect(result).toMatchObject({ error: 'UNSUPPORTED_VERSION', partitions: new Map() });
  });

  it('a coordinator that cannot be found', async () => {
    const { cluster } = await connect({ handlers: { [API.findCoordinator]: () => coordinatorAnswer(15, -1) } });
    const result = (await cluster.committedOffsets([query])).get('billing');
    expect(result).toMatchObject({ coordinatorId: null, error: 'COORDINATOR_NOT_AVAILABLE' });
  });
});

describe('the list of groups', () => {
  const described = () => {
    const answer = new Encoder().int32(0);
    return answer.array(['billing'], (groupId) =>
      answer
        .int16(0)
        .string(groupId)
        .string('Empty')
        .string('')
        .string('')
        .array([], () => {}),
    );
  };

  it('comes from every broker; one that does not answer is named, with the reason', async () => {
    const silent = await startFakeCluster({ handlers: { [API.listGroups]: () => 'silence' } });
    cleanups.push(() => silent.close());
    const handlers = { [API.listGroups]: () => groupsAnswer(0, []) };
    const { cluster } = await connect(
      { otherPorts: [silent.port], handlers },
      { clock: systemClock, deadlineMs: 10_000 },
    );
    const listing = await cluster.listGroups();
    expect(listing.answeredBrokers).toEqual(new Set([1]));
    expect(listing.missingBrokers).toEqual([{ nodeId: 2, reason: expect.stringContaining('no answer within') }]);
  });

  it('a broker that refuses is missing, and is asked once', async () => {
    const { cluster, fake } = await connect({
      handlers: { [API.listGroups]: () => groupsAnswer(CLUSTER_AUTHORIZATION_FAILED, []) },
    });
    const listing = await cluster.listGroups();
    expect(listing.missingBrokers).toEqual([{ nodeId: 1, reason: 'CLUSTER_AUTHORIZATION_FAILED' }]);
    expect(fake.received.filter((key) => key === API.listGroups)).toHaveLength(1);
  });

  it('is asked for again while a coordinator loads: the list would be partial', async () => {
    const { cluster } = await connect({
      handlers: {
        [API.apiVersions]: versionsWithDescribe,
        [API.listGroups]: inTurn(groupsAnswer(LOAD_IN_PROGRESS, []), groupsAnswer(0, ['billing'])),
        [DESCRIBE_GROUPS]: described,
      },
    });
    expect((await cluster.listGroups()).groups).toEqual([
      { groupId: 'billing', state: 'Empty', type: 'classic', protocolType: '' },
    ]);
  });
});

function versionsWithDescribe(): Encoder {
  const answer = new Encoder().int16(0);
  const apis = [API.metadata, API.listGroups, DESCRIBE_GROUPS];
  return answer.array(apis, (key) =>
    answer
      .int16(key)
      .int16(0)
      .int16(key === API.metadata ? 4 : 2),
  );
}

describe('log ranges', () => {
  const partition = { topic: TOPIC, partition: 0 };

  it('follow the leader', async () => {
    const answer = inTurn(
      listOffsetsAnswer(NOT_LEADER, -1n),
      listOffsetsAnswer(NOT_LEADER, -1n),
      listOffsetsAnswer(0, 3n),
    );
    const { cluster, fake } = await connect({ handlers: { [API.listOffsets]: answer } });
    const before = fake.received.filter((key) => key === API.metadata).length;
    const ranges = await cluster.logRanges([partition, partition]);
    expect([...ranges]).toEqual([[`${TOPIC}/0`, { kind: 'range', logStart: 3n, highWatermark: 3n }]]);
    expect(fake.received.filter((key) => key === API.metadata).length - before).toBe(2);
  });

  it('say which error was the last when the deadline passes', async () => {
    const { cluster } = await connect({ handlers: { [API.listOffsets]: () => listOffsetsAnswer(NOT_LEADER, -1n) } });
    const ranges = await cluster.logRanges([partition]);
    expect([...ranges.values()]).toEqual([{ kind: 'error', error: 'NOT_LEADER_OR_FOLLOWER' }]);
  });

  it('a partition or topic that is not there', async () => {
    const { cluster } = await connect({});
    const ranges = await cluster.logRanges([
      { topic: TOPIC, partition: 9 },
      { topic: 'nope', partition: 0 },
    ]);
    expect([...ranges.values()]).toEqual([
      { kind: 'error', error: 'UNKNOWN_TOPIC_OR_PARTITION' },
      { kind: 'error', error: 'UNKNOWN_TOPIC_OR_PARTITION' },
    ]);
  });
});

describe('after close', () => {
  it('nothing is opened again', async () => {
    const { cluster } = await connect({});
    await cluster.close();
    await expect(cluster.describeCluster()).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
