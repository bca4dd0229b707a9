/**
 * KIP-368 on a real broker, for each mechanism: sessions of a second and a half under load. A broker closes a connection
 * that sends anything but a new sign-in after the end of its session, so one that lives on was renewed in time.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrokerConnection } from '../../../src/adapters/kafka/connection.ts';
import type { ClusterConnectionConfig } from '../../../src/adapters/kafka/connection-config.ts';
import { listGroupsRequest } from '../../../src/adapters/kafka/protocol/list-groups.ts';
import type { ListenerSpec } from '../../../src/testbed/listeners.ts';
import { createScramUsers } from '../../../src/testbed/security/scram-users.ts';
import { recordingLog, systemClock } from '../../adapters/kafka/probe.ts';
import { type IamBed, iamConfig, startIamBed } from './iam-bed.ts';

const SESSION_MS = 1_500;
const SESSIONS = 4;
const LANES = 8;
const PASSWORD = 'a-password';

let bed: IamBed;

beforeAll(async () => {
  bed = await startIamBed([{ sessionMs: SESSION_MS }], [passwordListener('PLAIN'), passwordListener('SCRAM-SHA-512')]);
  await createScramUsers(bed.kafka, { alice: PASSWORD });
});

afterAll(async () => {
  await bed?.stop();
});

function passwordListener(mechanism: 'PLAIN' | 'SCRAM-SHA-512'): ListenerSpec {
  const login =
    mechanism === 'PLAIN'
      ? `org.apache.kafka.common.security.plain.PlainLoginModule required user_alice="${PASSWORD}";`
      : 'org.apache.kafka.common.security.scram.ScramLoginModule required;';
  const prefix = mechanism.toLowerCase();
  return {
    name: mechanism.replaceAll('-', '_'),
    protocol: 'SASL_PLAINTEXT',
    properties: {
      'sasl.enabled.mechanisms': mechanism,
      [`${prefix}.sasl.jaas.config`]: login,
      [`${prefix}.connections.max.reauth.ms`]: String(SESSION_MS),
    },
  };
}

function configOf(mechanism: 'iam' | 'plain' | 'scram-sha-512'): ClusterConnectionConfig {
  const [iam] = bed.listeners;
  if (iam === undefined) throw new Error('no IAM listener');
  if (mechanism === 'iam') return iamConfig(bed.kafka, iam);
  const listener = mechanism.toUpperCase().replaceAll('-', '_');
  return {
    side: 'target',
    bootstrapServers: [bed.kafka.bootstrapServers(listener)],
    tls: null,
    sasl: { mechanism, username: 'alice', password: PASSWORD },
  };
}

async function connect(mechanism: 'iam' | 'plain' | 'scram-sha-512'): Promise<BrokerConnection> {
  const config = configOf(mechanism);
  const [host = '', port] = (config.bootstrapServers[0] ?? '').split(':');
  const times = { connectTimeoutMs: 10_000, requestTimeoutMs: 30_000 };
  const options = { log: recordingLog(), clock: systemClock, clientId: 'renewed', contact: { answered: false } };
  return BrokerConnection.open({ host, port: Number(port), nodeId: null }, config, { ...options, ...times });
}

/** Requests on all lanes at once, each lane's next as soon as its last is answered. */
async function load(connection: BrokerConnection, durationMs: number): Promise<readonly (string | null)[]> {
  const end = Date.now() + durationMs;
  const answers: (string | null)[] = [];
  const lane = async (): Promise<void> => {
    while (Date.now() < end) answers.push((await connection.send(listGroupsRequest)).error);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return answers;
}

describe.concurrent.each(['iam', 'plain', 'scram-sha-512'] as const)('a connection by %s', (mechanism) => {
  it('outlives its sessions with requests in flight all the time, and none is lost', async () => {
    const connection = await connect(mechanism);
    const answers = await load(connection, SESSIONS * SESSION_MS);
    expect(connection.isOpen).toBe(true);
    expect(answers.length).toBeGreaterThan(SESSIONS * LANES);
    expect(new Set(answers)).toEqual(new Set([null]));
    connection.close();
  });

  it('serves again after a pause in which its session ended', async () => {
    const connection = await connect(mechanism);
    await load(connection, 10);
    await systemClock.sleep(2 * SESSION_MS);
    expect(new Set(await load(connection, 10))).toEqual(new Set([null]));
    expect(connection.isOpen).toBe(true);
    connection.close();
  });
});

it('was renewed about once a session by a new sign-in, not by each request', async () => {
  const before = (await bed.listeners[0]?.tokens())?.length ?? 0;
  const connection = await connect('iam');
  await load(connection, SESSIONS * SESSION_MS);
  connection.close();
  const tokens = (await bed.listeners[0]?.tokens())?.slice(before) ?? [];
  expect(tokens.every(({ outcome }) => outcome === 'accepted')).toBe(true);
  // The first sign-in, then one at least a session, and at most one a second.
  expect(tokens.length).toBeGreaterThanOrEqual(SESSIONS);
  expect(tokens.length).toBeLessThanOrEqual(1 + (SESSIONS * SESSION_MS) / 1_000 + 1);
});
