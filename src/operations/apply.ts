/**
 * Applies connector configs: reads and compares, lets the worker validate, PUTs only what differs (invariant H),
 * waits until each runs before the next is touched, and looks at all of them once more at the end.
 */
import { type ConnectorConfig, sameConfig } from '../domain/connectors/connector-config.ts';
import { type ConnectorStatus, judgeConnector } from '../domain/connectors/connector-health.ts';
import type { ConnectorChange } from '../domain/connectors/connector-plan.ts';
import { MigrationError } from '../errors.ts';
import type { ConnectorReport, ErrorReport, Finding } from '../report/report-model.ts';
import { awaitRunning, type LookTimes, type RunningOutcome } from './await-running.ts';
import type { CallBounds, ConnectApi } from './connect-port.ts';
import { connectorReport } from './connector-report.ts';
import { type ConnectorPlan, planConnectorChanges, toErrorReport } from './plan-connectors.ts';
import type { Clock, Log } from './ports.ts';

export interface ApplyRequest {
  readonly connect: ConnectApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly desired: readonly ConnectorConfig[];
  /** For all connectors together. */
  readonly applyTimeoutMs: number;
  /** Cluster id of the target as read from it or as pinned; null when neither is known. */
  readonly expectedTargetClusterId: string | null;
  readonly signal: AbortSignal;
  readonly times?: LookTimes;
}

export interface ApplyResult {
  /** Every desired connector, in the order of work; `change` is what was done, `none` where nothing was. */
  readonly connectors: readonly ConnectorReport[];
  readonly findings: readonly Finding[];
  readonly errors: readonly ErrorReport[];
}

const DEFAULT_TIMES: LookTimes = { looks: 3, intervalMs: 1_000 };

/** Never throws for what the worker does or for a cancel: the result says how far it came. */
export async function applyConnectors(request: ApplyRequest): Promise<ApplyResult> {
  const { connect, clock, log, desired, expectedTargetClusterId } = request;
  const bounds = { deadlineAt: clock.now() + request.applyTimeoutMs, signal: request.signal };
  const plan = await planConnectorChanges({ connect, log, desired, expectedTargetClusterId, bounds });
  if (plan.errors.length > 0) return stopBefore(plan, plan.changes, [], plan.errors);

  const reports: ConnectorReport[] = [];
  for (const [index, change] of plan.changes.entries()) {
    const { report, error } = await applyOne(request, plan, change, bounds);
    reports.push(report);
    if (error !== null) return stopBefore(plan, plan.changes.slice(index + 1), reports, [error]);
  }
  const { connectors, errors } = await lookAtAll(request, plan, reports, bounds);
  return { connectors, findings: plan.findings, errors };
}

interface Applied {
  readonly report: ConnectorReport;
  readonly error: ErrorReport | null;
}

async function applyOne(
  request: ApplyRequest,
  plan: ConnectorPlan,
  change: ConnectorChange,
  bounds: CallBounds,
): Promise<Applied> {
  const before = plan.snapshots.get(change.name)?.status ?? null;
  const put = await putChange(request, change, bounds);
  if (put.error !== null) return { report: connectorReport(put.done, before), error: put.error };
  try {
    const { status, error } = await awaitRunning(runningRequest(request, change.name, change.class, bounds));
    return { report: connectorReport(put.done, status), error };
  } catch (error) {
    return { report: connectorReport(put.done, null), error: toErrorReport(error) };
  }
}

/** `done` is what certainly happened: `none` when the worker refused, `unknown` when its answer was lost. */
async function putChange(
  { connect, log, desired }: ApplyRequest,
  change: ConnectorChange,
  bounds: CallBounds,
): Promise<{ readonly done: ConnectorChange; readonly error: ErrorReport | null }> {
  const config = desired.find(({ name }) => name === change.name)?.config;
  if (change.change === 'none' || config === undefined) return { done: change, error: null };
  try {
    const outcome = await connect.putConfig(change.name, config, bounds);
    const words = outcome === 'found-stored' ? 'stored (the answer was lost; found by reading back)' : outcome;
    log.info(`${change.name}: ${words}`);
    return { done: change, error: null };
  } catch (error) {
    const lost =
      error instanceof MigrationError && (error.code === 'CANCELLED' || error.code === 'CONNECT_UNREACHABLE');
    return {
      done: lost ? { ...nothingDone(change), change: 'unknown' } : nothingDone(change),
      error: toErrorReport(error),
    };
  }
}

/** A connector may stop to run while the later ones are applied, and somebody else may write at the same time. */
async function lookAtAll(
  request: ApplyRequest,
  plan: ConnectorPlan,
  reports: readonly ConnectorReport[],
  bounds: CallBounds,
): Promise<Pick<ApplyResult, 'connectors' | 'errors'>> {
  const connectors = [...reports];
  try {
    const snapshots = await request.connect.connectors(bounds);
    const errors: ErrorReport[] = [];
    for (const [index, change] of plan.changes.entries()) {
      const snapshot = snapshots.get(change.name);
      const wanted = request.desired.find(({ name }) => name === change.name)?.config;
      if (snapshot !== undefined && wanted !== undefined && !sameConfig(snapshot.config, wanted)) {
        errors.push(overwritten(change.name));
      }
      const again = await lookAgain(request, change, snapshot?.status ?? null, bounds);
      connectors[index] = connectorReport(change, again.status);
      if (again.error !== null) errors.push(again.error);
    }
    return { connectors, errors };
  } catch (error) {
    return { connectors, errors: [toErrorReport(error)] };
  }
}

/** One that failed has had its restart; one that is between two states is waited for. */
async function lookAgain(
  request: ApplyRequest,
  { name, class: connectorClass }: ConnectorChange,
  status: ConnectorStatus | null,
  bounds: CallBounds,
): Promise<RunningOutcome> {
  const health = judgeConnector(status);
  if (health.kind === 'running') return { status, error: null };
  if (health.kind === 'failed') return { status, error: failedSince(name, health) };
  return awaitRunning(runningRequest(request, name, connectorClass, bounds));
}

function runningRequest(request: ApplyRequest, name: string, connectorClass: string, bounds: CallBounds) {
  const { connect, clock, log, times = DEFAULT_TIMES } = request;
  return { connect, clock, log, name, class: connectorClass, bounds, times };
}

function overwritten(name: string): ErrorReport {
  return {
    code: 'CONNECT_CONFLICT',
    message: `Connector ${name}: the stored config is not the one that was applied; somebody else has written it.`,
    hint: 'Find the other writer (a second workflow, an operator), then run apply again.',
  };
}

function failedSince(name: string, health: { readonly seen: string; readonly traceHead: string | null }): ErrorReport {
  return {
    code: 'CONNECTOR_FAILED',
    message: `Connector ${name} ran, then failed (${health.seen}).${health.traceHead === null ? '' : `\n${health.traceHead}`}`,
    hint: 'The first lines say why; the whole trace is in the log of the Connect worker.',
  };
}

/** The result when `untouched` were left as they were; each of them that should have changed becomes a finding. */
function stopBefore(
  plan: ConnectorPlan,
  untouched: readonly ConnectorChange[],
  done: readonly ConnectorReport[],
  errors: readonly ErrorReport[],
): ApplyResult {
  const reports = untouched.map((change) => {
    const left = change.change === 'unknown' ? change : nothingDone(change);
    return connectorReport(left, plan.snapshots.get(change.name)?.status ?? null);
  });
  const pending = untouched.filter(({ change }) => change === 'create' || change === 'update');
  const findings = pending.map(({ name, change }): Finding => {
    return {
      rule: 'connector-not-applied',
      severity: 'error',
      where: name,
      message: `The ${change} of this connector was not done, because of an error before it.`,
      hint: 'Correct the error and run apply again: what is in place already is left alone.',
    };
  });
  return { connectors: [...done, ...reports], findings: [...plan.findings, ...findings], errors };
}

function nothingDone(change: ConnectorChange): ConnectorChange {
  return { ...change, change: 'none', changedKeys: [] };
}
