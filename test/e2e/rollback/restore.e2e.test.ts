/** A sync on real MM2 is undone, redone and undone by Java's own tool; Java and our export see equal offsets. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { COMMIT_MARKER } from '../../../src/domain/offsets/commit-marker.ts';
import { waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import { targetTopic } from '../../../src/testbed/mm2.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { type Migration, startMigration } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { type FinishedRun, rowOf, rowsOf, run } from '../../support/run.ts';
import { patterns } from '../../support/run-inputs.ts';
import { runConsumerGroupCommand, Witness } from '../../support/witness.ts';
import { csvBeside, listedByJava, savedIn, seenByJava } from './seen-offsets.ts';

const RECORDS = 400;
const END = BigInt(RECORDS);
const PARTITIONS = [0, 1];

const bed = inject('bed');
const name = ownName('rlbk');
const topic = `${name}-orders`;
const copy = targetTopic(topic, { sourceAlias: `${name}src` });
/** On the target alone: not migrated, so neither synced nor exported. */
const local = `local-${name}`;

/** What each has on the target before the sync. */
const BOTH = `${name}-both`;
/** One whose id needs quoting in a CSV; one with a comma would be torn apart by MM2 itself. */
const QUOTED = `${name}-a "b"`;
const ONE = `${name}-one`;
const ELSEWHERE = `${name}-elsewhere`;
const ABSENT = `${name}-absent`;
/** Absent too, and in use on another topic by the time of the rollback. */
const STARTED = `${name}-started`;
const GROUPS = [BOTH, QUOTED, ONE, ELSEWHERE, ABSENT, STARTED];

let witness: Witness;
let migration: Migration;
let before: readonly string[];
let afterExport: { readonly offsets: readonly string[]; readonly groups: readonly string[] };
let exportBefore: FinishedRun;
let synced: FinishedRun;
let afterSync: readonly string[];

const seen = () => seenByJava(witness, bed.target, GROUPS);
const there = () => listedByJava(witness, bed.target, GROUPS);
const at = (onTopic: string, partition: number, offset: bigint, metadata = '') => ({
  topic: onTopic,
  partition,
  offset,
  metadata,
});

async function exported(command: 'export' | 'rollback' | 'sync', finished: FinishedRun): Promise<string> {
  const path = finished.report.offsetsExport;
  if (path === null) throw new Error(`${command} left no export: ${JSON.stringify(finished.report.errors)}`);
  return path;
}

const rollBack = (from: string, dryRun: boolean) =>
  run(migration.inputs({ command: 'rollback', source: null, sync: { rollbackFrom: from, dryRun } }));

beforeAll(async () => {
  const spec = { name, topics: [{ topic, partitions: PARTITIONS.length }], recordsPerPartition: RECORDS };
  const committed = GROUPS.map((groupId) => ({
    groupId,
    offsets: PARTITIONS.map((partition) => ({ topic, partition, offset: END })),
  }));
  const local1 = createTopics(bed.target, [{ topic: local, partitions: 1 }]);
  [witness, migration] = await Promise.all([Witness.start(), startMigration(bed, spec, committed), local1]);
  await waitForCheckpoints(bed, migration.mm2, (latest) => latest.length === GROUPS.length * PARTITIONS.length);
  await witness.alterGroupOffsets(bed.target, [
    { groupId: BOTH, offsets: [at(copy, 0, 5n, 'a note'), at(copy, 1, 0n)] },
    { groupId: QUOTED, offsets: [at(copy, 0, 6n, '{"é":1}'), at(copy, 1, 7n)] },
    { groupId: ONE, offsets: [at(copy, 1, 8n)] },
    { groupId: ELSEWHERE, offsets: [at(local, 0, 0n, 'theirs')] },
  ]);
  before = await seen();
  exportBefore = await run(migration.inputs({ command: 'export' }));
  afterExport = { offsets: await seen(), groups: await there() };
  synced = await run(migration.inputs({ sync: { overwriteGroups: patterns(`${name}-.*`) } }));
  afterSync = await seen();
});
afterAll(() => witness?.close());

describe('export', () => {
  it('saves what is there and says what is not, and commits nothing', async () => {
    expect(exportBefore.report).toMatchObject({ result: 'ok', errors: [], dryRun: false });
    expect(exportBefore.report.passes).toMatchObject([{ unchanged: GROUPS.length * 2, committed: 0, failed: 0 }]);
    const lines = await exportBefore.exported();
    expect(lines).toHaveLength(GROUPS.length * PARTITIONS.length);
    const of = (groupId: string) => lines.filter((line) => line['groupId'] === groupId);
    expect(of(BOTH)).toEqual([
      {
        groupId: BOTH,
        topic: copy,
        partition: 0,
        groupExisted: true,
        previous: { offset: '5', metadata: 'a note', leaderEpoch: -1 },
        intended: null,
      },
      {
        groupId: BOTH,
        topic: copy,
        partition: 1,
        groupExisted: true,
        previous: { offset: '0', metadata: '', leaderEpoch: -1 },
        intended: null,
      },
    ]);
    for (const line of of(ELSEWHERE)) expect(line).toMatchObject({ groupExisted: true, previous: null });
    for (const line of of(ABSENT)) expect(line).toMatchObject({ groupExisted: false, previous: null });
    expect(afterExport).toEqual({ offsets: before, groups: [BOTH, QUOTED, ONE, ELSEWHERE] });
  });

  it('has a CSV beside it, with every partition that had an offset', async () => {
    const csv = await readFile(csvBeside(await exported('export', exportBefore)), 'utf8');
    expect(csv.split('\n').sort()).toEqual(
      [
        '',
        `${BOTH},${copy},0,5`,
        `${BOTH},${copy},1,0`,
        `"${name}-a ""b""",${copy},0,6`,
        `"${name}-a ""b""",${copy},1,7`,
        `${ONE},${copy},1,8`,
      ].sort(),
    );
  });

  it('of the sync before its first commit holds the same values', async () => {
    expect(synced.report).toMatchObject({ result: 'changed', errors: [] });
    expect(synced.report.passes).toMatchObject([{ committed: GROUPS.length * PARTITIONS.length, failed: 0 }]);
    expect(await savedIn(await exported('sync', synced))).toEqual(
      await savedIn(await exported('export', exportBefore)),
    );
  });
});

describe('rollback', () => {
  let undone: FinishedRun;

  it('as a dry run says what it would do, and changes nothing', async () => {
    const dry = await rollBack(await exported('sync', synced), true);
    expect(dry.report).toMatchObject({ command: 'rollback', result: 'changed', dryRun: true, offsetsExport: null });
    expect(dry.report.passes).toMatchObject([{ planned: 12, committed: 0, skipped: 0, pending: 0 }]);
    expect(rowOf(dry.report, BOTH)).toMatchObject({ verdict: 'planned', translated: 5n, translation: 'none' });
    expect(rowOf(dry.report, ABSENT).detail).toBe('no offset was there, so it is removed');
    expect(dry.lines).toContain(
      'A rollback would restore 5 offsets, remove 7, delete 2 groups; 0 offsets in place, 0 left alone.',
    );
    expect(dry.lines).toContain(`  ${ONE}: restore 1 offset, remove 1`);
    expect(dry.lines).toContain(`  ${ABSENT}: remove 2, delete 1 group`);
    expect(await seen()).toEqual(afterSync);
  });

  it('gives back equal offsets and metadata, as Java sees them', async () => {
    await witness.alterGroupOffsets(bed.target, [{ groupId: STARTED, offsets: [at(local, 0, 0n, 'started')] }]);
    undone = await rollBack(await exported('sync', synced), false);
    expect(undone.report).toMatchObject({ result: 'changed', dryRun: false, errors: [] });
    expect(undone.report.passes).toMatchObject([{ committed: 12, failed: 0, pending: 0, skipped: 0 }]);
    expect(await seen()).toEqual([...before, `${STARTED} ${local}-0 0 [started]`].sort());
  });

  it('deletes the groups that were not there, unless something else is left in them', async () => {
    expect(await there()).toEqual([BOTH, QUOTED, ONE, ELSEWHERE, STARTED]);
    const states = new Map(undone.report.groups.map(({ groupId, targetState }) => [groupId, targetState]));
    expect(states.get(ABSENT)).toBe('absent');
    expect(states.get(STARTED)).toBe('Empty');
    expect(undone.report.findings).toMatchObject([{ rule: 'group-not-deleted', severity: 'warning' }]);
    expect(undone.report.findings[0]?.message).toContain(STARTED);
    await witness.deleteGroups(bed.target, [STARTED]);
  });

  it('gives back what our own export sees', async () => {
    const again = await run(migration.inputs({ command: 'export' }));
    expect(await savedIn(await exported('export', again))).toEqual(
      await savedIn(await exported('export', exportBefore)),
    );
  });

  it('finds nothing to do when it is run again', async () => {
    const again = await rollBack(await exported('sync', synced), false);
    expect(again.report).toMatchObject({ result: 'ok', offsetsExport: null });
    expect(again.report.passes).toMatchObject([{ unchanged: 12, committed: 0 }]);
    expect(again.lines).toContain('About to restore nothing; 12 offsets in place, 0 left alone.');
  });

  it('can itself be rolled back, by the export that it wrote first', async () => {
    const redone = await rollBack(await exported('rollback', undone), false);
    expect(redone.report).toMatchObject({ result: 'changed', errors: [] });
    expect(rowsOf(redone.report).map(({ verdict }) => verdict)).toEqual(Array(12).fill('committed'));
    expect(await seen()).toEqual(afterSync);
    expect(afterSync.filter((line) => line.endsWith(`[${COMMIT_MARKER}]`))).toHaveLength(12);
  });
});

describe("the CSV of the sync, by Java's own tool", () => {
  it('gives back equal offsets where there were any', async () => {
    const csv = csvBeside(await exported('sync', synced));
    const groups = [BOTH, QUOTED, ONE].flatMap((groupId) => ['--group', groupId]);
    const args = ['--reset-offsets', ...groups, '--from-file', csv, '--execute'];
    await runConsumerGroupCommand(bed.target.bootstrapServers, args);
    const withoutMetadata = (lines: readonly string[]) =>
      lines.filter((line) => !line.startsWith(`${ELSEWHERE} `)).map((line) => line.replace(/ \[.*$/, ''));
    const restored = await seenByJava(witness, bed.target, [BOTH, QUOTED, ONE]);
    // The tool removes nothing, so that ONE keeps the offset that it had not had.
    const kept = withoutMetadata(afterSync).filter((line) => line.startsWith(`${ONE} ${copy}-0 `));
    expect(withoutMetadata(restored)).toEqual([...withoutMetadata(before), ...kept].sort());
  });
});
