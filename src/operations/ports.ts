/**
 * What an operation needs from the outside. Adapters implement these; tests fake one only to make a fault that a
 * real cluster can't produce on demand. All offsets are bigint. Errors that concern one group or partition are data.
 */
import type { ListedGroup } from '../domain/groups.ts';
import type { RecordImage } from '../domain/offsets/bracket/record-image.ts';
import type { CommitAnswer } from '../domain/offsets/verify-commit.ts';
import type { TopicPartition, TopicPartitionKey } from '../domain/topic-partition.ts';

/** Kafka's error name, e.g. `UNKNOWN_MEMBER_ID`; `UNKNOWN(123)` for a code the table does not hold. */
export type KafkaErrorName = string;

export interface ClusterInfo {
  /** null on brokers before 0.10.1. */
  readonly clusterId: string | null;
  readonly brokers: readonly { readonly nodeId: number; readonly host: string; readonly port: number }[];
}

export interface TopicInfo {
  readonly topic: string;
  /** Partition numbers, ascending; empty when `error` is set. */
  readonly partitions: readonly number[];
  /** UNKNOWN_TOPIC_OR_PARTITION, TOPIC_AUTHORIZATION_FAILED …; null when described. */
  readonly error: KafkaErrorName | null;
}

export interface GroupListing {
  readonly groups: readonly ListedGroup[];
  /** Brokers that answered ListGroups. */
  readonly answeredBrokers: ReadonlySet<number>;
  /** Brokers that did not within the deadline: their groups are unknown, not absent. */
  readonly missingBrokers: readonly { readonly nodeId: number; readonly reason: string }[];
}

export interface OffsetsQuery {
  readonly groupId: string;
  /** `all`: whatever the group has (used to discover); a list names them, so that an unauthorized topic says so. */
  readonly partitions: 'all' | readonly TopicPartition[];
}

export interface CommittedOffset {
  /** null: the group has no committed offset for this partition. */
  readonly offset: bigint | null;
  readonly metadata: string;
  /** −1 when the consumer gave none. */
  readonly leaderEpoch: number;
  /** Per-partition error, e.g. UNSTABLE_OFFSET_COMMIT (open transaction), TOPIC_AUTHORIZATION_FAILED; null when read. */
  readonly error: KafkaErrorName | null;
}

export interface GroupOffsets {
  readonly groupId: string;
  /** Broker id of the group's coordinator; null when it could not be found. */
  readonly coordinatorId: number | null;
  /** Error of the whole group (GROUP_AUTHORIZATION_FAILED, COORDINATOR_NOT_AVAILABLE, DEADLINE …): nothing was read. */
  readonly error: KafkaErrorName | null;
  readonly partitions: ReadonlyMap<TopicPartitionKey, CommittedOffset>;
}

export type LogRange =
  | { readonly kind: 'range'; readonly logStart: bigint; readonly highWatermark: bigint }
  | { readonly kind: 'error'; readonly error: KafkaErrorName };

/** A raw data record; key and value never leave memory (invariant G). */
export interface LogRecord {
  readonly offset: bigint;
  /** Milliseconds since the epoch, −1 when the format has none. */
  readonly timestamp: bigint;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly { readonly key: string; readonly value: Uint8Array | null }[];
}

export interface LogReadRequest extends TopicPartition {
  /** First offset wanted; below the log start it is raised to it. */
  readonly from: bigint;
  /** Exclusive end, fixed at the start of the read by the caller; beyond the high watermark is an error. */
  readonly to: bigint;
  /** read_committed leaves out aborted transactions and stops before an open one. */
  readonly isolation: 'read_uncommitted' | 'read_committed';
}

export interface LogReadResult {
  /**
   * True when every batch in [from, to) that was there when the read began was seen, or the read stopped at an open
   * transaction (see below). False when the broker gave no more, or when the log start overtook the read.
   */
  readonly complete: boolean;
  /** Log start to which the position was raised: `from` lay below it, or it moved up meanwhile. Else null. */
  readonly logStartMovedTo: bigint | null;
  /** First offset of an open transaction that ended a read_committed read; null when there is none. */
  readonly openTransactionAt: bigint | null;
  readonly recordCount: number;
}

export interface ImageRequest extends TopicPartition {
  /** [from, to); below the log start it is raised to it, beyond the high watermark is an error of the slice. */
  readonly from: bigint;
  readonly to: bigint;
}

export interface ImageLimits {
  readonly signal: AbortSignal;
  /** Offsets that have been passed since the last call, for a person who waits. */
  readonly onRead?: (offsets: number) => void;
}

/** The records of one slice, aborted ones included, or why they could not all be read (invariant D). */
export type ImageSlice =
  | {
      readonly kind: 'read';
      readonly records: readonly RecordImage[];
      /** The log start, where it lay above `from` when the read began: what was before it is gone. */
      readonly raisedTo?: bigint;
    }
  | { readonly kind: 'unreadable'; readonly error: KafkaErrorName };

export interface GroupCommit {
  readonly groupId: string;
  readonly offsets: readonly (TopicPartition & { readonly offset: bigint; readonly metadata: string })[];
}

/** What the broker made of one partition's commit. */
export type CommitOutcome = CommitAnswer;

export interface GroupCommitResult {
  readonly groupId: string;
  /** One entry for every partition asked for, also for those that the broker did not mention. */
  readonly partitions: ReadonlyMap<TopicPartitionKey, CommitOutcome>;
}

export interface TopicConfigEntry {
  readonly name: string;
  readonly value: string | null;
}

/** Read side of a cluster. Nothing here creates anything: metadata forbids auto-creation, and no coordinator is
 * looked up while `__consumer_offsets` is absent. Connection errors are thrown as MigrationError. */
export interface ClusterReader {
  readonly side: 'source' | 'target';
  describeCluster(): Promise<ClusterInfo>;
  /** All topics the principal may describe, internal ones included. */
  listTopics(): Promise<ReadonlyMap<string, TopicInfo>>;
  /** The named topics, each with its partitions or its error. */
  describeTopics(topics: readonly string[]): Promise<ReadonlyMap<string, TopicInfo>>;
  /** Configs of one topic; null when the principal may not read them or the broker is too old. */
  topicConfigs(topic: string): Promise<readonly TopicConfigEntry[] | null>;
  listGroups(): Promise<GroupListing>;
  /** One result for every query, in any order; large inputs are split and sent in parallel. Asks require_stable. */
  committedOffsets(queries: readonly OffsetsQuery[]): Promise<ReadonlyMap<string, GroupOffsets>>;
  /** Log start offset and high watermark (read_uncommitted end) of each partition. */
  logRanges(partitions: readonly TopicPartition[]): Promise<ReadonlyMap<TopicPartitionKey, LogRange>>;
  /** Calls `visit` for each data record in offset order. Errors: MigrationError after retries. */
  readLog(request: LogReadRequest, visit: (record: LogRecord) => void): Promise<LogReadResult>;
  /**
   * Images of the records of many slices, one result for each, in their order. Slices of all partitions of a leader
   * share its fetches; what one read brings is paced by the cluster's own scan rate. A slice whose log start moved
   * into it is unreadable. Errors of a slice are data; MigrationError(CANCELLED) when the signal aborts.
   */
  readImages(requests: readonly ImageRequest[], limits: ImageLimits): Promise<readonly ImageSlice[]>;
  close(): Promise<void>;
}

/** The target is also written to: committed offsets only. */
export interface TargetCluster extends ClusterReader {
  /**
   * Simple commits: generation −1, empty member id, leader epoch −1. One result for every commit. Nothing is sent
   * after `notAfter` (milliseconds since the epoch), and never later than 2 s after the call (invariant B).
   */
  commitOffsets(commits: readonly GroupCommit[], notAfter?: number): Promise<ReadonlyMap<string, GroupCommitResult>>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `durationMs`, or at once when the signal aborts. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/** Lines a person follows. Untrusted text is made inert by the implementation (invariant J). */
export interface Log {
  stage(title: string): void;
  info(message: string): void;
  warn(message: string): void;
  debug(message: string): void;
  /** What goes on now; the next one takes its place, and a log may leave some out, or have no place for any. */
  progress?(progress: Progress): void;
}

export interface Progress {
  readonly doing: string;
  /** When it ends at the latest, in milliseconds since the epoch. */
  readonly endsAtMs?: number;
}

/** Previous and intended value of one group partition, written before its first commit (invariant E). */
export interface ExportEntry extends TopicPartition {
  readonly groupId: string;
  readonly groupExisted: boolean;
  /** null: the group had no committed offset there. */
  readonly previousOffset: bigint | null;
  readonly previousMetadata: string;
  readonly previousLeaderEpoch: number;
  /** `removed`: the offset is to be removed; null: nothing is to be done. */
  readonly intendedOffset: bigint | 'removed' | null;
}

export interface OffsetsExport {
  /** Appends and flushes to disk; resolves only when the bytes are down. Throws MigrationError(FILE_UNWRITABLE). */
  append(entries: readonly ExportEntry[]): Promise<void>;
}
