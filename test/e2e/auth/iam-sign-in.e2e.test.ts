/** Signing in by IAM on a real broker that checks action, host, region, time and signature of each token. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { saslPlainListener } from '../../../src/testbed/listeners.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { connectionFailure } from '../../adapters/kafka/probe.ts';
import { type IamBed, iamConfig, openIam, refusedIam, startIamBed } from './iam-bed.ts';

const TOPIC = 'orders';
const MINUTE_MS = 60_000;
/** No session ends within a test: that is the business of renewed-sessions.e2e.test.ts. */
const SESSION_MS = 10 * MINUTE_MS;
let bed: IamBed;

beforeAll(async () => {
  bed = await startIamBed(
    [
      { region: 'eu-central-1', sessionMs: SESSION_MS },
      { name: 'MSK', region: 'us-east-1', refusal: 'error', sessionMs: SESSION_MS },
    ],
    [saslPlainListener({ alice: 'secret' }, { name: 'PLAIN' })],
  );
  await createTopics(bed.kafka.address, [{ topic: TOPIC }]);
});

afterAll(async () => {
  await bed?.stop();
});

afterEach(() => {
  vi.useRealTimers();
});

function listener(name: 'IAM' | 'MSK') {
  const found = bed.listeners.find((one) => one.listener.name === name);
  if (found === undefined) throw new Error(`no listener ${name}`);
  return found;
}

describe.each(['source', 'target'] as const)('as %s', (side) => {
  it('signs in, reads and commits', async () => {
    const cluster = await openIam(bed.kafka, listener('IAM'), { side });
    try {
      expect((await cluster.describeCluster()).clusterId).toBe(bed.kafka.clusterId);
      const groupId = `billing-of-${side}`;
      const offsets = [{ topic: TOPIC, partition: 0, offset: 0n, metadata: '' }];
      const results = await cluster.commitOffsets([{ groupId, offsets }]);
      expect([...(results.get(groupId)?.partitions.values() ?? [])]).toEqual([{ kind: 'committed' }]);
      const read = await cluster.committedOffsets([{ groupId, partitions: [{ topic: TOPIC, partition: 0 }] }]);
      expect(read.get(groupId)?.partitions.get(`${TOPIC}/0`)?.offset).toBe(0n);
    } finally {
      await cluster.close();
    }
  });
});

it('signs in at two regions at once', async () => {
  const both = await Promise.all([
    openIam(bed.kafka, listener('IAM'), { side: 'source' }),
    openIam(bed.kafka, listener('MSK'), { side: 'target' }),
  ]);
  const seen = await Promise.all(both.map((cluster) => cluster.describeCluster()));
  expect(seen.map(({ clusterId }) => clusterId)).toEqual([bed.kafka.clusterId, bed.kafka.clusterId]);
  for (const cluster of both) await cluster.close();
});

describe('what a person reads when a sign-in fails', () => {
  it.each([
    ['another secret', { identity: { secretAccessKey: 'not-the-secret' } }, 'wrong signature'],
    ['another session', { identity: { sessionToken: 'not-the-session' } }, 'wrong session token'],
    ['another region', { region: 'us-west-2' }, 'wrong region'],
  ])('%s', async (_what, signIn, reason) => {
    const iam = listener('IAM');
    const failure = await refusedIam(bed.kafka, iam, { side: 'source', ...signIn });
    const region = 'region' in signIn ? signIn.region : iam.region;
    expect(failure.code).toBe('KAFKA_AUTHENTICATION');
    expect(failure.message).toMatch(/^source-bootstrap-servers 127\.0\.0\.1:\d+: expected IAM sign-in/);
    expect(failure.message).toContain(
      `(region ${region}, credentials of the AWS chain), seen it refused (invalid_token).`,
    );
    expect(failure.hint).toContain('kafka-cluster:Connect');
    expect((await iam.tokens()).at(-1)).toMatchObject({ outcome: 'refused', detail: reason });
    const secrets = [iam.identity.accessKeyId, iam.identity.secretAccessKey, iam.identity.sessionToken ?? ''];
    for (const secret of [...secrets, 'not-the-secret', 'not-the-session'])
      expect(failure.allText).not.toContain(secret);
  });

  it.each([
    ['slow by more than the life of a token', -20 * MINUTE_MS, 'expired'],
    ['fast', 20 * MINUTE_MS, 'signed in the future'],
  ])('a clock that is %s', async (_what, skewMs, reason) => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + skewMs });
    const iam = listener('IAM');
    const failure = await refusedIam(bed.kafka, iam, {});
    expect(failure.message).toContain('it refused (invalid_token)');
    expect(failure.hint).toContain('the clock of this machine');
    expect((await iam.tokens()).at(-1)).toMatchObject({ outcome: 'refused', detail: reason });
  });

  it("MSK's own words", async () => {
    const failure = await refusedIam(bed.kafka, listener('MSK'), { identity: { secretAccessKey: 'not-the-secret' } });
    expect(failure.message).toContain('seen it refused ([bed]: Access denied).');
  });

  it('a listener of another mechanism', async () => {
    const bootstrapServers = bed.kafka.bootstrapServers('PLAIN').split(',');
    const failure = await connectionFailure({ ...iamConfig(bed.kafka, listener('IAM')), bootstrapServers, tls: null });
    expect(failure.message).toContain('expected a listener with SASL OAUTHBEARER, seen one with PLAIN.');
    expect(failure.hint).toContain('port 9098');
  });
});
