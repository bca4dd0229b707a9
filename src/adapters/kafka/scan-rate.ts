import type { Clock } from '../../operations/ports.ts';

/** Longest answer at a given rate: an eighth of a second of it. */
const ANSWERS_A_SECOND = 8;
const LEAST_ANSWER_BYTES = 64 * 1024;

/** Keeps what is read from one cluster below a rate. Bytes are paid when they came, and before the next are asked for. */
export class ScanRate {
  readonly #bytesPerSecond: number;
  readonly #clock: Clock;
  /** Clock time at which all that came is paid. */
  #paidAt = Number.NEGATIVE_INFINITY;

  /** Infinity: as fast as it goes. */
  constructor(bytesPerSecond: number, clock: Clock) {
    this.#bytesPerSecond = bytesPerSecond;
    this.#clock = clock;
  }

  /** How much one answer may hold so that the pace is even. */
  get answerBytes(): number {
    return Math.max(LEAST_ANSWER_BYTES, this.#bytesPerSecond / ANSWERS_A_SECOND);
  }

  /** Resolves when something may be asked for, or when the signal aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const waitMs = this.#paidAt - this.#clock.now();
      if (waitMs <= 0) return;
      await this.#clock.sleep(waitMs, signal);
    }
  }

  pay(bytes: number): void {
    const from = Math.max(this.#paidAt, this.#clock.now());
    this.#paidAt = from + (bytes / this.#bytesPerSecond) * 1_000;
  }
}
