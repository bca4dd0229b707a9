/** A small migration on a bed: topics with known records, groups at known places, MM2 deployed. */
import type { BedAddresses } from '../../src/testbed/bed.ts';
import { commitGroupOffsets, type GroupOffsets } from '../../src/testbed/groups.ts';
import {
  type Mm2Options,
  mm2Connectors,
  putConnectors,
  type ReplicationOptions,
  waitForReplication,
} from '../../src/testbed/mm2.ts';
import { produceRecords } from '../../src/testbed/records.ts';
import { createTopics } from '../../src/testbed/topics.ts';
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
 * MM2 first and one record a partition, then the rest: MM2 keeps at most ten offset syncs in flight and drops the
 * others, so that in a burst from the start a group near the beginning would never get a checkpoint.
 */
export async function startMigration(
  bed: BedAddresses,
  spec: MigrationSpec,
  groups: readonly GroupOffsets[],
): Promise<Migration> {
  await createTopics(bed.source, spec.topics);
  await produceMore(bed, spec, 0, 1);
  const migration = await deployMm2(bed, spec);
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
  await waitUntilCopied(bed, spec, migration.mm2);
  return migration;
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
