/**
 * How fast MirrorMaker 2 copies: with the generated connector's tuning against its own defaults, each with 1 and with 4
 * tasks, on one worker, in the same run. Prints megabytes a second and the worker's memory; asserts only that all was
 * copied.
 */

import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerationFacts } from '../../src/domain/connectors/generate/generation.ts';
import { tuningSettings } from '../../src/domain/connectors/generate/tuning.ts';
import { type Bed, startBed } from '../../src/testbed/bed.ts';
import { resolveJars } from '../../src/testbed/jars.ts';
import { JVM_FLAGS } from '../../src/testbed/java.ts';
import { mm2Connectors, putConnectors, targetTopic } from '../../src/testbed/mm2.ts';
import { createTopics, logRanges } from '../../src/testbed/topics.ts';
import { waitFor } from '../../src/testbed/wait.ts';
import { deleteConnectors } from '../support/connectors.ts';

const TOPIC = 'bench';
const PARTITIONS = 8;
const RECORDS = 400_000;
const RECORD_BYTES = 1_000;
const HEAP = '-Xmx2g';
const PERFORMANCE = 'org.apache.kafka.tools.ProducerPerformance';
const SHAPES = [1, 4].flatMap((tasks) => [
  { tasks, tuning: 'defaults' as const },
  { tasks, tuning: 'generated' as const },
]);

describe('copying', () => {
  let bed: Bed;

  beforeAll(async () => {
    bed = await startBed({ connect: { jvmFlags: [HEAP, '-XX:+UseG1GC'] } });
    await createTopics(bed.addresses.source, [{ topic: TOPIC, partitions: PARTITIONS }]);
    await fill(bed.addresses.source.bootstrapServers);
  });
  afterAll(() => bed?.stop());

  it('is timed with the generated tuning and with the defaults', async () => {
    for (const { tasks, tuning } of SHAPES) {
      const { seconds, records } = await timeCopy(bed, tasks, tuning);
      const megabytes = (records * RECORD_BYTES) / 1_000_000;
      process.stdout.write(
        `bench copying, ${tasks} task(s), ${tuning}: ${(megabytes / seconds).toFixed(1)} MB/s ` +
          `(${(records / seconds).toFixed(0)} records of ${RECORD_BYTES} bytes a second, one worker with ${HEAP}, ` +
          `${residentMiB(bed.connect?.pid ?? 0)} MiB resident at most)\n`,
      );
    }
  });
});

/** From the first tenth on the target to the last record: without the start of tasks. */
async function timeCopy(bed: Bed, tasks: number, tuning: 'defaults' | 'generated') {
  const name = `${tuning}${tasks}`;
  const options = { name, sourceAlias: name, topics: TOPIC, tasksMax: tasks };
  const [source] = mm2Connectors(bed.addresses, options);
  if (source === undefined) throw new Error('no source connector');
  const facts = { replicationFactor: null } as GenerationFacts;
  const tuned = tuning === 'generated' ? Object.fromEntries(tuningSettings(facts, 'source')) : {};
  await putConnectors(bed.addresses.connectUrl, [{ ...source, ...tuned }]);
  let first: { at: number; records: number } | null = null;
  const look = async () => {
    const records = await copied(bed, targetTopic(TOPIC, options));
    if (first === null && records >= RECORDS / 10) first = { at: Date.now(), records };
    return records >= RECORDS ? { done: Date.now() } : { seen: `${records} records` };
  };
  const endedAt = await waitFor(`the copy ${name}`, look, { timeoutMs: 600_000, intervalMs: 100 });
  expect(await copied(bed, targetTopic(TOPIC, options))).toBe(RECORDS);
  await deleteConnectors(bed.addresses.connectUrl, [`${name}-source`]);
  const { at, records } = first ?? { at: endedAt, records: 0 };
  return { seconds: Math.max(endedAt - at, 1) / 1_000, records: RECORDS - records };
}

async function copied(bed: Bed, topic: string): Promise<number> {
  const ranges = await logRanges(bed.addresses.target, topic).catch(() => []);
  return ranges.reduce((sum, { start, end }) => sum + Number(end - start), 0);
}

/** Linux only. */
function residentMiB(pid: number): number {
  const [, kilobytes = '0'] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1_024);
}

async function fill(bootstrapServers: string): Promise<void> {
  const { classPath } = await resolveJars();
  const args = [...JVM_FLAGS, '-cp', classPath, PERFORMANCE, '--topic', TOPIC, '--num-records', String(RECORDS)];
  const rest = ['--record-size', String(RECORD_BYTES), '--throughput', '-1'];
  const properties = ['--producer-props', `bootstrap.servers=${bootstrapServers}`];
  await promisify(execFile)('java', [...args, ...rest, ...properties]);
}
