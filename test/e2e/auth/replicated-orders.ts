/** A topic, its copy, and what MirrorMaker 2 keeps about them, written by hand: what a run reads, without a worker. */
import { inject } from 'vitest';
import { encodeCheckpoint } from '../../../src/domain/checkpoints/checkpoint-format.ts';
import type { EncodedRecord } from '../../../src/domain/checkpoints/malformed-record.ts';
import { encodeOffsetSync } from '../../../src/domain/checkpoints/offset-sync-format.ts';
import type { ClusterAddress } from '../../../src/testbed/client.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics } from '../../../src/testbed/topics.ts';

export const RECORDS = 40;
const OFFSET_SYNCS_AT = [0, 10, 20, 30, RECORDS - 1];

export interface ReplicatedOrders {
  readonly copy: string;
  /** Inputs that select this migration and one group of it. */
  inputs(groupId: string): Readonly<Record<string, string>>;
}

export type Clusters = Readonly<Record<'source' | 'target', { readonly address: ClusterAddress }>>;

/** `groups`: id to committed offset on the source, each with a checkpoint at the same offset. */
export async function writeReplicatedOrders(
  name: string,
  groups: ReadonlyMap<string, bigint>,
  { source, target }: Clusters = inject('secureBed'),
): Promise<ReplicatedOrders> {
  const topic = `${name}-orders`;
  const [sourceAlias, targetAlias] = [`${name}src`, `${name}dst`];
  const copy = `${sourceAlias}.${topic}`;
  const compacted = { config: { 'cleanup.policy': 'compact' } };
  const syncs = `mm2-offset-syncs.${targetAlias}.internal`;
  const checkpoints = `${sourceAlias}.checkpoints.internal`;
  await createTopics(source.address, [{ topic }, { topic: syncs, ...compacted }]);
  await createTopics(target.address, [{ topic: copy }, { topic: checkpoints, ...compacted }]);
  const writtenAt = Date.now();
  const order = (index: number) => ({
    key: `k-${index}`,
    value: `order-${index}`,
    timestamp: String(writtenAt + index),
  });
  await write(source.address, topic, RECORDS, order);
  await write(target.address, copy, RECORDS, order);
  await writeEncoded(
    source.address,
    syncs,
    OFFSET_SYNCS_AT.map((at) =>
      encodeOffsetSync({ topic, partition: 0, upstreamOffset: BigInt(at), downstreamOffset: BigInt(at) }),
    ),
  );
  await writeEncoded(
    target.address,
    checkpoints,
    [...groups].map(([groupId, at]) =>
      encodeCheckpoint({ groupId, topic: copy, partition: 0, upstreamOffset: at, downstreamOffset: at, metadata: '' }),
    ),
  );
  await commitGroupOffsets(
    source.address,
    [...groups].map(([groupId, offset]) => ({ groupId, offsets: [{ topic, partition: 0, offset }] })),
  );
  return {
    copy,
    inputs: (groupId) => ({
      'source-alias': sourceAlias,
      'target-alias': targetAlias,
      topics: topic,
      groups: groupId,
    }),
  };
}

function writeEncoded(address: ClusterAddress, topic: string, records: readonly EncodedRecord[]): Promise<void> {
  return write(address, topic, records.length, (index) => {
    const { key, value } = records[index] ?? { key: new Uint8Array(), value: new Uint8Array() };
    return { key: Buffer.from(key), value: Buffer.from(value) };
  });
}

function write(
  address: ClusterAddress,
  topic: string,
  count: number,
  record: (index: number) => { key: Buffer | string; value: Buffer | string; timestamp?: string },
): Promise<void> {
  return produceRecords(address, {
    topic,
    partitions: [0],
    recordsPerPartition: count,
    record: (_partition, index) => record(index),
  });
}
