/** The newest heartbeat that came from the source: proof that the whole way is open. */
import { decodeHeartbeat, type Heartbeat } from '../../domain/checkpoints/heartbeat-format.ts';
import type { ReplicationPolicy } from '../../domain/checkpoints/replication-policy.ts';
import type { CutoverFacts, Known } from '../../domain/cutover/facts.ts';
import { partitionKey } from '../../domain/topic-partition.ts';
import { MigrationError } from '../../errors.ts';
import type { ClusterReader } from '../ports.ts';
import { clause, known, unknown } from './known.ts';

/** Where every heartbeat connector writes, on whichever cluster (DefaultReplicationPolicy.heartbeatsTopic). */
const HEARTBEATS = 'heartbeats';
/** Records at the end that are looked at: some may be markers of transactions, or heartbeats of other flows. */
const TAIL = 200n;
/** On the source, which may be a minute ahead of the copies and hold the heartbeats of many flows. */
const LONG_TAIL = 2_000n;

export interface HeartbeatQuestion {
  readonly source: ClusterReader;
  readonly target: ClusterReader;
  readonly policy: Pick<ReplicationPolicy, 'targetTopic'>;
}

export async function readHeartbeat(question: HeartbeatQuestion): Promise<CutoverFacts['heartbeat']> {
  const copy = question.policy.targetTopic(HEARTBEATS);
  const there = await readHeartbeats(question.target, copy, TAIL);
  if (there.kind === 'unknown' || copy !== HEARTBEATS) return newestOf(there);
  // The lab's policy gives the copy the name under which a connector on the target writes its own: only what the source
  // has as well has come from there. The source is read last, so that it has whatever was copied.
  const here = await readHeartbeats(question.source, HEARTBEATS, LONG_TAIL);
  if (here.kind === 'unknown') return here;
  const onSource = new Set(here.value.map(identityOf));
  return newestOf(known(there.value.filter((one) => onSource.has(identityOf(one)))));
}

function newestOf(heartbeats: Known<readonly Heartbeat[]>): CutoverFacts['heartbeat'] {
  if (heartbeats.kind === 'unknown') return heartbeats;
  const times = heartbeats.value.map(({ timestampMs }) => Number(timestampMs));
  return known({ newestAtMs: times.length === 0 ? null : Math.max(...times) });
}

function identityOf({ sourceAlias, targetAlias, timestampMs }: Heartbeat): string {
  return JSON.stringify([sourceAlias, targetAlias, String(timestampMs)]);
}

/** The last ones; none where the topic is not there. */
async function readHeartbeats(
  cluster: ClusterReader,
  topic: string,
  tail: bigint,
): Promise<Known<readonly Heartbeat[]>> {
  try {
    const info = (await cluster.describeTopics([topic])).get(topic);
    if (info?.error === 'UNKNOWN_TOPIC_OR_PARTITION') return known([]);
    if (info === undefined || info.error !== null) return unknown(`${topic}: ${info?.error ?? 'no answer'}`);
    return await readTail(cluster, topic, tail);
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    return unknown(clause(error.message));
  }
}

async function readTail(cluster: ClusterReader, topic: string, tail: bigint): Promise<Known<readonly Heartbeat[]>> {
  const range = (await cluster.logRanges([{ topic, partition: 0 }])).get(partitionKey(topic, 0));
  if (range?.kind !== 'range') return unknown(`${topic}: ${range?.error ?? 'no answer'}`);
  const { logStart, highWatermark: to } = range;
  if (to === logStart) return known([]);
  const from = to - tail > logStart ? to - tail : logStart;
  const heartbeats: Heartbeat[] = [];
  let malformed = 0;
  const read = await cluster.readLog({ topic, partition: 0, from, to, isolation: 'read_committed' }, (record) => {
    const decoded = decodeHeartbeat(record);
    if (decoded.kind === 'heartbeat') heartbeats.push(decoded.heartbeat);
    else malformed += 1;
  });
  if (!read.complete) return unknown(`${topic} could not be read to its end`);
  if (heartbeats.length === 0 && malformed > 0) return unknown(`what ${topic} holds is no heartbeat`);
  return known(heartbeats);
}
