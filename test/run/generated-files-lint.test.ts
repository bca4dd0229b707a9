/** What `generate` writes has nothing to be told of when it is linted as files, with the inputs that it came from. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/clock.ts';
import { readConnectorFiles } from '../../src/adapters/files/connector-files.ts';
import { generateConnectors } from '../../src/domain/connectors/generate/generate-connectors.ts';
import type { GenerationFacts } from '../../src/domain/connectors/generate/generation.ts';
import { workerSettings } from '../../src/domain/connectors/generate/worker-properties.ts';
import { lintConnectors } from '../../src/domain/connectors/lint/lint.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { GENERATING } from '../../src/inputs/generate-line.ts';
import { parseInputs } from '../../src/inputs/parse-inputs.ts';
import { generatedFiles, generateFiles } from '../../src/run/generate-files.ts';
import { runCommand } from '../../src/run/run-command.ts';
import { freePort } from '../../src/testbed/ports.ts';
import { facts, POLICIES, SCHEMES, security } from '../domain/connectors/generate/facts.ts';
import { subject } from '../support/lint-corpus.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'generated-lint-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Written, read again as files, and linted, with or without the inputs at hand. */
async function found(given: GenerationFacts, areInputsKnown: boolean): Promise<readonly string[]> {
  for (const { name, text } of generatedFiles(given)) await writeFile(join(folder, name), text);
  const read = await readConnectorFiles('*.{json,properties}', folder);
  expect([read.connectors.length, read.workers.length, read.problems]).toEqual([3, 1, []]);
  const asked = { connectors: generateConnectors(given), worker: workerSettings(given) };
  const known = { workerVersion: '4.3.1', brokers: { source: 3, target: 3 } };
  return lintConnectors({ ...subject(), ...read, ...known, asked: areInputsKnown ? asked : null }).map(lineOf);
}

function lineOf({ rule, severity, where }: Finding): string {
  return `${severity} ${rule} ${where}`;
}

describe.each(SCHEMES)('files generated from %s have no finding', (source) => {
  test.each(SCHEMES)('to %s', async (target) => {
    const sides = { source: security(source, 'old'), target: security(target, 'new') };
    const isOpen = [source, target].some((scheme) => scheme.endsWith('-plaintext'));
    for (const policyClass of Object.values(POLICIES)) {
      const given = facts({ ...sides, policyClass });
      expect(await found(given, true), policyClass).toEqual([]);
      if (!isOpen && policyClass !== POLICIES.lab) expect(await found(given, false), policyClass).toEqual([]);
    }
  });
});

test.each([
  ['file', { provider: 'file', path: '/etc/mm2/secrets.properties' }],
  ['secretsmanager', { provider: 'secretsmanager', name: 'mm2' }],
] as const)('nor with references to a provider %s', async (_, secrets) => {
  const sides = { source: security('sasl-scram-512', 'old'), target: security('mtls', 'new') };
  expect(await found(facts({ ...sides, secrets }), true)).toEqual([]);
});

describe('what the inputs ask for in so many words', () => {
  test('is no error, where they want IAM without TLS', async () => {
    const iam = { ...security('iam', 'new'), tls: null };
    expect(await found(facts({ target: iam }), true)).toEqual([]);
    expect(await found(facts({ target: iam }), false)).toContain(
      'error iam-without-tls msksource-to-mskdest-source: target.cluster.security.protocol',
    );
  });

  test('says nothing of a file that signs in by IAM, where they want SCRAM over plaintext', () => {
    const iam = generateConnectors(facts({ target: { ...security('iam', 'new'), tls: null } }));
    const wish = facts({ target: security('sasl-scram-512-plaintext', 'new') });
    const asked = { connectors: generateConnectors(wish), worker: workerSettings(wish) };
    const connectors = iam.map((one) => ({ ...one, file: `${one.name}.json` }));
    const findings = lintConnectors({ ...subject(), connectors, asked });
    expect(findings.map(lineOf)).toContain(
      'error iam-without-tls msksource-to-mskdest-source: target.cluster.security.protocol',
    );
  });

  test('is told once', async () => {
    const source = security('sasl-scram-512', 'old');
    const admin = { ...source, sasl: { mechanism: 'scram-sha-512', username: 'admin' } as const };
    const lines = await found(facts({ source: admin, tasksMax: 1, replicationFactor: 2 }), true);
    expect(lines.map((line) => line.split(' ').slice(0, 2).join(' ')).sort()).toEqual([
      'notice tasks-max-one',
      'warning admin-user',
      'warning replication-factor-low',
    ]);
  });

  test('is told of every file that does something else', async () => {
    const given = facts({ source: security('sasl-plain-plaintext', 'old') });
    const asked = { connectors: generateConnectors(facts()), worker: workerSettings(facts()) };
    const connectors = generateConnectors(given).map((one) => ({ ...one, file: `${one.name}.json` }));
    const findings = lintConnectors({ ...subject(), connectors, asked });
    expect(findings.filter(({ rule }) => rule === 'sasl-plaintext').length).toBeGreaterThan(1);
  });
});

test('a plan of the files takes what they are measured by from its inputs', async () => {
  const [old, target] = [`127.0.0.1:${await freePort()}`, `127.0.0.1:${await freePort()}`];
  const given = {
    'source-bootstrap-servers': old,
    'source-auth': 'sasl-scram-512',
    'source-username': 'mm2',
    'source-tls': 'false',
    'target-bootstrap-servers': target,
    topics: 'orders.*',
  };
  const context = { readFile: () => ({ error: 'no such file' }) };
  const generating = parseInputs(new Map(Object.entries({ command: 'plan', ...given })), { ...context, ...GENERATING });
  await generateFiles(generating, { out: join(folder, 'c'), force: false });
  const plan = { command: 'plan', ...given, connectors: 'c/*', 'source-password': 'x', 'report-dir': folder };
  const inputs = parseInputs(new Map(Object.entries(plan)), context);
  const log = { stage() {}, info() {}, warn() {}, debug() {} };
  const signal = new AbortController().signal;
  const host = { log, clock: systemClock, signal, proxy: null, workingFolder: folder };
  expect((await runCommand(inputs, host)).findings).toEqual([]);
});
