/** How requests spread over connections; the broker sees one socket per connection. */
import { afterEach, describe, expect, it } from 'vitest';
import { ConnectionPool, type SendOptions } from '../../../src/adapters/kafka/connection-pool.ts';
import { Encoder } from '../../../src/adapters/kafka/protocol/encoder.ts';
import { listGroupsRequest } from '../../../src/adapters/kafka/protocol/list-groups.ts';
import type { Clock } from '../../../src/operations/ports.ts';
import { API, type FakeAnswer, type FakeBroker, startFakeBroker } from './fake-broker.ts';
import { clusterConfig, recordingLog, systemClock } from './probe.ts';

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A broker that answers ListGroups when it is told to. */
async function heldBroker(): Promise<{ fake: FakeBroker; waiting: ((answer: FakeAnswer) => void)[] }> {
  const waiting: ((answer: FakeAnswer) => void)[] = [];
  const hold = () => new Promise<FakeAnswer>((resolve) => waiting.push(resolve));
  const fake = await startFakeBroker({ [API.listGroups]: hold });
  cleanups.push(() => fake.close());
  return { fake, waiting };
}

function poolOf(fake: FakeBroker, clock: Clock = systemClock): ConnectionPool {
  const options = {
    log: recordingLog(),
    clock,
    connectTimeoutMs: 60_000,
    requestTimeoutMs: 60_000,
    clientId: 'test',
    contact: { answered: false },
  };
  const address = { host: '127.0.0.1', port: fake.port, nodeId: 1 };
  const pool = new ConnectionPool(address, clusterConfig(fake.address), options);
  cleanups.push(() => pool.close());
  return pool;
}

const noGroups = () => new Encoder().int32(0).int16(0).int32(0);
const connectionsTo = (fake: FakeBroker) => fake.received.filter((key) => key === API.apiVersions).length;
const send = (pool: ConnectionPool, count: number, options: SendOptions) =>
  Array.from({ length: count }, () => pool.send(listGroupsRequest, options));

describe('connections', () => {
  it('one by default, however many requests wait', async () => {
    const { fake, waiting } = await heldBroker();
    const sent = send(poolOf(fake), 5, {});
    await expect.poll(() => waiting.length).toBe(5);
    for (const answer of waiting) answer(noGroups());
    await Promise.all(sent);
    expect(connectionsTo(fake)).toBe(1);
  });

  it('as many as there is work for, up to what the caller allows', async () => {
    const { fake, waiting } = await heldBroker();
    const pool = poolOf(fake);
    const sent = send(pool, 7, { connections: 3, inFlight: 2 });
    await expect.poll(() => waiting.length).toBe(6);
    expect(pool.size).toBe(3);
    waiting[0]?.(noGroups());
    await expect.poll(() => waiting.length).toBe(7);
    for (const answer of waiting) answer(noGroups());
    await Promise.all(sent);
    expect(connectionsTo(fake)).toBe(3);
  });

  it('a single request opens a single one even where more are allowed', async () => {
    const { fake, waiting } = await heldBroker();
    const sent = send(poolOf(fake), 1, { connections: 64 });
    await expect.poll(() => waiting.length).toBe(1);
    waiting[0]?.(noGroups());
    await Promise.all(sent);
    expect(connectionsTo(fake)).toBe(1);
  });

  it('that were idle for long are closed and opened anew', async () => {
    let now = 1_000_000;
    const { fake, waiting } = await heldBroker();
    const pool = poolOf(fake, { ...systemClock, now: () => now });
    const ask = async (count: number) => {
      const sent = send(pool, count, { connections: 4, inFlight: 1 });
      await expect.poll(() => waiting.length).toBe(count);
      for (const answer of waiting.splice(0)) answer(noGroups());
      await Promise.all(sent);
    };
    await ask(4);
    expect(pool.size).toBe(4);
    now += 60_000;
    await ask(1);
    expect(pool.size).toBe(1);
    expect(connectionsTo(fake)).toBe(5);
  });

  it('that broke are replaced', async () => {
    const { fake, waiting } = await heldBroker();
    const pool = poolOf(fake);
    const broken = pool.send(listGroupsRequest);
    await expect.poll(() => waiting.length).toBe(1);
    waiting.splice(0)[0]?.('close');
    await expect(broken).rejects.toMatchObject({ code: expect.stringContaining('KAFKA_'), sent: true });
    const next = pool.send(listGroupsRequest);
    await expect.poll(() => waiting.length).toBe(1);
    waiting[0]?.(noGroups());
    expect((await next).groups).toEqual([]);
  });
});

describe('a broker that moved', () => {
  it('still answers what is in flight, and takes nothing new', async () => {
    const { fake, waiting } = await heldBroker();
    const pool = poolOf(fake);
    const sent = pool.send(listGroupsRequest);
    await expect.poll(() => waiting.length).toBe(1);
    pool.retire();
    await expect(pool.send(listGroupsRequest)).rejects.toMatchObject({ sent: false, retriable: true });
    waiting[0]?.(noGroups());
    expect((await sent).error).toBeNull();
  });
});
