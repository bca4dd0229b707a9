/**
 * A source log, its copy on the target and all that happens to them, from one seed. Contents are few, so that twins and
 * runs of identical records are frequent. The world knows which target record is a copy of which source record.
 */
import { seeded } from '../random.ts';
import { LogModel, type NewEntry } from './log-model.ts';
import { MirrorModel } from './mirror-model.ts';
import { type Habits, habitsOf } from './world-habits.ts';

export class ReplicatedWorld {
  readonly below: (limit: number) => number;
  readonly habits: Habits;
  readonly source = new LogModel();
  target = new LogModel();
  readonly mirror: MirrorModel;
  #time = 1_000;
  #unique = 0;

  constructor(seed: number, losesFirstSyncs = false) {
    this.below = seeded(seed);
    this.habits = habitsOf(this.below, losesFirstSyncs);
    this.mirror = new MirrorModel(this.source, this.target, this.habits, (percent) => this.chance(percent));
  }

  chance(percent: number): boolean {
    return percent > 0 && this.below(100) < percent;
  }

  live(events: number): void {
    for (let i = 0; i < events; i++) this.#event(true);
  }

  /** What may happen while the logs are being looked at: all but a topic that comes to life just then. */
  moveOn(events: number): void {
    if (this.mirror.awaitsFirstCopy) return;
    for (let i = 0; i < events; i++) this.#event(false);
  }

  #event(mayRecreate: boolean): void {
    const { habits, mirror } = this;
    const dice = this.below(100);
    if (dice < 30) this.#produce(1 + this.below(6));
    else if (dice < 65) mirror.copy(1 + this.below(10));
    else if (dice < 72) mirror.flush();
    else if (dice < 78) this.#clean(this.source, habits.compactsSource);
    else if (dice < 84) this.#clean(this.target, habits.compactsTarget);
    else if (dice < 87) this.#trim(this.source, habits.trimsSource);
    else if (dice < 89) this.#trim(this.target, habits.trimsTarget);
    else if (dice < 92) this.#restart();
    else if (dice < 95) this.#writeForeign();
    else if (dice < 97)
      mirror.compactSyncs(this.chance(habits.compactsSyncs) ? this.below(mirror.syncs.length + 1) : 0);
    else if (mayRecreate && this.chance(habits.recreates)) this.#copyAgain();
  }

  #produce(count: number): void {
    const isTransaction = this.chance(this.habits.transactions);
    const isAborted = isTransaction && this.chance(30);
    const isRun = this.chance(40);
    let entry = this.#record(isAborted);
    for (let i = 0; i < count; i++) {
      this.source.append(entry);
      if (!isRun) entry = this.#record(isAborted);
    }
    if (isTransaction) this.source.append({ ...entry, isControl: true });
  }

  #record(isAborted: boolean): NewEntry {
    const { habits } = this;
    if (this.chance(habits.timePasses)) this.#time++;
    const key = this.chance(habits.keyless) ? null : this.below(habits.keys);
    const isTombstone = key !== null && this.chance(10);
    return {
      isControl: false,
      key,
      value: isTombstone ? 0 : habits.values === 0 ? ++this.#unique : 1 + this.below(habits.values),
      isTombstone,
      isAborted,
      timestamp: habits.sourceTimestamps === 'none' ? -1 : this.#time,
      headers: this.chance(habits.withHeaders) ? 'h' : '',
      copyOf: null,
    };
  }

  #clean(log: LogModel, percent: number): void {
    if (this.chance(percent)) log.compact(log.start + this.below(log.end - log.start + 1), this.chance(30));
  }

  #trim(log: LogModel, percent: number): void {
    if (this.chance(percent)) log.trim(log.start + this.below(Math.floor((log.end - log.start) / 2) + 2));
  }

  #restart(): void {
    if (this.chance(this.habits.restarts)) this.mirror.restart(this.chance(70));
  }

  /** A second producer writes into the target's topic: something of its own, or what looks like a source record. */
  #writeForeign(): void {
    if (!this.chance(this.habits.foreign)) return;
    for (let i = 1 + this.below(2); i > 0; i--) {
      const twin = this.source.entries[this.below(this.source.end + 1)];
      this.target.append({ ...(twin ?? this.#record(false)), isAborted: false, copyOf: null });
    }
  }

  /** The target's topic is deleted and created again, or Connect's offsets are reset, or both. */
  #copyAgain(): void {
    const isRecreated = this.chance(70);
    if (isRecreated) {
      this.target = new LogModel();
      this.mirror.recreated(this.target);
    }
    const next = isRecreated ? this.below(4) : 0;
    if (next < 2) this.mirror.resetOffsets();
    if (next === 2) this.mirror.restart(this.chance(50));
  }
}
