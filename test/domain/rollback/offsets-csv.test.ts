/** The CSV, in the form that Kafka's own tool was seen to take; test/e2e/rollback/ gives it to the tool. */
import { expect, test } from 'vitest';
import { offsetsCsv } from '../../../src/domain/rollback/offsets-csv.ts';
import { entry, HEADER, previously, savedFrom } from './export-lines.ts';

const csvOf = (lines: readonly unknown[]) => {
  const { lines: csv, leftOut } = offsetsCsv(savedFrom([HEADER, ...lines]));
  return { text: [...csv].join(''), leftOut };
};

test('has group, topic, partition and offset, without a header', () => {
  const lines = [
    entry(),
    entry({ partition: 7, previous: previously('9007199254740993') }),
    entry({ groupId: 'audit' }),
  ];
  expect(csvOf(lines)).toEqual({
    text: 'billing,src.orders,0,12\nbilling,src.orders,7,9007199254740993\naudit,src.orders,0,12\n',
    leftOut: [],
  });
});

test('leaves out what had no offset', () => {
  expect(csvOf([entry({ previous: null })]).text).toBe('');
});

test('has the values before the run, whatever came later', () => {
  const lines = [entry({ previous: previously('5') }), entry({ previous: previously('40'), intended: '50' })];
  expect(csvOf(lines).text).toBe('billing,src.orders,0,5\n');
});

test.each([
  ['a,b', '"a,b"'],
  ['a"b', '"a""b"'],
  ['"a"', '"""a"""'],
  ['a\rb', '"a\rb"'],
  [' a ', ' a '],
  ['#a', '#a'],
  ['grüße😀', 'grüße😀'],
])('quotes the group %j where it must', (groupId, field) => {
  expect(csvOf([entry({ groupId })]).text).toBe(`${field},src.orders,0,12\n`);
});

test('names the groups that it cannot hold, and holds the others', () => {
  expect(csvOf([entry({ groupId: 'a\nb' }), entry()])).toEqual({
    text: 'billing,src.orders,0,12\n',
    leftOut: ['a\nb'],
  });
});
