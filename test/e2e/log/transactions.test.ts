import { afterAll, beforeAll, expect, test } from 'vitest';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { Witness } from '../../support/witness.ts';
import { firstDifference, javaReads } from './log-tool.ts';
import { endOf, type OpenLog, openLog, readLines } from './open-log.ts';
import { differenceFromReadLog, readSlices, sliceOf } from './read-slices.ts';

const WHOLE = { complete: true, logStartMovedTo: null, openTransactionAt: null };

let cluster: KafkaCluster;
let witness: Witness;
let log: OpenLog;

beforeAll(async () => {
  [cluster, witness] = await Promise.all([startKafkaCluster({ name: 'target' }), Witness.start()]);
  log = openLog(cluster.address.bootstrapServers);
});

afterAll(async () => {
  log?.close();
  await witness?.close();
  await cluster?.stop();
});

function records(topic: string, prefix: string, count: number) {
  return { topic, partition: 0, ids: Array.from({ length: count }, (_, i) => `${prefix}-${i}`) };
}

/** The coordinator answers the end of a transaction before its marker is written. */
async function untilEndsAt(topic: string, end: bigint): Promise<void> {
  const look = async () => {
    const seen = (await witness.logOffsets(cluster.address, topic))[0]?.highWatermark;
    return seen === end ? { done: undefined } : { seen: `end ${seen}` };
  };
  await waitFor(`${topic} to end at ${end}`, look, { timeoutMs: 120_000, intervalMs: 20 });
}

/** Behind `end` records and markers. */
async function transaction(topic: string, name: string, count: number, outcome: 'commit' | 'abort', end: number) {
  const transactionalId = `${topic}-${name}`;
  const open = await witness.openTransaction(cluster.address, {
    transactionalId,
    records: records(topic, name, count),
  });
  await open.end(outcome);
  await untilEndsAt(topic, BigInt(end + count + 1));
}

async function seenByJava(topic: string, isolation: 'read_committed' | 'read_uncommitted') {
  const seen = await javaReads(cluster.address.bootstrapServers, isolation, [topic]);
  return seen.get(topic);
}

test('committed, aborted and plain records, with a marker at the very end', async () => {
  const topic = 'ends-in-a-marker';
  await createTopics(cluster.address, [{ topic }]);
  await transaction(topic, 'committed', 100, 'commit', 0);
  await transaction(topic, 'aborted', 100, 'abort', 101);
  await witness.produce(cluster.address, records(topic, 'plain', 10));
  const interleaved = await witness.openTransaction(cluster.address, {
    transactionalId: `${topic}-interleaved`,
    records: records(topic, 'interleaved', 5),
  });
  await transaction(topic, 'between', 5, 'commit', 217);
  await interleaved.end('abort');
  await untilEndsAt(topic, 224n);
  expect(await endOf(log.source, topic)).toBe(224n); // 220 records, 4 markers

  const committed = await readLines(log.source, topic, { isolation: 'read_committed' });
  expect(committed.result).toEqual({ ...WHOLE, recordCount: 115 });
  expect(firstDifference(committed.lines, await seenByJava(topic, 'read_committed'))).toBeNull();

  const uncommitted = await readLines(log.source, topic);
  expect(uncommitted.result).toEqual({ ...WHOLE, recordCount: 220 });
  expect(firstDifference(uncommitted.lines, await seenByJava(topic, 'read_uncommitted'))).toBeNull();

  const slices = [sliceOf(topic, 0, 224), sliceOf(topic, 100, 203), sliceOf(topic, 223, 224)];
  const images = await readSlices(log.source, slices);
  const counts = images.map((slice) => (slice.kind === 'read' ? slice.records.length : slice.error));
  expect(counts).toEqual([220, 101, 0]); // the last offset is a marker
  expect(await differenceFromReadLog(log.source, slices, images)).toBeNull();
});

test('a read of committed records that begins within an aborted transaction leaves out the rest of it', async () => {
  const topic = 'begins-within';
  await createTopics(cluster.address, [{ topic }]);
  await transaction(topic, 'aborted', 100, 'abort', 0);
  await witness.produce(cluster.address, records(topic, 'plain', 3));
  const { result, lines } = await readLines(log.source, topic, { from: 50n, isolation: 'read_committed' });
  expect(result).toEqual({ ...WHOLE, recordCount: 3 });
  expect(lines.map((line) => line.split('\t')[0])).toEqual(['101', '102', '103']);
});

test('an open transaction ends a read of committed records before it, until it is ended', async () => {
  const topic = 'open-at-the-end';
  await createTopics(cluster.address, [{ topic }]);
  await witness.produce(cluster.address, records(topic, 'before', 10));
  const open = await witness.openTransaction(cluster.address, {
    transactionalId: `${topic}-open`,
    records: records(topic, 'open', 5),
  });
  await witness.produce(cluster.address, records(topic, 'behind', 10));

  const whileOpen = await readLines(log.source, topic, { isolation: 'read_committed' });
  expect(whileOpen.result).toEqual({ ...WHOLE, openTransactionAt: 10n, recordCount: 10 });
  const all = await readLines(log.source, topic);
  expect(all.result).toEqual({ ...WHOLE, recordCount: 25 });
  const fromWithin = await readLines(log.source, topic, { from: 12n, isolation: 'read_committed' });
  expect(fromWithin.result).toEqual({ ...WHOLE, openTransactionAt: 10n, recordCount: 0 });

  await open.end('commit');
  await untilEndsAt(topic, 26n);
  const { result, lines } = await readLines(log.source, topic, { isolation: 'read_committed' });
  expect(result).toEqual({ ...WHOLE, recordCount: 25 });
  expect(firstDifference(lines, await seenByJava(topic, 'read_committed'))).toBeNull();
});
