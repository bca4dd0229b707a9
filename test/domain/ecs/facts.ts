import { replicationPolicy } from '../../../src/domain/checkpoints/replication-policy.ts';
import type { ClientSecurity, GenerationFacts } from '../../../src/domain/connectors/generate/generation.ts';
import type { EcsFacts } from '../../../src/domain/ecs/ecs-facts.ts';
import { PUSHGATEWAY_IMAGE } from '../../../src/domain/ecs/task-definitions.ts';

export const OLD = 'arn:aws:kafka:eu-west-1:123456789012:cluster/old/0a1b2c3d-0000-0000-0000-000000000000-1';
export const NEW = 'arn:aws:kafka:eu-west-1:123456789012:cluster/new/6e8d5e4c-0000-0000-0000-000000000000-1';
const SECRET = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:';

const TLS = { ca: null, certificate: null, keyIsEncrypted: false, verifyHost: true };
export const IAM: ClientSecurity = { bootstrapServers: ['b-1:9098'], tls: TLS, sasl: { mechanism: 'iam' } };
export const SCRAM: ClientSecurity = {
  bootstrapServers: ['b-1:9096'],
  tls: TLS,
  sasl: { mechanism: 'scram-sha-512', username: 'mm2' },
};
export const MTLS: ClientSecurity = {
  bootstrapServers: ['b-1:9094'],
  tls: { ...TLS, certificate: 'CHAIN', keyIsEncrypted: true },
  sasl: null,
};
export const PLAINTEXT: ClientSecurity = { bootstrapServers: ['old-1:9092'], tls: null, sasl: null };

const CONNECTORS: GenerationFacts = {
  source: IAM,
  target: IAM,
  sourceAlias: 'msksource',
  targetAlias: 'mskdest',
  policyClass: 'org.apache.kafka.connect.mirror.DefaultReplicationPolicy',
  separator: '.',
  internalTopicSeparatorEnabled: true,
  offsetSyncsTopicLocation: 'source',
  topics: 'orders.*',
  topicsExclude: '',
  groups: 'billing.*',
  groupsExclude: '',
  tasksMax: 4,
  replicationFactor: null,
  secrets: { provider: 'env' },
  properties: new Map(),
};

/** From MSK to MSK, both by IAM, where nothing else is said. */
export function ecsFacts(changed: Partial<EcsFacts> = {}, connectors: Partial<GenerationFacts> = {}): EcsFacts {
  const all = { ...CONNECTORS, ...connectors };
  return {
    connectors: all,
    policy: replicationPolicy({ ...all, policy: 'default' }),
    auth: 'iam',
    region: 'eu-west-1',
    images: {
      connect: 'example/connect:1',
      prometheus: 'prom/prometheus:v3.5.0',
      grafana: 'grafana/grafana:12.1.0',
      pushgateway: PUSHGATEWAY_IMAGE,
    },
    sourceClusterArn: OLD,
    targetClusterArn: NEW,
    secretArn: `${SECRET}mm2-AbCdEf`,
    roles: {
      executionRoleArn: 'arn:aws:iam::123456789012:role/execution',
      taskRoleArn: 'arn:aws:iam::123456789012:role/task',
      grafanaSecretArn: `${SECRET}grafana-AbCdEf`,
      fileSystemId: 'fs-0123abcd',
    },
    network: new Map(),
    ...changed,
  };
}
