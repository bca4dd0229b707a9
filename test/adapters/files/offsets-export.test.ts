/** The export as a file: written, killed, read back, and the CSV beside it. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeEach, expect, test } from 'vitest';
import { csvPathOf, writeOffsetsCsv } from '../../../src/adapters/files/offsets-csv-file.ts';
import { OffsetsExportFile } from '../../../src/adapters/files/offsets-export-file.ts';
import { readOffsetsExport } from '../../../src/adapters/files/read-offsets-export.ts';
import { InputError } from '../../../src/errors.ts';
import type { ExportEntry } from '../../../src/operations/ports.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offsets-export-'));
});

const HEADER = { clusterId: 'target-id', targetAlias: 'dst', startedAt: '2026-03-01T10:00:00.000Z' };

const saved = (groupId: string, more: Partial<ExportEntry> = {}): ExportEntry => ({
  groupId,
  topic: 'orders',
  partition: 0,
  groupExisted: true,
  previousOffset: 12n,
  previousMetadata: 'note',
  previousLeaderEpoch: 4,
  intendedOffset: 40n,
  ...more,
});

async function written(...batches: (readonly ExportEntry[])[]): Promise<string> {
  const path = join(folder, 'offsets-export-1.jsonl');
  const file = new OffsetsExportFile(path, () => HEADER);
  for (const batch of batches) await file.append(batch);
  await file.close();
  return path;
}

async function problemsOf(path: string): Promise<InputError['problems']> {
  const error = await readOffsetsExport(path).catch((reason: unknown) => reason);
  if (!(error instanceof InputError)) throw new Error(`read, or ${String(error)}`);
  return error.problems;
}

test('what was written is read back, whatever the ids hold', async () => {
  const groups = ['billing', 'a\nb', 'a,"b"', '\u2028😀', '', '__proto__'];
  const path = await written(
    groups.map((groupId) => saved(groupId)),
    [saved('late', { groupExisted: false, previousOffset: null, intendedOffset: 'removed' })],
    [saved('later', { intendedOffset: null })],
  );
  const read = await readOffsetsExport(path);
  expect(read).toMatchObject({ ...HEADER, cutOff: false });
  expect([...read.groups.keys()]).toEqual([...groups, 'late', 'later']);
  const only = (groupId: string) => read.groups.get(groupId)?.partitions.get('orders/0');
  expect(only('a\nb')).toMatchObject({ previous: { offset: 12n, metadata: 'note', leaderEpoch: 4 }, leftByRun: [40n] });
  expect(read.groups.get('late')?.existed).toBe(false);
  expect(only('late')).toMatchObject({ previous: null, leftByRun: [null] });
  expect(only('later')).toMatchObject({ leftByRun: [] });
});

test('every line is one of docs/schema/offsets-export.schema.json', async () => {
  const schema = await readFile(new URL('../../../docs/schema/offsets-export.schema.json', import.meta.url), 'utf8');
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(JSON.parse(schema) as object);
  const path = await written([
    saved('billing'),
    saved('audit', { previousOffset: null, intendedOffset: 'removed' }),
    saved('cleanup', { intendedOffset: null, previousOffset: 2n ** 63n - 1n }),
  ]);
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(validate(JSON.parse(line)), line).toBe(true);
  expect(validate({ ...JSON.parse(lines[1] ?? ''), intended: 40 })).toBe(false);
});

test('an export is read after a kill at any byte beyond its first line', async () => {
  const path = await written([saved('billing'), saved('audit')]);
  const bytes = await readFile(path);
  const [header = '', first = ''] = bytes.toString().split('\n');
  const cut = join(folder, 'cut.jsonl');
  for (let end = header.length + 1; end <= bytes.length; end += 1) {
    await writeFile(cut, bytes.subarray(0, end));
    const { groups } = await readOffsetsExport(cut);
    const whole = end >= bytes.length - 1 ? 2 : end >= header.length + 1 + first.length ? 1 : 0;
    expect(groups.size, `${end} bytes`).toBe(whole);
  }
});

test('a file that is none says so in at most 21 problems', async () => {
  const path = join(folder, 'other.jsonl');
  await writeFile(
    path,
    `${JSON.stringify({ ...HEADER, schemaVersion: 1, kind: 'offsets-export' })}\n${'x\n'.repeat(50)}`,
  );
  const problems = await problemsOf(path);
  expect(problems).toHaveLength(21);
  expect(problems[0]).toMatchObject({ input: 'rollback-from', seen: `line 2 of ${path}: not JSON` });
  expect(problems[20]?.seen).toBe(`30 more bad lines in ${path}`);
});

test('a file that is not there says so', async () => {
  const path = join(folder, 'nowhere.jsonl');
  expect(await problemsOf(path)).toMatchObject([{ input: 'rollback-from', seen: `${path} (ENOENT)` }]);
});

test('the CSV lies beside the export; what it cannot hold is a finding', async () => {
  const path = await written([saved('a,b'), saved('c\nd'), saved('e', { previousOffset: null })]);
  const findings = await writeOffsetsCsv(path);
  expect(csvPathOf(path)).toBe(join(folder, 'offsets-export-1.csv'));
  expect(await readFile(csvPathOf(path), 'utf8')).toBe('"a,b",orders,0,12\n');
  expect(findings).toMatchObject([{ rule: 'offsets-csv-incomplete', severity: 'warning' }]);
  expect(findings[0]?.message).toContain('leaves out 1 groups');
  expect(findings[0]?.message).toContain('"c\\nd"');
});

test('a CSV that cannot be written is a finding: the export is there all the same', async () => {
  const findings = await writeOffsetsCsv(join(folder, 'nowhere.jsonl'));
  expect(findings).toMatchObject([{ rule: 'offsets-csv-failed', severity: 'warning' }]);
});
