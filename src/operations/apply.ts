/**
 * Applies connector configs: reads and compares, lets the worker validate, writes only what differs (invariant H),
 * waits until each is in its state before the next is touched, and looks at all of them once more at the end. One that
 * is RUNNING without a task does not hold up the next ones: it may have nothing to do yet. What is to go goes first, so
 * that an old connector and the one that takes its place never copy side by side.
 */
import type { ConnectorConfig } from '../domain/connectors/connector-config.ts';
import type { ConnectorChange, ConnectorWishes } from '../domain/connectors/connector-plan.ts';
import type { TextDigest } from '../domain/connectors/plan-hash.ts';
import type { ConnectorReport, ErrorReport, Finding, PendingChange } from '../report/report-model.ts';
import { applyChange, due, nothingDone } from './apply-change.ts';
import { refuseOtherPlan } from './approved-plan.ts';
import type { LookTimes } from './await-running.ts';
import type { CallBounds, ConnectApi } from './connect-port.ts';
import { connectorReport } from './connector-report.ts';
import { lookAtAll } from './final-look.ts';
import { type ConnectorPlan, type ConnectorPlanRequest, planConnectorChanges } from './plan-connectors.ts';
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
  // The refusal itself says what is due, connector by connector.
  if (refusal !== null) return { ...stopBefore(plan, plan.changes, [], [refusal]), findings: plan.findings };

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
  const { connectors, findings, errors } = await lookAtAll(request, plan, reports, bounds);
  const result = { connectors, planHash: plan.planHash, findings: [...plan.findings, ...findings], errors };
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

/** The result when `untouched` were left as they were; each of them that should have changed becomes a finding. */
function stopBefore(
  plan: ConnectorPlan,
  untouched: readonly ConnectorChange[],
  done: readonly ConnectorReport[],
  errors: readonly ErrorReport[],
): ApplyResult {
  const reports = untouched.map((change) => {
    const before = plan.snapshots.get(change.name);
    const left = change.change === 'unknown' ? change : nothingDone(change);
    return connectorReport(left, before?.status ?? null, null, due(change, before));
  });
  const findings = untouched.flatMap((change): readonly Finding[] => {
    const pending = due(change, plan.snapshots.get(change.name));
    return pending === null ? [] : [notApplied(change, pending)];
  });
  const { planHash } = plan;
  return { connectors: [...done, ...reports], planHash, findings: [...plan.findings, ...findings], errors };
}

function notApplied({ name, wantedState }: ConnectorChange, pending: PendingChange): Finding {
  const what = pending === 'state' ? `change to ${wantedState}` : pending;
  return {
    rule: 'connector-not-applied',
    severity: 'error',
    where: name,
    message: `The ${what} of this connector was not done, because of an error before it.`,
    hint: 'Correct the error and run apply again: what is in place already is left alone.',
  };
}
