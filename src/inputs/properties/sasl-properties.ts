import type { SaslInputs } from '../typed-inputs.ts';
import { show } from '../values/show.ts';
import type { ClientProperties, PropertiesReader, Protocol } from './client-properties.ts';
import { parseJaas } from './jaas.ts';

type Mechanism = SaslInputs['mechanism'];

export interface JaasCredentials {
  readonly username: string;
  readonly password: string;
  /** The mechanisms that its login module is for. */
  readonly family: 'plain' | 'scram';
}

const MECHANISMS: ReadonlyMap<string, Mechanism> = new Map<string, Mechanism>([
  ['PLAIN', 'plain'],
  ['SCRAM-SHA-256', 'scram-sha-256'],
  ['SCRAM-SHA-512', 'scram-sha-512'],
]);
const FAMILIES: ReadonlyMap<string, JaasCredentials['family']> = new Map<string, JaasCredentials['family']>([
  ['org.apache.kafka.common.security.plain.PlainLoginModule', 'plain'],
  ['org.apache.kafka.common.security.scram.ScramLoginModule', 'scram'],
]);
const INSTEAD =
  'This version signs in by SCRAM, PLAIN or a client certificate: give the properties of such a listener.';

export function readPropertiesSasl(
  properties: PropertiesReader,
  protocol: ClientProperties['protocol'],
): Pick<ClientProperties, 'mechanism' | 'credentials'> {
  const mechanism = readMechanism(properties);
  // An unreadable mechanism says it all; its JAAS entry would only repeat it.
  if (mechanism === undefined) return { mechanism: null, credentials: null };
  if (protocol === 'unusable') return { mechanism, credentials: readCredentials(properties) };
  if (protocol?.sasl && mechanism === null && !properties.inputs.isGiven(authOf(properties))) {
    const hint = 'Without it Java takes GSSAPI (Kerberos), which this version cannot speak.';
    properties.problem('sasl.mechanism', 'PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512', 'nothing', hint);
  }
  if (!protocol?.sasl) refuseWithoutSasl(properties, protocol);
  return { mechanism, credentials: readCredentials(properties) };
}

/** Java would connect without signing in, and the broker would answer with a time-out. */
function refuseWithoutSasl(properties: PropertiesReader, protocol: Protocol | null): void {
  if (properties.inputs.isGiven(authOf(properties))) return;
  for (const key of ['sasl.mechanism', 'sasl.jaas.config'] as const) {
    if (properties.value(key) === null) continue;
    const seen = protocol === null ? `${key} without security.protocol` : `${key} with a protocol without SASL`;
    const hint = `Java ignores ${key} then: correct the protocol, or remove ${key}.`;
    properties.problem('security.protocol', 'SASL_SSL or SASL_PLAINTEXT', seen, hint);
    return;
  }
}

/** null: absent; undefined: not one of ours, which is reported. */
function readMechanism(properties: PropertiesReader): Mechanism | null | undefined {
  const text = properties.value('sasl.mechanism');
  if (text === null) return null;
  const mechanism = MECHANISMS.get(text.toUpperCase());
  if (mechanism === undefined) {
    const hint =
      text === 'AWS_MSK_IAM' || text === 'OAUTHBEARER' || text === 'GSSAPI' ? INSTEAD : 'Check the spelling.';
    properties.problem('sasl.mechanism', 'PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512', show(text), hint);
  }
  return mechanism;
}

function readCredentials(properties: PropertiesReader): JaasCredentials | null {
  const text = properties.value('sasl.jaas.config');
  if (text === null) return null;
  const jaas = parseJaas(text);
  if ('problem' in jaas) {
    const expected = 'a login module with username and password, ended by a semicolon,';
    const hint = 'Java needs: …ScramLoginModule required username="…" password="…"; with quotes around both.';
    properties.problem('sasl.jaas.config', expected, `an entry with ${jaas.problem}`, hint);
    return null;
  }
  const family = FAMILIES.get(jaas.entry.loginModule);
  if (family === undefined) {
    refuseModule(properties, jaas.entry.loginModule);
    return null;
  }
  const username = jaas.entry.options.get('username') ?? '';
  const password = jaas.entry.options.get('password') ?? '';
  if (username === '' || password === '') {
    const missing = username === '' ? 'username' : 'password';
    const hint = 'Write both into the entry, in quotes.';
    properties.problem('sasl.jaas.config', 'username and password', `an entry without ${missing}`, hint);
    return null;
  }
  return { username, password, family };
}

function refuseModule(properties: PropertiesReader, loginModule: string): void {
  const hint = /IAM|OAuth|Krb5/.test(loginModule) ? INSTEAD : 'Check the class name of the login module.';
  const seen = /Module$/.test(loginModule) ? `login module ${show(loginModule)}` : 'another login module (hidden)';
  properties.problem('sasl.jaas.config', 'PlainLoginModule or ScramLoginModule', seen, hint);
}

function authOf(properties: PropertiesReader): 'source-auth' | 'target-auth' {
  return properties.name === 'source-properties' ? 'source-auth' : 'target-auth';
}
