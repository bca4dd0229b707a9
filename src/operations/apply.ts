/**
 * Applies connector configs: reads and compares, lets the worker validate, writes only what differs (invariant H),
 * waits until each is in its state before the next is touched, and looks at all of them once more at the end. What is
 * to go goes first, so that an old connector and the one that takes its place never copy side by side.
 */
import { type ConnectorConfig, sameConfig } from '../domain/connectors/connector-config.ts';
import { judgeState } from '../domain/connectors/connector-health.ts';
import type { ConnectorChange, ConnectorWishes } from '../domain/connectors/connector-plan.ts';
import type { TextDigest } from '../domain/connectors/plan-hash.ts';
import type { ConnectorReport, ErrorReport, Finding } from '../report/report-model.ts';
import { applyChange, awaiting, nothingDone } from './apply-change.ts';
import { refuseOtherPlan } from './approved-plan.ts';
import { awaitConnector, type LookTimes, type RunningOutcome } from './await-running.ts';
import type { CallBounds, ConnectApi, ConnectorSnapshot } from './connect-port.ts';
import { connectorReport } from './connector-report.ts';
import {
  type ConnectorPlan,
  type ConnectorPlanRequest,
  planConnectorChanges,
  toErrorReport,
} from './plan-connectors.ts';
import type { Clock, Log } from './ports.ts';
import { restoreConnectors } from './restore-connectors.ts';

export interface ApplyRequest {
  readonly connect: ConnectApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly desired: readonly ConnectorConfig[];
  readonly wishes: ConnectorWishes;
  /** For all connectors together, and once more for a restore. */
  readonly applyTimeoutMs: number;
  /** Cluster id of the target as read from it or as pinned; null when neither is known. */
  readonly expectedTargetClusterId: string | null;
  readonly digest: TextDigest;
  readonly secrets?: readonly string[];
  /** Hash of the plan that was reviewed; null when none has to be. */
  readonly approvedPlan: string | null;
  readonly restoreOnFailure: boolean;
  readonly lint?: NonNullable<ConnectorPlanRequest['lint']>;
  readonly signal: AbortSignal;
  readonly times?: LookTimes;
}

export interface ApplyResult {
  /** Every connector of the plan, in the order of work; `change` is what was done, `none` where nothing was. */
  readonly connectors: readonly ConnectorReport[];
  /** Of the plan, as it was before anything was written. */
  readonly planHash: string | null;
  readonly findings: readonly Finding[];
  readonly errors: readonly ErrorReport[];
}

/** Never throws for what the worker does or for a cancel: the result says how far it came. */
export async function applyConnectors(request: ApplyRequest): Promise<ApplyResult> {
  const bounds = boundsOf(request);
  const plan = await planConnectorChanges({ ...request, validate: 'changed', bounds });
  if (plan.errors.length > 0) return stopBefore(plan, plan.changes, [], plan.errors);
  const { approvedPlan, digest } = request;
  const refusal = approvedPlan === null ? null : refuseOtherPlan(plan, approvedPlan, digest);
  if (refusal !== null) return stopBefore(plan, plan.changes, [], [refusal]);

  const reports: ConnectorReport[] = [];
  const touched: ConnectorChange[] = [];
  for (const [index, change] of plan.changes.entries()) {
    const applied = await applyChange(request, plan, change, bounds);
    reports.push(applied.report);
    if (applied.touched) touched.push(change);
    if (applied.error !== null) {
      const result = stopBefore(plan, plan.changes.slice(index + 1), reports, [applied.error]);
      return restoreAfter(request, plan, touched, result);
    }
  }
  const { connectors, errors } = await lookAtAll(request, plan, reports, bounds);
  const result = { connectors, planHash: plan.planHash, findings: plan.findings, errors };
  return errors.length === 0 ? result : restoreAfter(request, plan, touched, result);
}

function boundsOf({ clock, applyTimeoutMs, signal }: ApplyRequest): CallBounds {
  return { deadlineAt: clock.now() + applyTimeoutMs, signal };
}

/** The first failure stays the first error, whatever comes of the restore. A run that was cancelled writes no more. */
async function restoreAfter(
  request: ApplyRequest,
  plan: ConnectorPlan,
  touched: readonly ConnectorChange[],
  failed: ApplyResult,
): Promise<ApplyResult> {
  if (!request.restoreOnFailure || touched.length === 0 || request.signal.aborted) return failed;
  const { reports, findings, errors } = await restoreConnectors(request, plan, touched, boundsOf(request));
  return {
    ...failed,
    connectors: failed.connectors.map((report) => reports.get(report.name) ?? report),
    findings: [...failed.findings, ...findings],
    errors: [...failed.errors, ...errors],
  };
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
      const wanted = request.desired.find(({ name }) => name === change.name)?.config;
      if (wanted === undefined) continue;
      const snapshot = snapshots.get(change.name);
      if (snapshot !== undefined && !sameConfig(snapshot.config, wanted)) errors.push(overwritten(change.name));
      const again = await lookAgain(request, plan, change, snapshot, bounds);
      connectors[index] = connectorReport(change, again.status, reports[index]?.stateChange ?? null);
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
  plan: ConnectorPlan,
  change: ConnectorChange,
  snapshot: ConnectorSnapshot | undefined,
  bounds: CallBounds,
): Promise<RunningOutcome> {
  const status = snapshot?.status ?? null;
  const awaited = awaiting(request, change, plan.snapshots.get(change.name), bounds);
  const health = judgeState(status, awaited.wanted);
  if (health.kind === 'running' || health.kind === 'resting') return { status, error: null };
  if (health.kind === 'failed') return { status, error: failedSince(change.name, health) };
  return awaitConnector(awaited);
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
  const planned = new Map(plan.connectors.map((report) => [report.name, report]));
  const reports = untouched.map((change) => {
    const left = change.change === 'unknown' ? change : nothingDone(change);
    return connectorReport(left, plan.snapshots.get(change.name)?.status ?? null, null);
  });
  const findings = untouched.flatMap(({ name, change }): readonly Finding[] => {
    const state = planned.get(name)?.stateChange ?? null;
    const what = change === 'none' ? state : change === 'unknown' ? null : change;
    return what === null ? [] : [notApplied(name, what)];
  });
  const { planHash } = plan;
  return { connectors: [...done, ...reports], planHash, findings: [...plan.findings, ...findings], errors };
}

function notApplied(name: string, change: string): Finding {
  return {
    rule: 'connector-not-applied',
    severity: 'error',
    where: name,
    message: `The ${change} of this connector was not done, because of an error before it.`,
    hint: 'Correct the error and run apply again: what is in place already is left alone.',
  };
}
