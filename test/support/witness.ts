import { bedError } from '../../src/testbed/errors.ts';
import type { GroupOffsets, OffsetOfPartition } from '../../src/testbed/groups.ts';
import { waitFor } from '../../src/testbed/wait.ts';
import { startWitnessProcess, type WitnessProcess } from './witness-process.ts';

export { describeGroupOffsets, runConsumerGroupCommand } from '../../src/testbed/consumer-group-command.ts';

/** Which cluster, and how to log in: Java client properties. */
export interface JavaCluster {
  readonly bootstrapServers: string;
  readonly properties?: Readonly<Record<string, string>>;
}

export interface JavaGroup {
  readonly groupId: string;
  /** Classic, Consumer, Share, Streams … as Java prints it. */
  readonly type: string;
  readonly state: string;
  readonly protocolType: string;
}

export interface JavaGroupDescription {
  readonly groupId: string;
  readonly type: string;
  readonly state: string;
  readonly members: number;
  readonly memberIds: readonly string[];
  /** Null for classic groups: their generation is known to members only (see JavaConsumer.status). */
  readonly groupEpoch: number | null;
}

export interface JavaGroupOffset {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly metadata: string;
  readonly leaderEpoch: number | null;
}

export interface JavaLogOffsets {
  readonly partition: number;
  readonly logStart: bigint;
  readonly highWatermark: bigint;
  readonly lastStable: bigint;
}

export interface ConsumerOptions {
  readonly groupId: string;
  readonly protocol?: 'classic' | 'consumer';
  /** Subscribes; leave empty with `assign`. */
  readonly topics?: readonly string[];
  /** Reads these without joining the group. */
  readonly assign?: readonly { readonly topic: string; readonly partition: number }[];
  /** Makes it a static member. */
  readonly instanceId?: string;
  /** `none` by default: a partition without a committed offset is an error of the consumer. */
  readonly offsetReset?: 'none' | 'earliest' | 'latest';
  /** False by default; true commits every 500 ms. */
  readonly autoCommit?: boolean;
}

export interface PartitionRead {
  readonly topic: string;
  readonly partition: number;
  /** Where it began: the committed offset, or the reset. */
  readonly startPosition: bigint;
  readonly position: bigint;
  readonly count: number;
  /** Values in order. */
  readonly ids: readonly string[];
}

export interface ConsumerStatus {
  /** What Kafka threw at it, for example NoOffsetForPartitionException. */
  readonly error: string | null;
  /** How often partitions were assigned. */
  readonly rebalances: number;
  /** `topic-partition`, sorted. */
  readonly assignment: readonly string[];
  /** Not there for `assign`. Generation (classic) or member epoch (KIP-848). */
  readonly memberId?: string;
  readonly generation?: number;
  /** Ordered by topic and partition. */
  readonly partitions: readonly PartitionRead[];
}

export interface JavaConsumer {
  /** Returns once it has partitions; throws what Kafka threw at it. */
  assigned(): Promise<ConsumerStatus>;
  status(): Promise<ConsumerStatus>;
  /** What it has read, or these offsets. */
  commit(offsets?: readonly OffsetOfPartition[]): Promise<void>;
  /** Returns once the group's coordinator lists it no more. `leave: false` stays a member until the session times out, as a crashed or static one does. */
  close(options?: { readonly leave: boolean }): Promise<void>;
}

/** The broker aborts it after ten minutes. */
export interface OpenTransaction {
  /** Of its last record, null without any. */
  readonly lastOffset: bigint | null;
  end(outcome: 'commit' | 'abort' | 'forget'): Promise<void>;
}

/** Records of one partition as Java's consumer reads them. An id is the header `id`, the value, or `tombstone <key>`. */
export interface JavaLog {
  readonly topic: string;
  readonly partition: number;
  /** The log start, or where a resumed consumer began: the committed offset. */
  readonly start: number;
  /** The end that the read was to reach, or the position at which it stopped. */
  readonly end: number;
  /** Offset and id of each record, in order. */
  readonly records: readonly (readonly [offset: number, id: string])[];
}

export interface AclSpec {
  readonly principal: string;
  readonly resourceType: 'TOPIC' | 'GROUP' | 'CLUSTER' | 'TRANSACTIONAL_ID';
  readonly name: string;
  readonly patternType?: 'LITERAL' | 'PREFIXED';
  readonly operation: string;
  readonly permission?: 'ALLOW' | 'DENY';
}

const TIMEOUT_MS = 120_000;

/** Java's own clients (4.3.1) in one JVM; every call has a deadline and rejects with Java's class and message. */
export class Witness {
  readonly #process: WitnessProcess;
  #consumers = 0;

  private constructor(process: WitnessProcess) {
    this.#process = process;
  }

  static async start(): Promise<Witness> {
    return new Witness(await startWitnessProcess());
  }

  close(): Promise<void> {
    return this.#process.close();
  }

  async listGroups(cluster: JavaCluster): Promise<readonly JavaGroup[]> {
    return (await this.#ask('listGroups', cluster)) as JavaGroup[];
  }

  async describeGroup(cluster: JavaCluster, groupId: string): Promise<JavaGroupDescription> {
    return (await this.#ask('describeGroup', cluster, { groupId })) as JavaGroupDescription;
  }

  /** Committed offsets by Java's Admin: of these groups, or of all but share groups. Ordered. */
  async groupOffsets(cluster: JavaCluster, groupIds: readonly string[] = []): Promise<readonly JavaGroupOffset[]> {
    const rows = (await this.#ask('groupOffsets', cluster, { groupIds })) as (JavaGroupOffset & { offset: string })[];
    return rows.map((row) => ({ ...row, offset: BigInt(row.offset) })).sort(byGroupAndPartition);
  }

  /** What MM2's own client (RemoteClusterUtils.translateOffsets) reads from the checkpoints topic. Ordered. */
  async translateOffsets(
    target: JavaCluster,
    options: { sourceAlias: string; groupId: string },
  ): Promise<readonly JavaGroupOffset[]> {
    const rows = (await this.#ask('translateOffsets', target, options)) as (JavaGroupOffset & { offset: string })[];
    return rows.map((row) => ({ ...row, offset: BigInt(row.offset) })).sort(byGroupAndPartition);
  }

  /** Admin.alterConsumerGroupOffsets for all groups at once. Throws if any of them was refused. */
  async alterGroupOffsets(cluster: JavaCluster, groups: readonly GroupOffsets[]): Promise<void> {
    const byGroup = Object.fromEntries(groups.map(({ groupId, offsets }) => [groupId, offsets]));
    const result = (await this.#ask('alterGroupOffsets', cluster, { groups: byGroup })) as BenchResult;
    const [first] = Object.entries(result.errors);
    if (first !== undefined) throw new Error(`${first[0]}: ${first[1]}`);
  }

  async deleteGroups(cluster: JavaCluster, groupIds: readonly string[]): Promise<void> {
    await this.#ask('deleteGroups', cluster, { groupIds });
  }

  /** The bench's peer: groups `<prefix>0…` × partitions 0…, all in flight. */
  async benchAlterGroupOffsets(
    cluster: JavaCluster,
    bench: { groupPrefix: string; groups: number; topic: string; partitions: number; offset: bigint },
  ): Promise<BenchResult> {
    return (await this.#ask('benchAlterGroupOffsets', cluster, bench, 600_000)) as BenchResult;
  }

  async logOffsets(cluster: JavaCluster, topic: string): Promise<readonly JavaLogOffsets[]> {
    const rows = (await this.#ask('logOffsets', cluster, { topic })) as Record<keyof JavaLogOffsets, string>[];
    return rows.map((row) => ({
      partition: Number(row.partition),
      logStart: BigInt(row.logStart),
      highWatermark: BigInt(row.highWatermark),
      lastStable: BigInt(row.lastStable),
    }));
  }

  async startConsumer(cluster: JavaCluster, options: ConsumerOptions): Promise<JavaConsumer> {
    this.#consumers += 1;
    const name = `consumer-${this.#consumers}`;
    await this.#ask('startConsumer', cluster, { ...options, name });
    const status = async () => consumerStatus(await this.#ask('consumer', cluster, { name }));
    return {
      status,
      assigned: () => untilAssigned(options.groupId, status),
      commit: async (offsets) => {
        await this.#ask('commitConsumer', cluster, { name, offsets });
      },
      close: async ({ leave } = { leave: true }) => {
        await this.#ask('closeConsumer', cluster, { name, leave });
      },
    };
  }

  /** Joins, reads from the committed offsets to the ends seen at the start, leaves. Commits only if asked. */
  async consumeToEnd(
    cluster: JavaCluster,
    options: ConsumerOptions & { readonly commit?: boolean; readonly timeoutMs?: number },
  ): Promise<ConsumerStatus> {
    const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    return consumerStatus(await this.#ask('consumeToEnd', cluster, { ...options, timeoutMs }, timeoutMs + 20_000));
  }

  /** Every data record of a topic to its end, those of aborted transactions included. Ordered by partition. */
  async readLog(cluster: JavaCluster, topic: string): Promise<readonly JavaLog[]> {
    return javaLogs(await this.#ask('readLog', cluster, { topic }, 2 * TIMEOUT_MS));
  }

  /**
   * Joins a group, reads on from its committed offsets (there must be one everywhere) to the ends, or `limit` records
   * a partition, and leaves without a commit. Ordered by topic and partition.
   */
  async resume(
    cluster: JavaCluster,
    options: Pick<ConsumerOptions, 'groupId' | 'topics'> & { protocol: 'classic' | 'consumer'; limit?: number },
  ): Promise<readonly JavaLog[]> {
    const request = { ...options, timeoutMs: 2 * TIMEOUT_MS };
    return javaLogs(await this.#ask('resume', cluster, request, 3 * TIMEOUT_MS));
  }

  /** A member of a share group (KIP-932) that reads and acknowledges from the earliest record on. */
  async startShareConsumer(
    cluster: JavaCluster,
    options: { groupId: string; topics: readonly string[] },
  ): Promise<{ count(): Promise<number>; close(): Promise<void> }> {
    this.#consumers += 1;
    const name = `share-${this.#consumers}`;
    await this.setConfig(cluster, 'GROUP', options.groupId, { 'share.auto.offset.reset': 'earliest' });
    await this.#ask('startShareConsumer', cluster, { ...options, name });
    return {
      count: async () => {
        const seen = (await this.#ask('shareConsumer', cluster, { name })) as { count: number; error: string | null };
        if (seen.error !== null) throw new Error(`${options.groupId}: ${seen.error}`);
        return seen.count;
      },
      close: async () => {
        await this.#ask('closeShareConsumer', cluster, { name });
      },
    };
  }

  /** Writes records whose key and value are the ids. The codec goes into `properties`: `compression.type`. */
  async produce(
    cluster: JavaCluster,
    records: { topic: string; partition: number; ids: readonly string[] },
  ): Promise<void> {
    await this.#ask('produce', cluster, records);
  }

  /** A transaction with records and/or group offsets that stays open until one of the three ends it. */
  async openTransaction(
    cluster: JavaCluster,
    options: {
      transactionalId: string;
      records?: { topic: string; partition: number; ids: readonly string[] };
      group?: GroupOffsets;
    },
  ): Promise<OpenTransaction> {
    const name = options.transactionalId;
    const properties = { ...cluster.properties, 'transactional.id': name };
    const request = { name, ...options.records, ...options.group };
    const last = (await this.#ask('openTransaction', { ...cluster, properties }, request)) as string | null;
    return {
      lastOffset: last === null ? null : BigInt(last),
      end: async (outcome) => {
        await this.#ask('endTransaction', cluster, { name, outcome });
      },
    };
  }

  /** In force on the brokers when this returns, as are users, quotas and configs below. */
  async createAcls(cluster: JavaCluster, acls: readonly AclSpec[]): Promise<void> {
    await this.#ask('createAcls', cluster, { acls });
  }

  async createScramUser(
    cluster: JavaCluster,
    user: { user: string; password: string; mechanism: 'SCRAM-SHA-256' | 'SCRAM-SHA-512' },
  ): Promise<void> {
    await this.#ask('createScramUser', cluster, user);
  }

  /** What a client with this id may fetch from a broker, before the broker throttles it. */
  async setConsumerQuota(cluster: JavaCluster, clientId: string, bytesPerSecond: number): Promise<void> {
    await this.#ask('setConsumerQuota', cluster, { clientId, bytesPerSecond });
  }

  async setConfig(
    cluster: JavaCluster,
    resourceType: 'TOPIC' | 'GROUP' | 'BROKER',
    name: string,
    config: Readonly<Record<string, string>>,
  ): Promise<void> {
    await this.#ask('setConfig', cluster, { resourceType, name, config });
  }

  #ask(command: string, cluster: JavaCluster, fields: object = {}, timeoutMs = TIMEOUT_MS): Promise<unknown> {
    const { bootstrapServers, properties = {} } = cluster;
    return this.#process.request(command, { ...fields, bootstrapServers, properties }, timeoutMs);
  }
}

export interface BenchResult {
  readonly elapsedMs: number;
  /** Group id to Java's error. */
  readonly errors: Readonly<Record<string, string>>;
}

function untilAssigned(groupId: string, status: () => Promise<ConsumerStatus>): Promise<ConsumerStatus> {
  const look = async () => {
    const now = await status();
    if (now.error !== null) throw bedError(`${groupId}: ${now.error}`);
    return now.assignment.length > 0 ? { done: now } : { seen: 'no partitions' };
  };
  return waitFor(`${groupId} to be assigned partitions`, look, { timeoutMs: TIMEOUT_MS });
}

function consumerStatus(answer: unknown): ConsumerStatus {
  type Raw = Omit<PartitionRead, 'startPosition' | 'position'> & { startPosition: string; offset: string };
  const raw = answer as Omit<ConsumerStatus, 'partitions'> & { partitions: Raw[] };
  const partitions = raw.partitions.map(({ topic, partition, count, ids, startPosition, offset }) => ({
    topic,
    partition,
    startPosition: BigInt(startPosition),
    position: BigInt(offset),
    count,
    ids,
  }));
  return { ...raw, partitions: partitions.sort(byTopicAndPartition) };
}

function javaLogs(answer: unknown): readonly JavaLog[] {
  const rows = answer as (Place & { startPosition: string; offset: string; lines: string })[];
  const logs = rows.map(({ topic, partition, startPosition, offset, lines }) => ({
    topic,
    partition,
    start: Number(startPosition),
    end: Number(offset),
    records: lines.split('\n').slice(0, -1).map(offsetAndId),
  }));
  return logs.sort(byTopicAndPartition);
}

function offsetAndId(line: string): readonly [number, string] {
  const tab = line.indexOf('\t');
  return [Number(line.slice(0, tab)), line.slice(tab + 1)];
}

interface Place {
  readonly topic: string;
  readonly partition: number;
}

function byTopicAndPartition(a: Place, b: Place): number {
  return a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1;
}

function byGroupAndPartition(a: JavaGroupOffset, b: JavaGroupOffset): number {
  return a.groupId === b.groupId ? byTopicAndPartition(a, b) : a.groupId < b.groupId ? -1 : 1;
}
