import { describe, expect, test } from 'vitest';
import { type PatternList, parsePatternList, quotePattern } from '../../src/domain/patterns.ts';
import { readGolden } from '../inputs/golden/read-golden.ts';

/** The same names as in Golden.java. */
const NAMES = [
  ...['a', 'b', 'A', 'ab', 'aa', 'a.b', 'axb', 'a-b', 'a1', 'orders', 'orders.v1', 'ordersxv1', '__consumer_offsets'],
  ...['mm2.internal', 'x-internal', '{a}', 'a,b', ']', '1'],
];

/** Java compiles these. Here they are refused, since the linear-time engine cannot say the same. */
const JAVA_ONLY = new Set([
  ...[
    '(?=a)a',
    '(?!b).',
    '(?<=a)b',
    '(a)\\1',
    '(?<n>a)\\k<n>',
    '(?>a)',
    'a*+',
    'a++',
    'a?+',
    'a{1}+',
    '[a&&b]',
    '[a[b]]',
  ],
  ...[
    '[[:alpha:]]',
    '\\p{Alpha}',
    '(?x) a b',
    '(?U)a',
    '(?d)a',
    '(?u)a',
    '\\u0061',
    '\\0141',
    '\\cA',
    'a{2000}',
    '\\h',
  ],
  ...['\\R', '\\Z', '[\\Qa\\E]', 'b}++}', '}++}+'],
]);

function parse(text: string): PatternList {
  const result = parsePatternList(text);
  if ('problem' in result) throw new Error(result.problem.reason);
  return result.list;
}

function reasonFor(text: string): string {
  const result = parsePatternList(text);
  return 'problem' in result ? `${result.problem.item}: ${result.problem.reason}` : 'accepted';
}

describe('pattern list', () => {
  test.each(readGolden<string[]>('patterns'))(
    '$text matches what it matches in Java, or is refused',
    ({ text, java }) => {
      const result = parsePatternList(text);
      const matched = 'list' in result ? NAMES.filter((name) => 'list' in result && result.list.matches(name)) : null;
      // Refusing what Java accepts is safe, as another answer is not; the empty name does not exist in Kafka.
      if (matched !== null) expect(matched).toEqual(java?.filter((name) => name !== ''));
      expect(matched === null && java !== null ? 'refused' : 'same').toBe(JAVA_ONLY.has(text) ? 'refused' : 'same');
    },
  );

  test.each([
    ['(?=a)a', '(?=a)a: it uses look-ahead or look-behind, which cannot be matched in linear time'],
    ['x,(?<!b)a', '(?<!b)a: it uses look-ahead or look-behind, which cannot be matched in linear time'],
    ['(a)\\1', '(a)\\1: it uses a backreference, which cannot be matched in linear time'],
    ['(?>a)b', '(?>a)b: it uses an atomic group, which cannot be matched in linear time'],
    ['a*+b', 'a*+b: it uses a possessive quantifier, which cannot be matched in linear time'],
    ['a{1,2}', 'a{1: it has a { that opens no {n}, {n,} or {n,m}; a comma ends a pattern here'],
    ['[a-z&&[^x]]', '[a-z&&[^x]]: it combines character classes ([a[b]] or &&)'],
    ['(?x)a b', '(?x)a b: it uses a flag other than i, m and s'],
    ['orders,(a', '(a: it does not compile (missing closing ): `(a`)'],
    ['\\p{Alpha}', '\\p{Alpha}: it does not compile (invalid character class range: `\\p{Alpha}`)'],
  ])('%s is refused with the item and the reason', (text, reason) => {
    expect(reasonFor(text)).toBe(reason);
  });

  test('an empty list matches nothing', () => {
    expect(NAMES.filter((name) => parse('').matches(name))).toEqual([]);
    expect(parse(' , ').matches('')).toBe(false);
  });

  test('a name with dots is a name that should exist and a pattern too, as in MM2', () => {
    const list = parse('orders.v1, payments');
    expect(list.literals).toEqual(['orders.v1', 'payments']);
    expect(list.matches('orders.v1')).toBe(true);
    expect(list.matches('ordersxv1')).toBe(true);
    expect(list.matches('orders.v10')).toBe(false);
  });

  test('escaped characters spell out a name; patterns do not', () => {
    expect(parse('orders\\.v1,a\\x2cb,x.*,.,[a],a|b').literals).toEqual(['orders.v1', 'a,b']);
  });

  test.each(['a.b', 'a,b', ' spaced ', '(x)[y]{1}', '^$', 'a|b*c+d?', '\\', 'ünïcode', 'tab\tname'])(
    'quoted, %j matches itself alone and is a literal',
    (name) => {
      const list = parse(quotePattern(name));
      expect(list.literals).toEqual([name]);
      expect(list.matches(name)).toBe(true);
      expect(list.matches(`${name}x`)).toBe(false);
    },
  );

  test('matches in linear time where Java would backtrack for ages', () => {
    expect(parse('(a+)+b').matches('a'.repeat(5_000))).toBe(false);
  });
});
