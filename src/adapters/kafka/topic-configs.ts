/** Configs of a topic, for checks that can do without them. */
import type { TopicConfigEntry } from '../../operations/ports.ts';
import type { BrokerConnections } from './broker-connections.ts';
import { describeConfigsRequest } from './protocol/describe-configs.ts';
import { UnsupportedVersionError } from './protocol/request.ts';

/** Null when they cannot be read: not authorized, a broker before 0.11, a topic that is not there. */
export async function topicConfigs(
  connections: BrokerConnections,
  topic: string,
): Promise<readonly TopicConfigEntry[] | null> {
  try {
    const [described] = await connections.send('any', describeConfigsRequest(topic));
    if (described?.error === null) return described.configs;
    connections.options.log.debug(`configs of topic ${topic}: ${described?.error ?? 'no answer'}`);
    return null;
  } catch (error) {
    if (error instanceof UnsupportedVersionError) return null;
    throw error;
  }
}
