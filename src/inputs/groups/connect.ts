import { asksConnect } from '../../domain/command-work.ts';
import type { Command } from '../../domain/verdicts.ts';
import type { InputReader } from '../input-reader.ts';
import { judgePair } from '../judge-keys.ts';
import { loadPem, originOf } from '../load-pem.ts';
import { CONNECT_INPUTS } from '../schema/connect.ts';
import { registerBasicAuth, registerPassword } from '../secret-forms.ts';
import type { ConnectInputs } from '../typed-inputs.ts';
import { parseHttpUrl } from '../values/http-url.ts';

const CREDENTIALS = CONNECT_INPUTS.map(({ name }) => name).filter((name) => name !== 'connect-url');

/** null: no `connect-url`, or nothing usable in it. */
export function readConnect(reader: InputReader, command: Command): ConnectInputs | null {
  const credentials = readCredentials(reader, command);
  const text = reader.given('connect-url');
  if (text === null) {
    for (const name of CREDENTIALS.filter((candidate) => reader.isGiven(candidate))) {
      reader.problem(
        name,
        'connect-url beside it',
        `${name} without connect-url`,
        'Give connect-url, or leave this out.',
      );
    }
    return null;
  }
  const result = parseHttpUrl(text);
  if ('fault' in result) {
    reader.fault('connect-url', result.fault);
    return null;
  }
  checkAgainstScheme(reader, result.url);
  return { url: result.url, ...credentials };
}

function readCredentials(reader: InputReader, command: Command): Omit<ConnectInputs, 'url'> {
  const username = reader.given('connect-username');
  const password = reader.given('connect-password');
  const token = reader.given('connect-token');
  // The config file of a repository names the user for all commands; those that ask no worker do without its secrets.
  if (asksConnect(command)) {
    checkPair(reader, 'connect-username', 'connect-password');
    checkPair(reader, 'connect-certificate', 'connect-key');
  }
  if (token !== null && username !== null) {
    const hint = 'The server reads one Authorization header: leave one of the two out.';
    reader.problem('connect-token', 'either connect-token or connect-username', 'both', hint);
  }
  if (username?.includes(':')) {
    const hint =
      'Basic authentication ends the user name at the first colon (RFC 7617); the password has its own input.';
    reader.problem('connect-username', 'a user name without a colon', 'a text with a colon (hidden)', hint);
  }
  if (token !== null && !/^[!-~]+$/.test(token)) {
    const hint = /^bearer\s/i.test(token) ? 'Leave out the word Bearer.' : 'Copy the token alone, on one line.';
    reader.problem('connect-token', 'one token without spaces', 'a token with spaces or other signs (hidden)', hint);
  }
  if (username !== null && password !== null) registerBasicAuth(reader, username, password);
  if (token !== null) registerPassword(reader, token);
  const ca = loadPem(reader, 'connect-ca', 'certificates')?.pem ?? null;
  return { username, password, token, ca, ...readClientCertificate(reader) };
}

function readClientCertificate(reader: InputReader): Pick<ConnectInputs, 'certificate' | 'key'> {
  const certificate = loadPem(reader, 'connect-certificate', 'certificates')?.pem ?? null;
  const key = readUnencryptedKey(reader);
  judgePair(reader, {
    certificate:
      certificate === null
        ? null
        : { pem: certificate, origin: originOf(reader, 'connect-certificate', 'certificates') },
    key: key === null ? null : { pem: { pem: key, encrypted: false }, origin: originOf(reader, 'connect-key', 'key') },
    keyPassword: null,
    passwordInput: 'connect-key',
  });
  return { certificate, key };
}

function readUnencryptedKey(reader: InputReader): string | null {
  const key = loadPem(reader, 'connect-key', 'key');
  if (key?.encrypted) {
    const hint = 'Remove its password (openssl pkey -in FILE) and keep the result as a secret.';
    reader.problem('connect-key', 'an unencrypted private key', 'an encrypted private key', hint);
    return null;
  }
  return key?.pem ?? null;
}

function checkPair(
  reader: InputReader,
  ...names: readonly ['connect-username', 'connect-password'] | readonly ['connect-certificate', 'connect-key']
): void {
  const [missing] = names.filter((name) => !reader.isGiven(name));
  const [present] = names.filter((name) => reader.isGiven(name));
  if (missing === undefined || present === undefined || !reader.secretsNeeded) return;
  reader.problem(missing, `a value, since ${present} is given`, 'nothing', `Give both, or leave out ${present}.`);
}

function checkAgainstScheme(reader: InputReader, url: string): void {
  if (url.startsWith('https:')) return;
  for (const name of ['connect-ca', 'connect-certificate', 'connect-key'] as const) {
    if (!reader.isGiven(name)) continue;
    const hint = `Write https:// in connect-url, or leave out ${name}.`;
    reader.problem(name, 'connect-url with https://', 'connect-url with http://', hint);
  }
  if (reader.isGiven('connect-password') || reader.isGiven('connect-token')) {
    reader.notice('connect-url is http://: the credentials for Kafka Connect cross the network readable.');
  }
}
