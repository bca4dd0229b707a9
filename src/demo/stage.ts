/** What every scene of the demo has at hand. */
import { MigrationError } from '../errors.ts';
import type { Log } from '../operations/ports.ts';
import type { ReportModel } from '../report/report-model.ts';
import { renderTerminal } from '../report/terminal/render-terminal.ts';
import type { Bed } from '../testbed/bed.ts';
import type { ManagedProcess } from '../testbed/processes.ts';
import { runOurCommand, shellCommand } from './our-command.ts';

export interface Stage {
  readonly bed: Bed;
  /** Holds connector files and reports; outlives the demo. */
  readonly folder: string;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Ends with the demo, cancelled or not. */
  readonly endLater: (started: ManagedProcess) => void;
}

/** Shows the command and runs it. Throws when it failed or was cancelled, since the rest of the story rests on it. */
export async function ourCommand({ folder, log, signal }: Stage, words: readonly string[]): Promise<ReportModel> {
  const [first, ...rest] = shellCommand(['node', 'dist/cli.js', ...words]);
  for (const line of [`  $ ${first}`, ...rest]) log.info(line);
  const report = await runOurCommand(words, { log, signal, workingFolder: folder });
  signal.throwIfAborted();
  if (report.result !== 'failed') return report;
  for (const line of renderTerminal(report)) log.info(line);
  throw new MigrationError('TESTBED', `The demo ends here, since ${words[0]} failed. Reports so far: ${folder}`);
}

export function begin(log: Log, title: string): void {
  log.info('');
  log.stage(title);
}
