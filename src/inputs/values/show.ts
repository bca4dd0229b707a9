const MAX_SHOWN_CHARS = 80;
const MAX_PATH_CHARS = 200;
const PATH_HEAD_CHARS = 60;

/** Quotes text for a message: cut, and with control characters written out so that it stays on one line. */
export function show(text: string): string {
  const cut = text.length > MAX_SHOWN_CHARS ? `${text.slice(0, MAX_SHOWN_CHARS)}…` : text;
  return showWhole(cut);
}

function showWhole(text: string): string {
  return JSON.stringify(text).replace(/[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, escapeCode);
}

/** As `show`, of a path: its end is the name of the file, so the middle goes. */
export function showPath(path: string): string {
  if (path.length <= MAX_PATH_CHARS) return showWhole(path);
  return showWhole(`${path.slice(0, PATH_HEAD_CHARS)}…${path.slice(PATH_HEAD_CHARS - MAX_PATH_CHARS)}`);
}

function escapeCode(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** `a`, `a or b`, `a, b or c`. */
export function oneOf(items: readonly string[], conjunction: 'or' | 'and' = 'or'): string {
  if (items.length < 2) return items.join('');
  return `${items.slice(0, -1).join(', ')} ${conjunction} ${items.at(-1)}`;
}
