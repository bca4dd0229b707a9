import { describe, expect, test } from 'vitest';
import { parse, problemsOf } from './reading.ts';

const FORK = { withoutSecrets: 'a pull request from a fork' };
/** What the repository’s config file says; the secrets come from the workflow, and are empty here. */
const WRITTEN = {
  'source-bootstrap-servers': 's:9096',
  'source-auth': 'sasl-scram-512',
  'source-username': 'mm2',
  'target-bootstrap-servers': 't:9094',
  'target-auth': 'mtls',
  'connect-url': 'http://connect:8083',
  connectors: 'connectors/*.json',
};

describe('a run without secrets', () => {
  test('plans without them, and asks no cluster and no worker', () => {
    const inputs = parse({ command: 'plan', ...WRITTEN }, {}, {}, FORK);
    expect(inputs).toMatchObject({ source: null, target: null, connect: null, ...FORK });
    expect(inputs.apply.connectors).toBe('connectors/*.json');
    expect(inputs.notices).toContain(
      'This is a pull request from a fork and has no secrets: only the connectors’ configs are looked at; no cluster and no worker is asked.',
    );
  });

  test('checks nothing', () => {
    expect(parse({ command: 'check', ...WRITTEN }, {}, {}, FORK)).toMatchObject({ target: null, ...FORK });
  });

  test.each(['apply', 'sync', 'migrate', 'export', 'rollback'])('refuses %s', (command) => {
    expect(problemsOf({ command, ...WRITTEN }, {}, FORK)).toContainEqual({
      input: 'command',
      expected: 'plan or check, since this is a pull request from a fork and has no secrets',
      seen: `"${command}"`,
      hint: 'Run it where the secrets are: after the merge, or on a branch of the repository itself.',
    });
  });

  test('still finds what is wrong', () => {
    expect(problemsOf({ ...WRITTEN, 'source-auth': 'sasl' }, {}, FORK)).toEqual([
      expect.objectContaining({ input: 'source-auth', seen: '"sasl"' }),
    ]);
  });
});

test('a fork that is given secrets is a run like any other', () => {
  const given = { ...WRITTEN, 'target-auth': 'none', 'source-password': 'hunter2' };
  expect(parse({ command: 'plan', ...given }, {}, {}, FORK)).toMatchObject({ withoutSecrets: null });
  expect(problemsOf({ command: 'plan', ...WRITTEN, 'target-auth': 'none' }, {}, { withoutSecrets: null })).toEqual([
    expect.objectContaining({ input: 'source-password' }),
  ]);
});

test('GitHub’s own token, which is always there, is no such secret', () => {
  expect(parse({ command: 'plan', ...WRITTEN, 'github-token': 'ghs_x' }, {}, {}, FORK)).toMatchObject(FORK);
});
