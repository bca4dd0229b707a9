import { describe, expect, it } from 'vitest';
import { ScanRate } from '../../../src/adapters/kafka/scan-rate.ts';
import type { Clock } from '../../../src/operations/ports.ts';

/** Time passes by sleeping alone. */
function fakeClock(): Clock & { readonly slept: number[] } {
  let now = 1_000;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (durationMs, signal) => {
      if (signal?.aborted === true) return;
      slept.push(durationMs);
      now += durationMs;
    },
  };
}

const never = new AbortController().signal;

describe('a rate of 1,000 bytes a second', () => {
  it('lets the first answer through at once, and the next when that is paid', async () => {
    const clock = fakeClock();
    const rate = new ScanRate(1_000, clock);
    await rate.wait(never);
    rate.pay(500);
    await rate.wait(never);
    await rate.wait(never);
    expect(clock.slept).toEqual([500]);
  });

  it('adds up what came at the same time, so that requests in flight don’t exceed it on average', async () => {
    const clock = fakeClock();
    const rate = new ScanRate(1_000, clock);
    for (const bytes of [300, 300, 400]) rate.pay(bytes);
    await rate.wait(never);
    expect(clock.slept).toEqual([1_000]);
  });

  it('keeps no credit for time in which nothing was read', async () => {
    const clock = fakeClock();
    const rate = new ScanRate(1_000, clock);
    rate.pay(100);
    await clock.sleep(60_000);
    rate.pay(700);
    await rate.wait(never);
    expect(clock.slept).toEqual([60_000, 700]);
  });

  it('takes as long as the bytes need, however they come', async () => {
    const clock = fakeClock();
    const rate = new ScanRate(1_000, clock);
    const startedAt = clock.now();
    for (let n = 0; n < 50; n += 1) {
      await rate.wait(never);
      rate.pay(200);
    }
    await rate.wait(never);
    expect(clock.now() - startedAt).toBe(10_000);
  });

  it('ends the wait when the signal aborts', async () => {
    const clock = fakeClock();
    const rate = new ScanRate(1_000, clock);
    rate.pay(1_000_000);
    await rate.wait(AbortSignal.abort());
    expect(clock.slept).toEqual([]);
  });

  it('asks for small answers, and for 64 KiB at least, or nothing would ever come', () => {
    expect(new ScanRate(1_000, fakeClock()).answerBytes).toBe(65_536);
    expect(new ScanRate(8_000_000, fakeClock()).answerBytes).toBe(1_000_000);
  });
});

it('without a rate nothing waits', async () => {
  const clock = fakeClock();
  const rate = new ScanRate(Number.POSITIVE_INFINITY, clock);
  rate.pay(1e12);
  await rate.wait(never);
  expect(clock.slept).toEqual([]);
  expect(rate.answerBytes).toBe(Number.POSITIVE_INFINITY);
});
