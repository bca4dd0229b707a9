import { describe, expect, test } from 'vitest';
import { keepComment } from '../../../src/adapters/github/sticky-comment.ts';
import type { CommentMode } from '../../../src/domain/comment-choice.ts';
import type { Command } from '../../../src/domain/verdicts.ts';
import { commentMarker } from '../../../src/report/markdown/comment-marker.ts';
import { type FakeComment, type FakeGitHub, startFakeGitHub } from '../../support/fake-github.ts';

const NUMBER = 7;

function bodyOf(text: string, label = 'default', command: Command = 'plan'): string {
  return `${commentMarker({ label, command, planHash: null })}\n${text}\n`;
}

async function start(comments: readonly FakeComment[], mayWrite = true): Promise<FakeGitHub> {
  return startFakeGitHub([{ number: NUMBER, merged: false, oid: null, commits: [], comments }], { mayWrite });
}

function keep(github: FakeGitHub, body: string, mode: CommentMode = 'update') {
  const clock = { now: () => 0, sleep: async () => {} };
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

  test('names the permission that a read-only token lacks', async () => {
    await expect(keep(await start([], false), bodyOf('x'))).rejects.toMatchObject({
      code: 'GITHUB_REQUEST',
      hint: 'Give the job the permission: "permissions:" with "pull-requests: write".',
    });
  });
});
