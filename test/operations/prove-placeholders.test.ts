// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect look like this
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { ConnectClient } from '../../src/adapters/connect/client.ts';
import type { ConnectorConfig } from '../../src/domain/connectors/connector-config.ts';
import { provePlaceholders } from '../../src/operations/prove-placeholders.ts';
import { connectInputs, FakeWorker } from '../adapters/connect/fake-worker.ts';

let worker: FakeWorker;
let client: ConnectClient;
let lines: string[];
beforeEach(async () => {
  worker = await FakeWorker.start();
  client = new ConnectClient({ connect: connectInputs(worker.url), clock: systemClock });
  lines = [];
});
afterEach(async () => {
  await client.close();
  await worker.stop();
});

function prove(values: Readonly<Record<string, string>>) {
  const connector: ConnectorConfig = {
    name: 'mm2-source',
    class: 'x.MirrorSourceConnector',
    config: values,
    file: 'source.json',
    lines: new Map(Object.keys(values).map((key, index) => [key, index + 2])),
  };
  const add = (line: string) => void lines.push(line);
  const bounds = { deadlineAt: systemClock.now() + 60_000, signal: new AbortController().signal };
  return provePlaceholders(client, [connector], bounds, { stage: add, info: add, warn: add, debug: add });
}

test('of a provider that cannot be asked, it is said once that nothing is known', async () => {
  const findings = await prove({ a: '${secretsmanager:mm2:SOURCE_PASSWORD}', b: '${secretsmanager:other:KEY}' });
  expect(findings).toEqual([
    {
      rule: 'placeholder-not-asked',
      severity: 'notice',
      where: 'mm2-source: a',
      message:
        'Nothing is known of ${secretsmanager:…}: a worker cannot be asked for this provider without a secret in its answer.',
      hint: 'Make sure that config.providers of every worker has "secretsmanager", and that it may read the secret.',
      at: { file: 'source.json', line: 2 },
    },
  ]);
  expect(worker.requests).toEqual([]);
  expect(lines.join()).toContain('of the providers env and file, it is asked');
});

test('those of env and file are asked for, and seem to be missing where the worker says nothing', async () => {
  const findings = await prove({ a: '${env:SOURCE_PASSWORD}', b: '${file:/etc/mm2:KEY}' });
  expect(findings.map(({ rule, where }) => `${rule} ${where}`)).toEqual([
    'placeholder-unresolved mm2-source: a',
    'placeholder-unresolved mm2-source: b',
  ]);
  expect(worker.requests.filter(({ path }) => path.endsWith('/validate'))).toHaveLength(2);
});

test('without a reference nothing is said', async () => {
  expect(await prove({ a: 'x' })).toEqual([]);
  expect(lines).toEqual([]);
});
