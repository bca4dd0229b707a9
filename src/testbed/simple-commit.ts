import type { Kafka } from 'kafkajs';
import { bedError } from './errors.ts';

/** The parts of kafkajs's internal cluster that a commit without a member needs. */
export interface InternalBroker {
  offsetCommit(request: {
    groupId: string;
    groupGenerationId: number;
    memberId: string;
    topics: readonly CommitTopic[];
  }): Promise<unknown>;
}

export interface CommitTopic {
  readonly topic: string;
  readonly partitions: readonly { partition: number; offset: string; metadata: string | null }[];
}

export interface InternalCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  findGroupCoordinator(options: { groupId: string }): Promise<InternalBroker>;
}

/**
 * kafkajs keeps its cluster object behind a symbol. The bed asks for it by the symbol's description, which needs no
 * deep import and fails loudly should kafkajs ever change.
 */
export function internalCluster(kafka: Kafka): InternalCluster {
  const symbol = Object.getOwnPropertySymbols(kafka).find((one) => one.description === 'private:Kafka:createCluster');
  const create = symbol === undefined ? undefined : (kafka as unknown as Record<symbol, unknown>)[symbol];
  if (typeof create !== 'function') throw bedError('kafkajs no longer creates its cluster the way the bed expects.');
  return create({ allowAutoTopicCreation: false, maxInFlightRequests: 32 }) as InternalCluster;
}
