import { describe, expect, it } from 'vitest';
import { PartitionTranslator } from '../../../../src/domain/offsets/bracket/partition-translator.ts';
import { factsOf, log, sync, translate } from '../../../support/replicated-log/written-logs.ts';

const exact = (offset: number) => ({ kind: 'translated', precision: 'exact', offset: BigInt(offset) });
const LETTERS = 'a b c d e f g h i j';

describe('a position between two verified offset syncs', () => {
  // The target's topic was created when the source's log had been trimmed to 4.
  const logs = { source: log(LETTERS), target: log('e f g h i j'), syncs: [sync(4, 0), sync(8, 4)] };

  it.each([
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 3],
    [8, 4],
    [9, 5],
    [10, 6],
  ])('%i lies at %i', (committed, offset) => {
    expect(translate(committed, logs)).toMatchObject(exact(offset));
  });

  it('says why', () => {
    expect(translate(6, logs)).toMatchObject({
      proof: {
        lowAnchor: sync(4, 0),
        highAnchor: sync(8, 4),
        low: 1n,
        high: 4n,
        lastBefore: sync(5, 1),
        firstAfter: sync(6, 2),
        targetRecords: 3,
        without: [],
      },
    });
  });
});

describe('what is read', () => {
  const logs = { source: log(LETTERS), target: log(LETTERS), syncs: [sync(2, 2), sync(5, 5), sync(8, 8)] };

  it('is the bracket with the records of its anchors, once', () => {
    const translator = new PartitionTranslator(factsOf(logs));
    const slices = translator.missing(6n);
    expect(slices).toEqual([
      { side: 'source', from: 5n, to: 10n },
      { side: 'target', from: 5n, to: 9n },
    ]);
    for (const slice of slices) translator.add(slice, logs[slice.side]);
    expect(translator.missing(6n)).toEqual([]);
    expect(translator.missing(7n)).toEqual([]);
    expect(translator.translate(7n)).toMatchObject(exact(7));
  });

  it('is one record of each side where an offset sync speaks of the position itself', () => {
    expect(new PartitionTranslator(factsOf(logs)).missing(5n)).toEqual([
      { side: 'source', from: 5n, to: 6n },
      { side: 'target', from: 5n, to: 6n },
    ]);
  });

  it('is nothing when it would be more than max-scan', () => {
    const translator = new PartitionTranslator(factsOf({ ...logs, maxScan: 4 }));
    expect(translator.missing(6n)).toEqual([]);
    expect(translator.translate(6n)).toEqual({
      kind: 'unproven',
      detail: 'over max-scan 4: 5 source offsets and 2 target offsets would have to be compared',
    });
  });
});
