import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clipToWidth, displayWidth, padToWidth, wrapToWidth } from '../../../src/report/terminal/display-width.ts';

const TEXTS = fc.string({ unit: 'grapheme', maxLength: 40 });

describe('the columns of a text', () => {
  test.each([
    ['orders-etl', 10],
    ['größe', 5],
    ['注文処理', 8],
    ['ｱｲｳ', 3],
    ['ＡＢＣ', 6],
    ['한국어', 6],
    ['🎉 done', 7],
    ['e\u0301a\u0300', 2],
    ['→ … – ·', 7],
    ['', 0],
  ])('%j takes %i', (text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  test('padding fills up to the width, on either side, and never clips', () => {
    expect(padToWidth('注文', 6)).toBe('注文  ');
    expect(padToWidth('注文', 6, 'right')).toBe('  注文');
    expect(padToWidth('注文', 2)).toBe('注文');
  });
});

describe('what is too wide', () => {
  test('is clipped in the middle or at the end', () => {
    expect(clipToWidth('orders-processing-v2', 12, 'middle')).toBe('orders-…g-v2');
    expect(clipToWidth('orders-processing-v2', 12)).toBe('orders-proc…');
    expect(clipToWidth('注文処理サービス', 6)).toBe('注文…');
    expect(clipToWidth('short', 12)).toBe('short');
  });

  test('never grows beyond the width', () => {
    fc.assert(
      fc.property(
        TEXTS,
        fc.integer({ min: 0, max: 30 }),
        fc.constantFrom('middle' as const, 'end' as const),
        (text, columns, at) => {
          expect(displayWidth(clipToWidth(text, columns, at))).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });

  test('is wrapped at spaces, a long word where the line ends, and nothing is lost', () => {
    expect(wrapToWidth('would re-read 1,204 records', 14)).toEqual(['would re-read', '1,204 records']);
    expect(wrapToWidth('注文処理サービス', 5)).toEqual(['注文', '処理', 'サー', 'ビス']);
    // Quadratic, this would take hours.
    expect(wrapToWidth('x'.repeat(2_000_000), 20)).toHaveLength(100_000);
    fc.assert(
      fc.property(TEXTS, fc.integer({ min: 2, max: 30 }), (text, columns) => {
        const lines = wrapToWidth(text, columns);
        expect(lines.filter((line) => displayWidth(line) > columns)).toEqual([]);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      }),
    );
  });
});
