/**
 * What a job meets when it signs in to AWS by OIDC: GitHub, which says in a signed token what the job is, and STS, which
 * holds that against the trust policies of the roles. For the stub of configure-aws-credentials.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';

export interface TrustPolicy {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Principal: { readonly Federated: string };
    readonly Action: string;
    readonly Condition: { readonly StringEquals: Readonly<Record<string, string | readonly string[]>> };
  }[];
}

export interface FakeAwsOptions {
  /** Text of the workflow: which job has an environment, and which may ask for a token. */
  readonly workflow: string;
  /** `acme/migration`, or with the ids of both as GitHub writes it for newer repositories. */
  readonly subject: string;
  readonly branch: string;
  /** By the name of the role. */
  readonly roles: Readonly<Record<string, TrustPolicy>>;
  /** Of the session: the variables that the real action leaves behind. */
  readonly session: Readonly<Record<string, string>>;
}

export interface FakeAws {
  /** For the stub. */
  readonly environment: Readonly<Record<string, string>>;
  /** Sessions that were given, oldest first: `role for subject`. */
  readonly sessions: readonly string[];
}

interface Claims {
  readonly aud: string;
  readonly sub: string;
}

const GITHUB = 'token.actions.githubusercontent.com';
const ACCOUNT = '111122223333';

/** Call it inside a test: it ends with it. */
export async function startFakeAws(options: FakeAwsOptions): Promise<FakeAws> {
  const key = randomBytes(32);
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  const sessions: string[] = [];

  const token = (query: URLSearchParams) => {
    const sub = subjectOf(query.get('job') ?? '', options);
    if (sub === null) return { status: 403, body: 'the job has no id-token: write' };
    const claims: Claims = { aud: query.get('audience') ?? '', sub };
    const text = Buffer.from(JSON.stringify(claims)).toString('base64url');
    return { status: 200, body: JSON.stringify({ value: `${text}.${sign(text)}` }) };
  };
  const session = (request: string) => {
    const asked = JSON.parse(request) as { readonly role: string; readonly token: string };
    const [text = '', signature] = asked.token.split('.');
    const claims = JSON.parse(Buffer.from(text, 'base64url').toString()) as Claims;
    const name = asked.role.replace(`arn:aws:iam::${ACCOUNT}:role/`, '');
    const policy = options.roles[name];
    if (policy === undefined || signature !== sign(text) || !trusts(policy, claims)) {
      return { status: 403, body: 'Not authorized to perform sts:AssumeRoleWithWebIdentity' };
    }
    sessions.push(`${name} for ${claims.sub}`);
    return { status: 200, body: JSON.stringify(options.session) };
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '', 'http://127.0.0.1');
    const answer = url.pathname === '/token' ? token(url.searchParams) : session(await textOf(request));
    response.writeHead(answer.status).end(answer.body);
  });
  // A client that stands still for a while finds its connection as it left it.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { environment: { RECIPE_AWS_URL: `http://127.0.0.1:${port}` }, sessions };
}

interface Workflow {
  readonly jobs: Readonly<
    Record<string, { readonly environment?: string; readonly permissions?: Readonly<Record<string, string>> }>
  >;
}

/** GitHub's rule: the environment if the job has one, else the branch. Null where the job may not ask. */
function subjectOf(job: string, { workflow, subject, branch }: FakeAwsOptions): string | null {
  const { environment, permissions = {} } = (parse(workflow) as Workflow).jobs[job] ?? {};
  if (permissions['id-token'] !== 'write') return null;
  return `repo:${subject}:${environment === undefined ? `ref:refs/heads/${branch}` : `environment:${environment}`}`;
}

function trusts({ Statement }: TrustPolicy, claims: Claims): boolean {
  const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}`;
  return Statement.some(({ Effect, Principal, Action, Condition: { StringEquals, ...others } }) => {
    if (Object.keys(others).length > 0)
      throw new Error(`conditions that this STS does not know: ${Object.keys(others)}`);
    const isAsked =
      Effect === 'Allow' && Action === 'sts:AssumeRoleWithWebIdentity' && Principal.Federated === provider;
    const values = new Map(Object.entries(claims).map(([name, value]) => [`${GITHUB}:${name}`, value]));
    const fits = ([name, wanted]: readonly [string, string | readonly string[]]) =>
      [wanted].flat().includes(values.get(name) ?? '');
    // A policy that does not ask for both would trust strangers.
    return isAsked && Object.keys(StringEquals).length === values.size && Object.entries(StringEquals).every(fits);
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
