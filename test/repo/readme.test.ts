import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { failsOn } from '../../src/domain/fail-on.ts';
import { EXIT_CODES } from '../../src/domain/run-result.ts';
import { COMMANDS } from '../../src/domain/verdicts.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import { readCommandLine } from '../../src/inputs/command-line.ts';
import { parseInputs } from '../../src/inputs/parse-inputs.ts';
import { codeBlocks, commandsIn, usesIn, wordsOf } from './documents.ts';
import { ROOT, readTracked } from './tracked-files.ts';

const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const yamlBlocks = codeBlocks(readme, 'yaml');
const isConfigFile = (block: string) => block.startsWith('source-bootstrap-servers:');
/** What the action's first step puts in the place of `from-pr`. */
const APPROVED = '0'.repeat(25);

/** Files that the README names, as somebody would have them who has read as far as `configFile`. */
function filesWith(configFile: string) {
  return (path: string) => {
    if (path.endsWith('mm2.yml')) return { text: configFile };
    return path === 'consumer.properties' ? { text: 'BOOTSTRAP_SERVERS_CONFIG=new-1:9094\n' } : { error: 'not there' };
  };
}

/** Each use with the config file that the README has shown last. */
function usesWithFiles() {
  let configFile = '';
  return yamlBlocks.flatMap((block) => {
    if (isConfigFile(block)) configFile = block;
    const readFile = filesWith(configFile);
    return block.includes('uses:') ? usesIn(block).map(({ inputs }) => ({ inputs, readFile })) : [];
  });
}

function rows(heading: string): readonly (readonly string[])[] {
  const section = readme.slice(readme.indexOf(`\n## ${heading}\n`)).split('\n## ')[1] ?? '';
  const lines = section.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) => line.slice(2, -2).split(/ \| /));
}

describe('the README', () => {
  const uses = usesWithFiles();
  const readFile = filesWith(yamlBlocks.filter(isConfigFile).at(-1) ?? '');

  test('shows steps that the action takes, without a remark', () => {
    expect(uses.length).toBeGreaterThanOrEqual(4);
    for (const { inputs, readFile: files } of uses) {
      const given = Object.entries(inputs).map(
        ([name, value]) =>
          [
            name,
            String(value)
              .replace(/^\$\{\{.*/, 'x')
              .replace('from-pr', APPROVED),
          ] as const,
      );
      const parsed = parseInputs(new Map(given), { readFile: files });
      expect(parsed.command).toBe(inputs['command']);
      expect(parsed.notices).toEqual([]);
    }
  });

  test('shows YAML that can be read', () => {
    for (const block of yamlBlocks) expect(parse(block)).toBeTruthy();
  });

  test('shows commands that the command line takes', () => {
    const commands = commandsIn(readme).filter((command) => command.includes('dist/cli.js'));
    expect(commands.length).toBeGreaterThanOrEqual(3);
    for (const command of commands) {
      const words = wordsOf(command);
      const argv = words.slice(words.findIndex((word) => word.endsWith('dist/cli.js')) + 1);
      const line = readCommandLine(argv, { environment: () => 'x', readFile });
      expect(['run', 'generate']).toContain(line.kind);
      if (line.kind === 'run' && !argv.includes('-mtls'))
        expect(parseInputs(line.raw, { readFile }).notices).toEqual([]);
    }
  });

  test('starts with two commands', () => {
    expect(commandsIn(readme).slice(0, 2)).toEqual(['npm run demo', 'npm ci && npm test']);
  });

  test('names the commands', () => {
    const named = rows('Commands').map(([name = '']) => /^`(\w+)`/.exec(name)?.[1]);
    expect(named).toEqual([...COMMANDS, 'generate', 'demo']);
  });

  test('names the outputs as action.yml does', () => {
    const { outputs } = parse(readFileSync(join(ROOT, 'action.yml'), 'utf8')) as {
      outputs: Record<string, { description: string }>;
    };
    const expected = Object.entries(outputs).map(([name, { description }]) => [`\`${name}\``, description]);
    expect(rows('Outputs')).toEqual(expected);
  });

  test('names results, exit codes and what fails the step as they are', () => {
    const named = rows('Results and exit codes').map(([name, , code, fails]) => [name, code, fails]);
    const results = Object.keys(EXIT_CODES) as (keyof typeof EXIT_CODES)[];
    const expected = results.map((result) => {
      return [`\`${result}\``, String(EXIT_CODES[result]), failsOn('not-ready', result) ? 'yes' : 'no'];
    });
    expect([...named].sort()).toEqual(expected.sort());
  });
});

describe('the page of troubleshooting', () => {
  const page = readFileSync(join(ROOT, 'docs/troubleshooting.md'), 'utf8');
  const symptoms = page
    .split('## Codes of errors')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| You see') && !line.startsWith('| ---'))
    .map((line) => line.slice(2).split(' | ')[0] ?? '');

  test('quotes messages that the code says', () => {
    const sources = [...readTracked()].filter(([path]) => path.startsWith('src/') || path === 'action.yml');
    const said = sources.map(([, text]) => text).join('\n');
    const quoted = (symptoms ?? []).flatMap((symptom) => symptom.match(/`[^`]+`/g) ?? []);
    expect(quoted.length).toBeGreaterThan(25);
    const pieces = quoted.flatMap((text) =>
      text
        .slice(1, -1)
        .split('…')
        .map((piece) => piece.trim()),
    );
    expect(pieces.filter((piece) => piece !== '' && !said.includes(piece))).toEqual([]);
  });

  test('explains every code of an error', () => {
    const explained = [...page.matchAll(/^\| `([A-Z_]+)` \| /gm)].map(([, code]) => code);
    expect(explained.sort()).toEqual([...ERROR_CODES].sort());
  });
});
