import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileJavaRegex, type SlowRegex } from '../../../src/domain/java-regex.ts';
import { javaToJavaScript } from '../../../src/domain/java-to-javascript.ts';

const here = new URL('.', import.meta.url);
const lines = (file: string): readonly string[] => readFileSync(new URL(file, here), 'utf8').trim().split('\n');
const patterns = lines('cases.jsonl').map((line): string => JSON.parse(line));
/** One digit a name; null where Java refuses the pattern. */
const answers = lines('golden.jsonl').map((line): string | null => JSON.parse(line));
/** The literals of the array in JavaMatches.java, which mean the same in JSON. */
const names: readonly string[] = JSON.parse(
  `[${/NAMES = \{([\s\S]*?)\};/.exec(readFileSync(new URL('JavaMatches.java', here), 'utf8'))?.[1]?.replaceAll('\\u000B', '\\u000b')}]`,
);

const engine: SlowRegex = { matches: ({ javaScript }, name) => new RegExp(javaScript, 'u').test(name) };

function answerOf(matches: (name: string) => boolean): string {
  return names.map((name) => (matches(name) ? '1' : '0')).join('');
}

describe('each pattern that is taken means what it means in Java', () => {
  test('on JavaScript’s engine', () => {
    const differences: string[] = [];
    let taken = 0;
    for (const [index, pattern] of patterns.entries()) {
      const translation = javaToJavaScript(pattern);
      if ('problem' in translation) continue;
      taken += 1;
      const answer = answerOf((name) => engine.matches({ java: pattern, ...translation }, name));
      const java = answers[index] ?? null;
      // Names that Java reads by halves are refused one by one.
      const halves = translation.looksBehind ? names.map((name) => /[\ud800-\udfff]/.test(name)) : [];
      const same = java !== null && [...answer].every((bit, place) => halves[place] || bit === java[place]);
      if (!same) differences.push(pattern);
    }
    expect(differences).toEqual([]);
    expect(taken).toBeGreaterThan(1_000);
  });

  test('on whichever engine it comes to', () => {
    const differences = patterns.filter((pattern, index) => {
      const compiled = compileJavaRegex(pattern, engine);
      if ('problem' in compiled || answers[index] === null) return false;
      const ascii = names.map((name, place) => ({ name, place })).filter(({ name }) => /^[ -~]*$/.test(name));
      return ascii.some(({ name, place }) => compiled.matches(name) !== (answers[index]?.[place] === '1'));
    });
    expect(differences).toEqual([]);
  });

  test('the corpus holds patterns that Java refuses, and each that is beyond the two engines', () => {
    expect(answers.filter((answer) => answer === null).length).toBeGreaterThan(10);
    for (const pattern of ['a++', '(?>a|ab)', '[a&&b]', '(?:(a)|b)\\1']) expect(patterns).toContain(pattern);
  });
});
