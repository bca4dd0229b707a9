/** Carries out one change of a plan and waits until the connector is in the state that is wanted. */
import type { ConnectorConfig } from '../domain/connectors/connector-config.ts';
import type { ConnectorChange } from '../domain/connectors/connector-plan.ts';
import { askedState, type ConnectorState, INITIAL_STATE_SINCE } from '../domain/connectors/connector-state.ts';
import { isBefore } from '../domain/connectors/mm2-runtime.ts';
import { MigrationError } from '../errors.ts';
import type { ConnectorReport, ErrorReport, PendingChange } from '../report/report-model.ts';
import { awaitConnector, type LookTimes } from './await-running.ts';
import type { CallBounds, ConnectApi, ConnectorSnapshot } from './connect-port.ts';
import { connectorReport } from './connector-report.ts';
import { type ConnectorPlan, stateChange, toErrorReport } from './plan-connectors.ts';
import type { Clock, Log } from './ports.ts';

export interface ChangeTools {
  readonly connect: ConnectApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly desired: readonly ConnectorConfig[];
  readonly times?: LookTimes;
}

export interface AppliedChange {
  readonly report: ConnectorReport;
  readonly error: ErrorReport | null;
  /** True when something of it may have been written. */
  readonly touched: boolean;
}

const DEFAULT_TIMES: LookTimes = { looks: 3, intervalMs: 1_000 };

export async function applyChange(
  tools: ChangeTools,
  plan: ConnectorPlan,
  change: ConnectorChange,
  bounds: CallBounds,
): Promise<AppliedChange> {
  const before = plan.snapshots.get(change.name);
  const done = new Done(change);
  try {
    await write(tools, plan, change, done, bounds);
  } catch (error) {
    if (isOutcomeUnknown(error)) done.leaveOpen();
    const { change: seen, state, touched } = done;
    const left = seen.change === 'none' ? due(change, before) : null;
    const report = connectorReport(
      seen,
      before?.status ?? null,
      state,
      left === 'state' && state !== null ? null : left,
    );
    return { report, error: toErrorReport(error), touched };
  }
  const { touched } = done;
  if (change.change === 'remove') return { report: connectorReport(change, null, null), error: null, touched };
  try {
    const resumed = done.state === 'running';
    const awaited = { ...awaiting(tools, change, before, bounds), withoutTask: 'leave', resumed } as const;
    const { status, error, isIdle } = await awaitConnector(awaited);
    if (isIdle) tools.log.info(`${change.name}: has no task yet; looked at again when all are written`);
    return { report: connectorReport(done.change, status, done.state), error, touched };
  } catch (error) {
    return { report: connectorReport(done.change, null, done.state), error: toErrorReport(error), touched };
  }
}

/** A connector that is to pause or stop does so before its config is replaced, so that its tasks do not start again. */
async function write(
  { connect, log, desired }: ChangeTools,
  plan: ConnectorPlan,
  change: ConnectorChange,
  done: Done,
  bounds: CallBounds,
): Promise<void> {
  const { name } = change;
  const setState = async (state: ConnectorState) => {
    log.info(`${name}: asking for ${state}`);
    await connect.setState(name, state, bounds);
    done.bringTo(state);
  };
  if (change.change === 'remove') {
    await connect.deleteConnector(name, bounds);
    done.finish();
    log.info(`${name}: removed`);
    return;
  }
  const config = desired.find((one) => one.name === name)?.config;
  if (config === undefined) return;
  const wanted = change.wantedState ?? 'running';
  const isNew = change.change === 'create';
  if (isNew && plan.worker !== null && !isBefore(plan.worker.version, INITIAL_STATE_SINCE)) {
    const outcome = await connect.createConnector(name, config, wanted, bounds);
    done.finish();
    log.info(`${name}: ${outcomeWords(outcome)}`);
    return;
  }
  const state = isNew ? (wanted === 'running' ? null : wanted) : stateChange(change, plan.snapshots.get(name));
  if (!isNew && state !== null && state !== 'running') await setState(state);
  if (change.change !== 'none') {
    const outcome = await connect.putConfig(name, config, bounds);
    done.finish();
    log.info(`${name}: ${outcomeWords(outcome)}`);
  }
  if (state !== null && (isNew || state === 'running')) await setState(state);
}

function outcomeWords(outcome: string): string {
  return outcome === 'found-stored' ? 'stored (the answer was lost; found by reading back)' : outcome;
}

export function awaiting(
  { connect, clock, log, times = DEFAULT_TIMES }: ChangeTools,
  { name, class: connectorClass, wantedState }: ConnectorChange,
  before: ConnectorSnapshot | undefined,
  bounds: CallBounds,
) {
  const wanted = wantedState ?? askedState(before?.status?.state ?? null);
  return { connect, clock, log, name, class: connectorClass, wanted, bounds, times };
}

function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof MigrationError && (error.code === 'CANCELLED' || error.code === 'CONNECT_UNREACHABLE');
}

/** What certainly happened: nothing when the worker refused, `unknown` when its answer was lost. */
class Done {
  readonly #planned: ConnectorChange;
  change: ConnectorChange;
  state: ConnectorState | null = null;
  touched = false;

  constructor(planned: ConnectorChange) {
    this.#planned = planned;
    this.change = nothingDone(planned);
  }

  finish(): void {
    this.change = this.#planned;
    this.touched = true;
  }

  bringTo(state: ConnectorState): void {
    this.state = this.#planned.change === 'create' ? null : state;
    this.touched = true;
  }

  leaveOpen(): void {
    if (this.change.change === 'none' && this.#planned.change !== 'none') {
      this.change = { ...this.change, change: 'unknown' };
    }
    this.touched = true;
  }
}

/** What a plan wants of a connector; null for nothing, and where it is not known. */
export function due(change: ConnectorChange, before: ConnectorSnapshot | undefined): PendingChange | null {
  if (change.change === 'unknown') return null;
  if (change.change !== 'none') return change.change;
  return stateChange(change, before) === null ? null : 'state';
}

export function nothingDone(change: ConnectorChange): ConnectorChange {
  return { ...change, change: 'none', changedKeys: [], keys: [] };
}
