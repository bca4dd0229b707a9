import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFault } from '../../../src/adapters/files/json-fault.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['{"a": tru}', 6],
  ['{"a": 01}', 7],
  ['{"a": 1,}', 8],
  ['[1,]', 3],
  ['{"a" 1}', 5],
  ['{a: 1}', 1],
  ["{'a': 1}", 1],
  ['{"a": "b\nc"}', 8],
  ['{"a": "\\x"}', 7],
  ['{"a": 1', 7],
  ['{"a": 1} x', 9],
  ['{"a": 1]', 7],
  ['', 0],
])('%s is at fault at %i', (text, offset) => expect(jsonFault(text)).toBe(offset));

test('it is JSON for JSON.parse where no fault is found, and else not', () => {
  const bit = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"',
    '1',
    '-',
    '.5',
    'e3',
    'true',
    'null',
    ' ',
    '\n',
    '\\u12',
    'x',
  );
  const broken = fc.array(bit, { maxLength: 12 }).map((bits) => bits.join(''));
  const cut = fc.tuple(fc.json(), fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1)));
  const valid = fc.json();
  fc.assert(
    fc.property(fc.oneof(broken, cut, valid), (text) => {
      expect(jsonFault(text) === null).toBe(isJson(text));
    }),
    { numRuns: 3000 },
  );
});

test('long texts and deep nesting are read', () => {
  const deep = `${'['.repeat(500_000)}x`;
  expect(jsonFault(deep)).toBe(500_000);
  expect(jsonFault(`{"a": "${'b'.repeat(1_000_000)}" c}`)).toBe(1_000_010 - 1);
});
