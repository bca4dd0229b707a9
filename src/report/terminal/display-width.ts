/**
 * How many columns of a terminal a text takes. Wide characters (Unicode's East_Asian_Width W and F) take two, combining
 * marks none; what `visible` has shown is never invisible. Measured by code point: what a terminal draws as one sign of
 * several code points takes less room than is counted here, never more.
 */

const WIDE =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u4dbf\u4e00-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18df2}\u{1aff0}-\u{1b2fb}\u{1d300}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const NONE = /[\p{Mn}\p{Me}\u1160-\u11ff]/u;
const ASCII = /^[ -~]*$/;

export function displayWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  let columns = 0;
  for (const char of text) columns += widthOf(char);
  return columns;
}

function widthOf(char: string): number {
  if (char < '\u0300') return 1;
  if (NONE.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

export function padToWidth(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const room = ' '.repeat(Math.max(0, columns - displayWidth(text)));
  return align === 'left' ? text + room : room + text;
}

/** At most `columns` wide; what is left out in the middle or at the end becomes an ellipsis. */
export function clipToWidth(text: string, columns: number, at: 'middle' | 'end' = 'end'): string {
  if (displayWidth(text) <= columns) return text;
  if (columns <= 1) return '…'.slice(0, Math.max(0, columns));
  const room = columns - 1;
  const tail =
    at === 'end'
      ? ''
      : takeWidth([...text].reverse(), Math.floor(room * 0.4))
          .reverse()
          .join('');
  return `${takeWidth([...text], room - displayWidth(tail)).join('')}…${tail}`;
}

function takeWidth(chars: readonly string[], columns: number): string[] {
  let used = 0;
  const end = chars.findIndex((char) => {
    used += widthOf(char);
    return used > columns;
  });
  return end < 0 ? [...chars] : chars.slice(0, end);
}

/** Lines of at most `columns`, broken at spaces; a longer word is broken where it ends. */
export function wrapToWidth(text: string, columns: number): readonly string[] {
  if (displayWidth(text) <= columns) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (displayWidth(longer) <= columns) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = broken(word, columns);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

function broken(word: string, columns: number): readonly string[] {
  const room = Math.max(2, columns);
  const pieces: string[] = [];
  let piece = '';
  let used = 0;
  for (const char of word) {
    const width = widthOf(char);
    if (used + width > room) {
      pieces.push(piece);
      piece = '';
      used = 0;
    }
    piece += char;
    used += width;
  }
  return [...pieces, piece];
}
