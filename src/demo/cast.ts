/** Who plays in the demo: topics, and the consumer groups of the source with the places they have reached. */
import type { GroupOffsets } from '../testbed/groups.ts';

export const SOURCE_ALIAS = 'source';
export const TARGET_ALIAS = 'target';
export const TOPICS = ['orders', 'payments', 'shipments'] as const;
export type Topic = (typeof TOPICS)[number];
export const PARTITIONS = [0, 1, 2] as const;

/** Records a partition holds when the groups that lag behind stop, and when everything is written. */
export const HALFWAY = 1_200;
export const RECORDS = 2_000;

/** Consumes on the target already. */
export const ACTIVE_GROUP = 'inventory';
export const ACTIVE_GROUP_TOPIC: Topic = 'orders';
/** Its offsets were set on the target by hand. */
export const OPERATORS_GROUP = 'refunds';
export const OPERATORS_OFFSETS = [1_500n, 1_500n, 1_500n] as const;
export const OPERATORS_TOPIC: Topic = 'payments';

export interface Actor {
  readonly groupId: string;
  /** One short sentence for the reader. */
  readonly role: string;
  /** Committed offset of partitions 0, 1, 2; null where the group never committed. */
  readonly places: Readonly<Partial<Record<Topic, readonly (number | null)[]>>>;
}

export const ACTORS: readonly Actor[] = [
  {
    groupId: 'analytics',
    role: 'at the very start: has read nothing',
    places: { orders: [0, 0, 0] },
  },
  {
    groupId: 'billing',
    role: 'at the end of two topics',
    places: { orders: [RECORDS, RECORDS, RECORDS], payments: [RECORDS, RECORDS, RECORDS] },
  },
  {
    groupId: 'fulfilment',
    role: 'stopped halfway in two topics',
    places: { orders: [HALFWAY, HALFWAY, HALFWAY], shipments: [HALFWAY, HALFWAY, HALFWAY] },
  },
  {
    groupId: 'fraud-check',
    role: 'a little behind the end',
    places: { payments: [1_950, 1_990, 1_999] },
  },
  {
    groupId: 'returns',
    role: 'has a gap: never read partition 1',
    places: { shipments: [RECORDS, null, HALFWAY] },
  },
  {
    groupId: 'tracking',
    role: 'each partition elsewhere: start, middle, end',
    places: { shipments: [0, HALFWAY, RECORDS] },
  },
  {
    groupId: ACTIVE_GROUP,
    role: 'has moved already: a consumer of it runs on the target',
    places: { [ACTIVE_GROUP_TOPIC]: [HALFWAY, HALFWAY, HALFWAY] },
  },
  {
    groupId: OPERATORS_GROUP,
    role: 'an operator set its offsets on the target by hand',
    places: { [OPERATORS_TOPIC]: [RECORDS, RECORDS, RECORDS] },
  },
];

/** What the groups have committed while each partition holds `records` records. */
export function committedAt(records: number): readonly GroupOffsets[] {
  return ACTORS.map(({ groupId, places }) => ({
    groupId,
    offsets: Object.entries(places).flatMap(([topic, offsets]) =>
      offsets.flatMap((place, partition) =>
        place === null ? [] : [{ topic, partition, offset: BigInt(Math.min(place, records)) }],
      ),
    ),
  }));
}
