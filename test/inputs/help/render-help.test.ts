import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { EXIT_BAD_INPUT, EXIT_CODES } from '../../../src/domain/run-result.ts';
import { COMMANDS } from '../../../src/domain/verdicts.ts';
import { InputError } from '../../../src/errors.ts';
import { readCommandLine } from '../../../src/inputs/command-line.ts';
import { CLI_COMMANDS, COMMAND_FACTS } from '../../../src/inputs/help/command-facts.ts';
import { HELP_TOPICS, renderHelp } from '../../../src/inputs/help/render-help.ts';
import { INPUTS } from '../../../src/inputs/schema/schema.ts';
import { filesOf } from '../reading.ts';

/** The flags that a help offers, each at the begin of an entry. */
function offered(help: string): readonly string[] {
  return [...help.matchAll(/^ {2}(--[a-z-]+(?:, --[a-z-]+)*)/gm)].flatMap(([, names = '']) => names.split(', '));
}

describe.each(HELP_TOPICS)('the help of %s', (topic) => {
  const help = renderHelp(topic);

  test('fits a terminal, ends with one line feed, and leaves nothing open', () => {
    expect(help.split('\n').filter((line) => line.length > 110)).toEqual([]);
    expect(help).toMatch(/[^\n]\n$/);
    expect(help).not.toMatch(/undefined|\{side\}|`|\n\n\n| $/m);
  });

  test('offers only flags that there are, each once', () => {
    const own = ['--help', '--out', '--force', '--keep'];
    const known = new Set([...INPUTS.map(({ name }) => `--${name}`), ...own]);
    const flags = offered(help);
    expect(flags.filter((flag) => !known.has(flag))).toEqual([]);
    expect(flags).toHaveLength(new Set(flags).size);
  });
});

test.each(HELP_TOPICS)('the help of %s calls the command line as the documents do', (topic) => {
  const help = renderHelp(topic);
  if (topic !== 'inputs') expect(help).toMatch(/^ +node dist\/cli\.js /m);
  expect(help).not.toMatch(/kafka-mm2-migration(?!-action)|\bnpx\b/);
  for (const page of ['README.md', 'docs/cli.md']) {
    const text = readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8');
    expect(text).toMatch(/^node (?:kafka-mm2-migration-action\/)?dist\/cli\.js /m);
    expect(text).not.toMatch(/^ *(?:\$ )?(?:npx )?kafka-mm2-migration (?:plan|sync|check|COMMAND)/m);
  }
});

describe('the overview', () => {
  const help = renderHelp('overview');

  test('is one screen with every command, and says where the rest is', () => {
    expect(help.split('\n').length).toBeLessThanOrEqual(60);
    for (const command of CLI_COMMANDS) expect(help).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect(help).toContain('COMMAND --help');
    expect(help).toContain('help inputs');
  });

  test('says the exit codes as they are', () => {
    const codes = { ...EXIT_CODES, 'bad input': EXIT_BAD_INPUT };
    expect(codes).toEqual({ ok: 0, changed: 0, failed: 1, 'bad input': 2, 'not-ready': 3, partial: 4 });
    for (const words of ['0  ok, or changed', '1  failed', '2  bad input', '3  not ready', '4  partial']) {
      expect(help).toContain(words);
    }
  });
});

test('help inputs names every input', () => {
  const flags = offered(renderHelp('inputs'));
  expect(flags).toEqual(INPUTS.filter(({ name }) => name !== 'command').map(({ name }) => `--${name}`));
});

describe('the help of a command', () => {
  test('is there for every command, with what it reads and writes, examples before inputs, exit codes last', () => {
    expect(CLI_COMMANDS).toEqual(expect.arrayContaining([...COMMANDS]));
    for (const command of CLI_COMMANDS) {
      const help = renderHelp(command);
      const places = ['Usage', '\nReads   ', '\nWrites  ', '\nExamples\n', '\nExit codes\n'].map((part) =>
        help.indexOf(part),
      );
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(places).not.toContain(-1);
    }
  });

  test.each(COMMANDS)('%s offers every input that is for it alone, and none that it would call unused', (command) => {
    const flags = new Set(offered(renderHelp(command)));
    const own = INPUTS.filter(({ commands }) => commands?.includes(command));
    const others = INPUTS.filter(({ commands }) => commands !== undefined && !commands.includes(command));
    expect(own.filter(({ name }) => !flags.has(`--${name}`))).toEqual([]);
    expect(others.filter(({ name }) => flags.has(`--${name}`))).toEqual([]);
  });

  test('shows the inputs of both clusters once, in words for both', () => {
    const help = renderHelp('sync');
    expect(help).toContain('  --source-alias, --target-alias TEXT\n      Name of the SIDE cluster');
    expect(help).toContain('Default: msksource and mskdest');
    expect(help).toContain('Clusters. SIDE is source or target.');
  });

  test('leaves out what only GitHub has', () => {
    expect(renderHelp('check')).not.toMatch(/--github-token|--pr-number|--comment/);
  });
});

const FILES = { 'mm2.yml': 'target-bootstrap-servers: b:9092', 'consumer.properties': 'bootstrap.servers=b:9092' };

/** A shell's words, quotes taken away and lines joined. */
function words(lines: readonly string[]): readonly string[] {
  const line = lines.join(' ').replaceAll('\\ ', ' ');
  return [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, bare]) => single ?? double ?? bare ?? '',
  );
}

test.each(
  CLI_COMMANDS.flatMap((command) => COMMAND_FACTS[command].examples.map((example) => [command, example] as const)),
)('an example of %s is a command line that is understood: %j', (command, { lines }) => {
  const [node, script, ...argv] = words(lines);
  expect([node, script, argv[0]]).toEqual(['node', 'dist/cli.js', command]);
  const given = { environment: () => 'hunter2', readFile: filesOf(FILES) };
  const read = () => readCommandLine(argv, given);
  try {
    expect(read().kind).not.toBe('help');
  } catch (error) {
    // Only what its files would say may be missing.
    expect(error instanceof InputError ? error.problems : error).toEqual([]);
  }
});
