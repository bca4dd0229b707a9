/** Colours of the command line. What they mean is always said in words as well. */
import type { Readiness } from '../../domain/cutover/group-readiness.ts';
import type { Result } from '../../domain/verdicts.ts';
import type { OffsetStatus } from '../offset-status.ts';

/** `next`: what to do; `faint`: what explains; `title`: what heads a part. */
export type Style = 'good' | 'wait' | 'bad' | 'title' | 'next' | 'faint';

/** Gives the text its style, or leaves it as it is. Takes inert text only. */
export type Paint = (style: Style, text: string) => string;

/** Where lines are shown. */
export interface TerminalPage {
  readonly paint: Paint;
  /** null: no terminal, and a line may be as long as it likes. */
  readonly columns: number | null;
}

/** Select Graphic Rendition (ECMA-48): the eight colours that every terminal has, in its own shades. */
const CODES: Readonly<Record<Style, string>> = {
  good: '32',
  wait: '33',
  bad: '31',
  title: '1',
  next: '36',
  faint: '2',
};
const ESCAPE = '\u001b[';

export const withoutColors: Paint = (_style, text) => text;

/** A pipe, or a file. */
export const PLAIN_PAGE: TerminalPage = { paint: withoutColors, columns: null };

export const withColors: Paint = (style, text) => (text === '' ? '' : `${ESCAPE}${CODES[style]}m${text}${ESCAPE}0m`);

export const RESULT_STYLES: Readonly<Record<Result, Style>> = {
  ok: 'good',
  changed: 'good',
  'not-ready': 'bad',
  partial: 'bad',
  failed: 'bad',
};

/** Green is what is in place, and nothing else. */
export const STATUS_STYLES: Readonly<Record<OffsetStatus, Style>> = {
  failed: 'bad',
  blocked: 'bad',
  unknown: 'wait',
  active: 'wait',
  planned: 'wait',
  ready: 'good',
  saved: 'good',
  restored: 'good',
  'not-selected': 'faint',
};

export const READINESS_STYLES: Readonly<Record<Readiness, Style>> = {
  ready: 'good',
  unknown: 'wait',
  'not-ready': 'bad',
  'not-asked': 'faint',
};

const LEADING: readonly (readonly [RegExp, Style])[] = [
  [/^(?:Error [A-Z_]+|error|fail):/, 'bad'],
  [/^(?:Warning|warning|unknown):/, 'wait'],
  [/^(?:notice|not asked):/, 'faint'],
  [/^pass:/, 'good'],
];

/** A line of the log, its first word in the colour of what it says: `fail: …`, `warning: …`, `pass: …`. */
export function paintLeadingWord(paint: Paint, line: string): string {
  for (const [pattern, style] of LEADING) {
    const [word] = pattern.exec(line) ?? [];
    if (word !== undefined) return paint(style, word) + line.slice(word.length);
  }
  return line;
}
