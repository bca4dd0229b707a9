import { describe, expect, test } from 'vitest';
import {
  equalNames,
  type FileValue,
  parseConnectorFiles,
  type ReadFile,
} from '../../../src/domain/connectors/connector-file.ts';
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

describe('files of other tools', () => {
  const mskConnect = {
    connectorName: 'a',
    capacity: { provisionedCapacity: {} },
    connectorConfiguration: { 'connector.class': CLASS, 'tasks.max': '4' },
    kafkaConnectVersion: '3.7.x',
  };

  test('what MSK Connect takes is read as {name, config}', () => {
    const { connectors, problems, foreign } = parseConnectorFiles([file('a.json', mskConnect)]);
    expect([problems, foreign]).toEqual([[], []]);
    expect(connectors).toMatchObject([
      { name: 'a', class: CLASS, config: { name: 'a', 'connector.class': CLASS, 'tasks.max': '4' } },
    ]);
  });

  test.each<[string, Plain, boolean, string]>([
    [
      'KafkaConnector of Strimzi',
      { apiVersion: 'kafka.strimzi.io/v1beta2', kind: 'KafkaConnector', spec: { class: CLASS } },
      true,
      'seen a KafkaConnector of Strimzi in x.yaml. Give what is under spec.config as a flat map',
    ],
    [
      'KafkaMirrorMaker2 of Strimzi',
      { apiVersion: 'kafka.strimzi.io/v1', kind: 'KafkaMirrorMaker2', spec: {} },
      true,
      'seen a KafkaMirrorMaker2 of Strimzi in x.yaml. Its operator makes the connectors itself',
    ],
    [
      'another resource of Strimzi',
      { apiVersion: 'kafka.strimzi.io/v1', kind: 'hunter2' },
      true,
      'another resource of',
    ],
    [
      'mm2.properties',
      { clusters: 'a, b', 'a->b.enabled': 'true', 'a.bootstrap.servers': 'hunter2', 'replication.factor': '3' },
      true,
      "seen a config of MirrorMaker 2's dedicated mode (connect-mirror-maker.sh) in x.yaml. Connect takes one file",
    ],
    [
      'package.json',
      { name: 'hunter2', version: '1.0.0', config: { port: '1' }, scripts: {} },
      false,
      'expected a connector, seen no key that a connector has in x.yaml. It is not a connector: narrow the glob',
    ],
    ['a Kubernetes config', { apiVersion: 'v1', clusters: [], users: [] }, false, 'narrow the glob'],
    ['client.properties', { 'security.protocol': 'SSL', 'sasl.jaas.config': 'hunter2' }, false, 'narrow the glob'],
  ])('%s is told apart, and is one problem', (_, content, ofOtherTool, expected) => {
    const parsed = parseConnectorFiles([file('x.yaml', content), file('a.json', mskConnect)]);
    expect(parsed.problems).toEqual([]);
    expect(parsed.connectors.map(({ name }) => name)).toEqual(['a']);
    expect(parsed.foreign).toMatchObject([{ file: 'x.yaml', ofOtherTool }]);
    const text = parsed.foreign.map(({ problem }) => describeProblem(problem)).join();
    expect(text).toContain(expected);
    expect(text).not.toContain('hunter2');
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

  test('a name that two files use: both are read, so that they can be linted', () => {
    const content = { name: 'a', 'connector.class': CLASS };
    const { connectors, problems } = parseConnectorFiles([file('x.json', content), file('y.json', content)]);
    expect(problems).toEqual([]);
    expect(connectors.map((connector) => connector.file)).toEqual(['x.json', 'y.json']);
    expect(equalNames(connectors).map(describeProblem)).toEqual([
      'connectors: expected a name that no other file uses, seen "a", also in x.json in y.json. Rename one of them.',
    ]);
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
