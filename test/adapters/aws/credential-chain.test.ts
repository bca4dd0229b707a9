/** Where credentials come from, by Amazon's own chain against loopback services, and what is said when there are none. */
import { expect, it } from 'vitest';
import { type IamTokenOptions, iamTokens } from '../../../src/adapters/aws/iam-tokens.ts';
import { systemClock } from '../../../src/adapters/clock.ts';
import { MigrationError } from '../../../src/errors.ts';
import {
  ACCESS_KEY,
  emptyEnvironment,
  metadataService,
  SECRET,
  SESSION,
  silentService,
  tokenService,
} from './aws-services.ts';

const KEYS = { AWS_ACCESS_KEY_ID: ACCESS_KEY, AWS_SECRET_ACCESS_KEY: SECRET, AWS_SESSION_TOKEN: SESSION };
const ROLE = 'arn:aws:iam::123456789012:role/migrator';
const PROFILE = `[migration]
aws_access_key_id = ${ACCESS_KEY}
aws_secret_access_key = ${SECRET}
aws_session_token = ${SESSION}
`;

/** Below the time of a test; the product's own 20 s are short for a machine that stands still. */
const LOOK_UP_TIMEOUT_MS = 50_000;

function tokens(more: Partial<IamTokenOptions> = {}) {
  const common = { side: 'source', region: 'eu-central-1', clock: systemClock } as const;
  return iamTokens({ ...common, lookUpTimeoutMs: LOOK_UP_TIMEOUT_MS, ...more });
}

async function urlOf(iam: { token(): Promise<string> }): Promise<URL> {
  return new URL(Buffer.from(await iam.token(), 'base64url').toString('utf8'));
}

async function failureOf(more: Partial<IamTokenOptions> = {}): Promise<MigrationError> {
  const error: unknown = await tokens(more)
    .token()
    .then(
      () => new Error('a token'),
      (reason: unknown) => reason,
    );
  if (!(error instanceof MigrationError)) throw error;
  expect(error.code).toBe('KAFKA_AUTHENTICATION');
  expect(error.message).toMatch(/^source-auth iam \(region eu-central-1\): expected AWS credentials \(/);
  const text = `${error.message} ${error.hint} ${error.stack} ${String(error.cause ?? '')}`;
  for (const secret of [ACCESS_KEY, SECRET, SESSION]) expect(text).not.toContain(secret);
  return error;
}

it('signs a connection to the cluster’s region for 15 minutes', async () => {
  emptyEnvironment(KEYS);
  const iam = tokens();
  const url = await urlOf(iam);
  expect(url.host).toBe('kafka.eu-central-1.amazonaws.com');
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    Action: 'kafka-cluster:Connect',
    'X-Amz-Expires': '900',
    'X-Amz-Security-Token': SESSION,
    'X-Amz-Credential': expect.stringMatching(
      /^ASIAEXAMPLE123456789\/\d{8}\/eu-central-1\/kafka-cluster\/aws4_request$/,
    ),
  });
  expect(iam.describe()).toBe('region eu-central-1, credentials from the environment (AWS_ACCESS_KEY_ID)');
});

it('writes whole seconds although the session ends within a fraction of one', async () => {
  const AWS_CREDENTIAL_EXPIRATION = new Date(Date.now() + 600_123).toISOString();
  emptyEnvironment({ ...KEYS, AWS_CREDENTIAL_EXPIRATION });
  expect((await urlOf(tokens())).searchParams.get('X-Amz-Expires')).toBe('900');
});

it('takes a profile, by AWS_PROFILE or by name', async () => {
  const home = emptyEnvironment({ AWS_PROFILE: 'migration' });
  home.file('credentials', PROFILE);
  const iam = tokens();
  expect((await urlOf(iam)).searchParams.get('X-Amz-Security-Token')).toBe(SESSION);
  expect(iam.describe()).toContain('credentials from a profile');
  const named = emptyEnvironment();
  named.file('credentials', PROFILE);
  expect((await urlOf(tokens({ profile: 'migration' }))).searchParams.get('X-Amz-Security-Token')).toBe(SESSION);
});

it('takes a web identity, as a job with id-token has', async () => {
  const home = emptyEnvironment({ AWS_ROLE_ARN: ROLE, AWS_ENDPOINT_URL_STS: await tokenService() });
  process.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = home.file('oidc-token', 'a-jwt');
  const iam = tokens();
  expect((await urlOf(iam)).searchParams.get('X-Amz-Security-Token')).toBe(SESSION);
  expect(iam.describe()).toContain('a role by web identity');
});

it('takes the credentials of a container', async () => {
  emptyEnvironment({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${await metadataService()}/credentials` });
  const iam = tokens();
  expect((await urlOf(iam)).searchParams.get('X-Amz-Security-Token')).toBe(SESSION);
  expect(iam.describe()).toContain('credentials from the container');
});

it('takes the credentials of an instance', async () => {
  const AWS_EC2_METADATA_SERVICE_ENDPOINT = await metadataService();
  emptyEnvironment({ AWS_EC2_METADATA_SERVICE_ENDPOINT, AWS_EC2_METADATA_DISABLED: 'false' });
  expect((await urlOf(tokens())).searchParams.get('X-Amz-Security-Token')).toBe(SESSION);
});

it('says what to do when there are none', async () => {
  emptyEnvironment();
  const { message, hint } = await failureOf();
  expect(message).toContain('seen none.');
  expect(hint).toContain('aws-actions/configure-aws-credentials');
  expect(hint).toContain('id-token: write');
});

it('takes half a pair of keys for none', async () => {
  emptyEnvironment({ AWS_ACCESS_KEY_ID: ACCESS_KEY });
  expect((await failureOf()).message).toContain('seen none.');
});

it.each([
  ['instance', 'AWS_EC2_METADATA_SERVICE_ENDPOINT'],
  ['container', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'],
])('ends although the metadata of the %s never answer', async (_what, variable) => {
  emptyEnvironment({ [variable]: await silentService(), AWS_EC2_METADATA_DISABLED: 'false' });
  const { message, hint } = await failureOf({ lookUpTimeoutMs: 100 });
  expect(message).toContain('seen no answer within 0.1 s.');
  expect(hint).toContain('AWS_EC2_METADATA_DISABLED=true');
});

it('ends by itself where the metadata never answer, before its deadline', async () => {
  const AWS_EC2_METADATA_SERVICE_ENDPOINT = await silentService();
  emptyEnvironment({ AWS_EC2_METADATA_SERVICE_ENDPOINT, AWS_EC2_METADATA_DISABLED: 'false' });
  expect((await failureOf()).hint).toContain('configure-aws-credentials');
});

it('says that a session has ended', async () => {
  emptyEnvironment({ ...KEYS, AWS_CREDENTIAL_EXPIRATION: '2026-01-02T03:04:05Z' });
  const { message, hint } = await failureOf();
  expect(message).toContain('(AWS_ACCESS_KEY_ID) that ended at 2026-01-02T03:04:05.000Z');
  expect(hint).toContain('Sign in again');
});

it.each([
  ['AccessDenied', 'Not authorized to perform sts:AssumeRoleWithWebIdentity', 'trust policy'],
  ['ExpiredTokenException', 'Token expired: current date/time must be before the expiration', 'sign in again'],
  ['InvalidIdentityToken', `No OpenIDConnect provider found; key ${ACCESS_KEY}`, 'trust policy'],
])('says why AWS refused: %s', async (code, words, advice) => {
  const home = emptyEnvironment({
    AWS_ROLE_ARN: ROLE,
    AWS_ENDPOINT_URL_STS: await tokenService({ code, message: words }),
  });
  process.env['AWS_WEB_IDENTITY_TOKEN_FILE'] = home.file('oidc-token', 'a-jwt');
  const { message, hint } = await failureOf();
  expect(message).toContain('seen AWS refused with ');
  expect(message).toContain(words.slice(0, 20));
  expect(hint).toContain(advice);
});

it('names a profile that is not there', async () => {
  emptyEnvironment();
  const { message, hint } = await failureOf({ profile: 'typo' });
  expect(message).toContain('expected AWS credentials (of profile typo, else environment, ');
  expect(hint).toContain('AWS_PROFILE');
});

it('repeats nothing that a credential process printed', async () => {
  const home = emptyEnvironment({ AWS_PROFILE: 'tool' });
  home.file('config', `[profile tool]\ncredential_process = sh -c "echo ${SECRET} >&2; exit 3"\n`);
  expect((await failureOf()).message).toContain('seen none.');
});
