/** What Prometheus and Grafana keep, and who may read it. */
import { describe, expect, test } from 'vitest';
import { taskDefinitions } from '../../src/domain/ecs/task-definitions.ts';
import { ecsFacts } from '../domain/ecs/facts.ts';
import { ResolvedTemplate } from '../support/aws/cfn-template.ts';
import { readTemplate } from '../support/aws/migration-stack.ts';

const template = readTemplate();
const MADE = Object.fromEntries(
  Object.keys(template.Resources).map((name) => [name, { ref: name, attributes: { Arn: name } }]),
);
const stack = new ResolvedTemplate(
  template,
  {
    'AWS::Partition': 'aws',
    'AWS::Region': 'eu-west-1',
    'AWS::AccountId': '123456789012',
    PrometheusImage: 'prometheus:1',
    GrafanaImage: 'grafana:1',
  },
  MADE,
);

const CLIENT = ['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'];

describe('the file system', () => {
  const statements: readonly Record<string, unknown>[] = stack.properties('Storage').FileSystemPolicy.Statement;

  test('grants nothing by itself, so that a role’s own rights decide', () => {
    expect(statements.map(({ Effect }) => Effect)).toEqual(['Deny', 'Deny']);
  });

  test('refuses whoever comes without TLS', () => {
    expect(statements).toContainEqual({
      Sid: 'OnlyEncrypted',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  test('refuses whoever comes without an access point', () => {
    expect(statements).toContainEqual({
      Sid: 'OnlyByAccessPoints',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: [...CLIENT, 'elasticfilesystem:ClientRootAccess'],
      Condition: { Null: { 'elasticfilesystem:AccessPointArn': 'true' } },
    });
  });
});

describe.each([
  { name: 'Prometheus', id: '65534', path: '/prometheus', user: '65534:65534' },
  { name: 'Grafana', id: '472', path: '/grafana', user: '472:0' },
])('$name', ({ name, id, path, user }) => {
  test('has a folder of its own, as a user and group that are not root', () => {
    expect(stack.properties(`${name}Files`)).toEqual({
      FileSystemId: 'Storage',
      PosixUser: { Uid: id, Gid: id },
      RootDirectory: { Path: path, CreationInfo: { OwnerUid: id, OwnerGid: id, Permissions: '0750' } },
    });
  });

  test('may mount and write by that access point, and do nothing else', () => {
    const statements = stack
      .properties(`${name}TaskRole`)
      .Policies.flatMap((policy: { PolicyDocument: { Statement: unknown[] } }) => policy.PolicyDocument.Statement);
    const efs = 'arn:aws:elasticfilesystem:eu-west-1:123456789012';
    expect(statements).toEqual([
      {
        Effect: 'Allow',
        Action: CLIENT,
        Resource: `${efs}:file-system/Storage`,
        Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': `${efs}:access-point/${name}Files` } },
      },
    ]);
  });

  test('mounts it by TLS and IAM, and owns what it finds there', () => {
    const { Volumes, ContainerDefinitions } = stack.properties(`${name}Task`);
    expect(Volumes[0].EFSVolumeConfiguration).toEqual({
      FilesystemId: 'Storage',
      TransitEncryption: 'ENABLED',
      AuthorizationConfig: { AccessPointId: `${name}Files`, IAM: 'ENABLED' },
    });
    expect(ContainerDefinitions[0].User).toBe(user);
    expect(user.split(':')[0]).toBe(id);
  });
});

test('Grafana has time for its first start, which sets up a database on the file system', () => {
  expect(stack.properties('GrafanaTask').ContainerDefinitions[0].HealthCheck.StartPeriod).toBe(300);
});

test('without a file system, task definitions mount none, and write where their image can', () => {
  const { roles } = ecsFacts();
  if (roles === null) throw new Error('no roles');
  const tasks = taskDefinitions(ecsFacts({ roles: { ...roles, fileSystemId: null } }));
  expect(tasks.map(({ family }) => family)).toEqual(['kafka-connect', 'prometheus', 'grafana']);
  expect(tasks.filter((task) => 'volumes' in task)).toEqual([]);
  const containers = tasks.map(({ containerDefinitions }) => (containerDefinitions as Record<string, unknown>[])[0]);
  expect(containers.filter((container) => container !== undefined && 'mountPoints' in container)).toEqual([]);
  expect(containers[1]).toMatchObject({ readonlyRootFilesystem: false });
  expect(containers[2]).toMatchObject({ environment: [{ name: 'GF_PATHS_DATA', value: '/var/lib/grafana' }] });
});
