import type { BedAddresses } from './bed.ts';
import { bedError } from './errors.ts';
import type { ConnectorKind, Mm2Options } from './mm2-options.ts';
import { waitFor } from './wait.ts';

export { type ConnectorKind, checkpointsTopic, type Mm2Options, targetTopic } from './mm2-options.ts';
export { type ReplicationOptions, waitForReplication } from './replication.ts';

/** A connector as Connect takes it: flat, all strings, with its `name`. */
export type ConnectorConfig = Readonly<Record<string, string>>;

const MIRROR = 'org.apache.kafka.connect.mirror';
const POLICIES = { default: `${MIRROR}.DefaultReplicationPolicy`, identity: `${MIRROR}.IdentityReplicationPolicy` };
const BYTES = 'org.apache.kafka.connect.converters.ByteArrayConverter';

/**
 * Source, checkpoint and heartbeat connector for a bed, in the order in which they are to be applied. Quick for tests:
 * checkpoints each second, topics and groups looked up every 5 s. Replication factors are the brokers' defaults.
 */
export function mm2Connectors(bed: BedAddresses, options: Mm2Options = {}): readonly ConnectorConfig[] {
  const kinds: readonly ConnectorKind[] = ['source', 'checkpoint', 'heartbeat'];
  return kinds.map((kind) => connector(kind, bed, options));
}

function connector(kind: ConnectorKind, bed: BedAddresses, options: Mm2Options): ConnectorConfig {
  const own = { source: sourceProperties, checkpoint: checkpointProperties, heartbeat: heartbeatProperties }[kind];
  const title = kind.charAt(0).toUpperCase() + kind.slice(1);
  return {
    name: `${options.name ?? 'mm2'}-${kind}`,
    'connector.class': `${MIRROR}.Mirror${title}Connector`,
    'source.cluster.alias': options.sourceAlias ?? 'source',
    'target.cluster.alias': options.targetAlias ?? 'target',
    'source.cluster.bootstrap.servers': bed.source.bootstrapServers,
    'target.cluster.bootstrap.servers': bed.target.bootstrapServers,
    'replication.policy.class': POLICIES[options.policy ?? 'default'],
    ...(options.separator === undefined ? {} : { 'replication.policy.separator': options.separator }),
    'key.converter': BYTES,
    'value.converter': BYTES,
    'header.converter': BYTES,
    ...own(options),
    ...options.properties?.all,
    ...options.properties?.[kind],
  };
}

function sourceProperties(options: Mm2Options): ConnectorConfig {
  return {
    'tasks.max': String(options.tasksMax ?? 1),
    topics: options.topics ?? '.*',
    'replication.factor': '-1',
    'offset-syncs.topic.replication.factor': '-1',
    'offset.lag.max': String(options.offsetLagMax ?? 100),
    'refresh.topics.interval.seconds': '5',
    'sync.topic.acls.enabled': 'false',
  };
}

function checkpointProperties(options: Mm2Options): ConnectorConfig {
  return {
    'tasks.max': '1',
    topics: options.topics ?? '.*',
    groups: options.groups ?? '.*',
    'checkpoints.topic.replication.factor': '-1',
    'emit.checkpoints.interval.seconds': '1',
    'refresh.groups.interval.seconds': '5',
    'sync.group.offsets.enabled': String(options.syncGroupOffsets ?? false),
    'sync.group.offsets.interval.seconds': '1',
  };
}

function heartbeatProperties(): ConnectorConfig {
  return { 'tasks.max': '1', 'heartbeats.topic.replication.factor': '-1', 'emit.heartbeats.interval.seconds': '1' };
}

/**
 * Until our own `apply` does this: PUTs each config. To be replaced by it in tests and demo.
 * @param authorization header for a worker that asks for a sign-in.
 */
export async function putConnectors(
  connectUrl: string | null,
  connectors: readonly ConnectorConfig[],
  authorization?: string,
): Promise<void> {
  if (connectUrl === null) throw bedError('This bed has no Connect worker.');
  for (const config of connectors) {
    const url = `${connectUrl}/connectors/${encodeURIComponent(config['name'] ?? '')}`;
    const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
    const request = { method: 'PUT', headers, body: JSON.stringify(config) };
    const put = async () => {
      const response = await fetch(`${url}/config`, request);
      return response.ok ? { done: undefined } : { seen: `HTTP ${response.status} ${await response.text()}` };
    };
    await waitFor(`Connect to take ${config['name']}`, put, { timeoutMs: 180_000, intervalMs: 500 });
  }
}
