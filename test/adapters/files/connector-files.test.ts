import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConnectorFiles } from '../../../src/adapters/files/connector-files.ts';
import { findFiles } from '../../../src/adapters/files/glob.ts';
import { describeProblem } from '../../../src/errors.ts';

const CLASS = 'org.apache.kafka.connect.mirror.MirrorSourceConnector';
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'connector-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function problemsOf(files: Readonly<Record<string, string>>, glob = '*'): Promise<readonly string[]> {
  await write(files);
  return (await readConnectorFiles(glob, folder)).problems.map(describeProblem);
}

describe('lines of keys', () => {
  test.each<[string, string, Readonly<Record<string, number>>]>([
    [
      'a.json',
      `\uFEFF{\n\t"name": "a",\n\t"connector.class": "${CLASS}", "tasks.max": 4,\n\n "topics": "x"\n}`,
      { name: 2, 'connector.class': 3, 'tasks.max': 3, topics: 5 },
    ],
    [
      'b.json',
      `{"name": "a",\r\n "config": {\r\n"connector.class":\r\n "${CLASS}",\r\n "topics": "x"}}`,
      { name: 1, 'connector.class': 3, topics: 5 },
    ],
    [
      'c.yaml',
      `# comment\nname: a\nconfig:\n  connector.class: >-\n    ${CLASS}\n  name: a\n  topics: x\n`,
      { name: 6, 'connector.class': 4, topics: 7 },
    ],
    [
      'd.properties',
      `! comment\nname=a\nconnector.class=\\\n  ${CLASS}\n\ntasks.max:4\ntopics=a,\\\n  b\n`,
      { name: 2, 'connector.class': 3, 'tasks.max': 6, topics: 7 },
    ],
  ])('%s', async (file, text, lines) => {
    await write({ [file]: text });
    const { connectors, problems } = await readConnectorFiles(file, folder);
    expect(problems).toEqual([]);
    expect(Object.fromEntries(connectors[0]?.lines ?? [])).toEqual(lines);
  });
});

describe('the same connector in every format', () => {
  const config = {
    name: 'a',
    'connector.class': CLASS,
    'tasks.max': '4',
    'sync.topic.acls.enabled': 'false',
    'offset.lag.max': '1.0',
    topics: 'orders,payments',
  };

  test.each([
    [
      'a.json',
      `\uFEFF{\n\t"name": "a",\n\t"connector.class": "${CLASS}", "tasks.max": 4,\n "sync.topic.acls.enabled": false, "offset.lag.max": 1.0, "topics": "orders,payments"}`,
    ],
    [
      'b.json',
      `{"name": "a", "config": {"connector.class": "${CLASS}", "tasks.max": "4", "sync.topic.acls.enabled": "false", "offset.lag.max": "1.0", "topics": "orders,payments"}}`,
    ],
    [
      'c.yaml',
      `# comment\nname: a\nconfig:\n  connector.class: ${CLASS}\n  tasks.max: 4\n  sync.topic.acls.enabled: false\n  offset.lag.max: 1.0\n  topics: orders,payments\n`,
    ],
    [
      'd.properties',
      `! comment\nname=a\nconnector.class = ${CLASS}\ntasks.max:4\nsync.topic.acls.enabled=false\noffset.lag.max=1.0\ntopics=orders,\\\n  payments\n`,
    ],
  ])('%s', async (file, text) => {
    await write({ [file]: text });
    const { connectors, problems } = await readConnectorFiles(file, folder);
    expect(problems).toEqual([]);
    expect(connectors).toEqual([{ name: 'a', class: CLASS, config, file, lines: expect.any(Map) }]);
  });
});

test.each([
  ['little-endian, with its mark', '\uFEFF', (text: Buffer) => text],
  ['big-endian, with its mark', '\uFEFF', (text: Buffer) => text.swap16()],
  ['little-endian, without one', '', (text: Buffer) => text],
])('a file in UTF-16, %s, is named as one', async (_, mark, ordered) => {
  const bytes = Buffer.from(`${mark}{"name": "a", "connector.class": "${CLASS}"}`, 'utf16le');
  await writeFile(join(folder, 'x.json'), ordered(bytes));
  const { problems } = await readConnectorFiles('*', folder);
  expect(problems.map(describeProblem)).toEqual([
    expect.stringContaining("expected a text in UTF-8, seen UTF-16, as PowerShell's `>` writes it, in x.json"),
  ]);
});

test.each(['a.json,b.json', 'a.json\nb.json'])('a list of files (%j) is told how several are named', async (glob) => {
  const problems = await problemsOf({ 'a.json': '{}', 'b.json': '{}' }, glob);
  expect(problems).toEqual([expect.stringContaining('{a.json,b.json} in braces')]);
  expect(await problemsOf({}, '{x.json,y.json}')).toEqual([expect.stringContaining('Check the path')]);
});

describe('a file that is not right', () => {
  test.each([
    [
      'x.json',
      '{"name": "a",\n "topics": "hunter2",}',
      'expected valid JSON, seen a syntax error at line 2, column 22 in x.json',
    ],
    ['x.json', '{"name": hunter2}', 'seen a syntax error at line 1, column 10 in x.json'],
    ['x.json', '{\n "name": "a",\n "tasks.max": four\n}', 'seen a syntax error at line 3, column 15 in x.json'],
    ['x.json', '{\n "name": "a"\n "enabled": True\n}', 'seen a syntax error at line 3, column 2 in x.json'],
    ['x.json', '{\n "name": "a', 'seen a syntax error at line 2, column 12 in x.json'],
    ['x.json', '', 'expected one connector, seen an empty file in x.json'],
    ['x.properties', '\n', 'expected one connector, seen an empty file in x.properties'],
    [
      'x.json',
      `{"name": "a", "connector.class": "${CLASS}", "topics": "hunter2", "topics": "b"}`,
      'seen "topics" twice',
    ],
    [
      'x.properties',
      `name=a\nconnector.class=${CLASS}\ntopics=hunter2\n# comment\n\\u0074opics=b\n`,
      'expected each key once, seen "topics" twice, at lines 3 and 5, in x.properties',
    ],
    ['x.yml', 'name: a\n\tb: hunter2', 'expected valid YAML, seen a syntax error (TAB_AS_INDENT) at line 2'],
    ['x.yml', 'name: "hunter2', 'expected valid YAML, seen a syntax error (MISSING_CHAR)'],
    ['x.yml', 'name: a\n---\nname: b\n', 'expected one connector, seen several YAML documents in x.yml'],
    ['x.yml', '# nothing\n', 'expected one connector, seen an empty file in x.yml'],
    ['x.yml', `name: a\nconnector.class: ${CLASS}\ntopics: [a, b]\n`, 'for "topics", seen a list in x.yml'],
    ['x.yml', `name: a\nconnector.class: ${CLASS}\ntopics:\n`, 'for "topics", seen null in x.yml'],
    [
      'x.yml',
      `name: a\nconnector.class: ${CLASS}\np: !vault hunter2\n`,
      'a syntax error (TAG_RESOLVE_FAILED) at line 3',
    ],
    [
      'x.properties',
      'name=a\nx=\\uZZZZ hunter2',
      'expected valid Java properties, seen a malformed \\u escape in line 2',
    ],
    ['x.txt', 'name=a', 'expected a file that ends in .json, .yaml, .yml, .properties, seen another ending in x.txt'],
    ['x.json', ' '.repeat(1024 * 1024 + 1), 'expected at most 1048576 bytes, seen 1048577 bytes in x.json'],
  ])('%s: %j', async (file, text, expected) => {
    const problems = await problemsOf({ [file]: text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(expected);
    expect(problems[0]).not.toContain('hunter2');
  });

  test('a glob that matches nothing', async () => {
    const [problem] = await problemsOf({ 'a.json': '{}' }, 'connectors/*.json');
    expect(problem).toContain('seen "connectors/*.json", which matches no file.');
  });

  test('yaml aliases and cycles end', async () => {
    const problems = await problemsOf({ 'x.yml': '&a\nconfig: *a\nname: x\n' });
    expect(problems.join('\n')).toContain('"connector.class"');
  });
});

describe('findFiles', () => {
  beforeEach(() =>
    write({
      'a.json': '',
      'b.yaml': '',
      '.hidden.json': '',
      'sub/c.json': '',
      'sub/deep/d.json': '',
      'sub/[x].json': '',
      'node_modules/e.json': '',
    }),
  );

  test.each([
    ['*.json', ['a.json']],
    ['./*.json', ['a.json']],
    ['*.{json,yaml}', ['a.json', 'b.yaml']],
    ['{a,sub/c}.json', ['a.json', 'sub/c.json']],
    ['**/*.json', ['a.json', 'sub/[x].json', 'sub/c.json', 'sub/deep/d.json']],
    ['sub/**', ['sub/[x].json', 'sub/c.json', 'sub/deep/d.json']],
    ['sub/**/d.json', ['sub/deep/d.json']],
    ['[z-a].json', []],
    ['sub/?.json', ['sub/c.json']],
    ['sub/[a-c].json', ['sub/c.json']],
    ['sub/[!a-c].json', []],
    ['sub/[x].json', ['sub/[x].json']],
    ['.*.json', ['.hidden.json']],
    ['sub', []],
    ['none/*.json', []],
  ])('%s', async (glob, expected) => {
    expect(await findFiles(glob, folder)).toEqual(expected);
  });

  test('an absolute glob', async () => {
    expect(await findFiles(`${folder}/*.json`, '/')).toEqual([`${folder}/a.json`]);
  });
});
