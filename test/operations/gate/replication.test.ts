import { describe, expect, it } from 'vitest';
import { partitionKey } from '../../../src/domain/topic-partition.ts';
import type { ConnectApi } from '../../../src/operations/connect-port.ts';
import { TOPIC } from '../../support/fake-clusters.ts';
import { type FakeGate, fakeGate, gather, READ, workerThatCopied } from '../../support/fake-gate.ts';
import { SkippingClock } from '../../support/fake-sync.ts';

const KEY = partitionKey(TOPIC, 0);
/** The log of the fakes holds 500 records. */
const AT_END = 499;

/** Says in turn which record it copied last; the last answer stays. */
function workerThatSays(...copied: readonly number[]): ConnectApi {
  const rest = [...copied];
  const worker = workerThatCopied(copied[0] ?? 0);
  return {
    ...worker,
    connectorOffsets: (name, bounds) => {
      const [last = 0] = rest.length > 1 ? rest.splice(0, 1) : rest;
      return workerThatCopied(last).connectorOffsets(name, bounds);
    },
  };
}

/** Ten records arrive between the two looks. */
class BusyClock extends SkippingClock {
  readonly #gate: FakeGate;
  readonly startedAtMs = this.now();

  constructor(gate: FakeGate) {
    super();
    this.#gate = gate;
  }

  override sleep(durationMs: number): Promise<void> {
    this.#gate.source.ranges.set(KEY, { kind: 'range', logStart: 0n, highWatermark: 510n });
    return super.sleep(durationMs);
  }

  get waitedMs(): number {
    return this.now() - this.startedAtMs;
  }
}

async function lookAt(connect: ConnectApi, phase: 'rehearse' | 'cutover' | 'decommission' = 'rehearse') {
  const gate = fakeGate([]);
  const clock = new BusyClock(gate);
  const gathered = await gather({ ...gate, clock, connect, request: { phase } });
  return { ...gathered?.facts.topics[0]?.partitions[0], waitedMs: clock.waitedMs, source: gate.source };
}

describe('what is left to copy while producers are at work', () => {
  it('is counted up to where the log ended when the check began', async () => {
    for (const phase of ['rehearse', 'cutover'] as const) {
      const { lagRecords, sourceEnd } = await lookAt(workerThatSays(AT_END), phase);
      expect(lagRecords).toEqual({ kind: 'known', value: 0n });
      expect(sourceEnd).toMatchObject({ first: { value: 500n }, second: { value: 510n } });
    }
  });

  it('is counted to its very end where the source is to go', async () => {
    const { lagRecords } = await lookAt(workerThatSays(AT_END), 'decommission');
    expect(lagRecords).toEqual({ kind: 'known', value: 10n });
  });
});

describe('a worker that has not written down yet what it has copied', () => {
  it('is asked again until it has', async () => {
    const { lagRecords, copiedUpTo, waitedMs } = await lookAt(workerThatSays(480, 480, 480, 490, AT_END));
    expect(lagRecords).toEqual({ kind: 'known', value: 0n });
    expect(copiedUpTo).toEqual({ kind: 'known', value: 500n });
    expect(waitedMs).toBeLessThan(75_000);
  });

  it('is behind when it still has not after its default interval', async () => {
    const { lagRecords, waitedMs } = await lookAt(workerThatSays(489));
    expect(lagRecords).toEqual({ kind: 'known', value: 10n });
    expect(waitedMs).toBeGreaterThanOrEqual(75_000);
  });

  it('counts records again once it has moved, markers of transactions left out', async () => {
    const gate = fakeGate([]);
    gate.source.tails.set(KEY, { ...READ, transactional: true, dataRecords: 3 });
    const gathered = await gather({
      ...gate,
      connect: workerThatSays(470, 470, 490),
      request: { phase: 'rehearse' },
    });
    expect(gathered?.facts.topics[0]?.partitions[0]?.lagRecords).toEqual({ kind: 'known', value: 3n });
    expect(gate.source.tailRequests.at(-1)).toMatchObject({ from: 491n, to: 500n });
  });

  it('is asked on where it does not answer for a while', async () => {
    const worker = workerThatSays(489);
    let asked = 0;
    const connectorOffsets: ConnectApi['connectorOffsets'] = async (name, bounds) => {
      asked += 1;
      if (asked <= 2) return worker.connectorOffsets(name, bounds);
      return asked < 6 ? { kind: 'unsupported' } : workerThatCopied(AT_END).connectorOffsets(name, bounds);
    };
    const { lagRecords } = await lookAt({ ...worker, connectorOffsets });
    expect(lagRecords).toEqual({ kind: 'known', value: 0n });
  });

  it('is waited for no longer where only a marker of a transaction is left, which is never copied', async () => {
    const gate = fakeGate([]);
    const clock = new BusyClock(gate);
    const readTails = gate.source.readTails.bind(gate.source);
    gate.source.readTails = async (requests) => {
      const readings = await readTails(requests);
      return readings.map((reading, place) => {
        const isMarker = requests[place]?.from === 499n;
        return isMarker ? { ...READ, transactional: true, dataRecords: 0 } : reading;
      });
    };
    const connect = workerThatSays(480, 480, 498);
    const gathered = await gather({ ...gate, clock, connect, request: { phase: 'rehearse' } });
    expect(gathered?.facts.topics[0]?.partitions[0]?.lagRecords).toEqual({ kind: 'known', value: 0n });
    expect(clock.waitedMs).toBeLessThan(25_000);
  });

  it('keeps what was seen when it does not answer any more', async () => {
    const worker = workerThatSays(489);
    let asked = 0;
    const connectorOffsets: ConnectApi['connectorOffsets'] = async (name, bounds) => {
      asked += 1;
      return asked > 2 ? { kind: 'unsupported' } : worker.connectorOffsets(name, bounds);
    };
    const { lagRecords } = await lookAt({ ...worker, connectorOffsets });
    expect(lagRecords).toEqual({ kind: 'known', value: 10n });
  });

  it('is not waited for where none of its tasks runs', async () => {
    const worker = workerThatSays(489);
    const paused: ConnectApi = {
      ...worker,
      connectors: async (bounds) => {
        const found = await worker.connectors(bounds);
        const tasks = [{ id: 0, state: 'PAUSED' as const, trace: null }];
        const status = { state: 'PAUSED' as const, trace: null, tasks };
        return new Map([...found].map(([name, one]) => [name, { ...one, status }]));
      },
    };
    const { lagRecords, waitedMs } = await lookAt(paused);
    expect(lagRecords).toEqual({ kind: 'known', value: 10n });
    expect(waitedMs).toBeLessThan(20_000);
  });
});

describe('a log that changed while the check went on', () => {
  it('is searched for transactions to its end, also where it was empty when the check began', async () => {
    const gate = fakeGate([]);
    gate.source.ranges.set(KEY, { kind: 'range', logStart: 500n, highWatermark: 500n });
    gate.source.tails.set(KEY, { ...READ, transactional: true, dataRecords: 4 });
    class FillingClock extends SkippingClock {
      override sleep(durationMs: number): Promise<void> {
        gate.source.ranges.set(KEY, { kind: 'range', logStart: 500n, highWatermark: 506n });
        return super.sleep(durationMs);
      }
    }
    const connect = workerThatSays(505);
    const gathered = await gather({ ...gate, clock: new FillingClock(), connect, request: { phase: 'rehearse' } });
    expect(gathered?.facts.topics[0]?.transactional).toEqual({ kind: 'known', value: true });
    expect(gate.source.tailRequests).toMatchObject([{ from: 500n, to: 506n }]);
  });

  it('has nothing left beyond its new end, where it was cut off', async () => {
    const gate = fakeGate([]);
    class CuttingClock extends SkippingClock {
      override sleep(durationMs: number): Promise<void> {
        gate.source.ranges.set(KEY, { kind: 'range', logStart: 0n, highWatermark: 480n });
        return super.sleep(durationMs);
      }
    }
    const connect = workerThatSays(479);
    const gathered = await gather({ ...gate, clock: new CuttingClock(), connect, request: { phase: 'rehearse' } });
    expect(gathered?.facts.topics[0]?.partitions[0]?.lagRecords).toEqual({ kind: 'known', value: 0n });
    for (const { to } of gate.source.tailRequests) expect(to).toBe(480n);
  });
});

describe('how far MM2 had come before the groups were looked at', () => {
  it('is kept beside how far it is at the end', async () => {
    const { copiedBefore, copiedUpTo } = await lookAt(workerThatSays(450, AT_END));
    expect(copiedBefore).toEqual({ kind: 'known', value: 451n });
    expect(copiedUpTo).toEqual({ kind: 'known', value: 500n });
  });
});
