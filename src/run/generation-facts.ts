import { generateConnectors } from '../domain/connectors/generate/generate-connectors.ts';
import type { ClientSecurity, GenerationFacts } from '../domain/connectors/generate/generation.ts';
import { workerSettings } from '../domain/connectors/generate/worker-properties.ts';
import type { AskedFor } from '../domain/connectors/lint/wishes.ts';
import type { ClusterInputs, Inputs, ReplicationPolicyKind } from '../inputs/typed-inputs.ts';

const POLICY_CLASSES: Readonly<Record<ReplicationPolicyKind, string>> = {
  default: 'org.apache.kafka.connect.mirror.DefaultReplicationPolicy',
  identity: 'org.apache.kafka.connect.mirror.IdentityReplicationPolicy',
  custom: 'com.amazonaws.kafka.samples.CustomMM2ReplicationPolicy',
};

/** null where connectors cannot be generated: a cluster is unknown, or nobody spelled out the topics. */
export function generationFacts(inputs: Inputs): GenerationFacts | null {
  return inputs.given.has('topics') ? factsOf(inputs) : null;
}

/** What the files of the run are measured by where they do what the inputs say; null where a cluster is unknown. */
export function askedFor(inputs: Inputs): AskedFor | null {
  const facts = factsOf(inputs);
  return facts && { connectors: generateConnectors(facts), worker: workerSettings(facts) };
}

function factsOf({ source, target, replication, selection, generation }: Inputs): GenerationFacts | null {
  if (source === null || target === null) return null;
  const { sourceAlias, targetAlias, separator, internalTopicSeparatorEnabled, offsetSyncsTopicLocation } = replication;
  return {
    source: securityOf(source),
    target: securityOf(target),
    sourceAlias,
    targetAlias,
    policyClass: policyClass(replication),
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
function policyClass({ policy, policyClass: given }: Inputs['replication']): string {
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
