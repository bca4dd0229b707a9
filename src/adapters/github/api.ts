/** GitHub's API: every failure a MigrationError with the next step, what may pass retried in bounds. */
import { getOctokit } from '@actions/github';
import { MigrationError, type MigrationErrorOptions } from '../../errors.ts';
import type { Clock } from '../../operations/ports.ts';

export interface GitHubAccess {
  readonly token: string;
  /** REST base; the address of GraphQL follows from it, also on GitHub Enterprise Server. */
  readonly apiUrl: string;
  readonly clock: Clock;
  /** The line that a refused token is missing, e.g. `pull-requests: read`. */
  readonly permission: string;
}

type Octokit = ReturnType<typeof getOctokit>;
type RequestOptions = { readonly signal: AbortSignal };
type Parameters = Readonly<Record<string, unknown>>;

const TRIES = 4;
const FIRST_PAUSE_MS = 1_000;
const REQUEST_TIMEOUT_MS = 30_000;
/** What GitHub asks for at a secondary rate limit that names no time. More is not waited for, nor is it a second time. */
const RATE_PAUSE_MS = 60_000;

/** What GitHub answered, or that it did not. */
export class GitHubError extends MigrationError {
  /** null: there was no answer. */
  readonly status: number | null;
  /** How long GitHub wants to be left alone, having done nothing; null: it has not said no for being asked too often. */
  readonly pauseMs: number | null;

  constructor(message: string, options: MigrationErrorOptions & Pick<GitHubError, 'status' | 'pauseMs'>) {
    super('GITHUB_REQUEST', message, options);
    this.status = options.status;
    this.pauseMs = options.pauseMs;
  }
}

/** @throws GitHubError. */
export function queryGitHub<T>(access: GitHubAccess, query: string, variables: Parameters): Promise<T> {
  return retrying(access, (octokit, request) => octokit.graphql<T>(query, { ...variables, request }));
}

/**
 * @param route such as `PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}`.
 * @param tries 1 for what must not happen twice: then only what a rate limit has refused is sent again.
 * @throws GitHubError.
 */
export function requestGitHub<T>(
  access: GitHubAccess,
  route: string,
  parameters: Parameters,
  tries = TRIES,
): Promise<T> {
  const send = async (octokit: Octokit, request: RequestOptions) => {
    const answer = await octokit.request(route, { ...parameters, request });
    return answer.data as T;
  };
  return retrying(access, send, tries);
}

async function retrying<T>(
  access: GitHubAccess,
  send: (octokit: Octokit, request: RequestOptions) => Promise<T>,
  tries = TRIES,
): Promise<T> {
  const octokit = getOctokit(access.token, { baseUrl: access.apiUrl.replace(/\/+$/, '') });
  let hasWaited = false;
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(octokit, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
    } catch (error) {
      const failure = explain(error, access);
      const { pauseMs } = failure;
      const isLast = pauseMs === null ? attempt >= tries : hasWaited;
      if (!failure.retriable || isLast || (pauseMs ?? 0) > RATE_PAUSE_MS) throw failure;
      hasWaited ||= pauseMs !== null;
      await access.clock.sleep(pauseMs ?? FIRST_PAUSE_MS * 2 ** (attempt - 1), new AbortController().signal);
    }
  }
}

/** The words of GitHub are shown, headers and token never. */
function explain(error: unknown, { apiUrl, permission, clock }: GitHubAccess): GitHubError {
  const { status, name, message, headers } = asFailure(error);
  const fail = (seen: string, hint: string, retriable: boolean, pauseMs: number | null = null) =>
    new GitHubError(`GitHub at ${apiUrl}: ${seen}.`, { hint, retriable, status, pauseMs });
  if (status === 401) return fail('the token was refused (401)', 'Check github-token.', false);
  const isForbidden = status === 403 || /not accessible|FORBIDDEN/i.test(message);
  if (isForbidden && !/rate limit/i.test(message)) {
    const hint = `Give the job the permission: "permissions:" with "${permission}".`;
    return fail(`the token may not do this (${clipped(message)})`, hint, false);
  }
  if (status === 429 || /rate limit/i.test(message)) {
    const pauseMs = pauseOf(headers, clock);
    return fail('the rate limit is reached', `Run it again in ${Math.ceil(pauseMs / 1_000)} s.`, true, pauseMs);
  }
  if (status !== null && status >= 500) return fail(`it answered ${status}`, 'Run it again later.', true);
  if (name === 'GraphqlResponseError') return fail(clipped(message), 'Check repository and pull request.', false);
  if (status !== null) return fail(`it answered ${status} (${clipped(message)})`, 'Check github-api-url.', false);
  return fail('it cannot be reached', 'Check github-api-url, and the proxy of the runner.', true);
}

type Headers = Readonly<Record<string, unknown>>;

interface Failure {
  /** null: nothing came back. */
  readonly status: number | null;
  readonly name: string;
  readonly message: string;
  readonly headers: Headers;
}

/** Octokit gives a request without an answer the status 500. */
function asFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { status: null, name: '', message: '', headers: {} };
  const { status, response, headers } = error as {
    status?: unknown;
    response?: { headers?: Headers };
    headers?: Headers;
  };
  const answered = response !== undefined && typeof status === 'number';
  const told = response?.headers ?? headers ?? {};
  return { status: answered ? status : null, name: error.name, message: error.message, headers: told };
}

/** `retry-after` in seconds; the primary limit instead says when it ends, in seconds since the epoch. */
function pauseOf(headers: Headers, clock: Clock): number {
  const after = Number(headers['retry-after'] ?? Number.NaN);
  if (after >= 0) return after * 1_000;
  const isPrimary = String(headers['x-ratelimit-remaining'] ?? '') === '0';
  const resetAtMs = Number(headers['x-ratelimit-reset'] ?? Number.NaN) * 1_000;
  return isPrimary && resetAtMs > 0 ? Math.max(0, resetAtMs - clock.now()) : RATE_PAUSE_MS;
}

function clipped(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 200);
}
