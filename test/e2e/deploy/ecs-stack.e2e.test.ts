/** deploy/ecs/migration.yaml on a local AWS: made, changed, taken away again. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cfnLint } from '../../support/aws/aws-tools.ts';
import { type Answer, type LocalAws, startLocalAws } from '../../support/aws/local-aws.ts';
import { MigrationStack, makeNetwork, type Network, STACK, TEMPLATE_PATH } from '../../support/aws/migration-stack.ts';

const OLD = 'arn:aws:kafka:eu-west-1:123456789012:cluster/old/0a1b2c3d-0000-0000-0000-000000000000-1';
const NEW = 'arn:aws:kafka:eu-west-1:123456789012:cluster/new/6e8d5e4c-0000-0000-0000-000000000000-1';
const CONNECT = '123456789012.dkr.ecr.eu-west-1.amazonaws.com/migration/connect';
const SERVICES = ['kafka-connect', 'prometheus', 'grafana'];

let aws: LocalAws;
let network: Network;
let stack: MigrationStack;

function parameters(changed: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return {
    ConnectImage: `${CONNECT}:4.3.1-1`,
    PrometheusImage: 'prom/prometheus:v3.5.0',
    GrafanaImage: 'grafana/grafana:12.1.0',
    RepositoryArns: 'arn:aws:ecr:eu-west-1:123456789012:repository/migration/connect',
    Brokers: 'b-1.new.kafka.eu-west-1.amazonaws.com:9098',
    Auth: 'iam',
    SourceAuth: 'iam',
    VpcId: network.vpcId,
    SubnetIds: network.subnetIds.join(','),
    TargetSecurityGroupId: network.targetGroup,
    OperatorSecurityGroupId: network.operatorGroup,
    PushSecurityGroupId: network.operatorGroup,
    SourceCidr: '192.168.7.0/24',
    SourceClusterArn: OLD,
    TargetClusterArn: NEW,
    SourceTopicArns: `${OLD.replace(':cluster/', ':topic/')}/orders*`,
    SourceGroupArns: `${OLD.replace(':cluster/', ':group/')}/billing*`,
    TargetTopicArns: `${NEW.replace(':cluster/', ':topic/')}/msksource.orders*`,
    ...changed,
  };
}

beforeAll(async () => {
  aws = await startLocalAws();
  network = await makeNetwork(aws);
  stack = new MigrationStack(aws);
});
afterAll(() => aws?.stop());

test('cfn-lint finds nothing in the template', async () => {
  expect(await cfnLint(TEMPLATE_PATH)).toEqual([]);
});

describe('created', () => {
  beforeAll(async () => {
    expect(await stack.create(parameters())).toBe('CREATE_COMPLETE');
  });

  test('the stack holds every resource that moto’s CloudFormation knows', async () => {
    const { StackResources } = await aws.call('cloudformation', 'describe_stack_resources', { StackName: STACK });
    const types = StackResources.flatMap((one: Answer) => one.ResourceType ?? []);
    const count = (type: string) => types.filter((one: string) => one === type).length;
    expect({
      cluster: count('AWS::ECS::Cluster'),
      services: count('AWS::ECS::Service'),
      tasks: count('AWS::ECS::TaskDefinition'),
      roles: count('AWS::IAM::Role'),
      groups: count('AWS::EC2::SecurityGroup'),
      ingress: count('AWS::EC2::SecurityGroupIngress'),
      logs: count('AWS::Logs::LogGroup'),
      mounts: count('AWS::EFS::MountTarget'),
      accessPoints: count('AWS::EFS::AccessPoint'),
    }).toEqual({
      cluster: 1,
      services: 3,
      tasks: 3,
      roles: 4,
      groups: 4,
      ingress: 10,
      logs: 3,
      mounts: 2,
      accessPoints: 2,
    });
  });

  test('cluster, namespace and names are those that people know', async () => {
    expect((await aws.call('ecs', 'describe_clusters', { clusters: ['migration'] })).clusters[0].status).toBe('ACTIVE');
    const { Namespaces } = await aws.call('servicediscovery', 'list_namespaces');
    expect(Namespaces).toMatchObject([{ Name: 'migration', Type: 'DNS_PRIVATE' }]);
    const { Services } = await aws.call('servicediscovery', 'list_services');
    expect(Services.map((one: Answer) => one.Name).sort()).toEqual(['grafana', 'kafkaconnect', 'prometheus']);
    const { Service } = await aws.call('servicediscovery', 'get_service', { Id: stack.idOf('ConnectDiscovery') });
    expect(Service.DnsConfig).toMatchObject({ RoutingPolicy: 'MULTIVALUE', DnsRecords: [{ Type: 'A', TTL: 10 }] });
  });

  test('services run on Fargate without a public address, each in its group and found by its name', async () => {
    const { services } = await aws.call('ecs', 'describe_services', { cluster: 'migration', services: SERVICES });
    const inner = { 'kafka-connect': 'Connect', prometheus: 'Prometheus', grafana: 'Grafana' };
    for (const service of services) {
      const name = inner[service.serviceName as keyof typeof inner];
      const discovery = { Id: stack.idOf(`${name}Discovery`) };
      const { Service } = await aws.call('servicediscovery', 'get_service', discovery);
      expect(service).toMatchObject({
        status: 'ACTIVE',
        launchType: 'FARGATE',
        platformVersion: '1.4.0',
        desiredCount: 1,
        serviceRegistries: [{ registryArn: Service.Arn }],
        networkConfiguration: {
          awsvpcConfiguration: {
            assignPublicIp: 'DISABLED',
            subnets: network.subnetIds,
            securityGroups: [stack.idOf(`${name}SecurityGroup`)],
          },
        },
      });
    }
    expect(services).toHaveLength(3);
  });

  test('Connect’s task has a health check, its own log group and time to drain, and no secret in its variables', async () => {
    const [container, task] = await taskOf('kafka-connect');
    expect(container).toMatchObject({
      image: `${CONNECT}:4.3.1-1`,
      stopTimeout: 120,
      healthCheck: { command: ['CMD', '/opt/connect/bin/health'] },
      logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/kafka-connect' } },
      linuxParameters: { initProcessEnabled: false },
    });
    expect(container.environment).toEqual([
      { name: 'AUTH', value: 'iam' },
      { name: 'BROKERS', value: 'b-1.new.kafka.eu-west-1.amazonaws.com:9098' },
      { name: 'GROUP', value: 'connect-msksource-to-mskdest' },
      { name: 'KAFKA_HEAP_OPTS', value: '-Xms2g -Xmx2g' },
    ]);
    expect(container.secrets).toEqual([]);
    expect(task).toMatchObject({ cpu: '2048', memory: '4096', networkMode: 'awsvpc' });
    expect(task.executionRoleArn).not.toBe(task.taskRoleArn);
  });

  test.each([
    { family: 'prometheus', path: '/prometheus', access: 'PrometheusFiles' },
    { family: 'grafana', path: '/var/lib/grafana-data', access: 'GrafanaFiles' },
  ])('$family keeps its files beyond its task', async ({ family, path, access }) => {
    const [container, task] = await taskOf(family);
    expect(container.mountPoints).toEqual([{ sourceVolume: 'files', containerPath: path, readOnly: false }]);
    expect(container.healthCheck.command[0]).toBe('CMD');
    expect(task.volumes).toMatchObject([
      {
        efsVolumeConfiguration: {
          fileSystemId: stack.idOf('Storage'),
          transitEncryption: 'ENABLED',
          authorizationConfig: { accessPointId: stack.idOf(access), iam: 'ENABLED' },
        },
      },
    ]);
    const FileSystemId = stack.idOf('Storage');
    const { FileSystems } = await aws.call('efs', 'describe_file_systems', { FileSystemId });
    expect(FileSystems).toMatchObject([{ Encrypted: true, NumberOfMountTargets: 2 }]);
  });

  test('files are reached by an access point of their own, as a user that is not root, and over TLS', async () => {
    const FileSystemId = stack.idOf('Storage');
    const { AccessPoints } = await aws.call('efs', 'describe_access_points', { FileSystemId });
    const seen = AccessPoints.map(({ RootDirectory, PosixUser }: Answer) => [RootDirectory.Path, PosixUser]);
    expect(Object.fromEntries(seen)).toMatchObject({
      '/prometheus': { Uid: 65534, Gid: 65534 },
      '/grafana': { Uid: 472, Gid: 472 },
    });
    const { Policy } = await aws.call('efs', 'describe_file_system_policy', { FileSystemId });
    expect(JSON.parse(Policy).Statement.map(({ Effect, Sid }: Answer) => [Effect, Sid])).toEqual([
      ['Deny', 'OnlyEncrypted'],
      ['Deny', 'OnlyByAccessPoints'],
    ]);
  });

  test('Prometheus has a Pushgateway beside it, in the same task', async () => {
    const [, task] = await taskOf('prometheus');
    expect(task.containerDefinitions.map(({ name, essential }: Answer) => [name, essential])).toEqual([
      ['prometheus', true],
      ['pushgateway', false],
    ]);
  });

  test('Grafana’s first password is made, long, and read from the secret', async () => {
    const secret = await aws.call('secretsmanager', 'get_secret_value', { SecretId: stack.idOf('GrafanaAdmin') });
    expect(JSON.parse(secret.SecretString).GF_SECURITY_ADMIN_PASSWORD).toMatch(/^[A-Za-z0-9]{32}$/);
    const [container] = await taskOf('grafana');
    expect(container.secrets).toEqual([
      { name: 'GF_SECURITY_ADMIN_PASSWORD', valueFrom: `${secret.ARN}:GF_SECURITY_ADMIN_PASSWORD::` },
    ]);
  });

  test('who may reach whom is a short list', async () => {
    expect(await reach()).toEqual([
      'ConnectSecurityGroup -> 0.0.0.0/0:443',
      'ConnectSecurityGroup -> 192.168.7.0/24:9092',
      'ConnectSecurityGroup -> ConnectSecurityGroup:8083',
      'ConnectSecurityGroup -> target:9098',
      'GrafanaSecurityGroup -> 0.0.0.0/0:443',
      'GrafanaSecurityGroup -> PrometheusSecurityGroup:9090',
      'GrafanaSecurityGroup -> StorageSecurityGroup:2049',
      'PrometheusSecurityGroup -> 0.0.0.0/0:443',
      'PrometheusSecurityGroup -> ConnectSecurityGroup:3600',
      'PrometheusSecurityGroup -> StorageSecurityGroup:2049',
      'StorageSecurityGroup -> 127.0.0.1/32:all',
      'into ConnectSecurityGroup: ConnectSecurityGroup:8083',
      'into ConnectSecurityGroup: PrometheusSecurityGroup:3600',
      'into ConnectSecurityGroup: operator:8083',
      'into GrafanaSecurityGroup: operator:3000',
      'into PrometheusSecurityGroup: GrafanaSecurityGroup:9090',
      'into PrometheusSecurityGroup: operator:9090',
      'into PrometheusSecurityGroup: operator:9091',
      'into StorageSecurityGroup: GrafanaSecurityGroup:2049',
      'into StorageSecurityGroup: PrometheusSecurityGroup:2049',
      'into target: ConnectSecurityGroup:9098',
    ]);
  });

  test('roles are taken by tasks of this account alone, and hold what the template says', async () => {
    for (const name of ['ExecutionRole', 'ConnectTaskRole', 'PrometheusTaskRole', 'GrafanaTaskRole']) {
      const { Role } = await aws.call('iam', 'get_role', { RoleName: stack.idOf(name) });
      const trust = await asDocument(Role.AssumeRolePolicyDocument);
      expect(trust.Statement).toEqual([
        {
          Effect: 'Allow',
          Principal: { Service: 'ecs-tasks.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': '123456789012' },
            ArnLike: { 'aws:SourceArn': 'arn:aws:ecs:eu-west-1:123456789012:*' },
          },
        },
      ]);
      const { PolicyNames } = await aws.call('iam', 'list_role_policies', { RoleName: stack.idOf(name) });
      const { AttachedPolicies } = await aws.call('iam', 'list_attached_role_policies', { RoleName: stack.idOf(name) });
      expect(AttachedPolicies).toEqual([]);
      const wanted = stack.resolved().properties(name).Policies;
      expect(PolicyNames).toEqual(wanted.map((one: Answer) => one.PolicyName));
    }
    const policy = { RoleName: stack.idOf('ConnectTaskRole'), PolicyName: 'msk-target' };
    const { PolicyDocument } = await aws.call('iam', 'get_role_policy', policy);
    const [, target] = stack.resolved().properties('ConnectTaskRole').Policies;
    expect(await asDocument(PolicyDocument)).toEqual(target.PolicyDocument);
  });

  test('cputracking keeps the workers at 70 percent, between one and two', async () => {
    const inEcs = { ServiceNamespace: 'ecs' };
    const { ScalableTargets } = await aws.call('application-autoscaling', 'describe_scalable_targets', inEcs);
    expect(ScalableTargets).toMatchObject([
      { ResourceId: 'service/migration/kafka-connect', MinCapacity: 1, MaxCapacity: 2, SuspendedState: frozen(false) },
    ]);
    const { ScalingPolicies } = await aws.call('application-autoscaling', 'describe_scaling_policies', inEcs);
    expect(ScalingPolicies).toMatchObject([
      {
        PolicyName: 'cputracking',
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 70,
          PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
        },
      },
    ]);
  });

  test('logs are kept for 30 days', async () => {
    expect(await retention()).toEqual({ '/ecs/grafana': 30, '/ecs/kafka-connect': 30, '/ecs/prometheus': 30 });
  });
});

describe('updated for the cutover', () => {
  beforeAll(async () => {
    const changed = {
      ConnectImage: `${CONNECT}:4.3.1-2`,
      FreezeScaling: 'true',
      LogRetentionDays: '90',
      SourceCidr: '',
    };
    expect(await stack.update(parameters(changed))).toBe('UPDATE_COMPLETE');
  });

  test('nothing scales any more', async () => {
    const inEcs = { ServiceNamespace: 'ecs' };
    const { ScalableTargets } = await aws.call('application-autoscaling', 'describe_scalable_targets', inEcs);
    expect(ScalableTargets).toMatchObject([{ SuspendedState: frozen(true) }]);
  });

  test('the new image is a new revision, which the service runs', async () => {
    const [container, task] = await taskOf('kafka-connect');
    expect(container.image).toBe(`${CONNECT}:4.3.1-2`);
    const { services } = await aws.call('ecs', 'describe_services', { cluster: 'migration', services: SERVICES });
    const service = services.find((one: Answer) => one.serviceName === 'kafka-connect');
    expect(service.taskDefinition).toBe(task.taskDefinitionArn);
  });

  test('logs are kept longer', async () => {
    expect(Object.values(await retention())).toEqual([90, 90, 90]);
  });
});

test('deleted, it leaves nothing behind', async () => {
  await stack.delete();
  const { clusters } = await aws.call('ecs', 'describe_clusters', { clusters: ['migration'] });
  const { Roles } = await aws.call('iam', 'list_roles');
  const { FileSystems } = await aws.call('efs', 'describe_file_systems');
  const { Namespaces } = await aws.call('servicediscovery', 'list_namespaces');
  const { SecretList } = await aws.call('secretsmanager', 'list_secrets');
  const inEcs = { ServiceNamespace: 'ecs' };
  const { ScalableTargets } = await aws.call('application-autoscaling', 'describe_scalable_targets', inEcs);
  const left = { Roles, FileSystems, Namespaces, SecretList, ScalableTargets, logs: Object.keys(await retention()) };
  expect(Object.entries(left).filter(([, list]) => list.length > 0)).toEqual([]);
  expect(clusters.filter((one: Answer) => one.status === 'ACTIVE')).toEqual([]);
  const { SecurityGroups } = await aws.call('ec2', 'describe_security_groups');
  const names = SecurityGroups.map((one: Answer) => one.GroupName).sort();
  expect(names).toEqual(['default', 'default', 'msk', 'runner']);
});

async function taskOf(family: string): Promise<readonly [Answer, Answer]> {
  const { taskDefinition } = await aws.call('ecs', 'describe_task_definition', { taskDefinition: family });
  return [taskDefinition.containerDefinitions[0], taskDefinition];
}

async function retention(): Promise<Readonly<Record<string, number>>> {
  const { logGroups } = await aws.call('logs', 'describe_log_groups');
  return Object.fromEntries(logGroups.map((one: Answer) => [one.logGroupName, one.retentionInDays]));
}

/** What AWS itself says of the groups' rules, with the names of the template. */
async function reach(): Promise<readonly string[]> {
  const names: Record<string, string> = { [network.targetGroup]: 'target', [network.operatorGroup]: 'operator' };
  for (const name of ['Connect', 'Prometheus', 'Grafana', 'Storage'])
    names[stack.idOf(`${name}SecurityGroup`)] = `${name}SecurityGroup`;
  const { SecurityGroups } = await aws.call('ec2', 'describe_security_groups', { GroupIds: Object.keys(names) });
  const others = (rule: Answer) => [
    ...rule.UserIdGroupPairs.map((one: Answer) => names[one.GroupId]),
    ...rule.IpRanges.map((one: Answer) => one.CidrIp),
  ];
  return SecurityGroups.flatMap(({ GroupId, IpPermissions, IpPermissionsEgress }: Answer) => [
    ...IpPermissions.flatMap((rule: Answer) =>
      others(rule).map((other) => `into ${names[GroupId]}: ${other}:${rule.FromPort}`),
    ),
    ...(GroupId in names && !['target', 'operator'].includes(names[GroupId] ?? '')
      ? IpPermissionsEgress.flatMap((rule: Answer) =>
          others(rule).map((other) => `${names[GroupId]} -> ${other}:${rule.FromPort ?? 'all'}`),
        )
      : []),
  ]).sort();
}

/** moto keeps the policies of CloudFormation as Python shows them. */
async function asDocument(document: Answer): Promise<Answer> {
  return typeof document === 'string' ? aws.call('local', 'literal', { text: document }) : document;
}

function frozen(is: boolean) {
  return { DynamicScalingInSuspended: is, DynamicScalingOutSuspended: is, ScheduledScalingSuspended: is };
}
