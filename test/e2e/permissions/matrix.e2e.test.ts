/**
 * The tables of rights on real brokers, row by row: what a command's rows allow is enough, and each of them is needed.
 * A right is taken away by a DENY, and by not granting it where no other right brings it. The cells are the table's own
 * rows: a new one is tried by itself.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { CHECK_IDS } from '../../../src/domain/cutover/check.ts';
import { isOptional, type Side } from '../../../src/domain/permissions/permission.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { type FinishedRun, rowsOf } from '../../support/run.ts';
import { Witness } from '../../support/witness.ts';
import { startJudgedMigration, verdictsOf } from '../gate/judged-migration.ts';
import { writeExport } from '../rollback/seen-offsets.ts';
import { aclsOf, type Permitted, resourceNames, signedIn, Users } from './rights.ts';
import { isImplied, type NeededRight, rightsOf, runUse, USES, type Use, type World } from './uses.ts';

const bed = inject('securedBed');
const name = 'mx';
const LATE = `late-${name}`;
const HAD = `${name}-had`;
const HAD_NOT = `${name}-had-not`;
const RESTORED = `${name}src.${name}-restored`;
const NAMES = resourceNames(name, [LATE]);

interface Cell {
  readonly use: Use;
  readonly right: NeededRight;
  readonly how: 'denied' | 'not granted';
  readonly users: Readonly<Record<Side, string>>;
}

const users = new Users(bed, { from: 0, alias: `${name}src` });
const enough = new Map(USES.map((use) => [use.name, { source: full(use, 'source'), target: full(use, 'target') }]));
const cells = USES.flatMap((use) => rightsOf(use).flatMap((right) => cellsOf(use, right)));

function aclsOn(use: Use, side: Side, left?: NeededRight): readonly Permitted[] {
  const rights = rightsOf(use).filter((right) => right.side === side && right.key !== left?.key);
  return rights.flatMap(({ rows: [row] }) => aclsOf(NAMES[side], row));
}

function full(use: Use, side: Side): string {
  return users.with(side, aclsOn(use, side));
}

function cellsOf(use: Use, right: NeededRight): readonly Cell[] {
  const { side, rows } = right;
  const both = enough.get(use.name) ?? { source: '', target: '' };
  const denied = aclsOf(NAMES[side], rows[0]).map((acl) => ({ ...acl, permission: 'DENY' as const }));
  const cell = (how: Cell['how'], permitted: readonly Permitted[]): Cell => {
    return { use, right, how, users: { ...both, [side]: users.with(side, permitted) } };
  };
  const cells = [cell('denied', [...aclsOn(use, side), ...denied])];
  return isImplied(use, right) ? cells : [...cells, cell('not granted', aclsOn(use, side, right))];
}

let witness: Witness;
let world: World;
const enoughSeen = new Map<string, readonly string[]>();

beforeAll(async () => {
  witness = await Witness.start();
  const judged = await startJudgedMigration(bed, name, [{ suffix: 'orders' }]);
  const topic = judged.topic('orders');
  await commitGroupOffsets(bed.source, [{ groupId: LATE, offsets: [{ topic, partition: 0, offset: 150n }] }]);
  await createTopics(bed.target, [{ topic: RESTORED, partitions: 1 }]);
  await produceRecords(bed.target, { topic: RESTORED, partitions: [0], recordsPerPartition: 100 });
  const rollbackFrom = await writeExport(await mkdtemp(join(tmpdir(), 'rights-')), bed.target.clusterId, [
    { groupId: HAD, topic: RESTORED, previous: 12, metadata: 'note', intended: 40 },
    { groupId: HAD_NOT, topic: RESTORED, previous: null, groupExisted: false, intended: 40 },
  ]);
  world = { judged, lateGroup: LATE, rollbackFrom };
  await users.grant(witness);
});
afterAll(async () => {
  await users.revoke();
  await witness?.close();
});

async function runAs(use: Use, { source, target }: Readonly<Record<Side, string>>): Promise<FinishedRun> {
  if (use.command === 'rollback') {
    const offsets = [{ topic: RESTORED, partition: 0, offset: 40n }];
    const synced = [HAD, HAD_NOT].map((groupId) => ({ groupId, offsets }));
    await witness.alterGroupOffsets(bed.target, synced);
  }
  const clusters = { source: signedIn(bed, 'source', source), target: signedIn(bed, 'target', target) };
  const finished = await runUse(use, world, clusters);
  expect(shown(finished)).not.toContain(bed.password);
  return finished;
}

function shown({ report, lines }: FinishedRun): string {
  return JSON.stringify([report, lines], (_, value) => (typeof value === 'bigint' ? String(value) : value));
}

/** What is said of rights, whether it ends the run or not. */
function messagesOf({ report }: FinishedRun): readonly string[] {
  const findings = report.findings.filter(({ rule }) => rule === 'permission-missing');
  return [...report.errors, ...findings].map(({ message, hint }) => `${message} ${hint}`);
}

/** One line a partition of this migration, and one a check that does not pass. */
function outcomeOf(finished: FinishedRun): readonly string[] {
  const { troubled } = verdictsOf(finished);
  if (finished.report.checks.length > 0) return troubled;
  const rows = rowsOf(finished.report).filter(({ groupId }) => groupId.includes(name));
  return rows.map(({ groupId, verdict, reason, translation }) => `${groupId} ${verdict} ${reason} ${translation}`);
}

describe.each(USES)('$name', (use) => {
  it('has enough with the rows of its table', async () => {
    const finished = await runAs(use, enough.get(use.name) ?? { source: '', target: '' });
    expect(messagesOf(finished)).toEqual([]);
    const outcome = outcomeOf(finished);
    enoughSeen.set(use.name, outcome);
    expect(outcome.filter((line) => / failed | skipped |unknown|fail$/.test(line))).toEqual([]);
    expect(finished.report.result).not.toMatch(/failed|partial|not-ready/);
  });

  const own = cells.filter((cell) => cell.use === use);
  it.each(own.map((cell) => [`${cell.right.key} ${cell.how}`, cell] as const))('%s', async (_, cell) => {
    const { right, users: asked } = cell;
    const [{ side, operation, resource }] = right.rows;
    const finished = await runAs(use, asked);
    const messages = messagesOf(finished);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(new RegExp(`^The ${side} refuses User:${asked[side]} [A-Z_]+ on the `));
    const word = operation.split('_').map((part) => part.charAt(0) + part.slice(1).toLowerCase());
    const grant = `--allow-principal User:${asked[side]} --operation ${word.join('')} --`;
    expect(messages[0]).toContain(grant);
    expect(messages[0]).toContain(bed.signIn[side]);
    for (const named of NAMES[side][resource] ?? []) {
      if (!named.startsWith('late-') && named !== 'kafka-cluster')
        expect(messages[0]).toContain(named.replace('*', ''));
    }
    const unknown = use.command === 'check' ? right.rows.flatMap(({ unknownChecks = [] }) => unknownChecks) : [];
    if (use.command === 'check') {
      const inOrder = CHECK_IDS.filter((id) => unknown.includes(id));
      expect(outcomeOf(finished)).toEqual(inOrder.map((id) => `${id}: unknown`));
      return;
    }
    const optional = right.rows.every((row) => isOptional(row, use.compares));
    const [before, now] = [enoughSeen.get(use.name), outcomeOf(finished)];
    if (optional) expect(now).toEqual(before);
    else expect(now).not.toEqual(before);
  });
});
