// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect's config providers look like this
import { describe, expect, test } from 'vitest';
import { isSecretKey, redactText, redactValue, secretsOf } from '../../../src/domain/connectors/redact.ts';

const SCRAM = 'org.apache.kafka.common.security.scram.ScramLoginModule required username="u" password="hunter2!";';

describe('a login module that holds no secret is shown: a reviewer must see who signs in', () => {
  const KEY = 'source.cluster.sasl.jaas.config';
  const PLAIN = 'org.apache.kafka.common.security.plain.PlainLoginModule required';

  test.each([
    `${PLAIN} username="mm2" password="\${env:SOURCE_PASSWORD}";`,
    `${PLAIN} username=mm2 password=\${file:/run/secrets/kafka:password} ;`,
    'org.apache.kafka.common.security.scram.ScramLoginModule required username="mm2" password="${env:PW}" tokenauth=true;',
    'software.amazon.msk.auth.iam.IAMLoginModule required;',
    'software.amazon.msk.auth.iam.IAMLoginModule required awsRoleArn="arn:aws:iam::1:role/mm2";',
  ])('%s', (value) => {
    expect(redactValue(KEY, value)).toBe(value);
    expect(secretsOf([{ [KEY]: value }])).toEqual([]);
  });

  test.each([
    ['a secret beside a reference', `${PLAIN} username="mm2" password="hunter2\${env:PW}";`],
    ['an option that nobody knows', `${PLAIN} username="mm2" pin="1234" password="\${env:PW}";`],
    ['two modules', `${PLAIN} username="a" password="\${env:PW}"; ${PLAIN} username="b" password="hunter2";`],
    ['something behind the end', `${PLAIN} password="\${env:PW}"; hunter2`],
    ['a quote with an escape', `${PLAIN} username="mm2\\" password=hunter2" password="\${env:PW}";`],
    ['an empty value before the secret', `${PLAIN} username= password=hunter2;`],
    ['a comma for a space', `${PLAIN} username=bob,password=hunter2;`],
    ['a quote that is missing', `${PLAIN} username="bob password=hunter2";`],
    ['the default of a shell', `${PLAIN} username="bob" password="\${DB_PW:-hunter2}";`],
    ['something in braces that is no reference', `${PLAIN} username="bob" password="\${KAFKA_PASSWORD:hunter2}";`],
    [
      'a key in what should be a name',
      `${PLAIN} username="Endpoint=sb://x;SharedAccessKey=hunter2" password="\${env:P}";`,
    ],
    ['no semicolon', `${PLAIN} username="mm2" password="\${env:PW}"`],
  ])('but not with %s', (_what, value) => {
    expect(redactValue(KEY, value)).toBe('(hidden)');
  });
});

describe('a key is secret by its words, whatever its prefix', () => {
  test.each([
    'sasl.jaas.config',
    'source.cluster.sasl.jaas.config',
    'target.cluster.ssl.keystore.password',
    'producer.override.ssl.key.password',
    'consumer.override.ssl.truststore.password',
    'source.cluster.ssl.keystore.key',
    'source.consumer.sasl.oauthbearer.client.credentials.client.secret',
    'aws.secret.access.key',
    'aws.access.key.id',
    'basic.auth.user.info',
    'value.converter.schema.registry.basic.auth.user.info',
    'bearer.auth.token',
    'apiKey',
    'clientSecret',
    'SASL_PASSWORD',
    'proxy-password',
  ])('%s', (key) => expect(isSecretKey(key)).toBe(true));

  test.each([
    'name',
    'connector.class',
    'key.converter',
    'key.converter.schemas.enable',
    'topics',
    'source.cluster.bootstrap.servers',
    'source.cluster.ssl.keystore.location',
    'source.cluster.ssl.keystore.certificate.chain',
    'sasl.mechanism',
    'sasl.oauthbearer.token.endpoint.url',
    'tasks.max',
  ])('but not %s', (key) => expect(isSecretKey(key)).toBe(false));
});

describe('a value is shown or hidden', () => {
  test.each([
    ['topics', 'orders', 'orders'],
    ['sasl.jaas.config', SCRAM, '(hidden)'],
    ['ssl.key.password', '', ''],
    [
      'ssl.key.password',
      '${file:/opt/secrets.properties:key-password}',
      '${file:/opt/secrets.properties:key-password}',
    ],
    ['sasl.jaas.config', '${env:SASL_JAAS}', '${env:SASL_JAAS}'],
    ['ssl.key.password', '${env:A}${env:B}', '${env:A}${env:B}'],
    ['ssl.key.password', 'prefix${env:A}', '(hidden)'],
    ['ssl.key.password', '${noprovider}', '(hidden)'],
    ['transforms.x.text', SCRAM, '(hidden)'],
    ['note', '-----BEGIN PRIVATE KEY-----\nMIIE', '(hidden)'],
    ['ssl.truststore.certificates', '-----BEGIN CERTIFICATE-----\nMIIB', '-----BEGIN CERTIFICATE-----\nMIIB'],
    ['note', '-----BEGIN CERTIFICATE-----\nMIIB\n-----BEGIN RSA PRIVATE KEY-----\nMIIE', '(hidden)'],
    ['schema.url', 'https://user:hunter2@registry:8081', '(hidden)'],
    ['schema.url', 'https://registry:8081/a', 'https://registry:8081/a'],
  ])('%s = %s', (key, value, shown) => expect(redactValue(key, value)).toBe(shown));
});

describe('a text of the worker loses', () => {
  const secrets = secretsOf([
    {
      'sasl.jaas.config': SCRAM,
      'ssl.key.password': 'a"b\\c',
      'ssl.keystore.key': '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG\n-----END PRIVATE KEY-----',
      'ssl.keystore.password': 'x1',
      topics: 'orders',
    },
  ]);

  test.each([
    ['a whole value', `Invalid JAAS ${SCRAM} given`],
    ['the password inside of a JAAS line', 'login of u with hunter2! failed'],
    ['a value as JSON spells it', JSON.stringify({ p: 'a"b\\c' })],
    ['a value as a URL spells it', `http://x/?p=${encodeURIComponent('a"b\\c')}`],
    ['a line of a PEM body', 'cannot decode MIIEvQIBADANBgkqhkiG at 3'],
    ['a short secret that stands alone', 'value x1 is wrong'],
  ])('%s', (_, text) => {
    const shown = redactText(text, secrets);
    expect(shown).toContain('(hidden)');
    for (const leak of ['hunter2!', 'a"b\\c', 'a\\"b\\\\c', 'a%22b%5Cc', 'MIIEvQIBADANBgkqhkiG', ' x1 ']) {
      expect(shown).not.toContain(leak);
    }
  });

  test('nothing that is no secret', () => {
    const text = 'Invalid value zero for configuration tasks.max: Not a number of type INT (topics orders, prefix1x1y)';
    expect(redactText(text, secrets)).toBe(text);
  });

  test('what it never saw but what looks like a secret', () => {
    const text = [
      'Invalid value resolved-by-worker for configuration source.cluster.ssl.key.password: too short',
      'org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="pw-unseen";',
      'password=pw-unseen, ok',
      'sasl.password: pw-unseen',
      'Authorization: Basic dXNlcjpwdy11bnNlZW4=',
      'https://u:pw-unseen@host/',
      '-----BEGIN RSA PRIVATE KEY-----\nc2VjcmV0LWtleQ==\n-----END RSA PRIVATE KEY-----',
    ].join('\n');
    const shown = redactText(text, []);
    for (const leak of ['resolved-by-worker', 'pw-unseen', 'dXNlcjpwdy11bnNlZW4', 'c2VjcmV0']) {
      expect(shown).not.toContain(leak);
    }
    expect(shown).toContain('for configuration source.cluster.ssl.key.password: too short');
  });

  test('a placeholder is no secret', () => {
    expect(secretsOf([{ 'sasl.jaas.config': '${env:SASL_JAAS}' }])).toEqual([]);
  });
});
