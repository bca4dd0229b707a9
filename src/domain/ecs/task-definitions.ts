/**
 * Task definitions of Connect, Prometheus and Grafana, as `aws ecs register-task-definition --cli-input-json` reads them.
 * deploy/ecs/migration.yaml says the same of its own tasks, and a test compares the two.
 */
import { workerGroup } from '../connectors/generate/worker-properties.ts';
import { containerSecrets } from './container-secrets.ts';
import type { EcsFacts, TaskRoles } from './ecs-facts.ts';

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
export type TaskDefinition = { readonly [key: string]: Json } & { readonly family: string };

export const CONNECT_HEAP = '-Xms2g -Xmx2g';
/** What runs beside Prometheus, and the stack’s own default. */
export const PUSHGATEWAY_IMAGE =
  'prom/pushgateway:v1.11.3@sha256:74fa117cef2d7e383112d25139ff1c2d2e309c35389a9e0554a47136a1482e48';
/** Beside the dashboard of the image, which a volume in its place would hide. */
const GRAFANA_DATA = '/var/lib/grafana-data';

/** Empty without roles. */
export function taskDefinitions(facts: EcsFacts): readonly TaskDefinition[] {
  const { roles } = facts;
  if (roles === null) return [];
  return [connectTask(facts, roles), prometheusTask(facts, roles), grafanaTask(facts, roles)];
}

function connectTask(facts: EcsFacts, { executionRoleArn, taskRoleArn }: TaskRoles): TaskDefinition {
  const container = {
    name: 'kafka-connect',
    image: facts.images.connect,
    essential: true,
    stopTimeout: 120,
    linuxParameters: { initProcessEnabled: false },
    portMappings: [port(8083), port(3600)],
    environment: connectVariables(facts),
    secrets: containerSecrets(facts).map((name) => ({ name, valueFrom: `${facts.secretArn ?? ''}:${name}::` })),
    healthCheck: {
      command: ['CMD', '/opt/connect/bin/health'],
      interval: 15,
      timeout: 10,
      retries: 4,
      startPeriod: 120,
    },
  };
  const size = { cpu: '2048', memory: '4096', executionRoleArn, taskRoleArn };
  return task(facts, 'kafka-connect', [container], size);
}

function connectVariables({ auth, connectors }: EcsFacts) {
  const { sasl, bootstrapServers } = connectors.target;
  const variables: [string, string][] = [
    ['AUTH', auth],
    ['BROKERS', bootstrapServers.join(',')],
    ['GROUP', workerGroup(connectors)],
    ['KAFKA_HEAP_OPTS', CONNECT_HEAP],
  ];
  if (sasl !== null && sasl.mechanism !== 'iam') {
    variables.push(['SASL_MECHANISM', sasl.mechanism.toUpperCase()], ['TARGET_USERNAME', sasl.username]);
  }
  return variables.map(([name, value]) => ({ name, value }));
}

function prometheusTask(facts: EcsFacts, roles: TaskRoles): TaskDefinition {
  const container = {
    name: 'prometheus',
    image: facts.images.prometheus,
    essential: true,
    stopTimeout: 60,
    user: '65534:65534',
    readonlyRootFilesystem: roles.fileSystemId !== null,
    command: [
      '--config.file=/etc/prometheus/prometheus.yml',
      '--storage.tsdb.path=/prometheus',
      '--storage.tsdb.retention.time=30d',
    ],
    portMappings: [port(9090)],
    healthCheck: webCheck('http://127.0.0.1:9090/-/healthy', 120),
    ...mounted(roles, '/prometheus'),
  };
  const pushgateway = {
    name: 'pushgateway',
    image: facts.images.pushgateway,
    essential: false,
    restartPolicy: { enabled: true },
    user: '65534:65534',
    readonlyRootFilesystem: true,
    portMappings: [port(9091)],
  };
  const { executionRoleArn } = roles;
  return task(facts, 'prometheus', [container, pushgateway], {
    cpu: '512',
    memory: '2048',
    executionRoleArn,
    ...files(roles, '/prometheus'),
  });
}

function grafanaTask(facts: EcsFacts, roles: TaskRoles): TaskDefinition {
  const password = 'GF_SECURITY_ADMIN_PASSWORD';
  const container = {
    name: 'grafana',
    image: facts.images.grafana,
    essential: true,
    stopTimeout: 60,
    user: '472:0',
    portMappings: [port(3000)],
    environment: [{ name: 'GF_PATHS_DATA', value: roles.fileSystemId === null ? '/var/lib/grafana' : GRAFANA_DATA }],
    secrets: [{ name: password, valueFrom: `${roles.grafanaSecretArn}:${password}::` }],
    healthCheck: webCheck('http://127.0.0.1:3000/api/health', 300),
    ...mounted(roles, GRAFANA_DATA),
  };
  const { executionRoleArn } = roles;
  return task(facts, 'grafana', [container], {
    cpu: '256',
    memory: '1024',
    executionRoleArn,
    ...files(roles, '/grafana'),
  });
}

type Properties = { readonly [key: string]: Json };
type Container = Properties & { readonly name: string };

/** All containers of a task write to the log group of its family. */
function task(
  { region }: EcsFacts,
  family: string,
  containers: readonly Container[],
  properties: Properties,
): TaskDefinition {
  const logged = ({ name, ...container }: Container) => {
    const options = { 'awslogs-group': `/ecs/${family}`, 'awslogs-region': region, 'awslogs-stream-prefix': name };
    return { name, ...container, logConfiguration: { logDriver: 'awslogs', options } };
  };
  return {
    family,
    requiresCompatibilities: ['FARGATE'],
    networkMode: 'awsvpc',
    runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    ...properties,
    containerDefinitions: containers.map(logged),
  };
}

function port(containerPort: number) {
  return { containerPort, protocol: 'tcp' };
}

function webCheck(url: string, startPeriod: number) {
  return { command: ['CMD', 'wget', '-q', '-O', '/dev/null', url], interval: 15, timeout: 5, retries: 4, startPeriod };
}

function mounted({ fileSystemId }: TaskRoles, containerPath: string): Properties {
  return fileSystemId === null ? {} : { mountPoints: [{ sourceVolume: 'files', containerPath, readOnly: false }] };
}

function files({ fileSystemId }: TaskRoles, rootDirectory: string): Properties {
  if (fileSystemId === null) return {};
  const efsVolumeConfiguration = { fileSystemId, rootDirectory, transitEncryption: 'ENABLED' };
  return { volumes: [{ name: 'files', efsVolumeConfiguration }] };
}
