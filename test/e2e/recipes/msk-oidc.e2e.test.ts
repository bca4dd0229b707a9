/**
 * examples/workflows/msk-oidc.yml with examples/mm2-msk.yml, on listeners that take IAM tokens as those of Amazon MSK. The
 * trust policies are those of examples/aws, for a repository of either form of subject.
 */
import { randomBytes } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { NEW_FORM, OLD_FORM, runWithRoles, type SignIn } from './aws-roles.ts';
import { example, replaced } from './example-files.ts';
import { beginWith, committedInJava, groupAt, inPlace } from './groups.ts';
import { bed } from './recipe.ts';

async function config(): Promise<string> {
  const servers = (prefix: string) => [1, 2].map((number) => `b-${number}.${prefix}.amazonaws.com:9098`).join(',');
  return replaced('examples/mm2-msk.yml', await example('mm2-msk.yml'), [
    [servers('old.abc123.c2.kafka.eu-west-1'), bed.source.iamBootstrapServers],
    [servers('new.def456.c3.kafka.eu-central-1'), bed.target.iamBootstrapServers],
    ['timeout: 45m', 'timeout: 45m\ninterval: 1s'],
  ]);
}

/** No secret is stored anywhere. */
const NO_SECRETS = { SOURCE_PASSWORD: '', TARGET_PASSWORD: '', CONNECT_PASSWORD: '' };

async function runRecipe(signIn: SignIn) {
  const waits = [['run-for: 30m', 'run-for: 3m']] as const;
  return runWithRoles('msk-oidc', { config: await config(), waits, secrets: NO_SECRETS }, signIn);
}

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
