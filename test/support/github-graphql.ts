/** GitHub's GraphQL API on loopback, as far as our queries go: pages of 100 comments, 401, 403, 5xx and rate limits. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface FakeComment {
  readonly body: string;
  /** True by default. */
  readonly ours?: boolean;
  /** Login of who edited it last; nobody by default. */
  readonly editedBy?: string;
}

export interface FakePullRequest {
  readonly number: number;
  readonly merged: boolean;
  /** Merge commit. */
  readonly oid: string | null;
  /** Commits that GitHub associates with it. */
  readonly commits: readonly string[];
  readonly comments: readonly FakeComment[];
}

export interface FakeGitHub {
  readonly apiUrl: string;
  /** Authorization headers, one a request. */
  readonly authorizations: readonly string[];
  /** Answers with these statuses first, in this order. */
  failWith(...answers: readonly { readonly status: number; readonly body: unknown }[]): void;
}

const PAGE = 100;
const OUR_LOGIN = 'github-actions';

export async function startFakeGitHub(pullRequests: readonly FakePullRequest[]): Promise<FakeGitHub> {
  const authorizations: string[] = [];
  const failures: { status: number; body: unknown }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    request.on('end', () => {
      authorizations.push(request.headers.authorization ?? '');
      const failure = failures.shift();
      const isGraphql = request.method === 'POST' && request.url === '/graphql';
      const body = failure?.body ?? (isGraphql ? answer(JSON.parse(text), pullRequests) : { message: 'Not Found' });
      response.writeHead(failure?.status ?? (isGraphql ? 200 : 404), { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    apiUrl: `http://127.0.0.1:${port}`,
    authorizations,
    failWith: (...answers) => void failures.push(...answers),
  };
}

interface Question {
  readonly query: string;
  readonly variables: { owner: string; name: string; sha?: string; number?: number; after?: string | null };
}

function answer({ query, variables }: Question, pullRequests: readonly FakePullRequest[]): unknown {
  if (`${variables.owner}/${variables.name}` !== 'acme/migration') {
    return {
      data: { repository: null },
      errors: [{ type: 'NOT_FOUND', message: 'Could not resolve to a Repository' }],
    };
  }
  if (query.includes('associatedPullRequests')) {
    const found = pullRequests.filter(({ commits }) => commits.includes(variables.sha ?? ''));
    const nodes = found.map(({ number, merged, oid }) => ({
      number,
      merged,
      mergeCommit: oid === null ? null : { oid },
    }));
    return { data: { repository: { object: { associatedPullRequests: { nodes } } } } };
  }
  const pullRequest = pullRequests.find(({ number }) => number === variables.number);
  if (pullRequest === undefined) {
    return { data: { repository: { pullRequest: null } } };
  }
  const { merged, number } = pullRequest;
  if (!query.includes('comments')) return { data: { repository: { pullRequest: { merged } } } };
  const from = Number(variables.after ?? 0);
  const nodes = pullRequest.comments.slice(from, from + PAGE).map(({ body, ours = true, editedBy }, index) => ({
    url: `https://github.test/acme/migration/pull/${number}#issuecomment-${from + index}`,
    body,
    viewerDidAuthor: ours,
    author: { login: ours ? OUR_LOGIN : 'somebody' },
    editor: editedBy === undefined ? null : { login: editedBy },
  }));
  const hasNextPage = from + PAGE < pullRequest.comments.length;
  const pageInfo = { hasNextPage, endCursor: String(from + PAGE) };
  return { data: { repository: { pullRequest: { comments: { nodes, pageInfo } } } } };
}
