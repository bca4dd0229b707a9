/** The report step, where it comments on the pull request. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/domain/verdicts.ts';
import { reportText } from '../../src/report/json/report-json.ts';
import { commentMarker, readCommentMarker } from '../../src/report/markdown/comment-marker.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { fullReport } from '../report/build-report.ts';
import { type FakeComment, startFakeGitHub } from '../support/fake-github.ts';
import { prepareUse, runStep } from './bundle.ts';

const NUMBER = 7;

interface Given {
  readonly model?: Partial<ReportModel>;
  /** The input. */
  readonly command?: Command;
  readonly comments?: readonly FakeComment[];
  readonly comment?: string;
  readonly mayWrite?: boolean;
  readonly environment?: Readonly<Record<string, string>>;
}

/** A job on an event of the pull request, before its first step. */
async function jobOn(comments: readonly FakeComment[], mayWrite = true) {
  const pullRequest = { number: NUMBER, merged: false, oid: null, commits: ['abc'], comments };
  const github = await startFakeGitHub([pullRequest], { mayWrite });
  const folder = await prepareUse();
  const event = join(folder, 'event.json');
  writeFileSync(
    event,
    JSON.stringify({ pull_request: { number: NUMBER, head: { repo: { full_name: 'acme/migration' } } } }),
  );
  const environment = {
    ACTION_FOLDER: folder,
    INPUT_GITHUB_TOKEN: 'canary-token',
    INPUT_GITHUB_API_URL: github.apiUrl,
    GITHUB_REPOSITORY: 'acme/migration',
    GITHUB_SERVER_URL: 'https://github.test',
    GITHUB_RUN_ID: '42',
    GITHUB_SHA: 'abc',
    GITHUB_EVENT_NAME: 'pull_request',
    GITHUB_EVENT_PATH: event,
  };
  return { github, folder, environment };
}

/** Ends as if the run step had left this report. */
async function reportOn({ model = {}, comment = 'auto', mayWrite = true, environment = {}, ...given }: Given) {
  const { command = 'plan', comments = [] } = given;
  const { github, folder, environment: ofTheJob } = await jobOn(comments, mayWrite);
  const reportJson = join(folder, 'report.json');
  writeFileSync(reportJson, reportText({ ...fullReport(), ...model }));
  const note = {
    command,
    startedAt: '',
    reportJson,
    label: 'eu',
    failOn: 'never',
    comment,
    commentMode: 'update',
  };
  writeFileSync(join(folder, 'run.json'), JSON.stringify(note));
  const step = () => runStep('report', { environment: { ...ofTheJob, ...environment } });
  const first = await step();
  return { first, step, github };
}

describe('report, on a pull request', () => {
  test('comments once, with the summary, the plan-hash and the run', async () => {
    const { first, step, github } = await reportOn({ model: { command: 'plan', planHash: 'abc.1' } });
    expect(first.exitCode).toBe(0);
    expect(first.log).toContain('Comment on pull request #7 created: https://github.test/acme/migration/pull/7');
    const [body = ''] = github.ours(NUMBER);
    expect(readCommentMarker(body)).toEqual({ label: 'eu', command: 'plan', planHash: 'abc.1' });
    expect(body).toContain('[this run](https://github.test/acme/migration/actions/runs/42)');
    expect(body.split('\n')[1]).toBe(first.summary.split('\n')[0]);
    expect((await step()).log).toContain('Comment on pull request #7 unchanged');
    expect(github.ours(NUMBER)).toHaveLength(1);
    expect(first.log.replaceAll('::add-mask::canary-token', '')).not.toContain('canary');
  });

  test('takes the comment of a refused merge away, once a merge succeeds', async () => {
    const refused = commentMarker({ label: 'eu', command: 'report', planHash: null });
    const comments = [{ body: `${refused}\nThe reports are of two clusters.` }];
    const { github } = await reportOn({ command: 'report', model: { command: 'sync' }, comments });
    expect(github.ours(NUMBER).map((body) => readCommentMarker(body)?.command)).toEqual(['sync']);
  });

  test('warns of it before all that else is to be warned of: GitHub shows ten', async () => {
    const findings = Array.from({ length: 14 }, (_, index) => ({
      rule: `rule-${index}`,
      severity: 'warning' as const,
      where: 'connectors/source.json',
      message: 'A warning.',
      hint: 'Do something.',
    }));
    const { first } = await reportOn({ mayWrite: false, model: { findings } });
    const warnings = first.log.split('\n').filter((line) => line.startsWith('::warning'));
    expect(warnings).toHaveLength(10);
    expect(warnings[0]).toContain('pull-requests: write');
    expect(warnings[9]).toContain('more');
  });

  test('warns of a token that may not, and does not fail for it', async () => {
    const { first } = await reportOn({ mayWrite: false });
    expect(first.exitCode).toBe(0);
    expect(first.log).toMatch(/^::warning title=Report::No comment on the pull request: .*pull-requests: write/m);
    expect(first.summary).not.toBe('');
  });

  test.each([
    ['never', {}, 'No comment: comment is never.'],
    ['on-failure', { result: 'changed' }, 'No comment: the result is changed, and there is none to bring up to date.'],
  ] as const)('with comment %s it may be silent', async (comment, model, words) => {
    const { first, github } = await reportOn({ comment, model });
    expect(first.log).toContain(words);
    expect(github.ours(NUMBER)).toEqual([]);
  });

  test('on-failure comments where there is something to do', async () => {
    const { github } = await reportOn({ comment: 'on-failure', model: { result: 'not-ready' } });
    expect(github.ours(NUMBER)).toHaveLength(1);
  });
});

describe('report, on another event', () => {
  const push = { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: '' };

  test('is silent, unless it is to comment always or is told where', async () => {
    expect((await reportOn({ environment: push })).first.log).toContain('No comment: this run is of no pull request');
    expect((await reportOn({ environment: push, comment: 'always' })).github.ours(NUMBER)).toHaveLength(1);
    const named = { ...push, INPUT_PR_NUMBER: '7' };
    expect((await reportOn({ environment: named })).github.ours(NUMBER)).toHaveLength(1);
  });
});

describe('bad input, on a pull request', () => {
  const plan = (label: string) => `${commentMarker({ label, command: 'plan', planHash: `${label}.1` })}\nas reviewed\n`;

  async function badRun(given: Readonly<Record<string, string>>) {
    const comments = ['default', 'eu'].map((label) => ({ body: plan(label) }));
    const { github, environment } = await jobOn(comments);
    const bad = { ...environment, INPUT_COMMAND: 'plan', INPUT_TIMEOUT: 'soon', ...given };
    await runStep('run', { environment: bad });
    return { step: await runStep('report', { environment: bad }), github };
  }

  test('is told in the comment of its own label, whose plan no longer holds', async () => {
    const { step, github } = await badRun({ INPUT_LABEL: 'eu' });
    expect(step.exitCode).toBe(1);
    const [byDefault, eu] = github.ours(NUMBER);
    expect(byDefault).toBe(plan('default'));
    expect(readCommentMarker(eu ?? '')).toEqual({ label: 'eu', command: 'plan', planHash: null });
    expect(eu).toContain('timeout');
  });

  test('is told in no comment where the label is not known', async () => {
    const { step, github } = await badRun({ INPUT_CONFIG: 'not-there.yml' });
    expect(github.ours(NUMBER)).toEqual([plan('default'), plan('eu')]);
    expect(step.summary).toContain('not-there.yml');
  });
});
