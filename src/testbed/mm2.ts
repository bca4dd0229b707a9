import type { BedAddresses } from './bed.ts';
import { bedError } from './errors.ts';
import { logRanges } from './topics.ts';
import { waitFor } from './wait.ts';

/** A connector as Connect takes it: flat, all strings, with its `name`. */
export type ConnectorConfig = Readonly<Record<string, string>>;

export interface Mm2Options {
  /** Prefix of the three connector names, `mm2` by default; give each test file its own. */
  readonly name?: string;
  /** `source` and `target` by default. Checkpoint and heartbeat topics are named after the source's. */
  readonly sourceAlias?: string;
  readonly targetAlias?: string;
  /** `default` (prefixed topics) by default. */
  readonly policy?: 'default' | 'identity';
  readonly separator?: string;
  /** Patterns as MM2 takes them, comma-separated. */
  readonly topics?: string;
  readonly groups?: string;
  readonly offsetLagMax?: number;
  readonly tasksMax?: number;
  /** Let MM2 write group offsets itself; off by default, since our own `sync` does it. */
  readonly syncGroupOffsets?: boolean;
  /** Merged last, into the connector of that kind or into all three. */
  readonly properties?: Partial<Record<ConnectorKind | 'all', Readonly<Record<string, string>>>>;
}

export type ConnectorKind = 'source' | 'checkpoint' | 'heartbeat';

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

/** The name that a source topic has on the target. */
export function targetTopic(topic: string, options: Mm2Options = {}): string {
  if (options.policy === 'identity') return topic;
  return `${options.sourceAlias ?? 'source'}${options.separator ?? '.'}${topic}`;
}

/** The checkpoints topic on the target. */
export function checkpointsTopic(options: Mm2Options = {}): string {
  const separator = options.separator ?? '.';
  return `${options.sourceAlias ?? 'source'}${separator}checkpoints${separator}internal`;
}

const REPLICATION_TIMEOUT_MS = 120_000;

/**
 * Waits until every partition of these source topics holds as many records on the target as on the source.
 * Made for topics without transactions and with nothing trimmed or produced meanwhile: it compares log lengths.
 */
export async function waitForReplication(
  bed: BedAddresses,
  topics: readonly string[],
  options: Mm2Options & { readonly timeoutMs?: number } = {},
): Promise<void> {
  const look = async () => {
    for (const topic of topics) {
      const copy = targetTopic(topic, options);
      const [from, to] = await Promise.all([logRanges(bed.source, topic), logRanges(bed.target, copy)]);
      for (const { partition, start, end } of from) {
        const there = to[partition];
        const copied = there === undefined ? 0n : there.end - there.start;
        if (copied !== end - start) return { seen: `${copy}-${partition} holds ${copied} of ${end - start} records` };
      }
    }
    return { done: undefined };
  };
  const timeoutMs = options.timeoutMs ?? REPLICATION_TIMEOUT_MS;
  await waitFor(`${topics.join(', ')} to be replicated`, look, { timeoutMs, intervalMs: 250 });
}

/** Until our own `apply` does this: PUTs each config. To be replaced by it in tests and demo. */
export async function putConnectors(connectUrl: string | null, connectors: readonly ConnectorConfig[]): Promise<void> {
  if (connectUrl === null) throw bedError('This bed has no Connect worker.');
  for (const config of connectors) {
    const url = `${connectUrl}/connectors/${encodeURIComponent(config['name'] ?? '')}`;
    const request = { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(config) };
    const put = async () => {
      const response = await fetch(`${url}/config`, request);
      return response.ok ? { done: undefined } : { seen: `HTTP ${response.status} ${await response.text()}` };
    };
    await waitFor(`Connect to take ${config['name']}`, put, { timeoutMs: 60_000, intervalMs: 500 });
  }
}
