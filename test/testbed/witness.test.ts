import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ClusterAddress } from '../../src/testbed/client.ts';
import { commitGroupOffsets, committedOffsets, liveConsumer } from '../../src/testbed/groups.ts';
import { produceRecords, recordId } from '../../src/testbed/records.ts';
import { createTopics } from '../../src/testbed/topics.ts';
import { waitFor } from '../../src/testbed/wait.ts';
import { ownName } from '../support/names.ts';
import { describeGroupOffsets, Witness } from '../support/witness.ts';

const SLOW = { timeoutMs: 180_000 };
let witness: Witness;
let cluster: ClusterAddress;
const topic = ownName('witness');

beforeAll(async () => {
  cluster = inject('bed').target;
  witness = await Witness.start();
  await createTopics(cluster, [{ topic, partitions: 2 }]);
  await produceRecords(cluster, { topic, partitions: [0, 1], recordsPerPartition: 100 });
});

afterAll(() => witness.close());

function offsetsAt(...offsets: readonly bigint[]) {
  return offsets.map((offset, partition) => ({ topic, partition, offset }));
}

describe('the command line tool and the Admin', () => {
  test('both show what the bed committed without joining', async () => {
    const groupId = ownName('tool');
    await commitGroupOffsets(cluster, [{ groupId, offsets: offsetsAt(10n, 20n) }]);
    const rows = await describeGroupOffsets(cluster.bootstrapServers, [groupId]);
    expect(rows.map((row) => [row.topic, row.partition, row.currentOffset, row.logEndOffset, row.lag])).toEqual([
      [topic, 0, 10n, 100n, 90n],
      [topic, 1, 20n, 100n, 80n],
    ]);
    const seen = await witness.groupOffsets(cluster, [groupId]);
    expect(seen.map((row) => row.offset)).toEqual([10n, 20n]);
  });

  test('an operator resets offsets by the Admin', async () => {
    const groupId = ownName('reset');
    await witness.alterGroupOffsets(cluster, [{ groupId, offsets: offsetsAt(7n) }]);
    expect(await committedOffsets(cluster, groupId)).toEqual([{ topic, partition: 0, offset: 7n, metadata: '' }]);
  });

  test('the bench commits every group and partition', async () => {
    const groupPrefix = ownName('bench');
    const bench = { groupPrefix, groups: 20, topic, partitions: 2, offset: 3n };
    const result = await witness.benchAlterGroupOffsets(cluster, bench);
    expect(result.errors).toEqual({});
    const seen = await witness.groupOffsets(cluster, [`${groupPrefix}0`, `${groupPrefix}19`]);
    expect(seen.map((row) => row.offset)).toEqual([3n, 3n, 3n, 3n]);
  });
});

describe.each(['classic', 'consumer'] as const)('a Java consumer of the %s protocol', (protocol) => {
  test('resumes at the committed offsets and reads every id to the end', async () => {
    const groupId = ownName(`resume-${protocol}`);
    await commitGroupOffsets(cluster, [{ groupId, offsets: offsetsAt(95n, 98n) }]);
    const { error, partitions } = await witness.consumeToEnd(cluster, { groupId, protocol, topics: [topic] });
    expect(error).toBeNull();
    expect(partitions.map((one) => [one.startPosition, one.position])).toEqual([
      [95n, 100n],
      [98n, 100n],
    ]);
    expect(partitions[1]?.ids).toEqual([recordId(1, 98), recordId(1, 99)]);
  });

  test('without a committed offset and a reset it fails instead of guessing', async () => {
    const reading = witness.consumeToEnd(cluster, { groupId: ownName('none'), protocol, topics: [topic] });
    await expect(reading).rejects.toThrow('NoOffsetForPartitionException');
  });

  test('is a member with a type, a state and a generation, and refuses commits from outside', async () => {
    const groupId = ownName(`member-${protocol}`);
    const consumer = await witness.startConsumer(cluster, {
      groupId,
      protocol,
      topics: [topic],
      offsetReset: 'earliest',
    });
    const { generation, assignment } = await consumer.assigned();
    expect(generation).toBeGreaterThan(0);
    expect(assignment).toEqual([`${topic}-0`, `${topic}-1`]);
    await consumer.commit(offsetsAt(5n));
    const stable = async () => {
      const group = (await witness.listGroups(cluster)).find((one) => one.groupId === groupId);
      return group?.state === 'Stable' ? { done: group } : { seen: `state ${group?.state}` };
    };
    expect(await waitFor('the group to be stable', stable, SLOW)).toMatchObject({
      type: protocol === 'classic' ? 'Classic' : 'Consumer',
    });
    expect((await witness.describeGroup(cluster, groupId)).members).toBe(1);
    const refused = commitGroupOffsets(cluster, [{ groupId, offsets: offsetsAt(1n) }]);
    await expect(refused).rejects.toThrow(/not aware of this member|UNKNOWN_MEMBER_ID/i);
    expect((await consumer.status()).generation).toBe(generation);
    await consumer.close();
    // A classic member says that it leaves, and does not wait for the answer.
    const left = async () => {
      const { members } = await witness.describeGroup(cluster, groupId);
      return members === 0 ? { done: members } : { seen: `${members} members` };
    };
    expect(await waitFor('the member to be gone', left, SLOW)).toBe(0);
  });

  test('a static member that stops without leaving keeps its group from being empty', async () => {
    const groupId = ownName(`static-${protocol}`);
    const options = { groupId, protocol, topics: [topic], offsetReset: 'earliest', instanceId: 'one' } as const;
    const consumer = await witness.startConsumer(cluster, options);
    await consumer.assigned();
    await consumer.close({ leave: false });
    expect((await witness.describeGroup(cluster, groupId)).members).toBe(1);
  });
});

test('an assign()-style consumer commits to a group that stays empty', async () => {
  const groupId = ownName('assign');
  const assign = [{ topic, partition: 0 }];
  const consumer = await witness.startConsumer(cluster, { groupId, assign, offsetReset: 'earliest' });
  await consumer.assigned();
  await consumer.commit(offsetsAt(42n));
  expect(await witness.describeGroup(cluster, groupId)).toMatchObject({ state: 'Empty', members: 0 });
  expect((await witness.groupOffsets(cluster, [groupId])).map((row) => row.offset)).toEqual([42n]);
  await consumer.close();
});

test('a share group reads and is listed as one', async () => {
  const groupId = ownName('share');
  const share = await witness.startShareConsumer(cluster, { groupId, topics: [topic] });
  const read = async () => {
    const count = await share.count();
    return count === 200 ? { done: count } : { seen: `${count} records` };
  };
  expect(await waitFor('the share group to read', read, SLOW)).toBe(200);
  const groups = await witness.listGroups(cluster);
  expect(groups.find((one) => one.groupId === groupId)?.type).toBe('Share');
  await share.close();
});

describe('an open transaction', () => {
  test('holds back the last stable offset until it ends', async () => {
    const own = ownName('open');
    await createTopics(cluster, [{ topic: own }]);
    const records = { topic: own, partition: 0, ids: ['a', 'b'] };
    const transaction = await witness.openTransaction(cluster, { transactionalId: own, records });
    const [open] = await witness.logOffsets(cluster, own);
    expect(open).toEqual({ partition: 0, logStart: 0n, highWatermark: 2n, lastStable: 0n });
    await transaction.end('commit');
    const ended = async () => {
      const [seen] = await witness.logOffsets(cluster, own);
      return seen?.lastStable === 3n ? { done: seen } : { seen: `last stable offset ${seen?.lastStable}` };
    };
    expect((await waitFor('the marker', ended, SLOW)).highWatermark).toBe(3n);
  });

  test('holds back group offsets until it commits', async () => {
    const groupId = ownName('txn-group');
    const group = { groupId, offsets: offsetsAt(33n) };
    const transaction = await witness.openTransaction(cluster, { transactionalId: groupId, group });
    expect(await committedOffsets(cluster, groupId)).toEqual([]);
    await transaction.end('commit');
    const committed = async () => {
      const [first] = await committedOffsets(cluster, groupId);
      return first === undefined ? { seen: 'no offset' } : { done: first.offset };
    };
    expect(await waitFor('the offset of the transaction', committed, SLOW)).toBe(33n);
  });
});

test('a live kafkajs consumer is a member that has read everything', async () => {
  const groupId = ownName('live');
  const consumer = await liveConsumer(cluster, { groupId, topics: [topic] });
  const read = async () => {
    const count = consumer.values.length;
    return count === 200 ? { done: count } : { seen: `${count} records` };
  };
  expect(await waitFor('the live consumer to read', read, SLOW)).toBe(200);
  expect((await witness.describeGroup(cluster, groupId)).memberIds).toEqual([consumer.memberId]);
  expect(consumer.joins()).toBe(1);
  await consumer.stop();
});
