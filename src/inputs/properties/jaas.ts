/**
 * `sasl.jaas.config` as Kafka's JaasConfig reads it: `<login module> <flag> key=value … ;`, tokens by the rules of
 * java.io.StreamTokenizer (quotes of both kinds with escapes, // and slash-star comments).
 */
export interface JaasEntry {
  readonly loginModule: string;
  readonly options: ReadonlyMap<string, string>;
}

/** `problem` is a clause that holds nothing of the text, since a password may be anywhere in it. */
export type Jaas = { readonly entry: JaasEntry } | { readonly problem: string };

type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'symbol'; readonly text: string }
  | { readonly kind: 'broken'; readonly problem: string };

const FLAGS = ['required', 'requisite', 'sufficient', 'optional'];

export function parseJaas(text: string): Jaas {
  const tokens = tokenise(text);
  const broken = tokens.find((token) => token.kind === 'broken');
  if (broken?.kind === 'broken') return { problem: broken.problem };

  const [module, flag, ...rest] = tokens;
  if (module?.kind !== 'word') return { problem: 'no login module at its start' };
  if (flag?.kind !== 'word' || !FLAGS.includes(flag.text.toLowerCase())) {
    return { problem: 'no control flag (required) after the login module' };
  }
  const end = rest.findIndex((token) => token.kind === 'symbol' && token.text === ';');
  if (end < 0) return { problem: 'no semicolon at its end' };
  if (end < rest.length - 1) return { problem: 'more than one login module' };
  const options = readOptions(rest.slice(0, end));
  return 'problem' in options ? options : { entry: { loginModule: module.text, options: options.options } };
}

function readOptions(
  tokens: readonly Token[],
): { readonly options: ReadonlyMap<string, string> } | { readonly problem: string } {
  const options = new Map<string, string>();
  for (let index = 0; index < tokens.length; index += 3) {
    const [key, equals, value] = tokens.slice(index, index + 3);
    if (key?.kind !== 'word') return { problem: 'an option without a name' };
    if (equals?.kind !== 'symbol' || equals.text !== '=') return { problem: 'an option without =' };
    if (value?.kind !== 'word') return { problem: 'an option value that needs quotes' };
    options.set(key.text, value.text);
  }
  return { options };
}

const BLANK = /[\s\p{Cc}]+|\/\/[^\r\n]*|\/\*[\s\S]*?\*\//uy;
/** A word may not open with a digit or a minus: Java reads a number there and drops it. */
const WORD = /[A-Za-z_$\u00a0-\uffff][A-Za-z0-9_$.\-\u00a0-\uffff]*/y;
const QUOTED = /"((?:\\[\s\S]|[^"\\\r\n])*)"|'((?:\\[\s\S]|[^'\\\r\n])*)'/y;

function tokenise(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let position = 0;
  const take = (sticky: RegExp): RegExpExecArray | null => {
    sticky.lastIndex = position;
    const match = sticky.exec(text);
    if (match !== null) position += match[0].length;
    return match;
  };
  while (position < text.length) {
    if (take(BLANK) !== null) continue;
    const word = take(WORD);
    const quoted = word === null ? take(QUOTED) : null;
    if (word !== null) tokens.push({ kind: 'word', text: word[0] });
    else if (quoted !== null) tokens.push({ kind: 'word', text: unescapeQuoted(quoted[1] ?? quoted[2] ?? '') });
    else {
      const char = text[position] ?? '';
      if (char === '"' || char === "'") return [{ kind: 'broken', problem: 'a quote that is not closed' }];
      if (/[0-9.-]/.test(char)) return [{ kind: 'broken', problem: 'an option value that needs quotes' }];
      tokens.push({ kind: 'symbol', text: char });
      position += 1;
    }
  }
  return tokens;
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\u000b',
};

function unescapeQuoted(text: string): string {
  return text.replace(
    /\\(?:([0-3][0-7]{0,2}|[4-7][0-7]?)|([\s\S]))/g,
    (_, octal: string | undefined, char: string | undefined) =>
      octal === undefined ? (ESCAPES[char ?? ''] ?? char ?? '') : String.fromCharCode(Number.parseInt(octal, 8)),
  );
}
