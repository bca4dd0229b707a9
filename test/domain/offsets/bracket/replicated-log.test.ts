/**
 * The bracket rule in adversarial worlds, judged by the truth of DESIGN §3. A failure prints the seeds; one world is
 * looked at by worldOf(seed). BRACKET_SEED and BRACKET_WORLDS widen the search.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { PartitionTranslator } from '../../../../src/domain/offsets/bracket/partition-translator.ts';
import type { RecordTranslation } from '../../../../src/domain/offsets/bracket/record-translation.ts';
import { translateByRecords } from '../../../../src/domain/offsets/bracket/translate-by-records.ts';
import { checkpointAsLowerBound, earliestMatchOfNext } from '../../../support/replicated-log/bracket-rule.ts';
import type { Look } from '../../../support/replicated-log/look-at-world.ts';
import { type Survey, survey, worldOf } from '../../../support/replicated-log/survey.ts';

const firstSeed = Number(process.env['BRACKET_SEED'] ?? 1);
const worlds = Number(process.env['BRACKET_WORLDS'] ?? 120_000);

const product = (look: Look) => translateByRecords({ ...look, committed: BigInt(look.position) });

/** A rule that always has an answer, in the place of ours. */
const always = (place: (look: Look, position: bigint) => bigint) => (look: Look) => {
  const answer = product(look);
  if (answer.kind !== 'translated') return answer;
  return { ...answer, offset: place(look, BigInt(look.position)) };
};

describe(`F: in worlds ${firstSeed} to ${firstSeed + worlds - 1} of a replicated log`, () => {
  let found: Survey;
  beforeAll(() => {
    found = survey(product, { firstSeed, worlds });
  });

  it('no record is skipped', () => {
    expect(found.unsafe).toEqual([]);
  });

  it('no more is read again than was said: nothing where it was called exact', () => {
    expect(found.understated).toEqual([]);
  });

  it('every answer occurs richly', () => {
    expect(found.exact / worlds).toBeGreaterThan(0.3);
    expect(found.bounded / worlds).toBeGreaterThan(0.1);
    expect(found['not-replicated'] / worlds).toBeGreaterThan(0.05);
    expect(found.unproven / worlds).toBeGreaterThan(0.02);
    expect(found.anchoredLow / worlds).toBeGreaterThan(0.2);
    expect(found.anchoredHigh / worlds).toBeGreaterThan(0.2);
  });
});

describe('the worlds are hard enough to catch', () => {
  const few = { firstSeed, worlds: 5_000 };

  it('a checkpoint taken for a lower bound', () => {
    expect(survey(always(checkpointAsLowerBound), few).unsafe.length).toBeGreaterThan(50);
  });

  it('the earliest match of the next record taken for the place', () => {
    expect(survey(always(earliestMatchOfNext), few).unsafe.length).toBeGreaterThan(50);
  });

  it("a source's end that was read before the target's", () => {
    expect(survey(product, { ...few, worlds: 20_000, order: 'source-first' }).unsafe.length).toBeGreaterThan(0);
  });

  it('what the rule rests on: an offset sync after a topic was created again', () => {
    const kept = survey(product, { ...few, worlds: 30_000, losesFirstSyncs: true });
    expect(kept.unsafe.length).toBeLessThan(5);
  });
});

describe('positions that share what was read', () => {
  it('are translated as if each was alone, in whatever order', () => {
    let compared = 0;
    for (let seed = firstSeed; seed < firstSeed + 1_000; seed++) {
      const { world, look } = worldOf(seed);
      const positions = Array.from({ length: world.source.end + 1 }, (_, i) => BigInt(i)).sort(
        () => world.below(3) - 1,
      );
      const shared = translateAll(look, positions);
      for (const [i, committed] of positions.entries()) {
        const alone = translateByRecords({ ...look, committed });
        const expected = alone.kind === 'unproven' ? { kind: alone.kind } : alone;
        expect(shared[i], `seed ${seed}, position ${committed}`).toMatchObject(expected);
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(10_000);
  });
});

function translateAll(look: Look, positions: readonly bigint[]): readonly RecordTranslation[] {
  const translator = new PartitionTranslator(look.facts);
  for (;;) {
    const slices = positions.flatMap((position) => translator.missing(position));
    if (slices.length === 0) return positions.map((position) => translator.translate(position));
    for (const slice of slices) {
      translator.add(slice, slice.side === 'source' ? look.sourceRecords : look.targetRecords);
    }
  }
}
