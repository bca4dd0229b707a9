import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConnectorFiles } from '../../../src/adapters/files/connector-files.ts';

const WORKER =
  '# beside the target\nbootstrap.servers=b:9092\ngroup.id=connect\nconfig.storage.topic=connect-configs\n';
const CONNECTOR = '{ "name": "mm2", "connector.class": "org.apache.kafka.connect.mirror.MirrorSourceConnector" }';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worker-files-'));
  await writeFile(join(folder, 'connect-distributed.properties'), WORKER);
});
afterEach(() => rm(folder, { recursive: true }));

test('the properties file of a worker among connector files is kept apart, with the lines of its keys', async () => {
  await writeFile(join(folder, 'mm2.json'), CONNECTOR);
  const { connectors, workers, problems } = await readConnectorFiles('*', folder);
  expect(problems).toEqual([]);
  expect(connectors.map(({ name }) => name)).toEqual(['mm2']);
  expect(workers).toEqual([
    expect.objectContaining({ name: 'connect-distributed.properties', file: 'connect-distributed.properties' }),
  ]);
  expect(workers[0]?.lines.get('group.id')).toBe(3);
});

test('worker files alone are read as what they are', async () => {
  const { connectors, workers, problems } = await readConnectorFiles('*', folder);
  expect([connectors, problems]).toEqual([[], []]);
  expect(workers.map(({ file }) => file)).toEqual(['connect-distributed.properties']);
});

test('a key twice in a worker file is the one problem of that file', async () => {
  await writeFile(join(folder, 'connect-distributed.properties'), `${WORKER}group.id=other\n`);
  const { problems } = await readConnectorFiles('*', folder);
  expect(problems).toEqual([
    expect.objectContaining({ seen: '"group.id" twice, at lines 3 and 5, in connect-distributed.properties' }),
  ]);
});
