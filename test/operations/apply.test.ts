import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectClient } from '../../src/adapters/connect/client.ts';
import { sha256 } from '../../src/adapters/sha256.ts';
import type { ConnectorConfig } from '../../src/domain/connectors/connector-config.ts';
import { type ApplyRequest, type ApplyResult, applyConnectors } from '../../src/operations/apply.ts';
import type { Clock, Log } from '../../src/operations/ports.ts';
import {
  answer,
  connectInputs,
  FakeWorker,
  HANG_UP,
  PAUSE_MS,
  PAUSED,
  PAUSES,
  RUNNING,
} from '../adapters/connect/fake-worker.ts';
import { clockOfPauses } from '../support/pause-clock.ts';

const MIRROR = 'org.apache.kafka.connect.mirror';
const SECRET = 'x.PlainLoginModule required password="hunter2";';

let worker: FakeWorker;
let client: ConnectClient;
/** Only pauses take time on it, so that the pace of this machine decides nothing. */
let clock: Clock;
let lines: string[];

beforeEach(async () => {
  worker = await FakeWorker.start();
  clock = clockOfPauses(1);
  client = new ConnectClient({ connect: connectInputs(worker.url), clock, times: PAUSES });
  lines = [];
});
afterEach(async () => {
  expect(lines.join('\n')).not.toContain('hunter2');
  await client.close();
  await worker.stop();
});

function connector(
  kind: 'Source' | 'Checkpoint' | 'Heartbeat',
  settings: Record<string, string> = {},
): ConnectorConfig {
  const name = kind.toLowerCase();
  const connectorClass = `${MIRROR}.Mirror${kind}Connector`;
  const config = { name, 'connector.class': connectorClass, 'source.cluster.sasl.jaas.config': SECRET, ...settings };
  return { name, class: connectorClass, config, file: `${name}.json`, lines: new Map() };
}

const ALL = [connector('Heartbeat'), connector('Checkpoint'), connector('Source')];

async function apply(overrides: Partial<ApplyRequest> = {}): Promise<ApplyResult> {
  const add = (message: string) => void lines.push(message);
  const log: Log = { stage: add, info: add, warn: add, debug: add };
  const result = await applyConnectors({
    connect: client,
    clock,
    log,
    desired: ALL,
    wishes: { state: null, remove: [] },
    applyTimeoutMs: 1_000 * PAUSE_MS,
    expectedTargetClusterId: 'TARGET',
    digest: sha256,
    approvedPlan: null,
    restoreOnFailure: false,
    signal: new AbortController().signal,
    times: { looks: 3, intervalMs: PAUSE_MS },
    ...overrides,
  });
  expect(JSON.stringify(result)).not.toContain('hunter2');
  return result;
}

function putNames(): readonly string[] {
  return worker.written();
}

function changesOf({ connectors }: ApplyResult): readonly string[] {
  return connectors.map(
    ({ name, change, pending }) => `${name} ${change}${pending === null ? '' : `, ${pending} left`}`,
  );
}

describe('apply', () => {
  test('creates source, checkpoint, heartbeat, each after the one before runs', async () => {
    worker.statuses.set('source', [{ state: 'RUNNING', tasks: [] }, RUNNING, { state: 'RUNNING', tasks: [] }, RUNNING]);
    const result = await apply();
    expect(changesOf(result)).toEqual(['source create', 'checkpoint create', 'heartbeat create']);
    expect(result.errors).toEqual([]);
    expect(result.findings).toEqual([]);
    expect(result.connectors[0]).toEqual({
      name: 'source',
      class: `${MIRROR}.MirrorSourceConnector`,
      change: 'create',
      pending: null,
      changedKeys: [],
      keys: expect.arrayContaining([
        { key: 'source.cluster.sasl.jaas.config', before: null, after: '(hidden)', secret: true },
      ]),
      wantedState: 'running',
      stateChange: null,
      state: 'RUNNING',
      tasks: [{ id: 0, state: 'RUNNING' }],
      trace: null,
    });
    const order = worker.requests.map(({ method, path }) => `${method} ${path}`);
    // A look without a task starts the count again: 2 looks, then 1, then 3 in a row.
    expect(
      order
        .slice(0, order.lastIndexOf('POST /connectors', order.lastIndexOf('POST /connectors') - 1))
        .filter((one) => /source\/status/.test(one)),
    ).toHaveLength(6);
    expect(order.findLastIndex((one) => one.endsWith('/validate'))).toBeLessThan(order.indexOf('POST /connectors'));
  });

  test('a second time PUTs nothing and validates nothing (invariant H)', async () => {
    await apply();
    worker.requests.length = 0;
    const result = await apply();
    expect(changesOf(result)).toEqual(['source none', 'checkpoint none', 'heartbeat none']);
    expect(worker.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(result.errors).toEqual([]);
  });

  test('one changed key is one PUT, of the whole config', async () => {
    await apply();
    worker.requests.length = 0;
    const changed = connector('Checkpoint', { groups: 'billing', 'source.cluster.sasl.jaas.config': `${SECRET} ` });
    const result = await apply({ desired: [ALL[2], changed, ALL[0]].filter((one) => one !== undefined) });
    expect(putNames()).toEqual(['checkpoint']);
    expect(JSON.parse(worker.puts()[0]?.body ?? '')).toEqual(changed.config);
    expect(result.connectors[1]).toMatchObject({
      change: 'update',
      changedKeys: ['groups', 'source.cluster.sasl.jaas.config'],
    });
  });

  test('a connector that the list leaves out, since it has no status yet, is not created over', async () => {
    worker.store('source', JSON.stringify(connector('Source', { topics: 'old' }).config));
    worker.fail('GET', /^\/connectors\?/, answer(200, {}));
    const result = await apply({ desired: [connector('Source')] });
    expect(result.connectors[0]).toMatchObject({ change: 'update', changedKeys: ['topics'] });
  });
});

test('a secret of the inputs is hidden, whatever key holds it (invariant G)', async () => {
  const password = 'hunter2-in-disguise';
  const heartbeat = connector('Heartbeat', { 'some.note': password });
  const { connectors } = await apply({ desired: [heartbeat], secrets: [password] });
  expect(connectors[0]?.keys).toContainEqual({ key: 'some.note', before: null, after: '(hidden)', secret: true });
});

describe('nothing is written', () => {
  afterEach(() => expect(worker.written()).toEqual([]));

  test('on a worker of another cluster (invariant K)', async () => {
    const result = await apply({ expectedTargetClusterId: 'OTHER' });
    expect(result.errors).toEqual([
      {
        code: 'CLUSTER_MISMATCH',
        message: `connect-url ${worker.url}: expected a worker of the target cluster OTHER, seen one that is cluster TARGET.`,
        hint: expect.stringContaining('beside the target'),
      },
    ]);
    expect(changesOf(result)).toEqual(['source unknown', 'checkpoint unknown', 'heartbeat unknown']);
  });

  test('on a worker that does not say its cluster, when it is known (invariant K)', async () => {
    worker.root = { version: '1.0.0', commit: 'c' };
    expect((await apply()).errors[0]).toMatchObject({
      code: 'CLUSTER_MISMATCH',
      message: expect.stringContaining('does not say which'),
    });
  });

  test('when the worker refuses one of several', async () => {
    const configs = [{ value: { name: 'tasks.max', errors: ['Not a number', 'Must be non-null'] } }];
    worker.fail('PUT', /Checkpoint.*validate$/, answer(200, { error_count: 2, configs }));
    worker.fail('PUT', /Heartbeat.*validate$/, answer(400, { error_code: 400, message: `no: ${SECRET}` }));
    const result = await apply();
    expect(result.errors.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'CONNECT_INVALID_CONFIG Connector checkpoint (checkpoint.json): the worker objects to tasks.max.',
      'CONNECT_INVALID_CONFIG Connector heartbeat (heartbeat.json): the worker objects to the config as a whole.',
    ]);
    expect(result.findings).toContainEqual({
      rule: 'connect-validate',
      severity: 'error',
      where: 'checkpoint: tasks.max',
      message: 'Not a number. Must be non-null.',
      hint: 'Correct checkpoint.json; nothing was changed.',
      at: { file: 'checkpoint.json', line: null },
    });
    expect(result.findings).toContainEqual(expect.objectContaining({ where: 'heartbeat', message: 'no: (hidden).' }));
    expect(changesOf(result)).toEqual([
      'source none, create left',
      'checkpoint none, create left',
      'heartbeat none, create left',
    ]);
    const left = result.findings.filter(({ rule }) => rule !== 'connect-validate');
    expect(left.map(({ rule, where }) => `${rule} ${where}`)).toEqual([
      'connector-not-applied source',
      'connector-not-applied checkpoint',
      'connector-not-applied heartbeat',
    ]);
  });

  test('when the connectors cannot be read (invariant D)', async () => {
    worker.fail('GET', /^\/connectors\?/, answer(500, { error_code: 500, message: 'boom' }));
    const result = await apply();
    expect(result.errors[0]).toMatchObject({ code: 'CONNECT_REQUEST', message: expect.stringContaining('500: boom') });
    expect(changesOf(result)).toEqual(['source unknown', 'checkpoint unknown', 'heartbeat unknown']);
  });

  test('when nobody listens', async () => {
    await worker.stop();
    const result = await apply();
    expect(result.errors[0]).toMatchObject({ code: 'CONNECT_UNREACHABLE' });
    worker = await FakeWorker.start();
  });

  test('after a cancel', async () => {
    const result = await apply({ signal: AbortSignal.abort() });
    expect(result.errors).toMatchObject([{ code: 'CANCELLED' }]);
    expect(result.connectors).toHaveLength(3);
  });
});

test('an unknown target cluster is said, not refused', async () => {
  const result = await apply({ expectedTargetClusterId: null });
  expect(result.findings).toMatchObject([
    { rule: 'connect-cluster-unverified', severity: 'warning', where: worker.url },
  ]);
  expect(putNames()).toHaveLength(3);
});

describe('a connector that does not run', () => {
  const failed = {
    state: 'RUNNING',
    tasks: [{ id: 0, state: 'FAILED', trace: `boom ${SECRET}\n\tat x\nCaused by: why` }],
  };
  const restarts = () => worker.requests.map(({ path }) => path).filter((path) => path.includes('/restart'));

  test('is restarted once where it FAILED; if that helps, the run goes on', async () => {
    worker.statuses.set('source', [failed, failed, RUNNING]);
    const result = await apply();
    expect(result.errors).toEqual([]);
    expect(restarts()).toEqual(['/connectors/source/restart?includeTasks=true&onlyFailed=true']);
    expect(putNames()).toHaveLength(3);
  });

  test('fails with the head of the trace, and those behind it are not touched', async () => {
    worker.statuses.set('source', [failed]);
    const result = await apply();
    expect(result.errors).toEqual([
      {
        code: 'CONNECTOR_FAILED',
        message:
          'Connector source FAILED again after one restart (RUNNING, task 0 FAILED).\nboom (hidden)\nCaused by: why',
        hint: expect.stringContaining('log of the Connect worker'),
      },
    ]);
    expect(restarts()).toHaveLength(1);
    expect(putNames()).toEqual(['source']);
    expect(changesOf(result)).toEqual(['source create', 'checkpoint none, create left', 'heartbeat none, create left']);
    expect(result.connectors[0]).toMatchObject({ trace: 'boom (hidden)\nCaused by: why' });
    expect(result.findings.map(({ where }) => where)).toEqual(['checkpoint', 'heartbeat']);
  });

  test('without a task it does not hold up the next ones, and runs into the deadline at the end', async () => {
    worker.statuses.set('checkpoint', [{ state: 'RUNNING', tasks: [] }]);
    const result = await apply({ applyTimeoutMs: 30 * PAUSE_MS });
    expect(result.errors).toMatchObject([
      {
        code: 'DEADLINE_EXCEEDED',
        message: expect.stringMatching(
          /^Connector checkpoint was not RUNNING after \d+ s; last seen: RUNNING without a task\.$/,
        ),
        hint: expect.stringContaining('a group has committed'),
      },
    ]);
    expect(changesOf(result)).toEqual(['source create', 'checkpoint create', 'heartbeat create']);
  });

  test('a last look that hangs does not hide what was seen before', async () => {
    worker.statuses.set('source', [{ state: 'RUNNING', tasks: [] }]);
    worker.fail('GET', /source\/status$/, () => false);
    worker.fail('GET', /source\/status$/, (...one) => {
      isOver = true;
      return HANG_UP(...one);
    });
    let isOver = false;
    const real = clock;
    const untilHang = { ...real, now: () => real.now() + (isOver ? 100 * PAUSE_MS : 0) };
    expect((await apply({ applyTimeoutMs: 100 * PAUSE_MS, clock: untilHang })).errors).toMatchObject([
      { code: 'DEADLINE_EXCEEDED', message: expect.stringContaining('last seen: RUNNING without a task.') },
    ]);
  });

  test('a new one that somebody pauses is told, not waited for', async () => {
    worker.statuses.set('source', [PAUSED]);
    const result = await apply();
    expect(result.errors).toMatchObject([
      { code: 'CONNECTOR_FAILED', hint: `Resume it: PUT ${worker.url}/connectors/source/resume` },
    ]);
  });

  test('one that fails while the others are applied is found at the end', async () => {
    worker.fail('POST', /^\/connectors\/heartbeat$/, () => {
      worker.statuses.set('source', [failed]);
      return false;
    });
    const result = await apply();
    expect(result.errors).toMatchObject([
      { code: 'CONNECTOR_FAILED', message: expect.stringMatching(/^Connector source ran, then failed/) },
    ]);
    expect(changesOf(result)).toEqual(['source create', 'checkpoint create', 'heartbeat create']);
  });

  test('a config that somebody else writes meanwhile is found at the end', async () => {
    worker.fail('POST', /^\/connectors\/heartbeat$/, () => {
      worker.store('source', '{"topics":"theirs"}');
      return false;
    });
    expect((await apply()).errors).toMatchObject([
      {
        code: 'CONNECT_CONFLICT',
        message: expect.stringContaining('Connector source: the stored config is not the one'),
      },
    ]);
  });
});

describe('a run that is disturbed', () => {
  test('a worker that is away for a while is waited for', async () => {
    worker.fail('GET', /source\/status$/, HANG_UP, 60);
    const result = await apply();
    expect(result.errors).toEqual([]);
    expect(lines.join('\n')).toContain('source: worker not reachable');
  });

  test('a worker that stays away ends at the deadline', async () => {
    worker.fail('GET', /source\/status$/, HANG_UP, Number.POSITIVE_INFINITY);
    const result = await apply({ applyTimeoutMs: 100 * PAUSE_MS });
    expect(result.errors).toMatchObject([
      { code: 'DEADLINE_EXCEEDED', message: expect.stringContaining('last seen: worker not reachable') },
    ]);
    expect(result.connectors[0]).toMatchObject({ change: 'create', state: null });
  });

  test('a write that the worker refuses has changed nothing', async () => {
    worker.fail('POST', /^\/connectors\/checkpoint$/, answer(400, { error_code: 400, message: 'no' }));
    const result = await apply();
    expect(result.errors).toMatchObject([{ code: 'CONNECT_INVALID_CONFIG' }]);
    expect(changesOf(result)).toEqual(['source create', 'checkpoint none, create left', 'heartbeat none, create left']);
  });

  test('a cancel while waiting ends at once, with what is known', async () => {
    const controller = new AbortController();
    worker.statuses.set('source', [{ state: 'UNASSIGNED', tasks: [] }]);
    worker.fail('GET', /source\/status$/, () => false);
    worker.fail('GET', /source\/status$/, () => {
      controller.abort();
      return true;
    });
    const result = await apply({ signal: controller.signal, times: { looks: 3, intervalMs: PAUSE_MS } });
    expect(result.errors).toMatchObject([
      {
        code: 'CANCELLED',
        message: 'Cancelled while waiting for connector source; last seen: UNASSIGNED without a task.',
      },
    ]);
    expect(changesOf(result)).toEqual(['source create', 'checkpoint none, create left', 'heartbeat none, create left']);
  });

  test('a cancel during a write leaves open whether it was written', async () => {
    const controller = new AbortController();
    worker.fail('POST', /^\/connectors\/source$/, () => {
      controller.abort();
      return true;
    });
    const result = await apply({ signal: controller.signal });
    expect(result.errors).toMatchObject([{ code: 'CANCELLED' }]);
    expect(changesOf(result)).toEqual([
      'source unknown',
      'checkpoint none, create left',
      'heartbeat none, create left',
    ]);
  });
});
