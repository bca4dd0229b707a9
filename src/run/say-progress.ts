/** What a run says while it works, for whoever waits. */
import type { Comparison } from '../operations/compare-records.ts';
import type { Log } from '../operations/ports.ts';
import { batchLine, comparingWords } from '../report/terminal/progress.ts';
import type { Run } from './run-command.ts';

/** The passes of a run, one after the other. */
export class PassProgress {
  readonly #run: Run;
  /** null: one pass, which ends when it is done. */
  readonly #endsAtMs: number | null;
  #number = 1;
  #comparingSinceMs: number | null = null;

  constructor(run: Run, endsAtMs: number | null) {
    this.#run = run;
    this.#endsAtMs = endsAtMs;
  }

  /** How records are compared, which says how far it is; null: they are not. */
  get comparison(): Omit<Comparison, 'signal'> | null {
    const { inputs, host } = this.#run;
    if (inputs.translation.mode !== 'exact') return null;
    return {
      ...inputs.translation,
      onProgress: (soFar) => {
        const nowMs = host.clock.now();
        this.#comparingSinceMs ??= nowMs;
        const words = comparingWords(soFar, nowMs - this.#comparingSinceMs);
        this.#say(this.#endsAtMs === null ? words : `pass ${this.#number} · ${words}`);
      },
    };
  }

  /** The next one comes after a pause. */
  passEnded(): void {
    this.#number += 1;
    this.#comparingSinceMs = null;
    if (this.#endsAtMs !== null) this.#say(`waiting for pass ${this.#number}`);
  }

  #say(doing: string): void {
    this.#run.host.log.progress?.(this.#endsAtMs === null ? { doing } : { doing, endsAtMs: this.#endsAtMs });
  }
}

/** Each batch in its turn, and the last for good. */
export function sayBatch(log: Log, done: { readonly groups: number; readonly of: number }): void {
  if (done.groups >= done.of) log.info(batchLine(done));
  else log.progress?.({ doing: batchLine(done) });
}
