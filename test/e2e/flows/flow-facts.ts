/** Facts of a migration between the two clusters of the flows bed, each side by any of its listeners. */
import type { ClientSecurity, GenerationFacts } from '../../../src/domain/connectors/generate/generation.ts';
import type { ClusterAddress } from '../../../src/testbed/client.ts';
import { openAuthority } from '../../../src/testbed/security/authority.ts';
import { SECURE_SCHEMES, type SecureScheme, secureAccess } from '../../../src/testbed/security/secure-listeners.ts';

export type FlowScheme = SecureScheme | 'iam';
export const FLOW_SCHEMES: readonly FlowScheme[] = [...SECURE_SCHEMES, 'iam'];

export const FLOW_POLICIES = {
  default: 'org.apache.kafka.connect.mirror.DefaultReplicationPolicy',
  identity: 'org.apache.kafka.connect.mirror.IdentityReplicationPolicy',
  lab: 'com.amazonaws.kafka.samples.CustomMM2ReplicationPolicy',
} as const;
export type FlowPolicy = keyof typeof FLOW_POLICIES;

export interface FlowCluster {
  readonly address: ClusterAddress;
  /** Bootstrap servers by the name of the listener. */
  readonly servers: Readonly<Record<string, string>>;
}

export interface FlowsClusters {
  readonly source: FlowCluster;
  readonly target: FlowCluster;
  /** Folder of the authority. */
  readonly certificates: string;
}

export interface FlowPair {
  readonly source: FlowScheme;
  readonly target: FlowScheme;
}

export function flowFacts(
  clusters: FlowsClusters,
  pair: FlowPair,
  options: { readonly name: string; readonly policy?: FlowPolicy; readonly properties?: ReadonlyMap<string, string> },
): GenerationFacts {
  const { name, policy = 'default', properties = new Map() } = options;
  return {
    source: securityAt(clusters, 'source', pair.source),
    target: securityAt(clusters, 'target', pair.target),
    sourceAlias: `${name}-old`,
    targetAlias: `${name}-new`,
    policyClass: FLOW_POLICIES[policy],
    separator: '.',
    internalTopicSeparatorEnabled: true,
    offsetSyncsTopicLocation: 'source',
    topics: `${name}-orders`,
    topicsExclude: '.*[\\-\\.]internal,.*\\.replica,__.*',
    groups: `${name}-group`,
    groupsExclude: 'console-consumer-.*,connect-.*,__.*',
    tasksMax: 1,
    replicationFactor: null,
    secrets: { provider: 'env' },
    properties,
  };
}

function securityAt(
  { certificates, ...clusters }: FlowsClusters,
  side: 'source' | 'target',
  scheme: FlowScheme,
): ClientSecurity {
  const authority = openAuthority(certificates);
  const { servers } = clusters[side];
  const tls = (certificate: string | null) => ({
    ca: authority.caPem(),
    certificate,
    keyIsEncrypted: false,
    verifyHost: true,
  });
  if (scheme === 'iam') {
    return { bootstrapServers: listOf(servers['IAM']), tls: tls(null), sasl: { mechanism: 'iam' } };
  }
  const { listener, caPem, certificatePem, mechanism, username } = secureAccess(authority, scheme);
  return {
    bootstrapServers: listOf(servers[listener]),
    tls: caPem === null ? null : tls(certificatePem),
    sasl: mechanism === null ? null : { mechanism: SASL[mechanism], username: username ?? '' },
  };
}

const SASL = { PLAIN: 'plain', 'SCRAM-SHA-256': 'scram-sha-256', 'SCRAM-SHA-512': 'scram-sha-512' } as const;

function listOf(servers: string | undefined): readonly string[] {
  if (servers === undefined) throw new Error('The flows bed has no such listener.');
  return servers.split(',');
}

/**
 * `connector-properties` for a side with IAM: brokers of the bed know it as OAUTHBEARER only, which is what Amazon's
 * library calls its other form.
 */
export function oauthBearer(side: 'source' | 'target'): readonly (readonly [string, string])[] {
  return [
    [`${side}.cluster.sasl.mechanism`, 'OAUTHBEARER'],
    [
      `${side}.cluster.sasl.jaas.config`,
      'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;',
    ],
    [
      `${side}.cluster.sasl.login.callback.handler.class`,
      'software.amazon.msk.auth.iam.IAMOAuthBearerLoginCallbackHandler',
    ],
  ];
}
