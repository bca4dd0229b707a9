/**
 * `java.util.Properties.load(Reader)`: comments, continuation lines, escapes, and `=`, `:` or white space between key
 * and value. Kafka's tools read files as ISO-8859-1; here the text is UTF-8, the same for all that is not escaped ASCII.
 */
export type JavaProperties =
  | {
      readonly entries: ReadonlyMap<string, string>;
      /** One-based number of the natural line that each key begins on. */
      readonly lines: ReadonlyMap<string, number>;
      /** Every entry in the order of the text, those that a later equal key replaces among them. */
      readonly written: readonly (readonly [key: string, value: string, line: number])[];
    }
  /** One-based number of the natural line that the fault is on. */
  | { readonly malformedLine: number };

interface LogicalLine {
  readonly text: string;
  readonly firstLine: number;
}

/** The last of several equal keys holds, as in Java. */
export function parseJavaProperties(text: string): JavaProperties {
  const entries = new Map<string, string>();
  const lines = new Map<string, number>();
  const written: [string, string, number][] = [];
  for (const { text: line, firstLine } of logicalLines(text)) {
    const { key, value } = splitEntry(line);
    const [plainKey, plainValue] = [unescapeEntry(key), unescapeEntry(value)];
    if (plainKey === null || plainValue === null) return { malformedLine: firstLine };
    entries.set(plainKey, plainValue);
    lines.set(plainKey, firstLine);
    written.push([plainKey, plainValue, firstLine]);
  }
  return { entries, lines, written };
}

function* logicalLines(text: string): Generator<LogicalLine> {
  const natural = text.split(/\r\n|\n|\r/);
  for (let index = 0; index < natural.length; index++) {
    const firstLine = index + 1;
    let line = withoutIndent(natural[index] ?? '');
    // Blank and comment lines are never continued.
    if (line === '' || line.startsWith('#') || line.startsWith('!')) continue;
    while (isContinued(line)) {
      index += 1;
      line = line.slice(0, -1) + withoutIndent(natural[index] ?? '');
    }
    yield { text: line, firstLine };
  }
}

function withoutIndent(line: string): string {
  return line.replace(/^[ \t\f]+/, '');
}

/** An odd number of backslashes at the end: the last one is not itself escaped. */
function isContinued(line: string): boolean {
  return (/\\+$/.exec(line)?.[0].length ?? 0) % 2 === 1;
}

function splitEntry(line: string): { readonly key: string; readonly value: string } {
  const key = /^(?:\\.|[^\\=: \t\f])*/.exec(line)?.[0] ?? '';
  const separator = /^[ \t\f]*[=:]?[ \t\f]*/.exec(line.slice(key.length))?.[0] ?? '';
  return { key, value: line.slice(key.length + separator.length) };
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

/** null: `\u` without four hexadecimal digits, for which Java throws. */
function unescapeEntry(text: string): string | null {
  if (/(?:^|[^\\])(?:\\\\)*\\u(?![0-9a-fA-F]{4})/.test(text)) return null;
  return text.replace(
    /\\(?:u([0-9a-fA-F]{4})|([\s\S])|$)/g,
    (_, code: string | undefined, char: string | undefined) => {
      if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
      return char === undefined ? '' : (ESCAPES[char] ?? char);
    },
  );
}
