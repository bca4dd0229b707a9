import { describe, expect, test } from 'vitest';
import { CERTIFICATE, ENCRYPTED_KEY, parse, problemsOf, type Raw, SYNC } from './reading.ts';

const NO_SECRETS = { secretsNeeded: false };

function target(raw: Raw, files: Raw = {}) {
  return parse({ ...SYNC, ...raw }, files, {}, NO_SECRETS).target;
}

describe('where no secrets are needed', () => {
  test('a missing password is an empty one', () => {
    const sasl = { 'target-auth': 'sasl-scram-512', 'target-username': 'mm2' };
    expect(target(sasl)?.sasl).toEqual({ mechanism: 'scram-sha-512', username: 'mm2', password: '' });
    expect(target({ 'target-auth': 'sasl-plain' })?.sasl).toMatchObject({ username: '', password: '' });
    expect(problemsOf({ ...SYNC, ...sasl })).toHaveLength(1);
  });

  test('a JAAS entry may have lost its password', () => {
    const text =
      'bootstrap.servers=b:9096\nsecurity.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="mm2" password="";';
    const raw = { command: 'sync', 'target-properties': text };
    expect(parse(raw, {}, {}, NO_SECRETS).target?.sasl).toEqual({ mechanism: 'plain', username: 'mm2', password: '' });
    expect(problemsOf(raw)).toHaveLength(1);
  });

  test('a key may be missing, unreadable, or without its password', () => {
    const mtls = { 'target-auth': 'mtls', 'target-certificate': CERTIFICATE };
    expect(target(mtls)?.tls).toMatchObject({ certificate: CERTIFICATE, key: null });
    expect(target({ ...mtls, 'target-key': '/run/secrets/key.pem' })?.tls).toMatchObject({ key: null });
    expect(target({ ...mtls, 'target-key': ENCRYPTED_KEY })?.tls).toMatchObject({ keyPassword: null });
    for (const raw of [
      mtls,
      { ...mtls, 'target-key': '/run/secrets/key.pem' },
      { ...mtls, 'target-key': ENCRYPTED_KEY },
    ])
      expect(problemsOf({ ...SYNC, ...raw })).toHaveLength(1);
  });

  test('a region may be missing', () => {
    expect(target({ 'target-auth': 'iam' })?.sasl).toEqual({ mechanism: 'iam', region: '' });
  });

  test('credentials for Connect may be half there', () => {
    const raw = { ...SYNC, 'connect-url': 'https://connect:8083', 'connect-username': 'admin' };
    expect(parse(raw, {}, {}, NO_SECRETS).connect).toMatchObject({ username: 'admin', password: null });
    expect(problemsOf(raw)).toHaveLength(1);
  });

  test('all else is still checked: the public parts, contradictions, spelling', () => {
    const raw = {
      ...SYNC,
      'target-auth': 'mtls',
      'target-ca': 'ca.pem',
      'target-username': 'mm2',
      'aws-region': 'Frankfurt',
      'target-key': 'hello\nhello',
    };
    expect(problemsOf(raw, {}, NO_SECRETS).map(({ input }) => input)).toEqual([
      'target-ca',
      'target-key',
      'target-username',
      'aws-region',
    ]);
  });
});
