/** The newest heartbeat that came from the source: proof that the whole way is open. */
import { decodeHeartbeat } from '../../domain/checkpoints/heartbeat-format.ts';
import type { CutoverFacts } from '../../domain/cutover/facts.ts';
import { partitionKey } from '../../domain/topic-partition.ts';
import { MigrationError } from '../../errors.ts';
import type { ClusterReader } from '../ports.ts';
import { clause, known, unknown } from './known.ts';

/** Records at the end that are looked at: some may be markers of transactions. */
const TAIL = 20n;

/** `topic` is that of the target, `<source>.heartbeats`. */
export async function readHeartbeat(target: ClusterReader, topic: string): Promise<CutoverFacts['heartbeat']> {
  const info = (await target.describeTopics([topic])).get(topic);
  if (info?.error === 'UNKNOWN_TOPIC_OR_PARTITION') return known({ newestAtMs: null });
  if (info === undefined || info.error !== null) return unknown(`${topic}: ${info?.error ?? 'no answer'}`);
  try {
    return await newestOf(target, topic);
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    return unknown(clause(error.message));
  }
}

async function newestOf(target: ClusterReader, topic: string): Promise<CutoverFacts['heartbeat']> {
  const range = (await target.logRanges([{ topic, partition: 0 }])).get(partitionKey(topic, 0));
  if (range?.kind !== 'range') return unknown(`${topic}: ${range?.error ?? 'no answer'}`);
  const { logStart, highWatermark: to } = range;
  if (to === logStart) return known({ newestAtMs: null });
  const from = to - TAIL > logStart ? to - TAIL : logStart;
  let newest: number | null = null;
  let malformed = 0;
  const read = await target.readLog({ topic, partition: 0, from, to, isolation: 'read_committed' }, (record) => {
    const decoded = decodeHeartbeat(record);
    if (decoded.kind === 'heartbeat') newest = Math.max(newest ?? 0, Number(decoded.heartbeat.timestampMs));
    else malformed += 1;
  });
  if (!read.complete) return unknown(`${topic} could not be read to its end`);
  if (newest === null && malformed > 0) return unknown(`what ${topic} holds is no heartbeat`);
  return known({ newestAtMs: newest });
}
