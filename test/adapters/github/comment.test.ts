import { describe, expect, test } from 'vitest';
import { approvedPlanFromPullRequest } from '../../../src/adapters/github/approved-plan.ts';
import { type CommentWish, commentOnPullRequest } from '../../../src/adapters/github/comment.ts';
import type { GitHubEvent } from '../../../src/adapters/github/event.ts';
import type { Command } from '../../../src/domain/verdicts.ts';
import { failedReport } from '../../../src/report/failed-report.ts';
import { readCommentMarker } from '../../../src/report/markdown/comment-marker.ts';
import { renderComment } from '../../../src/report/markdown/render-comment.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { report } from '../../report/build-report.ts';
import { type FakeComment, type FakeGitHub, startFakeGitHub } from '../../support/fake-github.ts';

const NUMBER = 7;
const SHA = 'a'.repeat(40);
const EVENT: GitHubEvent = {
  name: 'pull_request',
  repository: 'acme/migration',
  sha: SHA,
  pullRequest: NUMBER,
  runUrl: null,
  withoutSecrets: null,
};

const MERGED = report({ command: 'sync', result: 'ok' });
const PLANNED = report({ command: 'plan', result: 'changed', dryRun: true, planHash: 'abc.1' });

/** What a merge leaves that was refused: it cannot know whose reports these were to be. */
const REFUSED = failedReport(null, {
  command: 'report',
  startedAt: '2026-03-01T10:00:00.000Z',
  finishedAt: '2026-03-01T10:00:01.000Z',
  errors: [{ code: 'BAD_INPUT', message: 'reports: expected reports of one source cluster', hint: null }],
});

async function start(...comments: readonly FakeComment[]): Promise<FakeGitHub> {
  return startFakeGitHub([{ number: NUMBER, merged: false, oid: null, commits: [SHA], comments }]);
}

function accessTo({ apiUrl }: FakeGitHub) {
  const clock = { now: () => 0, sleep: async () => {} };
  return { token: 'canary-token', apiUrl, clock, permission: 'pull-requests: write' };
}

interface Said extends Partial<Pick<CommentWish, 'when' | 'mode'>> {
  readonly label?: string;
  /** The input; the report may be of another. */
  readonly command?: Command;
}

function say(github: FakeGitHub, model: ReportModel, said: Said = {}): Promise<string> {
  const { label = 'default', when = 'auto', mode = 'update', command = 'report' } = said;
  const { body } = renderComment(model, { label, runUrl: null, reportJsonExists: true });
  const { result } = model;
  return commentOnPullRequest({
    access: accessTo(github),
    event: EVENT,
    prNumber: '',
    when,
    mode,
    result,
    command,
    body,
  });
}

/** `sync`, with the label where it is another, of each comment of ours. */
function shown(github: FakeGitHub): readonly string[] {
  return github.ours(NUMBER).map((body) => {
    const marker = readCommentMarker(body.replace(/^\(minimized\) /, ''));
    const folded = body.startsWith('(minimized) ') ? 'folded ' : '';
    return `${folded}${marker?.command}${marker?.label === 'default' ? '' : ` ${marker?.label}`}`;
  });
}

describe('a merge that was refused', () => {
  test('is shown until one succeeds, and its comment is gone then', async () => {
    const github = await start();
    await say(github, REFUSED);
    await say(github, REFUSED);
    expect(shown(github)).toEqual(['report']);
    expect(await say(github, MERGED)).toContain('created');
    expect(shown(github)).toEqual(['sync']);
  });

  test('is shown beside the comment of the merge before it, which is kept up to date', async () => {
    const github = await start();
    await say(github, MERGED);
    await say(github, REFUSED);
    expect(shown(github)).toEqual(['sync', 'report']);
    expect(await say(github, MERGED)).toContain('unchanged');
    expect(shown(github)).toEqual(['sync']);
  });

  test('is replaced by a merge that is not ready too, since that says more', async () => {
    const github = await start();
    await say(github, REFUSED);
    await say(github, report({ command: 'check', result: 'not-ready' }));
    expect(shown(github)).toEqual(['check']);
  });

  test('is folded where old comments are folded', async () => {
    const github = await start();
    await say(github, REFUSED, { mode: 'minimize' });
    await say(github, MERGED, { mode: 'minimize' });
    await say(github, MERGED, { mode: 'minimize' });
    expect(shown(github)).toEqual(['folded report', 'sync']);
  });

  test('is gone as well where a good merge has nothing to say', async () => {
    const github = await start();
    await say(github, REFUSED, { when: 'on-failure' });
    expect(await say(github, MERGED, { when: 'on-failure' })).toBe(
      'No comment: the result is ok, and there is none to bring up to date.',
    );
    expect(shown(github)).toEqual([]);
  });
});

describe('comment on-failure', () => {
  const FAILED = report({ command: 'sync', result: 'partial' });

  test('begins with what failed, and says when it no longer does', async () => {
    const github = await start();
    const said = { command: 'sync', when: 'on-failure' } as const;
    expect(await say(github, MERGED, said)).toContain('No comment: the result is ok');
    expect(shown(github)).toEqual([]);
    await say(github, FAILED, said);
    const [failed] = github.ours(NUMBER);
    expect(await say(github, MERGED, said)).toContain('updated');
    expect(shown(github)).toEqual(['sync']);
    expect(github.ours(NUMBER)[0]).not.toBe(failed);
    expect(github.ours(NUMBER)[0]).toBe(
      renderComment(MERGED, { label: 'default', runUrl: null, reportJsonExists: true }).body,
    );
  });
});

describe('what else stands on the pull request', () => {
  test('stays: of another label, of others, and what a run of its own has said', async () => {
    const copied = renderComment(REFUSED, { label: 'default', runUrl: null, reportJsonExists: true }).body;
    const github = await start({ body: copied, ours: false });
    await say(github, REFUSED, { label: 'eu' });
    await say(github, REFUSED);
    await say(github, report({ command: 'sync', result: 'changed' }), { command: 'sync' });
    expect(shown(github)).toEqual(['report eu', 'report', 'sync']);
    await say(github, MERGED);
    expect(shown(github)).toEqual(['report eu', 'sync']);
    expect(github.requests.filter((request) => request.startsWith('DELETE'))).toEqual([
      'DELETE /repos/acme/migration/issues/comments/3',
    ]);
  });

  test('a plan stays, and its hash is the one of the newest plan that was merged', async () => {
    const github = await start();
    const approved = async () => {
      const access = accessTo(github);
      const event = { ...EVENT, name: 'push', pullRequest: null };
      return (await approvedPlanFromPullRequest({ access, event, label: 'default', prNumber: '' })).planHash;
    };
    await say(github, PLANNED);
    await say(github, REFUSED);
    await say(github, MERGED);
    expect(shown(github)).toEqual(['plan', 'sync']);
    await say(github, REFUSED);
    await say(github, { ...PLANNED, planHash: 'abc.2' });
    github.merge(NUMBER, SHA);
    expect(await approved()).toBe('abc.2');
  });

  test('a refused merge alone approves nothing', async () => {
    const github = await start();
    await say(github, REFUSED);
    github.merge(NUMBER, SHA);
    const event = { ...EVENT, name: 'push', pullRequest: null };
    const asking = { access: accessTo(github), event, label: 'default', prNumber: '' };
    await expect(approvedPlanFromPullRequest(asking)).rejects.toMatchObject({ code: 'APPROVAL_MISSING' });
  });
});
