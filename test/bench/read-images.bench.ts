/**
 * Images of 10,000 slices of 200 records: ours against Java's consumer seeking the same slices, and against our own
 * `readLog`, one slice at a time, in the same run and on the same broker. Prints time and heap; asserts only that
 * every record was seen.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { connectCluster } from '../../src/adapters/kafka/cluster.ts';
import type { ImageRequest, ImageSlice, Log, TargetCluster } from '../../src/operations/ports.ts';
import { resolveJars } from '../../src/testbed/jars.ts';
import { JVM_FLAGS } from '../../src/testbed/java.ts';
import { type KafkaCluster, startKafkaCluster } from '../../src/testbed/kafka-cluster.ts';
import { createTopics } from '../../src/testbed/topics.ts';
import { median } from './median.ts';

const TOPIC = 'bench';
const PLACES = 10_000;
const LENGTH = 200;
const STEP = 250;
const ROUNDS = 3;
const ONE_BY_ONE = 200;
const SHAPES = [
  { partitions: 100, recordBytes: 100 },
  { partitions: 100, recordBytes: 1_000 },
  { partitions: 2_500, recordBytes: 100 },
];
const SEEKING_CONSUMER = fileURLToPath(new URL('./SeekingConsumer.java', import.meta.url));
const PERFORMANCE = 'org.apache.kafka.tools.ProducerPerformance';
const silent: Log = { stage: () => {}, info: () => {}, warn: () => {}, debug: () => {} };

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe.each(SHAPES)('images, $partitions partitions, $recordBytes bytes a record', ({ partitions, recordBytes }) => {
  const places = PLACES / partitions;
  let cluster: KafkaCluster;
  const sides: TargetCluster[] = [];

  beforeAll(async () => {
    cluster = await startKafkaCluster({ name: 'bench', jvmFlags: ['-Xmx1g', '-XX:+UseSerialGC'] });
    await createTopics(cluster.address, [{ topic: TOPIC, partitions }]);
    await fill(cluster, partitions * places * STEP * 1.02, recordBytes);
    const connection = { bootstrapServers: cluster.bootstrapServers().split(','), tls: null, sasl: null };
    for (const side of ['source', 'target'] as const) {
      sides.push(await connectCluster({ side, ...connection }, { log: silent, clock: systemClock }));
    }
  });
  afterAll(async () => {
    for (const side of sides.splice(0)) await side.close();
    await cluster?.stop();
  });

  it('are timed against a consumer that seeks', async () => {
    const slices = Array.from({ length: PLACES }, (_, n): ImageRequest => {
      const from = BigInt(Math.floor(n / partitions) * STEP);
      return { topic: TOPIC, partition: n % partitions, from, to: from + BigInt(LENGTH) };
    });
    const [source] = sides as [TargetCluster];
    const oneSide: number[] = [];
    const bothSides: number[] = [];
    const java: number[] = [];
    let held = '';
    for (let round = 0; round <= ROUNDS; round += 1) {
      const ours = await timeOurs([source], slices);
      const both = await timeOurs(sides, slices);
      const javaMs = await timeJava(cluster, partitions, places);
      // The first round warms up.
      if (round === 0) continue;
      oneSide.push(ours.elapsedMs);
      bothSides.push(both.elapsedMs);
      java.push(javaMs);
      held = `${ours.heldPerImage} bytes of heap an image, ${ours.peakMiB} MiB at most beside the images`;
    }
    const oneByOneMs = (await timeOneByOne(source, slices.slice(0, ONE_BY_ONE))) * (PLACES / ONE_BY_ONE);
    const seconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;
    const times = (ms: number) => `${(ms / median(oneSide)).toFixed(1)} ×`;
    process.stdout.write(
      `bench images, ${PLACES} slices × ${LENGTH} records × ${recordBytes} bytes over ${partitions} partitions: ` +
        `ours ${seconds(median(oneSide))}, both sides at once ${seconds(median(bothSides))}, ` +
        `Java's consumer ${seconds(median(java))} (${times(median(java))}), ` +
        `readLog one by one ${seconds(oneByOneMs)} (${times(oneByOneMs)}, from ${ONE_BY_ONE}); ${held}\n`,
    );
  });
});

async function fill(cluster: KafkaCluster, records: number, recordBytes: number): Promise<void> {
  const { classPath } = await resolveJars();
  const amount = ['--num-records', String(Math.ceil(records)), '--record-size', String(recordBytes)];
  const producer = ['linger.ms=5', 'partitioner.class=org.apache.kafka.clients.producer.RoundRobinPartitioner'];
  const args = ['--topic', TOPIC, ...amount, '--throughput', '-1', '--producer-props'];
  const bootstrap = `bootstrap.servers=${cluster.bootstrapServers()}`;
  await promisify(execFile)('java', [...JVM_FLAGS, '-cp', classPath, PERFORMANCE, ...args, bootstrap, ...producer]);
}

async function timeOurs(sides: readonly TargetCluster[], slices: readonly ImageRequest[]) {
  collectGarbage();
  const before = process.memoryUsage();
  let peak = 0;
  const look = setInterval(() => {
    const { heapUsed, external } = process.memoryUsage();
    peak = Math.max(peak, heapUsed + external);
  }, 20);
  const startedAt = performance.now();
  const { signal } = new AbortController();
  const read = await Promise.all(sides.map((side) => side.readImages(slices, { signal })));
  const elapsedMs = performance.now() - startedAt;
  clearInterval(look);
  const images = read.flatMap((one) => one.map(recordCount)).reduce((sum, count) => sum + count, 0);
  expect(images).toBe(sides.length * PLACES * LENGTH);
  collectGarbage();
  const after = process.memoryUsage();
  const held = after.heapUsed - before.heapUsed;
  const peakMiB = Math.round((peak - before.heapUsed - before.external - held) / 2 ** 20);
  return { elapsedMs, heldPerImage: Math.round(held / images), peakMiB };
}

function recordCount(slice: ImageSlice): number {
  if (slice.kind === 'unreadable') throw new Error(slice.error);
  return slice.records.length;
}

async function timeOneByOne(cluster: TargetCluster, slices: readonly ImageRequest[]): Promise<number> {
  let records = 0;
  const startedAt = performance.now();
  for (const slice of slices) {
    await cluster.readLog({ ...slice, isolation: 'read_uncommitted' }, () => {
      records += 1;
    });
  }
  expect(records).toBe(slices.length * LENGTH);
  return performance.now() - startedAt;
}

async function timeJava(cluster: KafkaCluster, partitions: number, places: number): Promise<number> {
  const { classPath } = await resolveJars();
  const shape = [partitions, places, STEP, LENGTH].map(String);
  const args = ['-Xmx1g', '-cp', classPath, SEEKING_CONSUMER, cluster.bootstrapServers(), TOPIC, ...shape];
  const { stdout } = await promisify(execFile)('java', args);
  const [records, elapsedMs] = stdout.trim().split(' ').map(Number);
  expect(records).toBe(PLACES * LENGTH);
  return elapsedMs ?? Number.NaN;
}
