/**
 * The example of the README as it stands, under act and on real listeners: a source with SCRAM, a target with IAM. Only
 * addresses and authorities are those of the bed, and AWS's own action is one that leaves the same behind.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { committedOffsets } from '../../../src/testbed/groups.ts';
import { runAct } from '../../action/act.ts';
import { ownName } from '../../support/names.ts';
import { type ReplicatedOrders, writeReplicatedOrders } from './replicated-orders.ts';
import { accessOf, authority, secureBed, sideInputs } from './secure-run.ts';

const EXAMPLES = join(import.meta.dirname, '../../../examples');
const AWS_ACTION = /^aws-actions\/configure-aws-credentials@[0-9a-f]{40}$/;
const name = ownName('scram-to-iam');
const groupId = `${name}-billing`;

interface Step {
  uses: string;
  id?: string;
  readonly with: Readonly<Record<string, string>>;
}

interface Workflow {
  readonly jobs: { readonly sync: { readonly steps: Step[] } };
}

let orders: ReplicatedOrders;
beforeAll(async () => {
  orders = await writeReplicatedOrders(name, new Map([[groupId, 25n]]));
});

/** As `aws-actions/configure-aws-credentials` ends: variables for the steps after it, the secret ones masked. */
function awsActionFiles(): Readonly<Record<string, string>> {
  const lines = Object.entries(secureBed.iamEnvironment).flatMap(([variable, value]) => [
    ...(variable.includes('REGION') ? [] : [`echo '::add-mask::${value}'`]),
    `echo '${variable}=${value}' >> "$GITHUB_ENV"`,
  ]);
  const action = {
    name: 'Credentials',
    description: 'Leaves them in the environment',
    inputs: { 'role-to-assume': { description: 'A role' }, 'aws-region': { description: 'A region' } },
    runs: { using: 'composite', steps: [{ shell: 'bash', run: lines.join('\n') }] },
  };
  return { 'action.yml': stringify(action) };
}

/** The example's config with the addresses of the bed. */
function config(): string {
  const example = parse(readFileSync(join(EXAMPLES, 'mm2-to-msk.yml'), 'utf8')) as Record<string, unknown>;
  const source = sideInputs('source', 'sasl-scram-512');
  const target = sideInputs('target', 'iam');
  expect(example).toMatchObject({ 'source-auth': source['source-auth'], 'target-auth': target['target-auth'] });
  return stringify({
    ...example,
    'source-bootstrap-servers': source['source-bootstrap-servers'],
    'source-username': source['source-username'],
    'target-bootstrap-servers': target['target-bootstrap-servers'],
    'source-ca': 'certs/bed.pem',
    'target-ca': 'certs/bed.pem',
    ...orders.inputs(groupId),
  });
}

/** The example's workflow with the names that act knows. */
function workflow(): { readonly text: string; readonly awsAction: string; readonly inputs: Step['with'] } {
  const example = parse(readFileSync(join(EXAMPLES, 'workflows/scram-to-iam.yml'), 'utf8')) as Workflow;
  const { steps } = example.jobs.sync;
  const use = steps.find(({ uses }) => uses === 'OWNER/kafka-mm2-migration-action@v1');
  const awsAction = steps.find(({ uses }) => AWS_ACTION.test(uses))?.uses;
  if (use === undefined || awsAction === undefined) throw new Error('the example has other steps');
  Object.assign(use, { uses: 'acme/kafka-mm2@v1', id: 'mm2' });
  return { text: stringify(example), awsAction, inputs: use.with };
}

test('the step has the command, the config and the one secret, and the offsets are in place as IAM’s user commits them', async () => {
  const { text, awsAction, inputs } = workflow();
  expect(Object.keys(inputs)).toEqual(['command', 'config', 'source-password']);
  const { password } = accessOf('sasl-scram-512');
  const run = await runAct({
    workflow: text,
    secrets: { SOURCE_PASSWORD: password ?? '' },
    actions: { [awsAction]: awsActionFiles() },
    files: { '.github/mm2.yml': config(), 'certs/bed.pem': authority.caPem() },
  });
  expect(run.annotations).toEqual([]);
  expect(run).toMatchObject({ outcome: 'success', outputs: { result: 'changed', 'groups-synced': '1' } });
  const committed = await committedOffsets(secureBed.target.address, groupId);
  expect(committed).toMatchObject([{ topic: orders.copy, partition: 0, offset: 25n }]);

  const { AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN = '' } = secureBed.iamEnvironment;
  for (const secret of [password ?? '', AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN]) {
    expect(secret).not.toBe('');
    expect(
      Object.values(run.steps)
        .map(({ log }) => log)
        .join('\n') + run.summary,
    ).not.toContain(secret);
  }
});

test('without the step that signs in to AWS it fails with one line that says to add it', async () => {
  const { text } = workflow();
  const unsigned = parse(text) as Workflow;
  const steps = unsigned.jobs.sync.steps.filter(({ uses }) => !AWS_ACTION.test(uses));
  const run = await runAct({
    workflow: stringify({ ...unsigned, jobs: { sync: { ...unsigned.jobs.sync, steps } } }),
    secrets: { SOURCE_PASSWORD: accessOf('sasl-scram-512').password ?? '' },
    files: {
      '.github/mm2.yml': `${config()}aws-region: eu-central-1\n`,
      'certs/bed.pem': authority.caPem(),
    },
  });
  expect(run).toMatchObject({ outcome: 'failure', outputs: { result: 'failed' } });
  expect(run.annotations).toEqual([expect.objectContaining({ kind: 'error', title: 'KAFKA_AUTHENTICATION' })]);
  expect(run.annotations[0]?.message).toContain('aws-actions/configure-aws-credentials');
  expect(run.annotations[0]?.message).toContain('id-token: write');
});
