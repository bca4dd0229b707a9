/**
 * Writes to many groups, each at its coordinator: commits, removals of offsets, deletions of groups. The value of each
 * was read at most two seconds before (invariant B), so nothing is sent later than that after the call, first try or
 * retry, and what may have reached the broker is never sent again.
 */
import type { CommitOutcome } from '../../operations/ports.ts';
import { groupBy } from './batches.ts';
import type { BrokerConnections } from './broker-connections.ts';
import { type SendOptions, TooLateError } from './connection-pool.ts';
import type { Coordinator, Coordinators } from './coordinators.ts';
import { KafkaConnectionError } from './kafka-error.ts';
import { UnencodableError } from './protocol/encoder.ts';
import type { KafkaErrorName } from './protocol/error-names.ts';
import { type KafkaRequest, UnsupportedVersionError } from './protocol/request.ts';
import { forEachLimit, type Leftover, retryRounds } from './retry.ts';

const WINDOW_MS = 2_000;
/**
 * Each commit waits for its append, and a broker handles one connection's requests in order: 2,000 groups on 4.1.1
 * take 13 s over one connection and 0.3 s over 64.
 */
const CONNECTIONS_PER_BROKER = 64;
const CONNECTIONS_IN_ALL = 256;
const WRITES_PER_CONNECTION = 16;
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

export interface WriteContext {
  readonly connections: BrokerConnections;
  readonly coordinators: Coordinators;
}

/** One request to the coordinator of one group. */
export interface GroupWrite {
  readonly groupId: string;
}

/** How one kind of write is put and read; a write has one outcome for each of its keys. */
export interface WriteKind<Write extends GroupWrite, Answer> {
  /** For the log. */
  readonly name: string;
  request(write: Write): KafkaRequest<Answer>;
  keysOf(write: Write): readonly string[];
  /** Error of each key that the broker mentioned; null is success. */
  errorsOf(write: Write, answer: Answer): ReadonlyMap<string, KafkaErrorName | null>;
  /** The part of a write with these keys, to be sent again. */
  part(write: Write, keys: ReadonlySet<string>): Write;
}

interface WriteResult<Write> {
  readonly write: Write;
  readonly outcomes: readonly (readonly [string, CommitOutcome])[];
  /** The part that may be sent again, null when there is none; its outcomes are final if it is not. */
  readonly retriable: Write | null;
}

/** One outcome for every key of every group. Throws only before anything was sent. */
export async function writeGroups<Write extends GroupWrite, Answer>(
  context: WriteContext,
  kind: WriteKind<Write, Answer>,
  writes: readonly Write[],
  notAfter = Number.POSITIVE_INFINITY,
): Promise<ReadonlyMap<string, ReadonlyMap<string, CommitOutcome>>> {
  const { clock } = context.connections.options;
  const outcomes = new Map<string, Map<string, CommitOutcome>>();
  for (const { groupId } of writes) outcomes.set(groupId, new Map());
  if (writes.length === 0) return outcomes;
  const closesAt = Math.min(notAfter, clock.now() + WINDOW_MS);
  let coordinators = await context.coordinators.find([...outcomes.keys()]);
  let first = true;

  const round = async (todo: readonly Write[]): Promise<readonly Leftover<Write>[]> => {
    if (!first) coordinators = await findAgain(context, todo, coordinators);
    first = false;
    const left: Leftover<Write>[] = [];
    for (const result of await sendAll(context, kind, coordinators, todo, closesAt)) {
      for (const [key, outcome] of result.outcomes) outcomes.get(result.write.groupId)?.set(key, outcome);
      if (result.retriable !== null) left.push({ item: result.retriable, error: 'NOT_COORDINATOR' });
    }
    return left;
  };
  await retryRounds(writes, round, { clock, timeoutMs: WINDOW_MS });
  return outcomes;
}

/** When the look-up fails after something was sent, what was known must do: the outcomes so far must come back. */
async function findAgain(
  { coordinators, connections }: WriteContext,
  writes: readonly GroupWrite[],
  known: ReadonlyMap<string, Coordinator>,
): Promise<ReadonlyMap<string, Coordinator>> {
  const groupIds = writes.map(({ groupId }) => groupId);
  for (const groupId of groupIds) coordinators.forget(groupId);
  try {
    return await coordinators.find(groupIds);
  } catch (error) {
    connections.options.log.debug(`look-up of ${groupIds.length} coordinators: ${String(error)}`);
    return known;
  }
}

async function sendAll<Write extends GroupWrite, Answer>(
  { connections }: WriteContext,
  kind: WriteKind<Write, Answer>,
  coordinators: ReadonlyMap<string, Coordinator>,
  writes: readonly Write[],
  closesAt: number,
): Promise<readonly WriteResult<Write>[]> {
  const results: WriteResult<Write>[] = [];
  const perNode = groupBy(writes, ({ groupId }) => placeOf(coordinators.get(groupId)));
  const nodes = [...perNode.keys()].filter((place) => typeof place === 'number').length;
  const most = Math.max(1, Math.min(CONNECTIONS_PER_BROKER, Math.floor(CONNECTIONS_IN_ALL / Math.max(1, nodes))));
  const sending = [...perNode].map(async ([place, group]) => {
    if (typeof place === 'string') {
      const permanent = PERMANENT.has(place);
      results.push(
        ...group.map((one) => (permanent ? refused(kind, one, place) : withoutEffect(kind, one, place, true))),
      );
      return;
    }
    const count = Math.min(most, Math.ceil(group.length / WRITES_PER_CONNECTION));
    const options = { connections: count, inFlight: IN_FLIGHT_PER_CONNECTION, notAfter: closesAt };
    await forEachLimit(group, count * IN_FLIGHT_PER_CONNECTION, async (one) => {
      results.push(await sendOne(connections, kind, place, one, options));
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

async function sendOne<Write extends GroupWrite, Answer>(
  connections: BrokerConnections,
  kind: WriteKind<Write, Answer>,
  nodeId: number,
  write: Write,
  options: SendOptions,
): Promise<WriteResult<Write>> {
  try {
    const errors = kind.errorsOf(write, await connections.send(nodeId, kind.request(write), options));
    return result(
      kind,
      write,
      (key) => outcomeOf(errors.get(key)),
      (key) => WITHOUT_EFFECT.has(errors.get(key) ?? ''),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    connections.options.log.debug(`${kind.name} of group ${write.groupId}: ${reason}`);
    if (error instanceof KafkaConnectionError && !error.sent)
      return withoutEffect(kind, write, reason, error.retriable);
    if (error instanceof TooLateError) return withoutEffect(kind, write, 'there was no time left to send it', false);
    if (error instanceof UnencodableError) return refused(kind, write, 'INVALID_REQUEST');
    if (error instanceof UnsupportedVersionError) return refused(kind, write, 'UNSUPPORTED_VERSION');
    return result(
      kind,
      write,
      () => ({ kind: 'unknown', reason }),
      () => false,
    );
  }
}

function outcomeOf(error: KafkaErrorName | null | undefined): CommitOutcome {
  if (error === null) return { kind: 'committed' };
  if (error === undefined) return { kind: 'unknown', reason: 'the broker did not mention the partition in its answer' };
  if (WITHOUT_EFFECT.has(error)) return { kind: 'not-sent', reason: `the broker answered ${error}` };
  if (EFFECT_UNKNOWN.has(error)) return { kind: 'unknown', reason: `the broker answered ${error}` };
  return { kind: 'rejected', error };
}

function refused<Write extends GroupWrite, Answer>(
  kind: WriteKind<Write, Answer>,
  write: Write,
  error: KafkaErrorName,
): WriteResult<Write> {
  return result(
    kind,
    write,
    () => ({ kind: 'rejected', error }),
    () => false,
  );
}

function withoutEffect<Write extends GroupWrite, Answer>(
  kind: WriteKind<Write, Answer>,
  write: Write,
  reason: string,
  retriable: boolean,
): WriteResult<Write> {
  return result(
    kind,
    write,
    () => ({ kind: 'not-sent', reason }),
    () => retriable,
  );
}

function result<Write extends GroupWrite, Answer>(
  kind: WriteKind<Write, Answer>,
  write: Write,
  outcome: (key: string) => CommitOutcome,
  retriable: (key: string) => boolean,
): WriteResult<Write> {
  const keys = kind.keysOf(write);
  const again = new Set(keys.filter(retriable));
  return {
    write,
    outcomes: keys.map((key) => [key, outcome(key)]),
    retriable: again.size === 0 ? null : kind.part(write, again),
  };
}
