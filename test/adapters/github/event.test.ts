import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readEvent } from '../../../src/adapters/github/event.ts';

const ENVIRONMENT = { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REPOSITORY: 'acme/migration', GITHUB_SHA: 'abc' };

function withPayload(payload: unknown, more: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'mm2-event-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'event.json');
  writeFileSync(path, typeof payload === 'string' ? payload : JSON.stringify(payload));
  return readEvent({ ...ENVIRONMENT, GITHUB_EVENT_PATH: path, ...more });
}

function pullRequestFrom(repository: string | null) {
  return { pull_request: { number: 7, head: { repo: repository === null ? null : { full_name: repository } } } };
}

describe('a run without secrets', () => {
  test('is a pull request from a fork, also from one that was deleted', async () => {
    const reason = 'a pull request from a fork';
    expect(await withPayload(pullRequestFrom('mallory/migration'))).toMatchObject({ withoutSecrets: reason });
    expect(await withPayload(pullRequestFrom(null))).toMatchObject({ withoutSecrets: reason, pullRequest: 7 });
  });

  test('is one of Dependabot', async () => {
    const event = await withPayload(pullRequestFrom('acme/migration'), { GITHUB_ACTOR: 'dependabot[bot]' });
    expect(event.withoutSecrets).toBe('a pull request of Dependabot');
  });

  test('is no other', async () => {
    expect((await withPayload(pullRequestFrom('acme/migration'))).withoutSecrets).toBeNull();
    const target = { GITHUB_EVENT_NAME: 'pull_request_target' };
    expect((await withPayload(pullRequestFrom('mallory/migration'), target)).withoutSecrets).toBeNull();
    expect((await withPayload({}, { GITHUB_EVENT_NAME: 'push' })).withoutSecrets).toBeNull();
  });
});

test('a payload that is none counts as empty', async () => {
  const push = { GITHUB_EVENT_NAME: 'push' };
  const nothing = {
    name: 'push',
    repository: 'acme/migration',
    sha: 'abc',
    pullRequest: null,
    runUrl: null,
    withoutSecrets: null,
  };
  expect(await withPayload('{"pull_request": {"number": "7"}}', push)).toEqual(nothing);
  expect(await withPayload('not JSON', push)).toEqual(nothing);
  expect(await withPayload('null', push)).toEqual(nothing);
  expect(await readEvent({})).toEqual({ ...nothing, name: '', repository: '', sha: '' });
});
