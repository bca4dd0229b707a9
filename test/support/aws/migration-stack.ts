/**
 * The stack of deploy/ecs on a local AWS. moto's CloudFormation makes what it knows; the rest of the same template is made
 * through the APIs of its services, before the stack where the stack refers to it, and after it where it is the other way:
 * Cloud Map, secrets, scaling, what leaves a security group, all of ECS beyond names, and updates of log groups.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type CfnTemplate, type Created, type JsonMap, parseTemplate, ResolvedTemplate } from './cfn-template.ts';
import { ecsShape } from './ecs-shape.ts';
import type { Answer, LocalAws } from './local-aws.ts';

export const TEMPLATE_PATH = fileURLToPath(new URL('../../../deploy/ecs/migration.yaml', import.meta.url));
export const STACK = 'migration';
export const ACCOUNT = '123456789012';
export const REGION = 'eu-west-1';
const PSEUDO = {
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
  'AWS::Partition': 'aws',
  'AWS::StackName': STACK,
};

/** Types that moto's CloudFormation leaves out of a stack without a word. */
const BEFORE = /^AWS::(ServiceDiscovery|SecretsManager)::/;
const AFTER = /^AWS::(ApplicationAutoScaling::|EC2::SecurityGroupEgress$)/;

export function readTemplate(): CfnTemplate {
  return parseTemplate(readFileSync(TEMPLATE_PATH, 'utf8'));
}

export interface Network {
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly targetGroup: string;
  readonly operatorGroup: string;
}

/** What is there before the stack: a VPC with two private subnets, the brokers' security group, the runner's. */
export async function makeNetwork(aws: LocalAws): Promise<Network> {
  const vpc = await aws.call('ec2', 'create_vpc', { CidrBlock: '10.0.0.0/16' });
  const vpcId: string = vpc.Vpc.VpcId;
  const subnets = ['a', 'b'].map((zone, index) =>
    aws.call('ec2', 'create_subnet', {
      VpcId: vpcId,
      CidrBlock: `10.0.${index}.0/24`,
      AvailabilityZone: `${REGION}${zone}`,
    }),
  );
  const group = async (name: string) =>
    (await aws.call('ec2', 'create_security_group', { GroupName: name, Description: name, VpcId: vpcId })).GroupId;
  return {
    vpcId,
    subnetIds: (await Promise.all(subnets)).map(({ Subnet }) => Subnet.SubnetId),
    targetGroup: await group('msk'),
    operatorGroup: await group('runner'),
  };
}

export class MigrationStack {
  readonly #aws: LocalAws;
  readonly template = readTemplate();
  #parameters: Readonly<Record<string, string>> = {};
  /** Made through the APIs of their services. */
  readonly #madeBefore: Record<string, Created> = {};
  #inStack: Readonly<Record<string, Created>> = {};

  constructor(aws: LocalAws) {
    this.#aws = aws;
  }

  async create(parameters: Readonly<Record<string, string>>): Promise<string> {
    this.#parameters = parameters;
    await this.#makeNamespace();
    for (const name of this.#ofType(/^AWS::ServiceDiscovery::Service$/)) await this.#makeDiscovery(name);
    for (const name of this.#ofType(/^AWS::SecretsManager::/)) await this.#makeSecret(name);
    return this.#deploy('create_stack');
  }

  async update(parameters: Readonly<Record<string, string>>): Promise<string> {
    this.#parameters = parameters;
    return this.#deploy('update_stack');
  }

  /** Everything that was made, in the order that AWS asks for. */
  async delete(): Promise<void> {
    const target = this.#scalingTarget();
    await this.#aws.call('application-autoscaling', 'delete_scaling_policy', { PolicyName: 'cputracking', ...target });
    await this.#aws.call('application-autoscaling', 'deregister_scalable_target', target);
    await this.#aws.call('cloudformation', 'delete_stack', { StackName: STACK });
    // moto's CloudFormation forgets these.
    await this.#aws.call('ecs', 'delete_cluster', { cluster: this.idOf('Cluster') });
    for (const name of this.#ofType(/^AWS::Logs::LogGroup$/))
      await this.#aws.call('logs', 'delete_log_group', { logGroupName: this.idOf(name) });
    for (const name of this.#ofType(/^AWS::ServiceDiscovery::Service$/))
      await this.#aws.call('servicediscovery', 'delete_service', { Id: this.idOf(name) });
    await this.#aws.call('servicediscovery', 'delete_namespace', { Id: this.idOf('Namespace') });
    for (const name of this.#ofType(/^AWS::SecretsManager::/))
      await this.#aws.call('secretsmanager', 'delete_secret', {
        SecretId: this.idOf(name),
        ForceDeleteWithoutRecovery: true,
      });
  }

  /** With what has been made so far. */
  resolved(): ResolvedTemplate {
    const created = { ...this.#madeBefore, ...this.#inStack };
    return new ResolvedTemplate(this.template, { ...PSEUDO, ...this.#parameters }, created);
  }

  /** Physical id of a resource, e.g. of a role its name. */
  idOf(name: string): string {
    const id = (this.#madeBefore[name] ?? this.#inStack[name])?.ref;
    if (id === undefined) throw new Error(`${name} was not made`);
    return id;
  }

  async #deploy(operation: 'create_stack' | 'update_stack'): Promise<string> {
    await this.#aws.call('cloudformation', operation, {
      StackName: STACK,
      TemplateBody: JSON.stringify(this.#withoutLeftOut()),
      Parameters: Object.entries(this.#parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
      Capabilities: ['CAPABILITY_IAM'],
    });
    await this.#readCreated();
    // With each update moto makes all groups anew, which loses what is made here; AWS changes them where they are.
    if (operation === 'create_stack')
      for (const name of this.#ofType(/^AWS::EC2::SecurityGroup$/)) await this.#letOut(name);
    for (const name of this.#ofType(/^AWS::Logs::LogGroup$/)) await this.#keepLogs(name);
    for (const name of this.#ofType(/^AWS::EFS::FileSystem$/)) await this.#guardFiles(name);
    for (const name of this.#ofType(/^AWS::ECS::Service$/)) await this.#makeService(name);
    await this.#scale();
    const { Stacks } = await this.#aws.call('cloudformation', 'describe_stacks', { StackName: STACK });
    return Stacks[0].StackStatus;
  }

  #ofType(type: RegExp): readonly string[] {
    return Object.entries(this.template.Resources)
      .filter(([, { Type }]) => type.test(Type))
      .map(([name]) => name);
  }

  async #makeNamespace(): Promise<void> {
    const { Name, Vpc } = this.resolved().properties('Namespace');
    const make = { Name, Vpc, CreatorRequestId: Name };
    const { OperationId } = await this.#aws.call('servicediscovery', 'create_private_dns_namespace', make);
    const { Operation } = await this.#aws.call('servicediscovery', 'get_operation', { OperationId });
    this.#madeBefore['Namespace'] = { ref: Operation.Targets.NAMESPACE };
  }

  async #makeDiscovery(name: string): Promise<void> {
    const { Service } = await this.#aws.call('servicediscovery', 'create_service', this.resolved().properties(name));
    this.#madeBefore[name] = { ref: Service.Id, attributes: { Arn: Service.Arn } };
  }

  async #makeSecret(name: string): Promise<void> {
    const { Description, GenerateSecretString: generated } = this.resolved().properties(name);
    const { PasswordLength, ExcludePunctuation, SecretStringTemplate, GenerateStringKey } = generated;
    const rules = { PasswordLength, ExcludePunctuation };
    const { RandomPassword } = await this.#aws.call('secretsmanager', 'get_random_password', rules);
    const secret = { ...JSON.parse(SecretStringTemplate), [GenerateStringKey]: RandomPassword };
    const make = { Name: `${STACK}-${name}`, Description, SecretString: JSON.stringify(secret) };
    this.#madeBefore[name] = { ref: (await this.#aws.call('secretsmanager', 'create_secret', make)).ARN };
  }

  /** moto gives each group a rule that lets everything out. */
  async #letOut(name: string): Promise<void> {
    const GroupId = this.idOf(name);
    const { SecurityGroups } = await this.#aws.call('ec2', 'describe_security_groups', { GroupIds: [GroupId] });
    const before = SecurityGroups[0].IpPermissionsEgress;
    if (before.length > 0)
      await this.#aws.call('ec2', 'revoke_security_group_egress', { GroupId, IpPermissions: before });
    const own = this.#ofType(/^AWS::EC2::SecurityGroupEgress$/)
      .map((rule) => this.resolved().properties(rule))
      .filter((rule) => rule.GroupId === GroupId);
    const rules: readonly Answer[] = [...this.resolved().properties(name).SecurityGroupEgress, ...own];
    await this.#aws.call('ec2', 'authorize_security_group_egress', { GroupId, IpPermissions: rules.map(permission) });
  }

  async #keepLogs(name: string): Promise<void> {
    const { LogGroupName: logGroupName, RetentionInDays } = this.resolved().properties(name);
    const retentionInDays = Number(RetentionInDays);
    await this.#aws.call('logs', 'put_retention_policy', { logGroupName, retentionInDays });
  }

  /** moto's CloudFormation leaves the policy of a file system out. */
  async #guardFiles(name: string): Promise<void> {
    const Policy = JSON.stringify(this.resolved().properties(name).FileSystemPolicy);
    await this.#aws.call('efs', 'put_file_system_policy', { FileSystemId: this.idOf(name), Policy });
  }

  /** moto's CloudFormation knows a task definition's containers and a service's name, and no more of either. */
  async #makeService(name: string): Promise<void> {
    const { TaskDefinition: _, ...properties } = this.template.Resources[name]?.Properties ?? {};
    const task = name.replace('Service', 'Task');
    const shape = ecsShape(this.resolved().properties(task));
    const { taskDefinition } = await this.#aws.call('ecs', 'register_task_definition', shape);
    const service = ecsShape(this.resolved().resolve(properties));
    const { cluster, serviceName } = service;
    await this.#aws.call('ecs', 'delete_service', { cluster, service: serviceName, force: true });
    const whole = { desiredCount: 1, ...service, taskDefinition: taskDefinition.taskDefinitionArn };
    await this.#aws.call('ecs', 'create_service', whole);
  }

  #scalingTarget() {
    const { ServiceNamespace, ResourceId, ScalableDimension } = this.resolved().properties('ConnectScaling');
    return { ServiceNamespace, ResourceId, ScalableDimension };
  }

  async #scale(): Promise<void> {
    const { MinCapacity, MaxCapacity, SuspendedState } = this.resolved().properties('ConnectScaling');
    const numbers = { MinCapacity: Number(MinCapacity), MaxCapacity: Number(MaxCapacity) };
    const target = { ...this.#scalingTarget(), ...numbers, SuspendedState };
    await this.#aws.call('application-autoscaling', 'register_scalable_target', target);
    const { TargetTrackingScalingPolicyConfiguration, PolicyName, PolicyType } =
      this.resolved().properties('CpuTracking');
    const tracking = TargetTrackingScalingPolicyConfiguration;
    await this.#aws.call('application-autoscaling', 'put_scaling_policy', {
      PolicyName,
      PolicyType,
      ...this.#scalingTarget(),
      TargetTrackingScalingPolicyConfiguration: { ...tracking, TargetValue: Number(tracking.TargetValue) },
    });
  }

  /** Ids of all that the stack holds, with the attributes that the template asks for. */
  async #readCreated(): Promise<void> {
    const { StackResources } = await this.#aws.call('cloudformation', 'describe_stack_resources', { StackName: STACK });
    // What moto cannot update it forgets, though it is there.
    const created: Record<string, Created> = { ...this.#inStack };
    this.#inStack = created;
    for (const { LogicalResourceId: name, PhysicalResourceId: ref, ResourceType: type } of StackResources as Answer[])
      if (ref !== undefined) created[name] = { ref, attributes: await this.#attributes(type, ref) };
    // moto does not say the ids of these.
    const { AccessPoints } = await this.#aws.call('efs', 'describe_access_points');
    for (const name of this.#ofType(/^AWS::EFS::AccessPoint$/)) {
      const { Path } = this.resolved().properties(name).RootDirectory;
      const made = AccessPoints.find((one: Answer) => one.RootDirectory.Path === Path);
      created[name] = { ref: made.AccessPointId, attributes: { Arn: made.AccessPointArn } };
    }
    created['ConnectScaling'] = { ref: 'service/migration/kafka-connect|ecs:service:DesiredCount|ecs' };
  }

  async #attributes(type: string, ref: string): Promise<Readonly<Record<string, string>>> {
    switch (type) {
      case 'AWS::IAM::Role':
        return { Arn: (await this.#aws.call('iam', 'get_role', { RoleName: ref })).Role.Arn };
      case 'AWS::Logs::LogGroup':
        return { Arn: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${ref}:*` };
      case 'AWS::EFS::FileSystem':
        return { Arn: `arn:aws:elasticfilesystem:${REGION}:${ACCOUNT}:file-system/${ref}` };
      case 'AWS::ECS::Service':
        return { Name: ref.split('/').at(-1) ?? '' };
      default:
        return {};
    }
  }

  /** Its references to what is left out are the ids of what was made in its place. */
  #withoutLeftOut(): JsonMap {
    const { Resources, Outputs, ...rest } = this.template;
    const kept = Object.entries(Resources).filter(([, { Type }]) => !BEFORE.test(Type) && !AFTER.test(Type));
    const names = new Set(kept.map(([name]) => name));
    const withoutOrder = kept.map(([name, { DependsOn, ...resource }]) => {
      const before = [DependsOn ?? []].flat().filter((other) => names.has(other));
      return [name, { ...resource, DependsOn: before }];
    });
    return { ...rest, ...this.#prepared({ Outputs, Resources: Object.fromEntries(withoutOrder) }) };
  }

  /** References to what is left out become its ids; moto keeps AWS::NoValue as null in lists, so that Fn::If is decided here. */
  #prepared(value: Answer): Answer {
    if (Array.isArray(value)) return value.map((item) => this.#prepared(item)).filter((item) => item !== undefined);
    if (value === null || typeof value !== 'object') return value;
    if (value.Ref === 'AWS::NoValue') return undefined;
    if (Array.isArray(value['Fn::If'])) {
      const [condition, yes, no] = value['Fn::If'];
      return this.#prepared(this.resolved().condition(condition) ? yes : no);
    }
    const id = this.#madeId(value);
    if (id !== null) return id;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#prepared(item)]));
  }

  #madeId(value: Answer): Answer {
    if (typeof value.Ref === 'string') return this.#madeBefore[value.Ref]?.ref ?? null;
    const [name, attribute] = Array.isArray(value['Fn::GetAtt']) ? value['Fn::GetAtt'] : [];
    if (name !== undefined) return this.#madeBefore[name]?.attributes?.[attribute] ?? null;
    if (typeof value['Fn::Sub'] !== 'string') return null;
    const text = value['Fn::Sub'].replace(
      /\$\{(\w+)\}/g,
      (all: string, made: string) => this.#madeBefore[made]?.ref ?? all,
    );
    return { 'Fn::Sub': text };
  }
}

function permission(rule: Answer): Answer {
  const { IpProtocol, FromPort, ToPort, CidrIp, Description, DestinationSecurityGroupId: GroupId } = rule;
  const to = CidrIp ? { IpRanges: [{ CidrIp, Description }] } : { UserIdGroupPairs: [{ GroupId, Description }] };
  return FromPort === undefined
    ? { IpProtocol, ...to }
    : { IpProtocol, FromPort: Number(FromPort), ToPort: Number(ToPort), ...to };
}
