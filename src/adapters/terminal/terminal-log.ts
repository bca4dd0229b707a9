import type { Log, Progress } from '../../operations/ports.ts';
import { messageLines, withoutCommands } from '../../report/terminal/log-lines.ts';
import {
  paintLeadingWord,
  type Style,
  type TerminalPage,
  withColors,
  withoutColors,
} from '../../report/terminal/paint.ts';
import { progressWords } from '../../report/terminal/progress.ts';
import { createThrottle } from '../../report/terminal/throttle.ts';
import { LiveLine } from './live-line.ts';
import type { TerminalLook } from './terminal-look.ts';

export interface TerminalOptions extends TerminalLook {
  /** Takes text as it is, line feeds included. */
  readonly write: (text: string) => void;
  /** Of the terminal now; null when it is none. */
  readonly columns: () => number | null;
  readonly debug: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface TerminalLog extends Log {
  /** What is printed goes there. */
  page(): TerminalPage;
  /** A line without control characters but for colours of ours. */
  print(line: string): void;
  /** Nothing goes on any more: takes the live line away. */
  end(): void;
}

/**
 * Lines that stay, and on a terminal one below them that is drawn anew while something goes on; elsewhere such a line
 * now and then. Control characters in what is said are shown, so that only what stands here steers the terminal, and
 * every line that leaves is one that no CI takes for a command (invariant J).
 */
export function createTerminalLog(options: TerminalOptions): TerminalLog {
  const { write, color, debug, live, now } = options;
  const paint = color ? withColors : withoutColors;
  const line = live ? new LiveLine({ ...options, paint }) : null;
  const throttle = createThrottle(now);
  let stageSinceMs = now();
  const print = (text: string) => {
    line?.clear();
    write(`${withoutCommands(text)}\n`);
    line?.draw();
  };
  const say = (message: string, style: Style | null) => {
    for (const text of messageLines(message))
      print(style === null ? paintLeadingWord(paint, text) : paint(style, text));
  };
  const sayNowAndThen = ({ doing, endsAtMs }: Progress) => {
    if (!throttle.isDue()) return;
    const leftMs = endsAtMs === undefined ? null : endsAtMs - now();
    say(progressWords(doing, now() - stageSinceMs, leftMs), 'faint');
  };
  return {
    page: () => ({ paint, columns: options.columns() }),
    print,
    stage(title) {
      stageSinceMs = now();
      throttle.restart();
      say(`==> ${title}`, 'title');
      line?.begin(title);
    },
    info: (message) => say(message, null),
    warn: (message) => say(`Warning: ${message}`, null),
    debug: (message) => {
      if (debug) say(message, 'faint');
    },
    progress: (progress) => (line === null ? sayNowAndThen(progress) : line.show(progress)),
    end: () => line?.end(),
  };
}
