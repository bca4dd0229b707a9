/** Logs written down by hand: the content of each record, by offset. */
import type { OffsetPair } from '../../../src/domain/checkpoints/lower-bounds.ts';
import type { RecordImage } from '../../../src/domain/offsets/bracket/record-image.ts';
import { translateByRecords } from '../../../src/domain/offsets/bracket/translate-by-records.ts';

/** `a b - c`: content by offset from `start` on; `-` is an offset without a data record (compacted, control record). */
export function log(contents: string, start = 0, change: Partial<RecordImage> = {}): readonly RecordImage[] {
  return contents
    .split(' ')
    .flatMap((content, i) => (content === '-' || content === '' ? [] : [image(start + i, content, change)]));
}

export function image(offset: number, content: string, change: Partial<RecordImage> = {}): RecordImage {
  return { offset: BigInt(offset), timestamp: 1_000n, timestampKind: 'create', content, headers: '', ...change };
}

export const sync = (upstream: number, downstream: number): OffsetPair => ({
  upstream: BigInt(upstream),
  downstream: BigInt(downstream),
});

export interface WrittenLogs {
  readonly source: readonly RecordImage[];
  readonly target: readonly RecordImage[];
  readonly syncs?: readonly OffsetPair[];
  /** [logStart, highWatermark]; default: from 0, or the first record, to one after the last record. */
  readonly sourceRange?: readonly [number, number];
  readonly targetRange?: readonly [number, number];
  readonly maxScan?: number;
}

export function factsOf(logs: WrittenLogs) {
  return {
    source: rangeOf(logs.source, logs.sourceRange),
    target: rangeOf(logs.target, logs.targetRange),
    syncs: logs.syncs ?? [],
    maxScan: logs.maxScan ?? 1_000_000,
  };
}

export function translate(committed: number, logs: WrittenLogs) {
  return translateByRecords({
    committed: BigInt(committed),
    facts: factsOf(logs),
    sourceRecords: logs.source,
    targetRecords: logs.target,
  });
}

function rangeOf(records: readonly RecordImage[], range: readonly [number, number] | undefined) {
  if (range !== undefined) return { logStart: BigInt(range[0]), highWatermark: BigInt(range[1]) };
  return { logStart: 0n, highWatermark: (records.at(-1)?.offset ?? -1n) + 1n };
}
