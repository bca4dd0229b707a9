/** OffsetDelete, DeleteGroups and the states of groups on brokers of earlier versions. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitGroupOffsets, committedOffsets, type LiveConsumer, liveConsumer } from '../../../src/testbed/groups.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { type FinishedRun, rowOf, run } from '../../support/run.ts';
import { plaintext } from '../../support/run-inputs.ts';
import { writeExport } from './seen-offsets.ts';

const TOPIC = 'orders';

describe.each(['2.8.2', '3.9.2'])('a target of Kafka %s', (version) => {
  let cluster: KafkaCluster;
  let live: LiveConsumer;
  let finished: FinishedRun;

  beforeAll(async () => {
    cluster = await startKafkaCluster({ name: 'target', version });
    await createTopics(cluster.address, [{ topic: TOPIC, partitions: 1 }]);
    await produceRecords(cluster.address, { topic: TOPIC, partitions: [0], recordsPerPartition: 100 });
    const offsets = [{ topic: TOPIC, partition: 0, offset: 40n }];
    const groups = ['had', 'had-not', 'live'].map((groupId) => ({ groupId, offsets }));
    await commitGroupOffsets(cluster.address, groups);
    live = await liveConsumer(cluster.address, { groupId: 'live', topics: [TOPIC] });
    const folder = await mkdtemp(join(tmpdir(), 'old-target-'));
    const from = await writeExport(folder, cluster.address.clusterId ?? null, [
      { groupId: 'had', topic: TOPIC, previous: 12, metadata: 'note', intended: 40 },
      { groupId: 'had-not', topic: TOPIC, previous: null, groupExisted: false, intended: 40 },
      { groupId: 'live', topic: TOPIC, previous: 12, intended: 40 },
    ]);
    const target = plaintext(cluster.address.bootstrapServers);
    const sync = { rollbackFrom: from, dryRun: false };
    finished = await run({ command: 'rollback', target, replication: { policy: 'identity' }, sync });
  });
  afterAll(async () => {
    await live?.stop();
    await cluster?.stop();
  });

  it('gets its offset back', async () => {
    expect(finished.report).toMatchObject({ result: 'changed', errors: [] });
    const had = await committedOffsets(cluster.address, 'had');
    expect(had).toEqual([{ topic: TOPIC, partition: 0, offset: 12n, metadata: 'note' }]);
  });

  it('loses the offset, and the group, that were not there', async () => {
    expect(await committedOffsets(cluster.address, 'had-not')).toEqual([]);
    expect(rowOf(finished.report, 'had-not')).toMatchObject({ verdict: 'committed', targetAfter: null });
    const again = await run({
      command: 'export',
      target: plaintext(cluster.address.bootstrapServers),
      replication: { policy: 'identity' },
    });
    expect(again.report.groups.map(({ groupId }) => groupId)).not.toContain('had-not');
    expect(finished.report.groups.find(({ groupId }) => groupId === 'had-not')?.targetState).toBe('absent');
  });

  it('A: keeps a live group as it is', async () => {
    expect(rowOf(finished.report, 'live')).toMatchObject({ verdict: 'skipped', reason: 'group-active' });
    expect(finished.report.findings).toMatchObject([{ rule: 'rollback-incomplete' }]);
    expect(live.joins()).toBe(1);
  });
});
