import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { javaRefusal } from '../../src/domain/java-regex.ts';
import { readGolden } from '../inputs/golden/read-golden.ts';

const lines = (file: string): readonly string[] =>
  readFileSync(new URL(`java-regex/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
const patterns = lines('cases.jsonl').map((line): string => JSON.parse(line));
const answers = lines('golden.jsonl').map((line): string | null => JSON.parse(line));

test('nothing that Java takes is called refused', () => {
  const taken = [
    ...patterns.filter((_, index) => answers[index] !== null),
    ...readGolden<string[]>('patterns').flatMap(({ text, java }) => (java === null ? [] : [text.split(',').join('|')])),
  ];
  expect(taken.length).toBeGreaterThan(1_000);
  expect(taken.filter((pattern) => javaRefusal(pattern) !== null)).toEqual([]);
});

/** Compared with java.util.regex.Pattern of Java 17. */
test.each([
  ...['orders++', '(a*+)b', '[a-z&&[^b]]+', '(?>a|ab)c', '\\p{IsAlphabetic}+', '[[:alpha:]]+', '(?=a)*', '(?<!x)y'],
  ...['(a)\\1', '(?<n>a)\\k<n>', 'a{2}{3}', '{2}', '}', '^*', '[]a]', '[^]a]', '[a&&]', '[\\Q]\\E]', '\\Q(', '\\x{41}'],
  ...['\\N{DIGIT ONE}', '\\p{L}{2}', '(?x)a #{(', '\\b*', '(?i)orders', '(?i-s:a)', '\\c(', '\\R\\X\\h'],
])('%s is left to Java, which takes it', (pattern) => {
  expect(javaRefusal(pattern)).toBeNull();
});

test.each([
  ['*', 'it has a * that repeats nothing'],
  ['+x', 'it has a + that repeats nothing'],
  ['a|*', 'it has a * that repeats nothing'],
  ['(?=*)', 'it has a * that repeats nothing'],
  ['a**', 'it has a * that repeats nothing'],
  ['a++*', 'it has a * that repeats nothing'],
  ['a{2', 'it has a { that opens no {n}, {n,} or {n,m}; a comma ends a pattern here'],
  ['{', 'it has a { that opens no {n}, {n,} or {n,m}; a comma ends a pattern here'],
  ['(a', 'a group in it is not closed'],
  ['(?>a', 'a group in it is not closed'],
  ['a)', 'it has a ) that closes nothing'],
  ['[a', 'a character class in it is not closed'],
  ['[a[b]', 'a character class in it is not closed'],
  ['[]', 'a character class in it is not closed'],
  ['[a&&', 'a character class in it is not closed'],
  ['a\\', 'it ends in a \\'],
  ['\\y', 'it has an escape that Java does not know'],
  ['(?P<n>a)', 'it uses (?…) of a kind that Java does not know'],
  ['[z-a]', 'it does not compile (invalid character class range: `z-a`)'],
])('%s is refused by Java, as it is here', (pattern, reason) => {
  expect(javaRefusal(pattern)).toBe(reason);
});
