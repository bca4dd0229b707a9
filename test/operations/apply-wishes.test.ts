/** States, removals, approved plans and restores, with the faults that a real worker does not make on demand. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectClient } from '../../src/adapters/connect/client.ts';
import { sha256 } from '../../src/adapters/sha256.ts';
import type { ConnectorConfig } from '../../src/domain/connectors/connector-config.ts';
import type { ConnectorState } from '../../src/domain/connectors/connector-state.ts';
import { type ApplyRequest, type ApplyResult, applyConnectors } from '../../src/operations/apply.ts';
import type { Clock, Log } from '../../src/operations/ports.ts';
import {
  answer,
  connectInputs,
  FakeWorker,
  type Fault,
  PAUSE_MS,
  PAUSED,
  PAUSES,
  RUNNING,
} from '../adapters/connect/fake-worker.ts';
import { clockOfPauses } from '../support/pause-clock.ts';

const FAILED = { state: 'FAILED', trace: 'boom', tasks: [] };
const STOPPED_TWICE = { state: 'STOPPED', tasks: [{ id: 0, state: 'RUNNING' }] };

let worker: FakeWorker;
let client: ConnectClient;
/** Only pauses take time on it, so that the pace of this machine decides nothing. */
let clock: Clock;

beforeEach(async () => {
  worker = await FakeWorker.start();
  clock = clockOfPauses(1);
  client = new ConnectClient({ connect: connectInputs(worker.url), clock, times: PAUSES });
});
afterEach(async () => {
  await client.close();
  await worker.stop();
});

function connector(name: string, settings: Readonly<Record<string, string>> = {}): ConnectorConfig {
  const connectorClass = 'org.apache.kafka.connect.mirror.MirrorHeartbeatConnector';
  const config = { name, 'connector.class': connectorClass, ...settings };
  return { name, class: connectorClass, config, file: `${name}.json`, lines: new Map() };
}

function store(...connectors: readonly ConnectorConfig[]): void {
  for (const { name, config } of connectors) worker.store(name, JSON.stringify(config));
}

function apply(desired: readonly ConnectorConfig[], overrides: Partial<ApplyRequest> = {}): Promise<ApplyResult> {
  const log: Log = { stage() {}, info() {}, warn() {}, debug() {} };
  return applyConnectors({
    connect: client,
    clock,
    log,
    desired,
    wishes: { state: null, remove: [] },
    applyTimeoutMs: 1_000 * PAUSE_MS,
    expectedTargetClusterId: 'TARGET',
    digest: sha256,
    approvedPlan: null,
    restoreOnFailure: false,
    signal: new AbortController().signal,
    times: { looks: 2, intervalMs: PAUSE_MS },
    ...overrides,
  });
}

const wish = (state: ConnectorState | null, ...remove: string[]) => ({ wishes: { state, remove } });

/** e.g. `PUT /connectors/a/config`. */
function writes(): readonly string[] {
  return worker.requests
    .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/validate'))
    .map(({ method, path }) => `${method} ${path}`);
}

function changesOf({ connectors }: ApplyResult): readonly string[] {
  return connectors.map(({ name, change, pending, stateChange }) =>
    [name, change, stateChange, pending === null ? null : `(${pending} left)`]
      .filter((word) => word !== null)
      .join(' '),
  );
}

describe('connector-state', () => {
  test('pauses before it replaces the config, and resumes after, so that no task starts for nothing', async () => {
    store(connector('a'));
    const changed = connector('a', { topics: 'x' });
    expect(changesOf(await apply([changed], wish('paused')))).toEqual(['a update paused']);
    expect(changesOf(await apply([connector('a')], wish('running')))).toEqual(['a update running']);
    expect(writes()).toEqual([
      'PUT /connectors/a/pause',
      'PUT /connectors/a/config',
      'PUT /connectors/a/config',
      'PUT /connectors/a/resume',
    ]);
  });

  test('stopped is waited for until no task is left', async () => {
    store(connector('a'));
    worker.fail('PUT', /stop$/, (response, one, request) => {
      one.statuses.set('a', [STOPPED_TWICE, STOPPED_TWICE, STOPPED_TWICE, { state: 'STOPPED', tasks: [] }]);
      return answer(204, '')(response, one, request);
    });
    const result = await apply([connector('a')], wish('stopped'));
    expect(result.errors).toEqual([]);
    expect(result.connectors).toMatchObject([{ change: 'none', stateChange: 'stopped', state: 'STOPPED', tasks: [] }]);
  });

  test('running is waited for while Connect still shows the state from before', async () => {
    store(connector('a'));
    worker.statuses.set('a', [PAUSED]);
    worker.fail('PUT', /resume$/, (response, one, request) => {
      one.statuses.set('a', [...Array.from({ length: 9 }, () => PAUSED), RUNNING]);
      return answer(202, '')(response, one, request);
    });
    const result = await apply([connector('a')], wish('running'));
    expect(result.errors).toEqual([]);
    expect(result.connectors).toMatchObject([{ change: 'none', stateChange: 'running', state: 'RUNNING' }]);
  });

  test('running is not waited for again where somebody pauses it after that', async () => {
    store(connector('a'));
    worker.statuses.set('a', [PAUSED]);
    worker.fail('PUT', /resume$/, (response, one, request) => {
      one.statuses.set('a', [PAUSED, RUNNING, PAUSED]);
      return answer(202, '')(response, one, request);
    });
    const startedAt = clock.now();
    const result = await apply([connector('a')], wish('running'));
    expect(result.errors).toMatchObject([
      { code: 'CONNECTOR_FAILED', hint: expect.stringContaining('/connectors/a/resume') },
    ]);
    expect(clock.now() - startedAt).toBeLessThan(100 * PAUSE_MS);
  });

  test('running that never comes ends with what resumes it', async () => {
    store(connector('a'));
    worker.statuses.set('a', [PAUSED]);
    worker.fail('PUT', /resume$/, answer(202, ''));
    const result = await apply([connector('a')], { ...wish('running'), applyTimeoutMs: 20 * PAUSE_MS });
    expect(result.errors).toMatchObject([
      { code: 'CONNECTOR_FAILED', hint: expect.stringContaining('/connectors/a/resume') },
    ]);
  });

  test('that was due when an error came before it', async () => {
    store(connector('a'), connector('b'));
    worker.fail('PUT', /a\/pause$/, answer(400, { error_code: 400, message: 'no' }));
    const result = await apply([connector('a'), connector('b')], wish('paused'));
    expect(changesOf(result)).toEqual(['a none (state left)', 'b none (state left)']);
    expect(result.findings).toMatchObject([
      { rule: 'connector-not-applied', where: 'b', message: expect.stringContaining('The change to paused of') },
    ]);
  });

  test('that is not reached in time is told with what was seen last', async () => {
    store(connector('a'));
    worker.fail('PUT', /pause$/, answer(202, ''));
    const result = await apply([connector('a')], { ...wish('paused'), applyTimeoutMs: 10 * PAUSE_MS });
    expect(result.errors).toMatchObject([
      {
        code: 'DEADLINE_EXCEEDED',
        message: expect.stringMatching(
          /^Connector a was not PAUSED after \d+ s; last seen: RUNNING, task 0 RUNNING\.$/,
        ),
      },
    ]);
    expect(changesOf(result)).toEqual(['a none paused']);
  });

  test.each([
    ['3.4.0', 'PUT /connectors/a/config PUT /connectors/a/pause'],
    ['3.6.2', 'PUT /connectors/a/config PUT /connectors/a/pause'],
    ['7.6.0-ccs', 'PUT /connectors/a/config PUT /connectors/a/pause'],
    ['3.7.0', 'POST /connectors'],
    ['7.7.0-ccs', 'POST /connectors'],
    ['4.3.1', 'POST /connectors'],
  ])('a new connector on Connect %s: %s', async (version, expected) => {
    worker.root = { version, commit: 'c', kafka_cluster_id: 'TARGET' };
    expect((await apply([connector('a')], wish('paused'))).errors).toEqual([]);
    expect(writes().join(' ')).toBe(expected);
  });
});

describe('remove-connectors', () => {
  test('deletes those before anything else, and nothing that is not named', async () => {
    store(connector('old'), connector('bystander'));
    const result = await apply([connector('new')], wish(null, 'old', 'never-there'));
    expect(result.errors).toEqual([]);
    expect(changesOf(result)).toEqual(['old remove', 'new create']);
    expect(writes()).toEqual(['DELETE /connectors/old', 'POST /connectors']);
    expect([...worker.configs.keys()]).toEqual(['bystander', 'new']);
    expect(result.findings).toMatchObject([{ rule: 'connector-not-there', where: 'never-there' }]);
  });

  test('that is refused leaves the rest alone', async () => {
    store(connector('old'));
    worker.fail('DELETE', /old/, answer(403, { error_code: 403, message: 'no' }));
    const result = await apply([connector('new')], wish(null, 'old'));
    expect(result.errors).toMatchObject([{ code: 'CONNECT_AUTHENTICATION' }]);
    expect(changesOf(result)).toEqual(['old none (remove left)', 'new none (create left)']);
  });
});

describe('an approved plan', () => {
  test('of another cluster is none of this one', async () => {
    const planHash = (await apply([connector('a')])).planHash;
    await client.deleteConnector('a', { deadlineAt: clock.now() + PAUSE_MS, signal: new AbortController().signal });
    worker.root = { version: '4.3.1', commit: 'c', kafka_cluster_id: 'OTHER' };
    worker.requests.length = 0;
    const result = await apply([connector('a')], { expectedTargetClusterId: 'OTHER', approvedPlan: planHash });
    expect(result.errors).toMatchObject([{ code: 'PLAN_CHANGED' }]);
    expect(writes()).toEqual([]);
  });

  test('that is another one now: what was due is said once, by the refusal and the connectors', async () => {
    store(connector('a', { topics: 'old' }), connector('b'));
    const desired = [connector('a', { topics: 'new' }), connector('b'), connector('c')];
    const result = await apply(desired, { approvedPlan: '0'.repeat(25) });
    expect(result.errors).toMatchObject([{ code: 'PLAN_CHANGED' }]);
    expect(changesOf(result)).toEqual(['a none (update left)', 'b none', 'c none (create left)']);
    expect(result.findings).toEqual([]);
  });

  test('is no matter of what the tasks do, nor of the order of anything', async () => {
    const hashWith = async (status: typeof RUNNING) => {
      store(connector('a', { topics: 'old' }));
      worker.statuses.set('a', [status]);
      const { planHash } = await apply([connector('a', { topics: 'new' })], { approvedPlan: `${'0'.repeat(25)}` });
      return planHash;
    };
    const [running, paused, failed] = [await hashWith(RUNNING), await hashWith(PAUSED), await hashWith(FAILED)];
    expect(running).not.toBeNull();
    expect([paused, failed]).toEqual([running, running]);
    expect(writes()).toEqual([]);
  });

  test('the refusal holds no secret', async () => {
    const secret = (password: string) => ({ 'source.cluster.sasl.jaas.config': `x required password="${password}";` });
    store(connector('a', secret('hunter2-before')));
    const result = await apply([connector('a', secret('hunter2-after'))], { approvedPlan: '0'.repeat(25) });
    expect(result.errors).toMatchObject([{ code: 'PLAN_CHANGED' }]);
    expect(JSON.stringify(result)).not.toContain('hunter2');
  });
});

describe('restore-on-failure', () => {
  const desired = [connector('a', { topics: 'new' }), connector('b', { topics: 'new' })];
  const restoring = { restoreOnFailure: true };

  /** `b` fails as soon as its new config is there, and works with the one from before. */
  function failNewB(): void {
    store(connector('a'), connector('b'));
    worker.fail(
      'PUT',
      /b\/config$/,
      (_, one, { body }) => {
        one.statuses.set('b', [body.includes('new') ? FAILED : RUNNING]);
        return false;
      },
      9,
    );
  }

  test('one that somebody has paused meanwhile does not keep the others from being restored', async () => {
    store(connector('a'), connector('b'));
    const states = (body: string) => (body.includes('new') ? [FAILED] : [RUNNING, PAUSED]);
    const follow: Fault = (_, one, { body }) => {
      one.statuses.set('b', states(body));
      return false;
    };
    worker.fail('PUT', /b\/config$/, follow, 9);
    const startedAt = clock.now();
    const result = await apply(desired, restoring);
    expect(worker.configs.get('a')).not.toMatchObject({ topics: 'new' });
    expect(worker.configs.get('b')).not.toMatchObject({ topics: 'new' });
    expect(result.errors.map(({ message }) => message).join()).toContain('Connector b');
    expect(clock.now() - startedAt).toBeLessThan(200 * PAUSE_MS);
  });

  test('not asked for, what was applied stays, and the failed one too', async () => {
    failNewB();
    const result = await apply(desired);
    expect(changesOf(result)).toEqual(['a update', 'b update']);
    expect(worker.configs.get('a')).toMatchObject({ topics: 'new' });
  });

  test('puts back in reverse order, and the first failure stays the first error', async () => {
    failNewB();
    const result = await apply(desired, restoring);
    expect(result.errors).toMatchObject([{ code: 'CONNECTOR_FAILED', message: expect.stringContaining('boom') }]);
    expect(worker.written()).toEqual(['a', 'b', 'b', 'a']);
    expect(worker.configs.get('a')).toEqual(connector('a').config);
    expect(worker.configs.get('b')).toEqual(connector('b').config);
    expect(changesOf(result)).toEqual(['a none (update left)', 'b none (update left)']);
  });

  test('also gives back the state and what was removed', async () => {
    store(connector('old', { topics: 'kept' }));
    failNewB();
    worker.statuses.set('a', [PAUSED]);
    const result = await apply(desired, { ...restoring, ...wish('running', 'old') });
    expect(result.errors).toHaveLength(1);
    expect(worker.configs.get('old')).toMatchObject({ topics: 'kept' });
    expect(result.connectors.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'old RUNNING',
      'a PAUSED',
      'b RUNNING',
    ]);
  });

  test('one that cannot be restored does not keep the others from it, and both faults are told', async () => {
    store(connector('a'), connector('b'));
    worker.fail('PUT', /b\/config$/, (_, one) => {
      one.statuses.set('b', [FAILED]);
      return false;
    });
    worker.fail('PUT', /b\/config$/, answer(400, { error_code: 400, message: 'refused' }));
    const result = await apply(desired, restoring);
    expect(result.errors.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringContaining('CONNECTOR_FAILED Connector b FAILED'),
      expect.stringContaining('CONNECT_INVALID_CONFIG Connector b could not be restored: '),
    ]);
    expect(worker.configs.get('a')).toEqual(connector('a').config);
    expect(changesOf(result)).toEqual(['a none (update left)', 'b update']);
  });

  test('leaves alone what somebody else has written meanwhile', async () => {
    failNewB();
    worker.fail('GET', /b\/status$/, (_, one) => {
      one.store('a', '{"topics":"theirs"}');
      return false;
    });
    const result = await apply(desired, restoring);
    expect(result.errors.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringContaining('CONNECTOR_FAILED Connector b FAILED'),
      'CONNECT_CONFLICT Connector a was not restored: somebody else has written its config since.',
    ]);
    expect(worker.configs.get('a')).toMatchObject({ topics: 'theirs' });
    expect(changesOf(result)).toEqual(['a update', 'b none (update left)']);
  });

  test('a cancelled run writes no more', async () => {
    failNewB();
    const controller = new AbortController();
    worker.fail('GET', /b\/status$/, () => {
      controller.abort();
      return false;
    });
    const result = await apply(desired, { ...restoring, signal: controller.signal });
    expect(result.errors).toMatchObject([{ code: 'CANCELLED' }]);
    expect(worker.written()).toEqual(['a', 'b']);
  });
});
