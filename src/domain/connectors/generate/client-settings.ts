/** How the clients of one cluster sign in, as Kafka's settings without a prefix, and where these stand in a config. */
import type { ClientSecurity, GenerationFacts } from './generation.ts';
import { jaasText } from './jaas-text.ts';
import { type Side, secretReference } from './secret-references.ts';

export type Settings = ReadonlyMap<string, string>;

const LOGIN_MODULES = {
  plain: 'org.apache.kafka.common.security.plain.PlainLoginModule',
  scram: 'org.apache.kafka.common.security.scram.ScramLoginModule',
  iam: 'software.amazon.msk.auth.iam.IAMLoginModule',
};
const MECHANISMS = {
  plain: 'PLAIN',
  'scram-sha-256': 'SCRAM-SHA-256',
  'scram-sha-512': 'SCRAM-SHA-512',
  iam: 'AWS_MSK_IAM',
};
const IAM_HANDLER = 'software.amazon.msk.auth.iam.IAMClientCallbackHandler';
const CALLBACK_HANDLER = 'sasl.client.callback.handler.class';
/** What Kafka takes when no handler is named (SaslChannelBuilder.clientCallbackHandlerClass). */
const PASSWORD_HANDLER = 'org.apache.kafka.common.security.authenticator.SaslClientCallbackHandler';
const TOKEN_HANDLER = 'org.apache.kafka.common.security.oauthbearer.internals.OAuthBearerSaslClientCallbackHandler';

/**
 * `bootstrap.servers`, `security.protocol`, `ssl.*` and `sasl.*` of a side: all that MM2 keeps of `source.cluster.*`.
 * What `connector-properties` says of the side wins, and takes away what would contradict it.
 */
export function clientSettings(facts: GenerationFacts, side: Side): Settings {
  const settings = new Map([
    ['bootstrap.servers', facts[side].bootstrapServers.join(',')],
    ['security.protocol', protocolOf(facts[side])],
    ...tlsEntries(facts, side),
    ...saslEntries(facts, side),
  ]);
  const own = settingsOfSide(facts.properties, side);
  for (const replaced of replacedBy(own)) settings.delete(replaced);
  for (const [key, value] of own) settings.set(key, value);
  return settings;
}

/** Keys with `source.cluster.` or `target.cluster.`, without it. */
function settingsOfSide(properties: Settings, side: Side): Settings {
  const prefix = `${side}.cluster.`;
  const entries = [...properties].filter(([key]) => key.startsWith(prefix));
  return new Map(entries.map(([key, value]) => [key.slice(prefix.length), value]));
}

/** A client takes a store from a file or from the config, never both (DefaultSslEngineFactory refuses that). */
function replacedBy(own: Settings): readonly string[] {
  const keystore = ['ssl.keystore.type', 'ssl.keystore.certificate.chain', 'ssl.keystore.key', 'ssl.key.password'];
  return [
    ...(own.has('ssl.truststore.location') ? ['ssl.truststore.type', 'ssl.truststore.certificates'] : []),
    ...(own.has('ssl.keystore.location') ? keystore : []),
    ...(own.has('sasl.mechanism') ? [CALLBACK_HANDLER] : []),
  ];
}

function protocolOf({ tls, sasl }: ClientSecurity): string {
  if (sasl === null) return tls === null ? 'PLAINTEXT' : 'SSL';
  return tls === null ? 'SASL_PLAINTEXT' : 'SASL_SSL';
}

function tlsEntries(facts: GenerationFacts, side: Side): readonly [string, string][] {
  const {
    secrets,
    [side]: { tls },
  } = facts;
  if (tls === null) return [];
  const entries: [string, string][] = [];
  if (tls.ca !== null) entries.push(['ssl.truststore.type', 'PEM'], ['ssl.truststore.certificates', tls.ca.trim()]);
  if (tls.certificate !== null) {
    entries.push(['ssl.keystore.type', 'PEM'], ['ssl.keystore.certificate.chain', tls.certificate.trim()]);
    entries.push(['ssl.keystore.key', secretReference(secrets, side, 'key')]);
    if (tls.keyIsEncrypted) entries.push(['ssl.key.password', secretReference(secrets, side, 'key-password')]);
  }
  if (!tls.verifyHost) entries.push(['ssl.endpoint.identification.algorithm', '']);
  return entries;
}

function saslEntries(facts: GenerationFacts, side: Side): readonly [string, string][] {
  const {
    secrets,
    [side]: { sasl },
  } = facts;
  if (sasl === null) return [];
  const mechanism: [string, string] = ['sasl.mechanism', MECHANISMS[sasl.mechanism]];
  if (sasl.mechanism === 'iam') {
    return [mechanism, ['sasl.jaas.config', jaasText(LOGIN_MODULES.iam, [])], [CALLBACK_HANDLER, IAM_HANDLER]];
  }
  const module = sasl.mechanism === 'plain' ? LOGIN_MODULES.plain : LOGIN_MODULES.scram;
  const password = secretReference(secrets, side, 'password');
  const jaas = jaasText(module, [
    ['username', sasl.username],
    ['password', password],
  ]);
  return [mechanism, ['sasl.jaas.config', jaas]];
}

/**
 * The same where a worker's own settings lie beneath, as under `producer.override.`: what has no value here would be
 * taken from there, and the handler of IAM refuses every other mechanism.
 */
export function overridingSettings(settings: Settings): Settings {
  const mechanism = settings.get('sasl.mechanism');
  if (mechanism === undefined || settings.has(CALLBACK_HANDLER)) return settings;
  const handler = mechanism === 'OAUTHBEARER' ? TOKEN_HANDLER : PASSWORD_HANDLER;
  return new Map([...settings, [CALLBACK_HANDLER, handler]]);
}

export function withPrefix(prefix: string, settings: Settings): Settings {
  return new Map([...settings].map(([key, value]) => [`${prefix}${key}`, value]));
}
