import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readCommandLine } from '../../src/inputs/command-line.ts';
import { GENERATING } from '../../src/inputs/generate-line.ts';
import { parseInputs } from '../../src/inputs/parse-inputs.ts';
import { generateEcs } from '../../src/run/generate-ecs.ts';

const CLUSTER = 'arn:aws:kafka:eu-west-1:123456789012:cluster/new/6e8d5e4c-0000-0000-0000-000000000000-1';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:';
const CONNECT = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/migration/connect:4.3.1-1';
const GIVEN = [
  ...['--source-bootstrap-servers', 'old-1:9096', '--source-auth', 'sasl-scram-512', '--source-username', 'mm2'],
  ...['--target-bootstrap-servers', 'b-1.new.kafka.eu-west-1.amazonaws.com:9098', '--target-auth', 'iam'],
  ...['--topics', 'orders.*,pay[a-z]+', '--connect-image', CONNECT],
  ...['--prometheus-image', 'prom/prometheus:v3.5.0', '--grafana-image', 'grafana/grafana:12.1.0'],
];
const MSK = ['--target-cluster-arn', CLUSTER, `--secret-arn=${SECRET}mm2-AbCdEf`];
const ROLES = [
  ...['--execution-role-arn', 'arn:aws:iam::123456789012:role/execution'],
  ...['--task-role-arn', 'arn:aws:iam::123456789012:role/task'],
  ...['--grafana-secret-arn', `${SECRET}grafana-AbCdEf`],
];
const NETWORK = [
  '--vpc-id=vpc-0a',
  '--subnet-ids=subnet-0a,subnet-0b',
  '--target-security-group-id=sg-0a',
  '--source-cidr=10.1.0.0/16',
];

let out: string;
beforeEach(async () => {
  out = join(await mkdtemp(join(tmpdir(), 'ecs-')), 'files');
});
afterEach(() => rm(join(out, '..'), { recursive: true }));

async function generate(...argv: readonly string[]): Promise<readonly string[]> {
  const context = { environment: () => undefined, readFile: () => ({ error: 'no such file' as const }) };
  const line = readCommandLine(['generate', 'ecs', '--out', out, ...argv], context);
  if (line.kind !== 'generate' || line.ecs === undefined) throw new Error(`read as ${line.kind}`);
  const inputs = parseInputs(line.raw, { ...context, ...GENERATING });
  return generateEcs(inputs, { out, force: line.force, values: line.ecs });
}

async function refusedInputs(...argv: readonly string[]): Promise<readonly string[]> {
  const error = await generate(...argv).catch((thrown: unknown) => thrown);
  const { problems } = error as { problems: readonly { input: string }[] };
  return problems.map(({ input }) => input);
}

test('with roles, it writes three task definitions, the policy and the parameters, and says what is left to do', async () => {
  const lines = await generate(...GIVEN, ...MSK, ...ROLES, ...NETWORK);
  expect((await readdir(out)).sort()).toEqual([
    'connect-task-policy.json',
    'grafana.json',
    'kafka-connect.json',
    'parameters.json',
    'prometheus.json',
  ]);
  expect(lines.filter((line) => !line.startsWith('Wrote '))).toEqual([
    'The secret must have the keys SOURCE_PASSWORD, as JSON.',
    'IAM has no words for the pattern pay[a-z]+: the rights are on msksource.pay*.',
    `Deploy: aws cloudformation deploy --stack-name migration --template-file deploy/ecs/migration.yaml --capabilities CAPABILITY_IAM --parameter-overrides file://${join(out, 'parameters.json')}`,
  ]);
  const task = JSON.parse(await readFile(join(out, 'kafka-connect.json'), 'utf8'));
  expect(task.containerDefinitions[0].secrets).toEqual([
    { name: 'SOURCE_PASSWORD', valueFrom: `${SECRET}mm2-AbCdEf:SOURCE_PASSWORD::` },
  ]);
  const parameters = JSON.parse(await readFile(join(out, 'parameters.json'), 'utf8'));
  expect(parameters).toContain('RepositoryArns=arn:aws:ecr:eu-west-1:123456789012:repository/migration/connect');
});

test('an image may have a tag beside its digest, as the files of the images have it', async () => {
  const image = `${CONNECT}@sha256:${'0a'.repeat(32)}`;
  await generate(
    ...GIVEN.filter((one) => one !== '--connect-image' && one !== CONNECT),
    '--connect-image',
    image,
    ...MSK,
  );
  const parameters = JSON.parse(await readFile(join(out, 'parameters.json'), 'utf8'));
  expect(parameters).toContain(`ConnectImage=${image}`);
  expect(parameters).toContain('RepositoryArns=arn:aws:ecr:eu-west-1:123456789012:repository/migration/connect');
});

test('for the stack, roles are not needed, and what it still asks for is named', async () => {
  const lines = await generate(...GIVEN, ...MSK);
  expect((await readdir(out)).sort()).toEqual(['connect-task-policy.json', 'parameters.json']);
  expect(lines.slice(-2)).toEqual([
    'No task definitions: give --execution-role-arn, --task-role-arn and --grafana-secret-arn for them. The stack needs none.',
    'The stack also needs VpcId, SubnetIds, TargetSecurityGroupId, SourceSecurityGroupId or SourceCidr.',
  ]);
});

test('what is missing is said all at once, and nothing is written', async () => {
  expect(await refusedInputs(...GIVEN, '--task-role-arn', 'arn:aws:iam::123456789012:role/task')).toEqual([
    '--target-cluster-arn',
    '--secret-arn',
    '--execution-role-arn',
    '--grafana-secret-arn',
  ]);
  await expect(readdir(out)).rejects.toThrow('ENOENT');
});

test.each([
  { flags: ['--connect-image', 'connect:latest'], why: 'a tag that moves' },
  { flags: ['--connect-image', 'connect'], why: 'no tag' },
  { flags: ['--target-cluster-arn', 'arn:aws:kafka:eu-west-1:0123456789:cluster/new/x'], why: 'ten digits' },
  { flags: ['--subnet-ids', 'subnet-0a'], why: 'one zone' },
  { flags: ['--task-role-arn'], why: 'nothing' },
])('$flags is refused: $why', async ({ flags }) => {
  expect(await refusedInputs(...flags)).toContain(flags[0]);
});

test('TLS without a client certificate has no scheme in the image', async () => {
  const tls = [
    ...GIVEN.slice(0, 6),
    '--target-bootstrap-servers',
    'new:9094',
    '--target-auth',
    'tls',
    ...GIVEN.slice(10),
  ];
  expect(await refusedInputs(...tls, '--secret-arn', `${SECRET}mm2-AbCdEf`)).toEqual(['target-auth']);
});
