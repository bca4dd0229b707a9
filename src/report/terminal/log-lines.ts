/** A message as lines of a log: whatever it holds, no line can steer a terminal or the runner (invariant J). */
import { visible } from '../escape.ts';

/** Control characters and what the eye would miss are shown as `\u{1b}`; line ends split. */
export function logLines(message: string): string[] {
  return message.split(/\r\n|\r|\n/).map((line) => visible(line.replaceAll('\t', '    ')));
}

/** Before what follows a line end in a message, so that text of others never begins a line there. */
const CONTINUED = '  | ';

/** As `logLines`, for a log whose readers are to see where a message goes on. */
export function messageLines(message: string): string[] {
  return logLines(message).map((line, index) => (index === 0 ? line : CONTINUED + line));
}

/**
 * What CI systems take for commands in the log of a step: GitHub Actions `::name::` at the begin of a line, after spaces,
 * and `##[name]`; Azure Pipelines `##[name]` and `##vso[name]`; TeamCity `##teamcity[name`; GitLab and Travis their
 * sections; Buildkite the three signs that open a group. A colour of ours may stand before.
 */
const COMMANDS: readonly RegExp[] = [
  /^((?:\p{Cc}\[\d*m| )*)(?=::)/u,
  /(##)(?=\w*\[)/g,
  /(section_|travis_)(?=(?:start|end|fold|time):)/g,
  /^((?:\p{Cc}\[\d*m)*)(?=(?:---|\+\+\+|~~~|\^\^\^)(?: |$))/u,
];

/** A line that no CI obeys, whoever wrote what is in it. It takes a backslash to that, as in `\::error::x`. */
export function withoutCommands(line: string): string {
  return COMMANDS.reduce((text, command) => text.replace(command, '$1\\'), line);
}

/** For the log of GitHub Actions. `visible` has already shown every space but ` ` that the runner would trim. */
export function actionsLogLines(message: string): string[] {
  return logLines(message).map(withoutCommands);
}
