/** One log of the model: offsets with or without a record that is still there. Plain numbers, for speed. */
export interface LogEntry {
  readonly offset: number;
  /** A control record takes an offset and is never copied. */
  readonly isControl: boolean;
  /** null: a record without a key is never compacted away. */
  readonly key: number | null;
  readonly value: number;
  readonly isTombstone: boolean;
  readonly isAborted: boolean;
  readonly timestamp: number;
  readonly headers: string;
  /** On the target: the source offset that this is a copy of. null: somebody else wrote it, or it is on the source. */
  readonly copyOf: number | null;
  isThere: boolean;
}

export type NewEntry = Omit<LogEntry, 'offset' | 'isThere'>;

export class LogModel {
  readonly entries: LogEntry[] = [];
  start = 0;

  get end(): number {
    return this.entries.length;
  }

  append(entry: NewEntry): number {
    const offset = this.entries.length;
    this.entries.push({ ...entry, offset, isThere: true });
    return offset;
  }

  at(offset: number): LogEntry | null {
    const entry = this.entries[offset];
    return entry?.isThere && !entry.isControl ? entry : null;
  }

  /** The cleaner's pass over [start, upTo): the last record of each key stays, aborted ones go. */
  compact(upTo: number, dropTombstones: boolean): void {
    const last = new Map<number, number>();
    for (const entry of this.#within(upTo))
      if (entry.key !== null && !entry.isAborted) last.set(entry.key, entry.offset);
    for (const entry of this.#within(upTo)) {
      const isSuperseded = entry.key !== null && (last.get(entry.key) ?? entry.offset) > entry.offset;
      if (entry.isAborted || isSuperseded || (dropTombstones && entry.isTombstone)) entry.isThere = false;
    }
  }

  /** Retention, or DeleteRecords. */
  trim(newStart: number): void {
    if (newStart <= this.start) return;
    this.start = Math.min(newStart, this.end);
    for (let i = 0; i < this.start; i++) {
      const entry = this.entries[i];
      if (entry !== undefined) entry.isThere = false;
    }
  }

  /** Data records that are there, ascending. */
  records(): readonly LogEntry[] {
    return this.entries.filter((entry) => entry.isThere && !entry.isControl);
  }

  #within(upTo: number): readonly LogEntry[] {
    return this.entries.slice(this.start, upTo).filter((entry) => entry.isThere && !entry.isControl);
  }
}
