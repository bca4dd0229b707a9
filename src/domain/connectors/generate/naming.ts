/** Names, aliases and policy: what all three connectors must say alike, or checkpoints are never found. */
import type { Mm2Connector } from '../keys/key-fate.ts';
import type { Settings } from './client-settings.ts';
import type { GenerationFacts } from './generation.ts';

const CLASSES: Readonly<Record<Mm2Connector, string>> = {
  source: 'org.apache.kafka.connect.mirror.MirrorSourceConnector',
  checkpoint: 'org.apache.kafka.connect.mirror.MirrorCheckpointConnector',
  heartbeat: 'org.apache.kafka.connect.mirror.MirrorHeartbeatConnector',
};
const BYTES = 'org.apache.kafka.connect.converters.ByteArrayConverter';

/** Unique on a worker that serves several migrations. */
export function connectorName(facts: GenerationFacts, connector: Mm2Connector): string {
  return `${facts.sourceAlias}-to-${facts.targetAlias}-${connector}`;
}

export function identitySettings(facts: GenerationFacts, connector: Mm2Connector): Settings {
  return new Map([
    ['name', connectorName(facts, connector)],
    ['connector.class', CLASSES[connector]],
    // Groups are shared out among the tasks of a checkpoint connector; one keeps up with thousands of them.
    ['tasks.max', connector === 'source' ? String(facts.tasksMax) : '1'],
    ['source.cluster.alias', facts.sourceAlias],
    ['target.cluster.alias', facts.targetAlias],
  ]);
}

export function policySettings(facts: GenerationFacts, connector: Mm2Connector): Settings {
  return new Map([
    ['replication.policy.class', facts.policyClass],
    ['replication.policy.separator', facts.separator],
    // Workers older than 3.6 do not know the key; true is what they do.
    ...(facts.internalTopicSeparatorEnabled ? [] : [['replication.policy.internal.topic.separator.enabled', 'false']]),
    ...(connector === 'heartbeat' ? [] : [['offset-syncs.topic.location', facts.offsetSyncsTopicLocation]]),
  ] as [string, string][]);
}

/** Topics go to the checkpoint connector too: it writes checkpoints for those alone. */
export function selectionSettings(facts: GenerationFacts, connector: Mm2Connector): Settings {
  if (connector === 'heartbeat') return new Map();
  const topics: [string, string][] = [
    ['topics', facts.topics],
    ['topics.exclude', facts.topicsExclude],
  ];
  if (connector === 'source') return new Map(topics);
  return new Map([...topics, ['groups', facts.groups], ['groups.exclude', facts.groupsExclude]]);
}

/** Any other converter changes records, headers or checkpoints on their way (the worker's defaults are JSON's). */
export function converterSettings(): Settings {
  return new Map([
    ['key.converter', BYTES],
    ['value.converter', BYTES],
    ['header.converter', BYTES],
  ]);
}
