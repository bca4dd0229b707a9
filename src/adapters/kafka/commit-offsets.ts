/**
 * Simple commits of many groups. The value of each was read at most two seconds before (invariant B), so nothing is
 * sent later than that after the call, first try or retry, and what may have reached the broker is never sent again.
 */
import { partitionKey, type TopicPartitionKey } from '../../domain/topic-partition.ts';
import type { CommitOutcome, GroupCommit, GroupCommitResult } from '../../operations/ports.ts';
import { groupBy } from './batches.ts';
import type { BrokerConnections } from './broker-connections.ts';
import { chunksOf } from './commit-chunks.ts';
import { type SendOptions, TooLateError } from './connection-pool.ts';
import type { Coordinator, Coordinators } from './coordinators.ts';
import { KafkaConnectionError } from './kafka-error.ts';
import { UnencodableError } from './protocol/encoder.ts';
import type { KafkaErrorName } from './protocol/error-names.ts';
import { type CommitAnswer, offsetCommitRequest } from './protocol/offset-commit.ts';
import { UnsupportedVersionError } from './protocol/request.ts';
import { forEachLimit, type Leftover, retryRounds } from './retry.ts';

const WINDOW_MS = 2_000;
/**
 * Each commit waits for its append, and a broker handles one connection's requests in order: 2,000 groups on 4.1.1
 * take 13 s over one connection and 0.3 s over 64.
 */
const CONNECTIONS_PER_BROKER = 64;
const CONNECTIONS_IN_ALL = 256;
const COMMITS_PER_CONNECTION = 16;
const IN_FLIGHT_PER_CONNECTION = 2;

/** Answered before any effect: this broker does not coordinate the group, or not yet. */
const WITHOUT_EFFECT: ReadonlySet<KafkaErrorName> = new Set(['NOT_COORDINATOR', 'COORDINATOR_LOAD_IN_PROGRESS']);
/**
 * Also the broker's word for an append that timed out or missed replicas after it was written
 * (org.apache.kafka.coordinator.group: NOT_ENOUGH_REPLICAS_AFTER_APPEND, REQUEST_TIMED_OUT): effect unknown.
 */
const EFFECT_UNKNOWN: ReadonlySet<KafkaErrorName> = new Set(['COORDINATOR_NOT_AVAILABLE', 'REQUEST_TIMED_OUT']);
/** Errors of the look-up that no retry helps. */
const PERMANENT: ReadonlySet<KafkaErrorName> = new Set([
  'GROUP_AUTHORIZATION_FAILED',
  'INVALID_GROUP_ID',
  'INVALID_REQUEST',
]);

export interface CommitContext {
  readonly connections: BrokerConnections;
  readonly coordinators: Coordinators;
}

interface ChunkResult {
  readonly chunk: GroupCommit;
  readonly outcomes: readonly (readonly [TopicPartitionKey, CommitOutcome])[];
  /** The part that may be sent again; its outcomes are final if it is not. */
  readonly retriable: GroupCommit;
}

/** One result for every group, with one outcome for every partition. Throws only before anything was sent. */
export async function commitOffsets(
  context: CommitContext,
  commits: readonly GroupCommit[],
  notAfter = Number.POSITIVE_INFINITY,
): Promise<ReadonlyMap<string, GroupCommitResult>> {
  const { clock } = context.connections.options;
  const outcomes = new Map<string, Map<TopicPartitionKey, CommitOutcome>>();
  for (const { groupId } of commits) outcomes.set(groupId, new Map());
  const closesAt = Math.min(notAfter, clock.now() + WINDOW_MS);
  let coordinators = await context.coordinators.find([...outcomes.keys()]);
  let first = true;

  const round = async (chunks: readonly GroupCommit[]): Promise<readonly Leftover<GroupCommit>[]> => {
    if (!first) coordinators = await findAgain(context, chunks, coordinators);
    first = false;
    const left: Leftover<GroupCommit>[] = [];
    for (const result of await sendChunks(context, coordinators, chunks, closesAt)) {
      for (const [key, outcome] of result.outcomes) outcomes.get(result.chunk.groupId)?.set(key, outcome);
      if (result.retriable.offsets.length > 0) left.push({ item: result.retriable, error: 'NOT_COORDINATOR' });
    }
    return left;
  };
  await retryRounds(commits.flatMap(chunksOf), round, { clock, timeoutMs: WINDOW_MS });
  return new Map([...outcomes].map(([groupId, partitions]) => [groupId, { groupId, partitions }]));
}

/** When the look-up fails after something was sent, what was known must do: the outcomes so far must come back. */
async function findAgain(
  { coordinators, connections }: CommitContext,
  chunks: readonly GroupCommit[],
  known: ReadonlyMap<string, Coordinator>,
): Promise<ReadonlyMap<string, Coordinator>> {
  const groupIds = chunks.map(({ groupId }) => groupId);
  for (const groupId of groupIds) coordinators.forget(groupId);
  try {
    return await coordinators.find(groupIds);
  } catch (error) {
    connections.options.log.debug(`look-up of ${groupIds.length} coordinators: ${String(error)}`);
    return known;
  }
}

async function sendChunks(
  { connections }: CommitContext,
  coordinators: ReadonlyMap<string, Coordinator>,
  chunks: readonly GroupCommit[],
  closesAt: number,
): Promise<readonly ChunkResult[]> {
  const results: ChunkResult[] = [];
  const perNode = groupBy(chunks, ({ groupId }) => placeOf(coordinators.get(groupId)));
  const nodes = [...perNode.keys()].filter((place) => typeof place === 'number').length;
  const most = Math.max(1, Math.min(CONNECTIONS_PER_BROKER, Math.floor(CONNECTIONS_IN_ALL / Math.max(1, nodes))));
  const sending = [...perNode].map(async ([place, group]) => {
    if (typeof place === 'string') {
      const permanent = PERMANENT.has(place);
      results.push(...group.map((chunk) => (permanent ? refused(chunk, place) : withoutEffect(chunk, place, true))));
      return;
    }
    const count = Math.min(most, Math.ceil(group.length / COMMITS_PER_CONNECTION));
    const options = { connections: count, inFlight: IN_FLIGHT_PER_CONNECTION, notAfter: closesAt };
    await forEachLimit(group, count * IN_FLIGHT_PER_CONNECTION, async (chunk) => {
      results.push(await sendChunk(connections, place, chunk, options));
    });
  });
  await Promise.all(sending);
  return results;
}

/** Broker id, or the error of the look-up. */
function placeOf(coordinator: Coordinator | undefined): number | KafkaErrorName {
  if (coordinator?.kind === 'found') return coordinator.nodeId;
  return coordinator?.error ?? 'COORDINATOR_NOT_AVAILABLE';
}

async function sendChunk(
  connections: BrokerConnections,
  nodeId: number,
  chunk: GroupCommit,
  options: SendOptions,
): Promise<ChunkResult> {
  try {
    return answered(chunk, await connections.send(nodeId, offsetCommitRequest(chunk), options));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    connections.options.log.debug(`commit of group ${chunk.groupId}: ${reason}`);
    if (error instanceof KafkaConnectionError && !error.sent) return withoutEffect(chunk, reason, error.retriable);
    if (error instanceof TooLateError) return withoutEffect(chunk, 'there was no time left to send it', false);
    if (error instanceof UnencodableError) return refused(chunk, 'INVALID_REQUEST');
    if (error instanceof UnsupportedVersionError) return refused(chunk, 'UNSUPPORTED_VERSION');
    return result(
      chunk,
      () => ({ kind: 'unknown', reason }),
      () => false,
    );
  }
}

function answered(chunk: GroupCommit, answers: readonly CommitAnswer[]): ChunkResult {
  const errors = new Map(answers.map(({ topic, partition, error }) => [partitionKey(topic, partition), error]));
  return result(
    chunk,
    (key) => outcomeOf(errors.get(key)),
    (key) => WITHOUT_EFFECT.has(errors.get(key) ?? ''),
  );
}

function outcomeOf(error: KafkaErrorName | null | undefined): CommitOutcome {
  if (error === null) return { kind: 'committed' };
  if (error === undefined) return { kind: 'unknown', reason: 'the broker did not mention the partition in its answer' };
  if (WITHOUT_EFFECT.has(error)) return { kind: 'not-sent', reason: `the broker answered ${error}` };
  if (EFFECT_UNKNOWN.has(error)) return { kind: 'unknown', reason: `the broker answered ${error}` };
  return { kind: 'rejected', error };
}

function refused(chunk: GroupCommit, error: KafkaErrorName): ChunkResult {
  return result(
    chunk,
    () => ({ kind: 'rejected', error }),
    () => false,
  );
}

function withoutEffect(chunk: GroupCommit, reason: string, retriable: boolean): ChunkResult {
  return result(
    chunk,
    () => ({ kind: 'not-sent', reason }),
    () => retriable,
  );
}

function result(
  chunk: GroupCommit,
  outcome: (key: TopicPartitionKey) => CommitOutcome,
  retriable: (key: TopicPartitionKey) => boolean,
): ChunkResult {
  const keyed = chunk.offsets.map((offset) => ({ offset, key: partitionKey(offset.topic, offset.partition) }));
  return {
    chunk,
    outcomes: keyed.map(({ key }) => [key, outcome(key)]),
    retriable: {
      groupId: chunk.groupId,
      offsets: keyed.filter(({ key }) => retriable(key)).map(({ offset }) => offset),
    },
  };
}
