import { RefusedError } from '../../../domain/permissions/refusal.ts';
import { MigrationError, type MigrationErrorOptions } from '../../../errors.ts';
import type { KafkaErrorName, LogReadRequest } from '../../../operations/ports.ts';

export type Side = 'source' | 'target';

/** Errors of a fetch that pass: the leader moved, is being elected, or has not caught up yet. */
const PASSING: ReadonlySet<KafkaErrorName> = new Set([
  'NOT_LEADER_OR_FOLLOWER',
  'LEADER_NOT_AVAILABLE',
  'REPLICA_NOT_AVAILABLE',
  // A topic that was just created, or a broker that does not know of it yet.
  'UNKNOWN_TOPIC_OR_PARTITION',
  'UNKNOWN_LEADER_EPOCH',
  'FENCED_LEADER_EPOCH',
  'OFFSET_NOT_AVAILABLE',
  'KAFKA_STORAGE_ERROR',
  'REQUEST_TIMED_OUT',
  'NETWORK_EXCEPTION',
  'UNKNOWN_SERVER_ERROR',
]);

/** Waiting may help against this answer to a fetch. */
export function isPassing(error: KafkaErrorName): boolean {
  return PASSING.has(error);
}

/** What a read becomes when the broker answers with an error; `retriable` says that waiting may help. */
export function fetchError(side: Side, request: LogReadRequest, error: KafkaErrorName): MigrationError {
  const { topic } = request;
  if (error === 'TOPIC_AUTHORIZATION_FAILED') {
    const message = `${side} topic ${topic}, partition ${request.partition}: expected records, seen ${error}.`;
    return new RefusedError({ side, operation: 'READ', type: 'topic', name: topic }, message);
  }
  const hint = 'Look at the state of the partition (leader, offline replicas) and at the log of its broker.';
  const retriable = isPassing(error);
  return readError('KAFKA_REQUEST', side, request, `expected records, seen ${error}`, { hint, retriable });
}

export function beyondEnd(side: Side, request: LogReadRequest, highWatermark: bigint): MigrationError {
  const { from, to } = request;
  const hint = 'The topic may have been re-created or truncated since its end was looked up: run again.';
  const seen = `expected records from offset ${from} to ${to}, seen a log that ends at ${highWatermark}`;
  return readError('KAFKA_REQUEST', side, request, seen, { hint, retriable: true });
}

export function readError(
  code: MigrationError['code'],
  side: Side,
  { topic, partition }: LogReadRequest,
  what: string,
  options: MigrationErrorOptions,
): MigrationError {
  return new MigrationError(code, `${side} topic ${topic}, partition ${partition}: ${what}.`, options);
}
