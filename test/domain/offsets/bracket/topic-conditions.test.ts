/** The topic conditions by hand. `a b - c`: contents by offset, `-` is an offset without a data record. */
import { describe, expect, it } from 'vitest';
import { log, sync, translate } from '../../../support/replicated-log/written-logs.ts';

const exact = (offset: number) => ({ kind: 'translated', precision: 'exact', offset: BigInt(offset) });
const bounded = (offset: number, redeliveredMax: number) => ({
  kind: 'translated',
  precision: 'bounded',
  offset: BigInt(offset),
  redeliveredMax: BigInt(redeliveredMax),
});
const notReplicated = { kind: 'not-replicated' };

describe('holes', () => {
  it('on the source: a position on a deleted record is that of the next one', () => {
    const logs = { source: log('a b - - e f g'), target: log('a b e f g'), syncs: [sync(0, 0), sync(5, 3)] };
    for (const committed of [2, 3, 4]) expect(translate(committed, logs)).toMatchObject(exact(2));
  });

  it('on the source, after the last offset sync: exact once enough has been copied', () => {
    const source = log('a - c d e f g');
    const logs = { source, sourceRange: [0, 7] as const, syncs: [sync(0, 0)] };
    expect(translate(2, { ...logs, target: log('a c d e f') })).toMatchObject(exact(1));
    expect(translate(2, { ...logs, target: log('a c d') })).toMatchObject(bounded(1, 2));
    expect(translate(2, { ...logs, target: log('a') })).toMatchObject(exact(1));
  });

  it('on the target: nothing is taken for a copy that is no longer there', () => {
    const logs = { source: log('a b c d e f'), target: log('a b - - e f'), syncs: [sync(0, 0), sync(5, 5)] };
    expect(translate(2, logs)).toMatchObject(exact(2));
    expect(translate(3, logs)).toMatchObject(exact(2));
    expect(translate(4, logs)).toMatchObject(exact(2));
    expect(translate(5, logs)).toMatchObject(exact(5));
  });

  it('a record that only the target still has stays ahead of the position', () => {
    const logs = { source: log('a b - - e f'), target: log('a b c d e f'), syncs: [sync(0, 0)] };
    expect(translate(2, logs)).toMatchObject({ offset: 2n, precision: 'bounded' });
  });

  it('an earlier twin that only the target still has is no proof of exactness', () => {
    // Offset 1 was an `x` as well, and was compacted away; its copy still lies at 1.
    const logs = { source: log('a - c x'), target: log('a x c x') };
    expect(translate(2, { ...logs, syncs: [sync(0, 0)] })).toMatchObject(bounded(1, 3));
    expect(translate(2, { ...logs, syncs: [sync(0, 0), sync(3, 3)] })).toMatchObject(bounded(1, 2));
  });
});

describe('ranges', () => {
  it('the source was trimmed: S below its start is where its first record was copied to, or earlier', () => {
    const logs = { source: log('e f g', 4), target: log('e f g'), sourceRange: [4, 7] as const, syncs: [sync(4, 0)] };
    expect(translate(2, logs)).toMatchObject(exact(0));
    expect(translate(5, logs)).toMatchObject(exact(1));
  });

  it('both were trimmed, the target further', () => {
    const source = log('c d e f g', 2);
    const logs = { source, target: log('e f g', 4), sourceRange: [2, 7] as const, targetRange: [4, 7] as const };
    // `d`, which the group has not read yet, is no longer on the target.
    expect(translate(3, { ...logs, syncs: [sync(5, 5)] })).toMatchObject({ ...exact(4), uncopied: 1 });
    expect(translate(4, { ...logs, syncs: [sync(5, 5)] })).toMatchObject({ ...exact(4), uncopied: 0 });
    expect(translate(6, { ...logs, syncs: [sync(5, 5)] })).toMatchObject({ ...exact(6), uncopied: 0 });
  });

  it('S at 0, at the end, and beyond it', () => {
    const logs = { source: log('a b c'), target: log('a b c') };
    expect(translate(0, logs)).toMatchObject(exact(0));
    expect(translate(3, logs)).toMatchObject(exact(3));
    expect(translate(4, logs)).toEqual({
      kind: 'unproven',
      detail: "position 4 lies beyond the source's log end 3",
    });
  });

  it('nothing has been copied yet', () => {
    const logs = { source: log('a b c'), target: log('') };
    expect(translate(0, logs)).toMatchObject(exact(0));
    expect(translate(2, logs)).toMatchObject(notReplicated);
  });

  it('both are empty', () => {
    expect(translate(0, { source: log(''), target: log('') })).toMatchObject(exact(0));
  });

  it('the source is empty by now: all that the target has may be read again', () => {
    const logs = { source: log(''), target: log('a b'), sourceRange: [2, 2] as const };
    expect(translate(2, logs)).toMatchObject(bounded(0, 2));
  });
});

describe('the end of the log', () => {
  it('follows from the last record before S, not from the end of the target', () => {
    const logs = { source: log('a b c'), target: log('a b c x y') };
    expect(translate(3, logs)).toMatchObject({ offset: 3n });
  });

  it('is not replicated while that record is missing', () => {
    const logs = { source: log('a b c d'), target: log('a b c'), syncs: [sync(0, 0)] };
    expect(translate(4, logs)).toMatchObject(notReplicated);
    expect(translate(3, logs)).toMatchObject(exact(3));
  });

  it('is bounded while only an earlier twin of that record is there', () => {
    const logs = { source: log('a x b x'), target: log('a x b'), syncs: [sync(0, 0)] };
    expect(translate(4, logs)).toMatchObject(bounded(3, 1));
    expect(translate(4, { ...logs, target: log('a x b x') })).toMatchObject(exact(4));
  });
});

describe('transactions', () => {
  it('control records are holes of the source, and of a target that MM2 writes in transactions', () => {
    const logs = { source: log('a b - c d -'), target: log('a b - c d -'), syncs: [sync(0, 0), sync(3, 3)] };
    const ends = { sourceRange: [0, 6] as const };
    expect(translate(2, logs)).toMatchObject(exact(2));
    expect(translate(6, { ...logs, ...ends })).toMatchObject(exact(5));
    const plain = { ...logs, target: log('a b c d'), syncs: [sync(0, 0), sync(3, 2)] };
    expect(translate(6, { ...plain, ...ends })).toMatchObject(exact(4));
    expect(translate(2, plain)).toMatchObject(exact(2));
  });

  it('aborted records are copied like any other', () => {
    const logs = { source: log('a aborted - c'), target: log('a aborted c'), syncs: [sync(0, 0)] };
    expect(translate(2, logs)).toMatchObject({ offset: 2n });
  });
});

describe('a target topic that was created again', () => {
  const source = log('a b c d e f g h');

  it('with connector offsets reset: stale syncs before the new epoch do not count', () => {
    const logs = { source: source.slice(4), target: log('e f g h'), sourceRange: [4, 8] as const };
    expect(translate(6, { ...logs, syncs: [sync(0, 0), sync(6, 6), sync(4, 0)] })).toMatchObject(exact(2));
  });

  it('without: only what came later is on the target', () => {
    const logs = { source, target: log('f g h'), syncs: [sync(0, 0), sync(4, 4), sync(5, 0)] };
    expect(translate(6, logs)).toMatchObject(exact(1));
    expect(translate(3, logs)).toMatchObject(exact(0));
  });

  it('and no sync told so: one whose records differ speaks against all before it', () => {
    const twins = log('a x b c d e x f');
    // Copied again from 5 on; (1→1) looks equal by chance, as offset 6 was copied to 1.
    const logs = { source: twins, target: log('e x f'), syncs: [sync(1, 1), sync(2, 2)] };
    expect(translate(5, logs)).toMatchObject({ offset: 0n, proof: { lowAnchor: null } });
    expect(translate(2, logs)).toMatchObject({ offset: 0n, proof: { lowAnchor: null } });
    expect(translate(1, logs)).toMatchObject({ offset: 0n, proof: { lowAnchor: null } });
  });

  it('and no sync told so: one beyond the target’s end speaks against all before it', () => {
    const logs = { source: log('a x b c d e x f'), target: log('e x f'), syncs: [sync(1, 1), sync(5, 5)] };
    expect(translate(5, logs)).toMatchObject({ offset: 0n, proof: { lowAnchor: null } });
  });

  it('and no sync told so: more records between two of them than offsets speaks against the first', () => {
    const logs = { source: log('x b c d x e f'), target: log('x e f'), syncs: [sync(0, 0), sync(5, 1)] };
    expect(translate(4, logs)).toMatchObject({ offset: 0n, proof: { lowAnchor: null, highAnchor: sync(5, 1) } });
    expect(translate(0, logs)).toMatchObject({ offset: 0n, proof: { lowAnchor: null } });
  });
});

describe('a target topic of one record that was created again', () => {
  it('has no offset sync for the next record, which lies at 0 as well: an equal one before it is no anchor', () => {
    const logs = { source: log('x x b c'), target: log('x b c'), syncs: [sync(0, 0)] };
    expect(translate(1, logs)).toMatchObject({ offset: 0n, proof: { lowAnchor: null } });
    expect(translate(3, logs)).toMatchObject(exact(2));
  });
});

describe('copies that the target holds twice', () => {
  it('after a restart: the first copy is the place', () => {
    const logs = { source: log('a b c d e'), target: log('a b c b c d e'), syncs: [sync(0, 0)] };
    expect(translate(1, logs)).toMatchObject({ offset: 1n });
    expect(translate(3, logs)).toMatchObject(exact(5));
  });

  it('after a restart: positions before it keep their anchors, those behind it get the last ones', () => {
    // Killed after f, copied again from d on.
    const syncs = [sync(0, 0), sync(2, 2), sync(5, 5), sync(3, 6), sync(7, 10)];
    const logs = { source: log('a b c d e f g h i j'), target: log('a b c d e f d e f g h i j'), syncs };
    const anchors = (low: object | null, high: object | null) => ({ proof: { lowAnchor: low, highAnchor: high } });
    expect(translate(1, logs)).toMatchObject({ ...exact(1), ...anchors(sync(0, 0), sync(2, 2)) });
    expect(translate(2, logs)).toMatchObject({ ...exact(2), ...anchors(sync(2, 2), sync(2, 2)) });
    expect(translate(3, logs)).toMatchObject({ ...exact(6), ...anchors(sync(3, 6), sync(3, 6)) });
    expect(translate(5, logs)).toMatchObject({ ...exact(8), ...anchors(sync(3, 6), sync(7, 10)) });
    expect(translate(9, logs)).toMatchObject({ ...exact(12), ...anchors(sync(7, 10), null) });
  });

  it('are re-read where S lies between them', () => {
    const logs = { source: log('a b c d e'), target: log('a b c b c d e'), syncs: [sync(0, 0)] };
    expect(translate(2, logs)).toMatchObject(bounded(2, 2));
  });
});

describe('records of somebody else', () => {
  it('are left alone, and keep the place from being called exact', () => {
    const logs = { source: log('a b c d'), target: log('a b other c d'), syncs: [sync(0, 0)] };
    expect(translate(2, logs)).toMatchObject(bounded(2, 1));
    expect(translate(3, logs)).toMatchObject(exact(4));
  });

  it('that look like a later record make the place early, never late', () => {
    const logs = { source: log('a b c d'), target: log('a d b c d'), syncs: [sync(0, 0)] };
    expect(translate(2, logs)).toMatchObject({ precision: 'bounded', offset: 1n });
  });
});

describe('identical records', () => {
  it('in a run across S: as early as needed', () => {
    const logs = { source: log('a x x x b'), target: log('a x x x b'), syncs: [sync(0, 0), sync(4, 4)] };
    expect(translate(2, logs)).toMatchObject(bounded(1, 3));
    expect(translate(4, logs)).toMatchObject(exact(4));
    expect(translate(1, logs)).toMatchObject(exact(1));
  });

  it('a tombstone is not an empty value, nor another key’s tombstone', () => {
    const logs = { source: log('k=1 k= k=null j=null'), target: log('k=1 k= k=null j=null') };
    for (const committed of [1, 2, 3]) expect(translate(committed, logs)).toMatchObject(exact(committed));
  });
});
