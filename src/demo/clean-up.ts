/** The end of what the demo has started. */
import type { Log } from '../operations/ports.ts';
import type { Bed } from '../testbed/bed.ts';
import type { ManagedProcess } from '../testbed/processes.ts';

/** Ends what the demo started, once. */
export class CleanUp {
  readonly #bed: Pick<Bed, 'release' | 'stop'>;
  readonly #log: Log;
  readonly #signal: AbortSignal;
  readonly #processes: Pick<ManagedProcess, 'stop'>[] = [];
  #isDone = false;

  constructor(bed: Pick<Bed, 'release' | 'stop'>, log: Log, signal: AbortSignal) {
    this.#bed = bed;
    this.#log = log;
    this.#signal = signal;
  }

  add(started: Pick<ManagedProcess, 'stop'>): void {
    this.#processes.push(started);
  }

  keep(): void {
    this.#bed.release();
    this.#isDone = true;
  }

  async run(): Promise<void> {
    if (this.#isDone) return;
    this.#isDone = true;
    // JVMs may take longer to end than a cancel leaves (process-signals.ts). The test bed's watchdog kills them and removes
    // the clusters when this process ends, which it now does at once.
    if (this.#signal.aborted) return;
    this.#log.info('');
    this.#log.info('Ending every process and removing the clusters …');
    await Promise.all(this.#processes.map((one) => one.stop()));
    await this.#bed.stop();
  }
}
