/**
 * DESIGN §9 written down as it stands there, without an index: what the product must find. Anchors are given: which offset
 * syncs count is another question. Also the two wrong rules that §9 names.
 */
import type { OffsetPair } from '../../../src/domain/checkpoints/lower-bounds.ts';
import type { BracketFacts } from '../../../src/domain/offsets/bracket/partition-translator.ts';
import type { RecordImage } from '../../../src/domain/offsets/bracket/record-image.ts';

export interface Logs {
  readonly facts: BracketFacts;
  readonly sourceRecords: readonly RecordImage[];
  readonly targetRecords: readonly RecordImage[];
}

export type RulePlace =
  | { readonly kind: 'place'; readonly offset: bigint; readonly isExact: boolean }
  | { readonly kind: 'not-replicated' };

/** `low`, `high`: verified anchors, or null. Not for a position at an anchor itself. */
export function bracketRule(logs: Logs, position: bigint, low: OffsetPair | null, high: OffsetPair | null): RulePlace {
  const { source, target } = logs.facts;
  const LOW = low === null ? target.logStart : low.downstream + 1n;
  const HIGH = high === null ? target.highWatermark : high.downstream;
  const uLow = low === null ? source.logStart : low.upstream;
  const end = high === null ? source.highWatermark - 1n : high.upstream + (HIGH - LOW);
  const sources = logs.sourceRecords.filter(({ offset }) => offset < source.highWatermark);
  const targets = logs.targetRecords.filter(({ offset }) => offset >= LOW && offset < HIGH);
  const B = sources.filter(({ offset }) => offset >= uLow && offset < position);
  const A = sources.filter(({ offset }) => offset >= position && offset <= end);
  const compared = logs.targetRecords.filter(
    ({ offset }) => offset >= (low?.downstream ?? LOW) && offset < (high === null ? HIGH : HIGH + 1n),
  );
  const isTimed =
    [...A, ...B, ...compared].every(({ timestampKind, timestamp }) => timestampKind !== 'none' && timestamp >= 0n) &&
    compared.every(({ timestampKind }) => timestampKind !== 'append');
  const equalsOneOf = (some: readonly RecordImage[]) => (of: RecordImage) =>
    some.some((one) => one.content === of.content && (!isTimed || one.timestamp === of.timestamp));
  const x1 = targets.find(equalsOneOf(A))?.offset ?? HIGH;
  const e = targets.filter(({ offset }) => offset < x1).findLast(equalsOneOf(B))?.offset;
  const X = e === undefined ? LOW : e + 1n;
  const last = B.at(-1);
  const isMatched = last === undefined || last.offset === low?.upstream || targets.some(equalsOneOf([last]));
  if (high === null && x1 === HIGH && !isMatched) return { kind: 'not-replicated' };
  const rest = targets.filter(({ offset }) => offset >= X);
  return { kind: 'place', offset: X, isExact: rest.every((of) => equalsOneOf(A)(of) && !equalsOneOf(B)(of)) };
}

/** Wrong: a checkpoint (here the offset sync that MM2 would have made it from, whatever epoch) is a lower bound. */
export function checkpointAsLowerBound(logs: Logs, position: bigint): bigint {
  const bounds = logs.facts.syncs.filter(({ upstream }) => upstream <= position);
  const places = bounds.map(({ upstream, downstream }) => (upstream === position ? downstream : downstream + 1n));
  return places.reduce((max, place) => (place > max ? place : max), logs.facts.target.logStart);
}

/** Wrong: the earliest target record that equals the next source record is the place. */
export function earliestMatchOfNext(logs: Logs, position: bigint): bigint {
  const next = logs.sourceRecords.find(({ offset }) => offset >= position);
  const match = logs.targetRecords.find(({ content, timestamp, timestampKind }) => {
    if (next === undefined || content !== next.content) return false;
    return timestampKind === 'append' || next.timestamp < 0n || timestamp === next.timestamp;
  });
  return match?.offset ?? logs.facts.target.highWatermark;
}
