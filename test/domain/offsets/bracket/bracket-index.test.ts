import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OffsetPair } from '../../../../src/domain/checkpoints/lower-bounds.ts';
import { bracketBetween } from '../../../../src/domain/offsets/bracket/bracket.ts';
import { BracketIndex } from '../../../../src/domain/offsets/bracket/bracket-index.ts';
import { comparisonOf } from '../../../../src/domain/offsets/bracket/compare-images.ts';
import type { RecordImage } from '../../../../src/domain/offsets/bracket/record-image.ts';
import { bracketRule, type Logs } from '../../../support/replicated-log/bracket-rule.ts';

/** Three contents, two timestamps, holes: nearly every record has a twin. */
const records = fc
  .array(fc.option(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom(1n, 2n)), { freq: 6 }), {
    maxLength: 14,
    size: 'max',
  })
  .map((entries) =>
    entries.flatMap((entry, i): readonly RecordImage[] => {
      if (entry === null) return [];
      const [content, timestamp] = entry;
      return [{ offset: BigInt(i), timestamp, timestampKind: 'create', content, headers: '' }];
    }),
  );

const worlds = fc.record({
  source: records,
  target: records,
  ends: fc.tuple(fc.nat(3), fc.nat(3)),
  low: fc.option(fc.tuple(fc.nat(20), fc.nat(20))),
  high: fc.option(fc.tuple(fc.nat(20), fc.nat(20))),
  kind: fc.constantFrom('create', 'append'),
});

describe('the index over a bracket', () => {
  it('answers every position as DESIGN §9 does, and calls less exact', () => {
    let places = 0;
    let exact = 0;
    fc.assert(
      fc.property(worlds, ({ source, target, ends, low, high, kind }) => {
        const logs = logsOf(
          source,
          target.map((image) => ({ ...image, timestampKind: kind })),
          ends,
        );
        const lowAnchor = anchorOf(logs, low);
        const highAnchor = anchorOf(logs, high);
        if (lowAnchor !== null && highAnchor !== null && !isBelow(lowAnchor, highAnchor)) return;
        const from = lowAnchor === null ? 0n : lowAnchor.upstream + 1n;
        const to = highAnchor?.upstream ?? logs.facts.source.highWatermark;
        const index = indexOf(logs, lowAnchor, highAnchor);
        for (let position = from; position <= to; position++) {
          const expected = bracketRule(logs, position, lowAnchor, highAnchor);
          const found = index.locate(position);
          expect(found.outstanding !== null).toBe(expected.kind === 'not-replicated');
          if (expected.kind === 'not-replicated') continue;
          expect(found.offset).toBe(expected.offset);
          if (!expected.isExact) expect(found.redeliveredMax).toBeGreaterThan(0n);
          if (found.redeliveredMax === 0n) exact++;
          places++;
        }
      }),
      { numRuns: 8_000 },
    );
    expect(places).toBeGreaterThan(10_000);
    expect(exact).toBeGreaterThan(1_000);
  });
});

function logsOf(source: readonly RecordImage[], target: readonly RecordImage[], ends: readonly [number, number]): Logs {
  const range = (images: readonly RecordImage[], more: number) => ({
    logStart: 0n,
    highWatermark: (images.at(-1)?.offset ?? -1n) + 1n + BigInt(more),
  });
  const facts = { source: range(source, ends[0]), target: range(target, ends[1]), syncs: [], maxScan: 1_000 };
  return { facts, sourceRecords: source, targetRecords: target };
}

/** A record of each side, whether or not they are equal: here that is not the question. */
function anchorOf(logs: Logs, choice: readonly [number, number] | null): OffsetPair | null {
  const upstream = logs.sourceRecords[(choice?.[0] ?? 0) % Math.max(1, logs.sourceRecords.length)]?.offset;
  const downstream = logs.targetRecords[(choice?.[1] ?? 0) % Math.max(1, logs.targetRecords.length)]?.offset;
  return choice === null || upstream === undefined || downstream === undefined ? null : { upstream, downstream };
}

function isBelow(low: OffsetPair, high: OffsetPair): boolean {
  return low.upstream < high.upstream && low.downstream < high.downstream;
}

function indexOf(logs: Logs, low: OffsetPair | null, high: OffsetPair | null): BracketIndex {
  const bracket = bracketBetween(low, high, logs.facts);
  const within = (images: readonly RecordImage[], { from, to }: { from: bigint; to: bigint }) =>
    images.filter(({ offset }) => offset >= from && offset < to);
  const sources = within(logs.sourceRecords, bracket.source);
  const { alike } = comparisonOf(sources, within(logs.targetRecords, bracket.targetToRead));
  return new BracketIndex(bracket, sources, within(logs.targetRecords, bracket.target), alike);
}
