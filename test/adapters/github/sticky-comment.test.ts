import { describe, expect, test } from 'vitest';
import { keepComment } from '../../../src/adapters/github/sticky-comment.ts';
import type { CommentMode } from '../../../src/domain/comment-choice.ts';
import { MAX_PLAN_HASH_CHARS } from '../../../src/domain/connectors/plan-hash.ts';
import type { Command } from '../../../src/domain/verdicts.ts';
import { commentMarker, readCommentMarker } from '../../../src/report/markdown/comment-marker.ts';
import { type FakeComment, type FakeGitHub, startFakeGitHub } from '../../support/fake-github.ts';

const NUMBER = 7;

function bodyOf(text: string, label = 'default', command: Command = 'plan'): string {
  return `${commentMarker({ label, command, planHash: null })}\n${text}\n`;
}

async function start(comments: readonly FakeComment[], mayWrite = true): Promise<FakeGitHub> {
  return startFakeGitHub([{ number: NUMBER, merged: false, oid: null, commits: [], comments }], { mayWrite });
}

function keep(github: Pick<FakeGitHub, 'apiUrl'>, body: string, mode: CommentMode = 'update', pauses: number[] = []) {
  const clock = { now: () => 1_000_000, sleep: async (durationMs: number) => void pauses.push(durationMs) };
  const access = { token: 'canary-token', apiUrl: github.apiUrl, clock, permission: 'pull-requests: write' };
  return keepComment({ access, repository: { owner: 'acme', name: 'migration' }, number: NUMBER, mode, body });
}

describe('a comment that is kept', () => {
  test('is created once and updated after', async () => {
    const github = await start([{ body: 'LGTM', ours: false }]);
    expect(await keep(github, bodyOf('first'))).toMatchObject({ done: 'created' });
    const second = await keep(github, bodyOf('second'));
    expect(second).toEqual({ done: 'updated', url: 'https://github.test/acme/migration/pull/7#issuecomment-2' });
    expect(github.ours(NUMBER)).toEqual([bodyOf('second')]);
  });

  test('is found by its marker also where the plan has two hundred connectors', async () => {
    const planHash = 'a'.repeat(MAX_PLAN_HASH_CHARS);
    const marked = (text: string) => `${commentMarker({ label: 'default', command: 'plan', planHash })}\n${text}\n`;
    const github = await start([{ body: marked('first') }]);
    expect(await keep(github, marked('second'))).toMatchObject({ done: 'updated' });
    expect(readCommentMarker(github.ours(NUMBER)[0] ?? '')?.planHash).toBe(planHash);
  });

  test('is left alone when nothing changed', async () => {
    const github = await start([{ body: `${bodyOf('same')}\r\n` }]);
    expect(await keep(github, bodyOf('same'))).toMatchObject({ done: 'unchanged' });
    expect(github.requests).toEqual(['POST /graphql']);
  });

  test('is written anew when somebody else has edited it, even to the same words', async () => {
    const github = await start([{ body: bodyOf('same'), editedBy: 'somebody' }]);
    expect(await keep(github, bodyOf('same'))).toMatchObject({ done: 'updated' });
  });

  test('is found behind hundreds of others, and is never somebody else’s', async () => {
    const others = Array.from({ length: 230 }, () => ({ body: bodyOf('copied marker'), ours: false }));
    const github = await start([...others, { body: bodyOf('ours') }]);
    await keep(github, bodyOf('changed'));
    expect(github.ours(NUMBER)).toEqual([bodyOf('changed')]);
  });

  test('is one for each label and each command', async () => {
    const github = await start([]);
    const bodies = [bodyOf('a', 'eu'), bodyOf('b', 'us'), bodyOf('c', 'eu', 'check')];
    for (const body of bodies) await keep(github, body);
    for (const body of bodies) expect(await keep(github, body)).toMatchObject({ done: 'unchanged' });
    expect(github.ours(NUMBER)).toEqual(bodies);
  });
});

describe('by choice', () => {
  test('the comment before is deleted', async () => {
    const github = await start([{ body: bodyOf('old') }, { body: bodyOf('other', 'eu') }]);
    expect(await keep(github, bodyOf('new'), 'recreate')).toMatchObject({ done: 'created' });
    expect(github.ours(NUMBER)).toEqual([bodyOf('other', 'eu'), bodyOf('new')]);
  });

  test('or folded', async () => {
    const github = await start([{ body: bodyOf('old') }]);
    await keep(github, bodyOf('new'), 'minimize');
    await keep(github, bodyOf('newer'), 'minimize');
    const folded = (text: string) => `(minimized) ${bodyOf(text)}`;
    expect(github.ours(NUMBER)).toEqual([folded('old'), folded('new'), bodyOf('newer')]);
  });
});

describe('two runs at once', () => {
  test('end with one comment, the older one, and each deletes only its own', async () => {
    const github = await start([]);
    let isFirst = true;
    github.onRequest((request) => {
      if (!isFirst || !request.startsWith('POST /repos')) return;
      isFirst = false;
      github.addComment(NUMBER, { body: bodyOf('of the other run') });
    });
    expect(await keep(github, bodyOf('of this run'))).toMatchObject({ done: 'updated' });
    expect(github.ours(NUMBER)).toEqual([bodyOf('of this run')]);
    expect(github.requests.filter((request) => request.startsWith('DELETE'))).toEqual([
      'DELETE /repos/acme/migration/issues/comments/2',
    ]);
  });

  test.each<CommentMode>(['update', 'recreate', 'minimize'])('in earnest, with one before, by %s', async (mode) => {
    const github = await start([{ body: bodyOf('before') }]);
    await Promise.all(Array.from({ length: 4 }, (_, run) => keep(github, bodyOf(`run ${run}`), mode)));
    const shown = github.ours(NUMBER).filter((body) => !body.startsWith('(minimized) '));
    expect(shown).toEqual([expect.stringMatching(/run \d\n$/)]);
  });

  test('in earnest', async () => {
    const github = await start([]);
    await Promise.all(Array.from({ length: 5 }, (_, run) => keep(github, bodyOf(`run ${run}`))));
    expect(github.ours(NUMBER)).toHaveLength(1);
  });
});

describe('GitHub', () => {
  test('that takes a comment and hangs up is not asked to take it twice', async () => {
    const github = await start([]);
    github.failWith('pass', 'pass', 'lost');
    await keep(github, bodyOf('once'));
    expect(github.ours(NUMBER)).toEqual([bodyOf('once')]);
    expect(github.requests.filter((request) => request.startsWith('POST /repos'))).toHaveLength(1);
  });

  const LIMITED = { message: 'You have exceeded a secondary rate limit' };
  const posts = (github: FakeGitHub) => github.requests.filter((request) => request.startsWith('POST /repos'));

  test.each([
    ['as long as it wants', { status: 403, body: LIMITED, headers: { 'retry-after': '17' } }, 17_000],
    ['a minute where it does not say', { status: 429, body: LIMITED }, 60_000],
  ])('that limits is left alone %s', async (_howLong, limited, pauseMs) => {
    const github = await start([]);
    const pauses: number[] = [];
    github.failWith('pass', 'pass', limited);
    expect(await keep(github, bodyOf('x'), 'update', pauses)).toMatchObject({ done: 'created' });
    expect(pauses).toEqual([pauseMs]);
    expect(github.ours(NUMBER)).toEqual([bodyOf('x')]);
  });

  test('that limits again after that is not asked on', async () => {
    const github = await start([]);
    const pauses: number[] = [];
    github.failWith('pass', 'pass', ...Array.from({ length: 20 }, () => ({ status: 403, body: LIMITED })));
    await expect(keep(github, bodyOf('x'), 'update', pauses)).rejects.toMatchObject({ code: 'GITHUB_REQUEST' });
    expect(pauses).toEqual([60_000]);
    expect(posts(github)).toHaveLength(2);
  });

  test('that limits for longer is not waited for', async () => {
    const github = await start([]);
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1900' };
    github.failWith({ status: 403, body: { message: 'API rate limit exceeded' }, headers });
    await expect(keep(github, bodyOf('x'))).rejects.toMatchObject({
      message: `GitHub at ${github.apiUrl}: the rate limit is reached.`,
      hint: 'Run it again in 900 s.',
    });
    expect(github.requests).toHaveLength(1);
  });

  test('that fails before it takes a comment is asked again, after a look whether it is there', async () => {
    const github = await start([]);
    github.failWith('pass', 'pass', { status: 502, body: {} });
    expect(await keep(github, bodyOf('x'))).toMatchObject({ done: 'created' });
    expect(posts(github)).toHaveLength(2);
    expect(github.ours(NUMBER)).toEqual([bodyOf('x')]);
  });

  test('that keeps failing is given up', async () => {
    const github = await start([]);
    const down = { status: 502, body: {} };
    github.failWith('pass', 'pass', down, 'pass', down, 'pass', down);
    await expect(keep(github, bodyOf('x'))).rejects.toMatchObject({ code: 'GITHUB_REQUEST' });
    expect(posts(github)).toHaveLength(3);
  });

  test('that cannot be reached is told from one that fails', async () => {
    await expect(keep({ apiUrl: 'http://127.0.0.1:1' }, bodyOf('x'))).rejects.toMatchObject({
      message: 'GitHub at http://127.0.0.1:1: it cannot be reached.',
      hint: 'Check github-api-url, and the proxy of the runner.',
    });
  });

  test('names the permission that a read-only token lacks', async () => {
    await expect(keep(await start([], false), bodyOf('x'))).rejects.toMatchObject({
      code: 'GITHUB_REQUEST',
      hint: 'Give the job the permission: "permissions:" with "pull-requests: write".',
    });
  });
});
