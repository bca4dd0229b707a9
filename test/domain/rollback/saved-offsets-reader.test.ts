/** What an offsets export says, and every way in which a file that was handed on can be wrong. */
import { describe, expect, test } from 'vitest';
import { notCovered } from '../../../src/domain/rollback/saved-offsets.ts';
import { entry, HEADER, previously, problemsFrom, savedFrom } from './export-lines.ts';

const partitionOf = (lines: readonly unknown[], lastIsWhole = true) =>
  savedFrom([HEADER, ...lines], lastIsWhole)
    .groups.get('billing')
    ?.partitions.get('src.orders/0');

describe('an export', () => {
  test('holds the cluster, the time, and each group with its partitions', () => {
    const saved = savedFrom([HEADER, entry(), entry({ partition: 1, previous: null }), entry({ groupId: 'audit' })]);
    expect(saved).toMatchObject({
      clusterId: 'target-id',
      targetAlias: 'dst',
      startedAt: HEADER.startedAt,
      cutOff: false,
    });
    expect([...saved.groups.keys()]).toEqual(['billing', 'audit']);
    expect([...(saved.groups.get('billing')?.partitions.values() ?? [])]).toEqual([
      {
        topic: 'src.orders',
        partition: 0,
        previous: { offset: 12n, metadata: 'note', leaderEpoch: 3 },
        leftByRun: [40n],
      },
      { topic: 'src.orders', partition: 1, previous: null, leftByRun: [40n] },
    ]);
  });

  test('without a cluster id is one of an old broker', () => {
    expect(savedFrom([{ ...HEADER, clusterId: null }]).clusterId).toBeNull();
  });

  test('keeps offsets beyond 2^53', () => {
    expect(partitionOf([entry({ intended: '9007199254740993' })])?.leftByRun).toEqual([9007199254740993n]);
  });

  test('may have fields that a later version added', () => {
    expect(partitionOf([entry({ proof: 'x' })])?.leftByRun).toEqual([40n]);
  });

  test('of the command export intends nothing, and one of a rollback may intend a removal', () => {
    expect(partitionOf([entry({ intended: null })])?.leftByRun).toEqual([]);
    expect(partitionOf([entry({ intended: 'removed' })])?.leftByRun).toEqual([null]);
  });

  test('says of a group whether it existed by its first line: a later pass finds what this run made', () => {
    const lines = [entry({ groupExisted: false, previous: null }), entry({ groupExisted: true, partition: 1 })];
    expect(savedFrom([HEADER, ...lines]).groups.get('billing')?.existed).toBe(false);
  });
});

describe('of several decisions on one group partition', () => {
  const lines = [
    entry({ previous: previously('12'), intended: '40' }),
    entry({ previous: previously('40'), intended: '50' }),
    entry({ previous: previously('50'), intended: '60' }),
  ];

  test('the first holds the value before the run', () => {
    expect(partitionOf(lines)?.previous).toEqual({ offset: 12n, metadata: '', leaderEpoch: -1 });
  });

  test('the last one counts as intended, and the one before it, which a kill may have left there', () => {
    expect(partitionOf(lines)?.leftByRun).toEqual([60n, 50n]);
  });

  test('what somebody else wrote between two passes is not of the run', () => {
    const others = [entry({ intended: '40' }), entry({ previous: previously('45'), intended: '50' })];
    expect(partitionOf(others)?.leftByRun).toEqual([50n]);
  });
});

describe('a killed run', () => {
  test('may leave half a last line: the rest is read, and it is said', () => {
    const saved = savedFrom([HEADER, entry(), '{"groupId":"aud'], false);
    expect([...saved.groups.keys()]).toEqual(['billing']);
    expect(saved.cutOff).toBe(true);
  });

  test('may leave a whole last line without its line break', () => {
    const saved = savedFrom([HEADER, entry()], false);
    expect(saved.groups.size).toBe(1);
    expect(saved.cutOff).toBe(false);
  });

  test('does not leave half a line in the middle, nor half a header', () => {
    expect(problemsFrom([HEADER, '{"groupId":"aud', entry()])).toEqual([{ line: 2, problem: 'not JSON' }]);
    expect(problemsFrom(['{"schemaVersion":1,"ki'], false)).toEqual([{ line: 1, problem: 'not JSON' }]);
  });
});

describe('a bad file', () => {
  test('is named line by line, all at once', () => {
    const lines = [
      HEADER,
      entry({ partition: -1 }),
      entry(),
      'nonsense',
      entry({ groupId: 7, topic: 'a/b', previous: { offset: 12, metadata: null } }),
      '',
      entry({ intended: 40 }),
    ];
    expect(problemsFrom(lines)).toEqual([
      { line: 2, problem: 'partition: expected a partition number, seen -1' },
      { line: 4, problem: 'not JSON' },
      {
        line: 5,
        problem:
          'groupId: expected text, seen 7; topic: expected the name of a topic, seen "a/b"; ' +
          'previous.offset: expected an offset in quotes, seen 12; previous.metadata: expected text, seen null; ' +
          'previous.leaderEpoch: expected a whole number from -1, seen nothing',
      },
      { line: 6, problem: 'empty' },
      { line: 7, problem: 'intended: expected an offset in quotes, "removed" or null, seen 40' },
    ]);
  });

  test.each([
    ['nothing at all', [], 'the file is empty'],
    ['a list', ['[]'], 'expected a JSON object, seen []'],
    ['another JSON file', ['{"version":2}'], 'kind: expected "offsets-export", seen nothing'],
    ['a report', [{ schemaVersion: 1, command: 'sync' }], 'kind: expected "offsets-export", seen nothing'],
    ['a later version', [{ ...HEADER, schemaVersion: 2 }], 'schemaVersion: expected 1, seen 2'],
    ['no cluster id', [{ ...HEADER, clusterId: undefined }], 'clusterId: expected text or null, seen nothing'],
    ['a byte order mark', [`\uFEFF${JSON.stringify(HEADER)}`], 'not JSON'],
  ])('%s', (_, lines, problem) => {
    expect(problemsFrom(lines)).toEqual([{ line: 1, problem }]);
  });

  test.each(['-1', '1e3', '007', '', ' 1', '1.0', '9223372036854775808', '12n', null])('the offset %j', (offset) => {
    const previous = { offset, metadata: '', leaderEpoch: -1 };
    expect(problemsFrom([HEADER, entry({ previous })])[0]?.problem).toContain('previous.offset: expected an offset');
  });

  test.each([1.5, '0', 2 ** 31, null, true])('the partition %j', (partition) => {
    expect(problemsFrom([HEADER, entry({ partition })])[0]?.problem).toContain('partition: expected');
  });

  test('is quoted only as far as a line of a log can bear', () => {
    const [problem] = problemsFrom([HEADER, entry({ topic: 'x'.repeat(1_000) })]);
    expect(problem?.problem.length).toBeLessThan(150);
  });

  test('names of the language are names like any other', () => {
    const line =
      '{"__proto__":{"groupId":"x"},"topic":"t","partition":0,"groupExisted":true,"previous":null,"intended":null}';
    expect(problemsFrom([HEADER, line])).toEqual([{ line: 2, problem: 'groupId: expected text, seen nothing' }]);
    expect([...savedFrom([HEADER, entry({ groupId: '__proto__' })]).groups.keys()]).toEqual(['__proto__']);
  });
});

test('what an export does not cover is what a rollback from it would leave', () => {
  const saved = savedFrom([HEADER, entry()]);
  const at = (groupId: string, partition: number) => ({ groupId, topic: 'src.orders', partition });
  expect(notCovered(saved, [at('billing', 0), at('billing', 1), at('audit', 0)])).toEqual([
    at('billing', 1),
    at('audit', 0),
  ]);
});
