/**
 * KIP-368 on a real broker, for each mechanism: sessions of seconds under load. A broker closes a connection that sends
 * anything but a new sign-in after the end of its session, so one that lives on was renewed in time.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BrokerConnection } from '../../../src/adapters/kafka/connection.ts';
import type { ClusterConnectionConfig } from '../../../src/adapters/kafka/connection-config.ts';
import { listGroupsRequest } from '../../../src/adapters/kafka/protocol/list-groups.ts';
import type { ListenerSpec } from '../../../src/testbed/listeners.ts';
import { createScramUsers } from '../../../src/testbed/security/scram-users.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { recordingLog, systemClock } from '../../adapters/kafka/probe.ts';
import { type IamBed, iamConfig, startIamBed } from './iam-bed.ts';

const SESSION_MS = 4_000;
const SESSIONS = 3;
const LANES = 8;
const PASSWORD = 'a-password';
/**
 * We renew at half of a session, which we count from the answer to the sign-in. A request that we send just before is
 * taken up within the session if that answer and its own come within a quarter of it. Where the machine stands still
 * for longer, a broker may close the connection, and nothing is shown.
 */
const CALM_MS = SESSION_MS / 5;
const CALM_WITHIN_MS = 200_000;

type Mechanism = 'iam' | 'plain' | 'scram-sha-512';

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

function configOf(mechanism: Mechanism): ClusterConnectionConfig {
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

function connect(mechanism: Mechanism): Promise<BrokerConnection> {
  const config = configOf(mechanism);
  const [host = '', port] = (config.bootstrapServers[0] ?? '').split(':');
  const times = { connectTimeoutMs: 60_000, requestTimeoutMs: 30_000 };
  const options = { log: recordingLog(), clock: systemClock, clientId: 'renewed', contact: { answered: false } };
  return BrokerConnection.open({ host, port: Number(port), nodeId: null }, config, { ...options, ...times });
}

/** A connection, and what its requests met. */
class WatchedConnection {
  readonly openedAt: number;
  /** Kafka's error of each answer; null is none. */
  readonly answers: (string | null)[] = [];
  readonly failures: unknown[] = [];
  /** Of the sign-in and all requests. */
  slowestMs: number;
  readonly #connection: BrokerConnection;

  private constructor(connection: BrokerConnection, openedAt: number) {
    this.#connection = connection;
    this.openedAt = openedAt;
    this.slowestMs = Date.now() - openedAt;
  }

  static async open(mechanism: Mechanism): Promise<WatchedConnection> {
    const openedAt = Date.now();
    return new WatchedConnection(await connect(mechanism), openedAt);
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  /** Requests on all lanes at once, each lane's next as soon as its last is answered; one a lane at least. */
  async load(durationMs: number): Promise<void> {
    const end = Date.now() + durationMs;
    const lane = async (): Promise<void> => {
      do await this.#send();
      while (this.isOpen && Date.now() < end);
    };
    await Promise.all(Array.from({ length: LANES }, lane));
  }

  async #send(): Promise<void> {
    const sentAt = Date.now();
    try {
      this.answers.push((await this.#connection.send(listGroupsRequest)).error);
    } catch (error) {
      this.failures.push(error);
    }
    this.slowestMs = Math.max(this.slowestMs, Date.now() - sentAt);
  }

  close(): void {
    this.#connection.close();
  }
}

/** What a connection met at this work, the first on which nothing stood still (see CALM_MS). */
function calmly(mechanism: Mechanism, work: (connection: WatchedConnection) => Promise<void>) {
  const look = async () => {
    const connection = await WatchedConnection.open(mechanism);
    await work(connection);
    const { isOpen, slowestMs, answers, failures, openedAt } = connection;
    connection.close();
    const seen = { isOpen, answers, failures, openedAt, lastedMs: Date.now() - openedAt };
    return slowestMs <= CALM_MS ? { done: seen } : { seen: `an answer after ${slowestMs} ms` };
  };
  return waitFor(`every answer within ${CALM_MS} ms`, look, { timeoutMs: CALM_WITHIN_MS });
}

describe.concurrent.each(['iam', 'plain', 'scram-sha-512'] as const)('a connection by %s', (mechanism) => {
  it('outlives its sessions with requests in flight all the time, and none is lost', async () => {
    const { isOpen, answers, failures } = await calmly(mechanism, (connection) => {
      return connection.load(SESSIONS * SESSION_MS);
    });
    expect(failures).toEqual([]);
    expect(isOpen).toBe(true);
    expect(answers.length).toBeGreaterThan(SESSIONS * LANES);
    expect(new Set(answers)).toEqual(new Set([null]));
  });

  it('serves again after a pause in which its session ended', async () => {
    const { isOpen, answers, failures } = await calmly(mechanism, async (connection) => {
      await connection.load(0);
      await systemClock.sleep(2 * SESSION_MS);
      await connection.load(0);
    });
    expect(failures).toEqual([]);
    expect(isOpen).toBe(true);
    expect(answers).toEqual(Array(2 * LANES).fill(null));
  });
});

it('was renewed about once a session by a new sign-in, not by each request', async () => {
  const { failures, openedAt, lastedMs } = await calmly('iam', (connection) => connection.load(SESSIONS * SESSION_MS));
  expect(failures).toEqual([]);
  const tokens = ((await bed.listeners[0]?.tokens()) ?? []).filter(({ atMs }) => atMs >= openedAt);
  expect(tokens.every(({ outcome }) => outcome === 'accepted')).toBe(true);
  // The first sign-in, then one at least a session, and none before half of it has passed.
  expect(tokens.length).toBeGreaterThanOrEqual(SESSIONS);
  expect(tokens.length).toBeLessThanOrEqual(1 + lastedMs / (SESSION_MS / 2));
});
