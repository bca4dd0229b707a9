import type { ConfigMap } from '../../domain/connectors/connector-config.ts';
import { redactText, secretsOf } from '../../domain/connectors/redact.ts';

const MAX_TEXT_CHARS = 100_000;

/** Remembers the secrets of every config that passed through the client, and takes them out of the worker's texts. */
export class SecretKeeper {
  readonly #secrets: Set<string>;

  constructor(credentials: readonly string[]) {
    this.#secrets = new Set(credentials.filter((secret) => secret !== ''));
  }

  learn(config: ConfigMap): void {
    for (const secret of secretsOf([config])) this.#secrets.add(secret);
  }

  redact(text: string): string {
    return redactText(
      bounded(text),
      [...this.#secrets].sort((a, b) => b.length - a.length),
    );
  }
}

/** Cut between lines: half a secret at the end would no longer be recognised. */
function bounded(text: string): string {
  if (text.length <= MAX_TEXT_CHARS) return text;
  return text.slice(0, Math.max(0, text.lastIndexOf('\n', MAX_TEXT_CHARS)));
}
