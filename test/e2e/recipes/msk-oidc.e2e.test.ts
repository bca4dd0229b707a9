/**
 * examples/workflows/msk-oidc.yml with examples/mm2-msk.yml, on listeners that take IAM tokens as those of Amazon MSK. The
 * trust policies are those of examples/aws, for a repository of either form of subject.
 */
import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { example, exampleWorkflow, replaced } from './example-files.ts';
import { type FakeAws, startFakeAws, type TrustPolicy } from './fake-aws.ts';
import { beginWith, committedInJava, groupAt, inPlace } from './groups.ts';
import { bed, openRecipe, type RecipeRun } from './recipe.ts';

const IDS = ['1234567', '7654321'] as const;
const OLD_FORM = 'acme/migration';
const NEW_FORM = `acme@${IDS[0]}/migration@${IDS[1]}`;

async function trustPolicy(name: string): Promise<TrustPolicy> {
  const text = replaced(name, await example(`aws/${name}.json`), [
    ['repo:ORG/REPO:', `repo:${OLD_FORM}:`],
    ['repo:ORG@1234567/REPO@7654321:', `repo:${NEW_FORM}:`],
  ]);
  return JSON.parse(text) as TrustPolicy;
}

async function config(): Promise<string> {
  const servers = (prefix: string) => [1, 2].map((number) => `b-${number}.${prefix}.amazonaws.com:9098`).join(',');
  return replaced('examples/mm2-msk.yml', await example('mm2-msk.yml'), [
    [servers('old.abc123.c2.kafka.eu-west-1'), bed.source.iamBootstrapServers],
    [servers('new.def456.c3.kafka.eu-central-1'), bed.target.iamBootstrapServers],
    ['timeout: 45m', 'timeout: 45m\ninterval: 1s'],
  ]);
}

interface SignIn {
  readonly subject?: string;
  readonly branch?: string;
  readonly session?: Readonly<Record<string, string>>;
  /** False as with jobs that do not ask for `id-token: write`. */
  readonly mayAsk?: boolean;
}

async function runRecipe(signIn: SignIn = {}): Promise<{ readonly run: RecipeRun; readonly aws: FakeAws }> {
  const { subject = OLD_FORM, branch = 'main', session = bed.iamSession, mayAsk = true } = signIn;
  const text = await exampleWorkflow('msk-oidc');
  const workflow = mayAsk ? text : replaced('msk-oidc', text, [['id-token: write', 'id-token: none']]);
  const aws = await startFakeAws({
    workflow,
    subject,
    branch,
    session,
    roles: {
      'kafka-migration-read': await trustPolicy('trust-branch'),
      'kafka-migration': await trustPolicy('trust-environment'),
    },
  });
  const recipe = await openRecipe('msk-oidc', {
    waits: [['run-for: 30m', 'run-for: 20s']],
    files: { '.github/mm2.yml': await config() },
  });
  const run = await recipe.run({ event: 'workflow_dispatch', environment: aws.environment, secrets: NO_SECRETS });
  for (const secret of Object.values(session)) expect(run.log).not.toContain(secret);
  return { run, aws };
}

const NO_SECRETS = { SOURCE_PASSWORD: '', TARGET_PASSWORD: '', CONNECT_PASSWORD: '' };

const billing = groupAt('billing', 150, ['orders-0', 'orders-1']);

beforeEach(() => beginWith([billing]));

test.each([
  ['an older repository', OLD_FORM],
  ['one made since July 2026', NEW_FORM],
])('green: %s gets a role by its branch to read, and one by its environment to commit', async (_, subject) => {
  const { run, aws } = await runRecipe({ subject });
  expect(aws.sessions).toEqual([
    `kafka-migration-read for repo:${subject}:ref:refs/heads/main`,
    `kafka-migration for repo:${subject}:environment:kafka-migration-sync`,
  ]);
  expect(run.step('Plan').outputs).toMatchObject({ result: 'changed', 'offsets-export': '' });
  expect(run.step('Sync the offsets').outputs).toMatchObject({ result: 'changed', 'groups-synced': '2' });
  expect(run.job('sync').result).toBe('success');
  expect(await committedInJava('target')).toEqual(inPlace(billing));
});

test.each([
  ['another branch', { branch: 'try' }, 'Not authorized to perform sts:AssumeRoleWithWebIdentity'],
  ['a job without id-token', { mayAsk: false }, 'Credentials could not be loaded'],
])('red: %s gets no role, and nothing is asked of the clusters', async (_, signIn, message) => {
  const { run, aws } = await runRecipe(signIn);
  expect(aws.sessions).toEqual([]);
  const plan = run.job('plan');
  expect(plan.result).toBe('failure');
  expect(plan.steps.flatMap(({ annotations }) => annotations).map((one) => one.message)).toEqual([
    expect.stringContaining(message),
  ]);
  expect(plan.steps.map(({ name }) => name)).not.toContain('Plan');
  expect(run.jobs.flatMap(({ id, steps }) => (id === 'sync' ? steps : []))).toEqual([]);
  expect(await committedInJava('target')).toEqual([]);
});

test('red: where the session of the role has ended, the step says what it can be, and commits nothing', async () => {
  const session = { ...bed.iamSession, AWS_SESSION_TOKEN: randomBytes(60).toString('base64') };
  const { run } = await runRecipe({ session });
  const plan = run.step('Plan');
  expect(plan.outcome).toBe('failure');
  expect(plan.annotations).toContainEqual(expect.objectContaining({ kind: 'error', title: 'KAFKA_AUTHENTICATION' }));
  expect(plan.summary).toContain('ended');
  expect(await committedInJava('target')).toEqual([]);
});
