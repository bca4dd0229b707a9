/** Connectors that are RUNNING without a task: with nothing to do yet, or for a reason that somebody has to look at. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ConnectClient } from '../../src/adapters/connect/client.ts';
import { sha256 } from '../../src/adapters/sha256.ts';
import type { ConnectorConfig } from '../../src/domain/connectors/connector-config.ts';
import { type ApplyRequest, type ApplyResult, applyConnectors } from '../../src/operations/apply.ts';
import type { Clock, Log } from '../../src/operations/ports.ts';
import { connectInputs, FakeWorker, PAUSE_MS, PAUSES, RUNNING } from '../adapters/connect/fake-worker.ts';
import { finding } from '../report/build-report.ts';
import { clockOfPauses } from '../support/pause-clock.ts';

const IDLE = { state: 'RUNNING', tasks: [] };
const FAILED = { state: 'RUNNING', tasks: [{ id: 0, state: 'FAILED', trace: 'boom' }] };

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

function connector(kind: 'Source' | 'Checkpoint' | 'Heartbeat'): ConnectorConfig {
  const name = kind.toLowerCase();
  const connectorClass = `org.apache.kafka.connect.mirror.Mirror${kind}Connector`;
  const config = { name, 'connector.class': connectorClass };
  return { name, class: connectorClass, config, file: `${name}.json`, lines: new Map() };
}

function apply(overrides: Partial<ApplyRequest> = {}): Promise<ApplyResult> {
  const log: Log = { stage() {}, info() {}, warn() {}, debug() {} };
  return applyConnectors({
    connect: client,
    clock,
    log,
    desired: [connector('Source'), connector('Checkpoint'), connector('Heartbeat')],
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
}

/** The lint has tried the patterns of these on the source. */
const selectsNothing = (...places: readonly string[]) => ({
  lint: async () => places.map((where) => finding({ rule: 'nothing-selected', where })),
});

const said = ({ findings }: ApplyResult) => findings.map(({ rule, severity, where }) => `${severity} ${rule} ${where}`);

describe('a connector that is RUNNING without a task', () => {
  test('is accepted where nothing of the source is selected yet, and said', async () => {
    worker.statuses.set('source', [IDLE]);
    worker.statuses.set('checkpoint', [IDLE]);
    const result = await apply(selectsNothing('source: topics', 'checkpoint: groups'));
    expect(result.errors).toEqual([]);
    expect(worker.written()).toEqual(['source', 'checkpoint', 'heartbeat']);
    expect(result.connectors.map(({ change, state }) => `${change} ${state}`)).toEqual([
      'create RUNNING',
      'create RUNNING',
      'create RUNNING',
    ]);
    expect(said(result).filter((one) => one.includes('idle'))).toEqual([
      'warning connector-idle source',
      'warning connector-idle checkpoint',
    ]);
    expect(result.findings.at(-1)?.hint).toContain('refresh.groups.interval.seconds');
    expect(result.findings.at(-1)?.hint).toContain('a variable or file that the config refers to is not on the worker');
    const again = await apply(selectsNothing('source: topics', 'checkpoint: groups'));
    expect(again.errors).toEqual([]);
    expect(worker.written()).toHaveLength(3);
  });

  test('is an error at the deadline where something is selected, each for itself, and the others are created', async () => {
    worker.statuses.set('source', [IDLE]);
    worker.statuses.set('checkpoint', [IDLE]);
    const result = await apply({ ...selectsNothing('sourcerer: topics'), applyTimeoutMs: 30 * PAUSE_MS });
    expect(worker.written()).toEqual(['source', 'checkpoint', 'heartbeat']);
    expect(result.errors.map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^DEADLINE_EXCEEDED Connector source .* RUNNING without a task\.$/),
      expect.stringMatching(/^DEADLINE_EXCEEDED Connector checkpoint .* RUNNING without a task\.$/),
    ]);
    expect(said(result).join()).not.toContain('connector-idle');
  });

  test('is waited for at the end, when all are written', async () => {
    worker.statuses.set('source', [...Array.from({ length: 9 }, () => IDLE), RUNNING]);
    const result = await apply();
    expect([result.errors, result.findings]).toEqual([[], []]);
    expect(result.connectors[0]).toMatchObject({ tasks: [{ id: 0, state: 'RUNNING' }] });
  });

  test('and then fails is told, with what is behind it in place', async () => {
    worker.statuses.set('source', [...Array.from({ length: 5 }, () => IDLE), FAILED]);
    const result = await apply(selectsNothing('source: topics'));
    expect(result.errors).toMatchObject([{ code: 'CONNECTOR_FAILED' }]);
    expect(worker.written()).toHaveLength(3);
  });

  test('is removed again at the deadline where that is asked for, with all that is new', async () => {
    worker.statuses.set('source', [IDLE]);
    const result = await apply({ applyTimeoutMs: 30 * PAUSE_MS, restoreOnFailure: true });
    expect([...worker.configs.keys()]).toEqual([]);
    expect(result.connectors.map(({ change, pending }) => `${change} ${pending}`)).toEqual([
      'none create',
      'none create',
      'none create',
    ]);
  });
});
