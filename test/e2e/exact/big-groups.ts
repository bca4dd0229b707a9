/** Groups at seeded random places of the big topics. */
import type { GroupOffsets } from '../../../src/testbed/groups.ts';
import type { JavaLog } from '../../support/witness.ts';

export const PLACES = ['start', 'middle', 'end', 'hole', 'anywhere'] as const;
export type Place = (typeof PLACES)[number];

export interface PlacedGroup extends GroupOffsets {
  readonly place: Place;
}

const GROUPS_AT_A_PLACE = 8;
/** How far a group may lie from the start or the end of the log. */
const NEAR = 200;

/** Eight groups at each place, each on every partition of the logs. */
export function placeGroups(
  name: string,
  logs: readonly JavaLog[],
  random: (below: number) => number,
): readonly PlacedGroup[] {
  const holes = new Map(logs.map((log) => [log, holesOf(log)]));
  const offsetAt = (place: Place, log: JavaLog): number => {
    const { start, end } = log;
    switch (place) {
      case 'start':
        return start + random(NEAR);
      case 'middle':
        return Math.floor((start + end) / 2) - 5 * NEAR + random(10 * NEAR);
      case 'end':
        return end - random(NEAR);
      case 'hole': {
        const there = holes.get(log) ?? [];
        return there[random(there.length)] ?? offsetAt('anywhere', log);
      }
      case 'anywhere':
        return start + random(end - start + 1);
    }
  };
  return PLACES.flatMap((place) =>
    Array.from({ length: GROUPS_AT_A_PLACE }, (_, n) => ({
      groupId: `${name}-${place}-${n}`,
      place,
      offsets: logs.map((log) => ({
        topic: log.topic,
        partition: log.partition,
        offset: BigInt(offsetAt(place, log)),
      })),
    })),
  );
}

/** Offsets between start and end without a record: compacted away, or the marker of a transaction. */
export function holesOf({ start, end, records }: JavaLog): readonly number[] {
  const there = new Set(records.map(([offset]) => offset));
  return Array.from({ length: end - start }, (_, n) => start + n).filter((offset) => !there.has(offset));
}
