import { describe, expect, it } from 'vitest';
import {
  type ReplicationPolicyOptions,
  replicationPolicy,
} from '../../../src/domain/checkpoints/replication-policy.ts';

const policy = (overrides: Partial<ReplicationPolicyOptions> = {}) =>
  replicationPolicy({
    sourceAlias: 'src',
    targetAlias: 'dst',
    policy: 'default',
    separator: '.',
    internalTopicSeparatorEnabled: true,
    offsetSyncsTopicLocation: 'source',
    ...overrides,
  });

describe('internal topics', () => {
  it('carry the source alias in the checkpoints topic and the target alias in the offset-syncs topic', () => {
    expect(policy().checkpointsTopic).toBe('src.checkpoints.internal');
    expect(policy().offsetSyncsTopic).toBe('mm2-offset-syncs.dst.internal');
    expect(policy().offsetSyncsTopicSide).toBe('source');
  });

  it('carry the source alias in the offset-syncs topic when that lies on the target (KIP-716)', () => {
    const onTarget = policy({ offsetSyncsTopicLocation: 'target' });
    expect(onTarget.offsetSyncsTopic).toBe('mm2-offset-syncs.src.internal');
    expect(onTarget.offsetSyncsTopicSide).toBe('target');
  });

  it('follow the separator (KIP-690) unless that is switched off (KIP-949)', () => {
    expect(policy({ separator: '_' }).checkpointsTopic).toBe('src_checkpoints_internal');
    expect(policy({ separator: '_' }).offsetSyncsTopic).toBe('mm2-offset-syncs_dst_internal');
    const off = policy({ separator: '_', internalTopicSeparatorEnabled: false });
    expect(off.checkpointsTopic).toBe('src.checkpoints.internal');
    expect(off.targetTopic('orders')).toBe('src_orders');
  });

  it.each(['__consumer_offsets', 'mm2-offset-syncs.dst.internal', 'connect-x-internal', '.hidden'])(
    'are recognised: %s',
    (topic) => expect(policy().isInternalTopic(topic)).toBe(true),
  );

  it('are recognised with a separator of their own', () => {
    expect(policy({ separator: '_' }).isInternalTopic('src_checkpoints_internal')).toBe(true);
    expect(policy().isInternalTopic('orders')).toBe(false);
  });
});

describe('data topics', () => {
  it('are prefixed by the default policy, and come back by one hop', () => {
    expect(policy().targetTopic('orders')).toBe('src.orders');
    expect(policy().sourceTopic('src.orders')).toBe('orders');
    expect(policy().sourceTopic('src.a.b')).toBe('a.b');
    expect(policy().sourceTopic('orders')).toBeNull();
    expect(policy().sourceTopic('srcx.orders')).toBeNull();
  });

  it('that came from the target go back under their own name', () => {
    expect(policy().targetTopic('dst.orders')).toBe('orders');
  });

  it('keep their name under identity, but for heartbeats', () => {
    const identity = policy({ policy: 'identity' });
    expect(identity.targetTopic('orders')).toBe('orders');
    expect(identity.sourceTopic('orders')).toBe('orders');
    expect(identity.targetTopic('heartbeats')).toBe('src.heartbeats');
    expect(identity.sourceTopic('src.heartbeats')).toBe('heartbeats');
  });

  it("keep their name under the lab's custom policy, heartbeats too", () => {
    expect(policy({ policy: 'custom' }).targetTopic('heartbeats')).toBe('heartbeats');
  });
});
