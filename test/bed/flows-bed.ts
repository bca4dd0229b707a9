import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { generateWorkerProperties } from '../../src/domain/connectors/generate/worker-properties.ts';
import { parseJavaProperties } from '../../src/inputs/properties/java-properties.ts';
import { compiledClasses } from '../../src/testbed/compiled-classes.ts';
import { type ConnectWorker, startConnectWorker } from '../../src/testbed/connect-worker.ts';
import { iamJavaClient } from '../../src/testbed/iam/iam-java-client.ts';
import { type IamListener, iamListener, newIamIdentity } from '../../src/testbed/iam/iam-listener.ts';
import { resolveJars } from '../../src/testbed/jars.ts';
import { type KafkaCluster, startKafkaCluster } from '../../src/testbed/kafka-cluster.ts';
import { createWorkFolder, removeWorkFolder } from '../../src/testbed/processes.ts';
import { jaasQuoted, secureListeners } from '../../src/testbed/security/secure-listeners.ts';
import { settleBoth } from '../../src/testbed/settle.ts';
import { type FlowCluster, flowFacts } from '../e2e/flows/flow-facts.ts';

export interface FlowsBed {
  /** Holds the certificates: see `openAuthority`. */
  readonly folder: string;
  readonly source: FlowCluster;
  readonly target: FlowCluster;
  readonly connectUrl: string;
  readonly workerLog: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    flowsBed: FlowsBed;
  }
}

const POLICY = fileURLToPath(new URL('../e2e/flows/CustomMM2ReplicationPolicy.java', import.meta.url));
/** Many connectors with several clients each. */
const WORKER_FLAGS = ['-Xmx1g', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true'];

/** A task that has not ended, or not noted how far it came, within 5 s would copy its records a second time. */
const UNHURRIED = { 'task.shutdown.graceful.timeout.ms': '120000', 'offset.flush.timeout.ms': '60000' };

/**
 * vitest's globalSetup of the flows suite: two clusters with a listener for each scheme, and a worker beside the target
 * that is started with generated properties and has its secrets in the environment of its process alone.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await createWorkFolder('flows-bed-');
  const running: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    await Promise.all(running.map((one) => one.stop()));
    await removeWorkFolder(folder);
  };
  try {
    const secure = await secureListeners({ folder });
    const identity = newIamIdentity();
    const iam = await iamListener({ folder, authority: secure.authority, identities: [identity], sessionMs: 600_000 });
    const listeners = [...secure.listeners, iam.listener];
    const boot = async (name: string) => {
      const cluster = await startKafkaCluster({ name, listeners });
      running.push(cluster);
      await secure.createUsers(cluster);
      return flowCluster(cluster);
    };
    const [source, target] = await settleBoth(boot('source'), boot('target'));
    const client = secure.access('mtls');
    const [password = ''] = Object.values(secure.users);
    // The form that a password has between the quotes of JAAS, as the notice about such passwords says.
    const quoted = jaasQuoted(password).slice(1, -1);
    const env = {
      SOURCE_PASSWORD: quoted,
      TARGET_PASSWORD: quoted,
      SOURCE_KEY: client.keyPem ?? '',
      TARGET_KEY: client.keyPem ?? '',
    };
    const worker = await startWorker({ folder, source, target, iam, env });
    running.unshift(worker);
    project.provide('flowsBed', { folder, source, target, connectUrl: worker.url, workerLog: worker.logFile });
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

function flowCluster(cluster: KafkaCluster): FlowCluster {
  const names = Object.keys(cluster.brokers()[0]?.ports ?? {});
  return {
    address: cluster.address,
    servers: Object.fromEntries(names.map((name) => [name, cluster.bootstrapServers(name)])),
  };
}

interface WorkerBed {
  readonly folder: string;
  readonly source: FlowCluster;
  readonly target: FlowCluster;
  readonly iam: IamListener;
  readonly env: Readonly<Record<string, string>>;
}

/** Its own clients sign in by SCRAM over TLS; the policy and Amazon's library are on its class path. */
async function startWorker({ folder, source, target, iam, env }: WorkerBed): Promise<ConnectWorker> {
  const amazon = await iamJavaClient(iam);
  const policy = await compiledClasses('flows', await resolveJars(), [POLICY]);
  const bed = { source, target, certificates: join(folder, 'certificates') };
  const facts = flowFacts(bed, { source: 'mtls', target: 'sasl-scram-512' }, { name: 'worker' });
  const parsed = parseJavaProperties(generateWorkerProperties(facts));
  if ('malformedLine' in parsed)
    throw new Error(`Line ${parsed.malformedLine} of the worker's properties is malformed.`);
  const { listeners: _, ...properties } = Object.fromEntries(parsed.entries);
  return startConnectWorker({
    cluster: { bootstrapServers: properties['bootstrap.servers'] ?? '', brokerCount: 1 },
    groupId: properties['group.id'] ?? '',
    properties: { ...properties, ...UNHURRIED },
    jvmFlags: WORKER_FLAGS,
    classPath: [...amazon.classPath, policy],
    env: { ...env, ...amazon.env, LC_ALL: 'C.UTF-8' },
  });
}
