/** Invariants B and L: what others wrote stays theirs, and nothing moves back unless somebody asks for it. */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { COMMIT_MARKER } from '../../../src/domain/offsets/commit-marker.ts';
import { type BedCheckpoint, waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import { targetTopic } from '../../../src/testbed/mm2.ts';
import { type Migration, produceMore, startMigration, waitUntilCopied } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { type FinishedRun, rowOf, run } from '../../support/run.ts';
import { patterns } from '../../support/run-inputs.ts';
import { type JavaGroupOffset, Witness } from '../../support/witness.ts';

const FIRST_RECORDS = 400;
const RECORDS = 600;
/** At the end of what is there at first, where MM2's translation is close. */
const COMMITTED = 400n;
const STREAM_TIME = 'AgAAAZqO7sKb';

const bed = inject('bed');
const name = ownName('tkov');
const topic = `${name}-orders`;
const copy = targetTopic(topic, { sourceAlias: `${name}src` });
/** What happens to each on the target after our first commit. */
const CONSUMED = `${name}-consumed`;
const SET_BACK = `${name}-set-back`;
const SET_AHEAD = `${name}-set-ahead`;
const STREAMS = `${name}-streams`;
const NAMED = `${name}-named`;
const UNNAMED = `${name}-unnamed`;
const GROUPS = [CONSUMED, SET_BACK, SET_AHEAD, STREAMS, NAMED, UNNAMED];

let witness: Witness;
let migration: Migration;
let first: FinishedRun;

beforeAll(async () => {
  const spec = { name, topics: [{ topic, partitions: 1 }], recordsPerPartition: FIRST_RECORDS };
  const at = (groupId: string) => {
    const metadata = groupId === STREAMS ? STREAM_TIME : '';
    return { groupId, offsets: [{ topic, partition: 0, offset: COMMITTED, metadata }] };
  };
  [witness, migration] = await Promise.all([Witness.start(), startMigration(bed, spec, GROUPS.map(at))]);
  const close = ({ downstreamOffset }: BedCheckpoint) => downstreamOffset > 300n;
  await waitForCheckpoints(bed, migration.mm2, (latest) => latest.length === GROUPS.length && latest.every(close));
  await produceMore(bed, spec, FIRST_RECORDS, RECORDS - FIRST_RECORDS);
  await waitUntilCopied(bed, spec, migration.mm2);
  // By now MM2 has an offset sync right there; a checkpoint that got better between two runs would move the groups.
  const settled = ({ downstreamOffset }: BedCheckpoint) => downstreamOffset === COMMITTED;
  await waitForCheckpoints(bed, migration.mm2, (latest) => latest.length === GROUPS.length && latest.every(settled));
  first = await run(migration.inputs());
});
afterAll(() => witness?.close());

async function seenByJava(groupId: string): Promise<JavaGroupOffset | undefined> {
  return (await witness.groupOffsets(bed.target, [groupId]))[0];
}

const onTarget = (groupId: string, offset: bigint) => [{ groupId, offsets: [{ topic: copy, partition: 0, offset }] }];
const translatedOf = (groupId: string) => rowOf(first.report, groupId).translated ?? -1n;
const groups = (...ids: string[]) => ({ groups: patterns(ids.join(', ')) });

it('L: our commits carry our marker, without a leader epoch', async () => {
  expect(first.report).toMatchObject({ result: 'changed', errors: [] });
  for (const groupId of GROUPS.filter((one) => one !== STREAMS)) {
    const offset = rowOf(first.report, groupId).targetAfter;
    expect(await seenByJava(groupId)).toMatchObject({ offset, metadata: COMMIT_MARKER, leaderEpoch: null });
  }
});

describe("L: where the source's commit has metadata", () => {
  it('it is kept, and the report says that our marker is not there', async () => {
    expect(await seenByJava(STREAMS)).toMatchObject({ offset: translatedOf(STREAMS), metadata: STREAM_TIME });
    const finding = first.report.findings.find(({ rule }) => rule === 'commit-metadata-kept');
    expect(finding?.message).toContain(`1 groups commit metadata on the source, which is kept: ${STREAMS}.`);
  });

  it('never-rewind alone holds: what lies ahead stays, what lies behind moves on', async () => {
    await witness.alterGroupOffsets(bed.target, onTarget(STREAMS, 550n));
    const ahead = await run(migration.inputs({ selection: groups(STREAMS) }));
    expect(rowOf(ahead.report, STREAMS)).toMatchObject({ verdict: 'skipped', reason: 'would-rewind' });
    expect(await seenByJava(STREAMS)).toMatchObject({ offset: 550n, metadata: '' });
    await witness.alterGroupOffsets(bed.target, onTarget(STREAMS, 5n));
    const behind = await run(migration.inputs({ selection: groups(STREAMS) }));
    expect(rowOf(behind.report, STREAMS)).toMatchObject({ verdict: 'committed', targetBefore: 5n, delta: 0n });
    expect(await seenByJava(STREAMS)).toMatchObject({ offset: translatedOf(STREAMS), metadata: STREAM_TIME });
  });
});

describe('groups that somebody else has written since', () => {
  const before = new Map<string, JavaGroupOffset | undefined>();
  let second: FinishedRun;

  beforeAll(async () => {
    const read = await witness.consumeToEnd(bed.target, { groupId: CONSUMED, topics: [copy], commit: true });
    expect(read.partitions).toMatchObject([{ startPosition: translatedOf(CONSUMED), position: BigInt(RECORDS) }]);
    await witness.alterGroupOffsets(bed.target, [...onTarget(SET_BACK, 5n), ...onTarget(SET_AHEAD, 550n)]);
    for (const groupId of [CONSUMED, SET_BACK, SET_AHEAD]) before.set(groupId, await seenByJava(groupId));
    second = await run(migration.inputs());
  });

  it.each([
    [CONSUMED, 'a consumer that has left', BigInt(RECORDS)],
    [SET_BACK, 'an operator, backward', 5n],
    [SET_AHEAD, 'an operator, forward', 550n],
  ])('L: %s, by %s: taken-over and untouched', async (groupId, _who, offset) => {
    const row = rowOf(second.report, groupId);
    expect(row).toMatchObject({ verdict: 'skipped', reason: 'taken-over', targetBefore: offset, targetAfter: offset });
    expect(row.delta).toBe(translatedOf(groupId) - offset);
    expect(row.detail).toContain('name the group in overwrite-groups to take it back');
    expect(await seenByJava(groupId)).toEqual(before.get(groupId));
  });

  it('the others are in place, and a skip is no failure', () => {
    expect(second.report).toMatchObject({ result: 'ok', offsetsExport: null });
    for (const groupId of [STREAMS, NAMED, UNNAMED]) expect(rowOf(second.report, groupId).verdict).toBe('unchanged');
  });

  it('L: overwrite-groups takes back what lies behind, and only that', async () => {
    const overwriteGroups = patterns(`${name}-(consumed|set-.*)`);
    const third = await run(migration.inputs({ sync: { overwriteGroups } }));
    const translated = translatedOf(SET_BACK);
    expect(rowOf(third.report, SET_BACK)).toMatchObject({
      verdict: 'committed',
      targetBefore: 5n,
      targetAfter: translated,
    });
    expect(await seenByJava(SET_BACK)).toMatchObject({ offset: translated, metadata: COMMIT_MARKER });
    expect(await third.exported()).toMatchObject([{ groupId: SET_BACK, previous: { offset: '5', metadata: '' } }]);
    for (const groupId of [CONSUMED, SET_AHEAD]) {
      expect(rowOf(third.report, groupId)).toMatchObject({ verdict: 'skipped', reason: 'target-ahead' });
      expect(await seenByJava(groupId)).toEqual(before.get(groupId));
    }
  });
});

describe('groups that were moved back on the source', () => {
  beforeAll(async () => {
    const offsets = [{ topic, partition: 0, offset: 150n }];
    await witness.alterGroupOffsets(
      bed.source,
      [NAMED, UNNAMED].map((groupId) => ({ groupId, offsets })),
    );
  });

  it('B: stay where they are', async () => {
    const sync = { runForMs: 240_000, intervalMs: 500 };
    const { report } = await run(migration.inputs({ selection: groups(NAMED, UNNAMED), sync }));
    for (const groupId of [NAMED, UNNAMED]) {
      const row = rowOf(report, groupId);
      expect(row).toMatchObject({ sourceCommitted: 150n, verdict: 'skipped', reason: 'would-rewind' });
      expect(row.translated).toBeLessThanOrEqual(150n);
      expect((await seenByJava(groupId))?.offset).toBe(translatedOf(groupId));
    }
    expect(report.passes.reduce((sum, pass) => sum + pass.committed, 0)).toBe(0);
  });

  it('B: allow-rewind moves back the group that it names, and no other', async () => {
    const { report } = await run(
      migration.inputs({ selection: groups(NAMED, UNNAMED), sync: { allowRewind: new Set([NAMED]) } }),
    );
    const named = rowOf(report, NAMED);
    expect(named).toMatchObject({ verdict: 'committed', targetBefore: translatedOf(NAMED), delta: 0n });
    expect(named.targetAfter).toBeLessThanOrEqual(150n);
    expect((await seenByJava(NAMED))?.offset).toBe(named.targetAfter);
    expect(rowOf(report, UNNAMED).reason).toBe('would-rewind');
    expect((await seenByJava(UNNAMED))?.offset).toBe(translatedOf(UNNAMED));
  });
});
