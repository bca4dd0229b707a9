/** What the Connect worker says of MM2's connectors: their state, their configs, and how far they have copied. */
import {
  applyRank,
  type ConfigMap,
  type ConnectorConfig,
  GENERATED,
} from '../../domain/connectors/connector-config.ts';
import { planConnectors } from '../../domain/connectors/connector-plan.ts';
import type { ConnectFacts, ConnectorFacts, Known } from '../../domain/cutover/facts.ts';
import { MigrationError } from '../../errors.ts';
import type { CallBounds, ConnectApi, ConnectorSnapshot, WorkerInfo } from '../connect-port.ts';
import { clause, known, unknown } from './known.ts';

export interface Aliases {
  readonly source: string;
  readonly target: string;
}

export interface WorkerQuestion {
  readonly connect: ConnectApi;
  readonly aliases: Aliases;
  /** Connectors of the files, or generated; null when there are neither. */
  readonly desired: readonly ConnectorConfig[] | null;
  readonly bounds: CallBounds;
}

export interface WorkerReading {
  readonly worker: WorkerInfo;
  readonly facts: ConnectFacts;
  /** Live configs of this pair's connectors, by name. */
  readonly sources: ReadonlyMap<string, ConfigMap>;
  readonly checkpoints: ReadonlyMap<string, ConfigMap>;
}

/** Unknown where the worker does not answer; a cancelled run is thrown. */
export async function readWorker(question: WorkerQuestion): Promise<Known<WorkerReading>> {
  const { connect, aliases, desired, bounds } = question;
  try {
    const worker = await connect.worker(bounds);
    const snapshots = new Map(await connect.connectors(bounds));
    for (const { name } of desired ?? []) {
      if (snapshots.has(name)) continue;
      const config = await connect.connectorConfig(name, bounds);
      if (config !== null) snapshots.set(name, { config, status: null });
    }
    // Who deployed connectors under other names than the generated ones has not lost any.
    const wanted = (desired ?? []).filter(({ name, file }) => file !== GENERATED || snapshots.has(name));
    const ours = new Map([...snapshots].filter(([, { config }]) => isOfPair(config, aliases)));
    const sources = configsOfRank(ours, SOURCE_RANK);
    const checkpoints = configsOfRank(ours, CHECKPOINT_RANK);
    const facts: ConnectFacts = {
      url: connect.url,
      version: worker.version,
      connectors: connectorFacts(ours, snapshots, wanted),
      isolationLevel: isolationLevel([...sources.values()]),
      syncsGroupOffsets: [...checkpoints.values()].some((config) => config['sync.group.offsets.enabled'] === 'true'),
    };
    return known({ worker, facts, sources, checkpoints });
  } catch (error) {
    if (!(error instanceof MigrationError) || error.code === 'CANCELLED') throw error;
    return unknown(clause(error.message));
  }
}

const SOURCE_RANK = 0;
const CHECKPOINT_RANK = 1;
const NOT_MM2 = 3;

/** An MM2 connector of this source and target; `target` is MM2's own default alias. */
function isOfPair(config: ConfigMap, { source, target }: Aliases): boolean {
  if (applyRank(classOf(config)) === NOT_MM2) return false;
  const targetAlias = config['target.cluster.alias'] ?? 'target';
  return config['source.cluster.alias'] === source && targetAlias === target;
}

function classOf(config: ConfigMap): string {
  return (config['connector.class'] ?? '').trim();
}

function configsOfRank(
  snapshots: ReadonlyMap<string, ConnectorSnapshot>,
  rank: number,
): ReadonlyMap<string, ConfigMap> {
  const configs = [...snapshots].map(([name, { config }]) => [name, config] as const);
  return new Map(configs.filter(([, config]) => applyRank(classOf(config)) === rank));
}

function connectorFacts(
  ours: ReadonlyMap<string, ConnectorSnapshot>,
  all: ReadonlyMap<string, ConnectorSnapshot>,
  wanted: readonly ConnectorConfig[],
): readonly ConnectorFacts[] {
  const actual = new Map(
    wanted.map(({ name }) => {
      const snapshot = all.get(name);
      return [name, snapshot === undefined ? ABSENT : { kind: 'present' as const, config: snapshot.config }];
    }),
  );
  const ofFiles = planConnectors(actual, wanted).map((change): ConnectorFacts => {
    const snapshot = all.get(change.name);
    if (snapshot === undefined) {
      return { name: change.name, class: change.class, live: null, driftedKeys: unknown('it is not on the worker') };
    }
    const { config, status } = snapshot;
    return { name: change.name, class: classOf(config), live: { status }, driftedKeys: known(change.changedKeys) };
  });
  const named = new Set(wanted.map(({ name }) => name));
  const others = [...ours]
    .filter(([name]) => !named.has(name))
    .map(([name, { config, status }]): ConnectorFacts => {
      return { name, class: classOf(config), live: { status }, driftedKeys: unknown('no file is given for it') };
    });
  return [...ofFiles, ...others];
}

const ABSENT = { kind: 'absent' as const };

/** MirrorSourceConnector's consumer: `source.consumer.` goes before `consumer.`. Kafka's default reads uncommitted. */
function isolationLevel(sources: readonly ConfigMap[]): ConnectFacts['isolationLevel'] {
  if (sources.length === 0) return unknown('there is no MirrorSourceConnector of this source and target');
  const committed = sources.every((config) => consumerSetting(config, 'isolation.level') === 'read_committed');
  return known(committed ? 'read_committed' : 'read_uncommitted');
}

export function consumerSetting(config: ConfigMap, key: string): string | null {
  return config[`source.consumer.${key}`] ?? config[`consumer.${key}`] ?? null;
}
