/** A long comparison of records says how far it is. */
import { expect, test } from 'vitest';
import { partitionKey } from '../../src/domain/topic-partition.ts';
import type { ComparedSoFar } from '../../src/operations/translate-records.ts';
import { fakeClusters, TOPIC } from '../support/fake-clusters.ts';
import { fakeSync } from '../support/fake-sync.ts';

test('each offset that is settled and each record that is read is told, up to all of them', async () => {
  const groups = Array.from({ length: 12 }, (_, number) => `group-${number}`);
  const clusters = fakeClusters(groups);
  for (const [number, id] of groups.entries()) {
    clusters.source.setOffset(id, partitionKey(TOPIC, 0), BigInt(number * 20));
  }
  let read = 0;
  for (const cluster of [clusters.source, clusters.target]) {
    const readImages = cluster.readImages.bind(cluster);
    cluster.readImages = async (requests, limits) => {
      const slices = await readImages(requests);
      for (const slice of slices) {
        if (slice.kind !== 'read') continue;
        read += slice.records.length;
        limits?.onRead?.(slice.records.length);
      }
      return slices;
    };
  }
  const told: ComparedSoFar[] = [];
  const onProgress = (soFar: ComparedSoFar) => void told.push(soFar);
  await fakeSync({ ...clusters, request: { comparison: { maxScan: 1_000, maxImages: 100, onProgress } } });
  expect(told.at(-1)).toEqual({ settled: 12, of: 12, records: read });
  expect(read).toBeGreaterThan(0);
  for (const key of ['settled', 'records'] as const) {
    const figures = told.map((soFar) => soFar[key]);
    expect(figures).toEqual([...figures].sort((a, b) => a - b));
    expect(new Set(figures).size).toBeGreaterThan(2);
  }
});
