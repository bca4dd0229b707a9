import type { ConfigMap } from '../../domain/connectors/connector-config.ts';
import { HIDDEN, redactText, secretsOf } from '../../domain/connectors/redact.ts';

const MAX_TEXT_CHARS = 100_000;

/** A reference of Connect's config providers anywhere in a value. */
const REFERENCE = /\$\{[^}:]*:[^}]*\}/;
/** ConfigException's sentence, on one line of a list of them. */
const INVALID_VALUE = /Invalid value ([\s\S]*?) for configuration ([\w.-]+)([^\n]*)/g;

/** Remembers the secrets of every config that passed through the client, and takes them out of the worker's texts. */
export class SecretKeeper {
  readonly #secrets: Set<string>;
  /** Values with references by key: the worker says what it resolved them to when it objects to it. */
  readonly #references = new Map<string, Set<string>>();

  constructor(credentials: readonly string[]) {
    this.#secrets = new Set(credentials.filter((secret) => secret !== ''));
  }

  learn(config: ConfigMap): void {
    for (const secret of secretsOf([config])) this.#secrets.add(secret);
    for (const [key, value] of Object.entries(config)) {
      if (!REFERENCE.test(value)) continue;
      const known = this.#references.get(key) ?? new Set();
      this.#references.set(key, known.add(value));
    }
  }

  redact(text: string): string {
    return redactText(
      this.#hideResolved(bounded(text)),
      [...this.#secrets].sort((a, b) => b.length - a.length),
    );
  }

  /** A reference that the worker did not resolve stands in the sentence as it was given, and may stay. */
  #hideResolved(text: string): string {
    return text.replace(INVALID_VALUE, (whole, value: string, key: string, rest: string) => {
      const given = this.#references.get(key);
      if (given === undefined || given.has(value)) return whole;
      return `Invalid value ${HIDDEN} for configuration ${key}${value === '' ? rest : rest.replaceAll(value, HIDDEN)}`;
    });
  }
}

/** Cut between lines: half a secret at the end would no longer be recognised. */
function bounded(text: string): string {
  if (text.length <= MAX_TEXT_CHARS) return text;
  return text.slice(0, Math.max(0, text.lastIndexOf('\n', MAX_TEXT_CHARS)));
}
