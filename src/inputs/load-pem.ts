/** An input that takes PEM text or a path → checked PEM text. */
import type { InputReader } from './input-reader.ts';
import { judgeCertificates, type Origin } from './judge-keys.ts';
import type { InputName } from './schema/schema.ts';
import { registerLines } from './secret-forms.ts';
import { checkCertificates, checkPrivateKey, looksLikePem } from './values/pem.ts';
import { show } from './values/show.ts';

export interface LoadedPem {
  readonly pem: string;
  readonly encrypted: boolean;
}

/** null: not given, or a problem that was reported. */
export function loadPem(reader: InputReader, name: InputName, content: 'certificates' | 'key'): LoadedPem | null {
  const value = reader.given(name);
  if (value === null) return null;
  const text = isPath(value) ? readPemFile(reader, name, value, content) : value;
  const checked = text === null ? null : checkPem(reader, name, text, content);
  if (checked === null || content === 'key') return checked;
  return judgeCertificates(reader, checked.pem, originOf(reader, name, content)) ? checked : null;
}

/** Reports a fault under `name`, which is an input or the key of a properties file. */
export function checkPem(
  reader: InputReader,
  name: string,
  text: string,
  content: 'certificates' | 'key',
): LoadedPem | null {
  if (content === 'key') registerLines(reader, text);
  const checked = content === 'key' ? checkPrivateKey(text) : checkCertificates(text);
  if ('fault' in checked) {
    reader.fault(name, checked.fault);
    return null;
  }
  if (content === 'key') registerLines(reader, checked.pem);
  return checked;
}

/** The input, with its path for certificates: what stands in the place of a key's path may be the key. */
export function originOf(reader: InputReader, name: InputName, content: 'certificates' | 'key'): Origin {
  const value = reader.given(name) ?? '';
  return { input: name, text: content === 'certificates' && isPath(value) ? `${name} (${show(value)})` : name };
}

/** A path is one short line; all else is taken for the text itself, so that a key in another form is not echoed. */
export function isPath(value: string): boolean {
  return !looksLikePem(value) && !value.includes('\n') && value.length < 1_000 && !/^LS0tLS1CRUdJTi/.test(value);
}

function readPemFile(
  reader: InputReader,
  name: InputName,
  value: string,
  content: 'certificates' | 'key',
): string | null {
  const file = reader.readFile(value);
  if ('text' in file) return file.text;
  if (content === 'key' && !reader.secretsNeeded) return null;
  const thing = content === 'key' ? 'a private key' : 'certificates';
  if (content === 'certificates' && !reader.secretsNeeded && !reader.generates) {
    // Often written from a secret in a step before.
    reader.notice(`${name} is not looked at: ${show(value)} (${file.error}).`);
    return null;
  }
  const seen = content === 'key' ? `a path that cannot be read (${file.error})` : `${show(value)} (${file.error})`;
  reader.problem(name, `${thing} in PEM, as text or the path of a readable file`, seen, 'Check path and permissions.');
  return null;
}
