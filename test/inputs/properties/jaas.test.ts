import { describe, expect, test } from 'vitest';
import { parseJaas } from '../../../src/inputs/properties/jaas.ts';
import { readGolden } from '../golden/read-golden.ts';

interface Entry {
  readonly module: string;
  readonly options: Record<string, string>;
}

function parsed(text: string): Entry | null {
  const jaas = parseJaas(text);
  if ('problem' in jaas) return null;
  return { module: jaas.entry.loginModule, options: Object.fromEntries(jaas.entry.options) };
}

describe('JAAS entry', () => {
  test.each(readGolden<Entry>('jaas'))('reads $text as Kafka does', ({ text, java }) => {
    expect(parsed(text)).toEqual(java);
  });

  test.each([
    ['', 'no login module at its start'],
    ['a.PlainLoginModule username="u";', 'no control flag (required) after the login module'],
    ['a.PlainLoginModule required username="u"', 'no semicolon at its end'],
    ['a.PlainLoginModule required username="hunter2', 'a quote that is not closed'],
    ['a.PlainLoginModule required password=2hunter;', 'an option value that needs quotes'],
    ['a.PlainLoginModule required password "hunter2";', 'an option without ='],
    ['a.PlainLoginModule required =hunter2;', 'an option without a name'],
    ['a.PlainLoginModule required; b.PlainLoginModule required;', 'more than one login module'],
  ])('says what is wrong with %s, and nothing of its content', (text, problem) => {
    expect(parseJaas(text)).toEqual({ problem });
  });
});
