import { expect, it } from 'vitest';
import { ACTORS, committedAt, HALFWAY, RECORDS } from '../../src/demo/cast.ts';

const placesOf = (records: number, groupId: string) =>
  committedAt(records)
    .find((one) => one.groupId === groupId)
    ?.offsets.map(({ topic, partition, offset }) => `${topic}-${partition} ${offset}`);

it('commits no group beyond what is written so far, and leaves a gap open', () => {
  expect(placesOf(HALFWAY, 'returns')).toEqual([`shipments-0 ${HALFWAY}`, `shipments-2 ${HALFWAY}`]);
  expect(placesOf(RECORDS, 'returns')).toEqual([`shipments-0 ${RECORDS}`, `shipments-2 ${HALFWAY}`]);
});

it('has groups at the start, in the middle and at the end', () => {
  const offsets = new Set(committedAt(RECORDS).flatMap((one) => one.offsets.map(({ offset }) => Number(offset))));
  expect([...offsets]).toEqual(expect.arrayContaining([0, HALFWAY, RECORDS]));
  expect(new Set(ACTORS.map(({ groupId }) => groupId)).size).toBe(8);
});
