/** Brokers, topics and partition leaders, as the cluster tells them now; nothing is created by asking. */
import type { ClusterInfo, TopicInfo } from '../../operations/ports.ts';
import type { BrokerConnections } from './broker-connections.ts';
import {
  METADATA_WITHOUT_AUTO_CREATION,
  type MetadataResponse,
  metadataRequest,
  type TopicMetadata,
} from './protocol/metadata.ts';
import { commonVersion } from './protocol/request.ts';

const BROKERS_ONLY: readonly string[] = [];

export class ClusterMetadata {
  readonly #connections: BrokerConnections;

  constructor(connections: BrokerConnections) {
    this.#connections = connections;
  }

  async describeCluster(): Promise<ClusterInfo> {
    const { clusterId, brokers } = await this.#ask(BROKERS_ONLY);
    return { clusterId, brokers };
  }

  async listTopics(): Promise<ReadonlyMap<string, TopicInfo>> {
    const { topics } = await this.#ask(null);
    return new Map(topics.map((topic) => [topic.topic, topicInfo(topic)]));
  }

  async describeTopics(topics: readonly string[]): Promise<ReadonlyMap<string, TopicInfo>> {
    const described = await this.topicMetadata(topics);
    return new Map([...described].map(([topic, metadata]) => [topic, topicInfo(metadata)]));
  }

  /** One entry for every topic named, with its error or its leaders. */
  async topicMetadata(topics: readonly string[]): Promise<ReadonlyMap<string, TopicMetadata>> {
    const named = [...new Set(topics)];
    if (named.length === 0) return new Map();
    const response = await this.#ask((await this.canNameTopics()) ? named : null);
    const seen = new Map(response.topics.map((topic) => [topic.topic, topic]));
    return new Map(named.map((topic) => [topic, seen.get(topic) ?? unknownTopic(topic)]));
  }

  /**
   * False on brokers before 0.11: there naming a topic may create it, so all are asked for, and a topic that the
   * principal may not describe looks absent.
   */
  async canNameTopics(): Promise<boolean> {
    const request = metadataRequest(null);
    const version = commonVersion(request, (await this.#connections.versions('any')).get(request.apiKey));
    return version !== null && version >= METADATA_WITHOUT_AUTO_CREATION;
  }

  async #ask(topics: readonly string[] | null): Promise<MetadataResponse> {
    const response = await this.#connections.send('any', metadataRequest(topics));
    this.#connections.updateBrokers(response.brokers);
    return response;
  }
}

function topicInfo({ topic, error, partitions }: TopicMetadata): TopicInfo {
  const numbers = error === null ? partitions.map(({ partition }) => partition).sort((a, b) => a - b) : [];
  return { topic, partitions: numbers, error };
}

function unknownTopic(topic: string): TopicMetadata {
  return { topic, error: 'UNKNOWN_TOPIC_OR_PARTITION', partitions: [] };
}
