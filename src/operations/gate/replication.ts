/** How far MM2 has come, by Connect's word and by the logs. */

import type { ConfigMap } from '../../domain/connectors/connector-config.ts';
import { allowedLag } from '../../domain/cutover/checks/replication-lag.ts';
import type { Known } from '../../domain/cutover/facts.ts';
import { plural } from '../../domain/figures.ts';
import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../../domain/topic-partition.ts';
import { type CopiedOffsets, copiedOf, readCopiedOffsets } from './copied-offsets.ts';
import { crossCheckLags } from './cross-check.ts';
import type { GatePorts, GateRequest } from './gate-request.ts';
import { unknown } from './known.ts';
import { type LogQuestion, type LogReading, readLags, readLogs } from './log-facts.ts';
import { type Ends, readEnds, type SecondLook, type Standing } from './looks.ts';
import { type MigratedTopic, partitionsOfSource } from './migrated-topics.ts';
import { readWorker, type WorkerReading } from './worker-facts.ts';

/** For all answers of one question to Connect, rebalances and restarts of the worker included. */
const CONNECT_MS = 60_000;

export async function askWorker(request: GateRequest, ports: GatePorts): Promise<Known<WorkerReading>> {
  const { connect, aliases, desired } = request;
  if (connect === null) return unknown('connect-url is not given');
  return readWorker({ connect, aliases, desired, bounds: boundsOf(ports) });
}

export interface ReplicationQuestion {
  readonly request: GateRequest;
  readonly ports: GatePorts;
  readonly topics: readonly MigratedTopic[];
  readonly worker: Known<WorkerReading>;
  readonly firstEnds: Ends;
  readonly second: SecondLook;
  readonly standing: Standing;
}

/**
 * Connect is asked after the second look: what is copied meanwhile is no lag of that moment. It writes down how far it
 * has copied from time to time only, so what seems to be left is waited for, as long as Connect's default takes.
 */
export async function readReplication(question: ReplicationQuestion): Promise<LogReading> {
  const { request, ports, worker } = question;
  const copied = await askCopied(request, ports, worker);
  const reading = await readOnce(question, copied);
  const lags = new Map([...reading.partitions].map(([key, { lagRecords }]) => [key, lagRecords]));
  const behind = partitionsBehind(request, lags, partitionsOfSource(question.topics));
  if (behind.length === 0 || !isCopying(worker)) return reading;
  const later = await untilWrittenDown(question, copied, behind);
  const moved = behind.some((one) => copiedOffset(later, one) !== copiedOffset(copied, one));
  return moved ? readOnce(question, later) : reading;
}

/** Connect's default of `offset.flush.interval.ms`, and a little. */
const WRITTEN_DOWN_MS = 75_000;
const LOOK_AGAIN_MS = 5_000;
/** Few enough to be counted at each look: markers of transactions at the end, which are never copied. */
const COUNTED_AGAIN = 100;

/** The last answer of Connect; a worker that restarts gives none for a while. */
async function untilWrittenDown(
  question: ReplicationQuestion,
  first: Known<CopiedOffsets>,
  seenBehind: readonly TopicPartition[],
): Promise<Known<CopiedOffsets>> {
  const { request, ports, worker } = question;
  const { clock, log, signal } = ports;
  const endsAtMs = clock.now() + WRITTEN_DOWN_MS;
  log.info(`${plural(seenBehind.length, 'partition')} behind, as far as Connect has written down; asking it again`);
  log.progress?.({ doing: 'waiting for Connect to write down how far it has copied', endsAtMs });
  const maxScan = Math.min(request.maxScan, COUNTED_AGAIN);
  let copied = first;
  let behind = seenBehind;
  while (behind.length > 0 && clock.now() < endsAtMs && !signal.aborted) {
    await clock.sleep(LOOK_AGAIN_MS, signal);
    const answer = await askCopied(request, ports, worker);
    if (answer.kind === 'unknown') continue;
    copied = answer;
    const lags = await readLags({ ...logQuestion(question, copied), partitions: behind, maxScan });
    behind = partitionsBehind(request, lags, behind);
  }
  return copied;
}

function copiedOffset(copied: Known<CopiedOffsets>, { topic, partition }: TopicPartition): bigint | null {
  const seen = copiedOf(copied, partitionKey(topic, partition));
  return seen.kind === 'known' ? seen.value : null;
}

async function readOnce(question: ReplicationQuestion, copied: Known<CopiedOffsets>): Promise<LogReading> {
  const { request, topics, worker, standing } = question;
  const after = await readEnds(request, topics);
  const reading = await readLogs(logQuestion(question, copied));
  if (copied.kind === 'unknown') return reading;
  const connectors = sourceConnectors(worker);
  const { sourceConfigs } = standing;
  return crossCheckLags(reading, { topics, copied: copied.value, ...after, sourceConfigs, connectors });
}

function logQuestion(question: ReplicationQuestion, copied: Known<CopiedOffsets>): LogQuestion {
  const { request, ports, topics, worker, second } = question;
  return {
    source: request.source,
    partitions: partitionsOfSource(topics),
    ranges: second.ends.source,
    copyUpTo: copyUpTo(question),
    copied,
    isolation: isolationOf(worker),
    maxScan: request.maxScan,
    signal: ports.signal,
  };
}

/**
 * Where producers may be at work, the ends when the check began: MM2 keeps up when it has come so far by the end of it.
 * The source that is to go must be copied to its very end.
 */
function copyUpTo({ request, firstEnds }: ReplicationQuestion): LogQuestion['copyUpTo'] {
  if (request.phase === 'decommission') return new Map();
  return new Map(
    [...firstEnds.source].flatMap(([key, range]) => (range.kind === 'range' ? [[key, range.highWatermark]] : [])),
  );
}

function partitionsBehind(
  { phase, rules }: GateRequest,
  lags: ReadonlyMap<TopicPartitionKey, Known<bigint>>,
  among: readonly TopicPartition[],
): readonly TopicPartition[] {
  const most = allowedLag(phase, rules);
  return among.filter(({ topic, partition }) => {
    const lag = lags.get(partitionKey(topic, partition));
    return lag?.kind === 'known' && lag.value > most;
  });
}

export async function askCopied(
  { connect, aliases }: GateRequest,
  ports: GatePorts,
  worker: Known<WorkerReading>,
): Promise<Known<CopiedOffsets>> {
  if (worker.kind === 'unknown') return worker;
  if (connect === null) return unknown('connect-url is not given');
  const connectors = [...worker.value.sources.keys()];
  return readCopiedOffsets({ connect, sourceAlias: aliases.source, connectors, bounds: boundsOf(ports) });
}

function isCopying(worker: Known<WorkerReading>): boolean {
  if (worker.kind === 'unknown') return false;
  const { sources, facts } = worker.value;
  const copying = facts.connectors.filter(({ name }) => sources.has(name));
  return copying.some(({ live }) => live?.status?.tasks.some(({ state }) => state === 'RUNNING') === true);
}

function sourceConnectors(worker: Known<WorkerReading>): readonly ConfigMap[] {
  return worker.kind === 'known' ? [...worker.value.sources.values()] : [];
}

/** Counting aborted records too is the careful side where nobody says how MM2 reads. */
function isolationOf(worker: Known<WorkerReading>): 'read_uncommitted' | 'read_committed' {
  if (worker.kind === 'unknown') return 'read_uncommitted';
  const { isolationLevel } = worker.value.facts;
  return isolationLevel.kind === 'known' ? isolationLevel.value : 'read_uncommitted';
}

function boundsOf({ clock, signal }: GatePorts) {
  return { deadlineAt: clock.now() + CONNECT_MS, signal };
}
