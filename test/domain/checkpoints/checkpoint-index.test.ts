import { describe, expect, it } from 'vitest';
import type { DecodedCheckpoint } from '../../../src/domain/checkpoints/checkpoint-format.ts';
import { CheckpointIndexBuilder } from '../../../src/domain/checkpoints/checkpoint-index.ts';

const good = (groupId: string, topic: string, upstream: bigint, downstream: bigint): DecodedCheckpoint => ({
  kind: 'checkpoint',
  checkpoint: { groupId, topic, partition: 0, upstreamOffset: upstream, downstreamOffset: downstream, metadata: '' },
});
const badValue = (groupId: string, topic: string): DecodedCheckpoint => ({
  kind: 'malformed',
  why: 'unsupported-version',
  key: { groupId, topic, partition: 0 },
});
const index = (...records: DecodedCheckpoint[]) => {
  const builder = new CheckpointIndexBuilder();
  for (const record of records) builder.add(record);
  return builder.build();
};

describe('the checkpoint index', () => {
  it('keeps the last record of a group partition', () => {
    const { groups } = index(good('g', 't', 1n, 1n), good('g', 't', 9n, 8n), good('h', 't', 2n, 2n));
    expect(groups.get('g')?.get('t/0')).toMatchObject({ upstreamOffset: 9n, downstreamOffset: 8n });
    expect(groups.get('h')?.get('t/0')).toMatchObject({ upstreamOffset: 2n });
  });

  it('lists the checkpoints of all groups by partition', () => {
    const { byPartition } = index(good('g', 't', 1n, 1n), good('h', 't', 2n, 2n), good('g', 'u', 3n, 3n));
    expect(
      byPartition
        .get('t/0')
        ?.map((c) => c.groupId)
        .sort(),
    ).toEqual(['g', 'h']);
    expect(byPartition.get('u/0')).toEqual([{ groupId: 'g', upstream: 3n, downstream: 3n }]);
  });

  it('counts malformed records by kind and lets an earlier good one stand', () => {
    const nullKey: DecodedCheckpoint = { kind: 'malformed', why: 'null-key', key: null };
    const result = index(good('g', 't', 1n, 1n), badValue('g', 't'), nullKey, nullKey);
    expect(result.groups.get('g')?.get('t/0')).toMatchObject({ upstreamOffset: 1n });
    expect([...result.malformed]).toEqual([
      ['unsupported-version', 1],
      ['null-key', 2],
    ]);
    expect(result.unreadable.size).toBe(0);
    expect(result.recordCount).toBe(4);
  });

  it('names a group partition that has malformed records alone', () => {
    const result = index(badValue('g', 't'), good('g', 'u', 1n, 1n));
    expect([...(result.unreadable.get('g') ?? [])]).toEqual(['t/0']);
  });
});
