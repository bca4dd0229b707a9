/** What the terminal can show, by what its stream and the environment say. */

export interface TerminalLook {
  /** Escape sequences for colours are understood and wanted. */
  readonly color: boolean;
  /** A line can be drawn over, and somebody may be watching. */
  readonly live: boolean;
}

/**
 * NO_COLOR (no-color.org) wins over everything, FORCE_COLOR colours what is no terminal, as GitLab's log of a job. In a
 * CI (`CI` set) a line is kept, also where a pseudo terminal is given, as by Buildkite.
 */
export function terminalLook(isTerminal: boolean, environment: (name: string) => string | undefined): TerminalLook {
  const isSet = (name: string) => !['', '0', 'false'].includes(environment(name) ?? '');
  const isDumb = environment('TERM') === 'dumb';
  const noColor = (environment('NO_COLOR') ?? '') !== '';
  return {
    color: !noColor && (isSet('FORCE_COLOR') || (isTerminal && !isDumb)),
    live: isTerminal && !isDumb && !isSet('CI'),
  };
}
