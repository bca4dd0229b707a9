import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { ClusterAddress } from '../../src/testbed/client.ts';
import { startConnectWorker } from '../../src/testbed/connect-worker.ts';
import { commitGroupOffsets } from '../../src/testbed/groups.ts';
import {
  type IamListener,
  type IamListenerOptions,
  iamListener,
  newIamIdentity,
} from '../../src/testbed/iam/iam-listener.ts';
import { JVM_FLAGS } from '../../src/testbed/java.ts';
import { startKafkaCluster } from '../../src/testbed/kafka-cluster.ts';
import { putConnectors, waitForReplication } from '../../src/testbed/mm2.ts';
import { createWorkFolder, removeWorkFolder } from '../../src/testbed/processes.ts';
import { produceRecords } from '../../src/testbed/records.ts';
import { type Authority, makeAuthority } from '../../src/testbed/security/authority.ts';
import { clientProperties } from '../../src/testbed/security/client-properties.ts';
import { type SecureListeners, secureListeners } from '../../src/testbed/security/secure-listeners.ts';
import { basicAuthorization, secureRest } from '../../src/testbed/security/secure-rest.ts';
import { settleBoth } from '../../src/testbed/settle.ts';
import { createTopics } from '../../src/testbed/topics.ts';
import { waitFor } from '../../src/testbed/wait.ts';
import { exampleConnectors } from '../e2e/recipes/example-files.ts';
import { type AclSpec, Witness } from '../support/witness.ts';

export interface RecipesCluster {
  /** The way in of the bed and of Java's tools, without a sign-in. */
  readonly address: ClusterAddress;
  /** The way in of the recipes: SCRAM-SHA-512 over TLS. */
  readonly bootstrapServers: string;
  readonly password: string;
  /** The way in of the recipe for Amazon MSK. */
  readonly iamBootstrapServers: string;
}

/**
 * Two clusters and a worker as the examples take them for granted: SCRAM over TLS on both sides, Connect over https with
 * basic auth, all certificates of an authority of one's own. The connectors of examples/connectors run on it, and have
 * copied `RECORDS` records of each partition of `TOPICS`.
 */
export interface RecipesBed {
  /** Holds the certificates: see `openAuthority`. */
  readonly certificates: string;
  readonly source: RecipesCluster;
  readonly target: RecipesCluster;
  /** https, for the recipes. */
  readonly connectUrl: string;
  /** The plain listener of the same worker, for the tests; needs the header as well. */
  readonly plainConnectUrl: string;
  readonly connectPassword: string;
  /** Header for both. */
  readonly connectAuthorization: string;
  /** Whom the IAM listeners know, as the variables that configure-aws-credentials leaves behind, without the region. */
  readonly iamSession: Readonly<Record<string, string>>;
}

declare module 'vitest' {
  export interface ProvidedContext {
    recipesBed: RecipesBed;
  }
}

/** User names of examples/mm2.yml. */
const USER = 'mm2-offsets';
const DEPLOYER = 'deployer';
/** What the environment of the reading jobs names; the brokers let it read and describe, and no more. */
export const READER = 'mm2-reader';
// With characters that shells, JAAS and YAML read in their own way.
const PASSWORDS = { source: `old p"a'ss;w=$r#d`, target: 'new p\\a,ss:w%r d!', connect: 'connect-p"a ss$w:d' };

export const TOPICS = [
  { topic: 'orders', partitions: 2 },
  { topic: 'payments', partitions: 1 },
  { topic: 'inventory', partitions: 1 },
];
export const RECORDS = 300;
/** Renewals are the business of the auth suite. */
const IAM_SESSION_MS = 120_000;
/** Always there on the source, at its end: without a group the checkpoint connector has no task. */
export const RESIDENT = {
  groupId: 'audit',
  offsets: [{ topic: 'payments', partition: 0, offset: BigInt(RECORDS) }],
};

/** vitest's globalSetup of the recipes suite. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await createWorkFolder('recipes-bed-');
  const running: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (const one of running) await one.stop();
    await removeWorkFolder(folder);
  };
  try {
    project.provide('recipesBed', await boot(folder, running));
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function boot(folder: string, running: { stop(): Promise<void> }[]): Promise<RecipesBed> {
  const certificates = join(folder, 'certificates');
  const authority = await makeAuthority(certificates);
  const identity = newIamIdentity();
  const cluster = async (name: 'source' | 'target') => {
    const users = { [USER]: PASSWORDS[name], [READER]: PASSWORDS[name] };
    const secure = await secureListeners({ folder, authority, users });
    const iam = await iamOf(folder, name, { authority, identities: [identity], sessionMs: IAM_SESSION_MS });
    const listeners = secure.listeners.filter((spec) => spec.name === 'NONE' || spec.name === 'SCRAM_512');
    const up = await startKafkaCluster({ name, listeners: [...listeners, iam.listener], properties: AUTHORIZER });
    running.push(up);
    await secure.createUsers(up);
    const servers = {
      bootstrapServers: up.bootstrapServers('SCRAM_512'),
      iamBootstrapServers: up.bootstrapServers(iam.listener.name),
    };
    return { secure, iam, cluster: { address: up.address, ...servers, password: PASSWORDS[name] } };
  };
  const [source, target] = await settleBoth(cluster('source'), cluster('target'));
  await allowReading([source.cluster, target.cluster]);
  // The first heartbeat would make it, and MirrorMaker 2 would find it only at its next look.
  const heartbeats = { topic: 'heartbeats', config: { 'cleanup.policy': 'compact' } };
  await createTopics(source.cluster.address, [...TOPICS, heartbeats]);
  const rest = await secureRest({
    folder,
    authority,
    tls: 'server',
    users: { [DEPLOYER]: PASSWORDS.connect, [READER]: PASSWORDS.connect },
  });
  const worker = await startConnectWorker({
    cluster: target.cluster.address,
    ...rest.options,
    properties: { ...rest.options.properties, ...workerSecurity(target, authority), ...ENV_PROVIDER },
    jvmFlags: [...(rest.options.jvmFlags ?? JVM_FLAGS), ...trustOf(authority)],
    env: {
      SOURCE_PASSWORD: inQuotes(PASSWORDS.source),
      TARGET_PASSWORD: inQuotes(PASSWORDS.target),
      LC_ALL: 'C.UTF-8',
    },
  });
  running.unshift(worker);
  const bed = {
    certificates,
    source: source.cluster,
    target: target.cluster,
    connectUrl: rest.httpsUrl,
    plainConnectUrl: worker.url,
    connectPassword: PASSWORDS.connect,
    connectAuthorization: basicAuthorization(DEPLOYER, PASSWORDS.connect),
    iamSession: sessionOf(target.iam),
  };
  await replicate(bed);
  return bed;
}

async function iamOf(folder: string, name: string, options: Omit<IamListenerOptions, 'folder'>): Promise<IamListener> {
  const own = join(folder, `iam-${name}`);
  await mkdir(own);
  return iamListener({ folder: own, ...options });
}

function sessionOf({ environment }: IamListener): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.endsWith('REGION')));
}

/** The bed itself comes without a sign-in; what writes may do everything. */
const AUTHORIZER = {
  'authorizer.class.name': 'org.apache.kafka.metadata.authorizer.StandardAuthorizer',
  'super.users': `User:ANONYMOUS;User:${USER};User:${newIamIdentity().principal}`,
};

/** The rights of `plan` and `check` in docs/permissions.md. */
async function allowReading(clusters: readonly RecipesCluster[]): Promise<void> {
  const to = (resourceType: AclSpec['resourceType'], name: string, operation: string): AclSpec => ({
    principal: `User:${READER}`,
    resourceType,
    name,
    operation,
  });
  const acls = [
    to('TOPIC', '*', 'READ'),
    to('TOPIC', '*', 'DESCRIBE_CONFIGS'),
    to('GROUP', '*', 'DESCRIBE'),
    to('CLUSTER', 'kafka-cluster', 'DESCRIBE'),
    to('CLUSTER', 'kafka-cluster', 'DESCRIBE_CONFIGS'),
  ];
  const witness = await Witness.start();
  try {
    for (const { address } of clusters) await witness.createAcls(address, acls);
  } finally {
    await witness.close();
  }
}

const ENV_PROVIDER = {
  'config.providers': 'env',
  'config.providers.env.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
};

/** What examples/README.md says that the variables of a worker of one's own hold. */
function inQuotes(password: string): string {
  return password.replaceAll(/[\\"]/g, '\\$&');
}

/** A machine whose Java trusts the company's authority, so that connectors need not name it. */
function trustOf(authority: Authority): string[] {
  const { file, type, password } = authority.trustStore();
  const store = { trustStore: file, trustStoreType: type, trustStorePassword: password };
  return Object.entries(store).map(([name, value]) => `-Djavax.net.ssl.${name}=${value}`);
}

interface SecuredCluster {
  readonly secure: SecureListeners;
  readonly cluster: RecipesCluster;
}

/** The worker's own clients sign in as well, and those that connectors take over from it. */
function workerSecurity({ secure, cluster }: SecuredCluster, authority: Authority): Record<string, string> {
  const own = clientProperties(secure.access('sasl-scram-512'), { authority, type: 'PKCS12' });
  const all = Object.entries(own).flatMap(([key, value]) =>
    ['', 'producer.', 'consumer.', 'admin.'].map((prefix) => [`${prefix}${key}`, value] as const),
  );
  return { 'bootstrap.servers': cluster.bootstrapServers, ...Object.fromEntries(all) };
}

async function replicate(bed: RecipesBed): Promise<void> {
  for (const { topic, partitions } of TOPICS) {
    const all = Array.from({ length: partitions }, (_, partition) => partition);
    await produceRecords(bed.source.address, { topic, partitions: all, recordsPerPartition: RECORDS });
  }
  await commitGroupOffsets(bed.source.address, [RESIDENT]);
  await putExampleConnectors(bed);
  const plain = { source: bed.source.address, target: bed.target.address, connectUrl: bed.plainConnectUrl };
  const topics = TOPICS.map(({ topic }) => topic);
  await waitForReplication(plain, topics, { policy: 'identity' });
}

/** The connectors as the repository has them: also to undo what a test has made of them. */
export async function putExampleConnectors(bed: RecipesBed): Promise<void> {
  await putConnectors(bed.plainConnectUrl, await exampleConnectors(bed), bed.connectAuthorization);
  await waitUntilRunning(bed);
}

/** Some looks in a row: right after a PUT the worker still shows the tasks that it is about to replace. */
const STEADY_LOOKS = 6;

async function waitUntilRunning(bed: RecipesBed): Promise<void> {
  const headers = { authorization: bed.connectAuthorization };
  let steady = 0;
  const look = async () => {
    const response = await fetch(`${bed.plainConnectUrl}/connectors?expand=status`, { headers });
    const seen = await response.text();
    if (!response.ok) {
      steady = 0;
      return { seen };
    }
    const all = Object.values(JSON.parse(seen) as Record<string, { status: { tasks: { state: string }[] } }>);
    const running = all.filter(
      ({ status }) => status.tasks.length > 0 && status.tasks.every(({ state }) => state === 'RUNNING'),
    );
    steady = running.length === 3 ? steady + 1 : 0;
    return steady === STEADY_LOOKS ? { done: undefined } : { seen };
  };
  await waitFor('the connectors of the examples', look, { timeoutMs: 240_000, intervalMs: 500 });
}
