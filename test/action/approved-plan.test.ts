/** The first step, where it looks up the plan that was reviewed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { commentMarker } from '../../src/report/markdown/comment-marker.ts';
import { type FakeComment, startFakeGitHub } from '../support/fake-github.ts';
import { prepareUse, runStep } from './bundle.ts';

const SHA = 'c'.repeat(40);
const MARKED = `${commentMarker({ label: 'eu', command: 'plan', planHash: 'abc-1.2' })}\nplan`;

async function prepare(comments: readonly FakeComment[], more: Readonly<Record<string, string>> = {}) {
  const github = await startFakeGitHub([{ number: 3, merged: true, oid: SHA, commits: [SHA], comments }]);
  const environment = {
    INPUT_COMMAND: 'apply',
    INPUT_APPROVED_PLAN: 'from-pr',
    INPUT_LABEL: 'eu',
    INPUT_GITHUB_TOKEN: 'canary-token',
    INPUT_GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: 'acme/migration',
    GITHUB_SHA: SHA,
    GITHUB_EVENT_NAME: 'push',
    ...more,
  };
  return { ...(await runStep('prepare', { environment })), requests: github.authorizations.length };
}

describe('prepare, with approved-plan from-pr', () => {
  test('hands the hash on, and says where it was found', async () => {
    const { exitCode, outputs, log } = await prepare([{ body: MARKED }]);
    expect(exitCode).toBe(0);
    expect(outputs.get('approved-plan')).toBe('abc-1.2');
    expect(log).toContain('Approved: plan abc-1.2 of pull request #3 (https://github.test/acme/migration/pull/3');
    expect(log.replace('::add-mask::canary-token', '')).not.toContain('canary');
  });

  test('finds from-pr and the label in the config file', async () => {
    const path = join(await prepareUse(), 'mm2.yml');
    writeFileSync(path, 'approved-plan: from-pr\nlabel: eu\n');
    const given = { INPUT_CONFIG: path, INPUT_APPROVED_PLAN: '', INPUT_LABEL: '' };
    expect((await prepare([{ body: MARKED }], given)).outputs.get('approved-plan')).toBe('abc-1.2');
  });

  test('fails where there is none, so that nothing is applied', async () => {
    const { exitCode, outputs, log, summary } = await prepare([{ body: 'LGTM' }]);
    expect(exitCode).toBe(1);
    expect(outputs.has('folder')).toBe(false);
    const said = 'expected a comment of ours with the label "eu" on pull request #3, seen none';
    expect(log).toContain(said);
    expect(summary).toContain('expected a comment of ours with the label "eu"');
    expect(log).not.toMatch(/^\s+at /m);
  });

  test('asks GitHub nothing for a command that applies nothing, or with the hash itself', async () => {
    expect((await prepare([], { INPUT_COMMAND: 'plan' })).requests).toBe(0);
    const { requests, outputs } = await prepare([], { INPUT_APPROVED_PLAN: 'abc' });
    expect(requests).toBe(0);
    expect(outputs.get('approved-plan') ?? '').toBe('');
  });
});
