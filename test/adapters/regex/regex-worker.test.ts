import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { RegexWorker } from '../../../src/adapters/regex/regex-worker.ts';
import { lintConnectors } from '../../../src/domain/connectors/lint/lint.ts';
import type { Finding } from '../../../src/domain/finding.ts';
import { compileJavaRegex } from '../../../src/domain/java-regex.ts';
import { parsePatternList } from '../../../src/domain/patterns.ts';
import { parse, problemsOf, SYNC } from '../../inputs/reading.ts';

/** Its time is that of a thread on a machine that may stand still. */
const worker = new RegexWorker(60_000);
afterEach(() => worker.close());

function listOf(text: string, engine = worker) {
  const result = parsePatternList(text, engine);
  if ('problem' in result) throw new Error(result.problem.reason);
  return result.list;
}

describe('patterns that no linear engine can express', () => {
  test('select what Java selects', () => {
    const list = listOf('(?!connect-).*, orders');
    expect(['orders', 'payments', 'connect-sink'].filter((name) => list.matches(name))).toEqual(['orders', 'payments']);
    const twice = listOf('(a+)-\\1');
    expect(['aa-aa', 'aa-a', 'a-a'].filter((name) => twice.matches(name))).toEqual(['aa-aa', 'a-a']);
  });

  test('are a problem where there is no engine for them', () => {
    const result = parsePatternList('(?!connect-).*');
    expect(result).toEqual({
      problem: {
        item: '(?!connect-).*',
        reason: 'it uses look-ahead or look-behind, which cannot be matched in linear time',
      },
    });
  });

  test.each([
    ['a++', 'it uses a possessive quantifier, which only Java knows'],
    ['(?>a)b', 'it uses (?…) of another kind than : = ! <= <! and names'],
    ['[a-c&&[b]]', 'it combines character classes ([a[b]] or &&)'],
    ['[\\Qa\\E]', 'it uses \\Q, which the engines read differently or only Java knows'],
    ['(?=a)\\p{L}', 'it uses \\p, which the engines read differently or only Java knows'],
    ['(?=a)(?i)b', 'it uses (?…) of another kind than : = ! <= <! and names'],
    ['(a)?\\1', 'it refers back to a group that is repeated or may be left out, where the engines differ'],
    ['(a)|\\1', 'it refers back to a group that may have matched nothing, where the engines differ'],
    ['(?<=a+)b', 'its look-behind has no greatest length, which Java wants'],
  ])('%s is refused', (pattern, problem) => {
    expect(compileJavaRegex(pattern, worker)).toEqual({ problem });
  });

  test('a second item cannot refer to a group of the first, which is never matched beside it', () => {
    expect(parsePatternList('(a)b,(c)\\1', worker)).toHaveProperty('problem');
  });

  test('on names that Java reads by halves nothing is decided', () => {
    const list = listOf('.*(?<=a.)');
    expect(() => list.matches('a\u{1F600}')).toThrow(/looks behind, and "a\u{1F600}"/u);
  });
});

test('an input takes them with the engine, and refuses them without', () => {
  const raw = { ...SYNC, groups: '(?!connect-).*' };
  const { selection } = parse(raw, {}, {}, { slowRegex: worker });
  expect(selection.groups.matches('orders')).toBe(true);
  expect(selection.groups.matches('connect-sink')).toBe(false);
  expect(problemsOf(raw)).toMatchObject([{ input: 'groups' }]);
});

test('the lint previews them as MM2 reads them', () => {
  const config = { name: 'a', 'connector.class': 'MirrorSourceConnector', topics: '(?!a).*,(a)\\1' };
  const connector = { name: 'a', class: 'MirrorSourceConnector', config, file: 'a.json', lines: new Map() };
  const subject = {
    connectors: [connector],
    actionSyncsGroups: true,
    workerVersion: null,
    brokers: { source: null, target: null },
    topics: ['a', 'ab'],
    groups: null,
    ignore: [],
  };
  const rules = (findings: readonly Finding[]) => findings.map(({ rule }) => rule);
  expect(rules(lintConnectors({ ...subject, slowRegex: worker }))).toContain('nothing-selected');
  expect(rules(lintConnectors({ ...subject, topics: ['b'], slowRegex: worker }))).not.toContain('nothing-selected');
  expect(rules(lintConnectors({ ...subject, slowRegex: worker }))).not.toContain('pattern-not-previewed');
  expect(rules(lintConnectors(subject))).toContain('pattern-not-previewed');
  expect(rules(lintConnectors(subject))).not.toContain('pattern-invalid');
});

describe('a pattern that takes forever', () => {
  const FOREVER = '(?=a)(a+)+b';
  const NAME = `${'a'.repeat(60)}c`;

  test('is given up after a second, and named', () => {
    const list = listOf(FOREVER, workerWith());
    expect(() => list.matches(NAME)).toThrow(
      `The pattern ${JSON.stringify(FOREVER)} took longer than 1000 ms, at ${JSON.stringify(NAME)}`,
    );
    // Its time is used up for every other name too.
    expect(() => list.matches('b')).toThrow('took longer than 1000 ms');
  });

  test('and another pattern is asked in a new thread', () => {
    // Long enough for a quick match in a thread that has to wait for its turn.
    const patient = workerWith(5_000);
    expect(() => listOf(FOREVER, patient).matches(NAME)).toThrow();
    expect(listOf('(?=a)ab', patient).matches('ab')).toBe(true);
  });

  function workerWith(limitMs?: number): RegexWorker {
    const own = new RegexWorker(limitMs);
    onTestFinished(() => own.close());
    return own;
  }
});
