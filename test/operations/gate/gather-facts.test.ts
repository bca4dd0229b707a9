import { describe, expect, it } from 'vitest';
import { encodeHeartbeat } from '../../../src/domain/checkpoints/heartbeat-format.ts';
import { partitionKey } from '../../../src/domain/topic-partition.ts';
import { COMMITTED, COPY, COPY_KEY, TOPIC } from '../../support/fake-clusters.ts';
import { type FakeGateCluster, fakeGate, gather, READ, workerThatCopied } from '../../support/fake-gate.ts';
import { ManualClock, SkippingClock } from '../../support/fake-sync.ts';

const KEY = partitionKey(TOPIC, 0);

describe('the gate writes nothing', () => {
  it('to a target that would take commits, whatever a sync would do', async () => {
    const { source, target } = fakeGate(['billing', 'audit']);
    const gathered = await gather({ source, target });
    expect(gathered?.pass.groups.flatMap(({ partitions }) => partitions)).toMatchObject([
      { verdict: 'planned' },
      { verdict: 'planned' },
    ]);
    expect(target.commits).toEqual([]);
    expect(source.commits).toEqual([]);
  });

  it('and needs no cluster that can be written to, nor a worker that takes changes', async () => {
    const gate = fakeGate(['billing']);
    const refuse = () => Promise.reject(new Error('a write'));
    Object.assign(gate.source, { commitOffsets: refuse });
    Object.assign(gate.target, { commitOffsets: refuse });
    const gathered = await gather({ ...gate, connect: workerThatCopied(499) });
    expect(gathered?.facts.groups).toHaveLength(1);
  });
});

describe('two looks', () => {
  it('lie the activity window apart, and show what moved in it', async () => {
    const { source, target } = fakeGate(['billing']);
    class MovingClock extends SkippingClock {
      override sleep(durationMs: number): Promise<void> {
        source.setOffset('billing', KEY, COMMITTED + 5n);
        source.ranges.set(KEY, { kind: 'range', logStart: 0n, highWatermark: 510n });
        source.groups.splice(0);
        return super.sleep(durationMs);
      }
    }
    const facts = (await gather({ source, target, clock: new MovingClock() }))?.facts;
    expect(facts?.windowMs).toBe(10_000);
    expect(facts?.groups).toMatchObject([
      {
        source: { first: { kind: 'listed', state: 'Stable' }, second: { kind: 'absent' } },
        partitions: [{ sourceCommitted: { first: { value: COMMITTED }, second: { value: COMMITTED + 5n } } }],
      },
    ]);
    const ends = facts?.topics[0]?.partitions[0]?.sourceEnd;
    expect(ends).toMatchObject({ first: { value: 500n }, second: { value: 510n } });
  });

  it('are not shortened by a timer that fires early', async () => {
    class HastyClock extends SkippingClock {
      override sleep(durationMs: number): Promise<void> {
        return super.sleep(Math.max(1, Math.floor(durationMs / 2)));
      }
    }
    const gathered = await gather({ ...fakeGate(['billing']), clock: new HastyClock() });
    expect(gathered?.facts.windowMs).toBeGreaterThanOrEqual(10_000);
  });

  it('end at once when the run is cancelled between them', async () => {
    const abort = new AbortController();
    const clock = new ManualClock();
    const gate = fakeGate(['billing']);
    const acls = gate.target.acls.bind(gate.target);
    gate.target.acls = () => {
      setImmediate(() => abort.abort());
      return acls();
    };
    expect(await gather({ ...gate, clock, signal: abort.signal })).toBeNull();
  });

  it('know the one that could be read when the other could not', async () => {
    const gate = fakeGate(['billing']);
    let looks = 0;
    const committed = gate.source.committedOffsets.bind(gate.source);
    gate.source.committedOffsets = async (queries) => {
      looks += 1;
      if (looks < 3) return committed(queries);
      const lost = { coordinatorId: null, error: 'COORDINATOR_NOT_AVAILABLE', partitions: new Map() };
      return new Map(queries.map(({ groupId }) => [groupId, { groupId, ...lost }]));
    };
    const [group] = (await gather(gate))?.facts.groups ?? [];
    expect(group?.partitions[0]?.sourceCommitted).toEqual({
      first: { kind: 'known', value: COMMITTED },
      second: { kind: 'unknown', why: 'COORDINATOR_NOT_AVAILABLE' },
    });
    expect(group?.source.second).toMatchObject({ kind: 'listed' });
  });
});

describe('groups', () => {
  it('may be missing where a broker did not list its groups in the second look alone', async () => {
    const gate = fakeGate(['billing']);
    let looks = 0;
    const listGroups = gate.target.listGroups.bind(gate.target);
    gate.target.listGroups = async () => {
      looks += 1;
      const listing = await listGroups();
      return looks === 1 ? listing : { ...listing, missingBrokers: [{ nodeId: 7, reason: 'no answer' }] };
    };
    const facts = (await gather(gate))?.facts;
    expect(facts?.unseenGroups.join()).toContain('Broker 7 of the target did not list its groups');
  });

  it('of Connect and of others that keep no offsets are not missed', async () => {
    const gate = fakeGate(['billing']);
    gate.target.groups.push({ groupId: 'connect', state: 'Stable', type: 'classic', protocolType: 'connect' });
    gate.target.groups.push({ groupId: 'secret', state: 'Empty', type: 'classic', protocolType: 'consumer' });
    const committed = gate.target.committedOffsets.bind(gate.target);
    gate.target.committedOffsets = async (queries) => {
      const answers = new Map(await committed(queries));
      for (const groupId of ['connect', 'secret']) {
        const refused = { groupId, coordinatorId: 1, error: 'GROUP_AUTHORIZATION_FAILED', partitions: new Map() };
        if (answers.has(groupId)) answers.set(groupId, refused);
      }
      return answers;
    };
    const unseen = (await gather(gate))?.facts.unseenGroups.join();
    expect(unseen).toContain('did not give the offsets of 1 groups');
    expect(unseen).toContain('secret');
  });
});

describe('the target', () => {
  it('keeps offsets as long as the broker that forgets first', async () => {
    const facts = (await gather(fakeGate(['billing'])))?.facts;
    expect(facts?.targetOffsetsRetentionMinutes).toEqual({ kind: 'known', value: 1440 });
  });

  it('shows the newest heartbeat of the last ones, and says what is none', async () => {
    const gate = fakeGate([]);
    const beat = (timestampMs: bigint) => encodeHeartbeat({ sourceAlias: 'src', targetAlias: 'dst', timestampMs });
    gate.target.addTopic('src.heartbeats', 2n, [beat(7_000n), beat(8_000n)]);
    expect((await gather(gate))?.facts.heartbeat).toEqual({ kind: 'known', value: { newestAtMs: 8_000 } });
    gate.target.addTopic('src.heartbeats', 1n, [{ key: new Uint8Array([9]), value: new Uint8Array([9]) }]);
    expect((await gather(gate))?.facts.heartbeat).toMatchObject({ kind: 'unknown' });
    gate.target.addTopic('src.heartbeats', 0n);
    expect((await gather(gate))?.facts.heartbeat).toEqual({ kind: 'known', value: { newestAtMs: null } });
  });
});

describe('what MM2 has copied', () => {
  const partition = async (gate: { source: FakeGateCluster; target: FakeGateCluster }, last: number, config = {}) => {
    const gathered = await gather({ ...gate, connect: workerThatCopied(last, config) });
    return { ...gathered?.facts.topics[0]?.partitions[0], findings: gathered?.findings };
  };

  it('is one above the record copied last, and the lag counts data records only', async () => {
    const gate = fakeGate([]);
    gate.source.tails.set(KEY, { ...READ, dataRecords: 3 });
    const seen = await partition(gate, 489);
    expect(seen).toMatchObject({
      copiedUpTo: { value: 490n },
      lagRecords: { value: 3n },
      lostToRetention: { value: 0n },
    });
    expect(gate.source.tailRequests.at(-1)).toMatchObject({ from: 490n, to: 500n, isolation: 'read_uncommitted' });
  });

  it('is read as MM2 reads: committed records only where its consumer does', async () => {
    const gate = fakeGate([]);
    await partition(gate, 489, {
      'consumer.isolation.level': 'read_uncommitted',
      'source.consumer.isolation.level': 'read_committed',
    });
    expect(gate.source.tailRequests.at(-1)?.isolation).toBe('read_committed');
  });

  it('is bounded by offsets beyond max-scan, without a read of them', async () => {
    const gate = fakeGate([]);
    gate.source.ranges.set(KEY, { kind: 'range', logStart: 0n, highWatermark: 50_000n });
    const seen = await partition(gate, 499);
    expect(seen.lagRecords).toEqual({ kind: 'known', value: 49_500n });
    expect(seen.findings).toMatchObject([{ rule: 'replication-lag-upper-bound' }]);
    expect(gate.source.tailRequests).toMatchObject([{ from: 49_900n, to: 50_000n }]);
  });

  it('is told by offsets alone where no record may be read', async () => {
    const gate = fakeGate([]);
    const gathered = await gather({ ...gate, connect: workerThatCopied(489), request: { maxScan: 0 } });
    const [topic] = gathered?.facts.topics ?? [];
    expect(topic?.partitions[0]?.lagRecords).toEqual({ kind: 'known', value: 10n });
    expect(topic?.transactional).toMatchObject({ kind: 'unknown' });
    expect(gathered?.findings).toMatchObject([{ rule: 'replication-lag-upper-bound' }]);
    expect(gate.source.tailRequests).toEqual([]);
  });

  it('is behind the log start where retention overtook it; markers may account for it in transactional topics', async () => {
    const gate = fakeGate([]);
    gate.source.ranges.set(KEY, { kind: 'range', logStart: 450n, highWatermark: 500n });
    expect((await partition(gate, 399)).lostToRetention).toEqual({ kind: 'known', value: 50n });
    gate.source.tails.set(KEY, { ...READ, transactional: true });
    expect((await partition(gate, 399)).lostToRetention).toMatchObject({ kind: 'unknown' });
  });

  it('is not known where the logs contradict Connect', async () => {
    const beyond = await partition(fakeGate([]), 700);
    expect(beyond.lagRecords).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining("source's log ends at 500"),
    });
    const gate = fakeGate([]);
    gate.target.ranges.set(COPY_KEY, { kind: 'range', logStart: 0n, highWatermark: 100n });
    const recreated = await partition(gate, 499);
    expect(recreated.lagRecords).toMatchObject({ kind: 'unknown', why: expect.stringContaining('has only held 100') });
    // What a transform drops was never to be there.
    const filtered = await partition(gate, 499, { transforms: 'drop' });
    expect(filtered.lagRecords).toEqual({ kind: 'known', value: 0n });
  });

  it('is not known while an open transaction holds back what follows it', async () => {
    const gate = fakeGate([]);
    gate.source.tails.set(KEY, { ...READ, openTransactionAt: 495n });
    expect((await partition(gate, 489)).lagRecords).toMatchObject({ kind: 'unknown' });
  });
});

describe('topics', () => {
  it('leave out heartbeats, what came from the target, and internal ones', async () => {
    const gate = fakeGate([]);
    for (const topic of ['heartbeats', 'dst.refunds', '__consumer_offsets', 'device-heartbeats']) {
      gate.source.addTopic(topic, 0n);
    }
    const names = (await gather(gate))?.facts.topics.map(({ sourceTopic }) => sourceTopic);
    expect(names).toEqual(['device-heartbeats', TOPIC]);
  });

  it('that the source does not show are unknown, and not absent, where a copy of them is there', async () => {
    const gate = fakeGate([]);
    gate.target.addTopic('src.hidden', 10n);
    gate.target.addTopic('src.deleted', 10n);
    const describeTopics = gate.source.describeTopics.bind(gate.source);
    gate.source.describeTopics = async (topics) => {
      const answers = new Map(await describeTopics(topics));
      const error = 'TOPIC_AUTHORIZATION_FAILED';
      if (answers.has('hidden')) answers.set('hidden', { topic: 'hidden', partitions: [], error });
      return answers;
    };
    const topics = (await gather(gate))?.facts.topics;
    expect(topics?.map(({ sourceTopic }) => sourceTopic)).toEqual(['hidden', TOPIC]);
    const unknown = { kind: 'unknown', why: 'TOPIC_AUTHORIZATION_FAILED' };
    expect(topics?.[0]).toMatchObject({
      sourcePartitionCount: unknown,
      targetPartitionCount: { value: 1 },
      partitions: [{ lagRecords: unknown, sourceEnd: { first: unknown, second: unknown } }],
      transactional: { kind: 'unknown' },
    });
    expect(topics?.[1]?.topic).toBe(COPY);
  });
});
