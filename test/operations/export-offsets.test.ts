/** What the command export saves, and what it must not take for nothing (invariant D). */
import { describe, expect, test } from 'vitest';
import { replicationPolicy } from '../../src/domain/checkpoints/replication-policy.ts';
import { partitionKey } from '../../src/domain/topic-partition.ts';
import { exportOffsets } from '../../src/operations/export-offsets.ts';
import type { Selection } from '../../src/operations/observe-pass.ts';
import type { CommittedOffset, ExportEntry } from '../../src/operations/ports.ts';
import { COPY, COPY_KEY, type FakeCluster, fakeClusters } from '../support/fake-clusters.ts';
import { rowOf } from '../support/run.ts';
import { patterns } from '../support/run-inputs.ts';

const GROUPS = ['audit', 'billing', 'cleanup'];

const ALL: Selection = {
  topics: patterns('.*'),
  topicsExclude: patterns(''),
  groups: patterns('.*'),
  groupsExclude: patterns(''),
  shard: null,
};

/** `billing` has an offset on the target, `cleanup` is there without one, `audit` is not there. */
function world() {
  const clusters = fakeClusters(GROUPS);
  const { target } = clusters;
  for (const groupId of ['billing', 'cleanup']) {
    target.groups.push({ groupId, state: 'Empty', type: 'classic', protocolType: 'consumer' });
  }
  target.setOffset('billing', COPY_KEY, 12n, 'note');
  return clusters;
}

async function exported(clusters: { readonly source: FakeCluster | null; readonly target: FakeCluster }, more = {}) {
  const entries: ExportEntry[] = [];
  const result = await exportOffsets({
    clusters,
    policy: replicationPolicy({
      sourceAlias: 'src',
      targetAlias: 'dst',
      policy: 'default',
      separator: '.',
      internalTopicSeparatorEnabled: true,
      offsetSyncsTopicLocation: 'source',
    }),
    selection: { ...ALL, ...more },
    offsetsExport: { append: async (batch) => void entries.push(...batch) },
    signal: new AbortController().signal,
  });
  return { result, entries };
}

const saved = (groupId: string, groupExisted: boolean, previousOffset: bigint | null) => ({
  groupId,
  topic: COPY,
  partition: 0,
  groupExisted,
  previousOffset,
  previousMetadata: previousOffset === null ? '' : 'note',
  previousLeaderEpoch: -1,
  intendedOffset: null,
});

test('an offset is saved as it is; where there is none, whether the group is there', async () => {
  const { result, entries } = await exported(world());
  expect(entries).toEqual([saved('audit', false, null), saved('billing', true, 12n), saved('cleanup', true, null)]);
  expect(result).toMatchObject({ findings: [], incomplete: null });
  expect(result.groups.map(({ groupId, verdict }) => [groupId, verdict])).toEqual(GROUPS.map((id) => [id, 'ready']));
  expect(rowOf(result, 'audit')).toMatchObject({ verdict: 'unchanged', detail: 'no offset, and no such group' });
});

test('without a source, checkpoints and target commits tell what is migrated', async () => {
  const { target } = world();
  target.setOffset('local', partitionKey('local-topic', 0), 3n);
  target.groups.push({ groupId: 'local', state: 'Empty', type: 'classic', protocolType: '' });
  const { entries } = await exported({ source: null, target });
  expect(entries.map(({ groupId }) => groupId)).toEqual(GROUPS);
});

test('nothing is committed, removed or created', async () => {
  const { source, target } = world();
  await exported({ source, target });
  expect([source.commits, target.commits]).toEqual([[], []]);
});

test.each([
  ['groups', { groups: patterns('b.*') }],
  ['groups-exclude', { groupsExclude: patterns('audit, cleanup') }],
])('%s narrows it', async (_, selection) => {
  const { result, entries } = await exported(world(), selection);
  expect(entries.map(({ groupId }) => groupId)).toEqual(['billing']);
  expect(result.groups.map(({ groupId }) => groupId)).toEqual(['billing']);
});

test('topics-exclude narrows it, to nothing at all', async () => {
  const { result, entries } = await exported(world(), { topicsExclude: patterns('orders') });
  expect([result.groups, entries]).toEqual([[], []]);
});

describe('D: what could not be read', () => {
  function withOffset(target: FakeCluster, groupId: string, more: Partial<CommittedOffset>): void {
    const known = { offset: null, metadata: '', leaderEpoch: -1, error: null, ...more };
    target.offsets.set(groupId, new Map([[COPY_KEY, known]]));
  }

  test.each([
    ['TOPIC_AUTHORIZATION_FAILED', 'group-state-unknown'],
    ['UNSTABLE_OFFSET_COMMIT', 'offset-unstable'],
  ] as const)('is not saved as nothing, and fails: %s', async (error, reason) => {
    const { source, target } = world();
    withOffset(target, 'billing', { error });
    const { result, entries } = await exported({ source, target });
    expect(rowOf(result, 'billing')).toMatchObject({ verdict: 'failed', reason });
    expect(entries.map(({ groupId }) => groupId)).toEqual(['audit', 'cleanup']);
  });

  test('of a whole group is not saved either', async () => {
    const { source, target } = world();
    const committedOffsets = target.committedOffsets.bind(target);
    target.committedOffsets = async (queries) => {
      const refused = {
        groupId: 'audit',
        coordinatorId: 1,
        error: 'GROUP_AUTHORIZATION_FAILED',
        partitions: new Map(),
      };
      return new Map([...(await committedOffsets(queries)), ['audit', refused]]);
    };
    const { result, entries } = await exported({ source, target });
    expect(rowOf(result, 'audit')).toMatchObject({ verdict: 'failed', reason: 'group-state-unknown' });
    // The run tells of the right that is missing.
    expect(result.findings).toEqual([]);
    expect(entries.map(({ groupId }) => groupId)).toEqual(['billing', 'cleanup']);
  });

  test('as a listing: a group without an offset may be there or not, and groups may be missing', async () => {
    const { source, target } = world();
    const answeredBrokers: ReadonlySet<number> = new Set();
    target.listGroups = async () => ({
      groups: [],
      answeredBrokers,
      missingBrokers: [{ nodeId: 1, reason: 'no answer' }],
    });
    const { result, entries } = await exported({ source, target });
    expect(entries).toEqual([saved('billing', true, 12n)]);
    expect(rowOf(result, 'cleanup')).toMatchObject({ verdict: 'failed', reason: 'group-state-unknown' });
    expect(result.incomplete?.message).toContain('target brokers 1 did not list theirs');
  });
});

test('a share group of the same id is not saved: its offsets are not those of a consumer group', async () => {
  const { source, target } = world();
  target.groups.splice(0, target.groups.length, {
    groupId: 'billing',
    state: 'Empty',
    type: 'share',
    protocolType: 'share',
  });
  const { result, entries } = await exported({ source, target });
  expect(rowOf(result, 'billing')).toMatchObject({ verdict: 'skipped', reason: 'group-type-unsupported' });
  expect(entries.map(({ groupId }) => groupId)).toEqual(['audit', 'cleanup']);
});

test('a target without checkpoints is exported all the same where there is a source', async () => {
  const { source, target } = world();
  target.ranges.delete(partitionKey('src.checkpoints.internal', 0));
  const { result, entries } = await exported({ source, target });
  expect(entries.map(({ groupId }) => groupId)).toEqual(GROUPS);
  expect(result.findings).toMatchObject([{ rule: 'checkpoints-topic-missing', severity: 'warning' }]);
});
