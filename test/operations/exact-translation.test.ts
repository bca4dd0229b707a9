/** Translation by comparing records: what is read, in which order, and what comes of it when something cannot be read. */
import { describe, expect, test } from 'vitest';
import { encodeOffsetSync } from '../../src/domain/checkpoints/offset-sync-format.ts';
import { partitionKey } from '../../src/domain/topic-partition.ts';
import { MigrationError } from '../../src/errors.ts';
import type { ImageRequest, ImageSlice, LogRange } from '../../src/operations/ports.ts';
import type { SyncResult } from '../../src/operations/sync.ts';
import {
  COMMITTED,
  COPIED,
  COPY,
  COPY_KEY,
  type FakeCluster,
  fakeClusters,
  imagesUpTo,
  TOPIC,
} from '../support/fake-clusters.ts';
import { type FakeSyncOptions, fakeSync } from '../support/fake-sync.ts';
import { rowOf, rowsOf } from '../support/run.ts';
import { patterns } from '../support/run-inputs.ts';

const SYNCS = 'mm2-offset-syncs.dst.internal';
const CHECKPOINTS = 'src.checkpoints.internal';
const SOURCE_KEY = partitionKey(TOPIC, 0);
const comparison = { maxScan: 1_000 };
const REFUSED: ImageSlice = { kind: 'unreadable', error: 'TOPIC_AUTHORIZATION_FAILED' };

const exactSync = (clusters: Pick<FakeSyncOptions, 'source' | 'target'>, more: Partial<FakeSyncOptions> = {}) =>
  fakeSync({ ...clusters, ...more, request: { comparison, ...more.request } });

/** Each request of readImages, whatever it is answered. */
function watchImages(cluster: FakeCluster): (readonly ImageRequest[])[] {
  const calls: (readonly ImageRequest[])[] = [];
  const readImages = cluster.readImages.bind(cluster);
  cluster.readImages = (requests) => {
    calls.push(requests);
    return readImages(requests);
  };
  return calls;
}

function refuseImages(cluster: FakeCluster): void {
  cluster.readImages = async (requests) => requests.map(() => REFUSED);
}

/** Happens when the first records are asked for: the world moves on while they are read. */
function whileReading(cluster: FakeCluster, happen: () => void): void {
  const readImages = cluster.readImages.bind(cluster);
  cluster.readImages = async (requests) => {
    const answer = await readImages(requests);
    happen();
    return answer;
  };
}

/** After its first look, when the target is looked at. */
function sourceBecomes({ source, target }: ReturnType<typeof fakeClusters>, range: LogRange): void {
  const logRanges = target.logRanges.bind(target);
  target.logRanges = (partitions) => {
    if (partitions.some(({ topic }) => topic === COPY)) source.ranges.set(SOURCE_KEY, range);
    return logRanges(partitions);
  };
}

function placeAt({ source }: Pick<FakeSyncOptions, 'source'>, groups: readonly string[], place: (n: number) => number) {
  for (const [n, id] of groups.entries()) source.setOffset(id, SOURCE_KEY, BigInt(place(n)));
}

const rangeOf = (logStart: bigint, highWatermark: bigint) => ({ kind: 'range', logStart, highWatermark }) as const;
const ruleNames = ({ findings }: SyncResult) => findings.map(({ rule }) => rule);

test('commits the exact place where the checkpoint lies behind it', async () => {
  const clusters = fakeClusters(['audit', 'billing']);
  const { result } = await exactSync(clusters);
  const proven = { translated: COMMITTED, translation: 'exact', targetAfter: COMMITTED, verdict: 'committed' };
  const none = { redelivered: 0n, redeliveredMax: 0n, proof: { kind: 'records' } };
  expect(rowsOf(result)).toMatchObject([
    { ...proven, ...none },
    { ...proven, ...none },
  ]);
});

test('groups at the same place, and their neighbours, are read once', async () => {
  const groups = Array.from({ length: 50 }, (_, n) => `group-${n}`);
  const clusters = fakeClusters(groups);
  for (const id of groups.slice(25)) clusters.source.setOffset(id, SOURCE_KEY, COMMITTED + 1n);
  const calls = watchImages(clusters.source);
  await exactSync(clusters);
  expect(calls.flat().length).toBeLessThanOrEqual(3);
});

test('records of groups and topics that are left out are not read', async () => {
  const clusters = fakeClusters(['billing']);
  const calls = [watchImages(clusters.source), watchImages(clusters.target)];
  const selection = { topicsExclude: patterns(''), groups: patterns('.*'), shard: null, topics: patterns('.*') };
  await exactSync(clusters, { rules: { selection: { ...selection, groupsExclude: patterns('billing') } } });
  await exactSync(clusters, {
    rules: { selection: { ...selection, groupsExclude: patterns(''), topicsExclude: patterns(TOPIC) } },
  });
  expect(calls).toEqual([[], []]);
});

test('F: the source ends again after the target, then the records, then the target again', async () => {
  const clusters = fakeClusters(['billing']);
  const order: string[] = [];
  for (const cluster of [clusters.source, clusters.target]) {
    const { logRanges, readImages, readLog } = cluster;
    cluster.logRanges = (partitions) => {
      if (partitions.some(({ topic }) => topic === TOPIC || topic === COPY)) order.push(`${cluster.side} ends`);
      return logRanges.call(cluster, partitions);
    };
    cluster.readImages = (requests) => {
      order.push('records');
      return readImages.call(cluster, requests);
    };
    cluster.readLog = (request, visit) => {
      if (request.topic === SYNCS) order.push('offset syncs');
      return readLog.call(cluster, request, visit);
    };
    const committedOffsets = cluster.committedOffsets.bind(cluster);
    cluster.committedOffsets = (queries) => {
      if (cluster.side === 'source' && queries.every(({ partitions }) => partitions !== 'all')) order.push('S');
      return committedOffsets(queries);
    };
  }
  await exactSync(clusters, { request: { dryRun: true } });
  expect(order.filter((what, n) => what !== order[n - 1])).toEqual([
    'S',
    'source ends',
    'offset syncs',
    'target ends',
    'source ends',
    'records',
    'target ends',
  ]);
});

describe('records that cannot be read', () => {
  test('for want of a right: the checkpoint serves with the reason beside, and the run tells of the right', async () => {
    const clusters = fakeClusters(['audit', 'billing']);
    refuseImages(clusters.source);
    const { result } = await exactSync(clusters);
    const detail = expect.stringContaining('records of orders on the source could not be read');
    const row = { translation: 'checkpoint', translated: COPIED, verdict: 'committed', redeliveredMax: null, detail };
    expect(rowsOf(result)).toMatchObject([row, row]);
    expect(result.findings).toEqual([]);
  });

  test('prove nothing where the log start moved into the slice', async () => {
    const clusters = fakeClusters(['billing']);
    const readImages = clusters.source.readImages.bind(clusters.source);
    clusters.source.readImages = async (requests) => {
      const slices = await readImages(requests);
      return slices.map((slice) => (slice.kind === 'read' ? { ...slice, raisedTo: 5n } : slice));
    };
    const { result } = await exactSync(clusters);
    expect(rowOf(result, 'billing')).toMatchObject({
      translation: 'checkpoint',
      translated: COPIED,
      detail: expect.stringContaining('LOG_START_MOVED'),
    });
  });

  test('leave a group without a checkpoint alone', async () => {
    const clusters = fakeClusters(['billing']);
    clusters.target.records.set(CHECKPOINTS, []);
    refuseImages(clusters.target);
    const { result } = await exactSync(clusters);
    expect(rowOf(result, 'billing')).toMatchObject({
      verdict: 'skipped',
      reason: 'translation-unproven',
      translated: null,
      detail: expect.stringMatching(/grant READ on src\.orders.*no-checkpoint/),
    });
    expect(clusters.target.commits).toEqual([]);
  });

  test('of a refused topic are not asked for wave after wave', async () => {
    const groups = Array.from({ length: 20 }, (_, n) => `group-${n}`);
    const clusters = fakeClusters(groups);
    const places = groups.map((_, n) => 100 + n * 10);
    // Brackets of their own, so that each position is a wave.
    const syncs = places.map((at) => ({ upstreamOffset: BigInt(at) - 1n, downstreamOffset: BigInt(at) - 1n }));
    clusters.source.records.set(
      SYNCS,
      syncs.map((sync) => encodeOffsetSync({ topic: TOPIC, partition: 0, ...sync })),
    );
    placeAt(clusters, groups, (n) => places[n] ?? 0);
    refuseImages(clusters.source);
    const calls = watchImages(clusters.source);
    await exactSync(clusters, { request: { comparison: { maxScan: 1_000, maxImages: 10 } } });
    expect(calls).toHaveLength(1);
  });

  test('a cluster that is out of reach ends the pass, and the next one tries again', async () => {
    const clusters = fakeClusters(['billing']);
    const readImages = clusters.source.readImages.bind(clusters.source);
    let calls = 0;
    clusters.source.readImages = async (requests) => {
      calls++;
      if (calls === 1) throw new MigrationError('KAFKA_UNREACHABLE', 'source: no broker answers.', { retriable: true });
      return readImages(requests);
    };
    const failed: string[] = [];
    const { result } = await exactSync(clusters, {
      request: { runForMs: 60_000 },
      onPassFailed: (error) => failed.push(error.message),
    });
    expect(failed).toEqual(['source: no broker answers.']);
    expect(rowOf(result, 'billing')).toMatchObject({ translation: 'exact', targetAfter: COMMITTED });
  });
});

describe('without what MirrorMaker 2 writes', () => {
  const lacks = {
    'no checkpoints topic': ({ target }: ReturnType<typeof fakeClusters>) =>
      void target.ranges.delete(partitionKey(CHECKPOINTS, 0)),
    'no offset syncs topic': ({ source }: ReturnType<typeof fakeClusters>) =>
      void source.ranges.delete(partitionKey(SYNCS, 0)),
    'offset syncs that may not be read': ({ source }: ReturnType<typeof fakeClusters>) => refuseLog(source, SYNCS),
    'checkpoints that may not be read': ({ target }: ReturnType<typeof fakeClusters>) => refuseLog(target, CHECKPOINTS),
  };

  function refuseLog(cluster: FakeCluster, refused: string): void {
    const readLog = cluster.readLog.bind(cluster);
    cluster.readLog = async (request, visit) => {
      if (request.topic !== refused) return readLog(request, visit);
      throw new MigrationError('KAFKA_AUTHORIZATION', `${refused} may not be read.`);
    };
  }

  test.each(Object.entries(lacks))(
    '%s: the records alone give the place, and a finding says so',
    async (what, lack) => {
      const clusters = fakeClusters(['billing']);
      lack(clusters);
      const { result } = await exactSync(clusters);
      expect(rowOf(result, 'billing')).toMatchObject({ translation: 'exact', targetAfter: COMMITTED });
      expect(result.internalTopicProblem).toBeNull();
      // The run tells of a right that is missing.
      const told = what.endsWith('may not be read') ? [] : [{ severity: 'warning', where: 'target' }];
      expect(result.findings).toMatchObject(told);
    },
  );

  test.each(['no checkpoints topic', 'no offset syncs topic'] as const)(
    '%s: it stays the error of the run while something cannot be decided without',
    async (lack) => {
      const clusters = fakeClusters(['billing']);
      lacks[lack](clusters);
      refuseImages(clusters.source);
      const { result } = await exactSync(clusters);
      expect(result.internalTopicProblem).toBeInstanceOf(MigrationError);
      expect(ruleNames(result)).toEqual([]);
    },
  );

  test('a group beyond the end of the source, which no checkpoint would help either, makes no error of it', async () => {
    const clusters = fakeClusters(['audit', 'billing']);
    lacks['no checkpoints topic'](clusters);
    clusters.source.setOffset('audit', SOURCE_KEY, 501n);
    const { result } = await exactSync(clusters);
    expect(rowsOf(result)).toMatchObject([{ reason: 'source-truncated' }, { translation: 'exact' }]);
    expect(result.internalTopicProblem).toBeNull();
  });

  test('a source that cannot be read any more decides nothing: it stays an error', async () => {
    const clusters = fakeClusters(['billing']);
    lacks['no checkpoints topic'](clusters);
    sourceBecomes(clusters, { kind: 'error', error: 'NOT_LEADER_OR_FOLLOWER' });
    const { result } = await exactSync(clusters);
    expect(rowOf(result, 'billing')).toMatchObject({ verdict: 'skipped', reason: 'source-unreadable' });
    expect(result.internalTopicProblem?.code).toBe('CHECKPOINTS_TOPIC_MISSING');
  });

  test('nothing that could be compared: a wrong alias stays an error', async () => {
    const clusters = fakeClusters(['billing']);
    lacks['no checkpoints topic'](clusters);
    clusters.target.ranges.delete(COPY_KEY);
    const { result } = await exactSync(clusters);
    expect(result.internalTopicProblem?.code).toBe('CHECKPOINTS_TOPIC_MISSING');
  });

  test('by checkpoints alone a right that is missing still ends the run', async () => {
    const clusters = fakeClusters(['billing']);
    lacks['checkpoints that may not be read'](clusters);
    await expect(fakeSync(clusters)).rejects.toThrow('may not be read');
  });
});

test('what is not copied yet is pending, whatever a checkpoint says, and is committed once it is', async () => {
  const clusters = fakeClusters(['billing']);
  const { source, target } = clusters;
  source.records.set(SYNCS, []);
  target.images.set(COPY, imagesUpTo(95n));
  target.ranges.set(COPY_KEY, rangeOf(0n, 95n));
  const { result, saved } = await exactSync(clusters, {
    request: { runForMs: 60_000 },
    onPass: () => {
      target.images.set(COPY, imagesUpTo(120n));
      target.ranges.set(COPY_KEY, rangeOf(0n, 120n));
    },
  });
  const [first] = saved;
  expect(first === undefined ? null : rowOf(first, 'billing')).toMatchObject({
    verdict: 'pending',
    reason: 'not-replicated',
    translated: null,
  });
  expect(rowOf(result, 'billing')).toMatchObject({ translated: COMMITTED, targetAfter: COMMITTED });
});

test('altered headers are one finding a topic, and the place is found all the same', async () => {
  const clusters = fakeClusters(['audit', 'billing']);
  clusters.target.images.set(
    COPY,
    imagesUpTo(500n).map((image) => ({ ...image, headers: 'as text' })),
  );
  const { result } = await exactSync(clusters);
  expect(rowsOf(result).map(({ translation }) => translation)).toEqual(['exact', 'exact']);
  expect(result.findings).toMatchObject([
    { rule: 'headers-altered', where: COPY, hint: expect.stringContaining('ByteArrayConverter') },
  ]);
});

describe('a log that moves while it is read', () => {
  test('C: the target trimmed above the place: the group starts at what is left', async () => {
    const clusters = fakeClusters(['billing']);
    whileReading(clusters.target, () => clusters.target.ranges.set(COPY_KEY, rangeOf(200n, 500n)));
    const { result } = await exactSync(clusters);
    expect(rowOf(result, 'billing')).toMatchObject({
      reason: 'clamped-to-log-start',
      targetAfter: 200n,
      detail: "translated 100, the target's log starts at 200: 100 offsets are gone",
    });
  });

  test('C: the target re-created: nothing is committed', async () => {
    const clusters = fakeClusters(['billing']);
    whileReading(clusters.target, () => clusters.target.ranges.set(COPY_KEY, rangeOf(0n, 30n)));
    const { result } = await exactSync(clusters);
    expect(rowOf(result, 'billing')).toMatchObject({ verdict: 'skipped', reason: 'target-out-of-range' });
    expect(clusters.target.commits).toEqual([]);
  });

  test('D: the source cut below the position since the first look: source-truncated', async () => {
    const clusters = fakeClusters(['billing']);
    sourceBecomes(clusters, rangeOf(0n, 50n));
    const { result } = await exactSync(clusters);
    expect(rowOf(result, 'billing')).toMatchObject({ verdict: 'skipped', reason: 'source-truncated' });
  });
});

test('a cancel in the middle of the reading ends it, and nothing is decided', async () => {
  const clusters = fakeClusters(['billing']);
  const cancel = new AbortController();
  let told = false;
  clusters.source.readImages = (_requests, limits) =>
    new Promise((_resolve, reject) => {
      limits?.signal.addEventListener('abort', () => {
        told = true;
        reject(new MigrationError('CANCELLED', 'cancelled'));
      });
      cancel.abort();
    });
  const { result, exported } = await exactSync(clusters, { signal: cancel.signal });
  expect(told).toBe(true);
  expect(result).toMatchObject({ cancelled: true, groups: [], passes: [] });
  expect([exported, clusters.target.commits]).toEqual([[], []]);
});
