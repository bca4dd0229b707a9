/** Topics of one partition and some hundred records, each of another kind; what lies where in the source is known. */
import type { BedAddresses } from '../../../src/testbed/bed.ts';
import { commitGroupOffsets, type GroupOffsets } from '../../../src/testbed/groups.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import type { Witness } from '../../support/witness.ts';
import { holesOf } from './big-groups.ts';
import { type IdAt, Truth } from './truth.ts';

/** As kafkajs takes it. */
export interface SmallRecord {
  readonly key: string | null;
  readonly value: string | null;
  readonly timestamp?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type RecordOf = (index: number) => SmallRecord;

export const uniqueRecord: RecordOf = (index) => ({ key: `key-${index}`, value: `id-${index}` });

/** Of today, or else retention takes them. */
const BEGAN = String(Date.now());

/**
 * The same few keys and values come again and again, as states do, but for every fifth record. Equal records differ in
 * a header alone, which the comparison does not go by and the truth does.
 */
export const repeatingRecord: RecordOf = (index) => {
  const content =
    index % 5 === 0 ? { key: `once-${index}`, value: 'ok' } : { key: `state-${index % 23}`, value: `${index % 3}` };
  return { ...content, headers: { id: `id-${index}` } };
};

/** The same without a time of their own. */
export const timelessRecord: RecordOf = (index) => ({ ...repeatingRecord(index), timestamp: BEGAN });

/** Witness.readLog names records so. */
const idOf = ({ key, value, headers }: SmallRecord) => headers?.['id'] ?? value ?? `tombstone ${key}`;

/** Partition 0 of a source topic without transactions: a record's offset is its place in what was written. */
export class SmallLog {
  readonly #bed: BedAddresses;
  readonly topic: string;
  readonly #recordOf: RecordOf;
  readonly #written: IdAt[] = [];

  constructor(bed: BedAddresses, topic: string, recordOf: RecordOf = uniqueRecord) {
    this.#bed = bed;
    this.topic = topic;
    this.#recordOf = recordOf;
  }

  get end(): number {
    return this.#written.length;
  }

  get written(): readonly IdAt[] {
    return this.#written;
  }

  /** How many different keys were written. */
  get keys(): number {
    return new Set(this.#written.map(([index]) => this.#recordOf(index).key)).size;
  }

  async write(count: number, batchSize = 100): Promise<void> {
    const firstIndex = this.end;
    const record = (_partition: number, index: number) => this.#recordOf(index);
    const place = { topic: this.topic, partitions: [0], recordsPerPartition: count, firstIndex };
    await produceRecords(this.#bed.source, { ...place, record: record as never, batchSize });
    for (let index = firstIndex; index < firstIndex + count; index += 1) {
      this.#written.push([index, idOf(this.#recordOf(index))]);
    }
  }
}

/** Of partition 0, from what both logs hold now and what was written to the source since its beginning. */
export async function truthOf(
  witness: Witness,
  bed: BedAddresses,
  written: readonly IdAt[],
  copy: string,
): Promise<Truth> {
  const [target] = await witness.readLog(bed.target, copy);
  return new Truth(written, target?.records ?? []);
}

export interface Spot {
  /** The group that is put there: the same label in several topics is one group. */
  readonly label: string;
  readonly offset: number;
}

/** Start, end, just inside both, and seeded places between; and the first, the middle and the last hole. */
export async function usualSpots(
  witness: Witness,
  bed: BedAddresses,
  topic: string,
  random: (below: number) => number,
): Promise<readonly Spot[]> {
  const [log] = await witness.readLog(bed.source, topic);
  if (log === undefined) throw new Error(`${topic} has no partition`);
  const { start, end } = log;
  const holes = holesOf(log);
  const inHoles = [holes[0], holes[Math.floor(holes.length / 2)], holes.at(-1)];
  return [
    { label: 'start', offset: start },
    { label: 'second', offset: Math.min(start + 1, end) },
    { label: 'last', offset: Math.max(end - 1, start) },
    { label: 'end', offset: end },
    ...Array.from({ length: 6 }, (_, n) => ({ label: `random-${n}`, offset: start + random(end - start + 1) })),
    ...inHoles.flatMap((offset, n) => (offset === undefined ? [] : [{ label: `hole-${n}`, offset }])),
  ];
}

/** Puts a group at each label, with an offset in each topic that has the label. */
export async function placeAt(
  bed: BedAddresses,
  name: string,
  spots: ReadonlyMap<string, readonly Spot[]>,
): Promise<readonly GroupOffsets[]> {
  const labels = new Set([...spots.values()].flatMap((some) => some.map(({ label }) => label)));
  const groups = [...labels].map((label) => ({
    groupId: `${name}-${label}`,
    offsets: [...spots].flatMap(([topic, some]) =>
      some
        .filter((spot) => spot.label === label)
        .map(({ offset }) => ({ topic, partition: 0, offset: BigInt(offset) })),
    ),
  }));
  await commitGroupOffsets(bed.source, groups);
  return groups;
}
