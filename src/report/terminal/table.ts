/** Rows under titles, in columns that fit the terminal. */
import { clipToWidth, displayWidth, padToWidth, wrapToWidth } from './display-width.ts';
import type { Style, TerminalPage } from './paint.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Where there is no room: the highest number goes first. Absent: it stays. */
  readonly leave?: number;
  /** May become this narrow; `clip` leaves out the middle, `wrap` takes more lines (the last column only). */
  readonly narrow?: { readonly to: number; readonly by: 'clip' | 'wrap' };
}

export interface Cell {
  /** Inert. */
  readonly text: string;
  readonly style?: Style;
}

const GAP = 2;

/** Lines without trailing spaces, the titles first. Without a width nothing is clipped, wrapped or left out. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  { paint, columns: width }: TerminalPage,
): string[] {
  const natural = columns.map(({ title }, index) =>
    Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[index]?.text ?? ''))),
  );
  const { kept, widths } = width === null ? asTheyAre(natural) : fitted(columns, natural, width);
  const lineOf = (cells: readonly Cell[]) =>
    kept
      .map((index) => {
        const { text = '', style } = cells[index] ?? {};
        const padded = padToWidth(text, widths[index] ?? 0, columns[index]?.align ?? 'left');
        return style === undefined ? padded : painted(paint, style, padded);
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  const titles = columns.map(({ title }): Cell => ({ text: title, style: 'faint' }));
  return [titles, ...rows].flatMap((row) => linesOf(row, columns, widths).map(lineOf));
}

/** The spaces around stay without a style, so that they can be trimmed. */
function painted(paint: TerminalPage['paint'], style: Style, padded: string): string {
  const text = padded.trim();
  return text === '' ? padded : padded.replace(text, () => paint(style, text));
}

interface Fitted {
  /** Indexes of the columns that are shown. */
  readonly kept: readonly number[];
  /** By index of the column. */
  readonly widths: readonly number[];
}

function asTheyAre(natural: readonly number[]): Fitted {
  return { kept: natural.map((_, index) => index), widths: natural };
}

function fitted(columns: readonly Column[], natural: readonly number[], width: number): Fitted {
  const least = columns.map(({ narrow }, index) =>
    Math.min(natural[index] ?? 0, narrow?.to ?? Number.MAX_SAFE_INTEGER),
  );
  let kept = columns.map((_, index) => index);
  const sum = (of: readonly number[]) =>
    kept.reduce((total, index) => total + (of[index] ?? 0), GAP * (kept.length - 1));
  while (sum(least) > width) {
    const leaving = kept
      .filter((index) => columns[index]?.leave !== undefined)
      .sort((a, b) => (columns[b]?.leave ?? 0) - (columns[a]?.leave ?? 0))[0];
    if (leaving === undefined) break;
    kept = kept.filter((index) => index !== leaving);
  }
  const widths = [...natural];
  // What wraps loses nothing, so it gives way first.
  for (const by of ['wrap', 'clip']) {
    for (const index of kept.filter((one) => columns[one]?.narrow?.by === by)) {
      const over = Math.max(0, sum(widths) - width);
      widths[index] = Math.max(least[index] ?? 0, (widths[index] ?? 0) - over);
    }
  }
  return { kept, widths };
}

function linesOf(
  row: readonly Cell[],
  columns: readonly Column[],
  widths: readonly number[],
): readonly (readonly Cell[])[] {
  const cells = row.map((cell, index) => {
    const columnWidth = widths[index] ?? 0;
    if (columns[index]?.narrow?.by === 'wrap') return wrapToWidth(cell.text, Math.max(1, columnWidth));
    return [clipToWidth(cell.text, columnWidth, 'middle')];
  });
  const height = Math.max(1, ...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    row.map((cell, index) => ({ ...cell, text: cells[index]?.[line] ?? '' })),
  );
}
