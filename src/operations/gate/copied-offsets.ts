/** How far MM2 has copied each source partition, by the offsets that Connect keeps for its source connectors. */
import type { Known } from '../../domain/cutover/facts.ts';
import { partitionKey, type TopicPartitionKey } from '../../domain/topic-partition.ts';
import { MigrationError } from '../../errors.ts';
import type { CallBounds, ConnectApi, ConnectorOffset } from '../connect-port.ts';
import { clause, known, unknown } from './known.ts';

/** By source partition: the next offset that is to be copied. */
export type CopiedOffsets = ReadonlyMap<TopicPartitionKey, bigint>;

/** Next offset of that partition; null: Connect keeps none for it. */
export function copiedOf(copied: Known<CopiedOffsets>, key: TopicPartitionKey): Known<bigint | null> {
  return copied.kind === 'unknown' ? copied : known(copied.value.get(key) ?? null);
}

export interface CopiedQuestion {
  readonly connect: ConnectApi;
  readonly sourceAlias: string;
  /** Names of the source connectors of this pair. */
  readonly connectors: readonly string[];
  readonly bounds: CallBounds;
}

/** One that cannot be read makes all unknown: nobody can say which partitions it copies. */
export async function readCopiedOffsets(question: CopiedQuestion): Promise<Known<CopiedOffsets>> {
  const { connect, sourceAlias, connectors, bounds } = question;
  if (connectors.length === 0) return unknown('there is no MirrorSourceConnector of this source and target');
  const copied = new Map<TopicPartitionKey, bigint>();
  try {
    for (const name of connectors) {
      const answer = await connect.connectorOffsets(name, bounds);
      if (answer.kind === 'unsupported')
        return unknown('the worker has no offsets endpoint (it came with Connect 3.5)');
      if (answer.kind === 'no-connector') return unknown(`the connector ${name} is gone`);
      for (const entry of answer.entries) take(copied, entry, sourceAlias);
    }
  } catch (error) {
    if (!(error instanceof MigrationError) || error.code === 'CANCELLED') throw error;
    return unknown(clause(error.message));
  }
  return known(copied);
}

/** MirrorSourceTask: partition {cluster, topic, partition}, offset {offset: the record copied last}. */
function take(
  copied: Map<TopicPartitionKey, bigint>,
  { partition, offset }: ConnectorOffset,
  sourceAlias: string,
): void {
  const { cluster, topic, partition: number } = partition;
  const { offset: last } = offset;
  if (cluster !== sourceAlias || typeof topic !== 'string') return;
  if (!Number.isSafeInteger(number) || !Number.isSafeInteger(last)) return;
  const key = partitionKey(topic, number as number);
  const next = BigInt(last as number) + 1n;
  const known = copied.get(key);
  // Two connectors that copy the same partition: the one behind is the one to wait for.
  copied.set(key, known !== undefined && known < next ? known : next);
}
