/** A small migration on a bed: topics with known records, groups at known places, MM2 deployed. */

import { decodeOffsetSync } from '../../src/domain/checkpoints/offset-sync-format.ts';
import type { BedAddresses } from '../../src/testbed/bed.ts';
import { waitForCheckpoints } from '../../src/testbed/checkpoints.ts';
import { commitGroupOffsets, type GroupOffsets } from '../../src/testbed/groups.ts';
import {
  type Mm2Options,
  mm2Connectors,
  putConnectors,
  type ReplicationOptions,
  targetTopic,
  waitForReplication,
} from '../../src/testbed/mm2.ts';
import { produceRecords, readRecords } from '../../src/testbed/records.ts';
import { createTopics } from '../../src/testbed/topics.ts';
import { waitFor } from '../../src/testbed/wait.ts';
import type { InputOverrides } from './run-inputs.ts';
import { patterns, plaintext } from './run-inputs.ts';

export interface MigrationSpec {
  /** Prefix of every name in it, so that files sharing a bed don't meet. */
  readonly name: string;
  readonly topics: readonly { readonly topic: string; readonly partitions: number }[];
  readonly recordsPerPartition: number;
  readonly mm2?: Mm2Options;
  /** What proves that all is copied (see waitForReplication); `log-length` by default. */
  readonly copiedBy?: ReplicationOptions['by'];
}

export interface Migration {
  readonly mm2: Mm2Options;
  readonly topics: MigrationSpec['topics'];
  /** Overrides for a `sync` of just this migration; merge a test's own into them. */
  inputs(more?: InputOverrides): InputOverrides;
}

const partitionNumbers = (count: number) => Array.from({ length: count }, (_, partition) => partition);

/** Writes `count` records more to each partition of the source; the next one's index is `firstIndex`. */
export async function produceMore(
  bed: BedAddresses,
  spec: Pick<MigrationSpec, 'topics'>,
  firstIndex: number,
  count: number,
): Promise<void> {
  for (const { topic, partitions } of spec.topics) {
    await produceRecords(bed.source, {
      topic,
      partitions: partitionNumbers(partitions),
      recordsPerPartition: count,
      firstIndex,
    });
  }
}

/**
 * MM2 first, with its task running, then one record a partition, then the rest. MM2 keeps at most ten offset syncs in
 * flight and drops the others, and a task that restarts drops those too: in a burst from the start, or from a task
 * that has just begun, a group near the beginning would never get a checkpoint.
 */
export async function startMigration(
  bed: BedAddresses,
  spec: MigrationSpec,
  groups: readonly GroupOffsets[],
): Promise<Migration> {
  await createTopics(bed.source, spec.topics);
  const migration = await deployMm2(bed, spec);
  await produceMore(bed, spec, 0, 1);
  await waitForFirstSyncs(bed, spec, migration.mm2);
  await produceMore(bed, spec, 1, spec.recordsPerPartition - 1);
  await commitGroupOffsets(bed.source, groups);
  await waitUntilCopied(bed, spec, migration.mm2);
  return migration;
}

export function waitUntilCopied(bed: BedAddresses, spec: MigrationSpec, mm2: Mm2Options): Promise<void> {
  return waitForReplication(
    bed,
    spec.topics.map(({ topic }) => topic),
    { ...mm2, ...(spec.copiedBy === undefined ? {} : { by: spec.copiedBy }) },
  );
}

export async function deployMm2(bed: BedAddresses, spec: MigrationSpec): Promise<Migration> {
  const migration = migrationOf(bed, spec);
  await putConnectors(bed.connectUrl, mm2Connectors(bed, migration.mm2));
  await waitUntilRunning(bed, `${migration.mm2.name}-source`);
  await waitUntilCopied(bed, spec, migration.mm2);
  return migration;
}

/** Some looks in a row: the first task that a connector starts is often replaced at once. */
const STEADY_LOOKS = 4;
const WAIT = { timeoutMs: 180_000, intervalMs: 500 };

async function waitUntilRunning(bed: BedAddresses, connector: string): Promise<void> {
  let steady = 0;
  const look = async () => {
    const response = await fetch(`${bed.connectUrl}/connectors/${connector}/status`);
    const text = await response.text();
    const tasks = response.ok ? (JSON.parse(text) as { tasks: readonly { state: string }[] }).tasks : [];
    steady = tasks.length > 0 && tasks.every(({ state }) => state === 'RUNNING') ? steady + 1 : 0;
    return steady >= STEADY_LOOKS ? { done: undefined } : { seen: text };
  };
  await waitFor(`the task of ${connector}`, look, WAIT);
}

/** The offset sync of each partition's first record, by which the groups at the beginning are translated. */
async function waitForFirstSyncs(bed: BedAddresses, spec: MigrationSpec, mm2: Mm2Options): Promise<void> {
  const wanted = spec.topics.flatMap(({ topic, partitions }) =>
    partitionNumbers(partitions).map((partition) => `${topic}/${partition}`),
  );
  const separator = mm2.separator ?? '.';
  const syncsTopic = `mm2-offset-syncs${separator}${mm2.targetAlias ?? 'target'}${separator}internal`;
  const look = async () => {
    const seen = new Set<string>();
    for (const record of await readRecords(bed.source, syncsTopic)) {
      const decoded = decodeOffsetSync(record);
      if (decoded.kind !== 'offset-sync' || decoded.offsetSync.upstreamOffset !== 0n) continue;
      seen.add(`${decoded.offsetSync.topic}/${decoded.offsetSync.partition}`);
    }
    const missing = wanted.filter((partition) => !seen.has(partition));
    return missing.length === 0 ? { done: undefined } : { seen: `none of ${missing.join(', ')}` };
  };
  await waitFor(`the first offset syncs in ${syncsTopic}`, look, WAIT);
}

/**
 * The last that MM2 has to say of logs without holes: the offset sync of a log's last record comes up to some seconds
 * after the record, and until then the checkpoint of a group at the end lies further back. So there must be such a group
 * in each partition.
 */
export async function waitForLastCheckpoints(
  bed: BedAddresses,
  { mm2, topics }: Migration,
  end: bigint,
): Promise<void> {
  const partitions = topics.flatMap(({ topic, partitions: count }) =>
    partitionNumbers(count).map((partition) => ({ topic: targetTopic(topic, mm2), partition })),
  );
  await waitForCheckpoints(bed, mm2, (latest) =>
    partitions.every(({ topic, partition }) => {
      const atTheEnd = latest.filter(
        (one) => one.topic === topic && one.partition === partition && one.upstreamOffset === end,
      );
      return atTheEnd.length > 0 && atTheEnd.every(({ downstreamOffset }) => downstreamOffset === end);
    }),
  );
}

/** Deploys nothing: for a test that puts the connectors where it wants them. */
export function migrationOf(bed: BedAddresses, spec: MigrationSpec): Migration {
  const mm2: Mm2Options = {
    name: spec.name,
    sourceAlias: `${spec.name}src`,
    topics: `${spec.name}-.*`,
    groups: `${spec.name}-.*`,
    ...spec.mm2,
  };
  return { mm2, topics: spec.topics, inputs: (more = {}) => inputsOf(bed, spec.name, mm2, more) };
}

function inputsOf(bed: BedAddresses, name: string, mm2: Mm2Options, more: InputOverrides): InputOverrides {
  return {
    source: plaintext(bed.source.bootstrapServers),
    target: plaintext(bed.target.bootstrapServers),
    ...more,
    replication: {
      sourceAlias: mm2.sourceAlias ?? 'source',
      targetAlias: mm2.targetAlias ?? 'target',
      policy: mm2.policy ?? 'default',
      separator: mm2.separator ?? '.',
      ...more.replication,
    },
    selection: { topics: patterns(`${name}-.*`), groups: patterns(`${name}-.*`), ...more.selection },
  };
}
