/** The whole job with brokers that are as old as those people migrate from, as source and as target. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bed, type BedAddresses, startBed } from '../../../src/testbed/bed.ts';
import type { GroupOffsets } from '../../../src/testbed/groups.ts';
import { targetTopic } from '../../../src/testbed/mm2.ts';
import { recordId } from '../../../src/testbed/records.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { claimed, shownByJava } from '../../support/committed-in-java.ts';
import { type Migration, startMigration, waitForLastCheckpoints } from '../../support/migration.ts';
import { seeded } from '../../support/random.ts';
import { type FinishedRun, rowOf, rowsOf, run } from '../../support/run.ts';
import { patterns } from '../../support/run-inputs.ts';
import { type JavaConsumer, Witness } from '../../support/witness.ts';

const RECORDS = 1_200;
const PARTITIONS = 2;
const GROUPS = 10;
const UNTIL_IN_PLACE = { runForMs: 240_000, intervalMs: 1_000 };

/** Connect 4 speaks to brokers from 2.1 on, as all Kafka 4 clients do (KIP-896); 3.9 to older ones too. */
const pairs = [
  { from: '2.8.2', to: '4.3.1', mm2: '4.3.1', protocols: ['classic', 'consumer'] as const },
  { from: '4.3.1', to: '2.8.2', mm2: '3.9.2', protocols: ['classic'] as const },
];

let witness: Witness;
beforeAll(async () => {
  witness = await Witness.start();
});
afterAll(() => witness?.close());

describe.each(pairs)('from $from to $to with MM2 $mm2', ({ from, to, mm2, protocols }) => {
  const name = `from-${from}-to-${to}`.replaceAll('.', '-');
  const topics = [`${name}-orders`, `${name}-audit`];
  const groups = groupsOf(name, topics);
  /** Consumes on the target all the while. */
  const liveGroup = `${name}-live`;
  /** Consumes on the source all the while. */
  const readingGroup = `${name}-reading`;
  let bed: Bed;
  let addresses: BedAddresses;
  let migration: Migration;
  let live: JavaConsumer;
  let generation: number | undefined;
  let first: FinishedRun;

  const copies = topics.map((topic) => targetTopic(topic, { sourceAlias: `${name}src` }));
  const copyOf = (topic: string) => targetTopic(topic, migration.mm2);

  beforeAll(async () => {
    bed = await startBed({ source: { version: from }, target: { version: to }, connect: { version: mm2 } });
    addresses = bed.addresses;
    const spec = {
      name,
      topics: topics.map((topic) => ({ topic, partitions: PARTITIONS })),
      recordsPerPartition: RECORDS,
      mm2: { targetAlias: `${name}dst` },
    };
    const offsets = topics.map((topic) => ({ topic, partition: 0, offset: 300n }));
    migration = await startMigration(addresses, spec, [...groups, { groupId: liveGroup, offsets }]);
    await consumeOnSource();
    live = await witness.startConsumer(bed.target.address, {
      groupId: liveGroup,
      topics: copies,
      offsetReset: 'latest',
    });
    generation = (await live.assigned()).generation;
    await waitForLastCheckpoints(addresses, migration, BigInt(RECORDS));
    first = await run(migration.inputs({ sync: UNTIL_IN_PLACE }));
  });
  afterAll(() => bed?.stop());

  /** A member of its group for as long as the witness lives; commits the end. */
  async function consumeOnSource(): Promise<void> {
    const consumer = await witness.startConsumer(bed.source.address, {
      groupId: readingGroup,
      topics,
      offsetReset: 'earliest',
    });
    const atTheEnd = async () => {
      const { partitions, error } = await consumer.status();
      const read = partitions.filter(({ position }) => position === BigInt(RECORDS)).length;
      return read === topics.length * PARTITIONS ? { done: undefined } : { seen: `${read} partitions, ${error}` };
    };
    await waitFor('the consumer on the source to read everything', atTheEnd, { timeoutMs: 180_000 });
    await consumer.commit();
  }

  test('every group without members on the target is put in place', () => {
    expect(first.report).toMatchObject({ result: 'changed', errors: [], findings: [] });
    const others = first.report.groups.filter(({ groupId }) => groupId !== liveGroup);
    expect(others.map(({ groupId }) => groupId)).toEqual([...groups.map(({ groupId }) => groupId), readingGroup]);
    expect(new Set(others.map(({ verdict }) => verdict))).toEqual(new Set(['ready']));
    const rows = rowsOf(first.report).filter(({ groupId }) => groupId !== liveGroup);
    expect(rows.filter((row) => row.delta !== 0n)).toEqual([]);
    expect(rows).toHaveLength((GROUPS + 1) * topics.length * PARTITIONS);
  });

  test('a consumer on the source does not hinder it: its group is seen there with its members', () => {
    const reading = first.report.groups.find(({ groupId }) => groupId === readingGroup);
    expect(reading).toMatchObject({ sourceState: 'Stable', type: 'classic', verdict: 'ready' });
    for (const row of reading?.partitions ?? []) expect(row.sourceCommitted).toBe(BigInt(RECORDS));
  });

  test('A: a live classic group on the target is left alone', async () => {
    expect(first.report.groups.find(({ groupId }) => groupId === liveGroup)).toMatchObject({
      targetState: 'Stable',
      type: 'classic',
      verdict: 'active',
    });
    for (const copy of copies) {
      expect(rowOf(first.report, liveGroup, copy)).toMatchObject({
        verdict: 'skipped',
        reason: 'group-active',
        targetAfter: null,
      });
    }
    const status = await live.status();
    expect(status).toMatchObject({ error: null, rebalances: 1, generation });
  });

  test("Java's own tool shows what the report claims", async () => {
    expect(claimed(first.report)).toHaveLength((GROUPS + 1) * topics.length * PARTITIONS);
    expect(await shownByJava(bed.target.address, first.report)).toEqual(claimed(first.report));
  });

  test('a second sync changes nothing', async () => {
    const second = await run(migration.inputs());
    expect(second.report.passes).toMatchObject([{ committed: 0, failed: 0, pending: 0 }]);
    expect(second.report.offsetsExport).toBeNull();
  });

  test.each(protocols)('%s consumers resume there and miss no record', async (protocol) => {
    for (const { groupId, offsets } of groups.slice(0, 4)) {
      const read = await witness.consumeToEnd(bed.target.address, { groupId, protocol, topics: copies });
      for (const { topic, partition, offset } of offsets) {
        const got = read.partitions.find((one) => one.topic === copyOf(topic) && one.partition === partition);
        expect(got?.startPosition).toBe(rowOf(first.report, groupId, copyOf(topic), partition).targetAfter);
        const ids = new Set(got?.ids);
        const wanted = Array.from({ length: RECORDS }, (_, index) => index).slice(Number(offset));
        expect(wanted.filter((index) => !ids.has(recordId(partition, index)))).toEqual([]);
      }
    }
  });

  test('L: what an operator has set is taken over, until the group is named', async () => {
    const groupId = groups[1]?.groupId ?? '';
    const place = { topic: copyOf(topics[0] ?? ''), partition: 1 };
    const wanted = rowOf(first.report, groupId, place.topic, 1).targetAfter;
    await witness.alterGroupOffsets(bed.target.address, [{ groupId, offsets: [{ ...place, offset: 7n }] }]);

    const left = await run(migration.inputs());
    expect(rowOf(left.report, groupId, place.topic, 1)).toMatchObject({
      verdict: 'skipped',
      reason: 'taken-over',
      targetAfter: 7n,
    });
    expect(await shownByJava(bed.target.address, left.report)).toEqual(claimed(left.report));

    const back = await run(migration.inputs({ sync: { overwriteGroups: patterns(groupId) } }));
    expect(rowOf(back.report, groupId, place.topic, 1)).toMatchObject({ verdict: 'committed', targetAfter: wanted });
    expect(await shownByJava(bed.target.address, back.report)).toEqual(claimed(back.report));
  });

  test('the group that was live is committed once its consumer has left', async () => {
    await live.close();
    const after = await run(migration.inputs({ sync: UNTIL_IN_PLACE }));
    const rows = rowsOf(after.report).filter(({ groupId }) => groupId === liveGroup);
    expect(rows.map(({ targetAfter, delta }) => ({ isThere: targetAfter !== null, delta }))).toEqual(
      copies.map(() => ({ isThere: true, delta: 0n })),
    );
    expect(await shownByJava(bed.target.address, after.report)).toEqual(claimed(after.report));
  });
});

/** At the start, at the end, and anywhere between. */
function groupsOf(name: string, topics: readonly string[]): readonly GroupOffsets[] {
  const random = seeded(2_806);
  return Array.from({ length: GROUPS }, (_, n) => ({
    groupId: `${name}-group-${n}`,
    offsets: topics.flatMap((topic) =>
      Array.from({ length: PARTITIONS }, (_p, partition) => {
        const offset = n === 0 ? 0 : n === 1 ? RECORDS : random(RECORDS + 1);
        return { topic, partition, offset: BigInt(offset) };
      }),
    ),
  }));
}
