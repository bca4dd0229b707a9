/** deploy/ecs/migration.yaml against what `generate ecs` writes. */
import { describe, expect, test } from 'vitest';
import { connectPolicy } from '../../src/domain/ecs/connect-policy.ts';
import type { EcsFacts } from '../../src/domain/ecs/ecs-facts.ts';
import { stackParameters } from '../../src/domain/ecs/stack-parameters.ts';
import { taskDefinitions } from '../../src/domain/ecs/task-definitions.ts';
import { ecsFacts, MTLS, PLAINTEXT, SCRAM } from '../domain/ecs/facts.ts';
import { ResolvedTemplate } from '../support/aws/cfn-template.ts';
import { ecsShape } from '../support/aws/ecs-shape.ts';
import { readTemplate } from '../support/aws/migration-stack.ts';

const template = readTemplate();
const PSEUDO = { 'AWS::Region': 'eu-west-1', 'AWS::Partition': 'aws', 'AWS::AccountId': '123456789012' };
const ROLE = { ref: 'role', attributes: { Arn: 'arn:of:role' } };
const MADE = {
  ...Object.fromEntries(
    ['ExecutionRole', 'ConnectTaskRole', 'PrometheusTaskRole', 'GrafanaTaskRole'].map((name) => [name, ROLE]),
  ),
  ConnectLogs: { ref: '/ecs/kafka-connect' },
  PrometheusLogs: { ref: '/ecs/prometheus' },
  GrafanaLogs: { ref: '/ecs/grafana' },
  GrafanaAdmin: { ref: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:grafana-AbCdEf' },
  Storage: { ref: 'fs-0123abcd' },
  PrometheusFiles: { ref: 'fsap-1' },
  GrafanaFiles: { ref: 'fsap-2' },
};

function resolvedBy(facts: EcsFacts): ResolvedTemplate {
  return new ResolvedTemplate(template, { ...PSEUDO, ...Object.fromEntries(stackParameters(facts)) }, MADE);
}

const SIGN_INS = [
  { name: 'iam', facts: ecsFacts() },
  { name: 'sasl', facts: ecsFacts({ auth: 'sasl', targetClusterArn: null }, { target: SCRAM }) },
  { name: 'mtls', facts: ecsFacts({ auth: 'mtls', targetClusterArn: null }, { target: MTLS }) },
  { name: 'no-auth', facts: ecsFacts({ auth: 'no-auth', targetClusterArn: null }, { target: PLAINTEXT }) },
  { name: 'iam, from sasl', facts: ecsFacts({ sourceClusterArn: null }, { source: SCRAM }) },
  { name: 'iam, from mtls', facts: ecsFacts({ sourceClusterArn: null }, { source: MTLS }) },
  { name: 'offset syncs on the target', facts: ecsFacts({}, { offsetSyncsTopicLocation: 'target' }) },
  { name: 'another separator', facts: ecsFacts({}, { separator: '_' }) },
];

describe.each(SIGN_INS)('$name', ({ facts }) => {
  const resolved = resolvedBy(facts);

  test.each(['Connect', 'Prometheus', 'Grafana'])('the task definition of %s is the one that is generated', (name) => {
    const ofStack = ecsShape(resolved.properties(`${name}Task`));
    const generated = taskDefinitions(facts).find(({ family }) => family === ofStack.family);
    expect(generated).toBeDefined();
    // The stack has roles and access points of its own.
    const without = ({ executionRoleArn: _, taskRoleArn: __, volumes, ...task }: typeof ofStack) => ({
      ...task,
      volumes: volumes?.map((volume: { name: string }) => volume.name),
    });
    expect(without(generated)).toEqual(without(ofStack));
  });

  test('the policy of Connect’s task is the one that is generated', () => {
    const grants = (statements: readonly { Action: readonly string[]; Resource: string | readonly string[] }[]) =>
      statements.flatMap(({ Action, Resource }) => [Resource].flat().map((arn) => [arn, Action] as const));
    const ofStack = resolved.properties('ConnectTaskRole').Policies;
    const all = ofStack.flatMap((one: { PolicyDocument: { Statement: never[] } }) => one.PolicyDocument.Statement);
    expect(new Map(grants(all))).toEqual(new Map(grants(connectPolicy(facts)?.Statement ?? [])));
  });

  test('every parameter is one of the template', () => {
    const unknown = [...stackParameters(facts).keys()].filter((name) => !(name in template.Parameters));
    expect(unknown).toEqual([]);
  });
});

describe('a stack is refused before anything is made', () => {
  const needs = (changed: Readonly<Record<string, string>>) =>
    new ResolvedTemplate(template, {
      Auth: 'no-auth',
      SourceAuth: 'no-auth',
      SourceCidr: '10.1.0.0/16',
      TargetUsername: 'mm2',
      ...changed,
    }).refusals();

  test('unless it is complete', () => {
    expect(needs({})).toEqual([]);
    expect(needs({ Auth: 'sasl', SourceAuth: 'mtls', TargetCa: 'true', ConnectSecretArn: 'arn:of:secret' })).toEqual(
      [],
    );
  });

  test.each([
    [{ SourceCidr: '' }, 'SourceSecurityGroupId or SourceCidr is needed'],
    [{ Auth: 'sasl' }, 'Auth sasl needs ConnectSecretArn'],
    [{ Auth: 'mtls' }, 'Auth mtls needs ConnectSecretArn'],
    [{ Auth: 'iam' }, 'Auth iam needs TargetClusterArn'],
    [{ SourceAuth: 'iam' }, 'SourceAuth iam needs SourceClusterArn'],
    [{ SourceAuth: 'sasl' }, 'SourceAuth sasl or mtls needs ConnectSecretArn'],
    [{ SourceAuth: 'mtls' }, 'SourceAuth sasl or mtls needs ConnectSecretArn'],
    [{ TargetCa: 'true' }, 'TargetCa needs ConnectSecretArn'],
  ])('with %j', (changed, words) => {
    expect(needs(changed)).toEqual([expect.stringContaining(words)]);
  });
});

test('what keeps files runs in the subnets that the file system is in, and Connect in all', () => {
  const SubnetIds = 'subnet-1,subnet-2,subnet-3';
  const made = Object.fromEntries(
    Object.keys(template.Resources).map((name) => [name, { ref: name, attributes: { Arn: name } }]),
  );
  const resolved = new ResolvedTemplate(template, { SubnetIds }, made);
  const subnetsOf = (service: string) =>
    resolved.resolve(template.Resources[service]?.Properties?.['NetworkConfiguration'] ?? {});
  const mounted = ['StorageInFirstSubnet', 'StorageInSecondSubnet'].map((name) => resolved.properties(name).SubnetId);
  for (const name of ['Prometheus', 'Grafana'])
    expect(subnetsOf(`${name}Service`)).toMatchObject({ AwsvpcConfiguration: { Subnets: mounted } });
  expect(subnetsOf('ConnectService')).toMatchObject({ AwsvpcConfiguration: { Subnets: SubnetIds.split(',') } });
});

test('each role is bounded where a boundary is given, and only there', () => {
  const PermissionsBoundaryArn = 'arn:aws:iam::123456789012:policy/boundary';
  const boundariesOf = (parameters: Readonly<Record<string, string>>) =>
    Object.entries(template.Resources)
      .filter(([, { Type }]) => Type === 'AWS::IAM::Role')
      .map(([, { Properties }]) => Properties?.['PermissionsBoundary'] ?? null)
      .map((value) => new ResolvedTemplate(template, parameters).resolve([value]));
  expect(boundariesOf({ PermissionsBoundaryArn })).toEqual(Array(4).fill([PermissionsBoundaryArn]));
  expect(boundariesOf({})).toEqual(Array(4).fill([]));
});

test('secrets are named by what the workers and connectors ask for, and never stand in the variables', () => {
  const facts = ecsFacts({ auth: 'mtls' }, { source: SCRAM, target: MTLS });
  const [connect] = taskDefinitions(facts);
  const container = ecsShape(resolvedBy(facts).properties('ConnectTask')).containerDefinitions[0];
  const names = container.secrets.map((one: { name: string }) => one.name);
  expect(names).toEqual(['TARGET_CERTIFICATE', 'TARGET_KEY', 'TARGET_KEY_PASSWORD', 'SOURCE_PASSWORD']);
  expect(JSON.stringify(connect)).not.toContain('CHAIN');
});

test('no role may do anything with a star in its action, and only what knows no resource is on all', () => {
  const resolved = new ResolvedTemplate(
    template,
    {
      ...PSEUDO,
      ExecuteCommand: 'true',
      RepositoryArns: 'arn:aws:ecr:eu-west-1:123456789012:repository/connect',
      ...Object.fromEntries(stackParameters(ecsFacts())),
    },
    { ...MADE, ...Object.fromEntries(['ConnectLogs', 'PrometheusLogs', 'GrafanaLogs'].map((name) => [name, ROLE])) },
  );
  const roles = ['ExecutionRole', 'ConnectTaskRole', 'PrometheusTaskRole', 'GrafanaTaskRole'];
  const statements = roles
    .flatMap((name) => resolved.properties(name).Policies)
    .flatMap((policy: { PolicyDocument: { Statement: { Action: string | string[]; Resource: unknown }[] } }) => {
      return policy.PolicyDocument.Statement;
    });
  expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  const onAll = statements.filter(({ Resource }) => Resource === '*').flatMap(({ Action }) => Action);
  expect(onAll.sort()).toEqual([
    'ecr:GetAuthorizationToken',
    'ssmmessages:CreateControlChannel',
    'ssmmessages:CreateDataChannel',
    'ssmmessages:OpenControlChannel',
    'ssmmessages:OpenDataChannel',
  ]);
});
