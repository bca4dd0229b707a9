import { describe, expect, it } from 'vitest';
import { AbortedTransactions } from '../../../../src/adapters/kafka/log/aborted-transactions.ts';
import type { LogBatch, Marker } from '../../../../src/adapters/kafka/log/batch.ts';

function data(lastOffset: bigint, producerId: bigint | null): LogBatch {
  return {
    lastOffset,
    sizeBytes: 100,
    control: false,
    transactionalProducerId: producerId,
    marker: () => null,
    readRecords: () => undefined,
  };
}

function end(lastOffset: bigint, producerId: bigint, marker: Marker | null): LogBatch {
  return { ...data(lastOffset, producerId), control: true, marker: () => marker };
}

/** Last offsets of the data batches that are not aborted. */
function kept(aborted: AbortedTransactions, batches: readonly LogBatch[]): bigint[] {
  return batches
    .filter((batch) => !aborted.isAborted(batch))
    .filter((batch) => !batch.control)
    .map((batch) => batch.lastOffset);
}

describe('aborted transactions', () => {
  it('end at the abort marker of their producer', () => {
    const aborted = new AbortedTransactions([{ producerId: 1n, firstOffset: 0n }]);
    expect(kept(aborted, [data(4n, 1n), data(9n, 1n), end(10n, 1n, 'abort'), data(12n, 1n)])).toEqual([12n]);
  });

  it('may begin with a batch of one record', () => {
    const aborted = new AbortedTransactions([{ producerId: 1n, firstOffset: 7n }]);
    expect(kept(aborted, [data(6n, 1n), data(7n, 1n), end(8n, 1n, 'abort')])).toEqual([6n]);
  });

  it('do not end at a control batch that compaction emptied', () => {
    const aborted = new AbortedTransactions([{ producerId: 1n, firstOffset: 0n }]);
    expect(kept(aborted, [data(1n, 1n), end(2n, 1n, null), data(3n, 1n)])).toEqual([]);
  });

  it('leave interleaved batches of others alone', () => {
    const aborted = new AbortedTransactions([{ producerId: 1n, firstOffset: 2n }]);
    const log = [data(1n, 2n), data(3n, 1n), data(4n, 2n), data(5n, null), end(6n, 2n, 'commit'), end(7n, 1n, 'abort')];
    expect(kept(aborted, log)).toEqual([1n, 4n, 5n]);
  });

  it('of one producer may follow each other, with a committed one between', () => {
    const aborted = new AbortedTransactions([
      { producerId: 1n, firstOffset: 6n },
      { producerId: 1n, firstOffset: 0n },
    ]);
    const log = [
      data(1n, 1n),
      end(2n, 1n, 'abort'),
      data(4n, 1n),
      end(5n, 1n, 'commit'),
      data(7n, 1n),
      end(8n, 1n, 'abort'),
    ];
    expect(kept(aborted, log)).toEqual([4n]);
  });

  it('began before the batch that holds the position', () => {
    const aborted = new AbortedTransactions([{ producerId: 1n, firstOffset: 3n }]);
    expect(kept(aborted, [data(120n, 1n), end(121n, 1n, 'abort'), data(122n, 1n)])).toEqual([122n]);
  });

  it('take effect in the batch whose middle they begin in', () => {
    const aborted = new AbortedTransactions([{ producerId: 1n, firstOffset: 5n }]);
    expect(kept(aborted, [data(9n, 1n)])).toEqual([]);
  });
});
