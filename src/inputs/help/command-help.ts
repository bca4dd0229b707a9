/** `<command> --help`: what it does, reads and writes, how it is called, what it takes, how it ends. */
import type { Command } from '../../domain/verdicts.ts';
import type { InputGroup, InputSpec } from '../schema/input-spec.ts';
import { GROUP_TITLES } from '../schema/schema.ts';
import { SEED_FLAGS } from '../seed-flags.ts';
import { type CliCommand, COMMAND_FACTS, type CommandFacts, type Example } from './command-facts.ts';
import { inputsOf, sharedInputs, wrapped } from './input-lines.ts';
import { EXIT_CODES, VALUES } from './shared-texts.ts';

/** Of GitHub's, which no other CI has. */
const COMMENTING = new Set(['comment', 'comment-mode']);
const OF_BOTH = 'SIDE is source or target.';

export function commandHelp(command: CliCommand, columns: number): string {
  const facts = COMMAND_FACTS[command];
  const parts = [
    `${command}: ${facts.summary}`,
    `Usage\n  node dist/cli.js ${command} ${usage(command)}`,
    wrapped(facts.does, columns, 0),
    factLines(facts, columns),
    `Examples\n${facts.examples.map(exampleLines).join('\n')}`,
    ...facts.groups.map((group) => groupText(group, command, columns)),
    ...(command === 'generate' ? [GENERATE_FLAGS] : []),
    ...(command === 'sync' ? [seedFlags()] : []),
    facts.groups.length === 0 ? '' : VALUES,
    exitCodes(facts, columns),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function usage(command: CliCommand): string {
  if (command === 'demo') return '[--keep]';
  return command === 'generate' ? '[--out FOLDER] [--force] [--name value] ...' : '[--name value | --name=value] ...';
}

function factLines({ needs, reads, writes, next }: CommandFacts, columns: number): string {
  const rows = [
    ['Needs', needs],
    ['Reads', reads],
    ['Writes', writes],
    ['Then', next],
  ].filter(([, text]) => text !== '');
  return rows.map(([title = '', text = '']) => hanging(title.padEnd(8), text, columns)).join('\n');
}

function hanging(title: string, text: string, columns: number): string {
  return title + wrapped(text, columns, title.length).slice(title.length);
}

export function exampleLines({ what, lines }: Example): string {
  const title = what === '' ? '' : `  ${what}\n`;
  return title + lines.map((line, index) => `${' '.repeat(index === 0 ? 4 : 6)}${line}`).join('\n');
}

function groupText(group: InputGroup, command: CliCommand, columns: number): string {
  const specs = inputsOf(group).filter((spec) => isFor(spec, command));
  if (specs.length === 0) return '';
  const lines = sharedInputs(specs, columns).trimEnd();
  return `${GROUP_TITLES[group]}${lines.includes('SIDE') ? `. ${OF_BOTH}` : ''}\n${lines}`;
}

function isFor({ commands, ofGitHub, name }: InputSpec, command: CliCommand): boolean {
  if (ofGitHub === true || COMMENTING.has(name)) return false;
  const inputsOfCommand: Command | null = command === 'demo' ? null : command === 'generate' ? 'plan' : command;
  if (inputsOfCommand === null) return false;
  return commands === undefined || commands.includes(inputsOfCommand);
}

const GENERATE_FLAGS = `Files
  --out FOLDER
      Where the files go. Default: connectors
  --force
      Writes over files that differ.
  generate ecs
      Writes what the stack in deploy/ecs takes instead. Its own flags are in deploy/ecs/README.md.`;

function seedFlags(): string {
  const lines = SEED_FLAGS.map(({ short, long, description, fixedValue }) => {
    const value = fixedValue === undefined ? ' VALUE' : '';
    return `  ${`${short}, ${long}${value}`.padEnd(44)}${description}`;
  });
  return `Flags of MM2GroupOffsetSync, with their old meaning and defaults\n${lines.join('\n')}`;
}

function exitCodes({ exit }: CommandFacts, columns: number): string {
  return exit === '' ? EXIT_CODES : `${EXIT_CODES}\n${wrapped(exit, columns, 2)}`;
}
