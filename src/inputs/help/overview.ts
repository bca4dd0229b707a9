/** `--help`: what there is, on one screen, and the whole list of inputs behind it. */
import { INPUT_GROUPS } from '../schema/input-spec.ts';
import { GROUP_TITLES } from '../schema/schema.ts';
import { CLI_COMMANDS, COMMAND_FACTS } from './command-facts.ts';
import { allInputs } from './input-lines.ts';
import { EXIT_CODES, VALUES } from './shared-texts.ts';

const TITLE = 'kafka-mm2-migration-action: takes a Kafka migration with MirrorMaker 2 to cutover';

const USAGE = `Usage
  node dist/cli.js COMMAND [--name value | --name=value] ...
  node dist/cli.js COMMAND --help    what one command does, takes, and how it ends
  node dist/cli.js help inputs       every input of every command
  dist/cli.js lies in a clone of the action: write its path from where you are.`;

const EXAMPLES = `Examples
  See what would be committed, and change nothing:
    node dist/cli.js plan --source-bootstrap-servers old-1:9092 --target-bootstrap-servers new-1:9092
  Keep the offsets close behind for half an hour, with settings from a file:
    node dist/cli.js sync --config mm2.yml --run-for 30m --target-password env:MM2_PASSWORD
  Ask whether the consumers can move, in a CI that shows JUnit files:
    node dist/cli.js check --config mm2.yml --phase cutover --report-dir mm2-report
  Undo a sync by the export that it left (first without --dry-run=false, to see it):
    node dist/cli.js rollback --config mm2.yml --rollback-from EXPORT.jsonl --dry-run=false`;

const LEAVES = `What a run leaves in --report-dir (mm2-report)
  report.json  everything, for programs      report.html  a page to look at
  junit.xml    for the tests tab of a CI     report.csv   a row for each partition of each group
  offsets-export-….jsonl   what was there before the first commit, for rollback`;

const ENVIRONMENT = `Environment
  NO_COLOR, FORCE_COLOR  without colours, or with colours where there is no terminal
  CI                     no line is drawn anew; progress is a line now and then
  DEBUG                  says more
  HTTPS_PROXY, NO_PROXY  the way to Kafka Connect`;

export function overview(): string {
  const commands = CLI_COMMANDS.map((name) => `  ${name.padEnd(9)} ${COMMAND_FACTS[name].summary}`);
  const list = `Commands\n${commands.join('\n')}`;
  return `${[TITLE, USAGE, list, EXAMPLES, VALUES, LEAVES, ENVIRONMENT, EXIT_CODES].join('\n\n')}\n`;
}

export function everyInput(columns: number): string {
  const groups = INPUT_GROUPS.map((group) => `${GROUP_TITLES[group]}\n${allInputs(group, columns).trimEnd()}`);
  return `${['Every input, by its group', ...groups, VALUES].join('\n\n')}\n`;
}
