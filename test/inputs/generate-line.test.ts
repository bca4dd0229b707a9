import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../src/inputs/command-line.ts';
import { filesOf, problemsThrownBy } from './reading.ts';

const GIVEN = [
  '--source-bootstrap-servers',
  'old:9092',
  '--target-bootstrap-servers',
  'new:9092',
  '--topics',
  'orders',
];

function read(...argv: readonly string[]) {
  return readCommandLine(['generate', ...argv], { environment: () => undefined, readFile: filesOf({}) });
}

describe('generate', () => {
  test('takes the inputs of a plan, and writes to connectors', () => {
    const raw = new Map([
      ['command', 'plan'],
      ['source-bootstrap-servers', 'old:9092'],
      ['target-bootstrap-servers', 'new:9092'],
      ['topics', 'orders'],
    ]);
    expect(read(...GIVEN)).toEqual({ kind: 'generate', raw, notices: [], out: 'connectors', force: false });
  });

  test.each([[['--out', 'deploy']], [['--out=deploy']]])('%j names the folder', (flags) => {
    expect(read(...flags, ...GIVEN, '--force')).toMatchObject({ out: 'deploy', force: true });
  });

  test.each([
    { flags: ['--out'], seen: 'nothing' },
    { flags: ['--out', '--force'], seen: 'nothing' },
    { flags: ['--out', 'a', '--out', 'b'], seen: 'several' },
  ])('$flags is refused', ({ flags, seen }) => {
    expect(problemsThrownBy(() => read(...GIVEN, ...flags))).toEqual([
      { input: '--out', expected: 'one folder', seen, hint: 'Write --out FOLDER, or leave it out for connectors.' },
    ]);
  });

  test('a secret is refused as everywhere on the command line, beside what else is wrong', () => {
    const problems = problemsThrownBy(() => read('--source-password', 'hunter2', '--tasks-max', 'x'));
    expect(problems.map(({ input }) => input)).toEqual(
      expect.arrayContaining(['--source-password', 'tasks-max', 'topics', 'target-bootstrap-servers']),
    );
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });
});
