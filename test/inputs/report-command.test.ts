import { describe, expect, test } from 'vitest';
import { parse, problemsOf } from './reading.ts';

/** One config file for all workflows; the secrets are in those that connect. */
const SHARED = `
source-bootstrap-servers: s-1:9096
source-auth: sasl-scram-512
target-bootstrap-servers: b-1.example.test:9098
target-auth: iam
connect-url: https://connect.test
connectors: connectors/*.json
shard: 1/4
`;
const FILES = { 'mm2.yml': SHARED };

describe('command: report', () => {
  test('takes a glob, and no cluster with it', () => {
    const inputs = parse({ command: 'report', reports: 'reports/**/report.json' });
    expect(inputs.report).toMatchObject({ reports: 'reports/**/report.json', reportDir: 'mm2-report' });
    expect(inputs).toMatchObject({ source: null, target: null, connect: null, notices: [] });
  });

  test('asks for the glob', () => {
    expect(problemsOf({ command: 'report' })).toEqual([
      {
        input: 'reports',
        expected: 'the reports to merge',
        seen: 'nothing',
        hint: 'Give a glob of report.json files, such as reports/**/report.json.',
      },
    ]);
  });

  test('shares the config file of the runs, and needs none of their secrets', () => {
    const inputs = parse({ command: 'report', reports: 'r/*/report.json', config: 'mm2.yml' }, FILES);
    expect(inputs).toMatchObject({ source: null, target: null, connect: null, notices: [] });
    expect(problemsOf({ command: 'sync', config: 'mm2.yml' }, FILES)).not.toEqual([]);
  });

  test('runs on a pull request from a fork, where there are no secrets', () => {
    const fork = { withoutSecrets: 'a pull request from a fork' };
    expect(parse({ command: 'report', reports: 'r/*/report.json' }, {}, {}, fork)).toMatchObject({
      withoutSecrets: null,
      notices: [],
    });
    expect(problemsOf({ command: 'report' }, {}, fork)).toHaveLength(1);
  });

  test('is the only one that reads the glob', () => {
    const { notices } = parse({ command: 'sync', 'target-bootstrap-servers': 't:9092', reports: 'r/*/report.json' });
    expect(notices).toContain('reports is not used by sync, only by report.');
  });
});
