/** A message as lines of a log: whatever it holds, no line can steer a terminal or the runner (invariant J). */
import { visible } from '../escape.ts';

/** Control characters and what the eye would miss are shown as `\u{1b}`; line ends split. */
export function logLines(message: string): string[] {
  return message.split(/\r\n|\r|\n/).map((line) => visible(line.replaceAll('\t', '    ')));
}

/**
 * For the log of GitHub Actions, whose runner takes a line that starts with `::` (after spaces) or holds `##[` for a
 * command. `visible` has already shown every other space that the runner would trim.
 */
export function actionsLogLines(message: string): string[] {
  return logLines(message).map((line) => line.replace(/^( *)::/, '$1\\::').replaceAll('##[', '##\\['));
}
