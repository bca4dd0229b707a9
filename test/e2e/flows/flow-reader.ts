/** What lies on a cluster of the flows bed, read by our own reader. */
import { systemClock } from '../../../src/adapters/clock.ts';
import { type ConnectedCluster, connectCluster } from '../../../src/adapters/kafka/cluster.ts';
import { partitionKey } from '../../../src/domain/topic-partition.ts';
import type { Log, LogRecord } from '../../../src/operations/ports.ts';
import type { ClusterAddress } from '../../../src/testbed/client.ts';
import { waitFor } from '../../../src/testbed/wait.ts';

const SILENT: Log = { stage() {}, info() {}, warn() {}, debug() {} };
const DEADLINE_MS = 240_000;

export function openTarget(address: ClusterAddress): Promise<ConnectedCluster> {
  const config = { bootstrapServers: address.bootstrapServers.split(','), tls: null, sasl: null };
  return connectCluster({ side: 'target', ...config }, { log: SILENT, clock: systemClock });
}

/** Reads the partition again and again until what it holds is as wanted. */
export function untilRead(
  cluster: ConnectedCluster,
  { topic, partition }: { readonly topic: string; readonly partition: number },
  isWanted: (records: readonly LogRecord[]) => boolean,
): Promise<readonly LogRecord[]> {
  const look = async () => {
    const range = (await cluster.logRanges([{ topic, partition }])).get(partitionKey(topic, partition));
    if (range?.kind !== 'range') return { seen: range?.error ?? 'no answer' };
    const { logStart: from, highWatermark: to } = range;
    const records: LogRecord[] = [];
    await cluster.readLog({ topic, partition, from, to, isolation: 'read_committed' }, (one) => void records.push(one));
    return isWanted(records) ? { done: records } : { seen: `${records.length} records` };
  };
  return waitFor(`records in ${topic}`, look, { timeoutMs: DEADLINE_MS, intervalMs: 1_000 });
}
