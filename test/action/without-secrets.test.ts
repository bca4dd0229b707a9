/** Pull requests from forks: GitHub gives them no secrets, and their files are not trusted. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseReport } from '../../src/report/json/parse-report.ts';
import { prepareUse, runStep } from './bundle.ts';

const CONFIG = `source-bootstrap-servers: old.invalid:9096
source-auth: sasl-scram-512
source-username: mm2
target-bootstrap-servers: new.invalid:9098
target-auth: iam
aws-region: eu-central-1
connect-url: https://connect.invalid:8083
`;
const CONNECTOR = {
  name: 'mm2-source',
  'connector.class': 'org.apache.kafka.connect.mirror.MirrorSourceConnector',
  'source.cluster.alias': 'a',
  'target.cluster.alias': 'b',
  'source.cluster.sasl.jaas.config':
    'org.apache.kafka.common.security.scram.ScramLoginModule required username="mm2" password="hunter2";',
};

/** The step as a pull request of this repository runs it, with the connectors of its branch. */
async function runFrom(repository: string, command: string) {
  const folder = await prepareUse();
  const [event, config, connectors] = ['event.json', 'mm2.yml', 'connectors'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  const payload = { pull_request: { number: 5, head: { repo: { full_name: repository } } } };
  writeFileSync(event, JSON.stringify(payload));
  writeFileSync(config, CONFIG);
  mkdirSync(connectors);
  writeFileSync(join(connectors, 'source.json'), JSON.stringify(CONNECTOR, null, 2));
  const environment = {
    ACTION_FOLDER: folder,
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: event,
    GITHUB_REPOSITORY: 'acme/migration',
    INPUT_COMMAND: command,
    INPUT_CONFIG: config,
    INPUT_CONNECTORS: join(connectors, '*.json'),
  };
  const step = await runStep('run', { environment });
  const end = await runStep('report', { environment });
  const parsed = parseReport(readFileSync(join(folder, 'report.json'), 'utf8'));
  if (parsed.kind !== 'report') throw new Error(parsed.problems.join('\n'));
  return { log: step.log, report: parsed.report, end };
}

describe('a pull request from a fork', () => {
  test('plan looks at the connector files alone', async () => {
    const { log, report } = await runFrom('mallory/migration', 'plan');
    expect(log).toContain('This is a pull request from a fork and has no secrets');
    expect(log).not.toMatch(/hunter2|old\.invalid|connect\.invalid/);
    expect(report.errors.map(({ code }) => code)).not.toContain('KAFKA_UNREACHABLE');
    expect(report.errors.map(({ code }) => code)).not.toContain('CONNECT_UNREACHABLE');
    // A password in the file, and no header.converter.
    expect(report.findings.filter(({ severity }) => severity === 'error').length).toBeGreaterThanOrEqual(2);
  });

  test('check is not ready, so that a required check does not pass by itself', async () => {
    const { report, end } = await runFrom('mallory/migration', 'check');
    expect(report.result).toBe('not-ready');
    expect(report.findings.map(({ rule }) => rule)).toContain('no-secrets');
    expect(end.outputs.get('ready')).toBe('false');
    expect(end.exitCode).toBe(1);
  });

  test.each(['apply', 'sync', 'migrate', 'rollback'])('%s is refused', async (command) => {
    const { log, end } = await runFrom('mallory/migration', command);
    expect(log).toContain('command: expected plan or check, since this is a pull request from a fork');
    expect(end.exitCode).toBe(1);
  });
});

test('one from a branch of the repository itself is a run like any other', async () => {
  const { log } = await runFrom('acme/migration', 'plan');
  expect(log).toContain('source-password: expected a password');
});
