/** How far MM2 has come, by Connect's word and by the logs. */
import type { ConfigMap } from '../../domain/connectors/connector-config.ts';
import type { Known } from '../../domain/cutover/facts.ts';
import { type CopiedOffsets, readCopiedOffsets } from './copied-offsets.ts';
import { crossCheckLags } from './cross-check.ts';
import type { GatePorts, GateRequest } from './gate-request.ts';
import { unknown } from './known.ts';
import { type LogReading, readLogs } from './log-facts.ts';
import { readEnds, type SecondLook, type Standing } from './looks.ts';
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
  readonly second: SecondLook;
  readonly standing: Standing;
}

/** Connect is asked after the second look: what is copied meanwhile is no lag of that moment. */
export async function readReplication(question: ReplicationQuestion): Promise<LogReading> {
  const { request, ports, topics, worker, second, standing } = question;
  const copied = await askCopied(request, ports, worker);
  const after = await readEnds(request, topics);
  const reading = await readLogs({
    source: request.source,
    partitions: partitionsOfSource(topics),
    ranges: second.ends.source,
    copied,
    isolation: isolationOf(worker),
    maxScan: request.maxScan,
    signal: ports.signal,
  });
  if (copied.kind === 'unknown') return reading;
  const connectors = sourceConnectors(worker);
  const { sourceConfigs } = standing;
  return crossCheckLags(reading, { topics, copied: copied.value, ...after, sourceConfigs, connectors });
}

async function askCopied(
  { connect, aliases }: GateRequest,
  ports: GatePorts,
  worker: Known<WorkerReading>,
): Promise<Known<CopiedOffsets>> {
  if (worker.kind === 'unknown') return worker;
  if (connect === null) return unknown('connect-url is not given');
  const connectors = [...worker.value.sources.keys()];
  return readCopiedOffsets({ connect, sourceAlias: aliases.source, connectors, bounds: boundsOf(ports) });
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
