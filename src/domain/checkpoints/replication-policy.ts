/**
 * Names that MM2's replication policies give to topics. Sources: DefaultReplicationPolicy, IdentityReplicationPolicy
 * (KIP-382, 3.0), KIP-690 (separator in internal topics, 3.1), KIP-949 (its opt-out), KIP-716 (offset-syncs location).
 */
export interface ReplicationPolicyOptions {
  readonly sourceAlias: string;
  readonly targetAlias: string;
  /** `custom`: the migration lab's CustomMM2ReplicationPolicy, identity without the heartbeats exception. */
  readonly policy: 'default' | 'identity' | 'custom';
  readonly separator: string;
  readonly internalTopicSeparatorEnabled: boolean;
  readonly offsetSyncsTopicLocation: 'source' | 'target';
}

export interface ReplicationPolicy {
  readonly checkpointsTopic: string;
  readonly offsetSyncsTopic: string;
  readonly offsetSyncsTopicSide: 'source' | 'target';
  /** Name on the target of a topic of the source. */
  targetTopic(sourceTopic: string): string;
  /** Name on the source of a topic of the target; null when the topic does not come from this source. */
  sourceTopic(targetTopic: string): string | null;
  isInternalTopic(topic: string): boolean;
}

export function replicationPolicy(options: ReplicationPolicyOptions): ReplicationPolicy {
  const { sourceAlias, targetAlias, separator } = options;
  const internalSeparator = options.internalTopicSeparatorEnabled ? separator : '.';
  const otherAlias = options.offsetSyncsTopicLocation === 'source' ? targetAlias : sourceAlias;
  const naming = options.policy === 'default' ? prefixed(sourceAlias, targetAlias, separator) : identity(options);
  return {
    checkpointsTopic: `${sourceAlias}${internalSeparator}checkpoints${internalSeparator}internal`,
    offsetSyncsTopic: `mm2-offset-syncs${internalSeparator}${otherAlias}${internalSeparator}internal`,
    offsetSyncsTopicSide: options.offsetSyncsTopicLocation,
    ...naming,
    isInternalTopic: (topic) =>
      topic.startsWith('__') ||
      topic.startsWith('.') ||
      topic.endsWith('-internal') ||
      topic.endsWith('.internal') ||
      topic.endsWith(`${internalSeparator}internal`),
  };
}

type Naming = Pick<ReplicationPolicy, 'targetTopic' | 'sourceTopic'>;

function prefixed(sourceAlias: string, targetAlias: string, separator: string): Naming {
  const sourcePrefix = `${sourceAlias}${separator}`;
  const targetPrefix = `${targetAlias}${separator}`;
  return {
    // A topic that came from the target goes back to its own name (failback; MirrorCheckpointTask.renameTopicPartition).
    targetTopic: (topic) =>
      topic.startsWith(targetPrefix) ? topic.slice(targetPrefix.length) : `${sourcePrefix}${topic}`,
    sourceTopic: (topic) => (topic.startsWith(sourcePrefix) ? topic.slice(sourcePrefix.length) : null),
  };
}

function identity(options: ReplicationPolicyOptions): Naming {
  const heartbeats = prefixed(options.sourceAlias, options.targetAlias, options.separator);
  const renames = (topic: string) => options.policy === 'identity' && topic.endsWith('heartbeats');
  return {
    targetTopic: (topic) => (renames(topic) ? heartbeats.targetTopic(topic) : topic),
    sourceTopic: (topic) => (renames(topic) ? heartbeats.sourceTopic(topic) : topic),
  };
}

/** Alias spelled in a checkpoints topic's name with this separator; used to say which topics exist instead. */
export function looksLikeCheckpointsTopic(topic: string): boolean {
  return topic.includes('checkpoints') && topic.endsWith('internal');
}
