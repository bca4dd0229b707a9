/** The text of `--help`. */
import { CLI_COMMANDS, type CliCommand } from './command-facts.ts';
import { commandHelp } from './command-help.ts';
import { everyInput, overview } from './overview.ts';

/** `overview`, every input, or one command. */
export const HELP_TOPICS = ['overview', 'inputs', ...CLI_COMMANDS] as const;
export type HelpTopic = 'overview' | 'inputs' | CliCommand;

/** No terminal is asked how narrow it is: examples and tables are for copying. */
const WIDTH = 100;

/** Lines of at most 100 characters where words allow it; 110 where an example is longer. */
export function renderHelp(topic: HelpTopic): string {
  if (topic === 'overview') return overview();
  return topic === 'inputs' ? everyInput(WIDTH) : commandHelp(topic, WIDTH);
}
