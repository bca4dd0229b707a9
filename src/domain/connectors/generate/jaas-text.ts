/** Texts of `sasl.jaas.config`, quoted so that Java's StreamTokenizer reads back what was meant. */

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r' };

export function jaasText(module: string, options: readonly (readonly [key: string, value: string])[]): string {
  const words = options.map(
    ([key, value]) => ` ${key}="${value.replace(/[\\"\n\r]/g, (char) => ESCAPES[char] ?? '')}"`,
  );
  return `${module} required${words.join('')};`;
}

/**
 * True for a password that a config provider cannot put between the quotes as it is: the worker replaces the reference
 * by the text alone, so that a quote, a backslash or a line break in it would be read as JAAS.
 */
export function breaksJaasQuotes(password: string): boolean {
  return /[\\"\n\r]/.test(password);
}
