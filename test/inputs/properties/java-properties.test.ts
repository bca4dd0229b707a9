import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJavaProperties } from '../../../src/inputs/properties/java-properties.ts';
import { readGolden } from '../golden/read-golden.ts';

function parsed(text: string): Record<string, string> | null {
  const result = parseJavaProperties(text);
  return 'entries' in result ? Object.fromEntries(result.entries) : null;
}

describe('Java properties', () => {
  test.each(readGolden<Record<string, string>>('properties'))('reads $text as Java does', ({ text, java }) => {
    expect(parsed(text)).toEqual(java);
  });

  test('names the line of a broken escape, continuation lines counted', () => {
    expect(parseJavaProperties('a=1\\\n 2\n# c\nb=\\u00zz')).toEqual({ malformedLine: 4 });
  });

  test('the last of equal keys holds, and all of them can be told', () => {
    const result = parseJavaProperties('a=1\nb=2\na=3');
    expect(result).toMatchObject({
      entries: new Map([
        ['a', '3'],
        ['b', '2'],
      ]),
      lines: new Map([
        ['a', 3],
        ['b', 2],
      ]),
    });
    expect('written' in result && result.written).toEqual([
      ['a', '1', 1],
      ['b', '2', 2],
      ['a', '3', 3],
    ]);
  });

  test('reads back whatever is written by the rules of Properties.store', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: 'binary', minLength: 1 }), fc.string({ unit: 'binary' })),
        (entries) => {
          const lines = Object.entries(entries).map(([key, value]) => `${escaped(key)}=${escaped(value)}`);
          expect(parsed(lines.join('\n'))).toEqual({ ...entries });
        },
      ),
    );
  });
});

/** Every UTF-16 unit that is not a letter or digit by its number. */
function escaped(text: string): string {
  return text.replace(/[^a-zA-Z0-9]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
