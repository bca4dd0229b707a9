/**
 * GitHub on loopback, as far as our calls go: comments by REST and GraphQL in pages of 100, with ETags where they are read
 * by REST, tokens that may only read or not even that, bodies that are too long, and failures on demand.
 */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
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

interface StoredComment {
  readonly id: number;
  readonly number: number;
  body: string;
  readonly ours: boolean;
  editedBy: string | null;
  isMinimized: boolean;
}

export interface FakeGitHub {
  readonly apiUrl: string;
  /** Authorization headers, one a request. */
  readonly authorizations: readonly string[];
  /** `POST /graphql` and the like, one a request. */
  readonly requests: readonly string[];
  /** What was sent with them. */
  readonly bodies: readonly string[];
  /** Bodies of the comments of ours that are there now, oldest first; a folded one with `(minimized) ` before it. */
  ours(number: number): readonly string[];
  /** As another run of ours would, between two requests. */
  addComment(number: number, comment: FakeComment): void;
  /** As a person merges it, by this commit if one is given. */
  merge(number: number, sha?: string): void;
  /** What the token may do with pull requests from now on, as `permissions` of a job say it. */
  grant(pullRequests: PullRequestRight): void;
  /** Answers with these first, in this order; `lost` does the work and then hangs up. */
  failWith(...answers: readonly FakeFailure[]): void;
  /** Called before a request is answered, with its method and path. */
  onRequest(look: (request: string) => void): void;
}

export type FakeFailure =
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'lost'
  | 'pass';

const PAGE = 100;
const OUR_LOGIN = 'github-actions';
const MAX_BODY_CHARS = 65_536;
export const REPOSITORY = 'acme/migration';

/** `none` is a private repository: what a token may not read is refused. */
export type PullRequestRight = 'none' | 'read' | 'write';

export interface FakeGitHubOptions {
  /** False for the token of a fork or of Dependabot. True by default. */
  readonly mayWrite?: boolean;
  /** The only token that is known, all others get 401; by default any is. */
  readonly token?: string;
  /** Speaks https with this certificate, at the paths of GitHub Enterprise Server: `/api/v3` and `/api/graphql`. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

export async function startFakeGitHub(
  pullRequests: readonly FakePullRequest[],
  { mayWrite = true, token, tls }: FakeGitHubOptions = {},
): Promise<FakeGitHub> {
  const comments: StoredComment[] = [];
  // Never given twice, also where comments are deleted.
  let newestId = 0;
  const add = (number: number, { body, ours = true, editedBy }: FakeComment): StoredComment => {
    newestId += 1;
    const comment = { id: newestId, number, body, ours, editedBy: editedBy ?? null, isMinimized: false };
    comments.push(comment);
    return comment;
  };
  for (const { number, comments: given } of pullRequests) for (const comment of given) add(number, comment);

  const authorizations: string[] = [];
  const requests: string[] = [];
  const bodies: string[] = [];
  const failures: FakeFailure[] = [];
  let look: (request: string) => void = () => {};
  const merged = new Map<number, string | null>();
  const world: World = { pullRequests, comments, add, right: mayWrite ? 'write' : 'read', merged };
  const listener: RequestListener = async (request, response) => {
    const text = await textOf(request);
    const path = (request.url ?? '').replace(/^\/api(?:\/v3)?(?=\/)/, '');
    const name = `${request.method} ${path}`;
    authorizations.push(request.headers.authorization ?? '');
    requests.push(name);
    bodies.push(text);
    look(name);
    const failure = failures.shift() ?? 'pass';
    const known = token === undefined || request.headers.authorization === `token ${token}`;
    const seen = request.headers['if-none-match'] ?? null;
    const answer: Answer =
      typeof failure === 'object' ? failure : known ? answerTo(name, text, world, seen) : BAD_CREDENTIALS;
    if (failure === 'lost') {
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.status === 204 || answer.status === 304 ? '' : JSON.stringify(answer.body));
  };
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  // A client that stands still for a while finds its connection as it left it.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    apiUrl: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    authorizations,
    requests,
    bodies,
    ours: (number) =>
      comments
        .filter((comment) => comment.number === number && comment.ours)
        .map(({ body, isMinimized }) => `${isMinimized ? '(minimized) ' : ''}${body}`),
    addComment: (number, comment) => void add(number, comment),
    merge: (number, sha) => void merged.set(number, sha ?? null),
    grant: (granted) => {
      world.right = granted;
    },
    failWith: (...answers) => void failures.push(...answers),
    onRequest: (newLook) => {
      look = newLook;
    },
  };
}

interface World {
  readonly pullRequests: readonly FakePullRequest[];
  readonly comments: StoredComment[];
  right: PullRequestRight;
  /** Merge commits of those that were merged since, by number. */
  readonly merged: ReadonlyMap<number, string | null>;
  add(number: number, comment: FakeComment): StoredComment;
}

type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

const BAD_CREDENTIALS: Answer = { status: 401, body: { message: 'Bad credentials' } };

const FORBIDDEN: Answer = { status: 403, body: { message: 'Resource not accessible by integration' } };

function answerTo(name: string, text: string, world: World, seenTag: string | null): Answer {
  if (name === 'POST /graphql') return { status: 200, body: graphql(JSON.parse(text), world) };
  // Nobody is signed in behind the token of a job.
  if (name === 'GET /user') return FORBIDDEN;
  const list = new RegExp(`^GET /repos/${REPOSITORY}/issues/(\\d+)/comments(?:\\?(.*))?$`).exec(name);
  if (list !== null) {
    return world.right === 'none' ? FORBIDDEN : tagged(restPage(Number(list[1]), list[2] ?? '', world), seenTag);
  }
  const create = new RegExp(`^POST /repos/${REPOSITORY}/issues/(\\d+)/comments$`).exec(name);
  const change = new RegExp(`^(PATCH|DELETE) /repos/${REPOSITORY}/issues/comments/(\\d+)$`).exec(name);
  if (create === null && change === null) return { status: 404, body: { message: 'Not Found' } };
  if (world.right !== 'write') return FORBIDDEN;
  const body = text === '' ? '' : String((JSON.parse(text) as { body?: unknown }).body ?? '');
  if (body.length > MAX_BODY_CHARS) {
    return { status: 422, body: { message: `Body is too long (maximum is ${MAX_BODY_CHARS} characters)` } };
  }
  if (create !== null) return { status: 201, body: restForm(world.add(Number(create[1]), { body })) };
  const index = world.comments.findIndex(({ id, ours }) => id === Number(change?.[2]) && ours);
  const found = world.comments[index];
  if (found === undefined) return { status: 404, body: { message: 'Not Found' } };
  if (change?.[1] === 'DELETE') {
    world.comments.splice(index, 1);
    return { status: 204, body: null };
  }
  Object.assign(found, { body, editedBy: OUR_LOGIN });
  return { status: 200, body: restForm(found) };
}

/** What a reader has seen already is not sent again. */
function tagged(answer: Answer, seenTag: string | null): Answer {
  const etag = `W/"${createHash('sha256').update(JSON.stringify(answer.body)).digest('hex')}"`;
  const headers = { ...answer.headers, etag };
  return seenTag === etag ? { status: 304, body: null, headers } : { ...answer, headers };
}

/** 30 a page by default, 100 at most; `link` names the next one. */
function restPage(number: number, query: string, { comments }: World): Answer {
  const asked = new URLSearchParams(query);
  const size = Math.min(PAGE, Number(asked.get('per_page') ?? 30));
  const page = Number(asked.get('page') ?? 1);
  const all = comments.filter((comment) => comment.number === number);
  const body = all.slice((page - 1) * size, page * size).map(restForm);
  if (page * size >= all.length) return { status: 200, body };
  const next = `/repos/${REPOSITORY}/issues/${number}/comments?per_page=${size}&page=${page + 1}`;
  return { status: 200, body, headers: { link: `<${next}>; rel="next"` } };
}

function restForm({ id, body, number }: StoredComment) {
  return { id, body, html_url: urlOf(id, number) };
}

function urlOf(id: number, number: number): string {
  return `https://github.test/${REPOSITORY}/pull/${number}#issuecomment-${id}`;
}

interface Question {
  readonly query: string;
  readonly variables: {
    readonly owner?: string;
    readonly name?: string;
    readonly sha?: string;
    readonly number?: number;
    readonly after?: string | null;
    readonly id?: string;
  };
}

function graphql({ query, variables }: Question, world: World): unknown {
  if (query.startsWith('mutation')) return minimize(variables.id ?? '', world);
  if (`${variables.owner}/${variables.name}` !== REPOSITORY) {
    const errors = [{ type: 'NOT_FOUND', message: 'Could not resolve to a Repository' }];
    return { data: { repository: null }, errors };
  }
  if (world.right === 'none') {
    const errors = [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }];
    return { data: { repository: { pullRequest: null, object: null } }, errors };
  }
  if (query.includes('associatedPullRequests')) {
    const sha = variables.sha ?? '';
    const isOf = ({ number, commits }: FakePullRequest) => commits.includes(sha) || world.merged.get(number) === sha;
    const found = world.pullRequests.filter(isOf);
    const nodes = found.map((pullRequest) => shortForm(pullRequest, world));
    return { data: { repository: { object: { associatedPullRequests: { nodes } } } } };
  }
  const pullRequest = world.pullRequests.find(({ number }) => number === variables.number);
  if (pullRequest === undefined) return { data: { repository: { pullRequest: null } } };
  if (!query.includes('comments')) return { data: { repository: { pullRequest: shortForm(pullRequest, world) } } };
  return { data: { repository: { pullRequest: { comments: commentPage(pullRequest.number, variables, world) } } } };
}

function shortForm({ number, merged, oid: givenOid }: FakePullRequest, world: World) {
  const isMerged = merged || world.merged.has(number);
  const oid = world.merged.get(number) ?? givenOid;
  return { number, state: isMerged ? 'MERGED' : 'OPEN', mergeCommit: oid === null ? null : { oid } };
}

function commentPage(number: number, { after }: Question['variables'], { comments }: World) {
  const all = comments.filter((comment) => comment.number === number);
  const from = Number(after ?? 0);
  const nodes = all.slice(from, from + PAGE).map(({ id, body, ours, editedBy, isMinimized }) => ({
    id: `node-${id}`,
    databaseId: id,
    url: urlOf(id, number),
    body,
    isMinimized,
    viewerDidAuthor: ours,
    author: { login: ours ? OUR_LOGIN : 'somebody' },
    editor: editedBy === null ? null : { login: editedBy },
  }));
  return { nodes, pageInfo: { hasNextPage: from + PAGE < all.length, endCursor: String(from + PAGE) } };
}

function minimize(nodeId: string, { comments }: World): unknown {
  const found = comments.find(({ id }) => `node-${id}` === nodeId);
  if (found === undefined) return { errors: [{ message: 'Could not resolve to a node' }] };
  found.isMinimized = true;
  return { data: { minimizeComment: { minimizedComment: { isMinimized: true } } } };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
