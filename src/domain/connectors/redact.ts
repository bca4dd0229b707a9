/**
 * What may be shown of a connector config (invariant G). Connect itself masks nothing: GET config returns stored
 * plaintext, and `source.cluster.*` keys are in no ConfigDef, so neither `validate` nor a trace masks them.
 */
import type { ConfigMap } from './connector-config.ts';

export const HIDDEN = '(hidden)';

/** Words that make a key secret wherever they stand, also behind `source.cluster.` or `producer.override.`. */
const SECRET_WORDS = new Set([
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'secret',
  'jaas',
  'credential',
  'credentials',
]);
/** Words that make a key secret only as its last one: `ssl.keystore.key`, but not `key.converter`. */
const SECRET_ENDINGS = new Set(['key', 'token', 'userinfo', 'authorization', 'keyid']);
const SECRET_SUFFIXES = ['user.info', 'access.key.id'];
/** The reference syntax of Connect's config providers: ConfigTransformer.DEFAULT_PATTERN, whole value. */
const PLACEHOLDERS_ONLY = /^\s*(?:\$\{[^}:]*:(?:[^}:]*:)?[^}]*\}\s*)+$/;
const SECRET_LOOKS = [
  /LoginModule\s+(?:required|requisite|sufficient|optional)\b/i,
  /\bpassword\s*=/i,
  // A certificate is public, and a reviewer needs to see that it changed.
  /-----BEGIN (?!CERTIFICATE-----)[A-Z0-9 ]+-----/,
  /:\/\/[^/\s:@]*:[^/\s@]+@/,
];

export function isSecretKey(key: string): boolean {
  const lower = key.trim().toLowerCase();
  if (SECRET_SUFFIXES.some((suffix) => lower.endsWith(suffix))) return true;
  const words = key
    .trim()
    .replace(/([a-z0-9])([A-Z])/g, '$1.$2')
    .toLowerCase()
    .split(/[._\-/]+/);
  if (words.some((word) => SECRET_WORDS.has(word))) return true;
  return SECRET_ENDINGS.has(words.at(-1) ?? '');
}

/** True for a value made of config provider references alone, e.g. `${env:SASL_JAAS}`: it names a secret, holds none. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDERS_ONLY.test(value);
}

/** Options of login modules that say who signs in, and not with what. */
const PUBLIC_OPTIONS = new Set([
  'username',
  'tokenauth',
  'awsProfileName',
  'awsRoleArn',
  'awsRoleSessionName',
  'awsStsRegion',
]);
const LOGIN_MODULE =
  /^\s*[\w.$]+LoginModule\s+(?:required|requisite|sufficient|optional)((?:\s+\w+=(?:"[^"\\=,]*"|'[^'\\=,]*'|[^\s;"'\\=,]+))*)\s*;\s*$/;
/** One that a provider of Connect resolves; not what a shell would, which may hold the secret as its default. */
const PROVIDED =
  /^\$\{(?:env|file|dir|directory|secretsmanager|secretManager|ssm|vault|aws|azure|gcp):(?![-=?+])[^}]*\}$/;
const OPTION = /(\w+)=(?:"([^"]*)"|'([^']*)'|([^\s;"']+))/g;

/**
 * One login module that holds no secret: each option is public, or a reference. A reviewer has to see these, since who
 * signs in and where the secret comes from is what such a line changes. Values with `=` or `,` stay hidden: where a quote
 * or a value is missing, they hold the next option.
 */
function isPublicJaas(value: string): boolean {
  const options = LOGIN_MODULE.exec(value)?.[1];
  if (options === undefined) return false;
  return [...options.matchAll(OPTION)].every(([, name = '', double, single, bare]) => {
    const text = double ?? single ?? bare ?? '';
    return PROVIDED.test(text) || (PUBLIC_OPTIONS.has(name) && !text.includes('${'));
  });
}

export function isSecretEntry(key: string, value: string): boolean {
  if (value.trim() === '' || isPlaceholder(value) || isPublicJaas(value)) return false;
  return isSecretKey(key) || SECRET_LOOKS.some((pattern) => pattern.test(value));
}

/** The value, or `(hidden)` when the key or the look of the value says secret. */
export function redactValue(key: string, value: string): string {
  return isSecretEntry(key, value) ? HIDDEN : value;
}

/** Every text that must not appear in a message about these configs, longest first. */
export function secretsOf(configs: readonly ConfigMap[]): readonly string[] {
  const secrets = new Set<string>();
  for (const config of configs) {
    for (const [key, value] of Object.entries(config)) {
      if (isSecretEntry(key, value)) for (const part of secretParts(value)) secrets.add(part);
    }
  }
  return [...secrets].sort((a, b) => b.length - a.length);
}

/** A JAAS string leaks by its secret options, a PEM by each of its lines. */
function secretParts(value: string): readonly string[] {
  const options = [...value.matchAll(/([\w.-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s;"']+))/g)]
    .filter((match) => isSecretKey(match[1] ?? ''))
    .map((match) => match[2] ?? match[3] ?? match[4] ?? '');
  const lines = value
    .split(/\r?\n|\\n/)
    .map((line) => line.trim())
    .filter((line) => line.length >= 8 && !line.startsWith('-----'));
  return [value, value.trim(), ...options, ...lines].filter((part) => part.trim() !== '' && !isPlaceholder(part));
}

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?(?:-----END \1-----|$)/g, HIDDEN],
  [/[\w.$]*LoginModule\s+(?:required|requisite|sufficient|optional)\b[^\n;]*;?/gi, HIDDEN],
  [
    /(?<!for configuration [\w.-]{0,200})\b([\w.-]{0,200}(?:password|passwd|secret|passphrase))(\s*[=:]\s*)(?:\\?"[^"\n]*"|'[^'\n]*'|[^\s,;)}\]]+)/gi,
    `$1$2${HIDDEN}`,
  ],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9+/=._~-]{6,}/g, `$1 ${HIDDEN}`],
  [/:\/\/[^/\s:@]*:[^/\s@]+@/g, `://${HIDDEN}@`],
];

/**
 * Removes secrets from a text that the worker wrote: the given ones in any spelling a JSON body or a URL gives them,
 * then whatever looks like one. For 400 bodies and traces, which echo config values.
 */
export function redactText(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) {
    for (const spelling of new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])) {
      result = replaceSecret(result, spelling);
    }
  }
  // ConfigException's sentence: the value of a reference that only the worker can resolve stands between the words.
  result = result.replace(
    /Invalid value ([\s\S]*?) for configuration ([\w.-]+)/g,
    (whole, value: string, key: string) =>
      isSecretEntry(key, value) ? `Invalid value ${HIDDEN} for configuration ${key}` : whole,
  );
  for (const [pattern, replacement] of PATTERNS) result = result.replace(pattern, replacement);
  return result;
}

/** A secret of one to three characters is replaced only where it stands alone: else it would shred the sentence. */
function replaceSecret(text: string, secret: string): string {
  if (secret.length >= 4) return text.replaceAll(secret, HIDDEN);
  const escaped = secret.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\w])${escaped}(?![\\w])`, 'g'), HIDDEN);
}
