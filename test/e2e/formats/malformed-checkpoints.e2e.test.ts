/** Checkpoints topics that hold what MM2 did not write, or wrote in the wrong form. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type Checkpoint, encodeCheckpoint } from '../../../src/domain/checkpoints/checkpoint-format.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { type BedCheckpoint, waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import { commitGroupOffsets, type GroupOffsets } from '../../../src/testbed/groups.ts';
import { checkpointsTopic, mm2Connectors, putConnectors, targetTopic } from '../../../src/testbed/mm2.ts';
import { produceRecords, readRecords } from '../../../src/testbed/records.ts';
import { createTopics, logRanges } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { claimed, shownByJava } from '../../support/committed-in-java.ts';
import { deleteConnectors, stopConnector } from '../../support/connectors.ts';
import { type Migration, startMigration } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { type FinishedRun, rowOf, rowsOf, run } from '../../support/run.ts';
import { Witness } from '../../support/witness.ts';
import { countsOf, type MalformedCase, malformedCases } from './malformed-records.ts';

const RECORDS = 600;
const CHECKPOINTED = { timeoutMs: 240_000, intervalMs: 250 };
const UNTIL_IN_PLACE = { sync: { runForMs: 240_000, intervalMs: 1_000 } };

const bed = inject('bed');
let witness: Witness;
beforeAll(async () => {
  witness = await Witness.start();
});
afterAll(() => witness.close());

const topicOf = (name: string) => `${name}-orders`;

function groupAt(name: string, group: string, offset: number): GroupOffsets {
  return { groupId: `${name}-${group}`, offsets: [{ topic: topicOf(name), partition: 0, offset: BigInt(offset) }] };
}

function goodGroups(name: string): readonly GroupOffsets[] {
  return [0, 150, 300, 450, RECORDS].map((offset, n) => groupAt(name, `good-${n}`, offset));
}

function migrate(name: string, properties: Readonly<Record<string, string>> = {}): Promise<Migration> {
  const spec = {
    name,
    topics: [{ topic: topicOf(name), partitions: 1 }],
    recordsPerPartition: RECORDS,
    mm2: { sourceAlias: `${name}src`, targetAlias: `${name}dst`, properties: { checkpoint: properties } },
  };
  return startMigration(bed, spec, goodGroups(name));
}

function retire(name: string): Promise<void> {
  const kinds = ['source', 'checkpoint', 'heartbeat'];
  return deleteConnectors(
    bed.connectUrl,
    kinds.map((kind) => `${name}-${kind}`),
  );
}

function findingOf({ report }: FinishedRun, rule: string): Finding | undefined {
  return report.findings.find((finding) => finding.rule === rule);
}

describe('a checkpoints topic with every kind of malformed record among the good ones', () => {
  const name = ownName('poisoned');
  let migration: Migration;
  let topic: string;
  let fromMm2: readonly BedCheckpoint[];
  let cases: readonly MalformedCase[];
  let synced: FinishedRun;

  beforeAll(async () => {
    migration = await migrate(name);
    topic = checkpointsTopic(migration.mm2);
    const ofAllGroups = () =>
      waitForCheckpoints(bed, migration.mm2, (latest) => latest.length === goodGroups(name).length);
    await ofAllGroups();
    await stopConnector(bed.connectUrl, `${name}-checkpoint`);
    // As they are left: until it was stopped, MM2 may have written better ones.
    fromMm2 = await ofAllGroups();
    await commitGroupOffsets(bed.source, [groupAt(name, 'only-bad', 300), groupAt(name, 'late', RECORDS)]);
    cases = ['good-2', 'only-bad'].flatMap((group) => malformedCases(place(group)));
    await poison();
    synced = await run(migration.inputs());
  });
  afterAll(() => retire(name));

  function place(group: string): Pick<Checkpoint, 'groupId' | 'topic' | 'partition'> {
    return { groupId: `${name}-${group}`, topic: targetTopic(topicOf(name), migration.mm2), partition: 0 };
  }

  /** A broker refuses records without a key in a compacted topic, so it is not one while they are written. */
  async function poison(): Promise<void> {
    await witness.setConfig(bed.target, 'TOPIC', topic, { 'cleanup.policy': 'delete' });
    const end = BigInt(RECORDS);
    const good = encodeCheckpoint({ ...place('late'), upstreamOffset: end, downstreamOffset: end, metadata: '' });
    const late = { key: Buffer.from(good.key), value: Buffer.from(good.value) };
    const middle = Math.floor(cases.length / 2);
    const records = [...cases.slice(0, middle), late, ...cases.slice(middle)];
    const recordsPerPartition = records.length;
    await produceRecords(bed.target, {
      topic,
      partitions: [0],
      recordsPerPartition,
      record: (_partition, index) => ({ key: records[index]?.key ?? null, value: records[index]?.value ?? null }),
    });
    await witness.setConfig(bed.target, 'TOPIC', topic, { 'cleanup.policy': 'compact' });
  }

  test('the good ones are synced, those of a group with malformed ones behind them too', async () => {
    const { report } = synced;
    expect(report).toMatchObject({ result: 'changed', errors: [] });
    for (const good of fromMm2) {
      expect(rowOf(report, good.groupId)).toMatchObject({
        verdict: 'committed',
        delta: 0n,
        checkpointUpstream: good.upstreamOffset,
        checkpointDownstream: good.downstreamOffset,
      });
    }
    expect(rowOf(report, `${name}-late`)).toMatchObject({ verdict: 'committed', targetAfter: BigInt(RECORDS) });
  });

  test('a group that has malformed ones only is left alone and says so', () => {
    expect(rowOf(synced.report, `${name}-only-bad`)).toMatchObject({
      verdict: 'skipped',
      reason: 'checkpoint-unreadable',
      targetAfter: null,
    });
  });

  test("Java's own tool shows what the report claims", async () => {
    expect(claimed(synced.report)).toHaveLength(6);
    expect(await shownByJava(bed.target, synced.report)).toEqual(claimed(synced.report));
  });

  test('the bad ones are counted by kind', async () => {
    const all = (await readRecords(bed.target, topic)).length;
    const finding = findingOf(synced, 'checkpoints-malformed');
    expect(finding).toMatchObject({ severity: 'warning', where: topic });
    const [total, kinds] = (finding?.message ?? '').split(' are not checkpoints: ');
    expect(total).toBe(`${cases.length} of ${all} records of ${topic}`);
    const expected = [...countsOf(cases)].map(([why, count]) => `${count} × ${why}`).sort();
    expect(kinds?.replace(/\.$/, '').split(', ').sort()).toEqual(expected);
    expect(expected).toHaveLength(9);
  });
});

describe.each([
  { form: 'with schemas', more: {} },
  {
    form: 'without schemas',
    more: { 'key.converter.schemas.enable': 'false', 'value.converter.schemas.enable': 'false' },
  },
])('a checkpoint connector with JsonConverter $form', ({ more }) => {
  const name = ownName('json');
  const json = 'org.apache.kafka.connect.json.JsonConverter';
  let migration: Migration;

  beforeAll(async () => {
    migration = await migrate(name, { 'key.converter': json, 'value.converter': json, ...more });
    const topic = checkpointsTopic(migration.mm2);
    const written = async () => {
      const end = (await logRanges(bed.target, topic))[0]?.end ?? 0n;
      return end >= goodGroups(name).length ? { done: undefined } : { seen: `${end} records` };
    };
    await waitFor(`checkpoints of all groups in ${topic}`, written, CHECKPOINTED);
  });
  afterAll(() => retire(name));

  test('commits nothing and is told to use ByteArrayConverter', async () => {
    const synced = await run(migration.inputs());
    expect(findingOf(synced, 'checkpoints-malformed')).toMatchObject({
      severity: 'error',
      where: checkpointsTopic(migration.mm2),
      hint: expect.stringContaining('ByteArrayConverter'),
    });
    const rows = rowsOf(synced.report);
    expect(rows).toHaveLength(goodGroups(name).length);
    expect(new Set(rows.map((row) => row.reason))).toEqual(new Set(['no-checkpoint']));
    expect(await shownByJava(bed.target, synced.report)).toEqual([]);
  });

  test('is synced once the converter is right, and the old records are a warning', async () => {
    const options = { ...migration.mm2, properties: {} };
    await putConnectors(bed.connectUrl, mm2Connectors(bed, options));
    const synced = await run(migration.inputs(UNTIL_IN_PLACE));
    expect(rowsOf(synced.report).filter((row) => row.delta !== 0n)).toEqual([]);
    expect(claimed(synced.report)).toHaveLength(goodGroups(name).length);
    expect(await shownByJava(bed.target, synced.report)).toEqual(claimed(synced.report));
    expect(findingOf(synced, 'checkpoints-malformed')).toMatchObject({ severity: 'warning' });
  });
});

describe('a checkpoints topic made by hand, with three partitions and cleanup.policy delete', () => {
  const name = ownName('shape');
  let synced: FinishedRun;
  let topic: string;

  beforeAll(async () => {
    topic = checkpointsTopic({ sourceAlias: `${name}src` });
    await createTopics(bed.target, [{ topic, partitions: 3, config: { 'cleanup.policy': 'delete' } }]);
    const migration = await migrate(name);
    synced = await run(migration.inputs(UNTIL_IN_PLACE));
  });
  afterAll(() => retire(name));

  test('is read all the same', async () => {
    expect(rowsOf(synced.report).filter((row) => row.delta !== 0n)).toEqual([]);
    expect(claimed(synced.report)).toHaveLength(goodGroups(name).length);
    expect(await shownByJava(bed.target, synced.report)).toEqual(claimed(synced.report));
  });

  test('is found to have the wrong number of partitions and the wrong cleanup policy', () => {
    expect(findingOf(synced, 'checkpoints-topic-partitions')).toMatchObject({
      severity: 'warning',
      where: topic,
      message: expect.stringContaining('3 partitions'),
    });
    expect(findingOf(synced, 'checkpoints-topic-cleanup')).toMatchObject({
      severity: 'warning',
      where: topic,
      message: expect.stringContaining('is delete, expected compact'),
    });
    expect(findingOf(synced, 'checkpoints-malformed')).toBeUndefined();
  });
});
