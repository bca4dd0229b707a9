import { describe } from 'vitest';
import { CERTIFICATE, ENCRYPTED_KEY, eachBadInput, KEY, pem, SYNC } from './reading.ts';

const mtls = { ...SYNC, 'target-auth': 'mtls' };
const sasl = {
  ...SYNC,
  'target-auth': 'sasl-scram-512',
  'target-username': 'mm2',
  'target-password': 'hunter2hunter2',
};

describe('bad input: signing in', () => {
  eachBadInput({
    'an unknown method': {
      given: { ...SYNC, 'target-auth': 'kerberos' },
      problem: {
        input: 'target-auth',
        expected: 'none, tls, mtls, sasl-plain, sasl-scram-256, sasl-scram-512 or iam',
        seen: '"kerberos"',
        hint: 'Write it as listed, in lower case.',
      },
    },
    'a misspelt method': {
      given: { ...SYNC, 'target-auth': 'sasl-scram512' },
      problem: {
        input: 'target-auth',
        expected: 'none, tls, mtls, sasl-plain, sasl-scram-256, sasl-scram-512 or iam',
        seen: '"sasl-scram512"',
        hint: 'Did you mean sasl-scram-512? Write it as listed, in lower case.',
      },
    },
    'a user without SASL': {
      given: { ...SYNC, 'target-username': 'mm2' },
      problem: {
        input: 'target-username',
        expected: 'a sasl- method in target-auth',
        seen: 'target-username with no target-auth (none)',
        hint: 'Set target-auth to the mechanism of the listener, or leave the credentials out.',
      },
    },
    'a password without SASL': {
      given: { ...SYNC, 'target-auth': 'tls', 'target-password': 'hunter2hunter2' },
      problem: {
        input: 'target-password',
        expected: 'a sasl- method in target-auth',
        seen: 'target-password with target-auth tls',
        hint: 'Set target-auth to the mechanism of the listener, or leave the credentials out.',
      },
    },
    'an authority without TLS': {
      given: { ...SYNC, 'target-ca': CERTIFICATE },
      problem: {
        input: 'target-ca',
        expected: 'TLS to be spoken',
        seen: 'target-ca with no target-auth (none)',
        hint: 'Choose a target-auth with TLS, or leave it out.',
      },
    },
    'a client certificate without mtls': {
      given: { ...SYNC, 'target-auth': 'tls', 'target-certificate': CERTIFICATE },
      problem: {
        input: 'target-certificate',
        expected: 'mtls in target-auth',
        seen: 'target-certificate with target-auth tls',
        hint: 'Set target-auth: mtls to present a client certificate.',
      },
    },
    'mtls without a key': {
      given: { ...mtls, 'target-certificate': CERTIFICATE },
      problem: {
        input: 'target-key',
        expected: 'a client key, since target-auth mtls is given',
        seen: 'nothing',
        hint: 'Give target-certificate and target-key together, or a keystore in target-properties.',
      },
    },
    'mtls without a certificate': {
      given: { ...mtls, 'target-key': KEY },
      problem: {
        input: 'target-certificate',
        expected: 'a client certificate, since target-auth mtls is given',
        seen: 'nothing',
        hint: 'Give target-certificate and target-key together, or a keystore in target-properties.',
      },
    },
    'SASL without a password': {
      given: { ...SYNC, 'target-auth': 'sasl-plain', 'target-username': 'mm2' },
      problem: {
        input: 'target-password',
        expected: 'a password for SASL (plain)',
        seen: 'nothing',
        hint: 'Give target-username and target-password, or sasl.jaas.config in target-properties.',
      },
    },
    'SASL without a user': {
      given: { ...SYNC, 'target-auth': 'sasl-plain', 'target-password': 'hunter2hunter2' },
      problem: {
        input: 'target-username',
        expected: 'a username for SASL (plain)',
        seen: 'nothing',
        hint: 'Give target-username and target-password, or sasl.jaas.config in target-properties.',
      },
    },
    'SASL with a certificate and no key': {
      given: { ...sasl, 'target-certificate': CERTIFICATE },
      problem: {
        input: 'target-key',
        expected: 'a client key, since target-certificate is given',
        seen: 'nothing',
        hint: 'Give target-certificate and target-key together, or a keystore in target-properties.',
      },
    },
    'an authority with SASL over plaintext': {
      given: { ...sasl, 'target-tls': 'false', 'target-ca': CERTIFICATE },
      problem: {
        input: 'target-ca',
        expected: 'TLS to be spoken',
        seen: 'target-ca with target-auth sasl-scram-512',
        hint: 'Choose a target-auth with TLS, or leave it out.',
      },
    },
    'target-tls against the method': {
      given: { ...SYNC, 'target-auth': 'tls', 'target-tls': 'false' },
      problem: {
        input: 'target-tls',
        expected: 'true',
        seen: 'false with target-auth tls',
        hint: 'target-tls belongs to the sasl- methods: leave it out, and choose tls or none in target-auth.',
      },
    },
    'target-tls without a method': {
      given: { ...SYNC, 'target-tls': 'true' },
      problem: {
        input: 'target-tls',
        expected: 'false',
        seen: 'true with no target-auth (none)',
        hint: 'target-tls belongs to the sasl- methods: leave it out, and choose tls or none in target-auth.',
      },
    },
    'an encrypted key without its password': {
      given: { ...mtls, 'target-certificate': CERTIFICATE, 'target-key': ENCRYPTED_KEY },
      problem: {
        input: 'target-key-password',
        expected: 'the password of the encrypted key',
        seen: 'nothing',
        hint: 'Give the password that encrypts the key, or a key without one.',
      },
    },
    'key and certificate mixed up (1)': {
      given: { ...mtls, 'target-certificate': KEY, 'target-key': KEY },
      problem: {
        input: 'target-certificate',
        expected: 'certificates in PEM (-----BEGIN CERTIFICATE-----), as text or a path',
        seen: 'a private key (hidden)',
        hint: 'Give certificates only here; the key has its own input.',
      },
    },
    'key and certificate mixed up (2)': {
      given: { ...mtls, 'target-certificate': CERTIFICATE, 'target-key': CERTIFICATE },
      problem: {
        input: 'target-key',
        expected: 'a private key in PEM (-----BEGIN PRIVATE KEY-----), as text or a path',
        seen: 'a certificate',
        hint: 'Give the key only; certificates have their own input.',
      },
    },
    'a path without a file': {
      given: { ...SYNC, 'target-auth': 'tls', 'target-ca': 'certs/ca.pem' },
      problem: {
        input: 'target-ca',
        expected: 'certificates in PEM, as text or the path of a readable file',
        seen: '"certs/ca.pem" (no such file)',
        hint: 'Check path and permissions.',
      },
    },
    'a key path without a file': {
      given: { ...mtls, 'target-certificate': CERTIFICATE, 'target-key': 'certs/key.pem' },
      problem: {
        input: 'target-key',
        expected: 'a private key in PEM, as text or the path of a readable file',
        seen: 'a path that cannot be read (no such file)',
        hint: 'Check path and permissions.',
      },
    },
    'a file that is no PEM': {
      given: { ...SYNC, 'target-auth': 'tls', 'target-ca': 'ca.txt' },
      files: { 'ca.txt': 'hello' },
      problem: {
        input: 'target-ca',
        expected: 'certificates in PEM (-----BEGIN CERTIFICATE-----), as text or a path',
        seen: 'text without a BEGIN line',
        hint: 'Give the whole PEM text, from -----BEGIN to the END line.',
      },
    },
    'a binary file': {
      given: { ...SYNC, 'target-auth': 'tls', 'target-ca': 'ca.der' },
      files: { 'ca.der': '0\ufffd\u0000\u0001' },
      problem: {
        input: 'target-ca',
        expected: 'certificates in PEM (-----BEGIN CERTIFICATE-----), as text or a path',
        seen: 'a binary file',
        hint: 'Convert it to PEM, e.g. openssl x509 -inform der, or openssl pkcs12 -nodes for a store.',
      },
    },
    'base64 of PEM': {
      given: { ...SYNC, 'target-auth': 'tls', 'target-ca': btoa(CERTIFICATE) },
      problem: {
        input: 'target-ca',
        expected: 'certificates in PEM (-----BEGIN CERTIFICATE-----), as text or a path',
        seen: 'base64 of a PEM text',
        hint: 'Decode it first: base64 -d.',
      },
    },
    'base64 without its lines': {
      given: { ...SYNC, 'target-auth': 'tls', 'target-ca': 'MIIB\n'.repeat(100) },
      problem: {
        input: 'target-ca',
        expected: 'certificates in PEM (-----BEGIN CERTIFICATE-----), as text or a path',
        seen: 'base64 without BEGIN and END lines',
        hint: 'Put the -----BEGIN …----- and -----END …----- lines around it.',
      },
    },
    'a PEM text cut off': {
      given: { ...SYNC, 'target-auth': 'tls', 'target-ca': CERTIFICATE.slice(0, 90) },
      problem: {
        input: 'target-ca',
        expected: 'certificates in PEM (-----BEGIN CERTIFICATE-----), as text or a path',
        seen: 'a block without its END line',
        hint: 'The text was cut off: copy the whole file.',
      },
    },
    'BEGIN and END of two kinds': {
      given: { ...SYNC, 'target-auth': 'tls', 'target-ca': CERTIFICATE.replace('END CERT', 'END X CERT') },
      problem: {
        input: 'target-ca',
        expected: 'certificates in PEM (-----BEGIN CERTIFICATE-----), as text or a path',
        seen: 'BEGIN CERTIFICATE closed by END X CERTIFICATE',
        hint: 'Two files got mixed up: copy them again.',
      },
    },
    'PEM with a damaged body': {
      given: { ...SYNC, 'target-auth': 'tls', 'target-ca': CERTIFICATE.replace('MIIB', 'M*IB') },
      problem: {
        input: 'target-ca',
        expected: 'certificates in PEM (-----BEGIN CERTIFICATE-----), as text or a path',
        seen: 'a CERTIFICATE block that is not base64 of DER',
        hint: 'The text was changed on its way: copy the file again, line breaks included.',
      },
    },
    'a signing request': {
      given: { ...mtls, 'target-certificate': pem('CERTIFICATE REQUEST', 'MIIB'), 'target-key': KEY },
      problem: {
        input: 'target-certificate',
        expected: 'certificates in PEM (-----BEGIN CERTIFICATE-----), as text or a path',
        seen: 'a block of type CERTIFICATE REQUEST',
        hint: 'That is a signing request: give the certificate that the authority made from it.',
      },
    },
    'a public key': {
      given: { ...mtls, 'target-certificate': CERTIFICATE, 'target-key': pem('PUBLIC KEY', 'MIIB') },
      problem: {
        input: 'target-key',
        expected: 'a private key in PEM (-----BEGIN PRIVATE KEY-----), as text or a path',
        seen: 'a block of type PUBLIC KEY',
        hint: 'That is the public half: give the private key of the same pair.',
      },
    },
    'a key of SSH': {
      given: { ...mtls, 'target-certificate': CERTIFICATE, 'target-key': pem('OPENSSH PRIVATE KEY', 'MIIB') },
      problem: {
        input: 'target-key',
        expected: 'a private key in PEM (-----BEGIN PRIVATE KEY-----), as text or a path',
        seen: 'a block of type OPENSSH PRIVATE KEY',
        hint: 'Convert it: ssh-keygen -p -m PKCS8 -f FILE.',
      },
    },
    'two keys': {
      given: { ...mtls, 'target-certificate': CERTIFICATE, 'target-key': KEY + KEY },
      problem: {
        input: 'target-key',
        expected: 'a private key in PEM (-----BEGIN PRIVATE KEY-----), as text or a path',
        seen: '2 private keys',
        hint: 'Give the one key that belongs to the certificate.',
      },
    },
  });
});
