/** What was read of one side's log: covered pieces with their data records, and pieces that could not be read. */
import type { RecordImage } from './record-image.ts';

/** [from, to). */
export interface OffsetSpan {
  readonly from: bigint;
  readonly to: bigint;
}

interface Piece extends OffsetSpan {
  readonly records: readonly RecordImage[];
}

interface Failure extends OffsetSpan {
  readonly why: string;
}

export class ReadRecords {
  /** Ascending, without overlap: of what is read twice, the first reading stays. */
  readonly #pieces: Piece[] = [];
  readonly #failures: Failure[] = [];

  add(span: OffsetSpan, records: readonly RecordImage[]): void {
    for (const gap of this.unread(span)) {
      const piece = { ...gap, records: recordsWithin(records, gap) };
      this.#pieces.splice(firstEndingAfter(this.#pieces, gap.from), 0, piece);
    }
  }

  fail(span: OffsetSpan, why: string): void {
    this.#failures.push({ ...span, why });
  }

  /** The parts of the span that no reading covers, ascending. */
  unread(span: OffsetSpan): readonly OffsetSpan[] {
    const gaps: OffsetSpan[] = [];
    let from = span.from;
    for (let i = firstEndingAfter(this.#pieces, span.from); from < span.to; i++) {
      const piece = this.#pieces[i];
      if (piece === undefined || piece.from >= span.to) {
        gaps.push({ from, to: span.to });
        break;
      }
      if (piece.from > from) gaps.push({ from, to: piece.from });
      from = piece.to;
    }
    return gaps;
  }

  /** Why a part of the span that is still unread could not be read; null when no reading of it failed. */
  failure(span: OffsetSpan): string | null {
    if (this.#failures.length === 0) return null;
    for (const gap of this.unread(span)) {
      const failed = this.#failures.find(({ from, to }) => from < gap.to && gap.from < to);
      if (failed !== undefined) return failed.why;
    }
    return null;
  }

  /** null: read, and no data record there; or not read. */
  at(offset: bigint): RecordImage | null {
    return this.within({ from: offset, to: offset + 1n })[0] ?? null;
  }

  /** The data records read within the span, ascending. */
  within(span: OffsetSpan): readonly RecordImage[] {
    const found: (readonly RecordImage[])[] = [];
    for (let i = firstEndingAfter(this.#pieces, span.from); i < this.#pieces.length; i++) {
      const piece = this.#pieces[i];
      if (piece === undefined || piece.from >= span.to) break;
      found.push(recordsWithin(piece.records, span));
    }
    return found.length === 1 && found[0] !== undefined ? found[0] : found.flat();
  }
}

function recordsWithin(records: readonly RecordImage[], span: OffsetSpan): readonly RecordImage[] {
  const start = firstAtOrAfter(records, span.from);
  const end = firstAtOrAfter(records, span.to);
  return start === 0 && end === records.length ? records : records.slice(start, end);
}

/** Index of the first record at or after the offset. */
export function firstAtOrAfter(records: readonly { readonly offset: bigint }[], offset: bigint): number {
  return partitionPoint(records.length, (i) => (records[i]?.offset ?? offset) < offset);
}

function firstEndingAfter(pieces: readonly OffsetSpan[], offset: bigint): number {
  return partitionPoint(pieces.length, (i) => (pieces[i]?.to ?? offset) <= offset);
}

/** The first index below `length` at which `isBefore` no longer holds, `length` when it always does. */
export function partitionPoint(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
