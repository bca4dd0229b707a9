import { expect, test } from 'vitest';
import { connectPolicy } from '../../../src/domain/ecs/connect-policy.ts';
import { ecsFacts, NEW, OLD } from './facts.ts';

const topic = (cluster: string, name: string) => `${cluster.replace(':cluster/', ':topic/')}/${name}`;
const group = (cluster: string, name: string) => `${cluster.replace(':cluster/', ':group/')}/${name}`;

/** Written down by hand from what MM2's connectors and their worker call, one line a resource. */
const NEEDED: Readonly<Record<string, string>> = {
  [OLD]: 'Connect WriteDataIdempotently',
  [topic(OLD, 'orders*')]: 'DescribeTopic DescribeTopicDynamicConfiguration ReadData',
  [topic(OLD, 'heartbeats')]: 'CreateTopic DescribeTopic DescribeTopicDynamicConfiguration ReadData WriteData',
  [topic(OLD, 'mm2-offset-syncs.mskdest.internal')]: 'CreateTopic DescribeTopic ReadData WriteData',
  [group(OLD, 'billing*')]: 'DescribeGroup',
  [NEW]: 'Connect DescribeCluster WriteDataIdempotently',
  [topic(NEW, 'msksource.orders*')]:
    'AlterTopic AlterTopicDynamicConfiguration CreateTopic DescribeTopic DescribeTopicDynamicConfiguration WriteData',
  [topic(NEW, 'msksource.heartbeats')]:
    'AlterTopic AlterTopicDynamicConfiguration CreateTopic DescribeTopic DescribeTopicDynamicConfiguration WriteData',
  [topic(NEW, 'msksource.checkpoints.internal')]: 'CreateTopic DescribeTopic ReadData WriteData',
  ...Object.fromEntries(
    ['configs', 'offsets', 'status'].map((name) => [
      topic(NEW, `connect-msksource-to-mskdest-${name}`),
      'CreateTopic DescribeTopic DescribeTopicDynamicConfiguration ReadData WriteData',
    ]),
  ),
  [group(NEW, 'connect-msksource-to-mskdest')]: 'AlterGroup DescribeGroup',
};

test('exactly the needed actions are granted, on exactly the resources of the migration', () => {
  const granted = connectPolicy(ecsFacts())?.Statement.flatMap(({ Action, Resource }) =>
    Resource.map((resource) => [
      resource,
      [...Action]
        .map((one) => one.replace('kafka-cluster:', ''))
        .sort()
        .join(' '),
    ]),
  );
  expect(Object.fromEntries(granted ?? [])).toEqual(NEEDED);
});

test('a side that does not sign in by IAM has no statement, and neither side none at all', () => {
  const toMsk = JSON.stringify(connectPolicy(ecsFacts({ sourceClusterArn: null })));
  expect(toMsk).toContain('cluster/new');
  expect(toMsk).not.toContain('/old/');
  expect(connectPolicy(ecsFacts({ sourceClusterArn: null, targetClusterArn: null }))).toBeNull();
});

test('the offset syncs are written where offset-syncs.topic.location says', () => {
  const resources = connectPolicy(ecsFacts({}, { offsetSyncsTopicLocation: 'target' }))?.Statement.flatMap(
    ({ Resource }) => Resource,
  );
  expect(resources?.filter((arn) => arn.includes('offset-syncs'))).toEqual([
    topic(NEW, 'mm2-offset-syncs.msksource.internal'),
  ]);
});
