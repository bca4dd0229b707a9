import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { propertiesText } from './broker-config.ts';
import { bedError } from './errors.ts';
import { resolveJars } from './jars.ts';
import { prepareNode, startNode } from './kafka-node.ts';
import { KAFKA_VERSION } from './pom.ts';
import { freePort } from './ports.ts';
import { createWorkFolder, type ManagedProcess, removeWorkFolder } from './processes.ts';
import { waitFor } from './wait.ts';

export interface ConnectWorkerOptions {
  /** Where the worker keeps its topics; usually the target's `address` or `bootstrapServers()`. */
  readonly cluster: { readonly bootstrapServers: string; readonly brokerCount: number };
  /** Version of Connect and MM2, 4.3.1 by default. */
  readonly version?: string;
  /** Workers with the same group share connectors; `connect` by default. Names the internal topics too. */
  readonly groupId?: string;
  /** Worker properties; they win over the bed's defaults (see workerProperties). */
  readonly properties?: Readonly<Record<string, string>>;
  /** A temp folder of its own by default, removed by `stop()`; a given one stays the caller's. */
  readonly workFolder?: string;
  readonly jvmFlags?: readonly string[];
  /** Jars and folders before Kafka's own on the class path: login modules, REST extensions. */
  readonly classPath?: readonly string[];
  /** Added to the worker's environment: what `${env:…}` and Amazon's credential chain read. */
  readonly env?: Readonly<Record<string, string>>;
  /** Listeners beside the plain one, and what the bed needs to ask that one (see security/secure-rest.ts). */
  readonly rest?: { readonly listeners: readonly string[]; readonly authorization?: string };
  readonly jarCacheFolder?: string;
  /** 240 s by default. */
  readonly startTimeoutMs?: number;
  readonly log?: ((line: string) => void) | undefined;
}

export interface ConnectWorker {
  readonly url: string;
  readonly pid: number;
  readonly version: string;
  readonly groupId: string;
  readonly logFile: string;
  /** SIGTERM, then SIGKILL; removes the work folder unless it was given. Safe to call twice. */
  stop(): Promise<void>;
  /** SIGKILL; the work folder stays until `stop()`. */
  kill(): Promise<void>;
}

/** A worker whose process runs but which need not answer yet. */
export interface LaunchedWorker {
  /** Returns when the REST interface lists connectors. Ends the process before it throws. */
  ready(): Promise<ConnectWorker>;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 240_000;

/** Boots a distributed Connect worker with MM2 on its class path and returns when it lists connectors. */
export async function startConnectWorker(options: ConnectWorkerOptions): Promise<ConnectWorker> {
  const launched = await launchConnectWorker(options);
  return launched.ready();
}

/** Starts the process only, so that others can start beside it; the worker waits for its brokers. */
export async function launchConnectWorker(options: ConnectWorkerOptions): Promise<LaunchedWorker> {
  const version = options.version ?? KAFKA_VERSION;
  const cacheFolder = options.jarCacheFolder === undefined ? {} : { cacheFolder: options.jarCacheFolder };
  const jars = await resolveJars({ version, log: options.log, ...cacheFolder });
  const workFolder = options.workFolder ?? (await createWorkFolder('kafka-connect-'));
  const { jvmFlags, classPath, env } = options;
  const context = await prepareNode(jars, workFolder, jvmFlags, { classPath, env });
  const port = await freePort();
  const groupId = options.groupId ?? 'connect';
  const configFile = join(workFolder, `connect-${port}.properties`);
  await writeFile(configFile, propertiesText(workerProperties(options, groupId, port)), { mode: 0o600 });
  const main = 'org.apache.kafka.connect.cli.ConnectDistributed';
  const jvm = await startNode(context, `connect-${port}`, main, [configFile]);
  const stop = async () => {
    await jvm.stop();
    if (options.workFolder === undefined) await removeWorkFolder(workFolder);
  };
  const url = `http://127.0.0.1:${port}`;
  const worker: ConnectWorker = {
    url,
    pid: jvm.pid,
    version,
    groupId,
    logFile: jvm.logFile,
    stop,
    kill: () => jvm.kill(),
  };
  return {
    stop,
    async ready() {
      try {
        await waitUntilReady(url, jvm, options);
        return worker;
      } catch (error) {
        await stop();
        throw error;
      }
    },
  };
}

// Converters are those of a typical worker: connectors have to bring ByteArrayConverter themselves, as MM2 needs it.
function workerProperties(options: ConnectWorkerOptions, groupId: string, port: number): Record<string, string> {
  const replicas = String(Math.min(3, options.cluster.brokerCount));
  const jsonConverter = 'org.apache.kafka.connect.json.JsonConverter';
  return {
    'bootstrap.servers': options.cluster.bootstrapServers,
    'group.id': groupId,
    'key.converter': jsonConverter,
    'value.converter': jsonConverter,
    'config.storage.topic': `${groupId}-configs`,
    'config.storage.replication.factor': replicas,
    'offset.storage.topic': `${groupId}-offsets`,
    'offset.storage.partitions': '3',
    'offset.storage.replication.factor': replicas,
    'status.storage.topic': `${groupId}-status`,
    'status.storage.partitions': '1',
    'status.storage.replication.factor': replicas,
    listeners: [`http://127.0.0.1:${port}`, ...(options.rest?.listeners ?? [])].join(','),
    'rest.advertised.host.name': '127.0.0.1',
    // Everything is on the class path and declares its services; scanning for more costs seconds.
    'plugin.discovery': 'service_load',
    'connector.client.config.override.policy': 'All',
    'offset.flush.interval.ms': '1000',
    'scheduled.rebalance.max.delay.ms': '0',
    // A worker that stands still for a while on a busy machine keeps its place, and its tasks go on.
    'session.timeout.ms': '60000',
    ...options.properties,
  };
}

async function waitUntilReady(
  url: string,
  jvm: ManagedProcess,
  { rest, startTimeoutMs: timeoutMs = START_TIMEOUT_MS }: ConnectWorkerOptions,
): Promise<void> {
  const headers = rest?.authorization === undefined ? {} : { authorization: rest.authorization };
  const look = async () => {
    const status = jvm.exitStatus();
    if (status !== null) throw bedError(`Connect ended with ${status}.\n${jvm.logTail()}`);
    // Unlike `GET /`, this one is answered only after the worker has joined its group.
    const response = await fetch(`${url}/connectors`, { headers, signal: AbortSignal.timeout(10_000) });
    const body = await response.text();
    return response.ok ? { done: undefined } : { seen: `HTTP ${response.status} ${body.slice(0, 200)}` };
  };
  const details = () => `--- ${jvm.logFile}\n${jvm.logTail()}`;
  await waitFor(`Connect at ${url} to list connectors`, look, { timeoutMs, details });
}
