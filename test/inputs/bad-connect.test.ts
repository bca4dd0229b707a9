import { describe, expect, test } from 'vitest';
import { CERTIFICATE, ENCRYPTED_KEY, eachBadInput, parse, problemsOf, SYNC } from './reading.ts';

const apply = { command: 'apply', 'connect-url': 'http://connect:8083', connectors: 'c/*.json' };

describe('bad input: Kafka Connect', () => {
  eachBadInput({
    'credentials in the URL': {
      given: { ...apply, 'connect-url': 'https://mm2:hunter2hunter2@connect:8083' },
      problem: {
        input: 'connect-url',
        expected: 'one base URL with http:// or https://',
        seen: 'a URL with credentials (hidden)',
        hint: 'Give them as connect-username and connect-password; a URL ends up in logs.',
      },
    },
    'no scheme': {
      given: { ...apply, 'connect-url': 'connect:8083' },
      problem: {
        input: 'connect-url',
        expected: 'one base URL with http:// or https://',
        seen: '"connect:8083"',
        hint: 'Put the scheme before it: http://connect.internal:8083.',
      },
    },
    'another scheme': {
      given: { ...apply, 'connect-url': 'ftp://connect:8083' },
      problem: {
        input: 'connect-url',
        expected: 'one base URL with http:// or https://',
        seen: '"ftp://connect:8083"',
        hint: 'Kafka Connect speaks HTTP.',
      },
    },
    'several workers': {
      given: { ...apply, 'connect-url': 'http://a:8083,http://b:8083' },
      problem: {
        input: 'connect-url',
        expected: 'one base URL with http:// or https://',
        seen: '"http://a:8083,http://b:8083"',
        hint: 'Give one worker, or a load balancer before all of them.',
      },
    },
    'a placeholder': {
      given: { ...apply, 'connect-url': 'http://{CONNECT_HOST}:8083' },
      problem: {
        input: 'connect-url',
        expected: 'one base URL with http:// or https://',
        seen: '"http://{CONNECT_HOST}:8083"',
        hint: 'The placeholder was not replaced.',
      },
    },
    'a bad port': {
      given: { ...apply, 'connect-url': 'http://connect:80833' },
      problem: {
        input: 'connect-url',
        expected: 'one base URL with http:// or https://',
        seen: '"http://connect:80833"',
        hint: 'Check host and port: http://connect.internal:8083.',
      },
    },
    'a query': {
      given: { ...apply, 'connect-url': 'http://connect:8083/?token=hunter2hunter2' },
      problem: {
        input: 'connect-url',
        expected: 'one base URL with http:// or https://',
        seen: 'a URL with a query or a fragment (hidden)',
        hint: 'Leave out what follows the ? or #.',
      },
    },
    'the path of a resource': {
      given: { ...apply, 'connect-url': 'http://connect:8083/connectors/' },
      problem: {
        input: 'connect-url',
        expected: 'one base URL with http:// or https://',
        seen: '"http://connect:8083/connectors/"',
        hint: 'Leave out /connectors: the base URL is wanted.',
      },
    },
    'a password without a user': {
      given: { ...apply, 'connect-password': 'hunter2hunter2' },
      problem: {
        input: 'connect-username',
        expected: 'a value, since connect-password is given',
        seen: 'nothing',
        hint: 'Give both, or leave out connect-password.',
      },
    },
    'token and user': {
      given: {
        ...apply,
        'connect-url': 'https://c',
        'connect-token': 'hunter2hunter2',
        'connect-username': 'u',
        'connect-password': 'hunter2hunter2',
      },
      problem: {
        input: 'connect-token',
        expected: 'either connect-token or connect-username',
        seen: 'both',
        hint: 'The server reads one Authorization header: leave one of the two out.',
      },
    },
    'a user name with a colon': {
      given: { ...apply, 'connect-username': 'u:hunter2hunter2', 'connect-password': 'x' },
      problem: {
        input: 'connect-username',
        expected: 'a user name without a colon',
        seen: 'a text with a colon (hidden)',
        hint: 'Basic authentication ends the user name at the first colon (RFC 7617); the password has its own input.',
      },
    },
    'a token with its scheme': {
      given: { ...apply, 'connect-token': 'Bearer hunter2hunter2' },
      problem: {
        input: 'connect-token',
        expected: 'one token without spaces',
        seen: 'a token with spaces or other signs (hidden)',
        hint: 'Leave out the word Bearer.',
      },
    },
    'a token of several lines': {
      given: { ...apply, 'connect-token': 'hunter2\nhunter2' },
      problem: {
        input: 'connect-token',
        expected: 'one token without spaces',
        seen: 'a token with spaces or other signs (hidden)',
        hint: 'Copy the token alone, on one line.',
      },
    },
    'a certificate without key': {
      given: { ...apply, 'connect-url': 'https://c', 'connect-certificate': CERTIFICATE },
      problem: {
        input: 'connect-key',
        expected: 'a value, since connect-certificate is given',
        seen: 'nothing',
        hint: 'Give both, or leave out connect-certificate.',
      },
    },
    'an encrypted key': {
      given: { ...apply, 'connect-url': 'https://c', 'connect-certificate': CERTIFICATE, 'connect-key': ENCRYPTED_KEY },
      problem: {
        input: 'connect-key',
        expected: 'an unencrypted private key',
        seen: 'an encrypted private key',
        hint: 'Remove its password (openssl pkey -in FILE) and keep the result as a secret.',
      },
    },
    'TLS inputs with http': {
      given: { ...apply, 'connect-ca': CERTIFICATE },
      problem: {
        input: 'connect-ca',
        expected: 'connect-url with https://',
        seen: 'connect-url with http://',
        hint: 'Write https:// in connect-url, or leave out connect-ca.',
      },
    },
    'credentials without a URL': {
      given: { ...SYNC, 'connect-token': 'hunter2hunter2' },
      problem: {
        input: 'connect-token',
        expected: 'connect-url beside it',
        seen: 'connect-token without connect-url',
        hint: 'Give connect-url, or leave this out.',
      },
    },
  });
});

describe('the user of Connect in the config file that all commands share', () => {
  const given = { 'target-bootstrap-servers': 'new-1:9092', 'connect-url': 'https://c', 'connect-username': 'mm2' };

  test.each(['rollback', 'export'])('needs no password for %s, which asks no worker', (command) => {
    const saved = command === 'rollback' ? { 'rollback-from': 'before.jsonl' } : {};
    expect(parse({ ...given, ...saved, command }).command).toBe(command);
  });

  test('needs it for a sync, which asks the worker for its version', () => {
    expect(problemsOf({ ...given, command: 'sync' }).map(({ input }) => input)).toEqual(['connect-password']);
  });
});
