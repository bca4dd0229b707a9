/** What started the run, from the runner's environment and the payload that it left; both may be anything. */
import { readFile } from 'node:fs/promises';
import type { Repository } from './our-comments.ts';

export interface GitHubEvent {
  /** `pull_request`, `push` … ; empty outside of GitHub. */
  readonly name: string;
  /** `owner/name`. */
  readonly repository: string;
  /** The commit that was checked out; on `pull_request` the merge commit of the try. */
  readonly sha: string;
  /** Of the pull request that the event is about; null for other events. */
  readonly pullRequest: number | null;
  /** Page of the run; null outside of GitHub. */
  readonly runUrl: string | null;
  /**
   * Why such a run is given no secrets: a pull request from a fork, or of Dependabot. null for all others, also for
   * `pull_request_target`, which has them.
   */
  readonly withoutSecrets: string | null;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** null outside of GitHub. */
export function repositoryOf({ repository }: GitHubEvent): Repository | null {
  const [owner = '', name = ''] = repository.split('/');
  return owner === '' || name === '' ? null : { owner, name };
}

/** A payload that is not there or not readable counts as empty. */
export async function readEvent(environment: Environment): Promise<GitHubEvent> {
  const payload = await readPayload(environment['GITHUB_EVENT_PATH'] ?? '');
  const name = environment['GITHUB_EVENT_NAME'] ?? '';
  const repository = environment['GITHUB_REPOSITORY'] ?? '';
  const pullRequest = asObject(payload['pull_request']);
  const number = pullRequest['number'];
  return {
    name,
    repository,
    sha: environment['GITHUB_SHA'] ?? '',
    runUrl: runUrlOf(environment),
    pullRequest: typeof number === 'number' && Number.isSafeInteger(number) ? number : null,
    withoutSecrets: name === 'pull_request' ? reasonForNoSecrets(pullRequest, repository, environment) : null,
  };
}

function runUrlOf(environment: Environment): string | null {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = environment;
  return server && repository && id ? `${server}/${repository}/actions/runs/${id}` : null;
}

function reasonForNoSecrets(
  pullRequest: Readonly<Record<string, unknown>>,
  repository: string,
  environment: Environment,
): string | null {
  if (environment['GITHUB_ACTOR'] === 'dependabot[bot]') return 'a pull request of Dependabot';
  // A fork that was deleted has no repository any more.
  const head = asObject(asObject(pullRequest['head'])['repo'])['full_name'];
  return head === repository ? null : 'a pull request from a fork';
}

async function readPayload(path: string): Promise<Readonly<Record<string, unknown>>> {
  if (path === '') return {};
  try {
    return asObject(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return {};
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
