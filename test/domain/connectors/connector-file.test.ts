import { describe, expect, test } from 'vitest';
import { type FileValue, parseConnectorFiles, type ReadFile } from '../../../src/domain/connectors/connector-file.ts';
import { describeProblem } from '../../../src/errors.ts';

const CLASS = 'org.apache.kafka.connect.mirror.MirrorSourceConnector';

type Plain = string | null | readonly Plain[] | { readonly [key: string]: Plain };

function tree(value: Plain): FileValue {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'string') return { kind: 'text', text: value };
  if (Array.isArray(value)) return { kind: 'list' };
  return { kind: 'map', entries: Object.entries(value).map(([key, entry]) => [key, tree(entry)] as const) };
}

function file(name: string, value: Plain): ReadFile {
  return { file: name, content: tree(value) };
}

function problemsOf(...files: readonly ReadFile[]): readonly string[] {
  return parseConnectorFiles(files).problems.map(describeProblem);
}

describe('a connector file', () => {
  test('is a flat map', () => {
    const { connectors, problems } = parseConnectorFiles([
      file('msc.json', { name: 'mm2-msc', 'connector.class': CLASS, 'tasks.max': '4' }),
    ]);
    expect(problems).toEqual([]);
    expect(connectors).toEqual([
      {
        name: 'mm2-msc',
        class: CLASS,
        config: { name: 'mm2-msc', 'connector.class': CLASS, 'tasks.max': '4' },
        file: 'msc.json',
        lines: expect.any(Map),
      },
    ]);
  });

  test('or {name, config}, also as GET /connectors/{name} prints it; both give the same config', () => {
    const flat = parseConnectorFiles([file('a.json', { name: 'a', 'connector.class': CLASS })]);
    const wrapped = parseConnectorFiles([
      file('a.json', { name: 'a', config: { 'connector.class': CLASS }, tasks: [], type: 'source' }),
    ]);
    const both = parseConnectorFiles([file('a.json', { name: 'a', config: { name: 'a', 'connector.class': CLASS } })]);
    expect(wrapped).toEqual(flat);
    expect(both).toEqual(flat);
  });

  test('keeps the class as written in the config, for the worker to judge, and trims it to tell what it is', () => {
    const [connector] = parseConnectorFiles([file('a.json', { name: 'a', 'connector.class': ` ${CLASS}` })]).connectors;
    expect(connector?.class).toBe(CLASS);
    expect(connector?.config['connector.class']).toBe(` ${CLASS}`);
  });

  test('a setting called config that is a text does not make a wrapper', () => {
    const [connector] = parseConnectorFiles([
      file('a.json', { name: 'a', 'connector.class': CLASS, config: 'x' }),
    ]).connectors;
    expect(connector?.config['config']).toBe('x');
  });

  test('holds keys named like members of Object', () => {
    const content: FileValue = {
      kind: 'map',
      entries: [
        ['name', tree('a')],
        ['connector.class', tree(CLASS)],
        ['__proto__', tree('x')],
      ],
    };
    const [connector] = parseConnectorFiles([{ file: 'a.json', content }]).connectors;
    expect(JSON.stringify(connector?.config)).toBe(`{"name":"a","connector.class":"${CLASS}","__proto__":"x"}`);
  });
});

describe('problems name the file, what is expected and what is seen', () => {
  test.each<[string, Plain, string]>([
    ['no name', { 'connector.class': CLASS }, 'connectors: expected "name", seen none in x.json.'],
    ['no class', { name: 'a' }, 'connectors: expected "connector.class", seen none in x.json.'],
    ['two names', { name: 'a', config: { name: 'b', 'connector.class': CLASS } }, 'seen "a" and, inside "config", "b"'],
    ['a blank name', { name: ' a', 'connector.class': CLASS }, 'expected a usable "name", seen " a" in x.json.'],
    ['a dot as name', { name: '..', 'connector.class': CLASS }, 'expected a usable "name", seen ".." in x.json.'],
    ['a nested map', { name: 'a', 'connector.class': CLASS, tasks: { max: '1' } }, 'for "tasks", seen a nested map'],
    ['a list', { name: 'a', 'connector.class': CLASS, topics: ['x'] }, 'for "topics", seen a list in x.json.'],
    ['null', { name: 'a', 'connector.class': CLASS, topics: null }, 'for "topics", seen null in x.json.'],
    ['a list at the top', [], 'expected a map of settings, seen a list in x.json.'],
    ['a bare word', 'MirrorSource', 'expected a map of settings, seen a single value in x.json.'],
    [
      'an unknown key beside config',
      { name: 'a', config: { 'connector.class': CLASS }, initial_state: 'STOPPED' },
      'seen "initial_state" in x.json.',
    ],
  ])('%s', (_, content, expected) => {
    const problems = problemsOf(file('x.json', content));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
  });

  test('a key twice', () => {
    const entries = [['name', tree('a')] as const, ['connector.class', tree(CLASS)] as const];
    const content: FileValue = { kind: 'map', entries: [...entries, ['topics', tree('x')], ['topics', tree('y')]] };
    expect(problemsOf({ file: 'x.json', content })[0]).toContain(
      'expected each key once, seen "topics" twice in x.json.',
    );
  });

  test('a name that two files use', () => {
    const content = { name: 'a', 'connector.class': CLASS };
    const [problem] = problemsOf(file('x.json', content), file('y.json', content));
    expect(problem).toContain('expected a name that no other file uses, seen "a", also in x.json in y.json.');
  });

  test('all problems of all files come at once, and good files are still read', () => {
    const parsed = parseConnectorFiles([
      file('x.json', { topics: ['a'], groups: null }),
      { file: 'y.json', content: { kind: 'unreadable', expected: 'valid JSON', seen: 'a syntax error' } },
      file('z.json', { name: 'z', 'connector.class': CLASS }),
    ]);
    expect(parsed.connectors.map(({ name }) => name)).toEqual(['z']);
    expect(parsed.problems.map(({ expected, seen }) => `${expected} / ${seen}`)).toEqual([
      'a text, number or boolean for "topics" / a list in x.json',
      'a text, number or boolean for "groups" / null in x.json',
      '"name" / none in x.json',
      '"connector.class" / none in x.json',
      'valid JSON / a syntax error in y.json',
    ]);
  });

  test('values are never shown', () => {
    const problems = problemsOf(file('x.json', { 'sasl.jaas.config': 'hunter2', topics: { password: 'hunter2' } }));
    expect(problems.join()).not.toContain('hunter2');
  });
});
