import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../src/adapters/clock.ts';
import { readTails } from '../../../../src/adapters/kafka/log/read-tails.ts';
import { ScanRate } from '../../../../src/adapters/kafka/scan-rate.ts';
import type { TailRequest } from '../../../../src/operations/gate/gate-ports.ts';
import { javaBatch } from './java-batches.ts';
import { type Script, scriptedLog } from './scripted-log.ts';

const REQUEST: TailRequest = { topic: 'orders', partition: 0, from: 1000n, to: 1030n, isolation: 'read_uncommitted' };
const signal = new AbortController().signal;
const UNPACED = new ScanRate(Number.POSITIVE_INFINITY, systemClock);

const tail = async (script: Script, request: Partial<TailRequest> = {}) => {
  const [reading] = await readTails(scriptedLog(script), UNPACED, [{ ...REQUEST, ...request }], signal);
  return reading;
};

describe('the end of a log', () => {
  it('is counted in data records', async () => {
    const reading = await tail({ onFetch: () => ({ records: javaBatch('v2-zstd') }) });
    expect(reading).toMatchObject({ kind: 'read', dataRecords: 30, transactional: false });
    const part = await tail({ onFetch: () => ({ records: javaBatch('v2-zstd') }) }, { from: 1020n });
    expect(part).toMatchObject({ kind: 'read', dataRecords: 10 });
  });

  it('shows that a transaction wrote it, by its data or by its marker alone, which is no record', async () => {
    const data = await tail({ onFetch: () => ({ records: javaBatch('v2-transactional') }) }, { to: 1003n });
    expect(data).toMatchObject({ kind: 'read', dataRecords: 3, transactional: true });
    for (const marker of ['v2-commit-marker', 'v2-abort-marker']) {
      const reading = await tail({ onFetch: () => ({ records: javaBatch(marker) }) }, { to: 1001n });
      expect(reading, marker).toMatchObject({ kind: 'read', dataRecords: 0, transactional: true });
    }
  });

  it('that may not be read is unreadable, beside others that are', async () => {
    const log = scriptedLog({
      onFetch: (_, n) => (n === 0 ? { error: 'TOPIC_AUTHORIZATION_FAILED' } : { records: javaBatch('v2-none') }),
    });
    const readings = await readTails(log, UNPACED, [REQUEST, REQUEST], signal);
    expect(readings.map(({ kind }) => kind).sort()).toEqual(['read', 'unreadable']);
  });

  it('is read no faster than the rate allows', async () => {
    const log = scriptedLog({ onFetch: () => ({ records: javaBatch('v2-none') }) });
    const bytes = javaBatch('v2-none').length;
    const rate = new ScanRate(bytes, log.clock);
    for (let n = 0; n < 3; n += 1) await readTails(log, rate, [REQUEST], signal);
    expect(log.sleptMs()).toBe(2_000);
  });

  it('is not read once the run is cancelled', async () => {
    const log = scriptedLog({ onFetch: () => ({ records: javaBatch('v2-none') }) });
    const aborted = readTails(log, UNPACED, [REQUEST], AbortSignal.abort());
    await expect(aborted).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(log.fetches).toEqual([]);
  });
});
