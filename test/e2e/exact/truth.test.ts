/** The oracle itself: it must see each kind of wrong place. */
import { describe, expect, test } from 'vitest';
import { type IdAt, Truth } from './truth.ts';

const log = (from: number, ids: string): readonly IdAt[] => [...ids].map((id, n) => [from + n, id]);

describe('a copy without holes, ten offsets lower', () => {
  const truth = new Truth(log(10, 'abcdef'), log(0, 'abcdef'));

  test.each([
    { place: 2n, skipped: 0, redelivered: 1 },
    { place: 3n, skipped: 0, redelivered: 0 },
    { place: 4n, skipped: 1, redelivered: 0 },
    { place: 6n, skipped: 3, redelivered: 0 },
  ])('a group at 13 that is put to $place', ({ place, ...expected }) => {
    expect(truth.judge(13n, place)).toEqual(expected);
  });

  test.each([
    { read: 'def', missing: [], again: [] },
    { read: 'ef', missing: ['d'], again: [] },
    { read: 'cdef', missing: [], again: ['c'] },
    { read: 'ddef', missing: [], again: ['d'] },
  ])('a consumer of that group that reads $read', ({ read, missing, again }) => {
    const reading = { end: 6, records: log(6 - read.length, read) };
    expect(truth.compare(13n, reading, log(0, 'abcdef'))).toEqual({ missing, again });
  });

  test('what a reading did not come to is not missing', () => {
    expect(truth.compare(13n, { end: 5, records: log(3, 'de') }, log(0, 'abcdef'))).toEqual({ missing: [], again: [] });
  });
});

describe('a copy that began again at c', () => {
  const truth = new Truth(log(0, 'abcdef'), log(0, 'abcdxcdef'));

  test('a second copy excuses reading it again, and no record is skipped while one copy is left', () => {
    expect(truth.judge(3n, 3n)).toEqual({ skipped: 0, redelivered: 0 });
    expect(truth.judge(3n, 5n)).toEqual({ skipped: 0, redelivered: 0 });
    expect(truth.judge(5n, 0n)).toEqual({ skipped: 0, redelivered: 3 });
    expect(truth.judge(3n, 7n)).toEqual({ skipped: 1, redelivered: 0 });
  });

  test('counts what is held twice and what is foreign', () => {
    expect(truth).toMatchObject({ heldTwice: 2, foreign: 1 });
  });
});

test('identical records are copied in their order', () => {
  const truth = new Truth(log(0, 'xxxx'), log(5, 'xxxx'));
  expect(truth.judge(2n, 7n)).toEqual({ skipped: 0, redelivered: 0 });
  expect(truth.judge(2n, 8n)).toEqual({ skipped: 1, redelivered: 0 });
  expect(() => new Truth(log(0, 'xx'), log(0, 'x'))).toThrow('"x" was written 2 times and copied 1 times');
});
