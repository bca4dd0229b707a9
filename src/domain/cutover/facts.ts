/**
 * What the cutover gate judges: plain data, read by `operations/gate/`. Whatever may be unreadable is a `Known`, so
 * that no check takes it for absent (invariant D). Offsets are bigint; times are milliseconds since the epoch.
 */
import type { ConnectorStatus } from '../connectors/connector-health.ts';
import type { GroupStatus } from '../groups.ts';
import type { PartitionOutcome } from '../offsets/partition-outcome.ts';
import type { PatternList } from '../patterns.ts';
import type { Shard } from '../shard.ts';
import type { TopicPartitionKey } from '../topic-partition.ts';

/** What the gate is asked: a rehearsal on a live system, the moment of the cutover, or the end of the source. */
export const PHASES = ['rehearse', 'cutover', 'decommission'] as const;
export type Phase = (typeof PHASES)[number];

/** `why` completes "is not known: …": a clause without a full stop, free of secrets. */
export type Known<T> =
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'unknown'; readonly why: string };

/** The same thing read twice, `windowMs` apart; where one look failed only that one is unknown. */
export interface TwoLooks<T> {
  readonly first: T;
  readonly second: T;
}

export interface CutoverFacts {
  readonly phase: Phase;
  /** Time between the two looks, as it was; at least `activity-window` unless the run was cut short. */
  readonly windowMs: number;
  /** Clock of the gate at the second look. */
  readonly nowMs: number;
  /** Every group with anything on a migrated topic, also those outside the selection or hidden from MM2. */
  readonly groups: readonly GroupFacts[];
  /** What was seen of groups that other shards judge; null: the run is of all groups. */
  readonly otherShards: OtherShards | null;
  /**
   * Why groups may be missing above: a broker that did not list its groups, groups whose offsets may not be read.
   * One sentence each; empty when nothing can have been missed.
   */
  readonly unseenGroups: readonly string[];
  /** Every topic of the source that is migrated (selected and not internal), with or without a group. */
  readonly topics: readonly TopicFacts[];
  /** Unknown: no connect-url, or the worker did not answer. */
  readonly connect: Known<ConnectFacts>;
  /**
   * Newest timestamp inside the heartbeats of the source on the target, in `<source>.heartbeats` (with the lab's policy in
   * `heartbeats`, where only what the source has as well counts); null: none has arrived.
   * Unknown: it could not be read, or its newest record is not a heartbeat.
   */
  readonly heartbeat: Known<{ readonly newestAtMs: number | null }>;
  readonly identity: IdentityFacts;
  /** `config.properties.exclude` of the source connector; MM2's default without Connect. Topic config names match it. */
  readonly configsExcluded: PatternList;
  /** Unknown: the principal may not describe ACLs on one of the sides. */
  readonly acls: Known<AclFacts>;
  /** `offsets.retention.minutes` of the target's brokers, the smallest where they differ. Unknown: DESCRIBE_CONFIGS on the cluster is missing. */
  readonly targetOffsetsRetentionMinutes: Known<number>;
  /** The export that a rollback would use: `rollback-from`, in `migrate` this run's own; null: none. Unknown: unreadable. */
  readonly rollback: Known<RollbackFacts | null>;
}

/**
 * Of groups outside the run's own shard only those are read that its verdict depends on: groups that a required pattern
 * matches and that none of its own does; and all selected ones where no group of its own is to be judged.
 */
export interface OtherShards {
  /** The run's own. */
  readonly shard: Shard;
  /** With anything on a migrated topic. */
  readonly groups: readonly OtherGroup[];
  /** Groups whose offsets could not be read, so that they may have some. */
  readonly unread: readonly string[];
}

export interface OtherGroup {
  readonly groupId: string;
  /** Selected, with a commit on a migrated topic of the source: its own shard judges it. */
  readonly isJudgedThere: boolean;
}

export interface GroupFacts {
  readonly groupId: string;
  readonly source: TwoLooks<GroupStatus>;
  readonly target: TwoLooks<GroupStatus>;
  /**
   * Why MM2 hides the group, so that it has no checkpoints of it: left out by `groups`/`groups.exclude` of the
   * checkpoint connector (by MM2's defaults without Connect), a sink connector's group, a share group, a streams
   * group …; a clause such as `groups.exclude of the checkpoint connector`. null: not hidden.
   */
  readonly hiddenFromMm2: string | null;
  /** One for every partition that the pass saw. */
  readonly partitions: readonly GroupPartitionFacts[];
  /** Partitions without a source commit, of topics where the group has one on another partition. */
  readonly uncommitted: readonly UncommittedPartition[];
}

export interface GroupPartitionFacts {
  /** Of a dry-run pass, whose own readings are the first look: `verdict`, `reason`, `translated`, `translation`, `proof`. */
  readonly outcome: PartitionOutcome;
  /** Committed offset of the group; null: none. Unknown: not readable, or an open transaction holds a commit. */
  readonly sourceCommitted: TwoLooks<Known<bigint | null>>;
  readonly targetCommitted: TwoLooks<Known<bigint | null>>;
  /** The group's own newest checkpoint for this partition; null: none. Unknown: unreadable. */
  readonly checkpoint: Known<CheckpointFacts | null>;
}

export interface CheckpointFacts {
  readonly upstream: bigint;
  readonly downstream: bigint;
  /** Timestamp of its record: the clock of the MM2 task. Unchanged checkpoints are not written again. */
  readonly emittedAtMs: number;
}

export interface UncommittedPartition {
  readonly sourceTopic: string;
  /** Name on the target. */
  readonly topic: string;
  readonly partition: number;
  /** Whether the source log of the partition holds anything: its end is above its start. */
  readonly hasRecords: Known<boolean>;
}

export interface TopicFacts {
  readonly sourceTopic: string;
  /** Name on the target. */
  readonly topic: string;
  readonly sourcePartitionCount: Known<number>;
  /** null: the topic is not on the target. */
  readonly targetPartitionCount: Known<number | null>;
  /** One for every partition on the source, ascending; where their number is unknown, one of which all is unknown. */
  readonly partitions: readonly TopicPartitionFacts[];
  /** All configs of the topic by name. Unknown: DESCRIBE_CONFIGS is missing, or the topic is not there. */
  readonly sourceConfigs: Known<ReadonlyMap<string, TopicConfigValue>>;
  readonly targetConfigs: Known<ReadonlyMap<string, TopicConfigValue>>;
  /** Whether a transactional batch or a transaction marker was seen in what was read of the source topic. Unknown: nothing was read. */
  readonly transactional: Known<boolean>;
}

export interface TopicPartitionFacts {
  readonly partition: number;
  readonly sourceLogStart: Known<bigint>;
  /** High watermarks. */
  readonly sourceEnd: TwoLooks<Known<bigint>>;
  /** Unknown also where the partition is not on the target. */
  readonly targetEnd: TwoLooks<Known<bigint>>;
  /**
   * The next source offset that MM2 will copy: one above what the Connect offsets endpoint names (Connect 3.5+);
   * null: MM2 has no offset for it. Unknown: no connect-url, an older worker …
   */
  readonly copiedUpTo: Known<bigint | null>;
  /** The same before the first look at the groups: what they had committed beyond it, MM2 had not come to yet. */
  readonly copiedBefore: Known<bigint | null>;
  /**
   * Data records on the source at or above `copiedUpTo`, up to its end: of the first look, since producers may be at
   * work, and for `decommission` of the second. Markers of transactions do not count. Unknown also where the logs
   * contradict what Connect says (say so in `why`).
   */
  readonly lagRecords: Known<bigint>;
  /** Source offsets that retention deleted before MM2 copied them: an upper bound of the records lost. 0n: none. */
  readonly lostToRetention: Known<bigint>;
}

export interface TopicConfigValue {
  /** null: sensitive, not told. */
  readonly value: string | null;
  /** Not set on the topic itself: the broker's value applies. */
  readonly isDefault: boolean;
}

export interface ConnectFacts {
  readonly url: string;
  /** Version of the worker, and so of MM2. */
  readonly version: string;
  /** The MM2 connectors of this source and target, and those of the files by their names. */
  readonly connectors: readonly ConnectorFacts[];
  /** `isolation.level` with which the source connector reads (`source.consumer.…` / `consumer.…`). Unknown: no source connector. */
  readonly isolationLevel: Known<'read_committed' | 'read_uncommitted'>;
  /** `sync.group.offsets.enabled` of the checkpoint connector: MM2 commits offsets itself. false without such a connector. */
  readonly syncsGroupOffsets: boolean;
}

export interface ConnectorFacts {
  readonly name: string;
  /** `connector.class`; of the file where the worker has no such connector. */
  readonly class: string;
  /** null: not on the worker. `status` is null when it has none yet. */
  readonly live: { readonly status: ConnectorStatus | null } | null;
  /** Keys that differ between worker and file, sorted (names only); empty: the same. Unknown: no file given for it. */
  readonly driftedKeys: Known<readonly string[]>;
}

export interface IdentityFacts {
  /** Cluster id as read, and the pin (`source-cluster-id`); null: the broker tells none, nothing is pinned. */
  readonly source: { readonly clusterId: string | null; readonly pinned: string | null };
  readonly target: { readonly clusterId: string | null; readonly pinned: string | null };
  /** `kafka_cluster_id` of the Connect worker; null: it does not say. Unknown: no connect-url, or no answer. */
  readonly connectClusterId: Known<string | null>;
}

export const ACL_RESOURCES = ['topic', 'group', 'transactional-id'] as const;

export interface Acl {
  readonly resource: (typeof ACL_RESOURCES)[number];
  /** A name, a prefix, or `*` (literal). */
  readonly name: string;
  readonly pattern: 'literal' | 'prefixed';
  /** e.g. `User:orders`. */
  readonly principal: string;
  readonly host: string;
  /** Kafka's word in capitals: READ, WRITE, DESCRIBE, ALL … */
  readonly operation: string;
  readonly permission: 'allow' | 'deny';
}

export interface AclFacts {
  /** ACLs on topics, groups and transactional ids, all of them; null: the cluster has no authorizer (SECURITY_DISABLED). */
  readonly source: readonly SourceAcl[] | null;
  readonly target: readonly Acl[] | null;
}

export interface SourceAcl extends Acl {
  /** What `name` is called on the target: the replication policy applied to a topic or a prefix of topics, else the same. */
  readonly nameOnTarget: string;
}

export interface RollbackFacts {
  /** Path, for messages. */
  readonly file: string;
  readonly sha256: string;
  /** Cluster that the export is of; null: it does not say. */
  readonly clusterId: string | null;
  /** The group partitions that it holds (names on the target). */
  readonly covers: ReadonlyMap<string, ReadonlySet<TopicPartitionKey>>;
  /** Of these, partitions that had no offset before: a rollback deletes them. */
  readonly toDelete: number;
}
