import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { writeReportFiles } from '../../src/run/report-files.ts';
import { fullReport, report } from '../report/build-report.ts';

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-files-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const PLACE = { label: 'orders eu', runUrl: 'https://ci.test/runs/7' };

test('a report gets a page, JUnit XML and a CSV beside it', async () => {
  const folder = await newFolder();
  expect(await writeReportFiles(fullReport(), { ...PLACE, folder })).toEqual({
    html: join(folder, 'report.html'),
    warnings: [],
  });
  expect((await readdir(folder)).sort()).toEqual(['junit.xml', 'report.csv', 'report.html']);
  const page = await readFile(join(folder, 'report.html'), 'utf8');
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).toContain('https://ci.test/runs/7');
  expect(await readFile(join(folder, 'junit.xml'), 'utf8')).toContain('<testsuite name="orders eu sync: run"');
  expect(await readFile(join(folder, 'report.csv'), 'utf8')).toContain('\r\nin-place,');
});

test('a folder that is not there is made', async () => {
  const folder = join(await newFolder(), 'a/b');
  expect((await writeReportFiles(report(), { ...PLACE, folder })).warnings).toEqual([]);
});

test('one that cannot be written is a warning, and the others are there', async () => {
  const folder = await newFolder();
  await mkdir(join(folder, 'report.html/in the way'), { recursive: true });
  const { html, warnings } = await writeReportFiles(report(), { ...PLACE, folder });
  expect(html).toBeNull();
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain(`${join(folder, 'report.html')} is missing: `);
  expect((await readdir(folder)).sort()).toEqual(['junit.xml', 'report.csv', 'report.html']);
});

test('nowhere to write is a warning for each, and no exception', async () => {
  const file = join(await newFolder(), 'a file');
  await writeFile(file, '');
  const { html, warnings } = await writeReportFiles(report(), { ...PLACE, folder: join(file, 'below') });
  expect(html).toBeNull();
  expect(warnings).toHaveLength(3);
});
