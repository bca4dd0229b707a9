/** TLS, SASL and authorization on a real broker. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectCluster } from '../../../src/adapters/kafka/cluster.ts';
import type { ClusterConnectionConfig, SaslConfig } from '../../../src/adapters/kafka/connection-config.ts';
import type { TargetCluster } from '../../../src/operations/ports.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { saslPlainListener } from '../../../src/testbed/listeners.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { type Certificate, selfSigned } from '../../adapters/kafka/certificates.ts';
import { clusterConfig, clusterOptions, connectionFailure, recordingLog } from '../../adapters/kafka/probe.ts';
import { Witness } from '../../support/witness.ts';
import { PATIENT } from './patient.ts';

const TOPIC = 'orders';
const PARTITIONS = [{ topic: TOPIC, partition: 0 }];
const PASSWORD = 'alice-secret-0815';
const ALICE: SaslConfig = { mechanism: 'plain', username: 'alice', password: PASSWORD };

let kafka: KafkaCluster;
let witness: Witness;
let server: Certificate;
let client: Certificate;
const clusters: TargetCluster[] = [];

beforeAll(async () => {
  [server, client] = await Promise.all([selfSigned('DNS:localhost,IP:127.0.0.1'), selfSigned('DNS:client')]);
  const pem = {
    'ssl.keystore.type': 'PEM',
    'ssl.keystore.certificate.chain': server.cert,
    'ssl.keystore.key': server.key,
    'ssl.truststore.type': 'PEM',
    'ssl.truststore.certificates': client.cert,
  };
  const scram = { 'sasl.enabled.mechanisms': 'SCRAM-SHA-256,SCRAM-SHA-512' };
  const scramLogin = 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  [witness, kafka] = await Promise.all([
    Witness.start(),
    startKafkaCluster({
      name: 'target',
      listeners: [
        { name: 'PLAINTEXT', protocol: 'PLAINTEXT' },
        saslPlainListener({ alice: PASSWORD, carol: PASSWORD }),
        { name: 'TLS', protocol: 'SSL', properties: pem },
        { name: 'MTLS', protocol: 'SSL', properties: { ...pem, 'ssl.client.auth': 'required' } },
        {
          name: 'SCRAM',
          protocol: 'SASL_SSL',
          properties: {
            ...pem,
            ...scram,
            'scram-sha-256.sasl.jaas.config': scramLogin,
            'scram-sha-512.sasl.jaas.config': scramLogin,
          },
        },
      ],
      properties: { 'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer' },
    }),
  ]);
  await createTopics(kafka.address, [{ topic: TOPIC }]);
});

afterAll(async () => {
  for (const cluster of clusters) await cluster.close();
  await witness?.close();
  await kafka?.stop();
});

function configOf(listener: string, overrides: Partial<ClusterConnectionConfig> = {}): ClusterConnectionConfig {
  return clusterConfig(kafka.bootstrapServers(listener), overrides);
}

async function open(listener: string, overrides: Partial<ClusterConnectionConfig> = {}): Promise<TargetCluster> {
  const cluster = await connectCluster(configOf(listener, overrides), clusterOptions(PATIENT));
  clusters.push(cluster);
  return cluster;
}

const failureOf = (config: ClusterConnectionConfig) => connectionFailure(config, PATIENT);
const trust = () => ({ ca: server.cert, verifyHost: true });
const clientCertificate = () => ({ certificate: client.cert, key: client.key });

describe('connecting', () => {
  it('over TLS, with the host name verified', async () => {
    expect((await (await open('TLS', { tls: trust() })).describeCluster()).clusterId).toBe(kafka.clusterId);
  });

  it('with a client certificate', async () => {
    const cluster = await open('MTLS', { tls: { ...trust(), ...clientCertificate() } });
    expect((await cluster.describeCluster()).clusterId).toBe(kafka.clusterId);
  });

  it('with SASL/PLAIN', async () => {
    expect((await (await open('SASL', { sasl: ALICE })).describeCluster()).clusterId).toBe(kafka.clusterId);
  });

  it.each([
    ['scram-sha-256', 'SCRAM-SHA-256'],
    ['scram-sha-512', 'SCRAM-SHA-512'],
  ] as const)('with %s over TLS', async (mechanism, name) => {
    await witness.createScramUser(kafka.address, { user: 'bob', password: PASSWORD, mechanism: name });
    const config = { tls: trust(), sasl: { mechanism, username: 'bob', password: PASSWORD } };
    const look = async () => ({ done: await open('SCRAM', config) });
    const cluster = await waitFor('the broker to know of bob', look, { timeoutMs: 120_000 });
    expect((await cluster.describeCluster()).clusterId).toBe(kafka.clusterId);
  });
});

describe('what a person reads when it fails', () => {
  it('plain text to a TLS port', async () => {
    const failure = await failureOf(configOf('TLS'));
    expect(failure).toMatchObject({ code: 'KAFKA_TLS', hint: expect.stringContaining('If the listener wants TLS') });
  });

  it('TLS to a plain-text port', async () => {
    const failure = await failureOf(configOf('PLAINTEXT', { tls: trust() }));
    expect(failure.code).toBe('KAFKA_TLS');
    expect(failure.message).toContain('expected a listener that speaks TLS');
  });

  it('an authority that nobody trusts', async () => {
    const failure = await failureOf(configOf('TLS', { tls: { verifyHost: true } }));
    expect(failure).toMatchObject({ code: 'KAFKA_TLS', hint: expect.stringContaining('target-ca') });
  });

  it('no client certificate where one is wanted', async () => {
    const failure = await failureOf(configOf('MTLS', { tls: trust() }));
    expect(failure).toMatchObject({ code: 'KAFKA_TLS', hint: expect.stringContaining('target-certificate') });
  });

  it('a wrong password', async () => {
    const failure = await failureOf(configOf('SASL', { sasl: { ...ALICE, password: 'wrong-secret' } }));
    expect(failure.code).toBe('KAFKA_AUTHENTICATION');
    expect(failure.message).toContain('Invalid username or password');
    expect(failure.allText).not.toContain('wrong-secret');
  });

  it('a mechanism that the listener does not have', async () => {
    const failure = await failureOf(configOf('SASL', { sasl: { ...ALICE, mechanism: 'scram-sha-256' } }));
    expect(failure.message).toContain('expected a listener with SASL SCRAM-SHA-256, seen one with PLAIN.');
  });

  it('SASL to a listener without', async () => {
    const failure = await failureOf(configOf('PLAINTEXT', { sasl: ALICE }));
    expect(failure.message).toContain('expected a listener with SASL, seen one without SASL.');
  });

  it('no SASL to a listener that wants it', async () => {
    const failure = await failureOf(configOf('SASL'));
    expect(failure.code).toBe('KAFKA_AUTHENTICATION');
    expect(failure.hint).toContain('If the listener wants SASL');
  });
});

describe('a principal that may describe some groups only', () => {
  const commitOf = (groupId: string) => ({
    groupId,
    offsets: [{ topic: TOPIC, partition: 0, offset: 1n, metadata: '' }],
  });
  let alice: TargetCluster;

  beforeAll(async () => {
    const admin = await open('PLAINTEXT');
    const seed = async () => {
      const results = await admin.commitOffsets(['team-a', 'team-b'].map(commitOf));
      const kinds = [...results.values()].flatMap(({ partitions }) => [...partitions.values()]);
      return kinds.every(({ kind }) => kind === 'committed') ? { done: true } : { seen: JSON.stringify(kinds) };
    };
    await waitFor('the groups', seed, { timeoutMs: 120_000 });
    await witness.createAcls(kafka.address, [
      { principal: 'User:alice', resourceType: 'GROUP', name: 'team-a', operation: 'READ' },
      { principal: 'User:alice', resourceType: 'TOPIC', name: TOPIC, operation: 'READ' },
    ]);
    alice = await open('SASL', { sasl: ALICE });
    const granted = async () => {
      const { groups } = await alice.listGroups();
      return groups.length > 0 ? { done: true } : { seen: 'no groups' };
    };
    await waitFor('the rights to be known', granted, { timeoutMs: 120_000 });
  });

  it('the list leaves out the others without a word', async () => {
    const { groups, missingBrokers } = await alice.listGroups();
    expect(groups.map(({ groupId }) => groupId)).toEqual(['team-a']);
    expect(missingBrokers).toEqual([]);
  });

  it('but reading their offsets says that it may not, so they are unreadable and not absent', async () => {
    const queries = ['team-a', 'team-b', 'team-c'].map((groupId) => ({ groupId, partitions: PARTITIONS }));
    const offsets = await alice.committedOffsets(queries);
    expect(offsets.get('team-a')).toMatchObject({ error: null, coordinatorId: 1 });
    expect(offsets.get('team-a')?.partitions.get(`${TOPIC}/0`)?.offset).toBe(1n);
    expect(offsets.get('team-b')?.error).toBe('GROUP_AUTHORIZATION_FAILED');
    expect(offsets.get('team-c')?.error).toBe('GROUP_AUTHORIZATION_FAILED');
  });

  it('a commit there is refused', async () => {
    const results = await alice.commitOffsets(['team-a', 'team-b'].map(commitOf));
    expect([...(results.get('team-a')?.partitions.values() ?? [])]).toEqual([{ kind: 'committed' }]);
    expect([...(results.get('team-b')?.partitions.values() ?? [])]).toEqual([
      { kind: 'rejected', error: 'GROUP_AUTHORIZATION_FAILED' },
    ]);
  });

  it('a topic that it may not describe says so when it is named', async () => {
    await createTopics(kafka.address, [{ topic: 'secret' }]);
    const named = [...PARTITIONS, { topic: 'secret', partition: 0 }];
    const offsets = (await alice.committedOffsets([{ groupId: 'team-a', partitions: named }])).get('team-a');
    expect(offsets?.partitions.get('secret/0')?.error).toBe('TOPIC_AUTHORIZATION_FAILED');
    expect((await alice.describeTopics(['secret'])).get('secret')?.error).toBe('TOPIC_AUTHORIZATION_FAILED');
    expect([...(await alice.logRanges([{ topic: 'secret', partition: 0 }])).values()]).toEqual([
      { kind: 'error', error: 'TOPIC_AUTHORIZATION_FAILED' },
    ]);
    expect(await alice.topicConfigs('secret')).toBeNull();
  });

  it('records that it may not read are unreadable, one slice at a time, beside those that it may', async () => {
    const topics = ['described-only', 'hidden'];
    await createTopics(
      kafka.address,
      topics.map((topic) => ({ topic })),
    );
    for (const topic of [TOPIC, ...topics]) {
      await witness.produce(kafka.address, { topic, partition: 0, ids: ['a', 'b', 'c'] });
    }
    await witness.createAcls(kafka.address, [
      { principal: 'User:alice', resourceType: 'TOPIC', name: 'described-only', operation: 'DESCRIBE' },
    ]);
    const slices = ['described-only', TOPIC, 'hidden', TOPIC].map((topic, n) => {
      return { topic, partition: 0, from: BigInt(Math.min(n, 1)), to: 3n };
    });
    const described = async () => {
      const [range] = (await alice.logRanges([{ topic: 'described-only', partition: 0 }])).values();
      return range?.kind === 'range' ? { done: true } : { seen: String(range?.error) };
    };
    await waitFor('the rights to be known', described, { timeoutMs: 120_000 });
    const read = await alice.readImages(slices, { signal: new AbortController().signal });
    const outcomes = read.map((slice) => (slice.kind === 'read' ? slice.records.length : slice.error));
    expect(outcomes).toEqual(['TOPIC_AUTHORIZATION_FAILED', 2, 'TOPIC_AUTHORIZATION_FAILED', 2]);
  });

  it('a principal that sees no group and not __consumer_offsets reads the group that it may still found', async () => {
    await witness.createAcls(kafka.address, [
      { principal: 'User:carol', resourceType: 'GROUP', name: 'team-new', operation: 'READ' },
      { principal: 'User:carol', resourceType: 'TOPIC', name: TOPIC, operation: 'READ' },
    ]);
    const carol = await open('SASL', { sasl: { ...ALICE, username: 'carol' } });
    const query = { groupId: 'team-new', partitions: PARTITIONS };
    const look = async () => {
      const read = (await carol.committedOffsets([query])).get('team-new');
      return read?.error === null ? { done: read } : { seen: String(read?.error) };
    };
    const read = await waitFor('the rights to be known', look, { timeoutMs: 120_000 });
    expect((await carol.listGroups()).groups).toEqual([]);
    expect(read.coordinatorId).toBe(1);
    expect(read.partitions.get(`${TOPIC}/0`)).toMatchObject({ offset: null, error: null });
    const results = await carol.commitOffsets([commitOf('team-new')]);
    expect([...(results.get('team-new')?.partitions.values() ?? [])]).toEqual([{ kind: 'committed' }]);
  });

  it('keeps the password out of the log', async () => {
    const log = recordingLog();
    const cluster = await connectCluster(configOf('SASL', { sasl: ALICE }), clusterOptions({ ...PATIENT, log }));
    await cluster.close();
    expect(log.lines.length).toBeGreaterThan(3);
    expect(log.lines.join('\n')).not.toContain(PASSWORD);
  });
});
