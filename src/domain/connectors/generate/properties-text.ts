/** Java properties as a person reviews them; read back by `java.util.Properties` to the same values. */

export type PropertiesLine =
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'setting'; readonly key: string; readonly value: string }
  | { readonly kind: 'blank' };

export function propertiesText(lines: readonly PropertiesLine[]): string {
  return lines.map((line) => `${lineText(line)}\n`).join('');
}

function lineText(line: PropertiesLine): string {
  if (line.kind === 'blank') return '';
  if (line.kind === 'comment') return `# ${line.text}`;
  return `${escaped(line.key, /[\\=:\s#!]/g)}=${valueText(line.value)}`;
}

/** Certificates keep their lines: a line break is written as an escape, and the next line continues it. */
function valueText(value: string): string {
  const lines = value.split('\n').map((line) => escaped(line, /\\/g).replace(/^[ \t]/, (blank) => `\\${blank}`));
  return lines.join('\\n\\\n');
}

/** Latin-1 at most is what Java's loader of streams reads; all else is written by its code. */
function escaped(text: string, special: RegExp): string {
  return text
    .replace(special, (char) => `\\${char}`)
    .replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
