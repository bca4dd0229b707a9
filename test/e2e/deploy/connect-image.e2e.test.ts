// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect look like this
/** The Connect image's own entry point and files on this machine, in front of real listeners. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateConnectors } from '../../../src/domain/connectors/generate/generate-connectors.ts';
import type { ClientSecurity, GenerationFacts } from '../../../src/domain/connectors/generate/generation.ts';
import { type IamListener, iamListener } from '../../../src/testbed/iam/iam-listener.ts';
import { type KafkaCluster, startKafkaCluster } from '../../../src/testbed/kafka-cluster.ts';
import { putConnectors } from '../../../src/testbed/mm2.ts';
import { freePort } from '../../../src/testbed/ports.ts';
import {
  createWorkFolder,
  type ManagedProcess,
  removeWorkFolder,
  startProcess,
  tailOf,
} from '../../../src/testbed/processes.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { type SecureListeners, secureListeners } from '../../../src/testbed/security/secure-listeners.ts';
import { createTopics, logRanges } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';

const IMAGE = join(import.meta.dirname, '../../../deploy/connect');
const RECORDS = 50;
const WAIT = { timeoutMs: 180_000, intervalMs: 500 };
/** A task that has not ended, or not noted how far it came, within Kafka's 5 s would be given up, and copy again. */
const UNHURRIED = 'task.shutdown.graceful.timeout.ms=120000\noffset.flush.timeout.ms=60000\n';

let folder: string;
let home: string;
let secure: SecureListeners;
let iam: IamListener;
let source: KafkaCluster;
let target: KafkaCluster;

beforeAll(async () => {
  folder = await createWorkFolder('connect-image-');
  home = join(folder, 'opt');
  await promisify(execFile)('bash', [join(IMAGE, 'bin/build'), home]);
  await appendFile(join(home, 'workers/common.properties'), UNHURRIED);
  secure = await secureListeners({ folder });
  await mkdir(join(folder, 'iam'));
  iam = await iamListener({ folder: join(folder, 'iam'), authority: secure.authority, sessionMs: 600_000 });
  source = await startKafkaCluster({ name: 'source' });
  target = await startKafkaCluster({ name: 'target', listeners: [...secure.listeners, iam.listener] });
  await secure.createUsers(target);
});
afterAll(async () => {
  await source?.stop();
  await target?.stop();
  await removeWorkFolder(folder);
});

interface Scheme {
  readonly auth: string;
  readonly listener: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Mounted below SECRETS_FOLDER; the name of a variable is also given as `<NAME>_FILE`. */
  readonly files?: Readonly<Record<string, string>>;
  /** For the connectors; in the variables by default. */
  readonly secrets?: GenerationFacts['secrets'];
  /** Whatever of it may be seen nowhere, in every form that the process holds. */
  readonly hidden: readonly string[];
  readonly security: Pick<ClientSecurity, 'tls' | 'sasl'>;
  /** Merged into the generated connectors, for a listener that has no AWS_MSK_IAM. */
  readonly properties?: Readonly<Record<string, string>>;
}

const tls = () => ({ ca: secure.authority.caPem(), certificate: null, keyIsEncrypted: false, verifyHost: true });

const secretsFolder = (name: string) => join(folder, `secrets-${name}`);

const asProperty = (text: string) => text.replaceAll('\\', '\\\\');

const SCHEMES: Readonly<Record<string, () => Scheme>> = {
  'no-auth': () => ({
    auth: 'no-auth',
    listener: 'NONE',
    variables: {},
    security: { tls: null, sasl: null },
    hidden: [],
  }),
  sasl: () => {
    const { username, password, caPem } = secure.access('sasl-scram-512');
    const raw = password ?? '';
    const inQuotes = raw.replaceAll(/[\\"]/g, '\\$&');
    const login = `required username="${username}" password="${inQuotes}";`;
    return {
      auth: 'sasl',
      listener: 'SCRAM_512',
      variables: { TARGET_USERNAME: username ?? '', TARGET_CA: caPem ?? '' },
      files: {
        TARGET_PASSWORD: `${raw}\n`,
        // As the README says: in a properties file a backslash is written twice.
        'mm2.properties': `target.password=${asProperty(raw)}\n`,
      },
      secrets: { provider: 'file', path: join(secretsFolder('sasl'), 'mm2.properties') },
      security: { tls: tls(), sasl: { mechanism: 'scram-sha-512', username: username ?? '' } },
      hidden: [raw, inQuotes, login].flatMap((text) => [text, JSON.stringify(text).slice(1, -1)]),
    };
  },
  mtls: () => {
    const { certificatePem, keyPem, caPem } = secure.access('mtls');
    return {
      auth: 'mtls',
      listener: 'MTLS',
      variables: { TARGET_CERTIFICATE: certificatePem ?? '', TARGET_CA: caPem ?? '' },
      files: { TARGET_KEY: keyPem ?? '' },
      security: { tls: { ...tls(), certificate: certificatePem }, sasl: null },
      hidden: [keyPem?.split('\n')[1] ?? ''],
    };
  },
  'iam, over OAUTHBEARER': () => ({
    auth: 'iam',
    listener: 'IAM',
    variables: {
      SASL_MECHANISM: 'OAUTHBEARER',
      TARGET_CA: iam.caPem,
      ...iam.environment,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    security: { tls: tls(), sasl: { mechanism: 'iam' } },
    hidden: Object.entries(iam.environment).flatMap(([name, value]) =>
      /SECRET|SESSION_TOKEN/.test(name) ? [value] : [],
    ),
    properties: Object.fromEntries(
      [
        ['sasl.mechanism', 'OAUTHBEARER'],
        ['sasl.jaas.config', 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;'],
        ['sasl.login.callback.handler.class', 'software.amazon.msk.auth.iam.IAMOAuthBearerLoginCallbackHandler'],
      ].map(([key, value]) => [`target.cluster.${key}`, value ?? '']),
    ),
  }),
};

interface Worker {
  readonly process: ManagedProcess;
  readonly url: string;
  readonly ports: Readonly<Record<string, string>>;
  readonly temporary: string;
}

async function mount(name: string, files: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  const mounted = secretsFolder(name);
  await mkdir(mounted);
  for (const [file, text] of Object.entries(files)) await writeFile(join(mounted, file), text, { mode: 0o400 });
  const variables = Object.keys(files).filter((file) => /^[A-Z_]+$/.test(file));
  return Object.fromEntries([
    ['SECRETS_FOLDER', mounted],
    ...variables.map((variable) => [`${variable}_FILE`, join(mounted, variable)]),
  ]);
}

async function startWorker(name: string, { auth, listener, variables, files = {} }: Scheme): Promise<Worker> {
  const mounted = await mount(name, files);
  const temporary = join(folder, `tmp-${name}`);
  await mkdir(temporary);
  const ports = { REST_PORT: String(await freePort()), METRICS_PORT: String(await freePort()) };
  const process = await startProcess({
    name: `connect-${name}`,
    command: join(home, 'bin/connect'),
    args: [],
    cwd: temporary,
    logFile: join(folder, `${name}.log`),
    env: {
      AUTH: auth,
      BROKERS: target.bootstrapServers(listener),
      GROUP: `image-${name}`,
      CONNECT_HOME: home,
      TMPDIR: temporary,
      ADVERTISED_HOST: '127.0.0.1',
      KAFKA_HEAP_OPTS: '-Xmx384m',
      // A container need not have a locale, and the password is not ASCII.
      LANG: '',
      LC_ALL: '',
      ...ports,
      ...variables,
      ...mounted,
    },
  });
  return { process, ports, temporary, url: `http://127.0.0.1:${ports.REST_PORT}` };
}

async function untilHealthy({ process, ports }: Worker): Promise<void> {
  const look = async () => {
    const status = process.exitStatus();
    if (status !== null) return { done: `${status}\n${tailOf(process.logFile, 40)}` };
    const ends = promisify(execFile)(join(home, 'bin/health'), [], { env: { PATH: '/usr/bin:/bin', ...ports } });
    return ends.then(
      () => ({ done: 'healthy' }),
      (error: unknown) => ({ seen: `${error}\n${process.logFile}` }),
    );
  };
  expect(await waitFor('the worker to be healthy', look, WAIT)).toBe('healthy');
}

function connectors(name: string, { listener, security, secrets, properties = {} }: Scheme) {
  const facts: GenerationFacts = {
    source: { bootstrapServers: source.bootstrapServers().split(','), tls: null, sasl: null },
    target: { bootstrapServers: target.bootstrapServers(listener).split(','), ...security },
    sourceAlias: `${name}src`,
    targetAlias: `${name}dst`,
    policyClass: 'com.amazonaws.kafka.samples.CustomMM2ReplicationPolicy',
    separator: '.',
    internalTopicSeparatorEnabled: true,
    offsetSyncsTopicLocation: 'source',
    topics: `${name}-orders`,
    topicsExclude: '.*[\\-\\.]internal',
    groups: '.*',
    groupsExclude: 'connect-.*',
    tasksMax: 1,
    replicationFactor: null,
    secrets: secrets ?? { provider: 'env' },
    properties: new Map(Object.entries(properties)),
  };
  return generateConnectors(facts).map((one) => ({ ...one.config, name: one.name }) as Record<string, string>);
}

describe.each(Object.keys(SCHEMES))('%s', (scheme) => {
  const name = scheme.replace(/\W.*/, '');
  let worker: Worker;
  let spec: Scheme;

  beforeAll(async () => {
    spec = (SCHEMES[scheme] as () => Scheme)();
    await createTopics(source.address, [{ topic: `${name}-orders`, partitions: 2 }]);
    await produceRecords(source.address, { topic: `${name}-orders`, partitions: [0, 1], recordsPerPartition: RECORDS });
    worker = await startWorker(name, spec);
    await untilHealthy(worker);
  });
  afterAll(() => worker?.process.stop());

  test('copies records by generated connectors, under the class name of the old policy', async () => {
    await putConnectors(worker.url, connectors(name, spec));
    const look = async () => {
      const ranges = await logRanges(target.address, `${name}-orders`);
      const there = ranges.map(({ start, end }) => Number(end - start));
      const isThere = there.length === 2 && there.every((number) => number === RECORDS);
      const statuses = await fetch(`${worker.url}/connectors?expand=status`).then((answer) => answer.text());
      return isThere ? { done: there } : { seen: `${there} ${statuses.slice(0, 1500)}` };
    };
    expect(await waitFor('the copies', look, WAIT)).toEqual([RECORDS, RECORDS]);
  });

  test('shows metrics by the rules of this kit', async () => {
    const look = async () => {
      const text = await fetch(`http://127.0.0.1:${worker.ports['METRICS_PORT']}/metrics`).then((one) => one.text());
      const line = text.split('\n').find((one) => one.startsWith('kafka_connect_mirror_source_connector_record_count'));
      return line === undefined ? { seen: `${text.length} characters of other metrics` } : { done: line };
    };
    expect(await waitFor('the metrics of MM2', look, WAIT)).toContain(`topic="${name}-orders"`);
  });

  test('refuses a reference to AWS Secrets Manager by what to do instead', async () => {
    const [connector] = connectors(name, spec);
    const config = { ...connector, 'consumer.client.rack': '${secretsmanager:mm2:source.password}' };
    const answer = await fetch(`${worker.url}/connector-plugins/MirrorSourceConnector/config/validate`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(config),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).toContain(
      'no provider for AWS Secrets Manager. Let the task give the secret as a variable',
    );
  });

  test('lets no client name a provider of its own, which would read every variable', async () => {
    const heartbeat = connectors(name, spec).at(-1) ?? {};
    const own = {
      name: `${name}-curious`,
      'producer.override.config.providers': 'own',
      'producer.override.config.providers.own.class': 'org.apache.kafka.common.config.provider.EnvVarConfigProvider',
      'producer.override.client.id': '${own:HOME}',
    };
    await putConnectors(worker.url, [{ ...heartbeat, ...own }]);
    const look = async () => {
      const seen = await fetch(`${worker.url}/connectors/${name}-curious/status`).then((answer) => answer.text());
      return seen.includes('EnvVarConfigProvider is not allowed') ? { done: seen } : { seen };
    };
    expect(await waitFor('the task to fail', look, WAIT)).toContain('FAILED');
    await fetch(`${worker.url}/connectors/${name}-curious`, { method: 'DELETE' });
  });

  test('shows none of its secrets: not as an argument, in a file or in the log', () => {
    expect(spec.hidden.filter((text) => text.length < 10)).toEqual([]);
    expect(spec.hidden.length > 0).toBe(scheme !== 'no-auth');
    const files = readdirSync(worker.temporary, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.properties'),
    );
    expect(files).toHaveLength(1);
    const file = join(worker.temporary, files[0] ?? '');
    expect(statSync(file).mode & 0o077).toBe(0);
    const shown = [
      readFileSync(file),
      readFileSync(`/proc/${worker.process.pid}/cmdline`),
      readFileSync(worker.process.logFile),
    ].join();
    expect(spec.hidden.filter((text) => shown.includes(text))).toHaveLength(0);
  });

  test('is the JVM itself, and stops its tasks at SIGTERM', async () => {
    expect(readFileSync(`/proc/${worker.process.pid}/cmdline`, 'utf8')).toContain('ConnectDistributed');
    process.kill(worker.process.pid, 'SIGTERM');
    const look = async () => {
      const status = worker.process.exitStatus();
      return status === null ? { seen: 'running' } : { done: status };
    };
    await waitFor('the worker to end', look, WAIT);
    const log = readFileSync(worker.process.logFile, 'utf8');
    expect(log).toContain('Kafka Connect stopped');
    expect(log).not.toContain('Graceful stop of task');
  });
});
