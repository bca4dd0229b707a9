/** The one line of a terminal that is drawn anew, below all others: what goes on, since when, until when. */
import type { Progress } from '../../operations/ports.ts';
import { visible } from '../../report/escape.ts';
import { clipToWidth, displayWidth } from '../../report/terminal/display-width.ts';
import { withoutCommands } from '../../report/terminal/log-lines.ts';
import type { Paint } from '../../report/terminal/paint.ts';
import { timeWords } from '../../report/terminal/progress.ts';

export interface LiveLineOptions {
  readonly write: (text: string) => void;
  readonly columns: () => number | null;
  readonly now: () => number;
  readonly paint: Paint;
}

/** Often enough for seconds to tick, seldom enough for a slow connection. */
const TICK_MS = 500;
/** Between two drawings that something new asks for. */
const MIN_PAUSE_MS = 100;
/** Where a terminal does not tell its width. */
const FEW_COLUMNS = 80;
/** Carriage return, erase in line (ECMA-48). */
const ERASE = '\r\u001b[K';

export class LiveLine {
  readonly #options: LiveLineOptions;
  #stage = '';
  #progress: Progress | null = null;
  #sinceMs = 0;
  #drawnAtMs = 0;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(options: LiveLineOptions) {
    this.#options = options;
  }

  begin(stage: string): void {
    this.#stage = stage;
    this.#progress = null;
    this.#sinceMs = this.#options.now();
    this.#timer ??= setInterval(() => this.draw(), TICK_MS);
    // What is drawn keeps no process alive.
    this.#timer.unref();
    this.draw();
  }

  show(progress: Progress): void {
    this.#progress = progress;
    if (this.#options.now() - this.#drawnAtMs >= MIN_PAUSE_MS) this.draw();
  }

  draw(): void {
    if (this.#timer === null) return;
    const { write, columns, now, paint } = this.#options;
    this.#drawnAtMs = now();
    const endsAtMs = this.#progress?.endsAtMs;
    const times = timeWords(now() - this.#sinceMs, endsAtMs === undefined ? null : endsAtMs - now());
    // The last column stays free: some terminals go on to the next line there.
    const room = (columns() ?? FEW_COLUMNS) - 1;
    const doing = clipToWidth(visible(this.#doing()), Math.max(0, room - displayWidth(times)));
    write(`${ERASE}${paint('faint', withoutCommands(clipToWidth(`${doing}${times}`, room)))}`);
  }

  clear(): void {
    if (this.#timer !== null) this.#options.write(ERASE);
  }

  end(): void {
    this.clear();
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  #doing(): string {
    return this.#progress === null ? this.#stage : `${this.#stage} · ${this.#progress.doing}`;
  }
}
