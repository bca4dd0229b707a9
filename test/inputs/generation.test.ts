import { describe, expect, test } from 'vitest';
import { QUOTES_ADVICE } from '../../src/inputs/groups/generation.ts';
import { eachBadInput, parse, problemsOf, type Raw } from './reading.ts';

const GIVEN: Raw = {
  command: 'apply',
  'connect-url': 'http://connect:8083',
  'source-bootstrap-servers': 'old-1:9092',
  'target-bootstrap-servers': 'new-1:9092',
  topics: 'orders.*',
};

test('generated connectors have four tasks, the brokers’ replication factor and secrets from the environment', () => {
  expect(parse(GIVEN).generation).toEqual({
    tasksMax: 4,
    replicationFactor: null,
    properties: new Map(),
    secrets: { provider: 'env' },
  });
});

describe('connector-secrets', () => {
  test.each([
    ['env', { provider: 'env' }],
    ['file:/opt/kafka/secrets.properties', { provider: 'file', path: '/opt/kafka/secrets.properties' }],
    ['secretsmanager:prod/mm2', { provider: 'secretsmanager', name: 'prod/mm2' }],
    [
      'secretsmanager:arn:aws:secretsmanager:eu-west-1:123456789012:secret:mm2-AbCdEf',
      { provider: 'secretsmanager', name: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:mm2-AbCdEf' },
    ],
  ])('%s', (text, secrets) =>
    expect(parse({ ...GIVEN, 'connector-secrets': text }).generation.secrets).toEqual(secrets),
  );

  eachBadInput(
    Object.fromEntries(
      ['vault', 'file:', 'file:C:/secrets.properties', 'file:/a}b', 'secretsmanager:my secret'].map((text) => [
        text,
        {
          given: { ...GIVEN, 'connector-secrets': text },
          problem: {
            input: 'connector-secrets',
            expected: 'env, file:PATH or secretsmanager:NAME',
            seen: `"${text}"`,
            hint: 'A path or name without spaces and braces; a path without colons too, at which Kafka takes it apart.',
          },
        },
      ]),
    ),
  );
});

describe('connector-properties', () => {
  test('come inline or from a file, in order', () => {
    const text = 'source.cluster.ssl.truststore.location=/etc/old.jks\nproducer.override.linger.ms: 5\n';
    const wanted = [
      ['source.cluster.ssl.truststore.location', '/etc/old.jks'],
      ['producer.override.linger.ms', '5'],
    ];
    expect([...parse({ ...GIVEN, 'connector-properties': text }).generation.properties]).toEqual(wanted);
    const ofFile = parse({ ...GIVEN, 'connector-properties': 'mm2.properties' }, { 'mm2.properties': text });
    expect([...ofFile.generation.properties]).toEqual(wanted);
  });

  test('a password in them is masked', () => {
    const given = { ...GIVEN, 'connector-properties': 'source.cluster.ssl.truststore.password=hunter2hunter2' };
    expect(parse(given).secrets).toContain('hunter2hunter2');
  });

  eachBadInput({
    'a file that is not there': {
      given: { ...GIVEN, 'connector-properties': 'none.properties' },
      problem: {
        input: 'connector-properties',
        expected: 'the path of a readable properties file',
        seen: '"none.properties" (no such file)',
        hint: 'Check the path; no default is used in its place.',
      },
    },
    'a key that has an input': {
      given: { ...GIVEN, 'connector-properties': 'replication.policy.separator=_' },
      problem: {
        input: 'connector-properties',
        expected: 'settings that have no input of their own',
        seen: '"replication.policy.separator"',
        hint: 'Leave it out, and give replication-policy-separator.',
      },
    },
    'the name of a connector': {
      given: { ...GIVEN, 'connector-properties': 'name=mm2' },
      problem: {
        input: 'connector-properties',
        expected: 'settings that have no input of their own',
        seen: '"name"',
        hint: 'Leave it out: it is made for each connector.',
      },
    },
  });
});

describe('what is said before the run', () => {
  test('settings of generated connectors beside files', () => {
    const given = { ...GIVEN, connectors: 'connectors/*.json', 'tasks-max': '8', 'connector-secrets': 'env' };
    expect(parse(given).notices).toEqual(['tasks-max, connector-secrets: not used, since connectors names files.']);
  });

  test.each(['a"b"c"d', 'back\\slash'])('a password that JAAS would misread, without it', (password) => {
    const sasl = { 'source-auth': 'sasl-scram-512', 'source-username': 'mm2', 'source-password': password };
    const { notices } = parse({ ...GIVEN, ...sasl });
    expect(notices).toEqual([`source-password holds a quote, a backslash or a line break. ${QUOTES_ADVICE}`]);
    expect(notices.join()).not.toContain(password);
  });
});

describe('generate', () => {
  const generates = { secretsNeeded: false, generates: true };

  test('needs clusters and topics, and neither a worker nor secrets', () => {
    const { 'connect-url': _, command: __, ...given } = GIVEN;
    const sasl = { 'target-auth': 'sasl-plain', 'target-username': 'mm2' };
    const inputs = parse({ ...given, ...sasl, command: 'plan' }, {}, {}, generates);
    expect(inputs.target?.sasl).toEqual({ mechanism: 'plain', username: 'mm2', password: '' });
  });

  test('says everything that is missing at once', () => {
    const missing = problemsOf({ command: 'plan' }, {}, generates).map(({ input }) => input);
    expect(missing).toEqual(['topics', 'source-bootstrap-servers', 'target-bootstrap-servers']);
  });
});
