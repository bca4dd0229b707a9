/** Signing in with a token, and anew when the session runs out, against a broker that does as it is told. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConnectionPool } from '../../../src/adapters/kafka/connection-pool.ts';
import { renewalMarginMs } from '../../../src/adapters/kafka/kafkajs/session-renewal.ts';
import type { Decoder } from '../../../src/adapters/kafka/protocol/decoder.ts';
import { Encoder } from '../../../src/adapters/kafka/protocol/encoder.ts';
import { listGroupsRequest } from '../../../src/adapters/kafka/protocol/list-groups.ts';
import { MigrationError } from '../../../src/errors.ts';
import { API, type FakeBroker, startFakeBroker } from './fake-broker.ts';
import { clusterConfig, connectionFailure, recordingLog, systemClock } from './probe.ts';

const SESSION_MS = 900_000;
const REFUSAL = '{"status":"invalid_token"}';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** What the broker says to each message of a sign-in, in order; accepts without a word after that. */
async function signInBroker(answers: readonly { error?: string; challenge?: string }[] = []) {
  const messages: string[] = [];
  const signIn = ({ body }: { body: Decoder }) => {
    messages.push(body.nullableBytes()?.toString('utf8') ?? '');
    const { error = null, challenge = '' } = answers[messages.length - 1] ?? {};
    const code = error === null ? 0 : 58;
    return new Encoder().int16(code).nullableString(error).bytesField(Buffer.from(challenge)).int64(BigInt(SESSION_MS));
  };
  const handshake = () => {
    const answer = new Encoder().int16(0);
    return answer.array(['OAUTHBEARER'], (name) => answer.string(name));
  };
  const fake = await startFakeBroker({
    [API.saslHandshake]: handshake,
    [API.saslAuthenticate]: signIn,
    [API.listGroups]: () => new Encoder().int32(0).int16(0).int32(0),
  });
  cleanups.push(() => fake.close());
  return { fake, messages };
}

function poolOf(fake: FakeBroker, token: () => Promise<string>, now: () => number = Date.now): ConnectionPool {
  const times = { connectTimeoutMs: 60_000, requestTimeoutMs: 60_000 };
  const clock = { ...systemClock, now };
  const options = { log: recordingLog(), clock, clientId: 'test', contact: { answered: false }, ...times };
  const address = { host: '127.0.0.1', port: fake.port, nodeId: 1 };
  const config = clusterConfig(fake.address, { sasl: { mechanism: 'oauthbearer', token } });
  const pool = new ConnectionPool(address, config, options);
  cleanups.push(() => pool.close());
  return pool;
}

const signIns = (fake: FakeBroker) => fake.received.filter((key) => key === API.saslHandshake).length;
const requests = (fake: FakeBroker) => fake.received.filter((key) => key === API.listGroups).length;

describe('a sign-in', () => {
  it('sends the token as RFC 7628 writes it', async () => {
    const { fake, messages } = await signInBroker();
    await poolOf(fake, async () => 'a-token').send(listGroupsRequest);
    expect(messages).toEqual(['n,,\u0001auth=Bearer a-token\u0001\u0001']);
  });

  it('takes a challenge for the refusal that it is, and lets the broker end the exchange', async () => {
    const { fake, messages } = await signInBroker([{ challenge: REFUSAL }, { error: REFUSAL }]);
    const sasl = {
      mechanism: 'oauthbearer' as const,
      token: async () => 'a-token',
      describe: () => 'region eu-west-1',
    };
    const failure = await connectionFailure(clusterConfig(fake.address, { sasl }));
    expect(messages[1]).toBe('\u0001');
    expect(failure.code).toBe('KAFKA_AUTHENTICATION');
    expect(failure.message).toContain(
      'to accept the AWS identity (region eu-west-1), seen it refused (invalid_token).',
    );
    expect(failure.allText).not.toContain('a-token');
  });

  it('asks for no connection without a token, and says why there is none', async () => {
    const { fake } = await signInBroker();
    const none = new MigrationError('KAFKA_AUTHENTICATION', 'no credentials');
    await expect(poolOf(fake, () => Promise.reject(none)).send(listGroupsRequest)).rejects.toBe(none);
    expect(fake.received).toEqual([]);
  });
});

describe('a session', () => {
  it('is renewed when half of it is over, with a fresh token, and then not again for as long', async () => {
    vi.useFakeTimers({ toFake: ['hrtime'] });
    const { fake, messages } = await signInBroker();
    let number = 0;
    // Asked once before the connection is opened, and once to sign in.
    const pool = poolOf(fake, async () => `token-${Math.ceil(++number / 2)}`);
    await pool.send(listGroupsRequest);
    vi.advanceTimersByTime(SESSION_MS / 2 - 1_000);
    await pool.send(listGroupsRequest);
    expect(signIns(fake)).toBe(1);
    vi.advanceTimersByTime(2_000);
    await Promise.all([pool.send(listGroupsRequest), pool.send(listGroupsRequest)]);
    await pool.send(listGroupsRequest);
    expect(signIns(fake)).toBe(2);
    expect(messages.map((text) => /token-\d/.exec(text)?.[0])).toEqual(['token-1', 'token-2']);
  });

  it.each([
    [900_000, 450_000],
    [5_000, 2_500],
    // A broker takes one renewal a second.
    [1_500, 500],
  ])('of %i ms is renewed with %i ms left', (sessionMs, left) => {
    expect(renewalMarginMs(sessionMs)).toBe(left);
  });

  it('that cannot be renewed ends the connection, since the broker would take nothing else on it', async () => {
    vi.useFakeTimers({ toFake: ['hrtime'] });
    const { fake } = await signInBroker();
    const over = new MigrationError('KAFKA_AUTHENTICATION', 'the session of the job is over');
    let left = 2;
    const pool = poolOf(fake, () => (left-- > 0 ? Promise.resolve('a-token') : Promise.reject(over)));
    await pool.send(listGroupsRequest);
    vi.advanceTimersByTime(SESSION_MS);
    await expect(pool.send(listGroupsRequest)).rejects.toBe(over);
    left = 2;
    await pool.send(listGroupsRequest);
    expect(fake.received.filter((key) => key === API.apiVersions)).toHaveLength(2);
  });

  it('whose renewal takes too long lets no request be written after its time', async () => {
    vi.useFakeTimers({ toFake: ['hrtime'] });
    const { fake } = await signInBroker();
    let now = 1_000;
    let renewalTakes = 0;
    const token = async () => {
      now += renewalTakes;
      return 'a-token';
    };
    const pool = poolOf(fake, token, () => now);
    await pool.send(listGroupsRequest);
    vi.advanceTimersByTime(SESSION_MS);
    renewalTakes = 5_000;
    await expect(pool.send(listGroupsRequest, { notAfter: now + 2_000 })).rejects.toMatchObject({
      code: 'DEADLINE_EXCEEDED',
    });
    expect(requests(fake)).toBe(1);
    await pool.send(listGroupsRequest);
    expect(requests(fake)).toBe(2);
  });
});
