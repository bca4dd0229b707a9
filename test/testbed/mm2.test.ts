import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { waitForCheckpoints } from '../../src/testbed/checkpoints.ts';
import { readConnect } from '../../src/testbed/connect-rest.ts';
import { commitGroupOffsets } from '../../src/testbed/groups.ts';
import { mm2Connectors, putConnectors, targetTopic, waitForReplication } from '../../src/testbed/mm2.ts';
import { produceRecords } from '../../src/testbed/records.ts';
import { createTopics, deleteRecords, logRanges, recreateTopic } from '../../src/testbed/topics.ts';
import { waitFor } from '../../src/testbed/wait.ts';
import { ownName } from '../support/names.ts';
import { Witness } from '../support/witness.ts';

let witness: Witness;
const bed = inject('bed');

beforeAll(async () => {
  witness = await Witness.start();
});
afterAll(() => witness.close());

test('Connect offers the three MM2 connectors', async () => {
  const plugins = (await readConnect(bed.connectUrl, '/connector-plugins')) as { class: string }[];
  const classes = plugins.map((plugin) => plugin.class.split('.').at(-1));
  expect(classes).toEqual(
    expect.arrayContaining(['MirrorSourceConnector', 'MirrorCheckpointConnector', 'MirrorHeartbeatConnector']),
  );
});

test.each(['default', 'identity'] as const)(
  'MM2 copies records and emits a checkpoint under the %s policy',
  async (policy) => {
    const topic = ownName('orders');
    const groupId = ownName('billing');
    const options = {
      name: ownName('mm2'),
      sourceAlias: ownName('src'),
      policy,
      separator: '_',
      topics: topic,
      groups: groupId,
    };
    await createTopics(bed.source, [{ topic, partitions: 3 }]);
    await produceRecords(bed.source, { topic, partitions: [0, 1, 2], recordsPerPartition: 200 });
    await commitGroupOffsets(bed.source, [{ groupId, offsets: [{ topic, partition: 2, offset: 200n }] }]);
    await putConnectors(bed.connectUrl, mm2Connectors(bed, options));
    await waitForReplication(bed, [topic], options);

    const copies = await witness.consumeToEnd(bed.target, {
      groupId: ownName('reader'),
      topics: [targetTopic(topic, options)],
      offsetReset: 'earliest',
    });
    expect(copies.partitions.map((one) => [one.count, one.ids[0]])).toEqual([
      [200, '0-0'],
      [200, '1-0'],
      [200, '2-0'],
    ]);
    const [checkpoint] = await waitForCheckpoints(bed, options, (latest) => latest[0]?.downstreamOffset === 200n);
    expect(checkpoint).toEqual({
      groupId,
      topic: targetTopic(topic, options),
      partition: 2,
      upstreamOffset: 200n,
      downstreamOffset: 200n,
    });
  },
);

test('builders trim, re-create and abort', async () => {
  const topic = ownName('shapes');
  await createTopics(bed.source, [{ topic }]);
  await produceRecords(bed.source, { topic, partitions: [0], recordsPerPartition: 10 });
  await deleteRecords(bed.source, topic, new Map([[0, 4n]]));
  expect(await logRanges(bed.source, topic)).toEqual([{ partition: 0, start: 4n, end: 10n }]);
  await recreateTopic(bed.source, { topic, partitions: 2 });
  expect((await logRanges(bed.source, topic)).map((range) => range.end)).toEqual([0n, 0n]);
  const transaction = { id: topic, outcome: 'abort' } as const;
  await produceRecords(bed.source, { topic, partitions: [1], recordsPerPartition: 5, transaction });
  await produceRecords(bed.source, { topic, partitions: [1], recordsPerPartition: 1, firstIndex: 5 });
  const marked = async () => {
    const [, range] = await logRanges(bed.source, topic);
    return range?.end === 7n ? { done: range.end } : { seen: `end ${range?.end}` };
  };
  expect(await waitFor('five records, a marker and a record', marked, { timeoutMs: 120_000 })).toBe(7n);
  const settings = { topics: [topic], offsetReset: 'earliest', groupId: ownName('reader') } as const;
  const committed = { ...bed.source, properties: { 'isolation.level': 'read_committed' } };
  expect((await witness.consumeToEnd(committed, settings)).partitions[1]?.ids).toEqual(['1-5']);
});

test('50,000 records are produced whole', async () => {
  const topic = ownName('many');
  await createTopics(bed.source, [{ topic }]);
  await produceRecords(bed.source, { topic, partitions: [0], recordsPerPartition: 50_000 });
  expect(await logRanges(bed.source, topic)).toEqual([{ partition: 0, start: 0n, end: 50_000n }]);
});
