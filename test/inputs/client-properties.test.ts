import { describe, expect, test } from 'vitest';
import type { Inputs } from '../../src/inputs/typed-inputs.ts';
import { CERTIFICATE, ENCRYPTED_KEY, KEY, parse, type Raw } from './reading.ts';

const SCRAM = 'org.apache.kafka.common.security.scram.ScramLoginModule';

function sync(properties: readonly string[], others: Raw = {}, files: Raw = {}): Inputs {
  const text = ['bootstrap.servers=b-1:9096', ...properties].join('\n');
  return parse(
    { command: 'sync', 'target-properties': 'client.properties', ...others },
    { 'client.properties': text, ...files },
  );
}

const NO_CERTIFICATE = { certificate: null, key: null, keyPassword: null, verifyHost: true };

describe('a Java client properties file', () => {
  test('SCRAM over TLS, as clients have it', () => {
    const { target, notices } = sync([
      'security.protocol=SASL_SSL',
      'sasl.mechanism=SCRAM-SHA-512',
      `sasl.jaas.config=${SCRAM} required \\`,
      '  username="mm2" \\',
      '  password="p w;";',
    ]);
    expect(target?.sasl).toEqual({ mechanism: 'scram-sha-512', username: 'mm2', password: 'p w;' });
    expect(target?.tls).toEqual({ ca: null, ...NO_CERTIFICATE });
    expect(notices).toEqual([]);
  });

  test('the password may come from its own input', () => {
    const { target } = sync(['security.protocol=sasl_plaintext', 'sasl.mechanism=PLAIN'], {
      'target-username': 'mm2',
      'target-password': 'secret-1',
    });
    expect(target).toMatchObject({ tls: null, sasl: { mechanism: 'plain', username: 'mm2', password: 'secret-1' } });
  });

  test('PEM stores inline, on one line with spaces or with \\n', () => {
    const { target, secrets } = sync([
      'security.protocol=SSL',
      'ssl.truststore.type=PEM',
      `ssl.truststore.certificates=${CERTIFICATE.replaceAll('\n', ' ')}`,
      'ssl.keystore.type=pem',
      `ssl.keystore.certificate.chain=${CERTIFICATE.replaceAll('\n', '\\n')}`,
      `ssl.keystore.key=${ENCRYPTED_KEY.replaceAll('\n', ' \\\n')}`,
      'ssl.key.password=secret-2',
    ]);
    const tls = {
      ca: CERTIFICATE,
      certificate: CERTIFICATE,
      key: ENCRYPTED_KEY,
      keyPassword: 'secret-2',
      verifyHost: true,
    };
    expect(target?.tls).toEqual(tls);
    expect(secrets).toEqual(expect.arrayContaining(['secret-2', ...ENCRYPTED_KEY.split('\n').slice(1, 3)]));
  });

  test('PEM stores as files, the key after the certificate', () => {
    const { target } = sync(
      [
        'security.protocol=SSL',
        'ssl.truststore.type=PEM',
        'ssl.truststore.location=/ca',
        'ssl.keystore.location=/store',
      ],
      {},
      { '/ca': CERTIFICATE, '/store': KEY + CERTIFICATE },
    );
    expect(target?.tls).toEqual({ ...NO_CERTIFICATE, ca: CERTIFICATE, certificate: CERTIFICATE, key: KEY });
  });

  test('no protocol is plaintext, as in Java; an empty value is none', () => {
    expect(sync(['security.protocol=', 'ssl.truststore.location=']).target).toMatchObject({ tls: null, sasl: null });
  });

  test('an empty algorithm turns the check of host names off, and that is said', () => {
    const { target, notices } = sync(['security.protocol=SSL', 'ssl.endpoint.identification.algorithm=']);
    expect(target?.tls?.verifyHost).toBe(false);
    expect(notices.join()).toContain('turns the check of host names in certificates off');
  });

  test('tuning is passed over, other keys are said to be unused', () => {
    const tuning = [
      ...['group.id=g', 'client.id=c', 'auto.offset.reset=earliest', 'max.poll.records=1', 'fetch.min.bytes=1'],
      'sasl.login.refresh.window.factor=0.8',
      ...['key.deserializer=x', 'enable.auto.commit=false', 'session.timeout.ms=1', 'request.timeout.ms=1'],
    ];
    expect(sync(tuning).notices).toEqual([]);
    expect(sync([...tuning, 'ssl.protocol=TLSv1.3', 'sasl.client.callback.handler.class=x']).notices).toEqual([
      'target-properties: not used: "ssl.protocol", "sasl.client.callback.handler.class".',
    ]);
  });

  test('inline text does as well as a path', () => {
    expect(
      parse({ command: 'sync', 'target-properties': 'bootstrap.servers: b:9092' }).target?.bootstrapServers,
    ).toEqual(['b:9092']);
  });
});
