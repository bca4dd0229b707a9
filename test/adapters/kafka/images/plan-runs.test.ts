import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planRuns } from '../../../../src/adapters/kafka/images/plan-runs.ts';
import { partitionKey, type TopicPartitionKey } from '../../../../src/domain/topic-partition.ts';
import type { ImageRequest, LogRange } from '../../../../src/operations/ports.ts';

const RANGE: LogRange = { kind: 'range', logStart: 100n, highWatermark: 1_000n };
const RANGES = new Map<TopicPartitionKey, LogRange>([
  [partitionKey('orders', 0), RANGE],
  [partitionKey('orders', 1), RANGE],
  [partitionKey('payments', 0), { kind: 'error', error: 'TOPIC_AUTHORIZATION_FAILED' }],
]);

function slice(from: number, to: number, partition = 0, topic = 'orders'): ImageRequest {
  return { topic, partition, from: BigInt(from), to: BigInt(to) };
}

/** Runs as `partition:from-to`, each with the places of its slices. */
function runsOf(...requests: readonly ImageRequest[]) {
  const { runs } = planRuns(requests, RANGES);
  const named = runs.map(({ partition, from, to, slices }) => {
    return [`${partition}:${from}-${to}`, slices.map(({ index }) => index)] as const;
  });
  return Object.fromEntries(named);
}

describe('slices of one partition', () => {
  it('are read once where they touch, overlap, are equal or lie within another', () => {
    expect(runsOf(slice(200, 300), slice(300, 400))).toEqual({ '0:200-400': [0, 1] });
    expect(runsOf(slice(250, 400), slice(200, 300))).toEqual({ '0:200-400': [1, 0] });
    expect(runsOf(slice(200, 300), slice(200, 300))).toEqual({ '0:200-300': [0, 1] });
    expect(runsOf(slice(200, 500), slice(300, 310), slice(400, 450))).toEqual({ '0:200-500': [0, 1, 2] });
  });

  it('are read apart where a single offset lies between them', () => {
    expect(runsOf(slice(200, 300), slice(301, 400))).toEqual({ '0:200-300': [0], '0:301-400': [1] });
  });

  it('have nothing to do with those of another partition', () => {
    expect(runsOf(slice(200, 300), slice(250, 400, 1))).toEqual({ '0:200-300': [0], '1:250-400': [1] });
  });

  it('together cover exactly the offsets asked for, each once', () => {
    const offset = fc.integer({ min: 100, max: 160 });
    const asked = fc.array(fc.tuple(offset, offset), { maxLength: 12 });
    fc.assert(
      fc.property(asked, (pairs) => {
        const requests = pairs.map(([from, to]) => slice(from, to));
        const { runs, settled } = planRuns(requests, RANGES);
        const covered = runs.flatMap(({ from, to }) => offsets(from, to));
        const wanted = new Set(requests.flatMap(({ from, to }) => offsets(from, to)));
        expect(covered).toEqual([...wanted].sort((a, b) => a - b));
        const planned = runs.flatMap(({ slices }) => slices.map(({ index }) => index));
        expect([...planned, ...settled.keys()].sort((a, b) => a - b)).toEqual(requests.map((_, index) => index));
      }),
    );
  });
});

describe('slices at the ends of the log', () => {
  it('begin at the log start where they asked for less', () => {
    expect(runsOf(slice(0, 200))).toEqual({ '0:100-200': [0] });
    expect(runsOf(slice(0, 101))).toEqual({ '0:100-101': [0] });
  });

  it.each<[string, ImageRequest]>([
    ['is empty', slice(300, 300)],
    ['is empty where no log is', slice(5, 5, 7, 'never-created')],
  ])('hold nothing and are read without a fetch when one %s', (_, request) => {
    const { runs, settled } = planRuns([request], RANGES);
    expect(runs).toEqual([]);
    expect(settled.get(0)).toEqual({ kind: 'read', records: [] });
  });

  it.each([
    ['before the log start', slice(0, 99)],
    ['at the log start', slice(0, 100)],
  ])('that end %s hold nothing, and say what is gone', (_, request) => {
    const { runs, settled } = planRuns([request], RANGES);
    expect(runs).toEqual([]);
    expect(settled.get(0)).toEqual({ kind: 'read', records: [], raisedTo: 100n });
  });

  it('may end at the high watermark, and are unreadable one offset beyond', () => {
    expect(runsOf(slice(900, 1_000))).toEqual({ '0:900-1000': [0] });
    expect(planRuns([slice(900, 1_001)], RANGES).settled.get(0)).toEqual({
      kind: 'unreadable',
      error: 'OFFSET_OUT_OF_RANGE',
    });
  });
});

it('a partition whose log ends are not known is unreadable, by the error that says why', () => {
  const { settled } = planRuns([slice(200, 300, 0, 'payments'), slice(200, 300, 9)], RANGES);
  expect([...settled.values()]).toEqual([
    { kind: 'unreadable', error: 'TOPIC_AUTHORIZATION_FAILED' },
    { kind: 'unreadable', error: 'UNKNOWN_TOPIC_OR_PARTITION' },
  ]);
});

function offsets(from: bigint, to: bigint): number[] {
  return Array.from({ length: Math.max(0, Number(to - from)) }, (_, n) => Number(from) + n);
}
