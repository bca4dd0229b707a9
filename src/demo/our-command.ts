/** Runs our own commands in this process, from the words that a person would type. */
import { systemClock } from '../adapters/clock.ts';
import { readTextFile } from '../adapters/files/text-file.ts';
import { MigrationError } from '../errors.ts';
import { readCommandLine } from '../inputs/command-line.ts';
import { parseInputs } from '../inputs/parse-inputs.ts';
import type { Log } from '../operations/ports.ts';
import type { ReportModel } from '../report/report-model.ts';
import { runCommand } from '../run/run-command.ts';

export interface OurCommandHost {
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly workingFolder: string;
}

/** The same reading and the same run as the command line's; the report is in the `report-dir` of `argv`. */
export async function runOurCommand(argv: readonly string[], host: OurCommandHost): Promise<ReportModel> {
  const line = readCommandLine(argv, { environment: () => undefined, readFile: readTextFile });
  if (line.kind !== 'run') throw new MigrationError('INTERNAL', `${argv[0]} is not a command that runs`);
  const inputs = parseInputs(line.raw, { readFile: readTextFile, notices: line.notices });
  return runCommand(inputs, { ...host, log: quoted(host.log), clock: systemClock, proxy: null });
}

/** Sets what a command says apart from what the demo says. */
export function quoted(log: Log): Log {
  // A message a line: the log itself sets apart where one goes on.
  const say = (message: string) => {
    for (const line of message.split('\n')) log.info(`  | ${line}`);
  };
  return {
    stage: say,
    info: say,
    warn: (message) => say(`Warning: ${message}`),
    debug: (message) => log.debug(message),
  };
}

/** For a POSIX shell: each flag with its value on a line of its own. */
export function shellCommand(words: readonly string[]): readonly string[] {
  return words
    .map((word) => (word.startsWith('--') ? `\\\n      ${word}` : shellWord(word)))
    .join(' ')
    .split('\n');
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
