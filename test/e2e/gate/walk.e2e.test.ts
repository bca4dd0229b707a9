/** A migration walked from not ready to ready, phase by phase, with real MM2, real consumers and a real producer. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { kafkaClient } from '../../../src/testbed/client.ts';
import { mm2Connectors, targetTopic } from '../../../src/testbed/mm2.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { connectInputs } from '../../adapters/connect/fake-worker.ts';
import { deleteConnectors } from '../../support/connectors.ts';
import { migrationOf } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { run } from '../../support/run.ts';
import { type InputOverrides, patterns } from '../../support/run-inputs.ts';
import { type JavaConsumer, Witness } from '../../support/witness.ts';
import { connectorFiles, pinned, untilOnly, type Verdicts, verdictsOf } from './judged-migration.ts';

const bed = inject('bed');
const name = ownName('walk');
const topic = `${name}-orders`;
const groupId = `${name}-shop`;
const PARTITIONS = 2;
const LEFT_AT_LEAST = 10 * PARTITIONS;

const migration = migrationOf(bed, {
  name,
  topics: [{ topic, partitions: PARTITIONS }],
  recordsPerPartition: 0,
  mm2: {
    properties: {
      heartbeat: {
        'producer.override.bootstrap.servers': bed.source.bootstrapServers,
        'target.cluster.bootstrap.servers': bed.source.bootstrapServers,
      },
    },
  },
});
const copy = targetTopic(topic, migration.mm2);

let witness: Witness;
let files: string;
let onSource: JavaConsumer;
let onTarget: JavaConsumer | null = null;
let stopProducing: () => Promise<readonly string[]>;
let produced: readonly string[] = [];
let rollbackFrom: string | null = null;

beforeAll(async () => {
  await createTopics(bed.source, [{ topic, partitions: PARTITIONS }]);
  files = await connectorFiles(mm2Connectors(bed, migration.mm2));
  witness = await Witness.start();
  stopProducing = await startProducing();
  const options = { groupId, topics: [topic], offsetReset: 'earliest' as const, autoCommit: true };
  onSource = await witness.startConsumer(bed.source, options);
  await onSource.assigned();
});
afterAll(async () => {
  await stopProducing?.();
  await onTarget?.close();
  const kinds = ['source', 'checkpoint', 'heartbeat'];
  await deleteConnectors(
    bed.connectUrl,
    kinds.map((kind) => `${name}-${kind}`),
  );
  await witness?.close();
});

/** Some records a second to each partition, each with a value of its own, until it is told to stop. */
async function startProducing(): Promise<() => Promise<readonly string[]>> {
  // What is sent again must not be written twice: numbers are offsets here.
  const producer = kafkaClient(bed.source).producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const ids: string[] = [];
  let stopped = false;
  const producing = (async () => {
    for (let number = 0; !stopped; number++) {
      const messages = Array.from({ length: PARTITIONS }, (_, partition) => {
        return { partition, key: `k${number}`, value: `${partition}-${number}` };
      });
      await producer.send({ topic, messages });
      ids.push(...messages.map(({ value }) => value));
    }
    await producer.disconnect();
  })();
  return async () => {
    await Promise.race([untilMore(ids, stopped ? 0 : LEFT_AT_LEAST), producing]);
    stopped = true;
    await producing;
    return ids;
  };
}

/** Records that the consumer, which has stopped before, leaves to be read on the target. */
async function untilMore(ids: readonly string[], count: number): Promise<void> {
  const enough = ids.length + count;
  const look = async () =>
    ids.length >= enough ? { done: undefined } : { seen: `${ids.length} of ${enough} records` };
  await waitFor('more records', look, { timeoutMs: 120_000 });
}

function inputs(more: InputOverrides): InputOverrides {
  return migration.inputs({
    command: 'check',
    connect: connectInputs(bed.connectUrl),
    source: pinned(bed.source),
    target: pinned(bed.target),
    translation: { mode: 'exact' },
    apply: { connectors: files },
    ...more,
    gateRules: {
      activityWindowMs: 1_000,
      requiredGroups: patterns(groupId),
    },
    sync: { rollbackFrom, ...more.sync },
  });
}

async function ask(phase: 'rehearse' | 'cutover' | 'decommission'): Promise<Verdicts> {
  return verdictsOf(await run(inputs({ phase })));
}

/** What the worker and MM2 do takes its time: asked again until nothing but this is left. */
function askUntil(phase: 'rehearse' | 'cutover' | 'decommission', left: readonly string[]): Promise<Verdicts> {
  return untilOnly(left, () => ask(phase));
}

/** Asked again until all of these are against it, beside others. */
function askUntilAmong(phase: 'rehearse' | 'cutover', wanted: readonly string[]): Promise<Verdicts> {
  const look = async () => {
    const verdicts = await ask(phase);
    const { troubled } = verdicts;
    return wanted.every((one) => troubled.includes(one)) ? { done: verdicts } : { seen: troubled.join(', ') };
  };
  return waitFor(`${phase} to have ${wanted.join(', ')} against it`, look, { timeoutMs: 150_000 });
}

describe('rehearse', () => {
  it('is not ready before MM2 is there', async () => {
    const wanted = ['coverage: fail', 'connectors: fail', 'partitions: fail'];
    const { result, troubled, seen } = await askUntilAmong('rehearse', wanted);
    expect(result).toBe('not-ready');
    expect(troubled).toEqual(expect.arrayContaining(wanted));
    expect(seen('connectors')).toContain(`${name}-source is not on the worker`);
  });

  it('is ready once the connectors are applied and have caught up, while everybody works on', async () => {
    const applied = await run(inputs({ command: 'apply' }));
    expect(applied.report).toMatchObject({ result: 'changed', errors: [] });
    const { result } = await askUntil('rehearse', []);
    expect(result).toBe('ok');
    expect((await onSource.status()).error).toBeNull();
  });
});

describe('cutover', () => {
  it('is not ready while consumers and producers work on the source', async () => {
    const wanted = ['coverage: fail', 'activity: fail', 'appends: fail', 'rollback: fail'];
    const { result, troubled } = await askUntilAmong('cutover', wanted);
    expect(result).toBe('not-ready');
    expect(troubled).toEqual(expect.arrayContaining(wanted));
  });

  it('still lacks the sync and its export when they have stopped', async () => {
    await onSource.close();
    produced = await stopProducing();
    const { seen } = await askUntil('cutover', ['coverage: fail', 'rollback: fail']);
    expect(seen('replication-lag')).toBe(`${topic} is copied to its end`);
  });

  it('is ready once the offsets are synced', async () => {
    const synced = await run(inputs({ command: 'sync', connect: null }));
    expect(synced.report).toMatchObject({ result: 'changed', errors: [] });
    rollbackFrom = synced.report.offsetsExport;
    const { result, troubled } = await askUntil('cutover', []);
    expect(troubled).toEqual([]);
    expect(result).toBe('ok');
  });
});

describe('decommission', () => {
  it('is not ready until the group works on the target', async () => {
    const { result, troubled } = await askUntil('decommission', ['moved: fail']);
    expect(result).toBe('not-ready');
    expect(troubled).toEqual(['moved: fail']);
  });

  it('is ready when it does, and every record was read once', async () => {
    onTarget = await witness.startConsumer(bed.target, { groupId, topics: [copy], autoCommit: true });
    await onTarget.assigned();
    const { result, troubled } = await askUntil('decommission', []);
    expect(troubled).toEqual([]);
    expect(result).toBe('ok');
    const committed = await witness.groupOffsets(bed.source, [groupId]);
    // Each record's number is its offset on the source here.
    const left = produced.filter((id) => {
      const [partition, number] = id.split('-').map(Number);
      const place = committed.find((one) => one.partition === partition)?.offset ?? 0n;
      return BigInt(number ?? 0) >= place;
    });
    expect(left).not.toEqual([]);
    const look = async () => {
      const read = (await onTarget?.status())?.partitions.flatMap(({ ids }) => ids) ?? [];
      return read.length >= left.length ? { done: read } : { seen: `${read.length} of ${left.length} ids` };
    };
    const read = await waitFor('the rest to be read', look, { timeoutMs: 180_000 });
    expect([...read].sort()).toEqual([...left].sort());
  });
});
