import { BrokerConnections } from '../../../src/adapters/kafka/broker-connections.ts';
import { ClusterMetadata } from '../../../src/adapters/kafka/cluster-metadata.ts';
import type { ImageSource } from '../../../src/adapters/kafka/images/image-source.ts';
import { ClusterLogSource } from '../../../src/adapters/kafka/log/cluster-log-source.ts';
import { type FetchedPartition, fetchRequest } from '../../../src/adapters/kafka/log/fetch-request.ts';
import type { LogSource } from '../../../src/adapters/kafka/log/log-source.ts';
import { readLog } from '../../../src/adapters/kafka/log/read-log.ts';
import type { KafkaRequest } from '../../../src/adapters/kafka/protocol/request.ts';
import { partitionKey } from '../../../src/domain/topic-partition.ts';
import type { Log, LogReadRequest, LogReadResult } from '../../../src/operations/ports.ts';
import { pauseMs } from '../../../src/testbed/wait.ts';
import { recordLine } from './log-tool.ts';

const SILENT: Log = { stage() {}, info() {}, warn() {}, debug() {} };

export interface OpenLog {
  readonly source: LogSource & ImageSource;
  close(): void;
}

/** Client id of what is opened here. */
export const CLIENT_ID = 'log-test';

/** The reader's view of a real cluster. */
export function openLog(bootstrapServers: string): OpenLog {
  const connections = new BrokerConnections(
    { side: 'source', bootstrapServers: bootstrapServers.split(','), tls: null, sasl: null },
    {
      log: SILENT,
      clock: { now: Date.now, sleep: pauseMs },
      connectTimeoutMs: 60_000,
      requestTimeoutMs: 120_000,
      clientId: CLIENT_ID,
      contact: { answered: false },
    },
  );
  const metadata = new ClusterMetadata(connections);
  return {
    source: new ClusterLogSource({ connections, metadata, timeoutMs: 180_000 }),
    close: () => connections.close(),
  };
}

/** The same log, with something done before each request, or with other requests. */
export function intercept(
  source: LogSource,
  before: <T>(request: KafkaRequest<T>) => Promise<KafkaRequest<T>>,
): LogSource {
  return {
    side: source.side,
    clock: source.clock,
    findLeader: (partition, fresh) => source.findLeader(partition, fresh),
    logRange: (partition) => source.logRange(partition),
    send: async (broker, request) => source.send(broker, await before(request)),
  };
}

export async function endOf(source: LogSource, topic: string): Promise<bigint> {
  const range = await source.logRange({ topic, partition: 0 });
  if (range.kind === 'error') throw new Error(`${topic}: ${range.error}`);
  return range.highWatermark;
}

/** One raw answer, to look at what the broker really keeps. */
export async function fetchOnce(source: LogSource, topic: string, offset = 0n): Promise<FetchedPartition> {
  const leader = await source.findLeader({ topic, partition: 0 }, true);
  if (typeof leader === 'string') throw new Error(`${topic}: ${leader}`);
  const position = { topic, partition: 0, offset, maxBytes: 1024 * 1024 };
  const request = fetchRequest([position], { isolation: 'read_uncommitted', maxWaitMs: 100 });
  const fetched = (await source.send(leader, request)).get(partitionKey(topic, 0));
  if (fetched === undefined) throw new Error(`${topic}: no answer`);
  return fetched;
}

/** Reads partition 0 from the start to the end, unless the request says otherwise. */
export async function readLines(
  source: LogSource,
  topic: string,
  request: Partial<LogReadRequest> = {},
): Promise<{ readonly result: LogReadResult; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const to = request.to ?? (await endOf(source, topic));
  const whole: LogReadRequest = { topic, partition: 0, from: 0n, to, isolation: 'read_uncommitted', ...request };
  const result = await readLog(source, whole, (record) => lines.push(recordLine(record)));
  return { result, lines };
}
