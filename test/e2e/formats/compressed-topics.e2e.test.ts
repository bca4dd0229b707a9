/** MM2's internal topics compressed by the broker with each codec: read and synced as any other. */
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { decompress } from '../../../src/adapters/kafka/log/compression/decompress.ts';
import { replicationPolicy } from '../../../src/domain/checkpoints/replication-policy.ts';
import type { ClusterAddress } from '../../../src/testbed/client.ts';
import type { GroupOffsets } from '../../../src/testbed/groups.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { claimed, shownByJava } from '../../support/committed-in-java.ts';
import { deleteConnectors } from '../../support/connectors.ts';
import { type Migration, startMigration, waitForLastCheckpoints } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { type FinishedRun, rowsOf, run } from '../../support/run.ts';
import { Witness } from '../../support/witness.ts';
import { batchesOf } from './raw-batches.ts';

const RECORDS = 1_000;
const PARTITIONS = 2;
/** The number of each codec in the attributes of a batch. */
const CODECS = [
  { codec: 'gzip', id: 1 },
  { codec: 'snappy', id: 2 },
  { codec: 'lz4', id: 3 },
  { codec: 'zstd', id: 4 },
];

// The bed waits by kafkajs, which brings gzip alone.
for (const { id } of CODECS.slice(1)) {
  kafkajs.CompressionCodecs[id as 2 | 3 | 4] = () => ({
    compress: () => Promise.reject(new Error('only read here')),
    decompress: async (bytes: Buffer) => Buffer.from(decompress(id, bytes)),
  });
}

const bed = inject('bed');
let witness: Witness;
beforeAll(async () => {
  witness = await Witness.start();
});
afterAll(() => witness.close());

describe.each(CODECS)('topics compressed with $codec', ({ codec, id }) => {
  const name = ownName(codec);
  const aliases = { sourceAlias: `${name}src`, targetAlias: `${name}dst` };
  const policy = replicationPolicy({
    ...aliases,
    policy: 'default',
    separator: '.',
    internalTopicSeparatorEnabled: true,
    offsetSyncsTopicLocation: 'source',
  });
  const topics = [`${name}-orders`, `${name}-audit`];
  let migration: Migration;
  let synced: FinishedRun;

  /** At the start, at the end, and between. */
  function groups(): readonly GroupOffsets[] {
    return [0, 1, 333, 500, 789, RECORDS].map((at, n) => ({
      groupId: `${name}-group-${n}`,
      offsets: topics.flatMap((topic) =>
        [0, 1].map((partition) => ({ topic, partition, offset: BigInt(partition === 0 ? at : RECORDS - at) })),
      ),
    }));
  }

  beforeAll(async () => {
    const config = { 'cleanup.policy': 'compact', 'compression.type': codec };
    await createTopics(bed.target, [{ topic: policy.checkpointsTopic, config }]);
    await createTopics(bed.source, [{ topic: policy.offsetSyncsTopic, config }]);
    const spec = {
      name,
      topics: topics.map((topic) => ({ topic, partitions: PARTITIONS })),
      recordsPerPartition: RECORDS,
      mm2: aliases,
    };
    migration = await startMigration(bed, spec, groups());
    await waitForLastCheckpoints(bed, migration, BigInt(RECORDS));
    synced = await run(migration.inputs({ sync: { runForMs: 240_000, intervalMs: 1_000 } }));
  });
  afterAll(() =>
    deleteConnectors(
      bed.connectUrl,
      ['source', 'checkpoint', 'heartbeat'].map((kind) => `${name}-${kind}`),
    ),
  );

  async function codecsIn(cluster: ClusterAddress, topic: string): Promise<readonly number[]> {
    const batches = await batchesOf(cluster, topic);
    return [...new Set(batches.filter(({ isControl }) => !isControl).map((batch) => batch.codec))];
  }

  test('every group partition is put in place', () => {
    expect(synced.report).toMatchObject({ result: 'changed', errors: [], findings: [] });
    const rows = rowsOf(synced.report);
    expect(rows).toHaveLength(groups().length * topics.length * PARTITIONS);
    expect(rows.filter((row) => row.delta !== 0n)).toEqual([]);
  });

  test("Java's own tool shows what the report claims", async () => {
    expect(claimed(synced.report)).toHaveLength(groups().length * topics.length * PARTITIONS);
    expect(await shownByJava(bed.target, synced.report)).toEqual(claimed(synced.report));
  });

  test("MM2's own client reads the same checkpoints", async () => {
    for (const { groupId, partitions } of synced.report.groups) {
      const translated = await witness.translateOffsets(bed.target, { sourceAlias: aliases.sourceAlias, groupId });
      const lines = translated.map((row) => `${row.topic}-${row.partition} ${row.offset}`);
      const ours = partitions.filter((row) => row.checkpointDownstream !== null);
      expect(ours.map((row) => `${row.topic}-${row.partition} ${row.checkpointDownstream}`)).toEqual(lines);
      expect(lines.length).toBeGreaterThan(0);
    }
  });

  test(`the broker does keep both topics in ${codec}`, async () => {
    expect(await codecsIn(bed.target, policy.checkpointsTopic)).toEqual([id]);
    expect(await codecsIn(bed.source, policy.offsetSyncsTopic)).toEqual([id]);
  });
});
