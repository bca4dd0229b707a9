import type { Log } from '../../operations/ports.ts';
import { logLines } from '../../report/terminal/log-lines.ts';

export interface TerminalOptions {
  /** Takes whole lines, without their line feed. */
  readonly write: (line: string) => void;
  /** False on a pipe, or with NO_COLOR (no-color.org). */
  readonly color: boolean;
  readonly debug: boolean;
}

const BOLD = '\u001b[1m';
const YELLOW = '\u001b[33m';
const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

/** Plain lines. Control characters in what is said are shown, so only the colours here reach the terminal. */
export function createTerminalLog({ write, color, debug }: TerminalOptions): Log {
  const say = (message: string, style: string) => {
    for (const line of logLines(message)) write(color && style !== '' ? `${style}${line}${RESET}` : line);
  };
  return {
    stage: (title) => say(`==> ${title}`, BOLD),
    info: (message) => say(message, ''),
    warn: (message) => say(`Warning: ${message}`, YELLOW),
    debug: (message) => {
      if (debug) say(message, DIM);
    },
  };
}
