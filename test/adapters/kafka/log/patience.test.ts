import { describe, expect, it } from 'vitest';
import { Patience } from '../../../../src/adapters/kafka/log/patience.ts';

/** Sleeps at once. */
function clockAt(startMs: number) {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    sleep: async (durationMs: number) => {
      nowMs += durationMs;
    },
    pass: (durationMs: number) => {
      nowMs += durationMs;
    },
  };
}

describe('30 s without progress', () => {
  it('end it, waits of up to a second between the tries included', async () => {
    const clock = clockAt(0);
    const patience = new Patience(clock);
    let tries = 1;
    while (await patience.wait()) tries += 1;
    expect(tries).toBeGreaterThan(30);
    expect(clock.now()).toBeGreaterThan(29_000);
    expect(clock.now()).toBeLessThanOrEqual(30_000);
  });

  it('begin anew with each progress', async () => {
    const clock = clockAt(0);
    const patience = new Patience(clock);
    clock.pass(29_950);
    patience.renew();
    clock.pass(29_950);
    expect(await patience.wait(20_000)).toBe(true);
    expect(await patience.wait(20_000)).toBe(false);
  });

  it('that a single try took, as on a machine that stood still, are followed by another try', async () => {
    const clock = clockAt(0);
    const patience = new Patience(clock);
    clock.pass(45_000);
    expect(await patience.wait()).toBe(true);
    clock.pass(20_000);
    expect(await patience.wait()).toBe(false);
  });
});
