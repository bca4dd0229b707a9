import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConnectorFiles } from '../../src/adapters/files/connector-files.ts';
import { GENERATING } from '../../src/inputs/generate-line.ts';
import { parseInputs } from '../../src/inputs/parse-inputs.ts';
import type { Inputs } from '../../src/inputs/typed-inputs.ts';
import { readConnectors } from '../../src/run/connector-work.ts';
import { generateFiles } from '../../src/run/generate-files.ts';
import { problemsThrownBy } from '../inputs/reading.ts';

const GIVEN = {
  command: 'plan',
  'source-bootstrap-servers': 'old-1:9092',
  'source-auth': 'sasl-scram-512',
  'source-username': 'mm2',
  'target-bootstrap-servers': 'b-1.example.kafka.eu-west-1.amazonaws.com:9098',
  'target-auth': 'iam',
  topics: 'orders.*',
};
const FILES = [
  'connect-worker.properties',
  'msksource-to-mskdest-checkpoint.json',
  'msksource-to-mskdest-heartbeat.json',
  'msksource-to-mskdest-source.json',
];

let out: string;
beforeEach(async () => {
  out = join(await mkdtemp(join(tmpdir(), 'generated-')), 'connectors');
});
afterEach(() => rm(join(out, '..'), { recursive: true }));

function inputs(given: Readonly<Record<string, string>> = {}): Inputs {
  const raw = new Map(Object.entries({ ...GIVEN, ...given }));
  return parseInputs(raw, { readFile: () => ({ error: 'no such file' }), ...GENERATING });
}

test('writes three connectors and the worker’s properties, and says which secrets the worker must have', async () => {
  const lines = await generateFiles(inputs(), { out, force: false });
  expect(lines).toEqual([
    `Wrote ${join(out, 'msksource-to-mskdest-source.json')}`,
    `Wrote ${join(out, 'msksource-to-mskdest-checkpoint.json')}`,
    `Wrote ${join(out, 'msksource-to-mskdest-heartbeat.json')}`,
    `Wrote ${join(out, 'connect-worker.properties')}`,
    'msksource-to-mskdest-heartbeat has the source in target.cluster.* on purpose: heartbeats must be written to the source, so that they travel to the target with the records.',
    'The worker must find, as variables of its process:',
    '  SOURCE_PASSWORD: password, source cluster',
  ]);
  expect((await readdir(out)).sort()).toEqual(FILES);
});

test('what it writes is what the action uses when no files are named', async () => {
  await generateFiles(inputs(), { out, force: false });
  const fromFiles = await readConnectorFiles('*.json', out);
  const generated = (await readConnectors(inputs(), out)).desired;
  const byName = (list: typeof fromFiles.connectors | null) => new Map(list?.map(({ name, config }) => [name, config]));
  expect(byName(fromFiles.connectors)).toEqual(byName(generated));
  expect(generated?.map(({ file }) => file)).toEqual(['generated', 'generated', 'generated']);
});

test('a second time changes nothing', async () => {
  await generateFiles(inputs(), { out, force: false });
  const lines = await generateFiles(inputs(), { out, force: false });
  expect(lines.filter((line) => line.startsWith('Unchanged: '))).toHaveLength(FILES.length);
});

test('a file that somebody edited stays, and so does every other, until --force is given', async () => {
  await generateFiles(inputs(), { out, force: false });
  const edited = join(out, 'msksource-to-mskdest-source.json');
  await writeFile(edited, '{}');
  const changed = inputs({ 'target-alias': 'mskdest', 'tasks-max': '8' });
  const refused = await generateFiles(changed, { out, force: false }).catch((error: unknown) => error);
  expect(
    problemsThrownBy(() => {
      throw refused;
    }),
  ).toEqual([
    {
      input: '--out',
      expected: 'files that are as they would be written, or none',
      seen: `${edited}, which differs`,
      hint: 'Write over it with --force and look at the difference in git, or choose another folder by --out.',
    },
  ]);
  expect(await readFile(edited, 'utf8')).toBe('{}');
  await generateFiles(changed, { out, force: true });
  expect(JSON.parse(await readFile(edited, 'utf8'))).toMatchObject({ 'tasks.max': '8' });
});

test('a folder that cannot be made is said', async () => {
  await writeFile(out, 'a file');
  await expect(generateFiles(inputs(), { out, force: false })).rejects.toMatchObject({
    code: 'FILE_UNWRITABLE',
    message: expect.stringContaining('--out'),
  });
});

test('commands that only move offsets generate nothing, and neither does a run without topics', async () => {
  expect((await readConnectors({ ...inputs(), command: 'sync' }, out)).desired).toBeNull();
  expect((await readConnectors({ ...inputs(), given: new Set() }, out)).desired).toBeNull();
  expect((await readConnectors({ ...inputs(), command: 'check' }, out)).desired).toHaveLength(3);
});
