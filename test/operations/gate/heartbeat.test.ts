import { describe, expect, it } from 'vitest';
import { encodeHeartbeat } from '../../../src/domain/checkpoints/heartbeat-format.ts';
import { replicationPolicy } from '../../../src/domain/checkpoints/replication-policy.ts';
import { readHeartbeat } from '../../../src/operations/gate/heartbeat.ts';
import { type FakeGateCluster, fakeGate } from '../../support/fake-gate.ts';

const beat = (timestampMs: bigint, sourceAlias = 'src') =>
  encodeHeartbeat({ sourceAlias, targetAlias: 'dst', timestampMs });

function put(cluster: FakeGateCluster, topic: string, ...records: readonly ReturnType<typeof beat>[]): void {
  cluster.addTopic(topic, BigInt(records.length), [...records]);
}

function read(gate: ReturnType<typeof fakeGate>, policy: 'default' | 'identity' | 'custom', separator = '.') {
  const options = { sourceAlias: 'src', targetAlias: 'dst', internalTopicSeparatorEnabled: true } as const;
  const named = replicationPolicy({ ...options, policy, separator, offsetSyncsTopicLocation: 'source' });
  return readHeartbeat({ ...gate, policy: named });
}

const newest = (newestAtMs: number | null) => ({ kind: 'known', value: { newestAtMs } });

describe('heartbeats of the source on the target', () => {
  it('are in the topic that the policy names', async () => {
    const gate = fakeGate([]);
    put(gate.target, 'src.heartbeats', beat(7_000n), beat(8_000n));
    put(gate.target, 'src_heartbeats', beat(9_000n));
    expect(await read(gate, 'default')).toEqual(newest(8_000));
    expect(await read(gate, 'identity')).toEqual(newest(8_000));
    expect(await read(gate, 'default', '_')).toEqual(newest(9_000));
  });

  it('have arrived from nowhere where there is no such topic', async () => {
    expect(await read(fakeGate([]), 'identity')).toEqual(newest(null));
  });
});

describe("with the lab's policy, whose copy is called as the topic of the target's own heartbeats", () => {
  it('are those that the source has as well', async () => {
    const gate = fakeGate([]);
    put(gate.source, 'heartbeats', beat(5_000n), beat(6_000n), beat(7_000n));
    put(gate.target, 'heartbeats', beat(5_000n), beat(6_000n), beat(9_999n));
    expect(await read(gate, 'custom')).toEqual(newest(6_000));
  });

  it('are none where a connector writes its heartbeats on the target alone', async () => {
    const gate = fakeGate([]);
    put(gate.target, 'heartbeats', beat(9_999n));
    expect(await read(gate, 'custom')).toEqual(newest(null));
    put(gate.source, 'heartbeats', beat(9_999n, 'another'));
    expect(await read(gate, 'custom')).toEqual(newest(null));
  });

  it('are not known where the source does not show its own', async () => {
    const gate = fakeGate([]);
    put(gate.target, 'heartbeats', beat(9_999n));
    const describeTopics = gate.source.describeTopics.bind(gate.source);
    gate.source.describeTopics = async (topics) => {
      const answers = new Map(await describeTopics(topics));
      answers.set('heartbeats', { topic: 'heartbeats', partitions: [], error: 'TOPIC_AUTHORIZATION_FAILED' });
      return answers;
    };
    expect(await read(gate, 'custom')).toEqual({
      kind: 'unknown',
      why: 'heartbeats: TOPIC_AUTHORIZATION_FAILED',
    });
  });
});
