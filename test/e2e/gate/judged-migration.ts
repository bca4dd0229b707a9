/** One migration whose every check passes, with a topic and a group for each scenario that spoils one of them. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeHeartbeat } from '../../../src/domain/checkpoints/heartbeat-format.ts';
import type { Inputs } from '../../../src/inputs/typed-inputs.ts';
import type { BedAddresses } from '../../../src/testbed/bed.ts';
import { waitForCheckpoints } from '../../../src/testbed/checkpoints.ts';
import { kafkaClient } from '../../../src/testbed/client.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { type ConnectorConfig, mm2Connectors, putConnectors, targetTopic } from '../../../src/testbed/mm2.ts';
import { createTopics } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { connectInputs } from '../../adapters/connect/fake-worker.ts';
import { type Migration, type MigrationSpec, startMigration } from '../../support/migration.ts';
import { type FinishedRun, run } from '../../support/run.ts';
import { type InputOverrides, patterns, plaintext } from '../../support/run-inputs.ts';

export const RECORDS = 300;
/** Where the groups are on the source, and so on the target: MM2 copies each record once here. */
export const PLACE = 200n;
const WINDOW_MS = 400;
/** A group that moves beside the checkpoints has old ones, the later the slower the machine. */
const DAY_MS = 24 * 3_600_000;

export type ConnectedBed = BedAddresses & { readonly connectUrl: string };

export interface Judged {
  readonly bed: ConnectedBed;
  readonly name: string;
  readonly migration: Migration;
  readonly connectors: readonly ConnectorConfig[];
  /** Glob of files with the connectors as they run. */
  readonly files: string;
  /** What the sync that placed the groups left. */
  readonly rollbackFrom: string;
  topic(suffix: string): string;
  copy(suffix: string): string;
  group(suffix: string): string;
}

/** Drops tombstones, so that their offsets stay to be copied while every task runs. */
const DROPS_TOMBSTONES = {
  transforms: 'drop',
  'transforms.drop.type': 'org.apache.kafka.connect.transforms.Filter',
  'transforms.drop.predicate': 'tombstone',
  predicates: 'tombstone',
  'predicates.tombstone.type': 'org.apache.kafka.connect.transforms.predicates.RecordIsTombstone',
};

export async function startJudgedMigration(
  bed: ConnectedBed,
  name: string,
  topics: readonly { readonly suffix: string; readonly partitions?: number }[],
): Promise<Judged> {
  const toSource = bed.source.bootstrapServers;
  const spec: MigrationSpec = {
    name,
    topics: topics.map(({ suffix, partitions = 1 }) => ({ topic: `${name}-${suffix}`, partitions })),
    recordsPerPartition: RECORDS,
    mm2: {
      properties: {
        source: { ...DROPS_TOMBSTONES, 'refresh.topics.interval.seconds': '3600' },
        // MM2 would sync after an hour; until then only its checkpoints have to be young.
        checkpoint: { 'sync.group.offsets.enabled': 'true', 'sync.group.offsets.interval.seconds': '3600' },
        heartbeat: {
          'producer.override.bootstrap.servers': toSource,
          'target.cluster.bootstrap.servers': toSource,
        },
      },
    },
  };
  // MM2 looks up its topics once here, that of the heartbeats too.
  await beatAt(bed, name, Date.now());
  const places = topics.map(({ suffix, partitions = 1 }) => ({
    groupId: `${name}-${suffix}`,
    offsets: Array.from({ length: partitions }, (_, partition) => {
      return { topic: `${name}-${suffix}`, partition, offset: PLACE };
    }),
  }));
  const migration = await startMigration(bed, spec, places);
  const rows = places.flatMap(({ offsets }) => offsets).length;
  await waitForCheckpoints(bed, migration.mm2, (latest) => latest.length === rows);
  const connectors = mm2Connectors(bed, migration.mm2);
  const synced = await run(migration.inputs({ translation: { mode: 'exact' } }));
  if (synced.report.offsetsExport === null) throw new Error(`the sync left no export: ${synced.lines.join('\n')}`);
  return {
    bed,
    name,
    migration,
    connectors,
    files: await connectorFiles(connectors),
    rollbackFrom: synced.report.offsetsExport,
    topic: (suffix) => `${name}-${suffix}`,
    copy: (suffix) => targetTopic(`${name}-${suffix}`, migration.mm2),
    group: (suffix) => `${name}-${suffix}`,
  };
}

export async function connectorFiles(connectors: readonly ConnectorConfig[]): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gate-connectors-'));
  for (const config of connectors) await writeFile(join(folder, `${config['name']}.json`), JSON.stringify(config));
  return join(folder, '*.json');
}

/** Writes heartbeats of that time to the source, as MM2's connector does. */
export async function beatAt(bed: BedAddresses, name: string, timestampMs: number, count = 1): Promise<void> {
  await createTopics(bed.source, [{ topic: 'heartbeats', config: { 'cleanup.policy': 'compact' } }]);
  const producer = kafkaClient(bed.source).producer();
  const beat = encodeHeartbeat({ sourceAlias: `${name}src`, targetAlias: 'target', timestampMs: BigInt(timestampMs) });
  await producer.connect();
  try {
    const message = { key: Buffer.from(beat.key ?? []), value: Buffer.from(beat.value ?? []) };
    await producer.send({ topic: 'heartbeats', messages: Array(count).fill(message) });
  } finally {
    await producer.disconnect();
  }
}

/** Everything that a careful operator gives, for the topics and groups named; merge a scenario's own into it. */
export function checkInputs(judged: Judged, suffixes: readonly string[], more: InputOverrides = {}): InputOverrides {
  const { bed, migration } = judged;
  const names = suffixes.map((suffix) => judged.topic(suffix)).join(',');
  return migration.inputs({
    command: 'check',
    phase: 'cutover',
    connect: connectInputs(bed.connectUrl),
    source: pinned(bed.source),
    target: pinned(bed.target),
    ...more,
    translation: { mode: 'exact', ...more.translation },
    apply: { connectors: judged.files, ...more.apply },
    sync: { rollbackFrom: judged.rollbackFrom, ...more.sync },
    gateRules: { activityWindowMs: WINDOW_MS, maxCheckpointAgeMs: DAY_MS, ...more.gateRules },
    selection: { topics: patterns(names), groups: patterns(names), ...more.selection },
  });
}

export function pinned(address: BedAddresses['source'], clusterId = address.clusterId): Inputs['target'] {
  return { ...plaintext(address.bootstrapServers), clusterId };
}

export interface Verdicts {
  readonly finished: FinishedRun;
  readonly result: FinishedRun['report']['result'];
  /** `id: verdict` of each check that does not pass and was asked. */
  readonly troubled: readonly string[];
  seen(id: string): string;
}

export async function check(judged: Judged, suffixes: readonly string[], more: InputOverrides = {}): Promise<Verdicts> {
  return verdictsOf(await run(checkInputs(judged, suffixes, more)));
}

/** Asked until only `left` is against it: the worker and the groups come to rest, or show what they do, in their own time. */
export function checkUntil(
  judged: Judged,
  left: readonly string[],
  suffixes: readonly string[],
  more: InputOverrides = {},
): Promise<Verdicts> {
  return untilOnly(left, () => check(judged, suffixes, more));
}

/** The same for any way to ask. */
export function untilOnly(left: readonly string[], ask: () => Promise<Verdicts>): Promise<Verdicts> {
  const look = async () => {
    const verdicts = await ask();
    const { troubled } = verdicts;
    const isSo = troubled.join() === left.join();
    return isSo
      ? { done: verdicts }
      : { seen: troubled.map((one) => `${one} (${verdicts.seen(idOf(one))})`).join('; ') };
  };
  return waitFor(`only ${left.join(', ') || 'nothing'} to be against it`, look, { timeoutMs: 150_000 });
}

const idOf = (troubled: string) => troubled.slice(0, troubled.indexOf(':'));

export function verdictsOf(finished: FinishedRun): Verdicts {
  const { report } = finished;
  const troubled = report.checks.filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown');
  return {
    finished,
    result: report.result,
    troubled: troubled.map(({ id, verdict }) => `${id}: ${verdict}`),
    seen: (id) => report.checks.find((one) => one.id === id)?.seen ?? `no check ${id}`,
  };
}

/** Commits on the source or target as an operator's tool does. */
export function place(
  judged: Judged,
  side: 'source' | 'target',
  suffix: string,
  offset: bigint,
  partition = 0,
): Promise<void> {
  const topic = side === 'source' ? judged.topic(suffix) : judged.copy(suffix);
  const offsets = [{ topic, partition, offset }];
  return commitGroupOffsets(judged.bed[side], [{ groupId: judged.group(suffix), offsets }]);
}

export function redeploy(judged: Judged, connectors: readonly ConnectorConfig[]): Promise<void> {
  return putConnectors(judged.bed.connectUrl, connectors);
}
