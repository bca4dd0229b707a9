/** A Java client's properties file → what it says about one cluster. */
import type { InputReader } from '../input-reader.ts';
import type { Side } from '../schema/input-spec.ts';
import { registerPassword } from '../secret-forms.ts';
import type { SaslInputs } from '../typed-inputs.ts';
import { show } from '../values/show.ts';
import { isForeignHandler, isTuning, READ_KEYS, type ReadKey, SECRET_KEY, UPPER_CASE_NAMES } from './client-keys.ts';
import { isInlineProperties } from './inline.ts';
import { parseJavaProperties } from './java-properties.ts';
import type { Login } from './login-modules.ts';
import { readPropertiesSasl } from './sasl-properties.ts';

export type PropertiesName = `${Side}-properties`;

/** One properties file while it is read. */
export interface PropertiesReader {
  readonly inputs: InputReader;
  readonly name: PropertiesName;
  /** Trimmed as Kafka trims; null: absent or empty. */
  readonly value: (key: ReadKey) => string | null;
  readonly problem: (key: string, expected: string, seen: string, hint: string) => void;
}

export interface Protocol {
  readonly tls: boolean;
  readonly sasl: boolean;
}

export interface ClientProperties {
  /** Keys with a value, to find inputs that say the same. */
  readonly keys: ReadonlySet<ReadKey>;
  readonly bootstrapServers: string | null;
  /** null: `security.protocol` is not there; unusable: it is, and its problem is reported. */
  readonly protocol: Protocol | 'unusable' | null;
  readonly mechanism: SaslInputs['mechanism'] | null;
  readonly login: Login | null;
  readonly verifyHost: boolean;
  /** For the stores, which are read only if they are used: `store-properties.ts`. */
  readonly reader: PropertiesReader;
}

/** null: not given, or not readable as properties, which is reported. */
export function readClientProperties(inputs: InputReader, name: PropertiesName): ClientProperties | null {
  const entries = loadEntries(inputs, name);
  if (entries === null) return null;
  const values = trimAndRename(entries);
  for (const [key, value] of values) if (SECRET_KEY.test(key)) registerPassword(inputs, value);
  sayUnusedKeys(inputs, name, values);

  const properties: PropertiesReader = {
    inputs,
    name,
    value: (key) => values.get(key) || null,
    problem: (key, expected, seen, hint) => inputs.problem(name, `${expected} in ${key}`, seen, hint),
  };
  const protocol = readProtocol(properties);
  if (inputs.secretsNeeded) refuseReferences(properties, protocol);
  return {
    keys: new Set(READ_KEYS.filter((key) => properties.value(key) !== null)),
    bootstrapServers: properties.value('bootstrap.servers'),
    protocol,
    ...readPropertiesSasl(properties, protocol),
    verifyHost: readVerifyHost(properties, values.get('ssl.endpoint.identification.algorithm')),
    reader: properties,
  };
}

/** null: not given, or not readable as properties, which is reported. */
export function loadEntries(
  inputs: InputReader,
  name: PropertiesName | 'connector-properties',
): ReadonlyMap<string, string> | null {
  const given = inputs.given(name);
  if (given === null) return null;
  const inline = isInlineProperties(given);
  const file = inline ? { text: given } : inputs.readFile(given);
  if ('error' in file) {
    const hint = 'Check the path; no default is used in its place.';
    inputs.problem(name, 'the path of a readable properties file', `${show(given)} (${file.error})`, hint);
    return null;
  }
  // Java would take the mark for a part of the first key.
  const parsed = parseJavaProperties(file.text.replace(/^\uFEFF/, ''));
  if ('malformedLine' in parsed) {
    const hint = 'Java refuses this line too: write a backslash twice.';
    inputs.problem(
      name,
      'Java properties',
      `\\u without four hexadecimal digits on line ${parsed.malformedLine}`,
      hint,
    );
    return null;
  }
  if (parsed.entries.size === 0) {
    inputs.problem(name, 'Java properties', 'no key at all', 'Check that the right file or secret is given.');
    return null;
  }
  return parsed.entries;
}

function trimAndRename(entries: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...entries].map(([key, value]) => [UPPER_CASE_NAMES.get(key) ?? key, value.trim()]));
}

function sayUnusedKeys(inputs: InputReader, name: PropertiesName, values: ReadonlyMap<string, string>): void {
  const read: readonly string[] = READ_KEYS;
  const unused = [...values]
    .filter(([key, value]) => (read.includes(key) ? isForeignHandler(key, value) : !isTuning(key)))
    .map(([key]) => key);
  if (unused.length > 0) inputs.notice(`${name}: not used: ${unused.map(show).join(', ')}.`);
}

/** Connect resolves these for its connectors; here each would be the value itself, and end as a wrong password. */
function refuseReferences({ value, problem }: PropertiesReader, protocol: ClientProperties['protocol']): void {
  for (const key of READ_KEYS) {
    if (protocol !== null && protocol !== 'unusable' && isLeftOver(key, protocol)) continue;
    const [, provider] = /\$\{([A-Za-z][\w-]*):[^}]*\}/.exec(value(key) ?? '') ?? [];
    if (provider === undefined) continue;
    problem(
      key,
      'the value itself',
      `a reference \${${provider}:…}, which only a Connect worker resolves`,
      'Write the value, put in by a secret of the workflow, or leave the key out and give the inputs for it, e.g. username and password.',
    );
  }
}

/** A key that this protocol does not read. */
function isLeftOver(key: ReadKey, { tls, sasl }: Protocol): boolean {
  return (key.startsWith('ssl.') && !tls) || (key.startsWith('sasl.') && !sasl);
}

function readProtocol(properties: PropertiesReader): ClientProperties['protocol'] {
  const text = properties.value('security.protocol');
  if (text === null) return null;
  const match = /^(?:(PLAINTEXT)|(SASL_)?(?:(SSL)|(PLAINTEXT)))$/.exec(text.toUpperCase());
  if (match === null) {
    properties.problem(
      'security.protocol',
      'PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL',
      show(text),
      'Copy it from the properties of a client that works.',
    );
    return 'unusable';
  }
  return { tls: match[3] !== undefined, sasl: match[2] !== undefined };
}

/** As in Java, an empty value turns the check of the server's name off. */
function readVerifyHost(properties: PropertiesReader, text: string | undefined): boolean {
  if (text === undefined || text.toLowerCase() === 'https') return true;
  const key = 'ssl.endpoint.identification.algorithm';
  if (text === '') {
    properties.inputs.notice(`${properties.name}: an empty ${key} turns the check of host names in certificates off.`);
    return false;
  }
  properties.problem(key, 'https, or nothing to turn the check off', show(text), 'Leave the key out to check.');
  return true;
}
