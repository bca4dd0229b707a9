import { describe, expect, test } from 'vitest';
import { asksForPullRequest, readEarlyInputs } from '../../src/inputs/early-inputs.ts';

const CONFIG = 'label: eu\ncomment: on-failure\ncomment-mode: recreate\nfail-on: error\ncommand: apply\n';

function read(given: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
  return readEarlyInputs(new Map(Object.entries(given)), (path) => {
    const text = files[path];
    return text === undefined ? { error: 'not there' } : { text };
  });
}

describe('what is known before the inputs are parsed', () => {
  test('is what was given, then the config file, then the defaults', () => {
    const early = read({ config: 'mm2.yml', 'fail-on': 'never', shard: '2/4' }, { 'mm2.yml': CONFIG });
    expect(early).toMatchObject({
      command: 'apply',
      label: 'eu',
      comment: 'on-failure',
      commentMode: 'recreate',
      failOn: 'never',
      shard: '2/4',
    });
    expect(read({})).toEqual({
      command: 'plan',
      approvedPlan: '',
      label: 'default',
      comment: 'auto',
      commentMode: 'update',
      failOn: 'not-ready',
      shard: null,
      githubToken: '',
      githubApiUrl: 'https://api.github.com',
      prNumber: '',
    });
  });

  test('is the default where a word is wrong', () => {
    const wrong = { command: 'snc', comment: 'somtimes', 'comment-mode': 'x', 'fail-on': 'nevr', shard: '5/4' };
    expect(read(wrong)).toMatchObject(read({}));
  });

  test('is what the rest of a config file says when one key of it is wrong', () => {
    expect(read({ config: 'mm2.yml' }, { 'mm2.yml': `${CONFIG}timeot: 5m\n` }).label).toBe('eu');
  });

  test.each([
    ['stands in a file that is not there', { config: 'mm2.yml' }, {}],
    ['stands in a file that is no YAML', { config: 'mm2.yml' }, { 'mm2.yml': 'label: "eu\n' }],
    ['is wrong', { label: '<script>' }, {}],
  ])('is no label where it %s', (_where, given, files) => {
    expect(read(given, files as Readonly<Record<string, string>>).label).toBeNull();
    if (!('label' in given)) expect(read({ ...given, label: 'eu' }, files).label).toBe('eu');
  });
});

test.each([
  ['apply', 'from-pr', true],
  ['migrate', 'from-pr', true],
  ['sync', 'from-pr', false],
  ['apply', 'abc.1', false],
])('%s with approved-plan %s asks for the pull request: %s', (command, approvedPlan, asks) => {
  expect(asksForPullRequest(read({ command, 'approved-plan': approvedPlan }))).toBe(asks);
});
