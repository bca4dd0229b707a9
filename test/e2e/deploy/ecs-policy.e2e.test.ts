/** The generated policy, judged by AWS's own table of actions and by an evaluator of IAM policies. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectPolicy } from '../../../src/domain/ecs/connect-policy.ts';
import { ecsFacts, NEW, OLD } from '../../domain/ecs/facts.ts';
import { type LocalAws, startLocalAws } from '../../support/aws/local-aws.ts';

interface ActionFacts {
  readonly type: string;
  readonly needs: readonly string[];
}

const policy = connectPolicy(ecsFacts());
let aws: LocalAws;
let table: Readonly<Record<string, readonly ActionFacts[]>>;

beforeAll(async () => {
  aws = await startLocalAws();
  table = await aws.call('local', 'action_table', { prefix: 'kafka-cluster' });
});
afterAll(() => aws?.stop());

const topic = (cluster: string, name: string) => `${cluster.replace(':cluster/', ':topic/')}/${name}`;
const group = (cluster: string, name: string) => `${cluster.replace(':cluster/', ':group/')}/${name}`;
const allowed = async (resource: string): Promise<readonly string[]> => {
  const actions: string[] = [];
  for (const action of Object.keys(table))
    if (await aws.call('local', 'permits', { policy, action, resource }))
      actions.push(action.replace('kafka-cluster:', ''));
  return actions.sort();
};

test('parliament finds no fault: every action exists and stands on a resource of its type', async () => {
  expect(await aws.call('local', 'faults', { policy })).toEqual([]);
});

test('parliament would find one', async () => {
  const wrong = { Effect: 'Allow', Action: ['kafka-cluster:ReadData', 'kafka-cluster:Nothing'], Resource: [NEW] };
  const document = { Version: '2012-10-17', Statement: [wrong] };
  const faults = await aws.call('local', 'faults', { policy: document });
  expect(faults.join()).toMatch(/RESOURCE_MISMATCH|UNKNOWN_ACTION/);
});

test('what AWS says that an action depends on is granted with it', () => {
  const granted = new Set(policy?.Statement.flatMap(({ Action }) => Action));
  const missing = (policy?.Statement ?? []).flatMap(({ Sid, Action }) =>
    Action.flatMap((action) =>
      (table[action] ?? [])
        .flatMap(({ needs }) => needs)
        // AWS names it for consumers that commit: MM2's are assigned their partitions and commit nothing there.
        .filter(
          (needed) =>
            !granted.has(needed) && !(action === 'kafka-cluster:ReadData' && needed === 'kafka-cluster:AlterGroup'),
        )
        .map((needed) => `${Sid}: ${action} needs ${needed}`),
    ),
  );
  expect(missing).toEqual([]);
});

test.each([
  {
    what: 'a topic of the migration on the source',
    resource: topic(OLD, 'orders-eu'),
    may: 'DescribeTopic DescribeTopicDynamicConfiguration ReadData',
  },
  {
    what: 'its copy',
    resource: topic(NEW, 'msksource.orders-eu'),
    may: 'AlterTopic AlterTopicDynamicConfiguration CreateTopic DescribeTopic DescribeTopicDynamicConfiguration WriteData',
  },
  {
    what: 'the checkpoints',
    resource: topic(NEW, 'msksource.checkpoints.internal'),
    may: 'CreateTopic DescribeTopic ReadData WriteData',
  },
  { what: 'a group of the migration', resource: group(OLD, 'billing-eu'), may: 'DescribeGroup' },
  { what: 'the worker’s group', resource: group(NEW, 'connect-msksource-to-mskdest'), may: 'AlterGroup DescribeGroup' },
  { what: 'the source', resource: OLD, may: 'Connect WriteDataIdempotently' },
  { what: 'the target', resource: NEW, may: 'Connect DescribeCluster WriteDataIdempotently' },
  { what: 'a topic of somebody else on the source', resource: topic(OLD, 'salaries'), may: '' },
  { what: 'a topic of somebody else on the target', resource: topic(NEW, 'orders-eu'), may: '' },
  { what: 'a group of the target', resource: group(NEW, 'billing-eu'), may: '' },
  { what: 'another cluster', resource: NEW.replace('/new/', '/other/'), may: '' },
])('on $what: $may', async ({ resource, may }) => {
  expect((await allowed(resource)).join(' ')).toBe(may);
});
