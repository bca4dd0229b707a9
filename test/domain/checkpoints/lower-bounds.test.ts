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
    const bounds = lowerBounds([of('g', 38_785, 38_785)], [pair(13_785, 0), pair(49_999, 36_214)]);
    expect(bounds.refutes(pair(38_785, 38_785))).toEqual(pair(49_999, 36_214));
  });

  it("is refuted by another group's checkpoint while no offset sync vouches for it", () => {
    const bounds = lowerBounds([of('stale', 100, 100), of('fresh', 120, 20)], []);
    expect(bounds.refutes(pair(100, 100))).toMatchObject({ groupId: 'fresh' });
  });

  it('is not refuted by a group that MM2 met later, when the sync that it came from is there', () => {
    // MM2 4.3.1 with defaults, 3,000 records: it thins its syncs while it copies.
    const bounds = lowerBounds([of('early', 1_060, 910), of('late', 1_265, 1)], [pair(0, 0), pair(909, 909)]);
    expect(bounds.refutes(pair(1_060, 910))).toBeNull();
  });

  it('is vouched for at the sync itself only up to its place', () => {
    const others = [of('other', 120, 20)];
    expect(lowerBounds([of('g', 100, 90), ...others], [pair(100, 90)]).refutes(pair(100, 90))).toBeNull();
    expect(lowerBounds([of('g', 100, 91), ...others], [pair(100, 90)]).refutes(pair(100, 91))).not.toBeNull();
  });
});

describe('the refutation', () => {
  it('agrees with the plain definition on any set of pairs', () => {
    const small = fc.integer({ min: 0, max: 12 });
    const pairs = fc.array(fc.tuple(small, small), { maxLength: 10 });
    fc.assert(
      fc.property(pairs, pairs, (checkpoints, anchors) => {
        const own = checkpoints.map(([u, d], i) => of(`g${i}`, u, d));
        const syncs = lastEpoch(anchors.map(([u, d]) => pair(u, d)));
        const ahead = (c: OffsetPair) => (o: OffsetPair) => o.upstream >= c.upstream && o.downstream < c.downstream;
        const proven = (c: OffsetPair) =>
          syncs
            .filter((a) => a.upstream <= c.upstream)
            .some((a) => {
              const greatest = syncs.every((b) => b.upstream > c.upstream || b.upstream <= a.upstream);
              return greatest && (a.upstream === c.upstream ? a.downstream : a.downstream + 1n) >= c.downstream;
            });
        const refuted = (c: OffsetPair) => syncs.some(ahead(c)) || (own.some(ahead(c)) && !proven(c));
        const { refutes } = lowerBounds(own, syncs);
        for (const checkpoint of own) expect(refutes(checkpoint) !== null).toBe(refuted(checkpoint));
      }),
      { numRuns: 3_000 },
    );
  });
});
