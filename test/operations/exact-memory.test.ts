/** Many positions in little memory: the same places, whatever is read at a time. */
import { describe, expect, test } from 'vitest';
import { encodeOffsetSync } from '../../src/domain/checkpoints/offset-sync-format.ts';
import { partitionKey } from '../../src/domain/topic-partition.ts';
import type { ImageRequest } from '../../src/operations/ports.ts';
import { COPY, type FakeCluster, fakeClusters, imagesUpTo, TOPIC } from '../support/fake-clusters.ts';
import { fakeSync } from '../support/fake-sync.ts';
import { rowsOf } from '../support/run.ts';

const SYNCS = 'mm2-offset-syncs.dst.internal';

function watchImages(cluster: FakeCluster): (readonly ImageRequest[])[] {
  const calls: (readonly ImageRequest[])[] = [];
  const readImages = cluster.readImages.bind(cluster);
  cluster.readImages = (requests) => {
    calls.push(requests);
    return readImages(requests);
  };
  return calls;
}

describe('whatever fits into memory at a time', () => {
  const groups = Array.from({ length: 40 }, (_, n) => `group-${String(n).padStart(2, '0')}`);

  type Clusters = ReturnType<typeof fakeClusters>;
  type Pair = readonly [upstream: number, downstream: number];

  function setUp({ source }: Clusters, topic: string, place: (n: number) => number, syncs: readonly Pair[]): void {
    for (const [upstream, downstream] of syncs) {
      const offsets = { upstreamOffset: BigInt(upstream), downstreamOffset: BigInt(downstream) };
      source.records.get(SYNCS)?.push(encodeOffsetSync({ topic, partition: 0, ...offsets }));
    }
    for (const [n, id] of groups.entries()) source.setOffset(id, partitionKey(topic, 0), BigInt(place(n)));
  }

  async function placesWith(maxImages: number, edit: (clusters: Clusters) => void) {
    const clusters = fakeClusters(groups);
    clusters.source.records.set(SYNCS, []);
    edit(clusters);
    const calls = watchImages(clusters.source);
    const { result } = await fakeSync({
      ...clusters,
      request: { comparison: { maxScan: 1_000, maxImages } },
    });
    const sizes = calls.map((requests) => requests.reduce((sum, { from, to }) => sum + Number(to - from), 0));
    return { places: rowsOf(result).map((row) => `${row.translation} ${row.targetAfter}`), sizes };
  }

  test('the places are the same, and no more is read at once', async () => {
    const everyFifty = Array.from({ length: 10 }, (_, n): Pair => [n * 50, n * 50]);
    const apart = (clusters: Clusters) => setUp(clusters, TOPIC, (n) => n * 12, everyFifty);
    const [large, small] = [await placesWith(1_000_000, apart), await placesWith(250, apart)];
    expect(small.places).toEqual(large.places);
    expect(large.places).toEqual(groups.map((_, n) => `exact ${n * 12}`));
    expect(large.sizes.length).toBeLessThan(small.sizes.length);
    expect(Math.max(...small.sizes)).toBeLessThanOrEqual(250);
  });

  test('partitions whose brackets grow beyond it go on one after the other, and are read once', async () => {
    // The last offset sync is false, so none before it is an anchor: the bracket grows to the start of the log.
    const place = (n: number) => 420 + (n % 5) * 12;
    const grow = (clusters: Clusters) => {
      const second = { topic: `${TOPIC}-2`, copy: `${COPY}-2` };
      clusters.source.addTopic(second.topic, 500n);
      clusters.source.images.set(second.topic, imagesUpTo(500n));
      clusters.target.addTopic(second.copy, 500n);
      clusters.target.images.set(second.copy, imagesUpTo(500n));
      for (const topic of [TOPIC, second.topic]) {
        setUp(clusters, topic, place, [
          [400, 400],
          [490, 491],
        ]);
      }
    };
    const [large, small] = [await placesWith(1_000_000, grow), await placesWith(450, grow)];
    expect(small.places).toEqual(large.places);
    expect(large.places).toEqual(groups.flatMap((_, n) => [`exact ${place(n)}`, `exact ${place(n)}`]));
    expect(Math.max(...large.sizes)).toBeGreaterThan(600);
    expect(Math.max(...small.sizes)).toBeLessThanOrEqual(500);
    expect(small.sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(3 * 500);
  });
});
