import { describe, expect, test } from 'vitest';
import { folderViolations, idleTestViolations, nameViolations, sizeViolations } from './file-rules.ts';
import { globalViolations, IMPORT_RULES, importViolations } from './import-rules.ts';
import { readTracked } from './tracked-files.ts';

const repository = readTracked();

/** The violations of one file that is not in the repository. */
function alone<T>(check: (files: ReadonlyMap<string, string>) => T, path: string, text: string): T {
  return check(new Map([[path, text]]));
}

describe('imports', () => {
  test('follow the rules of their folder', () => {
    expect(repository.has('src/main.ts')).toBe(true);
    expect(importViolations(repository)).toEqual([]);
  });

  test('every rule has a file', () => {
    const idle = IMPORT_RULES.filter(({ from }) => ![...repository.keys()].some((path) => path.startsWith(from)));
    expect(idle).toEqual([]);
  });

  test.each([
    ['domain: a system', 'src/domain/x.ts', "import { readFileSync } from 'node:fs';"],
    ['domain: another folder', 'src/domain/x.ts', "import type { Log } from '../operations/ports.ts';"],
    ['domain: re2js outside of java-regex.ts', 'src/domain/x.ts', "import { RE2JS } from 're2js';"],
    ['report: inputs', 'src/report/x.ts', "import { INPUTS } from '../inputs/schema/schema.ts';"],
    ['inputs: the disk', 'src/inputs/x.ts', "export { readFile } from 'node:fs/promises';"],
    ['operations: an adapter', 'src/operations/x.ts', "import { connectCluster } from '../adapters/kafka/cluster.ts';"],
    [
      'operations: more than types of the report',
      'src/operations/x.ts',
      "import { count } from '../report/format.ts';",
    ],
    ['adapters: an operation', 'src/adapters/kafka/x.ts', "import { sync } from '../../operations/sync.ts';"],
    ['adapters: each other', 'src/adapters/kafka/x.ts', "import { replaceFile } from '../files/replace-file.ts';"],
    ['kafkajs outside of its folder', 'src/adapters/kafka/x.ts', "import { Kafka } from 'kafkajs';"],
    ['testbed: the code under test', 'src/testbed/x.ts', "import { Decoder } from '../adapters/kafka/protocol/x.ts';"],
    ['run: the test bed', 'src/run/x.ts', "import { startBed } from '../testbed/bed.ts';"],
    ['cli: the demo, not lazily', 'src/cli.ts', "import { runDemo } from './demo/demo.ts';"],
    ['main: a type of the test bed', 'src/main.ts', "let bed: import('./testbed/bed.ts').Bed;"],
    ['a computed import', 'src/run/x.ts', 'const load = (name: string) => import(name);'],
    ['a file that no rule knows', 'src/elsewhere/x.ts', ''],
  ])('refuse %s', (_what, path, text) => {
    expect(alone(importViolations, path, text)).toHaveLength(1);
  });

  test('an exception that nothing needs any more is told', () => {
    expect(alone(importViolations, 'src/adapters/github/hand-over.ts', '')).toEqual([
      expect.stringContaining('needs no exception'),
    ]);
  });
});

describe('the outside', () => {
  test('is reached by imports alone, and `process` by main and cli', () => {
    expect(globalViolations(repository)).toEqual([]);
  });

  test.each([
    ['src/domain/x.ts', 'export const at = Date.now();'],
    ['src/operations/x.ts', 'export const at = new Date();'],
    ['src/report/x.ts', "export const bytes = Buffer.from('');"],
    ['src/inputs/x.ts', "export const home = process.env['HOME'];"],
    ['src/operations/x.ts', 'export const wait = () => setTimeout(() => {}, 1);'],
    ['src/run/x.ts', 'export const folder = process.cwd();'],
    ['src/adapters/kafka/x.ts', 'export const { argv } = process;'],
  ])('%s refuses: %s', (path, text) => {
    expect(alone(globalViolations, path, text)).toHaveLength(1);
  });

  test('words that only look alike are none', () => {
    const text = '/** process */ const a = run.process; type B = NodeJS.Process; new Date(0); export { a, type B };';
    expect(alone(globalViolations, 'src/domain/x.ts', text)).toEqual([]);
  });
});

describe('files', () => {
  test('are short, and so are their functions', () => {
    expect(sizeViolations(repository)).toEqual([]);
  });

  test('are named after what they do', () => {
    expect(nameViolations(repository.keys())).toEqual([]);
  });

  test('stand in folders that say what belongs there', () => {
    expect(folderViolations(repository)).toEqual([]);
  });

  test('too long ones are told', () => {
    expect(alone(sizeViolations, 'src/x.ts', `${'\n'.repeat(250)}x`)).toEqual(['src/x.ts: 251 lines, at most 250']);
    expect(alone(sizeViolations, 'test/x.ts', `${'\n'.repeat(400)}x`)).toEqual(['test/x.ts: 401 lines, at most 400']);
    const body = '\n'.repeat(60);
    for (const text of [`function f() {${body}}`, `const f = () => {${body}};`, `class A { f() {${body}} }`]) {
      expect(alone(sizeViolations, 'src/x.ts', text)).toEqual(['src/x.ts:1: f has 61 lines, at most 60']);
    }
  });

  test.each(['src/domain/utils.ts', 'test/support/test-helpers.ts', 'src/util/x.ts', 'test/sync-2.test.ts'])(
    '%s is no name',
    (path) => {
      expect(nameViolations([path])).toHaveLength(1);
    },
  );

  test('a folder without a word about itself is told', () => {
    expect(alone(folderViolations, 'src/new/x.ts', '')).toEqual(['src/new: no README.md says what belongs there']);
  });
});

describe('tests', () => {
  test('all run', () => {
    expect(idleTestViolations(repository)).toEqual([]);
  });

  test.each(['test.only', 'describe.skip', 'it.todo', 'test.skipIf', 'describe.only.each', 'it.concurrent.skip'])(
    '%s is told',
    (member) => {
      expect(alone(idleTestViolations, 'test/x.test.ts', `${member}('x', () => {});`)).not.toEqual([]);
    },
  );
});
