/**
 * Commits of 2,000 groups × 4 partitions: ours against Java's AdminClient with everything in flight, in the same run
 * and on the same broker. Prints the ratio; asserts only that every offset is in place.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { connectCluster } from '../../src/adapters/kafka/cluster.ts';
import { MAX_BATCH_GROUPS } from '../../src/operations/batch-rounds.ts';
import type { GroupCommit, GroupCommitResult, Log, TargetCluster } from '../../src/operations/ports.ts';
import { type KafkaCluster, startKafkaCluster } from '../../src/testbed/kafka-cluster.ts';
import { createTopics } from '../../src/testbed/topics.ts';
import { Witness } from '../support/witness.ts';
import { median } from './median.ts';

const GROUPS = 2_000;
const PARTITIONS = 4;
const ROUNDS = 5;
const TOPIC = 'bench';
const silent: Log = { stage: () => {}, info: () => {}, warn: () => {}, debug: () => {} };

describe.each(['4.3.1', '4.1.1'])(`commit of ${GROUPS} groups × ${PARTITIONS} partitions, broker %s`, (version) => {
  let cluster: KafkaCluster;
  let witness: Witness;
  let target: TargetCluster;

  beforeAll(async () => {
    cluster = await startKafkaCluster({ name: 'bench', version });
    await createTopics(cluster.address, [{ topic: TOPIC, partitions: PARTITIONS }]);
    witness = await Witness.start();
    const connection = { bootstrapServers: cluster.bootstrapServers().split(','), tls: null, sasl: null };
    target = await connectCluster({ side: 'target', ...connection }, { log: silent, clock: systemClock });
  });
  afterAll(async () => {
    await target.close();
    await witness.close();
    await cluster.stop();
  });

  it('is timed against AdminClient', async () => {
    const ours: number[] = [];
    const java: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const ourMs = await timeOurs(target, `ours-${round}-`);
      const javaMs = await timeJava(witness, cluster, `java-${round}-`);
      // The first round warms both up.
      if (round > 0) {
        ours.push(ourMs);
        java.push(javaMs);
      }
    }
    const ratio = median(java) / median(ours);
    const figures = `ours ${median(ours).toFixed(0)} ms, AdminClient ${median(java).toFixed(0)} ms`;
    process.stdout.write(
      `bench broker ${version}: ${figures}: ours is ${ratio.toFixed(1)} × as fast (median of ${ROUNDS})\n`,
    );
    const shown = await witness.groupOffsets(cluster.address, [`ours-${ROUNDS}-0`, `ours-${ROUNDS}-${GROUPS - 1}`]);
    expect(shown).toHaveLength(2 * PARTITIONS);
    expect(new Set(shown.map(({ offset }) => offset))).toEqual(new Set([7n]));
  });
});

async function timeOurs(target: TargetCluster, prefix: string): Promise<number> {
  const commits: GroupCommit[] = Array.from({ length: GROUPS }, (_, n) => ({
    groupId: `${prefix}${n}`,
    offsets: Array.from({ length: PARTITIONS }, (_p, partition) => ({
      topic: TOPIC,
      partition,
      offset: 7n,
      metadata: 'bench',
    })),
  }));
  const startedAt = performance.now();
  const results = await inBatches(target, commits);
  const elapsedMs = performance.now() - startedAt;
  const outcomes = results.flatMap(({ partitions }) => [...partitions.values()]);
  expect(outcomes).toHaveLength(GROUPS * PARTITIONS);
  expect(outcomes.filter(({ kind }) => kind !== 'committed')).toEqual([]);
  return elapsedMs;
}

/** As a sync commits: batch by batch, each within the two seconds that its read is good for. */
async function inBatches(target: TargetCluster, commits: readonly GroupCommit[]): Promise<GroupCommitResult[]> {
  const results: GroupCommitResult[] = [];
  for (let start = 0; start < commits.length; start += MAX_BATCH_GROUPS) {
    results.push(...(await target.commitOffsets(commits.slice(start, start + MAX_BATCH_GROUPS))).values());
  }
  return results;
}

async function timeJava(witness: Witness, cluster: KafkaCluster, groupPrefix: string): Promise<number> {
  const bench = { groupPrefix, groups: GROUPS, topic: TOPIC, partitions: PARTITIONS, offset: 7n };
  const result = await witness.benchAlterGroupOffsets(cluster.address, bench);
  expect(result.errors).toEqual({});
  return result.elapsedMs;
}
