import type { ClientSecurity, GenerationFacts } from '../domain/connectors/generate/generation.ts';
import type { ClusterInputs, Inputs, ReplicationPolicyKind } from '../inputs/typed-inputs.ts';

const POLICY_CLASSES: Readonly<Record<ReplicationPolicyKind, string>> = {
  default: 'org.apache.kafka.connect.mirror.DefaultReplicationPolicy',
  identity: 'org.apache.kafka.connect.mirror.IdentityReplicationPolicy',
  custom: 'com.amazonaws.kafka.samples.CustomMM2ReplicationPolicy',
};

/** null where connectors cannot be generated: a cluster is unknown, or nobody spelled out the topics. */
export function generationFacts(inputs: Inputs): GenerationFacts | null {
  const { source, target, replication, selection, generation, given } = inputs;
  if (source === null || target === null || !given.has('topics')) return null;
  const { sourceAlias, targetAlias, separator, internalTopicSeparatorEnabled, offsetSyncsTopicLocation } = replication;
  return {
    source: securityOf(source),
    target: securityOf(target),
    sourceAlias,
    targetAlias,
    policyClass: policyClass(inputs),
    separator,
    internalTopicSeparatorEnabled,
    offsetSyncsTopicLocation,
    topics: selection.topics.text,
    topicsExclude: selection.topicsExclude.text,
    groups: selection.groups.text,
    groupsExclude: selection.groupsExclude.text,
    ...generation,
  };
}

/** A short name is given without its package. */
function policyClass({ replication: { policy, policyClass: given } }: Inputs): string {
  return given?.includes('.') ? given : POLICY_CLASSES[policy];
}

/** Leaves every secret behind. */
function securityOf({ bootstrapServers, tls, sasl }: ClusterInputs): ClientSecurity {
  return {
    bootstrapServers,
    tls: tls && {
      ca: tls.ca,
      certificate: tls.certificate,
      keyIsEncrypted: tls.keyPassword !== null,
      verifyHost: tls.verifyHost,
    },
    sasl:
      sasl === null || sasl.mechanism === 'iam'
        ? sasl && { mechanism: 'iam' }
        : { mechanism: sasl.mechanism, username: sasl.username },
  };
}
