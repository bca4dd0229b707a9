import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type GroupCheckpoint,
  lastEpoch,
  lowerBounds,
  type OffsetPair,
} from '../../../src/domain/checkpoints/lower-bounds.ts';

const pair = (upstream: number, downstream: number): OffsetPair => ({
  upstream: BigInt(upstream),
  downstream: BigInt(downstream),
});
const of = (groupId: string, upstream: number, downstream: number): GroupCheckpoint => ({
  groupId,
  ...pair(upstream, downstream),
});
const FAR = 1_000_000n;

describe('the last epoch of offset syncs', () => {
  it('is everything while both offsets grow', () => {
    const syncs = [pair(0, 0), pair(10, 10), pair(20, 19)];
    expect(lastEpoch(syncs)).toEqual(syncs);
  });

  it('starts anew where upstream or downstream fell, or only one of them grew', () => {
    expect(lastEpoch([pair(50, 50), pair(10, 60), pair(20, 70)])).toEqual([pair(10, 60), pair(20, 70)]);
    expect(lastEpoch([pair(50, 50), pair(60, 5)])).toEqual([pair(60, 5)]);
    expect(lastEpoch([pair(50, 50), pair(50, 90)])).toEqual([pair(50, 90)]);
  });

  it('keeps a pair that was written twice', () => {
    expect(lastEpoch([pair(1, 1), pair(1, 1)])).toHaveLength(2);
  });
});

describe('F: a checkpoint ahead of the truth never serves', () => {
  it('is refuted by an offset sync of a later record at an earlier place', () => {
    // The target topic was copied again from a source that starts at 13,785: MM2 kept 38,785.
    const bounds = lowerBounds([of('g', 38_785, 38_785)], [pair(13_785, 0), pair(49_999, 36_214)], FAR);
    expect(bounds.refutes(pair(38_785, 38_785))).toEqual(pair(49_999, 36_214));
    expect(bounds.best(50_000n)).toBeNull();
  });

  it("is refuted by another group's checkpoint just the same", () => {
    const bounds = lowerBounds([of('stale', 100, 100), of('fresh', 120, 20)], [], FAR);
    expect(bounds.best(200n)).toMatchObject({ groupId: 'fresh' });
  });

  it("never serves beyond the target's high watermark", () => {
    expect(lowerBounds([of('g', 10, 500)], [], 499n).best(10n)).toBeNull();
    expect(lowerBounds([of('g', 10, 500)], [], 500n).best(10n)).toMatchObject({ downstream: 500n });
  });
});

describe('the best lower bound', () => {
  it('is the furthest valid checkpoint at or below the committed offset, of any group', () => {
    const bounds = lowerBounds([of('a', 10, 8), of('b', 40, 35), of('c', 90, 80)], [], FAR);
    expect(bounds.best(9n)).toBeNull();
    expect(bounds.best(10n)).toMatchObject({ groupId: 'a' });
    expect(bounds.best(89n)).toMatchObject({ groupId: 'b' });
    expect(bounds.best(90n)).toMatchObject({ groupId: 'c' });
  });

  it('agrees with the plain definition on any set of pairs', () => {
    const small = fc.integer({ min: 0, max: 12 });
    const pairs = fc.array(fc.tuple(small, small), { maxLength: 10 });
    fc.assert(
      fc.property(pairs, pairs, small, small, (checkpoints, anchors, committed, end) => {
        const own = checkpoints.map(([u, d], i) => of(`g${i}`, u, d));
        const syncs = anchors.map(([u, d]) => pair(u, d));
        const refuted = (c: OffsetPair) =>
          [...own, ...syncs].some((other) => other.upstream >= c.upstream && other.downstream < c.downstream);
        const valid = own.filter((c) => !refuted(c) && c.downstream <= BigInt(end) && c.upstream <= BigInt(committed));
        const expected = valid.reduce<bigint | null>(
          (m, c) => (m === null || c.downstream > m ? c.downstream : m),
          null,
        );
        expect(lowerBounds(own, syncs, BigInt(end)).best(BigInt(committed))?.downstream ?? null).toBe(expected);
      }),
      { numRuns: 3_000 },
    );
  });
});
