/**
 * Translates source positions of one partition by comparing records (DESIGN §9). Safe: every source record at or after
 * the position that has, or will still get, a copy on the target has one at or after the place. It rests on the order of
 * the reads: committed offset, offset syncs, target's range, source's range, records.
 */
import type { OffsetPair } from '../../checkpoints/lower-bounds.ts';
import type { OffsetRange } from '../observation.ts';
import { AnchorCandidates, type AnchorState } from './anchor-candidates.ts';
import { type Bracket, bracketBetween, lengthOf } from './bracket.ts';
import { BracketIndex, type Place } from './bracket-index.ts';
import { comparisonOf, isCopy, type LeftOut } from './compare-images.ts';
import { ReadRecords } from './read-records.ts';
import type { LogSlice, RecordImage } from './record-image.ts';
import type { BracketProof, RecordTranslation } from './record-translation.ts';

export interface BracketFacts {
  /**
   * Read after the committed offset and after the target's range: a record that came later, and its copy within the
   * target's range, would otherwise look like a copy of an equal record before the position.
   */
  readonly source: OffsetRange;
  /** Read after the offset syncs. */
  readonly target: OffsetRange;
  /** The partition's offset syncs in log order, all of them. */
  readonly syncs: readonly OffsetPair[];
  /** Offsets that may be read on one side for one position; a longer slice is `unproven`, never a partial search. */
  readonly maxScan: number;
}

type Look =
  | { readonly kind: 'anchor'; readonly anchor: OffsetPair }
  | { readonly kind: 'bracket'; readonly bracket: Bracket }
  | { readonly kind: 'read'; readonly slices: readonly LogSlice[] }
  | Extract<RecordTranslation, { kind: 'unproven' | 'contradicted' }>;

interface Compared {
  readonly index: BracketIndex;
  readonly without: readonly LeftOut[];
}

export class PartitionTranslator {
  readonly #facts: BracketFacts;
  readonly #read = { source: new ReadRecords(), target: new ReadRecords() };
  readonly #candidates: AnchorCandidates;
  readonly #states = new Map<OffsetPair, AnchorState>();
  readonly #compared = new Map<string, Compared>();

  constructor(facts: BracketFacts) {
    this.#facts = facts;
    this.#candidates = new AnchorCandidates(facts.syncs, facts, (pair) => this.#stateOf(pair));
  }

  /** What must still be read before this position can be translated. Ask again after add(): anchors may turn out false. */
  missing(committed: bigint): readonly LogSlice[] {
    const look = this.#look(committed);
    return look.kind === 'read' ? look.slices : [];
  }

  /** All data records of the slice, ascending by offset, aborted ones included. */
  add(slice: LogSlice, records: readonly RecordImage[]): void {
    this.#read[slice.side].add(slice, records);
  }

  /** The slice could not be read: positions that need it are `unproven`. */
  fail(slice: LogSlice, why: string): void {
    this.#read[slice.side].fail(slice, why);
  }

  /** Throws while missing(committed) is not empty. */
  translate(committed: bigint): RecordTranslation {
    const look = this.#look(committed);
    if (look.kind === 'read') throw new Error('translate() before all that missing() names was read');
    if (look.kind === 'anchor') return this.#atAnchor(look.anchor);
    if (look.kind === 'bracket') return this.#within(look.bracket, committed);
    return look;
  }

  #look(committed: bigint): Look {
    const { source } = this.#facts;
    if (committed > source.highWatermark) {
      return unproven(`position ${committed} lies beyond the source's log end ${source.highWatermark}`);
    }
    const own = this.#candidates.at(committed);
    const unreadOwn = own === null ? null : this.#toRead(recordsOf(own));
    if (unreadOwn !== null) return unreadOwn;
    const isAnchor = own !== null && this.#stateOf(own) === 'verified';
    const { low, high, toRead } = this.#candidates.around(isAnchor ? committed + 1n : committed);
    const bracket = bracketBetween(low, high, this.#facts);
    const look = this.#toCompare(bracket, toRead);
    const isContradicted = look.kind === 'bracket' && !this.#compare(bracket).index.isLowCredible;
    if (isContradicted) return this.#toCompare(bracketBetween(null, high, this.#facts), []);
    return isAnchor && low === own && look.kind !== 'read' ? { kind: 'anchor', anchor: own } : look;
  }

  /** Brackets only grow while candidates turn out to be none, so one that is too long now stays so. */
  #toCompare(bracket: Bracket, candidates: readonly OffsetPair[]): Look {
    const tooLong = this.#overMaxScan(bracket);
    if (tooLong !== null) return unproven(tooLong);
    const look = this.#toRead([...candidates.flatMap(recordsOf), ...slicesOf(bracket)]);
    if (look !== null) return look;
    return bracket.target.from > bracket.target.to ? contradicted(bracket) : { kind: 'bracket', bracket };
  }

  /** null: all of it was read. */
  #toRead(slices: readonly LogSlice[]): Look | null {
    for (const slice of slices) {
      const why = this.#read[slice.side].failure(slice);
      if (why !== null)
        return unproven(`the ${slice.side}'s records in [${slice.from}, ${slice.to}) could not be read: ${why}`);
    }
    const unread = slices.flatMap(({ side, from, to }) =>
      this.#read[side].unread({ from, to }).map((gap) => ({ side, ...gap })),
    );
    return unread.length === 0 ? null : { kind: 'read', slices: withoutOverlap(unread) };
  }

  #overMaxScan(bracket: Bracket): string | null {
    const source = lengthOf(bracket.source);
    const target = lengthOf(bracket.target);
    const { maxScan } = this.#facts;
    if (source <= BigInt(maxScan) && target <= BigInt(maxScan)) return null;
    return `over max-scan ${maxScan}: ${source} source offsets and ${target} target offsets would have to be compared`;
  }

  #stateOf(pair: OffsetPair): AnchorState {
    const known = this.#states.get(pair);
    if (known !== undefined) return known;
    if (recordsOf(pair).some((slice) => this.#read[slice.side].unread(slice).length > 0)) return 'unread';
    const source = this.#read.source.at(pair.upstream);
    const target = this.#read.target.at(pair.downstream);
    const state = source === null || target === null ? 'gone' : isCopy(source, target) ? 'verified' : 'refuted';
    this.#states.set(pair, state);
    return state;
  }

  #atAnchor(anchor: OffsetPair): RecordTranslation {
    const { upstream, downstream } = anchor;
    const source = this.#read.source.within({ from: upstream, to: upstream + 1n });
    const target = this.#read.target.within({ from: downstream, to: downstream + 1n });
    const proof: BracketProof = {
      kind: 'records',
      lowAnchor: anchor,
      highAnchor: anchor,
      low: downstream,
      high: downstream,
      lastBefore: null,
      firstAfter: anchor,
      sourceRecords: source.length,
      targetRecords: target.length,
      without: comparisonOf(source, target).without,
    };
    return { kind: 'translated', precision: 'exact', offset: downstream, redeliveredMax: 0n, uncopied: 0, proof };
  }

  #within(bracket: Bracket, committed: bigint): RecordTranslation {
    const compared = this.#compare(bracket);
    const place = compared.index.locate(committed);
    if (place.outstanding !== null) {
      return {
        kind: 'not-replicated',
        detail:
          `source record ${place.outstanding}, the last before ${committed}, has no copy among the ` +
          `${compared.index.targetCount} records of the target in [${bracket.target.from}, ${bracket.target.to})`,
      };
    }
    const precision = place.redeliveredMax === 0n ? 'exact' : 'bounded';
    const { offset, redeliveredMax, uncopied } = place;
    return {
      kind: 'translated',
      precision,
      offset,
      redeliveredMax,
      uncopied,
      proof: proofOf(bracket, compared, place),
    };
  }

  #compare(bracket: Bracket): Compared {
    const key = `${bracket.target.from} ${bracket.target.to}`;
    const known = this.#compared.get(key);
    if (known !== undefined) return known;
    const sources = this.#read.source.within(bracket.source);
    const { alike, without } = comparisonOf(sources, this.#read.target.within(bracket.targetToRead));
    const index = new BracketIndex(bracket, sources, this.#read.target.within(bracket.target), alike);
    const compared = { index, without };
    this.#compared.set(key, compared);
    return compared;
  }
}

function proofOf(bracket: Bracket, { index, without }: Compared, place: Place): BracketProof {
  return {
    kind: 'records',
    lowAnchor: bracket.lowAnchor,
    highAnchor: bracket.highAnchor,
    low: bracket.target.from,
    high: bracket.target.to,
    lastBefore: place.lastBefore,
    firstAfter: place.firstAfter,
    sourceRecords: index.sourceCount,
    targetRecords: index.targetCount,
    without,
  };
}

function recordsOf({ upstream, downstream }: OffsetPair): readonly LogSlice[] {
  return [
    { side: 'source', from: upstream, to: upstream + 1n },
    { side: 'target', from: downstream, to: downstream + 1n },
  ];
}

function slicesOf(bracket: Bracket): readonly LogSlice[] {
  return [
    { side: 'source', ...bracket.source },
    { side: 'target', ...bracket.targetToRead },
  ];
}

function withoutOverlap(slices: readonly LogSlice[]): readonly LogSlice[] {
  const ordered = slices.toSorted((a, b) => (a.side === b.side ? compare(a.from, b.from) : a.side < b.side ? -1 : 1));
  const merged: LogSlice[] = [];
  for (const slice of ordered) {
    const last = merged.at(-1);
    if (last === undefined || last.side !== slice.side || last.to < slice.from) merged.push(slice);
    else if (slice.to > last.to) merged[merged.length - 1] = { ...last, to: slice.to };
  }
  return merged;
}

function compare(a: bigint, b: bigint): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function contradicted({ lowAnchor, highAnchor }: Bracket): Extract<RecordTranslation, { kind: 'contradicted' }> {
  const [low, high] = [lowAnchor, highAnchor].map((anchor) => `${anchor?.upstream}→${anchor?.downstream}`);
  return {
    kind: 'contradicted',
    detail: `offset sync ${low} lies ahead of ${high}, and the records of both are equal`,
  };
}

function unproven(detail: string): Extract<RecordTranslation, { kind: 'unproven' }> {
  return { kind: 'unproven', detail };
}
