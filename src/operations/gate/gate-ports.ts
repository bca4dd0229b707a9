/**
 * What the gate needs of a cluster beyond what a sync needs. Readers only: nothing that the gate holds can write, so
 * `check` cannot. What may not be read is data (invariant D): the gate says unknown then, and goes on.
 */
import type { TopicPartition } from '../../domain/topic-partition.ts';
import type { ClusterReader, KafkaErrorName } from '../ports.ts';

export interface ConfigEntry {
  readonly name: string;
  /** null when the broker does not tell it (sensitive). */
  readonly value: string | null;
  /** Not set on the topic or broker itself: what it falls back to. */
  readonly isDefault: boolean;
}

export type ConfigsReading =
  | { readonly kind: 'configs'; readonly entries: readonly ConfigEntry[] }
  /** TOPIC_AUTHORIZATION_FAILED, CLUSTER_AUTHORIZATION_FAILED, UNSUPPORTED_VERSION (brokers before 0.11) … */
  | { readonly kind: 'unreadable'; readonly error: KafkaErrorName };

/** One rule of the authorizer, in Kafka's words: TOPIC, LITERAL, `User:alice`, READ, ALLOW … */
export interface AclEntry {
  readonly resourceType: string;
  readonly patternType: string;
  readonly name: string;
  readonly principal: string;
  readonly host: string;
  readonly operation: string;
  readonly permission: string;
}

export type AclsReading =
  | { readonly kind: 'acls'; readonly acls: readonly AclEntry[] }
  /** SECURITY_DISABLED: nobody checks anything there. */
  | { readonly kind: 'no-authorizer' }
  | { readonly kind: 'unreadable'; readonly error: KafkaErrorName };

export interface TailRequest extends TopicPartition {
  /** [from, to); below the log start it is raised to it. */
  readonly from: bigint;
  readonly to: bigint;
  /** As MM2's consumer reads: with read_committed aborted records are none of its business. */
  readonly isolation: 'read_uncommitted' | 'read_committed';
}

export type TailReading =
  | {
      readonly kind: 'read';
      /** Data records in [from, to), as far as they are there: transaction markers and what compaction took are none. */
      readonly dataRecords: number;
      /** A batch of a transaction, or its marker, was among them. */
      readonly transactional: boolean;
      /** Log start to which `from` was raised; null when it was not. */
      readonly logStartMovedTo: bigint | null;
      /** First offset of an open transaction before `to`; only read_committed sees one. */
      readonly openTransactionAt: bigint | null;
    }
  | { readonly kind: 'unreadable'; readonly error: string };

export interface GateReader extends ClusterReader {
  /** One result for every topic. */
  configsOfTopics(topics: readonly string[]): Promise<ReadonlyMap<string, ConfigsReading>>;
  /** The named config as each broker answers for itself, by broker id. */
  brokerConfig(name: string): Promise<ReadonlyMap<number, ConfigsReading>>;
  /** All rules of the cluster. */
  acls(): Promise<AclsReading>;
  /**
   * True: ListGroups leaves nothing out, since the principal may DESCRIBE the cluster or nobody is checked. False: groups
   * that the principal may not describe are not listed, without a word (KafkaApis.handleListGroupsRequest, KIP-231).
   */
  listsEveryGroup(): Promise<boolean>;
  /** Counts the records of slices that the caller has bounded; one result for each, in their order. */
  readTails(requests: readonly TailRequest[], signal: AbortSignal): Promise<readonly TailReading[]>;
}
