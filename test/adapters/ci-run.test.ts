import { expect, test } from 'vitest';
import { ciRunOf } from '../../src/adapters/ci-run.ts';

const runOf = (variables: Readonly<Record<string, string>>) => ciRunOf((name) => variables[name]);

test.each([
  [
    'GitHub',
    { GITHUB_RUN_ID: '7', GITHUB_SERVER_URL: 'https://github.test', GITHUB_REPOSITORY: 'acme/x', BUILD_URL: 'no' },
    { id: '7', url: 'https://github.test/acme/x/actions/runs/7' },
  ],
  [
    'GitLab',
    { CI_PIPELINE_ID: '8', CI_PIPELINE_URL: 'https://gitlab.test/8' },
    { id: '8', url: 'https://gitlab.test/8' },
  ],
  [
    'Buildkite',
    { BUILDKITE_BUILD_ID: '9', BUILDKITE_BUILD_URL: 'https://b.test/9' },
    { id: '9', url: 'https://b.test/9' },
  ],
  ['Jenkins', { BUILD_URL: 'https://jenkins.test/10' }, { id: null, url: 'https://jenkins.test/10' }],
  ['a terminal', { GITHUB_RUN_ID: '' }, { id: null, url: null }],
])('%s', (_name, variables, run) => {
  expect(runOf(variables)).toEqual(run);
});
