/** deploy/ecs/iam.md against the roles of deploy/ecs/migration.yaml. */
import { describe, expect, test } from 'vitest';
import { ResolvedTemplate } from '../support/aws/cfn-template.ts';
import { rowsAfter } from '../support/aws/iam-tables.ts';
import { readTemplate } from '../support/aws/migration-stack.ts';

const template = readTemplate();
const MADE = Object.fromEntries(
  Object.keys(template.Resources).map((name) => [name, { ref: name, attributes: { Arn: name } }]),
);
/** With all that the template grants on a condition. */
const EVERYTHING = {
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-west-1',
  'AWS::AccountId': '123456789012',
  Auth: 'iam',
  SourceAuth: 'iam',
  SourceClusterArn: 'arn:aws:kafka:eu-west-1:123456789012:cluster/old/1',
  TargetClusterArn: 'arn:aws:kafka:eu-west-1:123456789012:cluster/new/1',
  ConnectSecretArn: 'arn:of:secret',
  SecretKmsKeyArn: 'arn:of:key',
  RepositoryArns: 'arn:of:repository',
  ExecuteCommand: 'true',
};

interface Policy {
  readonly PolicyName: string;
  readonly PolicyDocument: { readonly Statement: readonly { readonly Action: string | readonly string[] }[] };
}

function policiesOf(role: string, parameters: Readonly<Record<string, string>> = {}): readonly Policy[] {
  return new ResolvedTemplate(template, { ...EVERYTHING, ...parameters }, MADE).properties(role).Policies ?? [];
}

function actionsIn(policies: readonly Policy[]): readonly string[] {
  return policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(({ Action }) => Action));
}

function sorted(actions: readonly string[]): readonly string[] {
  return [...new Set(actions)].sort();
}

const ROLES = {
  execution: 'ExecutionRole',
  Connect: 'ConnectTaskRole',
  Prometheus: 'PrometheusTaskRole',
  Grafana: 'GrafanaTaskRole',
};
const ofTasks = rowsAfter('# What the tasks may do, and who makes them');

describe('the table of the roles', () => {
  test('names every role of the template, and no other', () => {
    const inTemplate = Object.entries(template.Resources).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
    expect(inTemplate.map(([name]) => name).sort()).toEqual(Object.values(ROLES).sort());
    expect(new Set(ofTasks.map(({ cells }) => cells[0]))).toEqual(new Set(Object.keys(ROLES)));
  });

  test.each(Object.entries(ROLES))('lists what the %s role may do, all of it and nothing else', (name, role) => {
    const listed = ofTasks.filter(({ cells }) => cells[0] === name).flatMap(({ actions }) => actions);
    const granted = actionsIn(policiesOf(role)).filter((action) => !action.startsWith('kafka-cluster:'));
    expect(sorted(listed)).toEqual(sorted(granted));
    expect(listed).toHaveLength(new Set(listed).size);
  });

  test('says of each right on what it is, and why', () => {
    expect(ofTasks.filter(({ cells }) => cells.length !== 4 || cells.some((cell) => cell === ''))).toEqual([]);
  });
});

test('what is granted on a condition is granted on that condition alone', () => {
  const without = {
    ExecuteCommand: 'false',
    RepositoryArns: '',
    SecretKmsKeyArn: '',
    Auth: 'sasl',
    SourceAuth: 'sasl',
  };
  expect(policiesOf('ConnectTaskRole', without)).toEqual([]);
  expect(sorted(actionsIn(policiesOf('ExecutionRole', without)))).toEqual([
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'secretsmanager:GetSecretValue',
  ]);
});

test.each(['source', 'target'])('the table of Amazon MSK lists what Connect may do on the %s', (side) => {
  const rows = rowsAfter('## On Amazon MSK').filter(({ cells }) => cells[0] === side);
  const granted = actionsIn(policiesOf('ConnectTaskRole').filter(({ PolicyName }) => PolicyName === `msk-${side}`));
  expect(sorted(rows.flatMap(({ actions }) => actions))).toEqual(sorted(granted));
  expect(rows.filter(({ cells }) => cells.at(-1) === '')).toEqual([]);
});

/** Services by the types of resources that they make. */
const SERVICES: Readonly<Record<string, string>> = {
  ECS: 'ecs',
  ServiceDiscovery: 'servicediscovery',
  Logs: 'logs',
  SecretsManager: 'secretsmanager',
  EC2: 'ec2',
  EFS: 'elasticfilesystem',
  IAM: 'iam',
  ApplicationAutoScaling: 'application-autoscaling',
};
/** What those need of others: the stack itself, the zone of a namespace, alarms, the key of a file system. */
const BESIDE = ['cloudformation', 'route53', 'cloudwatch', 'kms'];

test('the role that deploys has rights in every service of the template, and in no other', () => {
  const types = new Set(Object.values(template.Resources).map(({ Type }) => Type.split('::')[1] ?? ''));
  const needed = [...types].map((type) => SERVICES[type] ?? type);
  const listed = rowsAfter('## The role that deploys').flatMap(({ actions }) => actions);
  expect(sorted(listed.map((action) => action.split(':')[0] ?? ''))).toEqual([...needed, ...BESIDE].sort());
  expect(listed).toHaveLength(new Set(listed).size);
});

test('the role that deploys cannot take a boundary away, and makes no role without one', () => {
  const rows = rowsAfter('## The role that deploys');
  const listed = rows.flatMap(({ actions }) => actions);
  for (const action of ['iam:DeleteRolePermissionsBoundary', 'iam:CreatePolicyVersion', 'iam:AttachRolePolicy'])
    expect(listed).not.toContain(action);
  const bounded = rows
    .filter(({ cells }) => cells[1]?.includes('`iam:PermissionsBoundary`'))
    .flatMap((row) => row.actions);
  expect(bounded).toEqual([
    'iam:CreateRole',
    'iam:PutRolePolicy',
    'iam:DeleteRolePolicy',
    'iam:PutRolePermissionsBoundary',
  ]);
});
