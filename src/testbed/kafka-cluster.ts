import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brokerProperties, propertiesText } from './broker-config.ts';
import { type ClusterAddress, withAdmin } from './client.ts';
import { type BrokerPlan, bootstrapServersOf, type ClusterPlan, planCluster } from './cluster-plan.ts';
import { bedError } from './errors.ts';
import { type JarOptions, resolveJars } from './jars.ts';
import { type NodeContext, newKafkaId, prepareNode, startNode } from './kafka-node.ts';
import { formatStorage } from './kraft-storage.ts';
import type { ListenerSpec } from './listeners.ts';
import { createWorkFolder, type ManagedProcess, removeWorkFolder } from './processes.ts';
import { settleAll } from './settle.ts';
import { waitFor } from './wait.ts';

export interface KafkaClusterOptions {
  /** Used in logs and error texts. */
  readonly name: string;
  /** 4.3.1 by default; also 4.1.1, 3.9.2 (KRaft) and 2.8.2 (ZooKeeper). */
  readonly version?: string;
  /** Number of brokers, 1 by default. */
  readonly brokers?: number;
  /** PLAINTEXT by default; a plaintext one named INTERNAL is added when there is none. */
  readonly listeners?: readonly ListenerSpec[];
  /** Broker properties; they win over the bed's defaults (see broker-config.ts). */
  readonly properties?: Readonly<Record<string, string>>;
  /** A temp folder of its own by default, removed by `stop()`; a given one stays the caller's. */
  readonly workFolder?: string;
  /** Replaces the small heap and quick-start flags of java.ts. */
  readonly jvmFlags?: readonly string[];
  readonly jarCacheFolder?: string;
  /** 180 s by default. */
  readonly startTimeoutMs?: number;
  readonly log?: ((line: string) => void) | undefined;
}

export interface RunningBroker {
  readonly id: number;
  readonly pid: number;
  readonly logFile: string;
  readonly dataFolder: string;
  /** Port of each listener, by listener name. */
  readonly ports: Readonly<Record<string, number>>;
}

export interface KafkaCluster {
  readonly name: string;
  readonly version: string;
  readonly clusterId: string;
  /** Plain data for builders and other processes; speaks of the plaintext listener. */
  readonly address: ClusterAddress;
  /** Of the listener with this name; of the first listener without one. Throws a bed error for an unknown name. */
  bootstrapServers(listener?: string): string;
  /** The brokers that live now. */
  brokers(): readonly RunningBroker[];
  /** Every process of this cluster that lives now, ZooKeeper included. */
  pids(): readonly number[];
  /** SIGKILL. */
  killBroker(id: number): Promise<void>;
  /** SIGTERM, so that partitions move in order. */
  stopBroker(id: number): Promise<void>;
  /** Starts a killed or stopped broker again, same port and data, and waits until it is back in the cluster. */
  restartBroker(id: number): Promise<void>;
  /** Ends every process and removes the work folder unless it was given. Safe to call twice. */
  stop(): Promise<void>;
}

/** A cluster whose processes run but which need not answer yet. */
export interface LaunchedCluster {
  readonly internalBootstrapServers: string;
  /** Returns when a client sees every broker. Ends all processes before it throws. */
  ready(): Promise<KafkaCluster>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 180_000;
// A cluster that ends as a whole has nobody to hand partitions to, and a quorum that is gone never lets go.
const END_GRACE_MS = 2_000;
// A single broker hands its partitions over first.
const HAND_OVER_GRACE_MS = 90_000;

/** Boots real brokers and returns when a real client sees all of them. See KafkaClusterOptions for the defaults. */
export async function startKafkaCluster(options: KafkaClusterOptions): Promise<KafkaCluster> {
  const launched = await launchKafkaCluster(options);
  return launched.ready();
}

/** Starts the processes only, so that others can start beside them. */
export async function launchKafkaCluster(options: KafkaClusterOptions): Promise<LaunchedCluster> {
  const jars = await resolveJars(jarOptions(options));
  const workFolder = options.workFolder ?? (await createWorkFolder(`kafka-${options.name}-`));
  const classPath = [...new Set((options.listeners ?? []).flatMap((listener) => listener.classPath ?? []))];
  const context = await prepareNode(jars, workFolder, options.jvmFlags, { classPath });
  const plan = await planCluster(options, workFolder);
  const processes = new Map<number, ManagedProcess>();
  const zooKeepers: ManagedProcess[] = [];
  const stop = async () => {
    await Promise.all([...processes.values()].map((one) => one.stop(END_GRACE_MS)));
    await Promise.all(zooKeepers.map((one) => one.stop(END_GRACE_MS)));
    if (options.workFolder === undefined) await removeWorkFolder(workFolder);
  };
  try {
    const clusterId = newKafkaId();
    if (plan.zooKeeperPort !== null) zooKeepers.push(await startZooKeeper(context, plan.zooKeeperPort));
    await settleAll(
      plan.brokers.map(async (broker) => {
        const configFile = join(workFolder, `broker-${broker.id}.properties`);
        await writeFile(configFile, propertiesText(brokerProperties(plan, broker)), { mode: 0o600 });
        const { id: nodeId, dataFolder } = broker;
        if (plan.zooKeeperPort === null) await formatStorage(context, { clusterId, nodeId, dataFolder });
        processes.set(broker.id, await startBroker(context, broker));
      }),
    );
    return { internalBootstrapServers: bootstrapServersOf(plan, plan.listeners.internal.name), ready, stop };
  } catch (error) {
    await stop();
    throw error;
  }

  async function ready(): Promise<KafkaCluster> {
    try {
      const clusterId = await waitUntilReady(options, plan, processes);
      return runningCluster({ options, plan, context, processes, zooKeepers, clusterId, stop });
    } catch (error) {
      await stop();
      throw error;
    }
  }
}

function jarOptions(options: KafkaClusterOptions): JarOptions {
  return {
    ...(options.version === undefined ? {} : { version: options.version }),
    ...(options.jarCacheFolder === undefined ? {} : { cacheFolder: options.jarCacheFolder }),
    log: options.log,
  };
}

async function startZooKeeper(context: NodeContext, port: number): Promise<ManagedProcess> {
  const file = join(context.workFolder, 'zookeeper.properties');
  const properties = {
    dataDir: join(context.workFolder, 'zookeeper'),
    clientPort: String(port),
    clientPortAddress: '127.0.0.1',
    'admin.enableServer': 'false',
    maxClientCnxns: '0',
  };
  await writeFile(file, propertiesText(properties));
  return startNode(context, 'zookeeper', 'org.apache.zookeeper.server.quorum.QuorumPeerMain', [file]);
}

function startBroker(context: NodeContext, broker: BrokerPlan): Promise<ManagedProcess> {
  const configFile = join(context.workFolder, `broker-${broker.id}.properties`);
  return startNode(context, `broker-${broker.id}`, 'kafka.Kafka', [configFile]);
}

/** Returns the cluster id once each running broker itself answers and sees all of them. */
async function waitUntilReady(
  options: KafkaClusterOptions,
  plan: ClusterPlan,
  processes: ReadonlyMap<number, ManagedProcess>,
): Promise<string> {
  const all = [...processes.values()];
  const running = plan.brokers.filter((broker) => processes.has(broker.id));
  const tails = () => all.map((one) => `--- ${one.logFile}\n${one.logTail()}`).join('\n');
  const look = async () => {
    const dead = all.find((one) => one.exitStatus() !== null);
    if (dead !== undefined) {
      throw bedError(`${options.name}: ${dead.name} ended with ${dead.exitStatus()}.\n${dead.logTail()}`);
    }
    // Each of them: a broker is in the metadata shortly before it accepts connections.
    const views = await settleAll(running.map((broker) => viewOf(plan, broker)));
    const behind = views.find((view) => view.brokers.length !== all.length);
    if (behind !== undefined) return { seen: `${behind.brokers.length} of ${all.length} brokers` };
    return { done: views[0]?.clusterId ?? '' };
  };
  const timeoutMs = options.startTimeoutMs ?? START_TIMEOUT_MS;
  return waitFor(`${options.name} (Kafka ${plan.version}) to answer`, look, { timeoutMs, details: tails });
}

function viewOf(plan: ClusterPlan, broker: BrokerPlan) {
  const bootstrapServers = bootstrapServersOf({ ...plan, brokers: [broker] }, plan.listeners.internal.name);
  return withAdmin({ bootstrapServers }, (admin) => admin.describeCluster(), { retry: { retries: 0 } });
}

interface ClusterParts {
  readonly options: KafkaClusterOptions;
  readonly plan: ClusterPlan;
  readonly context: NodeContext;
  readonly processes: Map<number, ManagedProcess>;
  readonly zooKeepers: readonly ManagedProcess[];
  readonly clusterId: string;
  readonly stop: () => Promise<void>;
}

function runningCluster({
  options,
  plan,
  context,
  processes,
  zooKeepers,
  clusterId,
  stop,
}: ClusterParts): KafkaCluster {
  const { name } = options;
  const { version } = plan;
  const bootstrapServers = (listener = plan.listeners.first.name) => bootstrapServersOf(plan, listener);
  const brokerPlan = (id: number) => {
    const found = plan.brokers.find((broker) => broker.id === id);
    if (found === undefined) throw bedError(`${name} has no broker ${id}.`);
    return found;
  };
  const end = async (id: number, how: (running: ManagedProcess) => Promise<void>) => {
    const running = processes.get(brokerPlan(id).id);
    if (running !== undefined) await how(running);
    processes.delete(id);
  };
  const stopBroker = (id: number) => end(id, (running) => running.stop(HAND_OVER_GRACE_MS));
  const internal = bootstrapServers(plan.listeners.internal.name);
  return {
    name,
    version,
    clusterId,
    address: { name, version, clusterId, bootstrapServers: internal, brokerCount: plan.brokers.length },
    bootstrapServers,
    brokers: () => [...processes].map(([id, { pid, logFile }]) => ({ id, pid, logFile, ...pick(brokerPlan(id)) })),
    pids: () => [...processes.values(), ...zooKeepers].filter((one) => one.exitStatus() === null).map((one) => one.pid),
    killBroker: (id) => end(id, (running) => running.kill()),
    stopBroker,
    async restartBroker(id) {
      await stopBroker(id);
      processes.set(id, await startBroker(context, brokerPlan(id)));
      await waitUntilReady(options, plan, processes);
    },
    stop,
  };
}

function pick({ dataFolder, ports }: BrokerPlan): Pick<BrokerPlan, 'dataFolder' | 'ports'> {
  return { dataFolder, ports };
}
