/** What PartitionTranslator asks to be read, and what it makes of slices that can't be. */
import { describe, expect, it } from 'vitest';
import { PartitionTranslator } from '../../../../src/domain/offsets/bracket/partition-translator.ts';
import type { LogSlice } from '../../../../src/domain/offsets/bracket/record-image.ts';
import { factsOf, log, sync, type WrittenLogs } from '../../../support/replicated-log/written-logs.ts';

const LETTERS = 'a b c d e f g h i j k l m n o p';
const exact = (offset: number) => ({ kind: 'translated', precision: 'exact', offset: BigInt(offset) });

function open(logs: WrittenLogs) {
  const translator = new PartitionTranslator(factsOf(logs));
  const asked: LogSlice[] = [];
  const read = (slices: readonly LogSlice[]) => {
    for (const slice of slices) {
      asked.push(slice);
      translator.add(slice, logs[slice.side]);
    }
  };
  return { translator, read, asked };
}

describe('what was read for one position', () => {
  it('is not asked for again', () => {
    const syncs = [sync(2, 2), sync(6, 6), sync(10, 10)];
    const { translator, read, asked } = open({ source: log(LETTERS), target: log(LETTERS), syncs });
    for (let position = 0n; position <= 16n; position++) {
      for (let slices = translator.missing(position); slices.length > 0; slices = translator.missing(position))
        read(slices);
      expect(translator.translate(position)).toMatchObject(exact(Number(position)));
    }
    for (const side of ['source', 'target'] as const) {
      const offsets = asked.filter((slice) => slice.side === side).reduce((sum, { from, to }) => sum + to - from, 0n);
      expect(offsets).toBe(16n);
    }
  });

  it('may be more than was asked for', () => {
    const logs = { source: log(LETTERS), target: log(LETTERS), syncs: [sync(2, 2), sync(6, 6)] };
    const translator = new PartitionTranslator(factsOf(logs));
    translator.add({ side: 'source', from: 0n, to: 5n }, logs.source);
    translator.add({ side: 'source', from: 3n, to: 16n }, logs.source);
    translator.add({ side: 'target', from: 0n, to: 16n }, logs.target);
    expect(translator.missing(4n)).toEqual([]);
    expect(translator.translate(4n)).toMatchObject({ ...exact(4), proof: { sourceRecords: 8, targetRecords: 3 } });
  });

  it('has to be all of it', () => {
    const translator = new PartitionTranslator(factsOf({ source: log(LETTERS), target: log(LETTERS) }));
    expect(() => translator.translate(4n)).toThrow('missing()');
  });
});

describe('offset syncs whose records are gone', () => {
  it('widen the look: one further, then two, then four', () => {
    // Of the first eight records only the first is left on the target.
    const target = log('a - - - - - - - - - k l m n o p');
    const syncs = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((offset) => sync(offset, offset));
    const { translator, read } = open({ source: log(LETTERS), target, syncs });
    const lowest: bigint[] = [];
    for (let slices = translator.missing(12n); slices.length > 0; slices = translator.missing(12n)) {
      lowest.push(slices.reduce((low, { from }) => (from < low ? from : low), 99n));
      read(slices);
    }
    expect(lowest).toEqual([8n, 7n, 5n, 1n, 0n]);
    expect(translator.translate(12n)).toMatchObject({ ...exact(12), proof: { lowAnchor: sync(0, 0) } });
  });

  it('above the position do not bound it either', () => {
    const source = log('a b c - - f g h');
    const syncs = [sync(0, 0), sync(3, 3), sync(4, 4), sync(5, 5)];
    const { translator, read } = open({ source, target: log('a b c d e f g h'), syncs });
    for (let slices = translator.missing(2n); slices.length > 0; slices = translator.missing(2n)) read(slices);
    expect(translator.translate(2n)).toMatchObject({ offset: 2n, proof: { highAnchor: sync(5, 5) } });
  });
});

describe('D: a slice that could not be read', () => {
  const logs = { source: log(LETTERS), target: log(LETTERS), syncs: [sync(2, 2), sync(6, 6), sync(10, 10)] };

  it('leaves the positions that need it unproven, and only these', () => {
    const { translator, read } = open(logs);
    for (const slice of translator.missing(4n)) translator.fail(slice, 'NOT_LEADER_OR_FOLLOWER');
    expect(translator.missing(4n)).toEqual([]);
    expect(translator.translate(4n)).toEqual({
      kind: 'unproven',
      detail: "the source's records in [2, 3) could not be read: NOT_LEADER_OR_FOLLOWER",
    });
    for (let slices = translator.missing(14n); slices.length > 0; slices = translator.missing(14n)) read(slices);
    expect(translator.translate(14n)).toMatchObject(exact(14));
  });

  it('of an offset sync at the position itself, too', () => {
    const { translator } = open(logs);
    for (const slice of translator.missing(6n)) translator.fail(slice, 'gone');
    expect(translator.translate(6n)).toMatchObject({ kind: 'unproven' });
  });

  it('counts no more once it was read', () => {
    const { translator, read } = open(logs);
    const slices = translator.missing(4n);
    for (const slice of slices) translator.fail(slice, 'timeout');
    read(slices);
    expect(translator.missing(4n)).toEqual([]);
    expect(translator.translate(4n)).toMatchObject(exact(4));
  });
});
