/** What happens on the clusters besides the migration itself: producers, consumers and an operator. */
import type { Bed } from '../testbed/bed.ts';
import { waitForCheckpoints } from '../testbed/checkpoints.ts';
import { startConsoleConsumer } from '../testbed/console-consumer.ts';
import { commitGroupOffsets } from '../testbed/groups.ts';
import { targetTopic, waitForReplication } from '../testbed/mm2.ts';
import type { ManagedProcess } from '../testbed/processes.ts';
import { produceRecords } from '../testbed/records.ts';
import { createTopics } from '../testbed/topics.ts';
import * as cast from './cast.ts';

/**
 * The first record of each partition, and groups at their start. MM2 drops offset syncs in bursts, so it has to be
 * running before the bulk arrives: else a group near the beginning would never get a checkpoint.
 */
export async function createSource({ addresses }: Bed): Promise<void> {
  await createTopics(
    addresses.source,
    cast.TOPICS.map((topic) => ({ topic, partitions: cast.PARTITIONS.length })),
  );
  await produceUpTo(addresses.source, 0, 1);
  await commitGroupOffsets(addresses.source, cast.committedAt(0));
}

/** Producers write on, and the groups of the source go to the places that the cast gives them. */
export async function growSource({ addresses }: Bed, from: number, to: number): Promise<void> {
  await produceUpTo(addresses.source, from, to);
  await commitGroupOffsets(addresses.source, cast.committedAt(to));
}

async function produceUpTo(source: Bed['addresses']['source'], from: number, to: number): Promise<void> {
  const places = { partitions: cast.PARTITIONS, recordsPerPartition: to - from, firstIndex: from };
  await Promise.all(cast.TOPICS.map((topic) => produceRecords(source, { topic, ...places })));
}

export function waitUntilCopied({ addresses }: Bed): Promise<void> {
  return waitForReplication(addresses, cast.TOPICS, { sourceAlias: cast.SOURCE_ALIAS });
}

/**
 * MM2 keeps fewer offset syncs the farther back they lie: a group's checkpoint is exact if MM2 looks at the group while
 * its place is still the end of the log. Real groups that stopped long ago have had that moment; so these get it.
 */
export async function waitForCheckpointsAt({ addresses }: Bed, records: number): Promise<void> {
  const wanted = cast
    .committedAt(records)
    .flatMap(({ groupId, offsets }) =>
      offsets.filter(({ offset }) => offset === BigInt(records)).map((one) => ({ ...one, groupId })),
    );
  await waitForCheckpoints(addresses, { sourceAlias: cast.SOURCE_ALIAS }, (latest) => {
    const there = new Set(latest.map((one) => `${one.groupId} ${one.topic} ${one.partition} ${one.downstreamOffset}`));
    return wanted.every(({ groupId, topic, partition, offset }) =>
      there.has(`${groupId} ${targetTopic(topic, { sourceAlias: cast.SOURCE_ALIAS })} ${partition} ${offset}`),
    );
  });
}

/** So that MM2 is judged by what it writes, and not by when. */
export async function waitForLatestCheckpoints({ addresses }: Bed): Promise<void> {
  const wanted = cast.committedAt(cast.RECORDS).flatMap(({ groupId, offsets }) =>
    offsets.map(({ topic, partition, offset }) => {
      const copy = targetTopic(topic, { sourceAlias: cast.SOURCE_ALIAS });
      return `${groupId} ${copy} ${partition} ${offset}`;
    }),
  );
  await waitForCheckpoints(addresses, { sourceAlias: cast.SOURCE_ALIAS }, (latest) => {
    const there = new Set(latest.map((one) => `${one.groupId} ${one.topic} ${one.partition} ${one.upstreamOffset}`));
    return wanted.every((one) => there.has(one));
  });
}

export const activeTopic = targetTopic(cast.ACTIVE_GROUP_TOPIC, { sourceAlias: cast.SOURCE_ALIAS });

export function startActiveGroup({ addresses, workFolder }: Bed): Promise<ManagedProcess> {
  const consumer = { groupId: cast.ACTIVE_GROUP, topic: activeTopic, workFolder };
  return startConsoleConsumer(addresses.target, consumer);
}

export async function setOperatorsOffsets({ addresses }: Bed): Promise<void> {
  const topic = targetTopic(cast.OPERATORS_TOPIC, { sourceAlias: cast.SOURCE_ALIAS });
  const offsets = cast.OPERATORS_OFFSETS.map((offset, partition) => ({ topic, partition, offset }));
  await commitGroupOffsets(addresses.target, [{ groupId: cast.OPERATORS_GROUP, offsets }]);
}
