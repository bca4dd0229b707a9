import { describe, expect, test } from 'vitest';
import type { ConfigMap } from '../../../../src/domain/connectors/connector-config.ts';
import { generateConnectors } from '../../../../src/domain/connectors/generate/generate-connectors.ts';
import type { GenerationFacts } from '../../../../src/domain/connectors/generate/generation.ts';
import { facts, POLICIES, SCHEMES, security } from './facts.ts';

const BYTES = 'org.apache.kafka.connect.converters.ByteArrayConverter';

function generate(changes: Partial<GenerationFacts> = {}): {
  source: ConfigMap;
  checkpoint: ConfigMap;
  heartbeat: ConfigMap;
} {
  const [source, checkpoint, heartbeat] = generateConnectors(facts(changes)).map(({ config }) => config);
  return { source: source ?? {}, checkpoint: checkpoint ?? {}, heartbeat: heartbeat ?? {} };
}

/** Entries under a prefix, without it. */
function under(config: ConfigMap, prefix: string): ConfigMap {
  const entries = Object.entries(config).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(entries.map(([key, value]) => [key.slice(prefix.length), value]));
}

const PAIRS = SCHEMES.flatMap((source) => SCHEMES.map((target) => ({ source, target })));

describe.each(PAIRS)('from $source to $target', ({ source, target }) => {
  const sides = { source: security(source, 'old'), target: security(target, 'new') };

  test.each(Object.values(POLICIES))('%s: the three agree, and bytes stay bytes', (policyClass) => {
    const connectors = generateConnectors(facts({ ...sides, policyClass }));
    const alike = [
      'source.cluster.alias',
      'target.cluster.alias',
      'replication.policy.class',
      'replication.policy.separator',
      'key.converter',
      'value.converter',
      'header.converter',
    ];
    for (const key of alike) expect(new Set(connectors.map(({ config }) => config[key])).size, key).toBe(1);
    expect(connectors[0]?.config['header.converter']).toBe(BYTES);
  });

  test('heartbeats are written to the source, all else to the target', () => {
    const configs = generate(sides);
    const ofSource = under(configs.source, 'source.cluster.');
    const ofTarget = under(configs.source, 'target.cluster.');
    expect(ofSource['bootstrap.servers']).toBe('old-1:9092,old-2:9092');
    expect(ofTarget['bootstrap.servers']).toBe('new-1:9092,new-2:9092');
    expect(configs.checkpoint).toMatchObject(prefixed('target.cluster.', ofTarget));
    expect(configs.checkpoint).toMatchObject(prefixed('source.cluster.', ofSource));
    expect(configs.heartbeat).toMatchObject({ ...prefixed('target.cluster.', { ...ofSource, alias: 'mskdest' }) });
    for (const [config, cluster] of [
      [configs.source, ofTarget],
      [configs.checkpoint, ofTarget],
      [configs.heartbeat, ofSource],
    ] as const) {
      const { alias: _, ...connection } = cluster;
      expect(under(config, 'producer.override.')).toMatchObject(connection);
    }
  });

  test('no secret stands in it but as a reference', () => {
    const texts = generateConnectors(facts(sides)).flatMap(({ config }) => Object.entries(config));
    for (const [key, value] of texts.filter(([name]) => /password$|keystore\.key$/.test(name))) {
      expect(value, key).toMatch(/^\$\{env:(SOURCE|TARGET)_[A-Z_]+\}$/);
    }
    for (const [key, value] of texts.filter(([name]) => name.endsWith('jaas.config'))) {
      expect(value, key).toMatch(/required;$| password="\$\{env:(SOURCE|TARGET)_PASSWORD\}";$/);
    }
  });
});

function prefixed(prefix: string, settings: ConfigMap): ConfigMap {
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${prefix}${key}`, value]));
}

describe('one pair in full', () => {
  test('SCRAM over TLS to IAM, the commonest one', () => {
    const { source, heartbeat } = generate({
      source: security('sasl-scram-512', 'old'),
      target: security('iam', 'new'),
      policyClass: POLICIES.identity,
    });
    expect(source).toEqual({
      name: 'msksource-to-mskdest-source',
      'connector.class': 'org.apache.kafka.connect.mirror.MirrorSourceConnector',
      'tasks.max': '4',
      'source.cluster.alias': 'msksource',
      'target.cluster.alias': 'mskdest',
      'source.cluster.bootstrap.servers': 'old-1:9092,old-2:9092',
      'source.cluster.security.protocol': 'SASL_SSL',
      'source.cluster.ssl.truststore.type': 'PEM',
      'source.cluster.ssl.truststore.certificates': '-----BEGIN CERTIFICATE-----\nold-ca\n-----END CERTIFICATE-----',
      'source.cluster.sasl.mechanism': 'SCRAM-SHA-512',
      'source.cluster.sasl.jaas.config':
        // biome-ignore lint/suspicious/noTemplateCurlyInString: what the worker replaces
        'org.apache.kafka.common.security.scram.ScramLoginModule required username="old-user" password="${env:SOURCE_PASSWORD}";',
      'target.cluster.bootstrap.servers': 'new-1:9092,new-2:9092',
      'target.cluster.security.protocol': 'SASL_SSL',
      ...prefixed('target.cluster.', IAM),
      'producer.override.bootstrap.servers': 'new-1:9092,new-2:9092',
      'producer.override.security.protocol': 'SASL_SSL',
      ...prefixed('producer.override.', IAM),
      'replication.policy.class': POLICIES.identity,
      'replication.policy.separator': '.',
      'offset-syncs.topic.location': 'source',
      topics: 'orders.*,payments',
      'topics.exclude': '.*[\\-\\.]internal,.*\\.replica,__.*',
      'key.converter': BYTES,
      'value.converter': BYTES,
      'header.converter': BYTES,
      'replication.factor': '-1',
      'offset-syncs.topic.replication.factor': '-1',
      'refresh.topics.interval.seconds': '60',
      'sync.topic.configs.enabled': 'true',
      'sync.topic.configs.interval.seconds': '300',
      'sync.topic.acls.enabled': 'false',
      'offset.lag.max': '10',
      'source.consumer.isolation.level': 'read_committed',
      'source.consumer.max.poll.records': '2000',
      'source.consumer.fetch.max.bytes': '16777216',
      'producer.override.batch.size': '262144',
      'producer.override.linger.ms': '20',
      'producer.override.buffer.memory': '67108864',
      'producer.override.compression.type': 'lz4',
      'producer.override.max.request.size': '10485760',
    });
    // A worker that signs in by IAM would hand its handler, which knows no SCRAM, to the producer of heartbeats.
    expect(heartbeat['producer.override.sasl.client.callback.handler.class']).toBe(
      'org.apache.kafka.common.security.authenticator.SaslClientCallbackHandler',
    );
  });

  test('checkpoints and heartbeats without any security', () => {
    const { checkpoint, heartbeat } = generate();
    expect(checkpoint).toEqual({
      name: 'msksource-to-mskdest-checkpoint',
      'connector.class': 'org.apache.kafka.connect.mirror.MirrorCheckpointConnector',
      'tasks.max': '1',
      'source.cluster.alias': 'msksource',
      'target.cluster.alias': 'mskdest',
      'source.cluster.bootstrap.servers': 'old-1:9092,old-2:9092',
      'source.cluster.security.protocol': 'PLAINTEXT',
      'target.cluster.bootstrap.servers': 'new-1:9092,new-2:9092',
      'target.cluster.security.protocol': 'PLAINTEXT',
      'producer.override.bootstrap.servers': 'new-1:9092,new-2:9092',
      'producer.override.security.protocol': 'PLAINTEXT',
      'replication.policy.class': POLICIES.default,
      'replication.policy.separator': '.',
      'offset-syncs.topic.location': 'source',
      topics: 'orders.*,payments',
      'topics.exclude': '.*[\\-\\.]internal,.*\\.replica,__.*',
      groups: '.*',
      'groups.exclude': 'console-consumer-.*,connect-.*,__.*',
      'key.converter': BYTES,
      'value.converter': BYTES,
      'header.converter': BYTES,
      'checkpoints.topic.replication.factor': '-1',
      'refresh.groups.interval.seconds': '60',
      'emit.checkpoints.interval.seconds': '10',
      'sync.group.offsets.enabled': 'false',
    });
    expect(heartbeat).toEqual({
      name: 'msksource-to-mskdest-heartbeat',
      'connector.class': 'org.apache.kafka.connect.mirror.MirrorHeartbeatConnector',
      'tasks.max': '1',
      'source.cluster.alias': 'msksource',
      'target.cluster.alias': 'mskdest',
      'target.cluster.bootstrap.servers': 'old-1:9092,old-2:9092',
      'target.cluster.security.protocol': 'PLAINTEXT',
      'producer.override.bootstrap.servers': 'old-1:9092,old-2:9092',
      'producer.override.security.protocol': 'PLAINTEXT',
      'replication.policy.class': POLICIES.default,
      'replication.policy.separator': '.',
      'key.converter': BYTES,
      'value.converter': BYTES,
      'header.converter': BYTES,
      'heartbeats.topic.replication.factor': '-1',
      'emit.heartbeats.interval.seconds': '5',
    });
  });
});

const IAM = {
  'sasl.mechanism': 'AWS_MSK_IAM',
  'sasl.jaas.config': 'software.amazon.msk.auth.iam.IAMLoginModule required;',
  'sasl.client.callback.handler.class': 'software.amazon.msk.auth.iam.IAMClientCallbackHandler',
};

describe('what the inputs change', () => {
  test('a replication factor of their own goes to every topic that MM2 makes', () => {
    const configs = Object.values(generate({ replicationFactor: 2 }));
    const factors = configs
      .flatMap((config) => Object.entries(config))
      .filter(([key]) => key.endsWith('replication.factor'));
    expect(factors.map(([, value]) => value)).toEqual(['2', '2', '2', '2']);
  });

  test('the opt-out of the internal separator is the same everywhere', () => {
    const configs = Object.values(generate({ separator: '_', internalTopicSeparatorEnabled: false }));
    expect(configs.map((config) => config['replication.policy.internal.topic.separator.enabled'])).toEqual([
      'false',
      'false',
      'false',
    ]);
  });

  test('an encrypted key has a password of its own, and an unchecked host name stays unchecked', () => {
    const mtls = security('mtls', 'old');
    const tls = mtls.tls === null ? null : { ...mtls.tls, keyIsEncrypted: true, verifyHost: false };
    const { source } = generate({ source: { ...mtls, tls } });
    expect(under(source, 'source.cluster.ssl.')).toEqual({
      'truststore.type': 'PEM',
      'truststore.certificates': '-----BEGIN CERTIFICATE-----\nold-ca\n-----END CERTIFICATE-----',
      'keystore.type': 'PEM',
      'keystore.certificate.chain': '-----BEGIN CERTIFICATE-----\nold-client\n-----END CERTIFICATE-----',
      'keystore.key': reference('env:SOURCE_KEY'),
      'key.password': reference('env:SOURCE_KEY_PASSWORD'),
      'endpoint.identification.algorithm': '',
    });
  });

  test.each([
    {
      secrets: { provider: 'file', path: '/opt/secrets.properties' } as const,
      seen: 'file:/opt/secrets.properties:source.password',
    },
    { secrets: { provider: 'secretsmanager', name: 'mm2' } as const, seen: 'secretsmanager:mm2:source.password' },
    {
      secrets: {
        provider: 'secretsmanager',
        name: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:mm2-a',
      } as const,
      seen: 'secretsmanager:arn%3Aaws%3Asecretsmanager%3Aeu-west-1%3A123456789012%3Asecret%3Amm2-a:source.password',
    },
  ])('secrets come from $seen', ({ secrets, seen }) => {
    const { source } = generate({ source: security('sasl-plain', 'old'), secrets });
    expect(source['source.cluster.sasl.jaas.config']).toBe(
      `org.apache.kafka.common.security.plain.PlainLoginModule required username="old-user" password="${reference(seen)}";`,
    );
  });

  test('a user name with quotes and backslashes is quoted for JAAS', () => {
    const plain = security('sasl-plain', 'old');
    const { source } = generate({ source: { ...plain, sasl: { mechanism: 'plain', username: 'DOM\\a"b' } } });
    expect(source['source.cluster.sasl.jaas.config']).toContain('username="DOM\\\\a\\"b"');
  });
});

describe('connector-properties', () => {
  test('what is said of a cluster holds wherever its clients are, and its stores replace the certificates', () => {
    const { source, heartbeat } = generate({
      source: security('mtls', 'old'),
      properties: new Map([
        ['source.cluster.ssl.truststore.location', '/etc/old.jks'],
        ['source.cluster.ssl.keystore.location', '/etc/client.jks'],
      ]),
    });
    for (const settings of [
      under(source, 'source.cluster.ssl.'),
      under(heartbeat, 'target.cluster.ssl.'),
      under(heartbeat, 'producer.override.ssl.'),
    ]) {
      expect(settings).toEqual({ 'truststore.location': '/etc/old.jks', 'keystore.location': '/etc/client.jks' });
    }
  });

  test('OAUTHBEARER in place of AWS_MSK_IAM', () => {
    const handler = 'software.amazon.msk.auth.iam.IAMOAuthBearerLoginCallbackHandler';
    const login = 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;';
    const { source } = generate({
      target: security('iam', 'new'),
      properties: new Map([
        ['target.cluster.sasl.mechanism', 'OAUTHBEARER'],
        ['target.cluster.sasl.jaas.config', login],
        ['target.cluster.sasl.login.callback.handler.class', handler],
      ]),
    });
    const oauth = { mechanism: 'OAUTHBEARER', 'jaas.config': login, 'login.callback.handler.class': handler };
    expect(under(source, 'target.cluster.sasl.')).toEqual(oauth);
    expect(under(source, 'producer.override.sasl.')).toMatchObject(oauth);
  });

  test('the rest is merged last, and the heartbeat producer keeps its cluster', () => {
    const { source, checkpoint, heartbeat } = generate({
      properties: new Map([
        ['producer.override.linger.ms', '5'],
        ['producer.override.bootstrap.servers', 'inside:9092'],
      ]),
    });
    expect(source['producer.override.linger.ms']).toBe('5');
    expect(source['producer.override.bootstrap.servers']).toBe('inside:9092');
    expect(checkpoint['producer.override.bootstrap.servers']).toBe('inside:9092');
    expect(heartbeat['producer.override.bootstrap.servers']).toBe('old-1:9092,old-2:9092');
  });
});

function reference(inner: string): string {
  return `\${${inner}}`;
}
