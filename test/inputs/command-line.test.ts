import { describe, expect, test } from 'vitest';
import { type CommandLine, readCommandLine } from '../../src/inputs/command-line.ts';
import { filesOf, problemsThrownBy, type Raw } from './reading.ts';

function read(argv: readonly string[], environment: Raw = {}, files: Raw = {}): CommandLine {
  return readCommandLine(argv, { environment: (name) => environment[name], readFile: filesOf(files) });
}

function rawOf(line: CommandLine): Raw {
  return line.kind === 'run' ? Object.fromEntries(line.raw) : {};
}

/** input, seen and hint of each problem, without the secret `hunter2`. */
function refused(argv: readonly string[], environment: Raw = {}, files: Raw = {}): readonly (readonly string[])[] {
  const problems = problemsThrownBy(() => read(argv, environment, files));
  expect(JSON.stringify(problems)).not.toContain('hunter2');
  return problems.map(({ input, expected, seen, hint }) => [input, expected, seen, hint]);
}

const TARGET = ['--target-bootstrap-servers', 'b:9092'];

describe('flags', () => {
  test('a value follows after a space or an equals sign; a boolean may stand alone', () => {
    const argv = ['sync', ...TARGET, '--groups=-.*=x', '--dry-run', '--refresh', 'false', '--interval', '5s'];
    expect(rawOf(read(argv))).toEqual({
      command: 'sync',
      'target-bootstrap-servers': 'b:9092',
      groups: '-.*=x',
      'dry-run': 'true',
      refresh: 'false',
      interval: '5s',
    });
  });

  test('without a command the inputs decide', () => {
    expect(rawOf(read(TARGET))).toEqual({ 'target-bootstrap-servers': 'b:9092' });
  });

  test('secrets come from a variable or a file', () => {
    const argv = [
      'sync',
      '--target-password',
      'env:PW',
      '--target-key=file:k.pem',
      '--source-properties',
      'file:c.properties',
    ];
    expect(rawOf(read(argv, { PW: 'hunter2' }, { 'k.pem': 'KEY' }))).toMatchObject({
      'target-password': 'hunter2',
      'target-key': 'KEY',
      'source-properties': 'c.properties',
    });
  });

  test.each([
    [[], 'overview'],
    [['help'], 'overview'],
    [['--help'], 'overview'],
    [['--target-password', 'hunter2', '--help'], 'overview'],
    [['sync', '-h'], 'sync'],
    [['help', 'sync'], 'sync'],
    [['--help', 'check'], 'check'],
    [['rollback', '--dry-run=false', '--help'], 'rollback'],
    [['demo', '--help'], 'demo'],
    [['help', 'inputs'], 'inputs'],
  ])('%j asks for the help of %s', (argv, topic) => {
    expect(read(argv)).toEqual({ kind: 'help', topic });
  });

  test('help of what is not there names what is', () => {
    expect(refused(['help', 'snyc'])).toEqual([
      ['help', expect.stringContaining('sync'), '"snyc"', 'Did you mean sync? --help shows what there is.'],
    ]);
  });

  test('version and demo', () => {
    expect(read(['--version'])).toEqual({ kind: 'version' });
    expect(read(['demo'])).toEqual({ kind: 'demo', keep: false });
    expect(read(['demo', '--keep'])).toEqual({ kind: 'demo', keep: true });
  });
});

describe('bad command lines', () => {
  test.each<[string, string[], string[]]>([
    [
      'a misspelt command',
      ['snyc', ...TARGET],
      [
        'command',
        'plan, apply, sync, check, migrate, export, rollback, report, generate or demo',
        '"snyc"',
        'Did you mean sync? --help shows them with examples.',
      ],
    ],
    [
      'a misspelt flag',
      ['sync', ...TARGET, '--group', 'x'],
      ['arguments', 'a known flag', '"--group"', 'Did you mean --groups? --help lists all flags.'],
    ],
    [
      'a flag in snake case',
      ['sync', '--target_bootstrap_servers=b:1'],
      [
        'arguments',
        'a known flag',
        '"--target_bootstrap_servers"',
        'Did you mean --target-bootstrap-servers? --help lists all flags.',
      ],
    ],
    [
      'a flag like nothing',
      ['sync', ...TARGET, '--zzzzzz=hunter2'],
      ['arguments', 'a known flag', '"--zzzzzz"', '--help lists all flags.'],
    ],
    [
      'a password behind a short flag',
      ['sync', ...TARGET, '-phunter2'],
      ['arguments', 'a known flag', 'another one (hidden)', '--help lists all flags.'],
    ],
    [
      'a flag without its value',
      ['sync', ...TARGET, '--groups', '--dry-run'],
      ['--groups', 'a value after it', 'nothing', 'Write --groups VALUE, or leave it out.'],
    ],
    [
      'a flag with an empty value',
      ['sync', ...TARGET, '--label='],
      ['--label', 'a value after it', 'nothing', 'Write --label VALUE, or leave it out.'],
    ],
    [
      'a flag twice',
      ['sync', ...TARGET, '--label', 'a', '--label=b'],
      ['--label', 'label once', '--label and --label', 'Leave one of them out; lists take commas.'],
    ],
    [
      'the command twice',
      ['sync', ...TARGET, '--command', 'plan'],
      ['--command', 'command once', 'the command and --command', 'Leave one of them out; lists take commas.'],
    ],
    [
      'files from an unquoted pattern',
      ['sync', ...TARGET, '--label', 'a', 'hunter2'],
      [
        'arguments',
        '--name value',
        'an argument without a flag after "--label" (hidden)',
        'Quote values with spaces and patterns, which the shell takes apart.',
      ],
    ],
    [
      'a second command',
      ['sync', 'apply', ...TARGET],
      [
        'arguments',
        '--name value',
        'an argument without a flag after the command (hidden)',
        'Quote values with spaces and patterns, which the shell takes apart.',
      ],
    ],
    [
      'a literal secret',
      ['sync', ...TARGET, '--target-password', 'hunter2'],
      [
        '--target-password',
        'env:NAME or file:PATH',
        'a literal value (hidden)',
        'Every process can read arguments. Put it into a variable or a file: --target-password env:NAME.',
      ],
    ],
    [
      'an unset variable',
      ['sync', ...TARGET, '--target-password=env:PW'],
      [
        '--target-password',
        'a value in the environment variable PW',
        'an unset or empty variable',
        'Export PW before the command, or take another name.',
      ],
    ],
    [
      'a secret as the name of a variable',
      ['sync', ...TARGET, '--target-password=env:hunter2!'],
      ['--target-password', 'env: with the name of a variable', 'env: with something else (hidden)', 'Write env:NAME.'],
    ],
    [
      'a secret file that is not there',
      ['sync', ...TARGET, '--target-password=file:pw'],
      [
        '--target-password',
        'file: with the path of a readable file',
        '"pw" (no such file)',
        'Check path and permissions.',
      ],
    ],
    [
      'an empty secret file',
      ['sync', ...TARGET, '--target-password=file:empty'],
      ['--target-password', 'file: with the path of a file', 'the empty file "empty"', 'Check what writes it.'],
    ],
    [
      'inline properties',
      ['sync', '--target-properties', 'sasl.jaas.config=hunter2'],
      [
        '--target-properties',
        'a path, env:NAME or file:PATH',
        'inline properties (hidden)',
        'Every process can read arguments, and properties often hold a password.',
      ],
    ],
    [
      'a demo with inputs',
      ['demo', '--groups=x'],
      ['demo', '--keep or nothing', '"--groups"', 'The demo boots clusters of its own and takes no inputs.'],
    ],
  ])('%s', (_, argv, problem) => {
    expect(refused(argv, {}, { empty: '\n' })).toContainEqual(problem);
  });

  test('what is wrong with the values shows in the same run, what follows from a bad flag does not', () => {
    const argv = [
      'sync',
      '--target-bootstrap-serves',
      'b:9092',
      '--interval',
      '0',
      '--target-auth=sasl-plain',
      '--target-username=u',
      '--target-password=hunter2',
    ];
    expect(refused(argv).map(([input]) => input)).toEqual(['arguments', '--target-password', 'interval']);
  });
});
