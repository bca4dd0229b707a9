/** Which stretches of which partitions are read for a list of slices: each once, however many slices share it. */
import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../../../domain/topic-partition.ts';
import type { ImageRequest, ImageSlice, LogRange } from '../../../operations/ports.ts';
import { groupBy } from '../batches.ts';

export interface PlannedSlice {
  /** Place of the slice in the requests. */
  readonly index: number;
  readonly from: bigint;
  readonly to: bigint;
  /** `from` is the log start, which lay above what was asked for. */
  readonly raised: boolean;
}

/** Slices that overlap or touch: together they are [from, to), without a gap. */
export interface PlannedRun extends TopicPartition {
  readonly from: bigint;
  readonly to: bigint;
  /** Ascending by `from`. */
  readonly slices: readonly PlannedSlice[];
}

export interface RunPlan {
  readonly runs: readonly PlannedRun[];
  /** Slices, by their place in the requests, that need no reading: empty ones, and those that can't be read. */
  readonly settled: ReadonlyMap<number, ImageSlice>;
}

const EMPTY = { kind: 'read', records: [] } as const;

export function planRuns(requests: readonly ImageRequest[], ranges: ReadonlyMap<TopicPartitionKey, LogRange>): RunPlan {
  const settled = new Map<number, ImageSlice>();
  const planned: (PlannedSlice & TopicPartition)[] = [];
  for (const [index, request] of requests.entries()) {
    const { topic, partition, to } = request;
    const fitted = fitIntoLog(request, ranges.get(partitionKey(topic, partition)));
    if ('kind' in fitted) settled.set(index, fitted);
    else planned.push({ index, topic, partition, to, ...fitted });
  }
  const perPartition = groupBy(planned, ({ topic, partition }) => partitionKey(topic, partition));
  return { runs: [...perPartition.values()].flatMap(runsOfPartition), settled };
}

function fitIntoLog(
  { from, to }: ImageRequest,
  range: LogRange | undefined,
): ImageSlice | Pick<PlannedSlice, 'from' | 'raised'> {
  if (from >= to) return EMPTY;
  if (range === undefined) return { kind: 'unreadable', error: 'UNKNOWN_TOPIC_OR_PARTITION' };
  if (range.kind === 'error') return { kind: 'unreadable', error: range.error };
  if (to > range.highWatermark) return { kind: 'unreadable', error: 'OFFSET_OUT_OF_RANGE' };
  if (to <= range.logStart) return { ...EMPTY, raisedTo: range.logStart };
  const raised = from < range.logStart;
  return { from: raised ? range.logStart : from, raised };
}

function runsOfPartition(slices: readonly (PlannedSlice & TopicPartition)[]): readonly PlannedRun[] {
  const ascending = [...slices].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const runs: { topic: string; partition: number; from: bigint; to: bigint; slices: PlannedSlice[] }[] = [];
  for (const { topic, partition, ...slice } of ascending) {
    const { from, to } = slice;
    const last = runs.at(-1);
    if (last === undefined || from > last.to) {
      runs.push({ topic, partition, from, to, slices: [slice] });
      continue;
    }
    last.slices.push(slice);
    if (to > last.to) last.to = to;
  }
  return runs;
}
