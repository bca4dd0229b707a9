// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect's config providers look like this
/** Secrets and what stands in their place. No message holds a value of a key that may be secret. */
import { isPlaceholder, isSecretEntry, isSecretKey } from '../../redact.ts';
import { type JaasOption, readJaas } from '../jaas-text.ts';
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { foreignReference, isUnreplaced } from '../placeholders.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

const REFERENCE = 'Refer to it with a config provider of the worker, e.g. ${env:NAME} or ${file:/path:key}.';
const DEFAULT_PASSWORDS = new Set(
  'changeit changeme password passw0rd secret admin admin-secret kafka test test1234 confluent 123456 12345678'.split(
    ' ',
  ),
);
const ADMINS = new Set(['admin', 'administrator', 'root', 'superuser', 'super', 'kafka', 'kafka-admin', 'kafkaadmin']);

export const SECRET_RULES: readonly Rule[] = [
  rule({
    id: 'secret-in-plain-text',
    severity: 'error',
    title: 'A secret stands in the file',
    effect: "Everybody who reads the repository, `GET /connectors` or the worker's config topic has it.",
    hint: REFERENCE,
    test: (view) => each(view, (key, value) => (holdsSecret(key, value) ? 'holds a secret as plain text.' : null)),
  }),
  rule({
    id: 'default-password',
    severity: 'warning',
    title: 'A password that everybody knows',
    effect: 'It protects nothing.',
    hint: `Change it. ${REFERENCE}`,
    test: (view) =>
      each(view, (key, value) =>
        secretTexts(key, value).some((text) => DEFAULT_PASSWORDS.has(text))
          ? 'is a well-known default password.'
          : null,
      ),
  }),
  rule({
    id: 'placeholder-unreplaced',
    severity: 'error',
    title: "A template's token was left as it is",
    effect: 'Kafka takes the token for the value: nothing can connect or sign in with it.',
    hint: `Write the value that is meant; of a secret, refer to it with a config provider of the worker.`,
    test: (view) =>
      each(view, (key, value) =>
        texts(key, value).some((text) => isUnreplaced(key, text)) ? 'still holds the token of a template.' : null,
      ),
  }),
  rule({
    id: 'placeholder-foreign',
    severity: 'error',
    title: 'A reference that Connect does not resolve (`${FOO}`, `$FOO`, `{{ … }}`, `${{ … }}`)',
    effect:
      'Connect resolves ${provider:key} and ${provider:path:key} only, and takes everything else for the value itself.',
    hint: REFERENCE,
    test: (view) =>
      each(view, (key, value) => {
        const form = foreignReference(key, value);
        return form === null ? null : `holds a reference of the form ${form}.`;
      }),
  }),
  rule({
    id: 'admin-user',
    severity: 'warning',
    title: "An administrator's user name is written down",
    effect: 'MM2 works with more rights than it needs, and a leaked config opens the whole cluster.',
    hint: 'Make a user for MM2 with the permissions of the README, and refer to it with a config provider.',
    test: (view) =>
      each(view, (key, value) => {
        const user = options(key, value).find((option) => option.key.toLowerCase() === 'username');
        return user !== undefined && ADMINS.has(user.value.toLowerCase()) ? 'signs in as an administrator.' : null;
      }),
  }),
  rule({
    id: 'same-credentials',
    severity: 'notice',
    title: 'The same credentials for source and target',
    effect: 'That is rarely meant: most often one side was copied from the other.',
    hint: 'Give each side its own user.',
    test: (view) => view.of('source', 'checkpoint').flatMap((connector) => sameOnBothSides(connector)),
  }),
];

/** True unless all that is secret in the value is a reference or nothing at all. */
function holdsSecret(key: string, value: string): boolean {
  if (!isSecretEntry(key, value)) return false;
  if (!isJaas(key, value)) return !isKnownToBeNone(key, value.trim());
  const { module, problem } = readJaas(value);
  const secrets = options(key, value).filter((option) => isSecretKey(option.key));
  // Of a text that cannot be read nothing is known, unless its options can be told.
  if (module === null || (problem !== null && secrets.length === 0)) return !isUnreplaced(key, value.trim());
  return secrets.some((option) => option.value !== '' && !isKnownToBeNone(option.key, option.value));
}

/** What another rule tells of, and is no secret. */
function isKnownToBeNone(key: string, value: string): boolean {
  if (isPlaceholder(value) || isUnreplaced(key, value) || foreignReference(key, value) !== null) return true;
  // Whatever a truststore holds is public; its default password gives nothing away.
  return key.endsWith('truststore.password') && DEFAULT_PASSWORDS.has(value);
}

function isJaas(key: string, value: string): boolean {
  return key.endsWith('sasl.jaas.config') || /LoginModule\s/.test(value);
}

function options(key: string, value: string): readonly JaasOption[] {
  return isJaas(key, value) ? readJaas(value).options : [];
}

/** The texts that may be a token: the value, or the options of a JAAS text. */
function texts(key: string, value: string): readonly string[] {
  return [value.trim(), ...options(key, value).map((option) => option.value.trim())];
}

function secretTexts(key: string, value: string): readonly string[] {
  const inJaas = options(key, value).filter((option) => isSecretKey(option.key));
  return [...(isSecretKey(key) ? [value.trim()] : []), ...inJaas.map((option) => option.value)];
}

function each(view: LintView, tell: (key: string, value: string) => string | null): readonly Hit[] {
  return view.files.flatMap((connector) =>
    connector.entries.flatMap(([key, value]) => {
      const found = tell(key, value);
      return found === null ? [] : [hit(connector, key, `${view.quoteKey(key)} ${found}`)];
    }),
  );
}

function sameOnBothSides(connector: LintedConnector): readonly Hit[] {
  const key = 'target.cluster.sasl.jaas.config';
  const [source, target] = ['source.cluster.sasl.jaas.config', key].map((name) => connector.given(name)?.trim() ?? '');
  if (source === undefined || source === '' || source !== target) return [];
  const hasUser = isPlaceholder(source) || readJaas(source).options.some((option) => isSecretKey(option.key));
  return hasUser ? [hit(connector, key, `${key} is the same as that of the source.`)] : [];
}
