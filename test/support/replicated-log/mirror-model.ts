/**
 * MirrorMaker 2 as it copies one partition (MirrorSourceTask, OffsetSyncWriter of 3.7+): in order, from the offset that
 * Connect holds for it, with an offset sync where one is due. At most ten syncs are in flight: one that finds no room
 * waits, and a later one of the partition takes its place.
 */
import type { LogModel } from './log-model.ts';

/** offset.lag.max, scaled down from 100. */
const MAX_LAG = 5;

export interface MirrorHabits {
  /** Percent of due offset syncs that find no room in flight. */
  readonly blockedSyncs: number;
  /** Percent of sent offset syncs that are lost. */
  readonly lostSyncs: number;
  /**
   * False: the first offset sync after a target's topic was created, or after Connect went back, always gets through. The
   * bracket rule rests on it, as MM2's own translation does: without it nothing tells that the syncs before it are stale.
   */
  readonly losesFirstSyncs: boolean;
  /** What header converters and transformations make of a record's headers. */
  readonly alterHeaders: (headers: string) => string;
  /** A transformation that leaves records out. */
  readonly leavesOut: (value: number) => boolean;
  /** exactly.once.source.support: each batch ends with a control record on the target. */
  readonly exactlyOnce: boolean;
  /** The record's timestamp on the target when it had none, or when the topic has LogAppendTime. */
  readonly stamp: (timestamp: number) => number;
}

export interface SyncEntry {
  readonly upstream: number;
  readonly downstream: number;
}

export class MirrorModel {
  readonly #source: LogModel;
  #target: LogModel;
  readonly #habits: MirrorHabits;
  readonly #chance: (percent: number) => boolean;
  /** What the offset-syncs topic holds of the partition, in log order. */
  syncs: SyncEntry[] = [];
  /** Next source offset to read, and the one that Connect holds. */
  position = 0;
  #committed = 0;
  #previous: SyncEntry | null = null;
  #lastSyncDownstream = -1;
  #waiting: SyncEntry | null = null;
  #isFirst = true;
  #delayed: SyncEntry | null = null;

  constructor(source: LogModel, target: LogModel, habits: MirrorHabits, chance: (percent: number) => boolean) {
    this.#source = source;
    this.#target = target;
    this.#habits = habits;
    this.#chance = chance;
  }

  /** Nothing was copied since the target's topic was created, so no offset sync speaks of it yet. */
  get awaitsFirstCopy(): boolean {
    return this.#isFirst;
  }

  copy(count: number): void {
    let copied = 0;
    this.position = Math.max(this.position, this.#source.start);
    while (copied < count && this.position < this.#source.end) {
      const record = this.#source.at(this.position);
      const upstream = this.position++;
      if (record === null || this.#habits.leavesOut(record.value)) continue;
      const downstream = this.#target.append({
        ...record,
        isAborted: false,
        headers: this.#habits.alterHeaders(record.headers),
        timestamp: this.#habits.stamp(record.timestamp),
        copyOf: upstream,
      });
      this.#queueSync({ upstream, downstream });
      copied++;
    }
    if (this.#habits.exactlyOnce && copied > 0) this.#target.append(CONTROL);
    this.#send();
  }

  /** offset.flush.interval.ms: Connect commits the position, and parked offset syncs go out. */
  flush(): void {
    this.#committed = this.position;
    if (this.#delayed !== null) this.#waiting = this.#delayed;
    this.#delayed = null;
    this.#send();
  }

  /** A task that was stopped flushes first; one that was killed goes back to what Connect holds. */
  restart(isKilled: boolean): void {
    if (!isKilled) this.flush();
    if (this.#committed < this.position) this.#isFirst = true;
    this.position = this.#committed;
    this.#previous = null;
    this.#lastSyncDownstream = -1;
    this.#waiting = null;
    this.#delayed = null;
  }

  /** DELETE /connectors/…/offsets: from the start again. */
  resetOffsets(): void {
    this.#committed = 0;
    this.restart(true);
  }

  /** The target's topic was created again under the running task. */
  recreated(target: LogModel): void {
    this.#target = target;
    this.#isFirst = true;
  }

  /** Cleans the offset-syncs topic below an index: the last of them stays. */
  compactSyncs(upTo: number): void {
    this.syncs = this.syncs.slice(Math.max(0, Math.min(upTo, this.syncs.length) - 1));
  }

  #queueSync(sync: SyncEntry): void {
    const previous = this.#previous;
    const isDue =
      previous === null ||
      sync.downstream - (this.#lastSyncDownstream + 1) >= MAX_LAG ||
      sync.upstream - previous.upstream !== 1 ||
      sync.downstream < previous.downstream;
    this.#previous = sync;
    if (!isDue) {
      this.#delayed = sync;
      return;
    }
    this.#lastSyncDownstream = sync.downstream;
    this.#delayed = null;
    this.#waiting = sync;
    if (this.#isFirst && !this.#habits.losesFirstSyncs) this.#deliver(sync);
    else this.#send();
    this.#isFirst = false;
  }

  #send(): void {
    if (this.#waiting === null || this.#chance(this.#habits.blockedSyncs)) return;
    if (this.#chance(this.#habits.lostSyncs)) this.#waiting = null;
    else this.#deliver(this.#waiting);
  }

  #deliver(sync: SyncEntry): void {
    this.syncs.push(sync);
    this.#waiting = null;
  }
}

const CONTROL = {
  isControl: true,
  key: null,
  value: 0,
  isTombstone: false,
  isAborted: false,
  timestamp: 0,
  headers: '',
  copyOf: null,
};
