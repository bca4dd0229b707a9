import { describe, expect, it } from 'vitest';
import { log, sync, translate } from '../../../support/replicated-log/written-logs.ts';

const exact = (offset: number) => ({ kind: 'translated', precision: 'exact', offset: BigInt(offset) });
/** Two records of the same content, apart by their time: S between them. */
const early = { timestamp: 1n };
const late = { timestamp: 2n };
const source = [...log('x', 0, early), ...log('x', 1, late), ...log('y', 2, late)];
const syncs = [sync(2, 2)];

describe('timestamps', () => {
  it('tell records of the same content apart', () => {
    expect(translate(1, { source, target: source, syncs })).toMatchObject({ ...exact(1), proof: { without: [] } });
  });

  it('do not with LogAppendTime on the target: its broker set them', () => {
    const target = source.map((image) => ({ ...image, timestamp: 99n, timestampKind: 'append' as const }));
    expect(translate(1, { source, target, syncs })).toMatchObject({
      precision: 'bounded',
      offset: 0n,
      redeliveredMax: 2n,
      proof: { without: ['timestamps'] },
    });
  });

  it('do with LogAppendTime on the source: they are copied', () => {
    const appended = source.map((image) => ({ ...image, timestampKind: 'append' as const }));
    expect(translate(1, { source: appended, target: source, syncs })).toMatchObject(exact(1));
  });

  it.each([
    { timestamp: -1n, timestampKind: 'create' as const },
    { timestamp: 0n, timestampKind: 'none' as const },
  ])('do not where one record has none: %o', (none) => {
    const [first, second, third] = source;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three records');
    const old = [first, second, { ...third, ...none }];
    expect(translate(1, { source: old, target: source, syncs })).toMatchObject({
      offset: 0n,
      proof: { without: ['timestamps'] },
    });
  });
});

describe('headers', () => {
  const plain = log('a b c d');

  it('altered on the way are left out, and it is said', () => {
    const target = plain.map((image) => ({ ...image, headers: 'altered' }));
    expect(translate(2, { source: plain, target, syncs: [sync(0, 0)] })).toMatchObject({
      ...exact(2),
      proof: { lowAnchor: sync(0, 0), without: ['headers'] },
    });
  });

  it('that arrive as they were are not spoken of', () => {
    expect(translate(2, { source: plain, target: plain })).toMatchObject({ proof: { without: [] } });
  });

  it('F: one that was dropped makes a copy look like an earlier record, and is no reason to skip it', () => {
    const withHeader = [...log('x'), ...log('x', 1, { headers: 'h' }), ...log('y', 2)];
    const target = log('x x y');
    expect(translate(1, { source: withHeader, target, syncs: [sync(2, 2)] })).toMatchObject({ offset: 0n });
  });
});
