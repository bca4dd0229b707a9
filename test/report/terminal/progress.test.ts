import { describe, expect, test } from 'vitest';
import { comparingWords, progressWords } from '../../../src/report/terminal/progress.ts';
import { createThrottle } from '../../../src/report/terminal/throttle.ts';

describe('a comparison of records', () => {
  test('says how far it is, and how long it will take as soon as that is more than a guess', () => {
    const soFar = { settled: 1_000, of: 5_000, records: 1_234_567 };
    const words = 'comparing records: 1,000 of 5,000 offsets, 1,234,567 records read';
    expect(comparingWords(soFar, 2_999)).toBe(words);
    expect(comparingWords(soFar, 10_000)).toBe(`${words}, about 40 s to go`);
  });

  test('guesses nothing before the first answer and after the last', () => {
    expect(comparingWords({ settled: 0, of: 1, records: 1 }, 60_000)).toBe(
      'comparing records: 0 of 1 offset, 1 record read',
    );
    expect(comparingWords({ settled: 5, of: 5, records: 9 }, 60_000)).not.toContain('to go');
  });
});

test('progress says since when and until when, which is never in the past', () => {
  expect(progressWords('waiting', 65_000, null)).toBe('waiting · 1 min 5 s');
  expect(progressWords('waiting', 400, 90_000)).toBe('waiting · 0 s · 1 min 30 s left');
  expect(progressWords('waiting', 400, -90_000)).toBe('waiting · 0 s · 0 s left');
});

test('a log that keeps every line gets one after ten seconds and then two a minute', () => {
  let now = 0;
  const throttle = createThrottle(() => now);
  const due: number[] = [];
  for (; now <= 100_000; now += 1_000) if (throttle.isDue()) due.push(now);
  expect(due).toEqual([10_000, 40_000, 70_000, 100_000]);
  throttle.restart();
  expect(throttle.isDue()).toBe(false);
});
