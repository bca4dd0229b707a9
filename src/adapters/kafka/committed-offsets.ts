/** Committed offsets of many groups: each from its coordinator, many per request where the broker can. */
import { partitionKey, type TopicPartitionKey } from '../../domain/topic-partition.ts';
import type { CommittedOffset, GroupOffsets, OffsetsQuery } from '../../operations/ports.ts';
import { batchesOf, groupBy } from './batches.ts';
import type { BrokerConnections } from './broker-connections.ts';
import type { Coordinator, Coordinators } from './coordinators.ts';
import { errorNameOf } from './kafka-error.ts';
import type { KafkaErrorName } from './protocol/error-names.ts';
import {
  type FetchedGroup,
  OFFSET_FETCH_ALL_TOPICS,
  OFFSET_FETCH_MANY,
  offsetFetchRequest,
} from './protocol/offset-fetch.ts';
import { commonVersion } from './protocol/request.ts';
import { forEachLimit, type Leftover, retryRounds } from './retry.ts';

/** A request of this size is answered in a few milliseconds. */
const PARTITIONS_AT_ONCE = 2_000;
/** Weight of a group itself, so that no request names more than 200. */
const GROUP_WEIGHT = 10;
/** What `all` may bring, for the weight only. */
const ASSUMED_PARTITIONS = 20;
const CONNECTIONS = 4;
const BATCHES_IN_FLIGHT = 8;
/** Brokers without many groups per request get singles, pipelined. */
const SINGLES_IN_FLIGHT = 64;

const RETRIABLE: ReadonlySet<KafkaErrorName> = new Set([
  'COORDINATOR_LOAD_IN_PROGRESS',
  'COORDINATOR_NOT_AVAILABLE',
  'NOT_COORDINATOR',
  'NETWORK_EXCEPTION',
]);

export interface ReadContext {
  readonly connections: BrokerConnections;
  readonly coordinators: Coordinators;
  /** After this the last error of a group is its result. */
  readonly timeoutMs: number;
}

interface CoordinatedQuery {
  readonly query: OffsetsQuery;
  readonly coordinator: Coordinator;
}

/**
 * One result for every group. `__consumer_offsets` must exist: looking up a coordinator would create it.
 * Throws MigrationError when no broker at all can be asked.
 */
export async function committedOffsets(
  context: ReadContext,
  queries: readonly OffsetsQuery[],
): Promise<ReadonlyMap<string, GroupOffsets>> {
  const { connections, coordinators, timeoutMs } = context;
  const results = new Map<string, GroupOffsets>();
  const round = async (items: readonly OffsetsQuery[]): Promise<readonly Leftover<OffsetsQuery>[]> => {
    const left: Leftover<OffsetsQuery>[] = [];
    for (const result of await readOnce(context, items)) results.set(result.groupId, result);
    for (const item of items) {
      const error = results.get(item.groupId)?.error ?? null;
      if (error === null || !RETRIABLE.has(error)) continue;
      coordinators.forget(item.groupId);
      left.push({ item, error });
    }
    return left;
  };
  await retryRounds(queries, round, { clock: connections.options.clock, timeoutMs });
  return results;
}

async function readOnce(context: ReadContext, queries: readonly OffsetsQuery[]): Promise<readonly GroupOffsets[]> {
  const coordinators = await context.coordinators.find(queries.map(({ groupId }) => groupId));
  const coordinated = queries.map((query) => ({ query, coordinator: coordinators.get(query.groupId) as Coordinator }));
  const perNode = groupBy(coordinated, ({ coordinator }) => (coordinator.kind === 'found' ? coordinator.nodeId : null));
  const read = [...perNode].map(([nodeId, entries]) =>
    nodeId === null
      ? notFound(entries)
      : fetchOffsetsFrom(
          context.connections,
          nodeId,
          entries.map(({ query }) => query),
        ),
  );
  return (await Promise.all(read)).flat();
}

function notFound(entries: readonly CoordinatedQuery[]): readonly GroupOffsets[] {
  return entries.flatMap(({ query, coordinator }) =>
    coordinator.kind === 'error' ? [unread(query, null, coordinator.error)] : [],
  );
}

/** Answers of one broker: NOT_COORDINATOR for groups that it does not coordinate. */
export async function fetchOffsetsFrom(
  connections: BrokerConnections,
  nodeId: number,
  queries: readonly OffsetsQuery[],
): Promise<readonly GroupOffsets[]> {
  const read: GroupOffsets[] = [];
  try {
    const request = offsetFetchRequest([]);
    const version = commonVersion(request, (await connections.versions(nodeId)).get(request.apiKey)) ?? 0;
    const many = version >= OFFSET_FETCH_MANY;
    const canAsk = ({ partitions }: OffsetsQuery): boolean =>
      partitions !== 'all' || version >= OFFSET_FETCH_ALL_TOPICS;
    for (const query of queries) if (!canAsk(query)) read.push(unread(query, nodeId, 'UNSUPPORTED_VERSION'));
    const batches = batchesOf(queries.filter(canAsk), many ? PARTITIONS_AT_ONCE : 1, weightOf);
    await forEachLimit(batches, many ? BATCHES_IN_FLIGHT : SINGLES_IN_FLIGHT, async (batch) => {
      read.push(...(await readBatch(connections, nodeId, batch)));
    });
    return read;
  } catch (error) {
    const name = errorNameOf(error);
    return queries.map((query) => unread(query, nodeId, name));
  }
}

async function readBatch(
  connections: BrokerConnections,
  nodeId: number,
  batch: readonly OffsetsQuery[],
): Promise<readonly GroupOffsets[]> {
  try {
    const fetched = await connections.send(nodeId, offsetFetchRequest(batch), { connections: CONNECTIONS });
    const groups = new Map(fetched.map((group) => [group.groupId, group]));
    return batch.map((query) => groupOffsets(query, nodeId, groups.get(query.groupId)));
  } catch (error) {
    const name = errorNameOf(error);
    connections.options.log.debug(`committed offsets of ${batch.length} groups: ${String(error)}`);
    return batch.map((query) => unread(query, nodeId, name));
  }
}

function groupOffsets(query: OffsetsQuery, nodeId: number, group: FetchedGroup | undefined): GroupOffsets {
  if (group === undefined) return unread(query, nodeId, 'UNKNOWN_SERVER_ERROR');
  if (group.error !== null) return unread(query, nodeId, group.error);
  const partitions = new Map<TopicPartitionKey, CommittedOffset>();
  if (query.partitions !== 'all') {
    // A partition that was named and not answered is not known to have no offset.
    for (const { topic, partition } of query.partitions) partitions.set(partitionKey(topic, partition), NOT_ANSWERED);
  }
  for (const { topic, partition, offset, metadata, leaderEpoch, error } of group.offsets) {
    const known = error === null && offset >= 0n ? offset : null;
    partitions.set(partitionKey(topic, partition), { offset: known, metadata, leaderEpoch, error });
  }
  return { groupId: query.groupId, coordinatorId: nodeId, error: null, partitions };
}

const NOT_ANSWERED: CommittedOffset = { offset: null, metadata: '', leaderEpoch: -1, error: 'UNKNOWN_SERVER_ERROR' };

function unread({ groupId }: OffsetsQuery, coordinatorId: number | null, error: KafkaErrorName): GroupOffsets {
  return { groupId, coordinatorId, error, partitions: new Map() };
}

function weightOf({ partitions }: OffsetsQuery): number {
  return GROUP_WEIGHT + (partitions === 'all' ? ASSUMED_PARTITIONS : partitions.length);
}
