/** The login modules of a JAAS entry that are understood, and what each one's options say. */
import { registerPassword } from '../secret-forms.ts';
import { oneOf, show } from '../values/show.ts';
import type { PropertiesReader } from './client-properties.ts';
import { parseJaas } from './jaas.ts';

export type LoginFamily = 'plain' | 'scram' | 'iam';

/** What a JAAS entry says. */
export type Login =
  | {
      readonly family: 'plain' | 'scram';
      readonly username: string;
      /** Empty only where no secrets are needed. */
      readonly password: string;
    }
  | {
      readonly family: 'iam';
      /** `awsProfileName`. */
      readonly profile: string | null;
    };

/** As messages name them. */
export const LOGIN_MODULES: Readonly<Record<LoginFamily, string>> = {
  plain: 'PlainLoginModule',
  scram: 'ScramLoginModule',
  iam: 'IAMLoginModule',
};

/** The last two sign in to Amazon MSK; the last one by OAUTHBEARER. */
const FAMILIES: ReadonlyMap<string, LoginFamily> = new Map<string, LoginFamily>([
  ['org.apache.kafka.common.security.plain.PlainLoginModule', 'plain'],
  ['org.apache.kafka.common.security.scram.ScramLoginModule', 'scram'],
  ['software.amazon.msk.auth.iam.IAMLoginModule', 'iam'],
  ['org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule', 'iam'],
]);

/** Options of aws-msk-iam-auth that change nothing about who signs in. */
const IAM_TUNING = new Set(['awsProfileName', 'awsDebugCreds', 'awsMaxRetries', 'awsMaxBackOffTimeMs']);

/** null: no entry, or a problem that was reported. */
export function readLogin(properties: PropertiesReader): Login | null {
  const text = properties.value('sasl.jaas.config');
  if (text === null) return null;
  const jaas = parseJaas(text);
  if ('problem' in jaas) {
    const expected = 'a login module with its options, ended by a semicolon,';
    const hint = 'Java needs: …ScramLoginModule required username="…" password="…"; with quotes around both.';
    properties.problem('sasl.jaas.config', expected, `an entry with ${jaas.problem}`, hint);
    return null;
  }
  const { loginModule, options } = jaas.entry;
  for (const [name, value] of options) {
    if (/password|secret|token|accesskey/i.test(name)) registerPassword(properties.inputs, value);
  }
  const family = FAMILIES.get(loginModule);
  if (family === undefined) {
    refuseModule(properties, loginModule);
    return null;
  }
  return family === 'iam' ? readIam(properties, options) : readPassword(properties, family, options);
}

function readPassword(
  properties: PropertiesReader,
  family: 'plain' | 'scram',
  options: ReadonlyMap<string, string>,
): Login | null {
  const username = options.get('username') ?? '';
  const password = options.get('password') ?? '';
  if ((username === '' || password === '') && properties.inputs.secretsNeeded) {
    const missing = username === '' ? 'username' : 'password';
    const hint = 'Write both into the entry, in quotes.';
    properties.problem('sasl.jaas.config', 'username and password', `an entry without ${missing}`, hint);
    return null;
  }
  return { family, username, password };
}

/** A role that is not assumed would be another principal: never passed over. */
function readIam(properties: PropertiesReader, options: ReadonlyMap<string, string>): Login {
  const others = [...options.keys()].filter((name) => !IAM_TUNING.has(name));
  if (others.includes('awsRoleArn')) {
    const hint =
      'Assume the role in a step before this one (aws-actions/configure-aws-credentials with role-to-assume), or give awsProfileName of a profile that assumes it.';
    properties.problem('sasl.jaas.config', 'no awsRoleArn', 'awsRoleArn', hint);
  } else if (others.length > 0) {
    properties.inputs.notice(
      `${properties.name}: not used in sasl.jaas.config: ${oneOf(others.map(show), 'and')}; credentials come from the standard AWS chain.`,
    );
  }
  return { family: 'iam', profile: options.get('awsProfileName') || null };
}

function refuseModule(properties: PropertiesReader, loginModule: string): void {
  const hint = /Krb5/.test(loginModule)
    ? 'Kerberos cannot be spoken: give the properties of a listener with SCRAM, PLAIN, IAM or a client certificate.'
    : 'Check the class name of the login module.';
  const seen = /Module$/.test(loginModule) ? `login module ${show(loginModule)}` : 'another login module (hidden)';
  properties.problem('sasl.jaas.config', oneOf(Object.values(LOGIN_MODULES)), seen, hint);
}
