import type { ClusterAddress } from './client.ts';
import { type ConnectWorker, type ConnectWorkerOptions, launchConnectWorker } from './connect-worker.ts';
import { type KafkaCluster, type KafkaClusterOptions, launchKafkaCluster } from './kafka-cluster.ts';
import { createWorkFolder, removeWorkFolder } from './processes.ts';
import { settleAll } from './settle.ts';
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

interface Stoppable {
  stop(): Promise<void>;
}

/**
 * Boots source, target and Connect beside each other and returns when all of them answer a real client.
 * Whatever was started is ended again if anything fails, and when this process ends for whatever reason.
 */
export async function startBed(options: BedOptions = {}): Promise<Bed> {
  const startedAt = Date.now();
  const progress = (line: string) => options.onProgress?.(line);
  const timed = (line: string) => progress(`${line} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
  const workFolder = await createWorkFolder('mm2-bed-');
  const started: Stoppable[] = [];
  const stop = async () => {
    // Connect first: it would spend its grace on brokers that are gone.
    for (const one of [...started].reverse()) await one.stop();
    await removeWorkFolder(workFolder);
  };
  const jarCache = options.jarCacheFolder === undefined ? {} : { jarCacheFolder: options.jarCacheFolder };
  const common = { log: progress, ...jarCache };
  try {
    const launch = async (name: 'source' | 'target') => {
      const spec = options[name] ?? {};
      const launched = await launchKafkaCluster({ ...spec, ...common, name, workFolder: `${workFolder}/${name}` });
      started.push(launched);
      return launched;
    };
    progress('Starting the source and the target cluster');
    const [launchingSource, launchingTarget] = [launch('source'), launch('target')];
    await settleAll([launchingSource, launchingTarget]);
    const launchedSource = await launchingSource;
    const launchedTarget = await launchingTarget;
    const launchedConnect = await launchConnect(options, launchedTarget.internalBootstrapServers, workFolder, common);
    if (launchedConnect !== null) started.push(launchedConnect);
    const announce = async (what: string, ready: Promise<KafkaCluster>) => {
      const cluster = await ready;
      timed(`${what} cluster is up: Kafka ${cluster.version} at ${cluster.bootstrapServers()}`);
      return cluster;
    };
    const [source, target] = await Promise.all([
      announce('Source', launchedSource.ready()),
      announce('Target', launchedTarget.ready()),
    ]);
    const connect = launchedConnect === null ? null : await launchedConnect.ready();
    if (connect !== null) timed(`Connect is up: ${connect.url}`);
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

async function launchConnect(
  options: BedOptions,
  bootstrapServers: string,
  workFolder: string,
  common: Pick<ConnectWorkerOptions, 'log' | 'jarCacheFolder'>,
) {
  if (options.connect === false) return null;
  const cluster = { bootstrapServers, brokerCount: options.target?.brokers ?? 1 };
  return launchConnectWorker({ ...options.connect, ...common, cluster, workFolder: `${workFolder}/connect` });
}
