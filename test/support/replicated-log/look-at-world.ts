/** Reads a world as the product does: in its order, while the world moves on between the reads. */
import type { BracketFacts } from '../../../src/domain/offsets/bracket/partition-translator.ts';
import type { RecordImage } from '../../../src/domain/offsets/bracket/record-image.ts';
import type { LogEntry, LogModel } from './log-model.ts';
import type { ReplicatedWorld } from './replicated-world.ts';

export interface Look {
  readonly position: number;
  /** Where the target's log ended when the offset syncs were read: nothing can be known of later copies of old records. */
  readonly settledEnd: number;
  readonly facts: BracketFacts;
  readonly sourceRecords: readonly RecordImage[];
  readonly targetRecords: readonly RecordImage[];
}

/** `source-last` is the order that the rule rests on. `source-first` is there to show why. */
export type ReadOrder = 'source-last' | 'source-first';

export function lookAt(world: ReplicatedWorld, maxMoves: number, order: ReadOrder = 'source-last'): Look {
  const moveOn = () => world.moveOn(maxMoves === 0 ? 0 : world.below(maxMoves + 1));
  const position = choosePosition(world);
  moveOn();
  const early = rangeOf(world.source);
  const syncs = world.mirror.syncs.map(({ upstream, downstream }) => ({
    upstream: BigInt(upstream),
    downstream: BigInt(downstream),
  }));
  const settledEnd = world.target.end;
  moveOn();
  const target = rangeOf(world.target);
  moveOn();
  const source = order === 'source-last' ? rangeOf(world.source) : early;
  moveOn();
  const { sourceTimestamps, targetTimestamps } = world.habits;
  return {
    position,
    settledEnd,
    facts: { source, target, syncs, maxScan: world.below(20) === 0 ? 6 : 100_000 },
    sourceRecords: world.source.records().map((entry) => imageOf(entry, sourceTimestamps)),
    targetRecords: world.target.records().map((entry) => imageOf(entry, targetTimestamps)),
  };
}

function choosePosition(world: ReplicatedWorld): number {
  const { source } = world;
  const dice = world.below(10);
  if (dice === 0) return source.end;
  if (dice === 1) return world.below(2) === 0 ? 0 : source.start;
  if (dice === 2) return source.end + world.below(3);
  return world.below(source.end + 1);
}

function rangeOf(log: LogModel) {
  return { logStart: BigInt(log.start), highWatermark: BigInt(log.end) };
}

function imageOf(entry: LogEntry, kind: RecordImage['timestampKind']): RecordImage {
  return {
    offset: BigInt(entry.offset),
    timestamp: BigInt(entry.timestamp),
    timestampKind: kind,
    content: `${entry.key} ${entry.isTombstone ? 'gone' : entry.value}`,
    headers: entry.headers,
  };
}
