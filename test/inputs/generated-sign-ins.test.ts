import { describe, expect, test } from 'vitest';
import { CERTIFICATE, ENCRYPTED_KEY, filesOf, KEY, parse, problemsOf, type Raw } from './reading.ts';

const GENERATES = { secretsNeeded: false, generates: true };
const GIVEN: Raw = {
  command: 'plan',
  'source-bootstrap-servers': 'old-1:9094',
  'target-bootstrap-servers': 'new-1:9094',
  topics: 'orders.*',
};

const generate = (given: Raw, files: Raw = {}) => parse({ ...GIVEN, ...given }, files, {}, GENERATES);
const problems = (given: Raw, files: Raw = {}) => problemsOf({ ...GIVEN, ...given }, files, GENERATES);

describe.each(['source', 'target'])('the certificate of the %s', (side) => {
  const hint = `Give ${side}-certificate, or the worker’s own store in connector-properties: ${side}.cluster.ssl.keystore.location=….`;
  const missing = (why: string, seen = 'nothing') => [
    { input: `${side}-certificate`, expected: `a client certificate, since ${why} is given`, seen, hint },
  ];

  test('is demanded by mtls, though generate needs no secrets', () => {
    expect(problems({ [`${side}-auth`]: 'mtls' })).toEqual(missing(`${side}-auth mtls`));
  });

  test('is enough without its key, which the connectors only refer to', () => {
    const inputs = generate({ [`${side}-auth`]: 'mtls', [`${side}-certificate`]: CERTIFICATE });
    expect(inputs[side as 'source' | 'target']?.tls).toMatchObject({ certificate: CERTIFICATE, key: null });
  });

  test.each(['ssl.keystore.location=/etc/own.p12', 'ssl.keystore.certificate.chain=chain'])(
    'is not needed where the worker has %s',
    (line) => {
      const own = { 'connector-properties': `${side}.cluster.${line}\n` };
      expect(problems({ [`${side}-auth`]: 'mtls', ...own })).toEqual([]);
    },
  );

  test('is still needed where the worker has a store for the other side', () => {
    const other = side === 'source' ? 'target' : 'source';
    const own = { 'connector-properties': `${other}.cluster.ssl.keystore.location=/etc/own.p12\n` };
    expect(problems({ [`${side}-auth`]: 'mtls', ...own })).toEqual(missing(`${side}-auth mtls`));
  });

  test.each([
    ['an encrypted key needs its password on the worker, though generate needs none', ENCRYPTED_KEY, ''],
    ['a plain key needs none', KEY, null],
  ])('%s', (_what, key, keyPassword) => {
    const given = { [`${side}-auth`]: 'mtls', [`${side}-certificate`]: CERTIFICATE, [`${side}-key`]: key };
    expect(generate(given)[side as 'source' | 'target']?.tls).toMatchObject({ keyPassword });
  });

  test('belongs to a key that is given', () => {
    const sasl = { [`${side}-auth`]: 'sasl-plain', [`${side}-username`]: 'mm2' };
    expect(problems({ ...sasl, [`${side}-key`]: KEY })).toEqual(missing(`${side}-key`));
  });

  test('is missing too where its keystore cannot be read', () => {
    const client = `security.protocol=SSL\nssl.keystore.location=/gone.p12\nssl.keystore.type=PKCS12\n`;
    const why = `ssl.keystore.location in ${side}-properties`;
    const seen = `a keystore in ${side}-properties that cannot be read here`;
    expect(problems({ [`${side}-properties`]: 'c.properties' }, { 'c.properties': client })).toEqual(
      missing(why, seen),
    );
  });

  test('that cannot be read is one problem', () => {
    const found = problems({ [`${side}-auth`]: 'mtls', [`${side}-certificate`]: 'gone.pem' });
    expect(found.map(({ input, seen }) => `${input}: ${seen}`)).toEqual([
      `${side}-certificate: "gone.pem" (no such file)`,
    ]);
  });
});

describe('the user name', () => {
  const hint = 'It is no secret and stands in the connectors; the password is only referred to.';

  test.each(['sasl-plain', 'sasl-scram-256', 'sasl-scram-512'])('is demanded by %s', (auth) => {
    expect(problems({ 'target-auth': auth })).toEqual([
      { input: 'target-username', expected: expect.stringContaining('a username for SASL'), seen: 'nothing', hint },
    ]);
  });

  test('is demanded of a JAAS entry', () => {
    const jaas = 'org.apache.kafka.common.security.plain.PlainLoginModule required password="hunter2hunter2";';
    const client = `security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\nsasl.jaas.config=${jaas}\n`;
    const found = problems({ 'source-properties': 'c.properties' }, { 'c.properties': client });
    const [expected, seen] = ['a username in sasl.jaas.config', 'an entry without username'];
    expect(found).toEqual([{ input: 'source-properties', expected, seen, hint }]);
  });

  test('is not needed where connector-properties bring the whole entry', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of Connect's config providers
    const own = { 'connector-properties': 'target.cluster.sasl.jaas.config=${file:/etc/s.properties:jaas}\n' };
    expect(problems({ 'target-auth': 'sasl-plain', ...own })).toEqual([]);
  });

  test('is not asked for by IAM', () => {
    expect(problems({ 'target-auth': 'iam' })).toEqual([]);
  });
});

test('generate says that it does not read connectors', () => {
  expect(generate({ connectors: 'connectors/*.json', 'tasks-max': '8' }).notices).toEqual([
    'connectors is not used by generate, which writes files: --out names their folder.',
  ]);
});

test.each(['plan', 'apply', 'check', 'migrate'])('%s demands both for its own sign-in', (command) => {
  const given = { ...GIVEN, command, 'connect-url': 'https://c', 'source-auth': 'mtls', 'target-auth': 'sasl-plain' };
  expect(problemsOf(given).map(({ input }) => input)).toEqual([
    'source-certificate',
    'source-key',
    'target-username',
    'target-password',
  ]);
});

describe('a run without secrets', () => {
  const FORK = { withoutSecrets: 'a pull request from a fork' };
  const SIGN_INS = { 'source-auth': 'mtls', 'source-certificate': 'gone.pem', 'target-auth': 'sasl-plain' };

  test('goes on without certificates and names, and generates nothing', () => {
    const inputs = parse({ ...GIVEN, ...SIGN_INS }, {}, {}, FORK);
    expect(inputs).toMatchObject({ source: null, target: null });
    expect(inputs.notices).toEqual([
      'source-certificate is not looked at: "gone.pem" (no such file).',
      'This is a pull request from a fork and has no secrets: nothing is looked at, since connectors names no files and none are generated; no cluster and no worker is asked.',
    ]);
  });

  test('says which inputs files make useless', () => {
    const given = { ...GIVEN, connectors: 'connectors/*.json', 'replication-factor': '3' };
    expect(parse(given, {}, {}, FORK).notices).toContain('replication-factor: not used, since connectors names files.');
  });
});

test('inputs that files make useless are told for those given directly, not for those of the config file', () => {
  const files = { 'm.yaml': 'connectors: connectors/*.json\ntasks-max: 8\n' };
  const given = { ...GIVEN, config: 'm.yaml', 'connect-url': 'https://c', 'connector-properties': 'a.b=c\n' };
  const { notices } = parse(given, files, {}, { readFile: filesOf(files) });
  expect(notices).toContain('connector-properties: not used, since connectors names files.');
});
