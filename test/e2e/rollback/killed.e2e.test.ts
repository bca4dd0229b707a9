/** Invariant E: a sync is killed in the middle, and its export restores all of it. Runs the bundle. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { readOffsetsExport } from '../../../src/adapters/files/read-offsets-export.ts';
import { encodeCheckpoint } from '../../../src/domain/checkpoints/checkpoint-format.ts';
import { COMMIT_MARKER } from '../../../src/domain/offsets/commit-marker.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { distFolder, systemNode } from '../../action/bundle.ts';
import { ownName } from '../../support/names.ts';
import { Witness } from '../../support/witness.ts';
import { csvBeside, listedByJava, seenByJava } from './seen-offsets.ts';

/** Four batches of at most 500. */
const COUNT = 1_600;
const RECORDS = 200;
const CHECKPOINTED = 150n;

const bed = inject('bed');
const name = ownName('rlbd');
const alias = `${name}src`;
const topic = `${alias}.orders`;
const checkpoints = `${alias}.checkpoints.internal`;
const groups = Array.from({ length: COUNT }, (_, n) => `${name}-${String(n).padStart(4, '0')}`);
/** Every third group had an offset; the others were not there. */
const had = groups.filter((_, n) => n % 3 === 0);

let witness: Witness;
let folder: string;
let before: readonly string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'killed-'));
  witness = await Witness.start();
  await createTopics(bed.target, [
    { topic, partitions: 1 },
    { topic: checkpoints, partitions: 1 },
  ]);
  await produceRecords(bed.target, { topic, partitions: [0], recordsPerPartition: RECORDS });
  const record = (_partition: number, index: number) => {
    const checkpoint = {
      topic,
      partition: 0,
      upstreamOffset: CHECKPOINTED,
      downstreamOffset: CHECKPOINTED,
      metadata: '',
    };
    const { key, value } = encodeCheckpoint({ ...checkpoint, groupId: groups[index] ?? '' });
    return { key: Buffer.from(key), value: Buffer.from(value) };
  };
  await produceRecords(bed.target, { topic: checkpoints, partitions: [0], recordsPerPartition: COUNT, record });
  const offsets = [{ topic, partition: 0, offset: 5n, metadata: 'note' }];
  await witness.alterGroupOffsets(
    bed.target,
    had.map((groupId) => ({ groupId, offsets })),
  );
  before = await seenByJava(witness, bed.target, groups);
});
afterAll(async () => {
  await witness?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  readonly pid: number;
  output(): string;
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

interface Hold {
  readonly above: number;
  /** Its file lets the sync go on. */
  readonly until: string;
}

function start(command: string, reportDir: string, flags: readonly string[], hold: Hold | null = null): Started {
  const all = ['--target-bootstrap-servers', bed.target.bootstrapServers, '--source-alias', alias];
  const args = [join(distFolder(), 'cli.js'), command, ...all, '--report-dir', reportDir, ...flags];
  const holding = hold === null ? [] : ['--import', new URL('hold-commits.mjs', import.meta.url).href];
  const env = { HOLD_REPORT_DIR: reportDir, HOLD_ABOVE: String(hold?.above), HOLD_UNTIL: hold?.until };
  const options = { cwd: folder, env: { ...process.env, ...env } };
  const child = spawn(systemNode(), [...holding, ...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => (code ?? signal) as number | NodeJS.Signals);
  return { pid: child.pid ?? -1, output: () => output, ended };
}

async function exportIn(reportDir: string): Promise<string | null> {
  const files = await readdir(reportDir).catch(() => []);
  const file = files.find((one) => one.endsWith('.jsonl'));
  return file === undefined ? null : join(reportDir, file);
}

/**
 * Groups in the export, one line each below the header. A batch is in it before its commits are sent, and the next one when
 * those have been read back.
 */
async function exported(reportDir: string): Promise<number> {
  const path = await exportIn(reportDir);
  return path === null ? 0 : (await readFile(path, 'utf8')).split('\n').length - 2;
}

/** A sync that comes to a stop once its export has more groups than this, while it commits the last of them. */
function startHeldSync(reportDir: string, above: number): Started {
  const flags = ['--groups', `${name}-.*`, '--overwrite-groups', `${name}-.*`];
  return start('sync', reportDir, flags, { above, until: released(reportDir) });
}

const released = (reportDir: string) => `${reportDir}-released`;

/** Points of a sync at which it is killed: more groups than this are in its export. */
const POINTS: Readonly<Record<string, number>> = {
  'as soon as its export has entries': 0,
  'after its first batch': 500,
  'after its second batch': 1_000,
};

async function untilExported(sync: Started, reportDir: string, number: number): Promise<void> {
  const look = async () =>
    (await exported(reportDir)) > number ? { done: null } : { seen: sync.output().slice(-500) };
  await waitFor(`more than ${number} groups in the export`, look, { timeoutMs: 180_000 });
}

it.each(Object.entries(POINTS))('a sync killed %s is undone by its export', async (point, number) => {
  const reportDir = join(folder, point.replaceAll(' ', '-'));
  const sync = startHeldSync(reportDir, number);
  await untilExported(sync, reportDir, number);
  process.kill(sync.pid, 'SIGKILL');
  expect(await sync.ended).toBe('SIGKILL');

  const killed = await seenByJava(witness, bed.target, groups);
  const done = killed.filter((line) => line.endsWith(` ${CHECKPOINTED} [${COMMIT_MARKER}]`));
  expect(done.length).toBeGreaterThanOrEqual(point.includes('batch') ? 500 : 0);
  expect(done.length).toBeLessThan(COUNT);
  const report = JSON.parse(await readFile(join(reportDir, 'report.json'), 'utf8')) as Record<string, unknown>;
  expect(report['finishedAt']).toBeNull();

  await undone(reportDir);
});

async function undone(reportDir: string): Promise<void> {
  const from = (await exportIn(reportDir)) ?? '';
  const undo = start('rollback', `${reportDir}-undone`, ['--rollback-from', from, '--dry-run', 'false']);
  expect(await undo.ended, undo.output()).toBe(0);
  expect(await seenByJava(witness, bed.target, groups)).toEqual(before);
  expect(await listedByJava(witness, bed.target, groups)).toEqual(had);
}

it('a sync cancelled after its first batch leaves the CSV too, and is undone', async () => {
  const reportDir = join(folder, 'cancelled');
  const sync = startHeldSync(reportDir, 500);
  await untilExported(sync, reportDir, 500);
  process.kill(sync.pid, 'SIGTERM');
  await writeFile(released(reportDir), '');
  expect(await sync.ended, sync.output()).toBe(4);

  const report = JSON.parse(await readFile(join(reportDir, 'report.json'), 'utf8')) as Record<string, unknown>;
  expect(report).toMatchObject({ result: 'partial', interrupted: 'cancelled by SIGTERM' });
  const path = String(report['offsetsExport']);
  const saved = [...(await readOffsetsExport(path)).groups.values()];
  expect(saved.length).toBeGreaterThanOrEqual(500);
  const csv = await readFile(csvBeside(path), 'utf8');
  const exported = saved.filter(({ existed }) => existed).map(({ groupId }) => `${groupId},${topic},0,5\n`);
  expect(csv).toBe(exported.join(''));
  await undone(reportDir);
});
