import type { Clock } from '../../../operations/ports.ts';

const WITHOUT_PROGRESS_MS = 30_000;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 1_000;

/** Waits longer and longer between tries, up to a deadline that each progress moves on. */
export class Patience {
  readonly #clock: Clock;
  #endsAt: number;
  #tryBeganAt: number;
  #nextWaitMs = FIRST_WAIT_MS;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#tryBeganAt = clock.now();
    this.#endsAt = this.#tryBeganAt + WITHOUT_PROGRESS_MS;
  }

  renew(): void {
    this.#tryBeganAt = this.#clock.now();
    this.#endsAt = this.#tryBeganAt + WITHOUT_PROGRESS_MS;
    this.#nextWaitMs = FIRST_WAIT_MS;
  }

  /**
   * At least `atLeastMs`, as a throttling broker asks; false, at once, when the deadline would pass meanwhile. How long
   * the last try took does not count: where the machine stood still in it, the deadline passes without a second one. An
   * aborted signal ends the wait early.
   */
  async wait(atLeastMs = 0, signal?: AbortSignal): Promise<boolean> {
    const waitMs = Math.max(atLeastMs, this.#nextWaitMs);
    if (this.#tryBeganAt + waitMs > this.#endsAt) return false;
    this.#nextWaitMs = Math.min(this.#nextWaitMs * 2, LONGEST_WAIT_MS);
    await this.#clock.sleep(waitMs, signal);
    this.#tryBeganAt = this.#clock.now();
    return true;
  }
}
