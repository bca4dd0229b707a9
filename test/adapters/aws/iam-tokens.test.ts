/** When a token is made anew, and that many who ask share one look-up. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AwsCredentials } from '../../../src/adapters/aws/credentials.ts';
import { iamTokens } from '../../../src/adapters/aws/iam-tokens.ts';
import { systemClock } from '../../../src/adapters/clock.ts';

const MINUTE_MS = 60_000;
const KEYS: AwsCredentials = { accessKeyId: 'ASIAEXAMPLE123456789', secretAccessKey: 'a-secret' };

// The signer writes the time at which it is loaded and done into a token; here that is the time of the test's clock.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Tokens over a provider that counts its calls and answers when it is let. */
function counted(credentials: () => Promise<AwsCredentials> = async () => KEYS) {
  const start = Date.now();
  const seen = { lookUps: 0, now: start };
  const iam = iamTokens({
    side: 'target',
    region: 'eu-central-1',
    clock: { ...systemClock, now: () => seen.now },
    credentials: () => {
      seen.lookUps += 1;
      return credentials();
    },
  });
  const tokenAt = (ms: number) => {
    seen.now = start + ms;
    return iam.token();
  };
  return { iam, seen, start, tokenAt };
}

describe('a token', () => {
  it('is used again for a third of its 15 minutes, so that what begins with it lasts', async () => {
    const { seen, tokenAt } = counted();
    const first = await tokenAt(0);
    expect(await tokenAt(4.9 * MINUTE_MS)).toBe(first);
    expect(seen.lookUps).toBe(1);
    await tokenAt(5.1 * MINUTE_MS);
    expect(seen.lookUps).toBe(2);
  });

  it('is used again for a third of what is left of the session that signed it', async () => {
    const expiration = new Date(Date.now() + 6 * MINUTE_MS);
    const { seen, tokenAt } = counted(async () => ({ ...KEYS, expiration }));
    await tokenAt(0);
    await tokenAt(1.9 * MINUTE_MS);
    expect(seen.lookUps).toBe(1);
    await tokenAt(2.1 * MINUTE_MS);
    expect(seen.lookUps).toBe(2);
  });

  it('is shared by all who ask at the same time', async () => {
    let answer: (credentials: AwsCredentials) => void = () => {};
    const gate = new Promise<AwsCredentials>((resolve) => {
      answer = resolve;
    });
    const { iam, seen } = counted(() => gate);
    const asked = Array.from({ length: 20 }, () => iam.token());
    answer(KEYS);
    expect(new Set(await Promise.all(asked)).size).toBe(1);
    expect(seen.lookUps).toBe(1);
  });

  it('is asked for again after a failure', async () => {
    const answers = [Promise.reject(new Error('a hiccup')), Promise.resolve(KEYS)];
    const { iam } = counted(() => answers.shift() ?? Promise.resolve(KEYS));
    await expect(iam.token()).rejects.toThrow('target-auth iam');
    expect(await iam.token()).toMatch(/^[\w-]+$/);
  });
});
