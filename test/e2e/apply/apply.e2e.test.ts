import { isDeepStrictEqual } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { systemClock } from '../../../src/adapters/clock.ts';
import { ConnectClient } from '../../../src/adapters/connect/client.ts';
import { sha256 } from '../../../src/adapters/sha256.ts';
import type { ConnectorConfig } from '../../../src/domain/connectors/connector-config.ts';
import { type ApplyRequest, type ApplyResult, applyConnectors } from '../../../src/operations/apply.ts';
import { planConnectorChanges } from '../../../src/operations/plan-connectors.ts';
import type { Clock, Log } from '../../../src/operations/ports.ts';
import type { BedAddresses } from '../../../src/testbed/bed.ts';
import { readConnect } from '../../../src/testbed/connect-rest.ts';
import { type ConnectWorker, startConnectWorker } from '../../../src/testbed/connect-worker.ts';
import { commitGroupOffsets } from '../../../src/testbed/groups.ts';
import { type Mm2Options, mm2Connectors, waitForReplication } from '../../../src/testbed/mm2.ts';
import { freePort } from '../../../src/testbed/ports.ts';
import { produceRecords } from '../../../src/testbed/records.ts';
import { createTopics, logRanges } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { connectInputs } from '../../adapters/connect/fake-worker.ts';
import { deleteConnectors } from '../../support/connectors.ts';
import { ownName } from '../../support/names.ts';
import { DELIVER, type ForwardedRequest, RecordingProxy } from './recording-proxy.ts';

const SECRET = 'hunter2-e2e';
const JAAS = `org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="${SECRET}";`;
const APPLY_TIMEOUT_MS = 240_000;
const name = ownName('apply');
const topic = `${name}-orders`;
/** Some tests kill the worker: the one in its place does not wait long for it. */
const WORKER = { groupId: name, properties: { 'session.timeout.ms': '10000' } };

let bed: BedAddresses;
/** A worker of its own: some tests kill it, and its status topic is written by nobody else. */
let worker: ConnectWorker;
let proxy: RecordingProxy;
let client: ConnectClient;
let lines: string[] = [];

beforeAll(async () => {
  bed = inject('bed');
  [worker] = await Promise.all([startConnectWorker({ cluster: bed.target, ...WORKER }), fillSource()]);
  proxy = await RecordingProxy.start(worker.url);
  client = clientAt(proxy.url);
});
afterAll(async () => {
  await client?.close();
  await proxy?.stop();
  await worker?.stop();
});
afterEach(() => {
  expect(lines.join('\n')).not.toContain(SECRET);
  lines = [];
  proxy.clear();
});

async function fillSource(): Promise<void> {
  await createTopics(bed.source, [{ topic, partitions: 2 }]);
  await produceRecords(bed.source, { topic, partitions: [0, 1], recordsPerPartition: 50 });
  await commitGroupOffsets(bed.source, [{ groupId: `${name}-group`, offsets: [{ topic, partition: 0, offset: 20n }] }]);
}

/** @param transientWindowMs how long a worker that does not answer as one is asked again. */
function clientAt(url: string, transientWindowMs = 60_000): ConnectClient {
  const times = { transientWindowMs, readTimeoutMs: 120_000 };
  return new ConnectClient({ connect: connectInputs(url), clock: systemClock, times });
}

/** The machine's clock, on which the time of an apply has run out as soon as a line of its log says this. */
function clockThatRunsOutAt(said: RegExp): Clock {
  const skippedMs = () => (lines.some((line) => said.test(line)) ? APPLY_TIMEOUT_MS : 0);
  return { ...systemClock, now: () => systemClock.now() + skippedMs() };
}

function mm2(options: Mm2Options = {}): readonly ConnectorConfig[] {
  const secret = { 'source.cluster.sasl.jaas.config': JAAS };
  const properties = { ...options.properties, all: { ...secret, ...options.properties?.all } };
  const base = { name, sourceAlias: `${name}src`, topics: topic, groups: `${name}-.*` };
  return mm2Connectors(bed, { ...base, ...options, properties }).map((config) => {
    const connectorName = config['name'] ?? '';
    return {
      name: connectorName,
      class: config['connector.class'] ?? '',
      config,
      file: `${connectorName}.json`,
      lines: new Map(),
    };
  });
}

async function apply(desired: readonly ConnectorConfig[], overrides: Partial<ApplyRequest> = {}): Promise<ApplyResult> {
  const add = (line: string) => void lines.push(line);
  const log: Log = { stage: add, info: add, warn: add, debug: add };
  const wishes = { state: null, remove: [] };
  const common = { connect: client, clock: systemClock, log, desired, wishes, applyTimeoutMs: APPLY_TIMEOUT_MS };
  const plan = { digest: sha256, approvedPlan: null, restoreOnFailure: false };
  const target = { expectedTargetClusterId: bed.target.clusterId, signal: new AbortController().signal };
  const result = await applyConnectors({ ...common, ...plan, ...target, ...overrides });
  expect(JSON.stringify(result)).not.toContain(SECRET);
  return result;
}

function nameOf(kind: string): string {
  return `${name}-${kind}`;
}

/** True for the request that writes the config of this connector. */
function writes({ method, path, body }: ForwardedRequest, connector: string): boolean {
  if (method === 'POST') return path === '/connectors' && JSON.parse(body).name === connector;
  return method === 'PUT' && path === `/connectors/${connector}/config`;
}

/** Connect writes here whenever a connector or task changes its state. */
async function statusTopicEnd(): Promise<bigint | undefined> {
  return (await logRanges(bed.target, `${name}-status`))[0]?.end;
}

/** The next question to the worker would otherwise still show what was there before. */
function untilStored(connector: string, config: Readonly<Record<string, string>>): Promise<void> {
  const look = async () => {
    const stored = await readConnect(worker.url, `/connectors/${connector}/config`);
    return isDeepStrictEqual(stored, config) ? { done: undefined } : { seen: 'another config' };
  };
  return waitFor(`${connector} to be stored`, look, { timeoutMs: 90_000 });
}

async function storedNames(): Promise<readonly string[]> {
  return ((await readConnect(worker.url, '/connectors')) as string[]).sort();
}

describe('MirrorMaker 2 on a real worker', () => {
  test('is created in order and replicates', async () => {
    const result = await apply(mm2());
    expect(result.errors).toEqual([]);
    const running = { change: 'create', state: 'RUNNING', tasks: [{ id: 0, state: 'RUNNING' }], trace: null };
    expect(result.connectors).toMatchObject([
      { name: `${name}-source`, ...running },
      { name: `${name}-checkpoint`, ...running },
      { name: `${name}-heartbeat`, ...running },
    ]);
    expect(proxy.written()).toEqual([nameOf('source'), nameOf('checkpoint'), nameOf('heartbeat')]);
    await waitForReplication(bed, [topic], { sourceAlias: `${name}src` });
  });

  test('a second apply PUTs nothing and no task changes its state (invariant H)', async () => {
    const results: ApplyResult[] = [];
    // MM2 and the worker may start a task anew by themselves: until an apply beside which they do not.
    const look = async () => {
      const before = await statusTopicEnd();
      results.push(await apply(mm2()));
      const after = await statusTopicEnd();
      return after === before ? { done: null } : { seen: `${before} to ${after} in the status topic` };
    };
    await waitFor('an apply in which no task changes its state', look, { timeoutMs: 120_000 });
    for (const { connectors, errors } of results) {
      expect(connectors.map(({ change }) => change)).toEqual(['none', 'none', 'none']);
      expect(errors).toEqual([]);
    }
    expect(proxy.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('a plan shows a changed key and a hidden secret, and writes nothing', async () => {
    const changed = mm2({ properties: { all: { 'source.cluster.sasl.jaas.config': `${JAAS} ` } }, offsetLagMax: 7 });
    const log: Log = { stage() {}, info() {}, warn() {}, debug() {} };
    const bounds = { deadlineAt: Date.now() + APPLY_TIMEOUT_MS, signal: new AbortController().signal };
    const worker = { connect: client, log, expectedTargetClusterId: bed.target.clusterId, bounds };
    const wishes = { state: null, remove: [] };
    const request = { ...worker, desired: changed, wishes, digest: sha256, validate: 'all' as const };
    const plan = await planConnectorChanges(request);
    const hidden = { key: 'source.cluster.sasl.jaas.config', before: '(hidden)', after: '(hidden)', secret: true };
    expect(plan.changes[0]?.keys).toEqual([
      { key: 'offset.lag.max', before: '100', after: '7', secret: false },
      hidden,
    ]);
    expect(plan.changes[2]?.keys).toEqual([hidden]);
    expect(plan.errors).toEqual([]);
    expect(proxy.written()).toEqual([]);
  });

  test('one changed key is one PUT', async () => {
    const desired = mm2({ properties: { checkpoint: { 'emit.checkpoints.interval.seconds': '2' } } });
    const result = await apply(desired);
    expect(result.errors).toEqual([]);
    expect(proxy.written()).toEqual([nameOf('checkpoint')]);
    expect(result.connectors[1]).toMatchObject({
      change: 'update',
      changedKeys: ['emit.checkpoints.interval.seconds'],
    });
    const stored = await readConnect(worker.url, `/connectors/${nameOf('checkpoint')}/config`);
    expect(stored).toEqual(desired[1]?.config);
  });
});

describe('an answer that is lost', () => {
  test('a PUT that was written is found by reading back, and not sent again (invariant H)', async () => {
    const properties = { heartbeat: { 'emit.heartbeats.interval.seconds': '3' } };
    const desired = mm2({ properties: { ...properties, checkpoint: { 'emit.checkpoints.interval.seconds': '2' } } });
    proxy.afterAnswer = async (request) => {
      if (!writes(request, nameOf('heartbeat'))) return 'deliver';
      await untilStored(nameOf('heartbeat'), desired[2]?.config ?? {});
      return 'drop';
    };
    const result = await apply(desired);
    proxy.afterAnswer = DELIVER;
    expect(result.errors).toEqual([]);
    expect(result.connectors.map(({ change }) => change)).toEqual(['none', 'none', 'update']);
    expect(proxy.written()).toEqual([nameOf('heartbeat')]);
    expect(lines.join('\n')).toContain('stored (the answer was lost; found by reading back)');
  });
});

describe('what the worker refuses changes nothing', () => {
  test('an unknown class: the message lists those that are there', async () => {
    const [source] = mm2({ name: `${name}-bad` });
    const config = { ...source?.config, 'connector.class': 'org.example.NoSuchConnector' };
    const bad = {
      name: `${name}-bad-source`,
      class: 'org.example.NoSuchConnector',
      config,
      file: 'bad.json',
      lines: new Map(),
    };
    const result = await apply([bad]);
    expect(result.errors).toMatchObject([{ code: 'CONNECT_INVALID_CONFIG' }]);
    const [finding] = result.findings;
    expect(finding).toMatchObject({ rule: 'connect-validate', where: `${name}-bad-source: connector.class` });
    expect(finding?.message).toMatch(
      /^connector\.class: org\.example\.NoSuchConnector is not installed on the worker; it has .*org\.apache\.kafka\.connect\.mirror\.MirrorSourceConnector/,
    );
    expect(finding?.message).not.toContain('PluginDesc');
  });

  test('bad values of two connectors come at once, each with its key', async () => {
    const bad = { 'tasks.max': 'zero', 'key.converter': 'org.example.NoSuchConverter' };
    const properties = { source: bad, checkpoint: { 'replication.policy.class': 'org.example.NoSuchPolicy' } };
    const result = await apply(mm2({ name: `${name}-bad`, properties }));
    expect(result.errors.map(({ code }) => code)).toEqual(['CONNECT_INVALID_CONFIG', 'CONNECT_INVALID_CONFIG']);
    const said = new Map(result.findings.map(({ where, message }) => [where, message]));
    expect(said.get(`${name}-bad-source: tasks.max`)).toContain('Invalid value zero for configuration tasks.max');
    expect(said.get(`${name}-bad-source: key.converter`)).toMatch(
      /^org\.example\.NoSuchConverter is not installed on the worker\. The worker has .*\.ByteArrayConverter/,
    );
    expect(said.get(`${name}-bad-checkpoint: replication.policy.class`)).toContain('org.example.NoSuchPolicy');
  });

  test('a worker of another cluster than the target (invariant K)', async () => {
    const result = await apply(mm2({ name: `${name}-bad` }), { expectedTargetClusterId: bed.source.clusterId });
    expect(result.errors).toMatchObject([{ code: 'CLUSTER_MISMATCH' }]);
    expect(result.errors[0]?.message).toContain(bed.source.clusterId);
    expect(result.errors[0]?.message).toContain(bed.target.clusterId);
  });

  afterEach(async () => {
    expect(proxy.written()).toEqual([]);
    expect((await storedNames()).filter((stored) => stored.includes('-bad'))).toEqual([]);
  });
});

describe('what the worker takes but what does not run', () => {
  test('a topic list that is no pattern: restarted once, then the head of the trace; the rest is not touched', async () => {
    const own = `${name}-regex`;
    const result = await apply(mm2({ name: own, properties: { source: { topics: '[' } } }));
    expect(result.errors).toMatchObject([{ code: 'CONNECTOR_FAILED' }]);
    expect(result.errors[0]?.message).toContain(`Connector ${own}-source FAILED again after one restart`);
    expect(result.errors[0]?.message).toMatch(/PatternSyntaxException/);
    expect(result.errors[0]?.message).not.toContain('\tat ');
    expect(result.connectors[0]).toMatchObject({ change: 'create', state: 'FAILED' });
    expect(result.connectors[0]?.trace).toContain('PatternSyntaxException');
    expect(proxy.taken().filter(({ path }) => path.includes('/restart'))).toHaveLength(1);
    expect((await storedNames()).filter((stored) => stored.startsWith(own))).toEqual([`${own}-source`]);
  });

  test('a source cluster that is not there: the deadline names the state seen last', async () => {
    const own = `${name}-gone`;
    const bootstrap = { 'source.cluster.bootstrap.servers': `127.0.0.1:${await freePort()}` };
    const clock = clockThatRunsOutAt(/-source: (?:no status yet|UNASSIGNED without a task|RUNNING without a task)$/);
    const result = await apply(mm2({ name: own, properties: { all: bootstrap } }), { clock });
    expect([...new Set(result.errors.map(({ code }) => code))]).toEqual(['DEADLINE_EXCEEDED']);
    expect(result.errors[0]?.message).toMatch(
      /-source was not RUNNING after \d+ s; last seen: (?:no status yet|UNASSIGNED without a task|RUNNING without a task)\.$/,
    );
    expect(proxy.written()).toEqual([`${own}-source`]);
    await deleteConnectors(worker.url, proxy.written());
  });
});

describe('an address that is no worker', () => {
  test.each(['http', 'https'])('the port of a broker, by %s', async (scheme) => {
    const url = `${scheme}://${bed.target.bootstrapServers}`;
    const wrong = clientAt(url);
    const result = await apply(mm2(), { connect: wrong });
    await wrong.close();
    expect(result.errors).toEqual([
      {
        code: 'CONNECT_UNREACHABLE',
        message: `connect-url ${url}: this is a Kafka listener, not the REST API of Connect.`,
        hint: 'Use the REST port, usually 8083.',
      },
    ]);
  });

  test('a path that the worker does not have', async () => {
    const wrong = clientAt(`${worker.url}/no/such/path`, 2_000);
    const result = await apply(mm2(), { connect: wrong });
    await wrong.close();
    expect(result.errors).toMatchObject([{ code: 'CONNECT_REQUEST' }]);
    expect(result.errors[0]?.message).toContain('answered 404');
  });
});

describe('a worker that is killed', () => {
  test('right after it took the first connector, and replaced: the apply goes on', async () => {
    const own = `${name}-killed`;
    const first = worker.url;
    let replaced: Promise<void> | null = null;
    proxy.afterAnswer = async (request) => {
      if (replaced !== null || !writes(request, `${own}-source`)) return 'deliver';
      await worker.stop();
      replaced = startConnectWorker({ cluster: bed.target, ...WORKER }).then((next) => {
        worker = next;
        proxy.upstream = next.url;
      });
      return 'deliver';
    };
    const result = await apply(mm2({ name: own, sourceAlias: `${own}src` }));
    proxy.afterAnswer = DELIVER;
    await replaced;
    expect(result.errors).toEqual([]);
    expect(result.connectors.map(({ change, state }) => `${change} ${state}`)).toEqual(
      Array.from({ length: 3 }, () => 'create RUNNING'),
    );
    expect(worker.url).not.toBe(first);
    expect(proxy.written()).toHaveLength(3);
  });

  test('while a connector is awaited, and not replaced: the deadline says so, later connectors stay untouched', async () => {
    const own = `${name}-lost`;
    const impatient = clientAt(proxy.url, 2_000);
    proxy.afterAnswer = async ({ path }) => {
      if (path === `/connectors/${own}-source/status`) await worker.kill();
      return 'deliver';
    };
    const clock = clockThatRunsOutAt(/worker not reachable/);
    const result = await apply(mm2({ name: own, sourceAlias: `${own}src` }), { clock, connect: impatient });
    await impatient.close();
    proxy.afterAnswer = DELIVER;
    expect(result.errors).toMatchObject([{ code: 'DEADLINE_EXCEEDED' }]);
    expect(result.errors[0]?.message).toContain('last seen: worker not reachable');
    expect(result.connectors.map(({ change }) => change)).toEqual(['create', 'none', 'none']);
    expect(proxy.written()).toEqual([`${own}-source`]);
  });

  test('before: nothing listens any more', async () => {
    await worker.kill();
    const dead = clientAt(worker.url, 2_000);
    const result = await apply(mm2(), { connect: dead });
    await dead.close();
    expect(result.errors).toMatchObject([{ code: 'CONNECT_UNREACHABLE' }]);
    expect(result.errors[0]?.message).toContain('(connection refused)');
    expect(result.connectors.map(({ change }) => change)).toEqual(['unknown', 'unknown', 'unknown']);
  });
});
