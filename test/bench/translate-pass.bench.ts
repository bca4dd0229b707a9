/**
 * One dry pass over 10,000 group partitions, each in a bracket of 200 records of its own: listing, committed offsets,
 * log ends, offset syncs, the records of both sides, and the decisions. Beside it Java's consumer, which only reads the
 * same records of both sides, one after the other. Prints time and memory; asserts that every place is the exact one.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { encodeOffsetSync } from '../../src/domain/checkpoints/offset-sync-format.ts';
import type { Log } from '../../src/operations/ports.ts';
import { runCommand } from '../../src/run/run-command.ts';
import { commitGroupOffsets } from '../../src/testbed/groups.ts';
import { resolveJars } from '../../src/testbed/jars.ts';
import { type KafkaCluster, startKafkaCluster } from '../../src/testbed/kafka-cluster.ts';
import { produceRecords } from '../../src/testbed/records.ts';
import { createTopics } from '../../src/testbed/topics.ts';
import { plaintext, runInputs } from '../support/run-inputs.ts';
import { median } from './median.ts';

const PARTITIONS = 100;
const GROUPS = 100;
const BRACKET = 200;
const RECORDS = (GROUPS + 1) * BRACKET;
const ROUNDS = 3;
const TOPIC = 'bench';
const COPY = `source.${TOPIC}`;
const SYNCS = 'mm2-offset-syncs.target.internal';
const FIRST_TIMESTAMP_MS = 1_700_000_000_000;
const PADDING = 'x'.repeat(80);
const SEEKING_CONSUMER = fileURLToPath(new URL('./SeekingConsumer.java', import.meta.url));
const silent: Log = { stage: () => {}, info: () => {}, warn: () => {}, debug: () => {} };
const partitions = Array.from({ length: PARTITIONS }, (_, partition) => partition);

/** Somewhere in the n-th bracket, another place in each partition. */
const placeOf = (group: number, partition: number) => group * BRACKET + ((partition * 37) % BRACKET);

describe(`a pass over ${GROUPS} groups × ${PARTITIONS} partitions`, () => {
  const clusters: KafkaCluster[] = [];
  let reportDir = '';

  beforeAll(async () => {
    reportDir = await mkdtemp(join(tmpdir(), 'bench-translate-'));
    for (const name of ['source', 'target']) {
      clusters.push(await startKafkaCluster({ name, jvmFlags: ['-Xmx1g', '-XX:+UseSerialGC'] }));
    }
    const [source, target] = clusters as [KafkaCluster, KafkaCluster];
    await fill(source, TOPIC);
    await fill(target, COPY);
    await writeSyncs(source);
    await commitGroupOffsets(
      source.address,
      Array.from({ length: GROUPS }, (_, group) => ({
        groupId: `group-${group}`,
        offsets: partitions.map((partition) => ({
          topic: TOPIC,
          partition,
          offset: BigInt(placeOf(group, partition)),
        })),
      })),
    );
  }, 600_000);
  afterAll(async () => {
    for (const cluster of clusters.splice(0)) await cluster.stop();
    await rm(reportDir, { recursive: true, force: true });
  });

  it('is timed against reading the records alone', async () => {
    const [source, target] = clusters as [KafkaCluster, KafkaCluster];
    const ours: number[] = [];
    const java: number[] = [];
    let peakMiB = 0;
    for (let round = 0; round <= ROUNDS; round += 1) {
      const pass = await timePass(source, target, reportDir);
      const javaMs = (await timeJava(source, TOPIC)) + (await timeJava(target, COPY));
      // The first round warms up.
      if (round === 0) continue;
      ours.push(pass.elapsedMs);
      java.push(javaMs);
      peakMiB = Math.max(peakMiB, pass.peakMiB);
    }
    const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
    process.stdout.write(
      `bench pass, ${GROUPS * PARTITIONS} group partitions, brackets of ${BRACKET} records: ours ${seconds(median(ours))}, ` +
        `Java's consumer for the reads alone ${seconds(median(java))} ` +
        `(${(median(java) / median(ours)).toFixed(1)} ×); at most ${peakMiB} MiB resident (median of ${ROUNDS})\n`,
    );
  });
});

async function fill(cluster: KafkaCluster, topic: string): Promise<void> {
  await createTopics(cluster.address, [{ topic, partitions: PARTITIONS, config: { 'retention.ms': '-1' } }]);
  const record = (partition: number, index: number) => ({
    key: `${partition}-${index}`,
    value: `${index} ${PADDING}`,
    timestamp: String(FIRST_TIMESTAMP_MS + index),
  });
  await produceRecords(cluster.address, { topic, partitions, recordsPerPartition: RECORDS, record });
}

async function writeSyncs(cluster: KafkaCluster): Promise<void> {
  await createTopics(cluster.address, [{ topic: SYNCS, partitions: 1 }]);
  const record = (_partition: number, n: number) => {
    const offset = BigInt(Math.floor(n / PARTITIONS) * BRACKET);
    const pair = { upstreamOffset: offset, downstreamOffset: offset };
    const { key, value } = encodeOffsetSync({ topic: TOPIC, partition: n % PARTITIONS, ...pair });
    return { key: Buffer.from(key), value: Buffer.from(value) };
  };
  const recordsPerPartition = (GROUPS + 1) * PARTITIONS;
  await produceRecords(cluster.address, { topic: SYNCS, partitions: [0], recordsPerPartition, record });
}

async function timePass(source: KafkaCluster, target: KafkaCluster, reportDir: string) {
  const inputs = runInputs(reportDir, {
    command: 'plan',
    source: plaintext(source.bootstrapServers()),
    target: plaintext(target.bootstrapServers()),
    translation: { mode: 'exact' },
  });
  let peak = 0;
  const look = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  const startedAt = performance.now();
  const { signal } = new AbortController();
  const report = await runCommand(inputs, { log: silent, clock: systemClock, signal, proxy: null, workingFolder: '.' });
  const elapsedMs = performance.now() - startedAt;
  clearInterval(look);
  const rows = report.groups.flatMap(({ groupId, partitions: of }) =>
    of.map((one) => ({ expected: BigInt(placeOf(Number(groupId.slice(6)), one.partition)), ...one })),
  );
  expect(rows).toHaveLength(GROUPS * PARTITIONS);
  expect(
    rows.filter(({ translation, translated, expected }) => translation !== 'exact' || translated !== expected),
  ).toEqual([]);
  return { elapsedMs, peakMiB: Math.round(peak / 2 ** 20) };
}

async function timeJava(cluster: KafkaCluster, topic: string): Promise<number> {
  const { classPath } = await resolveJars();
  const shape = [PARTITIONS, GROUPS, BRACKET, BRACKET].map(String);
  const args = ['-Xmx1g', '-cp', classPath, SEEKING_CONSUMER, cluster.bootstrapServers(), topic, ...shape];
  const { stdout } = await promisify(execFile)('java', args);
  const [records, elapsedMs] = stdout.trim().split(' ').map(Number);
  expect(records).toBe(PARTITIONS * GROUPS * BRACKET);
  return elapsedMs ?? Number.NaN;
}
