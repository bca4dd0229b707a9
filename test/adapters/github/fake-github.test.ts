/** The server that stands in for GitHub, held to what GitHub answers: tests of comments are worth as much as it is. */
import { request } from 'undici';
import { describe, expect, test } from 'vitest';
import { type FakeGitHubOptions, REPOSITORY, startFakeGitHub } from '../../support/fake-github.ts';

const NUMBER = 7;
const COMMENTS = `/repos/${REPOSITORY}/issues/${NUMBER}/comments`;

async function start(count: number, options: FakeGitHubOptions = {}) {
  const comments = Array.from({ length: count }, (_, index) => ({ body: `comment ${index}`, ours: index === 0 }));
  const pullRequest = { number: NUMBER, merged: false, oid: null, commits: [], comments };
  const github = await startFakeGitHub([pullRequest], options);
  const ask = async (method: 'GET' | 'POST' | 'PATCH', path: string, more: { body?: unknown; etag?: string } = {}) => {
    const headers = {
      authorization: 'token of-the-job',
      ...(more.etag === undefined ? {} : { 'if-none-match': more.etag }),
    };
    const body = more.body === undefined ? null : JSON.stringify(more.body);
    const answer = await request(`${github.apiUrl}${path}`, { method, headers, body });
    const text = await answer.body.text();
    return { status: answer.statusCode, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
  };
  return { github, ask };
}

describe('comments by REST', () => {
  test('come in pages of 30, or of 100 at most, each naming the next', async () => {
    const { ask } = await start(150);
    const first = await ask('GET', COMMENTS);
    expect(first.body).toHaveLength(30);
    expect(first.headers['link']).toBe(`<${COMMENTS}?per_page=30&page=2>; rel="next"`);
    expect((await ask('GET', `${COMMENTS}?per_page=500`)).body).toHaveLength(100);
    const last = await ask('GET', `${COMMENTS}?per_page=100&page=2`);
    expect(last.body).toHaveLength(50);
    expect(last.headers['link']).toBeUndefined();
  });

  test('are not sent again while nothing has changed, and are after an edit', async () => {
    const { ask } = await start(2);
    const etag = String((await ask('GET', COMMENTS)).headers['etag']);
    const again = await ask('GET', COMMENTS, { etag });
    expect([again.status, again.body]).toEqual([304, null]);
    await ask('PATCH', `/repos/${REPOSITORY}/issues/comments/1`, { body: { body: 'edited' } });
    const after = await ask('GET', COMMENTS, { etag });
    expect([after.status, after.body[0].body]).toEqual([200, 'edited']);
  });

  test('of two edits at once the one that comes last stays', async () => {
    const { ask, github } = await start(1);
    const edit = (body: string) => ask('PATCH', `/repos/${REPOSITORY}/issues/comments/1`, { body: { body } });
    const answers = await Promise.all(['one', 'two'].map(edit));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(github.ours(NUMBER)).toEqual([JSON.parse(github.bodies.at(-1) ?? '').body]);
  });

  test('end at 65,536 characters', async () => {
    const { ask, github } = await start(0);
    const at = (length: number) => ask('POST', COMMENTS, { body: { body: 'x'.repeat(length) } });
    expect((await at(65_536)).status).toBe(201);
    const refused = await at(65_537);
    expect(refused.status).toBe(422);
    expect(refused.body.message).toBe('Body is too long (maximum is 65536 characters)');
    expect(github.ours(NUMBER)).toHaveLength(1);
  });
});

describe('tokens', () => {
  const refused = { message: 'Resource not accessible by integration' };

  test('one that may only read is refused where it writes', async () => {
    const { ask, github } = await start(1, { mayWrite: false });
    expect((await ask('GET', COMMENTS)).status).toBe(200);
    expect(await ask('POST', COMMENTS, { body: { body: 'x' } })).toMatchObject({ status: 403, body: refused });
    expect(github.ours(NUMBER)).toEqual(['comment 0']);
  });

  test('one without the permission sees no pull request, by REST or GraphQL', async () => {
    const { ask, github } = await start(1);
    github.grant('none');
    expect(await ask('GET', COMMENTS)).toMatchObject({ status: 403, body: refused });
    const [owner, name] = REPOSITORY.split('/');
    const question = { query: 'query { pullRequest }', variables: { owner, name, number: NUMBER } };
    const answer = await ask('POST', '/graphql', { body: question });
    expect(answer.body.errors).toMatchObject([{ type: 'FORBIDDEN', ...refused }]);
  });

  test('the one of a job has no user, and another one is none at all', async () => {
    const { ask } = await start(0, { token: 'of-the-job' });
    expect((await ask('GET', '/user')).status).toBe(403);
    const { ask: askAnother } = await start(0, { token: 'of-another-job' });
    expect((await askAnother('GET', COMMENTS)).status).toBe(401);
  });
});
