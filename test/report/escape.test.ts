import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clip, inertBlock, inertCode, inertText, utf8Length, visible } from '../../src/report/escape.ts';

/** Characters with a meaning somewhere, among harmless ones. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ...'`*_[]()<>|~&#@$:\\/!{}"\'=-+.\n\r\t ',
      'a',
      '1',
      'www.',
      'http://',
      'GH-1',
      '::error::',
      '##[',
      '&lt;',
      '</code>',
      '</pre>',
    ),
    fc.constantFrom('\u202e', '\u200b', '\u2028', '\ufeff', '\ud800', '\udc00', '\u0000', '\u001b[31m', '\u3164', '😀'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});

/** What is left when our own entities and the one tag that we put in are gone. */
function withoutEntities(source: string): string {
  return source.replaceAll('<wbr>', '').replace(/&(?:#\d+|nbsp);/g, 'E');
}

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

describe('hostile text is inert', () => {
  test('in prose and in code no character with a meaning is left', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        for (const source of [inertText(value), inertCode(value)]) {
          expect(withoutEntities(source)).not.toMatch(
            /[\\`*[\]<>|~&#@$]|:\/|www\.|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/i,
          );
          expect(source).not.toMatch(INVISIBLE);
        }
      }),
    );
  });

  test('in prose no mention, issue number, emoji or list marker is left', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const read = inertText(value).replace(/&#(\d+);/g, (_, unit: string) => String.fromCharCode(Number(unit)));
        expect(read).not.toMatch(/[@#][^\s\u200b]|\bGH-\d|:(?:100|1234|8ball|[a-z_+-][\w+-]*):/i);
        expect(inertText(value)).not.toMatch(/^(?:[-+=]|\d{1,9}[.)](?:\s|$))/);
      }),
    );
  });

  test('in a block only its line feeds are left', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const source = inertBlock(value);
        expect(source.replaceAll('\n', '')).not.toMatch(INVISIBLE);
        expect(withoutEntities(source)).not.toMatch(/[<>&]/);
      }),
    );
  });

  test.each([
    ['@everyone', '&#64;&#8203;everyone'],
    ['#1', '&#35;&#8203;1'],
    ['see GH-12', 'see GH-&#8203;12'],
    [':tada:', ':&#8203;tada:'],
    ['10.0.0.1:9092: refused', '10.0.0.1:9092: refused'],
    ['<script>alert(1)</script>', '&#60;script&#62;alert(1)&#60;/script&#62;'],
    ['https://evil.example', 'https&#58;//evil.example'],
    ['WWW.evil.example', 'WWW&#46;evil.example'],
    ['1. not a list', '1&#46; not a list'],
    ['two\nlines', 'two lines'],
    ['GROUP_AUTHORIZATION_FAILED: no', 'GROUP_AUTHORIZATION_FAILED: no'],
  ])('prose %j', (value, source) => {
    expect(inertText(value)).toBe(source);
  });

  test.each([
    ['a|b', 'a&#124;b'],
    ['a`b', 'a&#96;b'],
    ['team@example.com', 'team&#64;<wbr>example.com'],
    ['a\u202eb', 'a&#92;u{202e}b'],
    ['two\nlines', 'two&#92;u{a}lines'],
    [' a  b ', '&nbsp;a &nbsp;b&nbsp;'],
    ['msksource.orders-eu_1', 'msksource.orders-eu_1'],
  ])('name %j', (value, source) => {
    expect(inertCode(value)).toBe(source);
  });
});

describe('what the eye would miss is shown', () => {
  test.each([
    ['right-to-left override', 'a\u202eb', 'a\\u{202e}b'],
    ['zero-width space', 'a\u200bb', 'a\\u{200b}b'],
    ['no-break space', 'a\u00a0b', 'a\\u{a0}b'],
    ['what is no character', 'a\ufffeb', 'a\\u{fffe}b'],
    ['lone surrogate', 'a\ud800b', 'a\\u{d800}b'],
    ['Hangul filler', 'a\u3164b', 'a\\u{3164}b'],
    ['terminal escape', 'a\u001b[31mb', 'a\\u{1b}[31mb'],
  ])('%s', (_name, value, shown) => {
    expect(visible(value)).toBe(shown);
  });

  test('letters of any script stay', () => {
    expect(visible('zahlungen-größe 支払い платежи 😀')).toBe('zahlungen-größe 支払い платежи 😀');
  });
});

describe('clip', () => {
  test('keeps both ends, because names differ at both', () => {
    expect(clip('orders-0123456789-eu', 10)).toBe('orders-…eu');
  });

  test('never gives more than asked for, and never changes what fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 4, max: 40 }), (value, max) => {
        const clipped = clip(value, max);
        expect(Array.from(clipped).length).toBeLessThanOrEqual(max);
        if (Array.from(value).length <= max) expect(clipped).toBe(value);
      }),
    );
  });
});

test('bytes are counted as UTF-8 writes them', () => {
  fc.assert(fc.property(hostile, (value) => utf8Length(value) === Buffer.byteLength(value, 'utf8')));
});
