/** The secrets of a generated config: never themselves, always as what a config provider of the worker replaces. */
import type { ClientSecurity, ConnectorSecrets, GenerationFacts } from './generation.ts';

export type Side = 'source' | 'target';
export type SecretPart = 'password' | 'key' | 'key-password';

/** One secret that the worker must be able to find. */
export interface NeededSecret {
  readonly side: Side;
  readonly part: SecretPart;
  /** Variable of the worker's process, or key in its file or secret. */
  readonly name: string;
}

/** E.g. `SOURCE_PASSWORD` in the environment, `source.password` in a file or secret. */
export function secretName(secrets: ConnectorSecrets, side: Side, part: SecretPart): string {
  const words = [side, ...part.split('-')];
  return secrets.provider === 'env' ? words.join('_').toUpperCase() : words.join('.');
}

/** What stands in a config, e.g. `${env:SOURCE_PASSWORD}` (ConfigTransformer: `${provider:[path:]key}`). */
export function secretReference(secrets: ConnectorSecrets, side: Side, part: SecretPart): string {
  const name = secretName(secrets, side, part);
  switch (secrets.provider) {
    case 'env':
      return `\${env:${name}}`;
    case 'file':
      return `\${file:${secrets.path}:${name}}`;
    case 'secretsmanager':
      return `\${secretsmanager:${secretId(secrets.name)}:${name}}`;
  }
}

/** An ARN has colons, at which Kafka would take the reference apart; the provider decodes them (msk-config-providers). */
function secretId(name: string): string {
  return name.includes(':') ? encodeURIComponent(name) : name;
}

export function neededSecrets(facts: GenerationFacts): readonly NeededSecret[] {
  return (['source', 'target'] as const).flatMap((side) =>
    partsOf(facts[side]).map((part) => ({ side, part, name: secretName(facts.secrets, side, part) })),
  );
}

export function partsOf({ tls, sasl }: ClientSecurity): readonly SecretPart[] {
  const parts: SecretPart[] = [];
  if (sasl !== null && sasl.mechanism !== 'iam') parts.push('password');
  if (tls === null || tls.certificate === null) return parts;
  parts.push('key');
  if (tls.keyIsEncrypted) parts.push('key-password');
  return parts;
}
