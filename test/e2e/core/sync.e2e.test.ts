import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { GroupOffsets } from '../../../src/testbed/groups.ts';
import { type Mm2Options, targetTopic } from '../../../src/testbed/mm2.ts';
import { recordId } from '../../../src/testbed/records.ts';
import { type Migration, startMigration } from '../../support/migration.ts';
import { seeded } from '../../support/random.ts';
import { type FinishedRun, rowsOf, run } from '../../support/run.ts';
import { describeGroupOffsets, Witness } from '../../support/witness.ts';

const RECORDS = 3_000;
const PARTITIONS = 2;
const GROUPS = 24;
const SEED = 20_26;

const flows: readonly { readonly name: string; readonly mm2: Mm2Options }[] = [
  { name: 'dflt', mm2: { policy: 'default' } },
  { name: 'idnt', mm2: { policy: 'identity' } },
  { name: 'sepr', mm2: { policy: 'default', separator: '-' } },
];

const bed = inject('bed');
let witness: Witness;
beforeAll(async () => {
  witness = await Witness.start();
});
afterAll(() => witness.close());

/** Each group reads one or two of the topics; positions at the start, the end and anywhere between. */
function groupsOf(name: string, topics: readonly string[]): readonly GroupOffsets[] {
  const random = seeded(SEED);
  return Array.from({ length: GROUPS }, (_, n) => {
    const read = topics.filter((_topic, t) => n % topics.length === t || n % 5 === t);
    const place = () => (n === 0 ? 0 : n === 1 ? RECORDS : random(RECORDS + 1));
    const offsets = read.flatMap((topic) =>
      Array.from({ length: PARTITIONS }, (_p, partition) => ({ topic, partition, offset: BigInt(place()) })),
    );
    return { groupId: `${name}-group-${String(n).padStart(2, '0')}`, offsets };
  });
}

describe.each(flows)('the main job, $name', ({ name, mm2 }) => {
  const topics = ['orders', 'payments', 'audit'].map((topic) => `${name}-${topic}`);
  const groups = groupsOf(name, topics);
  let migration: Migration;
  let first: FinishedRun;

  beforeAll(async () => {
    const spec = {
      name,
      topics: topics.map((topic) => ({ topic, partitions: PARTITIONS })),
      recordsPerPartition: RECORDS,
      mm2: { ...mm2, sourceAlias: `${name}src`, targetAlias: `${name}dst` },
    };
    migration = await startMigration(bed, spec, groups);
    first = await run(migration.inputs({ sync: { runForMs: 240_000, intervalMs: 2_000 } }));
  });

  it('puts every group partition in place, within the time and with nothing pending', () => {
    const expected = groups.reduce((sum, { offsets }) => sum + offsets.length, 0);
    expect(first.report).toMatchObject({ result: 'changed', errors: [], interrupted: null });
    const rows = rowsOf(first.report);
    expect(rows).toHaveLength(expected);
    expect(rows.filter((row) => row.delta !== 0n)).toEqual([]);
    expect(first.report.passes.at(-1)).toMatchObject({ committed: 0, pending: 0, failed: 0, offsetDelta: 0n });
    expect(new Set(first.report.groups.map((group) => group.verdict))).toEqual(new Set(['ready']));
  });

  it("commits what Java's own tool then shows", async () => {
    const shown = new Map<string, bigint | null>();
    const groupIds = groups.map(({ groupId }) => groupId);
    for (const row of await describeGroupOffsets(bed.target.bootstrapServers, groupIds)) {
      shown.set(`${row.groupId} ${row.topic}-${row.partition}`, row.currentOffset);
    }
    for (const row of rowsOf(first.report)) {
      expect(shown.get(`${row.groupId} ${row.topic}-${row.partition}`)).toBe(row.targetAfter);
      expect(row.targetAfter).toBe(row.translated);
    }
  });

  it.each(['classic', 'consumer'] as const)('lets %s consumers resume there and miss no record', async (protocol) => {
    const chosen = groups.filter((_group, n) => n % 2 === (protocol === 'classic' ? 0 : 1)).slice(0, 4);
    for (const { groupId, offsets } of chosen) {
      const subscribed = [...new Set(offsets.map(({ topic }) => targetTopic(topic, migration.mm2)))];
      const read = await witness.consumeToEnd(bed.target, { groupId, protocol, topics: subscribed });
      expect(read.error).toBeNull();
      for (const { topic, partition, offset } of offsets) {
        const copy = targetTopic(topic, migration.mm2);
        const got = read.partitions.find((one) => one.topic === copy && one.partition === partition);
        const row = rowsOf(first.report).find(
          (r) => r.groupId === groupId && r.topic === copy && r.partition === partition,
        );
        expect(got?.startPosition).toBe(row?.targetAfter);
        const ids = new Set(got?.ids);
        const missed = [];
        for (let index = Number(offset); index < RECORDS; index++) {
          if (!ids.has(recordId(partition, index))) missed.push(index);
        }
        expect(missed).toEqual([]);
      }
    }
  });

  it('changes nothing in a second sync', async () => {
    const second = await run(migration.inputs());
    expect(second.report.result).toBe('ok');
    expect(second.report.passes).toMatchObject([{ committed: 0, failed: 0 }]);
    expect(second.report.offsetsExport).toBeNull();
  });

  it('E: exported each value before its commit', async () => {
    const exported = await first.exported();
    const committed = rowsOf(first.report).filter((row) => row.targetBefore !== row.targetAfter);
    expect(exported.length).toBeGreaterThanOrEqual(committed.length);
    for (const row of committed) {
      const lines = exported.filter(
        (line) => line['groupId'] === row.groupId && line['topic'] === row.topic && line['partition'] === row.partition,
      );
      expect(lines[0]).toMatchObject({ groupExisted: false, previous: null });
      expect(lines.at(-1)?.['intended']).toBe(String(row.targetAfter));
    }
  });
});
