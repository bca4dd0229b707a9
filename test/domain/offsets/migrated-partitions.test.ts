import { describe, expect, it } from 'vitest';
import {
  type ReplicationPolicyOptions,
  replicationPolicy,
} from '../../../src/domain/checkpoints/replication-policy.ts';
import { migratedTopics, unionOfSightings } from '../../../src/domain/offsets/migrated-partitions.ts';
import { checkpoint } from '../../support/observations.ts';

const all = () => true;
const policy = (kind: ReplicationPolicyOptions['policy']) =>
  replicationPolicy({
    sourceAlias: 'src',
    targetAlias: 'dst',
    policy: kind,
    separator: '.',
    internalTopicSeparatorEnabled: true,
    offsetSyncsTopicLocation: 'source',
  });

describe('migrated topics', () => {
  it('under the default policy are those with the source alias in front', () => {
    const topics = migratedTopics(policy('default'), new Set(['orders']), new Set(), all);
    expect(topics.fromSource('orders')).toBe('src.orders');
    expect(topics.fromTarget('src.orders')).toBe('orders');
    expect(topics.fromTarget('orders')).toBeNull();
  });

  it('under identity are those that the source has', () => {
    const topics = migratedTopics(policy('identity'), new Set(['orders']), new Set(), all);
    expect(topics.fromTarget('orders')).toBe('orders');
    expect(topics.fromTarget('local-to-target')).toBeNull();
  });

  it('under identity without a source are those that a checkpoint names', () => {
    const topics = migratedTopics(policy('identity'), null, new Set(['orders']), all);
    expect(topics.fromTarget('orders')).toBe('orders');
    expect(topics.fromTarget('payments')).toBeNull();
  });

  it('never include internal ones', () => {
    const topics = migratedTopics(policy('identity'), new Set(['__consumer_offsets']), new Set(), all);
    expect(topics.fromSource('__consumer_offsets')).toBeNull();
    expect(topics.fromTarget('__consumer_offsets')).toBeNull();
  });
});

describe('a topic that the selection leaves out', () => {
  const topics = migratedTopics(policy('default'), new Set(['orders', 'logs']), new Set(), (topic) => topic !== 'logs');

  it('is not migrated, whoever has offsets there', () => {
    expect(topics.fromSource('logs')).toBeNull();
    expect(topics.fromTarget('src.logs')).toBeNull();
  });

  it('still shows where MM2 writes a checkpoint for it', () => {
    const union = unionOfSightings(topics, {
      sourceCommits: ['logs/0'],
      targetCommits: [],
      checkpoints: [{ ...checkpoint(1n, 1n), topic: 'src.logs' }],
      unreadableCheckpoints: [],
    });
    expect([...union.values()]).toEqual([{ topic: 'src.logs', partition: 0, sourceTopic: 'logs' }]);
  });
});

describe('the union of sightings', () => {
  const topics = migratedTopics(policy('default'), new Set(['orders', 'payments']), new Set(['src.orders']), all);

  it('holds a source commit without a checkpoint, a checkpoint, and a commit on the target alone', () => {
    const union = unionOfSightings(topics, {
      sourceCommits: ['payments/3'],
      targetCommits: ['src.orders/7', 'unrelated/0'],
      checkpoints: [checkpoint(1n, 1n)],
      unreadableCheckpoints: ['src.orders/9'],
    });
    expect([...union.values()]).toEqual([
      { topic: 'src.payments', partition: 3, sourceTopic: 'payments' },
      { topic: 'src.orders', partition: 0, sourceTopic: 'orders' },
      { topic: 'src.orders', partition: 9, sourceTopic: 'orders' },
      { topic: 'src.orders', partition: 7, sourceTopic: 'orders' },
    ]);
  });

  it('names a partition once, however often it was seen', () => {
    const union = unionOfSightings(topics, {
      sourceCommits: ['orders/0'],
      targetCommits: ['src.orders/0'],
      checkpoints: [checkpoint(1n, 1n)],
      unreadableCheckpoints: [],
    });
    expect([...union.keys()]).toEqual(['src.orders/0']);
  });
});
