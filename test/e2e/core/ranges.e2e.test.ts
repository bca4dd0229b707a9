/**
 * Invariants C, D and F at the edges: what is not there, lies outside a log, or is not settled. One migration, frozen
 * when it had everything in place; then one fault a group, and one run that gives each its reason.
 */
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type BedCheckpoint, waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import { commitGroupOffsets, type GroupOffsets } from '../../../src/testbed/groups.ts';
import { targetTopic } from '../../../src/testbed/mm2.ts';
import { produceRecords, recordId } from '../../../src/testbed/records.ts';
import {
  addPartitions,
  createTopics,
  deleteRecords,
  deleteTopics,
  logRanges,
  recreateTopic,
} from '../../../src/testbed/topics.ts';
import { pauseConnector, resumeConnector } from '../../support/connectors.ts';
import { type Migration, startMigration } from '../../support/migration.ts';
import { ownName } from '../../support/names.ts';
import { type FinishedRun, rowOf, run } from '../../support/run.ts';
import { patterns } from '../../support/run-inputs.ts';
import { type JavaGroupOffset, Witness } from '../../support/witness.ts';

const RECORDS = 200;
const END = BigInt(RECORDS);
const CUT_TO = 150n;
/** A transaction that the broker ends by itself is not open any more. */
const STAYS_OPEN = { 'transaction.timeout.ms': '900000' };

const bed = inject('bed');
const name = ownName('rang');
const topicOf = (fault: string) => `${name}-${fault}`;
const copyOf = (fault: string) => targetTopic(topicOf(fault), { sourceAlias: `${name}src` });
const groupOf = topicOf;
/** MM2's `groups` leaves it out, and nobody else reads its topic. */
const UNKNOWN_TO_MM2 = `other-${name}`;

/** Each has a topic and a group of its own; the group stands at the end, where MM2's translation is close. */
const FAULTS = [
  'parts',
  'deleted',
  'shrunk',
  'trimmed',
  'rewound',
  'open-on-source',
  'open-on-target',
  'truncated',
  'unsourced',
  'beyond',
] as const;

function at(groupId: string, topic: string, offset: bigint, partition = 0): GroupOffsets {
  return { groupId, offsets: [{ topic, partition, offset }] };
}

let witness: Witness;
let migration: Migration;
let before: readonly JavaGroupOffset[];
let finished: FinishedRun;
const open: { end(outcome: 'commit' | 'abort'): Promise<void> }[] = [];

beforeAll(async () => {
  const topics = [...FAULTS, 'unmirrored'].map((fault) => ({ topic: topicOf(fault), partitions: 1 }));
  const groups = FAULTS.map((fault) => at(groupOf(fault), topicOf(fault), END));
  const spec = { name, topics, recordsPerPartition: RECORDS };
  [witness, migration] = await Promise.all([
    Witness.start(),
    startMigration(bed, spec, [...groups, at(UNKNOWN_TO_MM2, topicOf('unmirrored'), END)]),
  ]);
  const close = ({ downstreamOffset }: BedCheckpoint) => downstreamOffset > CUT_TO / 2n;
  await waitForCheckpoints(bed, migration.mm2, (latest) => latest.length === FAULTS.length && latest.every(close));
  for (const kind of ['source', 'checkpoint']) await pauseConnector(bed.connectUrl, `${name}-${kind}`);
  await breakOneThingEach();
  before = await committedByJava();
  finished = await run(
    migration.inputs({
      selection: { groups: patterns(`(other-)?${name}.*`) },
      sync: { overwriteGroups: patterns(groupOf('beyond')) },
    }),
  );
});
afterAll(() => witness?.close());

async function breakOneThingEach(): Promise<void> {
  const { source, target } = bed;
  // The target's copies first.
  await deleteTopics(target, [copyOf('deleted')]);
  await recreateTopic(target, { topic: copyOf('shrunk') });
  await produceRecords(target, { topic: copyOf('shrunk'), partitions: [0], recordsPerPartition: 10 });
  await produceRecords(target, {
    topic: copyOf('trimmed'),
    partitions: [0],
    recordsPerPartition: 2 * RECORDS,
    firstIndex: RECORDS,
  });
  await deleteRecords(target, copyOf('trimmed'), new Map([[0, END + CUT_TO]]));
  // Then the source.
  await addPartitions(source, topicOf('parts'), 2);
  await createTopics(source, [{ topic: topicOf('late') }]);
  await recreateTopic(source, { topic: topicOf('truncated') });
  await produceRecords(source, { topic: topicOf('truncated'), partitions: [0], recordsPerPartition: 10 });
  await deleteTopics(source, [topicOf('unsourced')]);
  // Then the offsets. The topics that were created again had lost theirs.
  await commitGroupOffsets(source, [
    at(groupOf('parts'), topicOf('parts'), 0n, 1),
    at(groupOf('late'), topicOf('late'), 0n),
    at(groupOf('truncated'), topicOf('truncated'), END),
    at(groupOf('rewound'), topicOf('rewound'), 20n),
  ]);
  await commitGroupOffsets(target, [
    at(groupOf('target-only'), copyOf('beyond'), 3n),
    at(groupOf('beyond'), copyOf('beyond'), 5_000n),
    at(groupOf('unsourced'), copyOf('unsourced'), 4n),
  ]);
  for (const side of ['source', 'target'] as const) {
    const fault = `open-on-${side}`;
    const topic = side === 'source' ? topicOf(fault) : copyOf(fault);
    open.push(
      await witness.openTransaction(
        { ...bed[side], properties: STAYS_OPEN },
        {
          transactionalId: `${name}-${side}`,
          group: at(groupOf(fault), topic, 5n),
        },
      ),
    );
  }
}

function committedByJava(): Promise<readonly JavaGroupOffset[]> {
  const groups = [...FAULTS, 'late', 'target-only'].map(groupOf);
  return witness.groupOffsets(bed.target, [...groups, UNKNOWN_TO_MM2]);
}

describe('each fault gets its reason', () => {
  it.each([
    ['parts', 'skipped', 'partition-missing', 'the source has more partitions than the target', 1],
    ['deleted', 'skipped', 'no-downstream-topic', 'the copy was deleted'],
    ['late', 'skipped', 'no-downstream-topic', 'MM2 has not created the copy yet'],
    ['shrunk', 'skipped', 'target-out-of-range', 'C: the checkpoint lies behind the end of the copy'],
    ['beyond', 'skipped', 'target-out-of-range', 'C: the group stands behind the end of the copy'],
    ['truncated', 'skipped', 'source-truncated', 'F: the group stands behind the end of the source'],
    ['unsourced', 'skipped', 'not-on-source', 'the source topic was deleted'],
    ['rewound', 'pending', 'checkpoint-ahead-of-source', 'F: MM2 has not seen yet that the group moved back'],
    ['open-on-source', 'pending', 'offset-unstable', 'D: the group commits in an open transaction on the source'],
    ['open-on-target', 'pending', 'offset-unstable', 'D: the group commits in an open transaction on the target'],
  ])('%s: %s, %s: %s', (fault, verdict, reason, _why, partition = 0) => {
    expect(rowOf(finished.report, groupOf(fault), copyOf(fault), partition)).toMatchObject({ verdict, reason });
  });

  it('no-checkpoint: a group that MM2 leaves out', () => {
    const row = rowOf(finished.report, UNKNOWN_TO_MM2);
    expect(row).toMatchObject({ verdict: 'pending', reason: 'no-checkpoint', sourceCommitted: END });
  });

  it('no-source-commit: a group that exists on the target only', () => {
    const row = rowOf(finished.report, groupOf('target-only'));
    expect(row).toMatchObject({ verdict: 'skipped', reason: 'no-source-commit', targetAfter: 3n });
  });

  it('says the numbers that do not fit', () => {
    const detailOf = (fault: string) => rowOf(finished.report, groupOf(fault)).detail;
    expect(detailOf('truncated')).toBe("committed 200, the source's log ends at 10");
    expect(detailOf('shrunk')).toMatch(/^checkpoint says \d+, the target's log ends at 10$/);
    expect(detailOf('beyond')).toMatch(/^committed 5000, translated \d+, the target's log ends at 200$/);
    expect(detailOf('rewound')).toMatch(/checkpoint at 200, committed 20$/);
    expect(detailOf('open-on-source')).toBe('open transaction on the source');
    expect(detailOf('open-on-target')).toBe('open transaction on the target');
  });

  it('leaves the partitions of the same group that have no fault alone in that', () => {
    expect(rowOf(finished.report, groupOf('parts'), copyOf('parts'), 0)).toMatchObject({ verdict: 'committed' });
  });

  it("only the two without a fault of their own were written, as Java's Admin shows", async () => {
    const after = await committedByJava();
    const written = after.filter((row) => ![groupOf('parts'), groupOf('trimmed')].includes(row.groupId));
    expect(written).toEqual(before);
    expect(finished.report).toMatchObject({ result: 'changed', errors: [], passes: [{ committed: 2, failed: 0 }] });
  });
});

describe('C: a log start above the translated offset', () => {
  it('is where the group is put, and the report says how much is gone', async () => {
    const row = rowOf(finished.report, groupOf('trimmed'));
    const start = END + CUT_TO;
    expect(row).toMatchObject({ verdict: 'committed', reason: 'clamped-to-log-start', targetAfter: start });
    expect(row.targetLogStart).toBe(start);
    const translated = row.checkpointDownstream ?? 0n;
    expect(row.detail).toBe(
      `translated ${translated}, the target's log starts at ${start}: ${start - translated} offsets are gone`,
    );
    const [range] = await logRanges(bed.target, copyOf('trimmed'));
    expect(range?.start).toBe(start);
  });

  it('so that a consumer starts there and needs no auto.offset.reset', async () => {
    const read = await witness.consumeToEnd(bed.target, { groupId: groupOf('trimmed'), topics: [copyOf('trimmed')] });
    expect(read.error).toBeNull();
    expect(read.partitions).toMatchObject([{ startPosition: END + CUT_TO }]);
    expect(read.partitions[0]?.ids[0]).toBe(recordId(0, Number(END + CUT_TO)));
  });
});

describe('once the pending ones have settled', () => {
  it('a bounded run puts them in place', async () => {
    for (const transaction of open) await transaction.end('abort');
    await resumeConnector(bed.connectUrl, `${name}-checkpoint`);
    const settled = ['rewound', 'open-on-source', 'open-on-target'].map(groupOf);
    const selection = { groups: patterns(settled.join(', ')) };
    const { report } = await run(migration.inputs({ selection, sync: { runForMs: 240_000, intervalMs: 500 } }));
    expect(report).toMatchObject({ result: 'changed', errors: [] });
    const seen = await witness.groupOffsets(bed.target, settled);
    expect(seen).toHaveLength(settled.length);
    for (const { groupId, offset } of seen) {
      const row = rowOf(report, groupId);
      expect(row).toMatchObject({ verdict: 'unchanged', delta: 0n, targetAfter: offset });
      // Same offsets on both sides here, so that safe is plain to see.
      expect(offset).toBeLessThanOrEqual(row.sourceCommitted ?? -1n);
    }
    expect(rowOf(report, groupOf('rewound')).sourceCommitted).toBe(20n);
  });
});
