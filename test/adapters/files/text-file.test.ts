import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTextFile } from '../../../src/adapters/files/text-file.ts';
import { parse } from '../../inputs/reading.ts';

let path: string;
beforeEach(async () => {
  path = join(await mkdtemp(join(tmpdir(), 'text-file-')), 'client.properties');
});
afterEach(() => rm(join(path, '..'), { recursive: true }));

test('a byte order mark is no part of the text', async () => {
  await writeFile(path, '\uFEFFsecurity.protocol=SSL\n');
  expect(readTextFile(path)).toEqual({ text: 'security.protocol=SSL\n' });
});

test('a text in UTF-16 is said to be one', async () => {
  await writeFile(path, Buffer.from('\uFEFFsecurity.protocol=SSL\n', 'utf16le'));
  expect(readTextFile(path)).toEqual({ error: 'UTF-16: save it as UTF-8' });
});

test('properties that begin with a mark keep their first key', () => {
  const text = '\uFEFFsecurity.protocol=SSL\nbootstrap.servers=new-1:9092\n';
  const { target } = parse({ command: 'sync', 'target-properties': 'c.properties' }, { 'c.properties': text });
  expect(target).toMatchObject({ bootstrapServers: ['new-1:9092'], tls: { verifyHost: true } });
});
