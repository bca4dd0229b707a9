import { describe, expect, test } from 'vitest';
import { approvedPlanFromPullRequest } from '../../../src/adapters/github/approved-plan.ts';
import type { GitHubEvent } from '../../../src/adapters/github/event.ts';
import { commentMarker } from '../../../src/report/markdown/comment-marker.ts';
import { type FakeComment, type FakePullRequest, startFakeGitHub } from '../../support/fake-github.ts';

const SHA = 'a'.repeat(40);
const PUSH: GitHubEvent = {
  name: 'push',
  repository: 'acme/migration',
  sha: SHA,
  pullRequest: null,
  runUrl: null,
  withoutSecrets: null,
};

function plan(planHash: string | null, label = 'default'): string {
  return `${commentMarker({ label, command: 'plan', planHash })}\n## 2 connectors change\n`;
}

function merged(comments: readonly FakeComment[], more: Partial<FakePullRequest> = {}): FakePullRequest {
  return { number: 7, merged: true, oid: SHA, commits: [SHA], comments, ...more };
}

async function look(
  pullRequests: readonly FakePullRequest[],
  { event = PUSH, label = 'default', prNumber = '', failures = [] as { status: number; body: unknown }[] } = {},
) {
  const github = await startFakeGitHub(pullRequests);
  github.failWith(...failures);
  const pauses: number[] = [];
  const clock = { now: () => 0, sleep: async (ms: number) => void pauses.push(ms) };
  const access = { token: 'canary-token', apiUrl: github.apiUrl, clock, permission: 'pull-requests: read' };
  const outcome = await approvedPlanFromPullRequest({ access, event, label, prNumber }).then(
    (approval) => ({ approval }),
    ({ code, message, hint }) => ({ error: { code, message: String(message).replace(github.apiUrl, 'API'), hint } }),
  );
  return { ...outcome, pauses, authorizations: github.authorizations };
}

async function refusal(...args: Parameters<typeof look>): Promise<string> {
  const outcome = await look(...args);
  if (!('error' in outcome)) throw new Error('expected a refusal');
  expect(JSON.stringify(outcome.error)).not.toContain('canary');
  return `${outcome.error.code}: ${outcome.error.message}`;
}

describe('approved-plan from-pr', () => {
  test('is the hash in our comment on the pull request whose merge made the commit', async () => {
    const { authorizations, ...outcome } = await look([
      merged([{ body: 'LGTM', ours: false }, { body: plan('abc.1') }]),
    ]);
    expect(outcome).toMatchObject({
      approval: {
        planHash: 'abc.1',
        pullRequest: 7,
        commentUrl: 'https://github.test/acme/migration/pull/7#issuecomment-2',
      },
    });
    expect(authorizations).toEqual(['token canary-token', 'token canary-token']);
  });

  test('with the same label, so that environments do not collide', async () => {
    const comments = [{ body: plan('staging-hash', 'staging') }, { body: plan('prod-hash', 'prod eu/1') }];
    expect(await look([merged(comments)], { label: 'prod eu/1' })).toMatchObject({
      approval: { planHash: 'prod-hash' },
    });
    expect(await refusal([merged(comments)])).toBe(
      'APPROVAL_MISSING: approved-plan from-pr: expected a comment of ours with the label "default" on pull request #7, seen none.',
    );
  });

  test('also behind hundreds of other comments', async () => {
    const others = Array.from({ length: 250 }, (_, index) => ({ body: `comment ${index}`, ours: false }));
    expect(await look([merged([...others, { body: plan('far') }])])).toMatchObject({ approval: { planHash: 'far' } });
  });

  test('never from somebody else, who may copy the marker, nor from a quoted one', async () => {
    const copied = [
      { body: plan('forged'), ours: false },
      { body: `> ${plan('quoted')}` },
      { body: `hello\n${plan('second line')}` },
    ];
    expect(await refusal([merged(copied)])).toContain('seen none');
  });

  test('never from a comment of ours that somebody else has edited', async () => {
    expect(await refusal([merged([{ body: plan('forged'), editedBy: 'somebody' }])])).toContain(
      'seen a comment that somebody else has edited',
    );
    expect(await look([merged([{ body: plan('ours'), editedBy: 'github-actions' }])])).toMatchObject({
      approval: { planHash: 'ours' },
    });
  });

  test('refuses a comment without a hash', async () => {
    expect(await refusal([merged([{ body: plan(null) }])])).toContain('seen a comment without one');
  });
});

describe('the pull request', () => {
  test('is the one whose merge commit it is, when several hold the commit', async () => {
    const other = merged([{ body: plan('other') }], { number: 8, oid: 'b'.repeat(40) });
    expect(await look([other, merged([{ body: plan('this') }])])).toMatchObject({ approval: { planHash: 'this' } });
  });

  test('is refused when several could be meant, when none is merged, and when there is none', async () => {
    const rebased = { oid: 'b'.repeat(40) };
    expect(await refusal([merged([], rebased), merged([], { ...rebased, number: 8 })])).toContain('seen #7, #8');
    expect(await refusal([merged([{ body: plan('x') }], { merged: false })])).toContain('seen none');
    expect(await refusal([])).toContain(`expected a merged pull request of commit ${SHA}, seen none`);
  });

  test('may be named by pr-number, if it was merged', async () => {
    const named = merged([{ body: plan('named') }], { number: 12, commits: [] });
    expect(await look([named], { prNumber: '12' })).toMatchObject({ approval: { planHash: 'named' } });
    expect(await refusal([{ ...named, merged: false }], { prNumber: '12' })).toContain('seen #12, which is not merged');
    expect(await refusal([named], { prNumber: '13' })).toContain('seen no #13');
    expect(await refusal([named], { prNumber: '#12' })).toContain('seen another text');
  });

  test('is the event’s own, on an event of a pull request, and must be merged as well', async () => {
    const event = { ...PUSH, name: 'pull_request', pullRequest: 9 };
    const own = merged([{ body: plan('own') }], { number: 9, commits: [] });
    expect(await look([own], { event })).toMatchObject({ approval: { planHash: 'own' } });
    expect(await refusal([{ ...own, merged: false }], { event })).toContain('seen #9, which is not merged');
  });
});

describe('GitHub', () => {
  const good = [merged([{ body: plan('x') }])];

  test('is asked again, in bounds, when it fails or limits', async () => {
    const flaky = [
      { status: 502, body: { message: 'Bad gateway' } },
      { status: 403, body: { message: 'You have exceeded a secondary rate limit' } },
    ];
    expect(await look(good, { failures: flaky })).toMatchObject({
      approval: { planHash: 'x' },
      pauses: [1_000, 60_000],
    });
    const down = Array.from({ length: 4 }, () => ({ status: 500, body: {} }));
    expect(await refusal(good, { failures: down })).toBe('GITHUB_REQUEST: GitHub at API: it answered 500.');
  });

  test('says which permission a token lacks', async () => {
    const failures = [{ status: 403, body: { message: 'Resource not accessible by integration' } }];
    expect(await look(good, { failures })).toMatchObject({
      error: {
        message: 'GitHub at API: the token may not do this (Resource not accessible by integration).',
        hint: 'Give the job the permission: "permissions:" with "pull-requests: read".',
      },
    });
    expect(await refusal(good, { failures: [{ status: 401, body: { message: 'Bad credentials' } }] })).toBe(
      'GITHUB_REQUEST: GitHub at API: the token was refused (401).',
    );
  });

  test('is needed: elsewhere the hash itself is given', async () => {
    expect(await refusal(good, { event: { ...PUSH, repository: '' } })).toContain('expected a run of GitHub Actions');
    expect(await refusal(good, { event: { ...PUSH, repository: 'acme/other' } })).toContain(
      'Could not resolve to a Repository',
    );
  });
});
