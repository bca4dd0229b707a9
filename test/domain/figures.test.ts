import { expect, test } from 'vitest';
import { span } from '../../src/domain/figures.ts';

test.each([
  [259_200_000, '3 d'],
  [300_000, '5 min'],
  [61_000, '1 min 1 s'],
  [5_400_000, '1 h 30 min'],
  [90_061_000, '1 d 1 h'],
  [999, '0 s'],
  [-5, '0 s'],
])('%i ms is %s', (milliseconds, words) => {
  expect(span(milliseconds)).toBe(words);
});
