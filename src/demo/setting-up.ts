/** The scenes before the sync: a source with data, connectors, a migration under way. */

import { waitUntilConsumed } from '../testbed/console-consumer.ts';
import type { ManagedProcess } from '../testbed/processes.ts';
import { settleBoth } from '../testbed/settle.ts';
import { unlessCancelled } from './cancel.ts';
import * as cast from './cast.ts';
import * as clusters from './clusters.ts';
import { applyWords, writeConnectorFiles } from './migration-files.ts';
import { begin, ourCommand, type Stage } from './stage.ts';
import { textTable } from './text-table.ts';

export async function fillSource({ bed, log, signal }: Stage): Promise<void> {
  const { TOPICS, PARTITIONS, ACTORS } = cast;
  log.info(`Processes: ${bed.pids().join(' ')}`);
  begin(log, `2/7 Fill the source: ${TOPICS.length} topics, ${ACTORS.length} consumer groups`);
  log.info(`Topics ${TOPICS.join(', ')}, ${PARTITIONS.length} partitions each. The groups will stand at these places:`);
  for (const line of textTable(ACTORS.map(({ groupId, role }) => ['', groupId, role]))) log.info(line);
  await unlessCancelled(clusters.createSource(bed), signal);
}

export async function applyConnectors(stage: Stage): Promise<void> {
  const { bed, folder, log, signal } = stage;
  begin(log, '3/7 Apply the MirrorMaker 2 connectors');
  const files = await writeConnectorFiles(bed, folder);
  log.info(`Three connector files, as a migration repository holds them: ${files}`);
  await ourCommand(stage, applyWords(bed, folder));
  log.info('Waiting until the first records are copied');
  await unlessCancelled(clusters.waitUntilCopied(bed), signal);
}

/** @returns the active group's consumer on the target. */
export async function letItRun(stage: Stage): Promise<ManagedProcess> {
  const { bed, log, signal, endLater } = stage;
  begin(log, '4/7 The migration is under way');
  log.info('Producers write on and groups read on, while MirrorMaker 2 copies records and writes checkpoints.');
  const starting = clusters.startActiveGroup(bed).then((consumer) => {
    endLater(consumer);
    return consumer;
  });
  const [consumer] = await unlessCancelled(settleBoth(starting, copyAll(stage)), signal);
  await unlessCancelled(clusters.setOperatorsOffsets(bed), signal);
  log.info(`An operator has set the offsets of ${cast.OPERATORS_GROUP} on the target by hand.`);
  const active = { groupId: cast.ACTIVE_GROUP, topic: clusters.activeTopic };
  await unlessCancelled(waitUntilConsumed(bed.addresses.target, consumer, active), signal);
  log.info(
    `A consumer of ${cast.ACTIVE_GROUP} has read everything on the target and waits for more (process ${consumer.pid}).`,
  );
  return consumer;
}

async function copyAll({ bed, log }: Stage): Promise<void> {
  const { HALFWAY, RECORDS } = cast;
  await clusters.growSource(bed, 1, HALFWAY);
  await clusters.waitUntilCopied(bed);
  await clusters.waitForCheckpointsAt(bed, HALFWAY);
  log.info(`${total(HALFWAY)} records are copied; some groups stop reading here.`);
  await clusters.growSource(bed, HALFWAY, RECORDS);
  await clusters.waitUntilCopied(bed);
  await clusters.waitForLatestCheckpoints(bed);
  log.info(
    `${total(RECORDS)} records are copied, and MirrorMaker 2 has a checkpoint for the last place of every group.`,
  );
}

const total = (records: number) => (records * cast.TOPICS.length * cast.PARTITIONS.length).toLocaleString('en');
