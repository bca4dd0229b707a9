// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect's config providers look like this
import { describe, expect, test } from 'vitest';
import type { GenerationFacts } from '../../../../src/domain/connectors/generate/generation.ts';
import { generateWorkerProperties } from '../../../../src/domain/connectors/generate/worker-properties.ts';
import { parseJavaProperties } from '../../../../src/inputs/properties/java-properties.ts';
import { facts, POLICIES, SCHEMES, security } from './facts.ts';

/** What Java reads of the file. */
function settings(changes: Partial<GenerationFacts> = {}): Readonly<Record<string, string>> {
  const parsed = parseJavaProperties(generateWorkerProperties(facts(changes)));
  if ('malformedLine' in parsed) throw new Error(`line ${parsed.malformedLine} is malformed`);
  return Object.fromEntries(parsed.entries);
}

test('a worker of a target without security, in full', () => {
  expect(generateWorkerProperties(facts())).toMatchInlineSnapshot(`
    "# Kafka Connect worker beside the target (mskdest) of MirrorMaker 2's connectors msksource -> mskdest.
    # Start with: connect-distributed.sh connect-worker.properties

    # The target cluster. These are the clients of the worker itself: its group and its three topics.
    bootstrap.servers=new-1:9092,new-2:9092
    security.protocol=PLAINTEXT
    # Clients of connectors take none of the above, but what stands under their own prefix.
    producer.security.protocol=PLAINTEXT
    consumer.security.protocol=PLAINTEXT
    admin.security.protocol=PLAINTEXT

    # Workers with the same group share the connectors. Its topics are compacted; never share them.
    group.id=connect-msksource-to-mskdest
    config.storage.topic=connect-msksource-to-mskdest-configs
    config.storage.replication.factor=-1
    offset.storage.topic=connect-msksource-to-mskdest-offsets
    offset.storage.replication.factor=-1
    status.storage.topic=connect-msksource-to-mskdest-status
    status.storage.replication.factor=-1
    # -1 is the default of the brokers (Kafka 2.6 and later).
    # Each flush also writes the newest offset syncs (Kafka 3.7), from which places of groups are translated.
    offset.flush.interval.ms=10000

    # Whoever reaches this port can read every config and start connectors: keep it in a private network, or use
    # https and rest.extension.classes=org.apache.kafka.connect.rest.basic.auth.extension.BasicAuthSecurityRestExtension.
    # That there is none says that its network protects it.
    listeners=http://0.0.0.0:8083
    rest.extension.classes=
    # With more than one worker, the name by which the others reach this one:
    # rest.advertised.host.name=

    # Any other converter changes keys, values or headers on their way.
    key.converter=org.apache.kafka.connect.converters.ByteArrayConverter
    value.converter=org.apache.kafka.connect.converters.ByteArrayConverter
    header.converter=org.apache.kafka.connect.converters.ByteArrayConverter
    # The generated connectors tune their producers and name the cluster that they write to (producer.override.*).
    # The heartbeat connector names the source there and in target.cluster.*, on purpose: heartbeats must be written
    # to the source, so that they travel to the target with the records.
    connector.client.config.override.policy=All
    # Exactly once needs a source consumer that reads committed, which the generated one does. The heartbeat connector
    # then needs admin.override.* and consumer.override.* with the settings of its producer.override.* too.
    # exactly.once.source.support=enabled
    # plugin.path=/opt/connect-plugins

    # Nothing here or in the connectors refers to a secret.
    "
  `);
});

describe.each(SCHEMES)('beside a target with %s', (scheme) => {
  const target = security(scheme, 'new');

  test('its own clients and those of connectors sign in alike', () => {
    const worker = settings({ target });
    const own = Object.entries(worker).filter(([key]) => /^(?:security\.|ssl\.|sasl\.)/.test(key));
    expect(own.length).toBeGreaterThan(0);
    for (const prefix of ['producer.', 'consumer.', 'admin.']) {
      for (const [key, value] of own) expect(worker[prefix + key], prefix + key).toBe(value);
    }
  });

  test('secrets are references, and a provider resolves them', () => {
    const text = generateWorkerProperties(facts({ target, source: security(scheme, 'old') }));
    const references = text.match(/\$\{[^}]*\}/g) ?? [];
    expect(references.every((one) => /^\$\{env:TARGET_(?:PASSWORD|KEY)\}$/.test(one))).toBe(true);
    expect(text.includes('config.providers=env')).toBe(references.length > 0);
  });
});

test('certificates keep their lines', () => {
  const { 'ssl.truststore.certificates': certificates } = settings({ target: security('tls', 'new') });
  expect(certificates).toBe('-----BEGIN CERTIFICATE-----\nnew-ca\n-----END CERTIFICATE-----');
});

test('what the heartbeat connector could not take back is not under producer.', () => {
  const old = security('tls', 'old');
  const source = { ...old, tls: old.tls && { ...old.tls, ca: null } };
  const worker = settings({ source, target: security('mtls', 'new') });
  // The authority of the target is none of the source's, which has one that every Java knows.
  expect(worker['ssl.truststore.certificates']).toContain('new-ca');
  expect(worker['producer.ssl.truststore.certificates']).toBeUndefined();
  expect(worker['producer.ssl.keystore.key']).toBeUndefined();
  expect(worker['consumer.ssl.truststore.certificates']).toContain('new-ca');
});

test.each([
  {
    secrets: { provider: 'file', path: '/etc/mm2/secrets.properties' } as const,
    providers: {
      'config.providers': 'file',
      'config.providers.file.class': 'org.apache.kafka.common.config.provider.FileConfigProvider',
      'config.providers.file.param.allowed.paths': '/etc/mm2/secrets.properties',
    },
  },
  {
    secrets: { provider: 'secretsmanager', name: 'mm2' } as const,
    providers: {
      'config.providers': 'secretsmanager',
      'config.providers.secretsmanager.class': 'com.amazonaws.kafka.config.providers.SecretsManagerConfigProvider',
    },
  },
])('secrets from $secrets.provider', ({ secrets, providers }) => {
  expect(settings({ target: security('sasl-plain', 'new'), secrets })).toMatchObject(providers);
});

test('paths of the worker’s own stores replace the certificates', () => {
  const properties = new Map([['target.cluster.ssl.truststore.location', '/etc/new.jks']]);
  const worker = settings({ target: security('tls', 'new'), properties });
  expect(worker['ssl.truststore.location']).toBe('/etc/new.jks');
  expect(worker['ssl.truststore.certificates']).toBeUndefined();
});

test('another policy and IAM need their jars, and a replication factor is that of all topics', () => {
  const text = generateWorkerProperties(
    facts({ policyClass: POLICIES.lab, target: security('iam', 'new'), replicationFactor: 3 }),
  );
  expect(text).toContain(`# The jar of ${POLICIES.lab} goes into Kafka's libs`);
  expect(text).toContain("# The jar aws-msk-iam-auth (all) goes into Kafka's libs");
  expect(text.match(/replication\.factor=3$/gm)).toHaveLength(3);
});
