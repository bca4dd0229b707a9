/**
 * `sasl.jaas.config` as far as a lint needs it: Kafka's JaasConfig over java.io.StreamTokenizer. Nothing of the text
 * may get into a message: a password may be anywhere in it.
 */
import { isPlaceholder } from '../redact.ts';

export interface JaasOption {
  readonly key: string;
  readonly value: string;
  readonly quoted: boolean;
}

export interface JaasText {
  /** Null when the text is a reference to be resolved by the worker: then nothing is known of it. */
  readonly module: string | null;
  readonly options: readonly JaasOption[];
  /** Why Kafka refuses it, as a clause that holds nothing of it; null when it does not. */
  readonly problem: string | null;
}

const TOKEN = /\s*(?:"((?:\\[\s\S]|[^"\\])*)"|'((?:\\[\s\S]|[^'\\])*)'|([;=])|(\$\{[^}]*\}|[^\s;="']+))/y;
/** What the tokenizer takes for one word; a reference is replaced before. */
const BARE = /^(?:[A-Za-z_$\u00a0-\uffff][\w$.\u00a0-\uffff-]*|\$\{.*\})$/;
const FLAG = /^(?:required|requisite|sufficient|optional)$/i;

interface Token {
  readonly text: string;
  readonly kind: 'quoted' | 'symbol' | 'word';
}

export function readJaas(text: string): JaasText {
  if (text.trim() === '' || isPlaceholder(text)) return { module: null, options: [], problem: null };
  const tokens = tokenise(text);
  if (tokens === null) return { module: null, options: [], problem: 'a quote in it is not closed' };
  const [module, flag, ...rest] = tokens;
  const options = readOptions(rest);
  const name = module === undefined || module.kind === 'symbol' ? null : module.text;
  return { module: name, options, problem: problemOf(module, flag, rest) };
}

function problemOf(module: Token | undefined, flag: Token | undefined, rest: readonly Token[]): string | null {
  if (module === undefined || module.kind === 'symbol') return 'it begins with no login module';
  if (flag === undefined || !FLAG.test(flag.text)) return 'no control flag (required) follows the login module';
  const end = rest.findIndex(({ kind, text }) => kind === 'symbol' && text === ';');
  if (end < 0) return 'it does not end with a semicolon';
  for (let index = 0; index < end; index += 3) {
    const equals = rest[index + 1];
    if (equals?.kind !== 'symbol' || equals.text !== '=' || index + 2 >= end) return 'an option in it has no value';
    const value = rest[index + 2];
    if (value?.kind === 'word' && !BARE.test(value.text)) return 'a value in it needs quotes';
  }
  return null;
}

function readOptions(tokens: readonly Token[]): readonly JaasOption[] {
  return tokens.flatMap((token, index) => {
    const [key, value] = [tokens[index - 1], tokens[index + 1]];
    if (token.kind !== 'symbol' || token.text !== '=' || key === undefined || value === undefined) return [];
    return value.kind === 'symbol' ? [] : [{ key: key.text, value: value.text, quoted: value.kind === 'quoted' }];
  });
}

function tokenise(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  let position = 0;
  while (text.slice(position).trim() !== '') {
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(text);
    if (match === null) return null;
    const [whole, double, single, symbol, word] = match;
    position += whole.length;
    if (symbol !== undefined) tokens.push({ text: symbol, kind: 'symbol' });
    else if (word !== undefined) tokens.push({ text: word, kind: 'word' });
    else tokens.push({ text: double ?? single ?? '', kind: 'quoted' });
  }
  return tokens;
}
