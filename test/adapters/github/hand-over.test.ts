import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type RunNote, readLeftReport, readRunNote, writeRunNote } from '../../../src/adapters/github/hand-over.ts';
import { reportText } from '../../../src/report/json/report-json.ts';
import { fullReport } from '../../report/build-report.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-hand-over-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

const note: RunNote = {
  command: 'sync',
  startedAt: '2026-03-01T10:00:00.000Z',
  reportJson: '/srv/mm2-report/report.json',
  label: 'orders-eu',
  failOn: 'error',
  comment: 'auto',
  commentMode: 'update',
  shard: '2/4',
  runId: '42',
};

test('what the run step leaves is what the report step reads', async () => {
  const folder = await newFolder();
  await writeRunNote(folder, note);
  expect(await readRunNote(folder)).toEqual(note);
});

test.each(['', 'no JSON', '{}', JSON.stringify({ ...note, failOn: 'nevr' })])('a note %j is no note', async (text) => {
  const folder = await newFolder();
  await writeFile(join(folder, 'run.json'), text);
  expect(await readRunNote(folder)).toBeNull();
});

test('a run step that did not start leaves no note and no report', async () => {
  const folder = await newFolder();
  expect(await readRunNote(folder)).toBeNull();
  expect(await readLeftReport(join(folder, 'report.json'))).toEqual({
    kind: 'unusable',
    problem: 'report.json is not there',
  });
});

test('a report is read back whole', async () => {
  const path = join(await newFolder(), 'report.json');
  await writeFile(path, reportText(fullReport()));
  expect(await readLeftReport(path)).toEqual({ kind: 'report', report: fullReport() });
});
