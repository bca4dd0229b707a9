/** GitHub's API: every failure a MigrationError with the next step, what may pass retried in bounds. */
import { getOctokit } from '@actions/github';
import { MigrationError } from '../../errors.ts';
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

/** @throws MigrationError GITHUB_REQUEST. */
export function queryGitHub<T>(access: GitHubAccess, query: string, variables: Parameters): Promise<T> {
  return retrying(access, (octokit, request) => octokit.graphql<T>(query, { ...variables, request }));
}

/**
 * @param route such as `PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}`.
 * @param tries 1 for what must not happen twice.
 * @throws MigrationError GITHUB_REQUEST.
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
  for (let attempt = 1; ; attempt++) {
    try {
      return await send(octokit, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
    } catch (error) {
      const failure = explain(error, access);
      if (!failure.retriable || attempt === tries) throw failure;
      await access.clock.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1), new AbortController().signal);
    }
  }
}

/** The words of GitHub are shown, headers and token never. */
function explain(error: unknown, { apiUrl, permission }: GitHubAccess): MigrationError {
  const { status, name, message } = asFailure(error);
  const fail = (seen: string, hint: string, retriable: boolean) =>
    new MigrationError('GITHUB_REQUEST', `GitHub at ${apiUrl}: ${seen}.`, { hint, retriable });
  if (status === 401) return fail('the token was refused (401)', 'Check github-token.', false);
  const isForbidden = status === 403 || /not accessible|FORBIDDEN/i.test(message);
  if (isForbidden && !/rate limit/i.test(message)) {
    const hint = `Give the job the permission: "permissions:" with "${permission}".`;
    return fail(`the token may not do this (${clipped(message)})`, hint, false);
  }
  if (status === 429 || /rate limit/i.test(message)) {
    return fail('the rate limit is reached', 'Run it again later.', true);
  }
  if (status !== null && status >= 500) return fail(`it answered ${status}`, 'Run it again later.', true);
  if (name === 'GraphqlResponseError') return fail(clipped(message), 'Check repository and pull request.', false);
  if (status !== null) return fail(`it answered ${status} (${clipped(message)})`, 'Check github-api-url.', false);
  return fail('it cannot be reached', 'Check github-api-url, and the proxy of the runner.', true);
}

function asFailure(error: unknown): { status: number | null; name: string; message: string } {
  if (!(error instanceof Error)) return { status: null, name: '', message: '' };
  const { status } = error as { status?: unknown };
  return { status: typeof status === 'number' ? status : null, name: error.name, message: error.message };
}

function clipped(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 200);
}
