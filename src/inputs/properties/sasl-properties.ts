import type { SaslInputs } from '../typed-inputs.ts';
import { show } from '../values/show.ts';
import type { ClientProperties, PropertiesReader, Protocol } from './client-properties.ts';
import { readLogin } from './login-modules.ts';

type Mechanism = SaslInputs['mechanism'];

const MECHANISMS: ReadonlyMap<string, Mechanism> = new Map<string, Mechanism>([
  ['PLAIN', 'plain'],
  ['SCRAM-SHA-256', 'scram-sha-256'],
  ['SCRAM-SHA-512', 'scram-sha-512'],
  ['AWS_MSK_IAM', 'iam'],
]);
const EXPECTED = 'PLAIN, SCRAM-SHA-256, SCRAM-SHA-512 or AWS_MSK_IAM';
const KERBEROS = 'Kerberos cannot be spoken: give the properties of a listener with SCRAM, PLAIN, IAM or TLS.';

/** Makes OAUTHBEARER the sign-in of Amazon MSK: the token is signed with AWS credentials. */
const IAM_LOGIN_HANDLER = 'software.amazon.msk.auth.iam.IAMOAuthBearerLoginCallbackHandler';

export function readPropertiesSasl(
  properties: PropertiesReader,
  protocol: ClientProperties['protocol'],
): Pick<ClientProperties, 'mechanism' | 'login'> {
  const mechanism = readMechanism(properties);
  // An unreadable mechanism says it all; its JAAS entry would only repeat it.
  if (mechanism === undefined) return { mechanism: null, login: null };
  if (protocol === 'unusable') return { mechanism, login: readLogin(properties) };
  if (protocol?.sasl && mechanism === null && !properties.inputs.isGiven(authOf(properties))) {
    const hint = 'Without it Java takes GSSAPI (Kerberos), which cannot be spoken.';
    properties.problem('sasl.mechanism', EXPECTED, 'nothing', hint);
  }
  if (!protocol?.sasl) refuseWithoutSasl(properties, protocol);
  return { mechanism, login: readLogin(properties) };
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
  const name = text.toUpperCase();
  if (name === 'OAUTHBEARER') return readOauthBearer(properties);
  const mechanism = MECHANISMS.get(name);
  if (mechanism === undefined) {
    const hint = name === 'GSSAPI' ? KERBEROS : 'Check the spelling.';
    properties.problem('sasl.mechanism', EXPECTED, show(text), hint);
  }
  return mechanism;
}

function readOauthBearer(properties: PropertiesReader): Mechanism | undefined {
  const handler = properties.value('sasl.login.callback.handler.class');
  if (handler === IAM_LOGIN_HANDLER) return 'iam';
  const seen = handler === null ? 'OAUTHBEARER without that handler' : `OAUTHBEARER with ${show(handler)}`;
  const hint = 'Of OAUTHBEARER only the sign-in by IAM can be spoken; no other source of tokens is asked.';
  properties.problem('sasl.login.callback.handler.class', IAM_LOGIN_HANDLER, seen, hint);
  return undefined;
}

function authOf(properties: PropertiesReader): 'source-auth' | 'target-auth' {
  return properties.name === 'source-properties' ? 'source-auth' : 'target-auth';
}
