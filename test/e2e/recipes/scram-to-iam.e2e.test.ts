/** examples/workflows/scram-to-iam.yml with examples/mm2-to-msk.yml: a source with SCRAM, a target with IAM. */
import { beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { runWithRoles } from './aws-roles.ts';
import { example, exampleWorkflow, type Replacement, replaced } from './example-files.ts';
import { beginWith, committedInJava, groupAt, inPlace } from './groups.ts';
import { bed } from './recipe.ts';

const billing = groupAt('billing', 160, ['orders-0', 'orders-1']);

beforeEach(() => beginWith([billing]));

async function config(...more: readonly Replacement[]): Promise<string> {
  const old = [1, 2, 3].map((number) => `old-${number}.kafka.example.com:9096`);
  const brokers = [1, 2].map((number) => `b-${number}.orders.abc123.c2.kafka.eu-central-1.amazonaws.com:9098`);
  return replaced('examples/mm2-to-msk.yml', await example('mm2-to-msk.yml'), [
    [old.join(','), bed.source.bootstrapServers],
    [brokers.join(','), bed.target.iamBootstrapServers],
    ['run-for: 30m', 'run-for: 3m\ninterval: 1s'],
    ...more,
  ]);
}

test('green: with the command, the config and the one secret', async () => {
  const { run, aws } = await runWithRoles('scram-to-iam', { config: await config() });
  expect(aws.sessions).toEqual(['kafka-migration for repo:acme/migration:environment:kafka-migration-sync']);
  expect(run.job('sync').result).toBe('success');
  expect(run.step('Sync the offsets').outputs).toMatchObject({ result: 'changed', 'groups-synced': '2' });
  expect(await committedInJava('target')).toEqual(inPlace(billing));

  const { jobs } = parse(await exampleWorkflow('scram-to-iam')) as {
    jobs: Record<string, { steps: { name?: string; with: object }[] }>;
  };
  const use = jobs['sync']?.steps.find(({ name }) => name === 'Sync the offsets');
  expect(Object.keys(use?.with ?? {})).toEqual(['command', 'config', 'report-dir', 'source-password']);
});

test('red: without the step that signs in to AWS it says in one line what to add, and commits nothing', async () => {
  const { run } = await runWithRoles('scram-to-iam', {
    // Addresses of MSK tell it; those of the bed do not.
    config: await config(['timeout: 45m', 'timeout: 45m\naws-region: eu-central-1']),
    without: /\n {6}- uses: aws-actions\/[\s\S]*?\n(?=\n {6}- )/,
  });
  expect(run.job('sync').result).toBe('failure');
  const [annotation, ...others] = run.step('Sync the offsets').annotations;
  expect(others).toEqual([]);
  expect(annotation).toMatchObject({ kind: 'error', title: 'KAFKA_AUTHENTICATION' });
  expect(annotation?.message).toMatch(/aws-actions\/configure-aws-credentials.*id-token: write/);
  expect(await committedInJava('target')).toEqual([]);
});
