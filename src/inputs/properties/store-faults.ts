/** What is wrong with a store, as a problem: which key of the properties it belongs to, and what to do. */
import type { StoreFault, StoreRequest } from '../key-files.ts';
import { oneOf, show, showPath } from '../values/show.ts';
import type { PropertiesReader } from './client-properties.ts';

export type StoreKind = 'truststore' | 'keystore';

/** Faults that only say that a secret is not there. */
const FOR_WANT_OF_SECRETS: readonly StoreFault['kind'][] = ['unreadable', 'password-missing'];

const FORMATS = 'a store in PKCS12, JKS, JCEKS or PEM';

export function reportStoreFault(
  properties: PropertiesReader,
  kind: StoreKind,
  path: string,
  request: StoreRequest,
  fault: StoreFault,
): void {
  if (!properties.inputs.secretsNeeded && FOR_WANT_OF_SECRETS.includes(fault.kind)) return;
  const [key, expected, seen, hint] = describe(kind, showPath(path), request, fault);
  properties.problem(key, expected, seen, hint);
}

function describe(
  kind: StoreKind,
  file: string,
  request: StoreRequest,
  fault: StoreFault,
): readonly [key: string, expected: string, seen: string, hint: string] {
  const location = `ssl.${kind}.location`;
  switch (fault.kind) {
    case 'unreadable':
      return [location, 'the path of a readable store', `${file} (${fault.reason})`, 'Check path and permissions.'];
    case 'other-format':
      return [location, FORMATS, `${file}, which is ${fault.seen}`, fault.hint];
    case 'other-type':
      return [`ssl.${kind}.type`, `${fault.seen}, as the content of ${file}`, show(request.type ?? ''), LEAVE_OUT];
    case 'unknown-type':
      return [`ssl.${kind}.type`, 'PKCS12, JKS, JCEKS or PEM', show(request.type ?? ''), `Convert it: ${TO_PKCS12}`];
    case 'damaged':
      return [location, 'a whole store', `${file}, a damaged ${fault.format} file`, 'Copy the file again, as binary.'];
    case 'password-missing':
      return [`ssl.${kind}.password`, `the password of ${file}`, 'nothing', LIST];
    case 'password-wrong':
      return [`ssl.${kind}.password`, `the password of ${file}`, 'another password (hidden)', LIST];
    case 'key-password-wrong':
      return ['ssl.key.password', `the password of the key in ${file}`, seenKeyPassword(request), CHANGE_KEY_PASSWORD];
    case 'unknown-cipher':
      return [location, 'a store that can be decrypted', `${file}, with ${fault.cipher}`, `Convert it: ${TO_PKCS12}`];
    case 'no-key':
      return [location, 'a private key with its certificate', `${file} ${withoutKey(fault.aliases)}`, SWAPPED];
    case 'several-keys':
      return [location, 'one private key', `${file} with ${quoted(fault.aliases)}`, `Take one out: ${TAKE_ONE}`];
    case 'no-certificate':
      return [location, 'a key with its certificate', `${file}, whose ${quoted(fault.aliases)} has none`, IMPORT];
    case 'nothing-trusted':
      return [location, 'certificates of authorities', `${file}, which holds none`, IMPORT];
  }
}

const TO_PKCS12 = 'keytool -importkeystore -srckeystore FILE -destkeystore NEW -deststoretype PKCS12.';
const TAKE_ONE = 'keytool -importkeystore -srcalias ALIAS -srckeystore FILE -destkeystore NEW.';
const LEAVE_OUT = 'Correct the type, or leave it out: the content tells it.';
const LIST = 'keytool -list -keystore FILE opens it with the right one.';
const CHANGE_KEY_PASSWORD = 'Without ssl.key.password that of the store is taken, as in Java.';
const SWAPPED = 'Keystore and truststore may have been swapped.';
const IMPORT = 'keytool -importcert puts a certificate in.';

function seenKeyPassword({ keyPassword }: StoreRequest): string {
  return keyPassword === null ? 'nothing, and that of the store does not open it' : 'another password (hidden)';
}

function withoutKey(aliases: readonly string[]): string {
  return aliases.length === 0 ? 'without any entry' : `with trusted certificates only (${quoted(aliases)})`;
}

/** A truststore of Java holds 140 of them. */
function quoted(aliases: readonly string[]): string {
  const shown = aliases.slice(0, 5).map(show);
  return aliases.length > shown.length ? `${shown.join(', ')} …` : oneOf(shown, 'and');
}
