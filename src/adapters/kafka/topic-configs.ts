/** Configs of topics and brokers, for checks that can do without them. */
import type { ConfigsReading } from '../../operations/gate/gate-ports.ts';
import type { TopicConfigEntry } from '../../operations/ports.ts';
import { batchesOf } from './batches.ts';
import type { BrokerConnections, BrokerSelector } from './broker-connections.ts';
import { errorNameOf } from './kafka-error.ts';
import { type ConfigResource, describeConfigsRequest } from './protocol/describe-configs.ts';
import { UnsupportedVersionError } from './protocol/request.ts';

/** A topic's answer is about 4 KiB. */
const TOPICS_AT_ONCE = 500;

/** Null when they cannot be read: not authorized, a broker before 0.11, a topic that is not there. */
export async function topicConfigs(
  connections: BrokerConnections,
  topic: string,
): Promise<readonly TopicConfigEntry[] | null> {
  const reading = (await configsOfTopics(connections, [topic])).get(topic);
  if (reading?.kind === 'configs') return reading.entries.map(({ name, value }) => ({ name, value }));
  connections.options.log.debug(`configs of topic ${topic}: ${reading?.error ?? 'no answer'}`);
  return null;
}

/** One result for every topic. */
export async function configsOfTopics(
  connections: BrokerConnections,
  topics: readonly string[],
): Promise<ReadonlyMap<string, ConfigsReading>> {
  const readings = new Map<string, ConfigsReading>();
  for (const batch of batchesOf(topics, TOPICS_AT_ONCE, () => 1)) {
    const resources = batch.map((name) => ({ type: 'topic' as const, name, keys: null }));
    for (const [name, reading] of await describe(connections, 'any', resources)) readings.set(name, reading);
  }
  return readings;
}

/** The value that each of these brokers has for one config. */
export async function brokerConfig(
  connections: BrokerConnections,
  brokerIds: readonly number[],
  key: string,
): Promise<ReadonlyMap<number, ConfigsReading>> {
  const answers = brokerIds.map(async (id): Promise<readonly [number, ConfigsReading]> => {
    const resource = { type: 'broker' as const, name: String(id), keys: [key] };
    try {
      const [reading] = (await describe(connections, id, [resource])).values();
      return [id, reading ?? { kind: 'unreadable', error: 'NO_ANSWER' }];
    } catch (error) {
      return [id, { kind: 'unreadable', error: errorNameOf(error) }];
    }
  });
  return new Map(await Promise.all(answers));
}

/** What a broker refuses is data; a connection that fails is thrown. */
async function describe(
  connections: BrokerConnections,
  broker: BrokerSelector,
  resources: readonly ConfigResource[],
): Promise<ReadonlyMap<string, ConfigsReading>> {
  const readings = new Map<string, ConfigsReading>();
  const unread = (error: string) => ({ kind: 'unreadable', error }) as const;
  for (const { name } of resources) readings.set(name, unread('NO_ANSWER'));
  try {
    for (const { name, error, configs } of await connections.send(broker, describeConfigsRequest(resources))) {
      readings.set(name, error === null ? { kind: 'configs', entries: configs } : unread(error));
    }
  } catch (error) {
    if (!(error instanceof UnsupportedVersionError)) throw error;
    for (const { name } of resources) readings.set(name, unread('UNSUPPORTED_VERSION'));
  }
  return readings;
}
