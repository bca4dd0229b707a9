import { join } from 'node:path';
import type { ClusterAddress } from './client.ts';
import { type ConnectWorker, type ConnectWorkerOptions, launchConnectWorker } from './connect-worker.ts';
import { type KafkaCluster, type KafkaClusterOptions, launchKafkaCluster } from './kafka-cluster.ts';
import { createWorkFolder, removeWorkFolder } from './processes.ts';
import { settleAll, settleBoth } from './settle.ts';
import { releaseAll } from './watchdog.ts';

export type ClusterSpec = Omit<KafkaClusterOptions, 'name' | 'workFolder' | 'jarCacheFolder' | 'log'>;
export type ConnectSpec = Omit<ConnectWorkerOptions, 'cluster' | 'workFolder' | 'jarCacheFolder' | 'log'>;

export interface BedOptions {
  readonly source?: ClusterSpec;
  readonly target?: ClusterSpec;
  /** A worker that keeps its topics on the target; `false` for none. */
  readonly connect?: ConnectSpec | false;
  readonly jarCacheFolder?: string;
  /** One line at a time, for people: what is starting, what is up after how long. */
  readonly onProgress?: (line: string) => void;
}

/** Plain data about a bed: what `provide()` hands to test files and what builders take. */
export interface BedAddresses {
  readonly source: ClusterAddress;
  readonly target: ClusterAddress;
  /** Null for a bed without Connect. */
  readonly connectUrl: string | null;
}

export interface Bed {
  readonly source: KafkaCluster;
  readonly target: KafkaCluster;
  readonly connect: ConnectWorker | null;
  readonly addresses: BedAddresses;
  /** Holds configuration, data and logs of every process. */
  readonly workFolder: string;
  pids(): readonly number[];
  /** Ends every process and removes the folder. Safe to call twice. */
  stop(): Promise<void>;
  /** Lets processes and folder outlive this process; from then on they are the user's to end, by `pids()`. */
  release(): void;
}

interface Started {
  readonly clusters: { stop(): Promise<void> }[];
  readonly workers: { stop(): Promise<void> }[];
}

/**
 * Boots source, target and Connect beside each other and returns when all of them answer a real client.
 * Whatever was started is ended again if anything fails, and when this process ends for whatever reason.
 */
export async function startBed(options: BedOptions = {}): Promise<Bed> {
  const workFolder = await createWorkFolder('mm2-bed-');
  const started: Started = { clusters: [], workers: [] };
  const stop = async () => {
    // Connect first: it would spend its grace on brokers that are gone.
    await settleAll(started.workers.map((one) => one.stop()));
    await settleAll(started.clusters.map((one) => one.stop()));
    await removeWorkFolder(workFolder);
  };
  try {
    const { source, target, connect } = await boot(options, workFolder, started);
    return {
      source,
      target,
      connect,
      addresses: { source: source.address, target: target.address, connectUrl: connect?.url ?? null },
      workFolder,
      pids: () => [...source.pids(), ...target.pids(), ...(connect === null ? [] : [connect.pid])],
      stop,
      release: releaseAll,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function boot(options: BedOptions, workFolder: string, started: Started) {
  const startedAt = Date.now();
  const progress = (line: string) => options.onProgress?.(line);
  const common = {
    log: progress,
    ...(options.jarCacheFolder === undefined ? {} : { jarCacheFolder: options.jarCacheFolder }),
  };
  const launch = async (name: 'source' | 'target') => {
    const launched = await launchKafkaCluster({
      ...options[name],
      ...common,
      name,
      workFolder: join(workFolder, name),
    });
    started.clusters.push(launched);
    return launched;
  };
  const announced = async <T>(ready: Promise<T>, line: (up: T) => string) => {
    const up = await ready;
    progress(`${line(up)} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
    return up;
  };
  const clusterLine = (one: KafkaCluster) => `${one.name}: Kafka ${one.version} is up at ${one.bootstrapServers()}`;

  progress('Starting the source and the target cluster');
  const [source, target] = await settleBoth(launch('source'), launch('target'));
  const connect = await launchConnect(options, target.internalBootstrapServers, join(workFolder, 'connect'), common);
  if (connect !== null) started.workers.push(connect);
  const [sourceUp, targetUp] = await settleBoth(
    announced(source.ready(), clusterLine),
    announced(target.ready(), clusterLine),
  );
  const connectUp =
    connect === null ? null : await announced(connect.ready(), (one) => `Connect ${one.version} is up at ${one.url}`);
  return { source: sourceUp, target: targetUp, connect: connectUp };
}

async function launchConnect(
  options: BedOptions,
  bootstrapServers: string,
  workFolder: string,
  common: Pick<ConnectWorkerOptions, 'log' | 'jarCacheFolder'>,
) {
  if (options.connect === false) return null;
  const cluster = { bootstrapServers, brokerCount: options.target?.brokers ?? 1 };
  return launchConnectWorker({ ...options.connect, ...common, cluster, workFolder });
}
