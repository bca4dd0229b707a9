/** Facts of a migration for every scheme and policy, without a real certificate: nothing here reads one. */
import type { ClientSecurity, GenerationFacts } from '../../../../src/domain/connectors/generate/generation.ts';

export const SCHEMES = [
  'none',
  'tls',
  'mtls',
  'sasl-plain',
  'sasl-scram-256',
  'sasl-scram-512',
  'sasl-plain-plaintext',
  'sasl-scram-256-plaintext',
  'sasl-scram-512-plaintext',
  'iam',
] as const;
export type Scheme = (typeof SCHEMES)[number];

export const POLICIES = {
  default: 'org.apache.kafka.connect.mirror.DefaultReplicationPolicy',
  identity: 'org.apache.kafka.connect.mirror.IdentityReplicationPolicy',
  lab: 'com.amazonaws.kafka.samples.CustomMM2ReplicationPolicy',
};

export const pem = (name: string) => `-----BEGIN CERTIFICATE-----\n${name}\n-----END CERTIFICATE-----\n`;

export function security(scheme: Scheme, name: string): ClientSecurity {
  const bootstrapServers = [`${name}-1:9092`, `${name}-2:9092`];
  const tls = { ca: pem(`${name}-ca`), certificate: null, keyIsEncrypted: false, verifyHost: true };
  const mechanisms = [
    ['sasl-plain', 'plain'],
    ['sasl-scram-256', 'scram-sha-256'],
    ['sasl-scram-512', 'scram-sha-512'],
  ] as const;
  const [, mechanism] = mechanisms.find(([start]) => scheme.startsWith(start)) ?? [];
  if (mechanism !== undefined) {
    const sasl = { mechanism, username: `${name}-user` };
    return { bootstrapServers, tls: scheme.endsWith('-plaintext') ? null : tls, sasl };
  }
  switch (scheme) {
    case 'tls':
      return { bootstrapServers, tls, sasl: null };
    case 'mtls':
      return { bootstrapServers, tls: { ...tls, certificate: pem(`${name}-client`) }, sasl: null };
    case 'iam':
      return { bootstrapServers, tls: { ...tls, ca: null }, sasl: { mechanism: 'iam' } };
    default:
      return { bootstrapServers, tls: null, sasl: null };
  }
}

export function facts(changes: Partial<GenerationFacts> = {}): GenerationFacts {
  return {
    source: security('none', 'old'),
    target: security('none', 'new'),
    sourceAlias: 'msksource',
    targetAlias: 'mskdest',
    policyClass: POLICIES.default,
    separator: '.',
    internalTopicSeparatorEnabled: true,
    offsetSyncsTopicLocation: 'source',
    topics: 'orders.*,payments',
    topicsExclude: '.*[\\-\\.]internal,.*\\.replica,__.*',
    groups: '.*',
    groupsExclude: 'console-consumer-.*,connect-.*,__.*',
    tasksMax: 4,
    replicationFactor: null,
    secrets: { provider: 'env' },
    properties: new Map(),
    ...changes,
  };
}
