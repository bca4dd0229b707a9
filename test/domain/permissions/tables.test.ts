import { expect, test } from 'vitest';
import { ACTION_PERMISSIONS, permissionsOf } from '../../../src/domain/permissions/action-permissions.ts';
import { iamStatements, kafkaAclsLine, type NamedResources } from '../../../src/domain/permissions/grants.ts';
import { iamActions } from '../../../src/domain/permissions/iam-actions.ts';
import { MM2_PERMISSIONS } from '../../../src/domain/permissions/mm2-permissions.ts';
import { RESOURCE_TYPES } from '../../../src/domain/permissions/permission.ts';

const READS = new Set(['READ', 'DESCRIBE', 'DESCRIBE_CONFIGS']);

test('K: the source is only read, and nothing but groups is ever removed', () => {
  const writes = ACTION_PERMISSIONS.filter(({ operation }) => !READS.has(operation));
  expect(writes.map(({ side, resource, operation, commands }) => [side, resource, operation, commands])).toEqual([
    ['target', 'groups', 'DELETE', ['rollback']],
  ]);
});

test('commands that only read ask for READ on no group, since that allows commits', () => {
  for (const command of ['plan', 'check', 'export'] as const) {
    const rights = permissionsOf({ command, compares: true });
    expect(rights.filter(({ resource, operation }) => resource === 'groups' && operation === 'READ')).toEqual([]);
  }
});

test('apply asks for nothing of Kafka, migrate for all that sync and check ask for', () => {
  const keys = (command: 'apply' | 'sync' | 'check' | 'migrate') =>
    new Set(permissionsOf({ command, compares: true }).map((row) => `${row.side} ${row.resource} ${row.operation}`));
  expect(keys('apply')).toEqual(new Set());
  expect(keys('migrate')).toEqual(new Set([...keys('sync'), ...keys('check')]));
});

test('without comparing records no record of a migrated topic is read', () => {
  const reads = permissionsOf({ command: 'plan', compares: false }).filter(
    ({ resource, operation }) => resource.endsWith('-topics') && operation === 'READ',
  );
  expect(reads).toEqual([]);
});

test('every right has its IAM actions', () => {
  const all = [
    ...ACTION_PERMISSIONS.map(({ resource, operation }) => ({ resource, operation })),
    ...MM2_PERMISSIONS.flatMap(({ resource, operations }) => operations.map((operation) => ({ resource, operation }))),
  ];
  for (const { resource, operation } of all) {
    expect(iamActions(RESOURCE_TYPES[resource], operation), `${operation} on ${resource}`).not.toEqual([]);
  }
});

test('a line of kafka-acls quotes what a shell would read more into', () => {
  const line = (principal: string, resource: NamedResources) => kafkaAclsLine('b:9092', principal, resource, ['READ']);
  expect(line('User:alice', { type: 'group', names: ["it's; $(rm)"] })).toBe(
    "kafka-acls --bootstrap-server b:9092 --add --allow-principal User:alice --operation Read --group 'it'\\''s; $(rm)'",
  );
  expect(line('User:CN=a b', { type: 'topic', names: ['orders'], prefixed: true })).toBe(
    "kafka-acls --bootstrap-server b:9092 --add --allow-principal 'User:CN=a b' --operation Read --topic orders --resource-pattern-type prefixed",
  );
  expect(kafkaAclsLine('b:9092', 'User:a', { type: 'cluster', names: [''] }, ['DESCRIBE', 'DESCRIBE_CONFIGS'])).toBe(
    'kafka-acls --bootstrap-server b:9092 --add --allow-principal User:a --operation Describe --operation DescribeConfigs --cluster',
  );
});

test('an IAM policy begins with the connection, and names the actions that each one requires', () => {
  const statements = iamStatements(
    [
      { type: 'topic', name: 'a', operation: 'READ' },
      { type: 'topic', name: 'b', operation: 'READ' },
      { type: 'group', name: 'g', operation: 'DELETE' },
    ],
    ({ type, name }) => `${type}/${name}`,
  );
  expect(statements).toEqual([
    { actions: ['kafka-cluster:Connect'], resources: ['cluster/'] },
    { actions: ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], resources: ['topic/a', 'topic/b'] },
    { actions: ['kafka-cluster:DeleteGroup', 'kafka-cluster:DescribeGroup'], resources: ['group/g'] },
  ]);
});
