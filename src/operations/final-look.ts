/** Looks at all connectors once more when all are written, and waits for those that are not in their state yet. */
import { sameConfig } from '../domain/connectors/connector-config.ts';
import { judgeState } from '../domain/connectors/connector-health.ts';
import type { ConnectorChange } from '../domain/connectors/connector-plan.ts';
import type { ConnectorReport, ErrorReport, Finding } from '../report/report-model.ts';
import { awaiting, type ChangeTools } from './apply-change.ts';
import { awaitConnector, type RunningOutcome, SIGN_IN_OF_WORKER } from './await-running.ts';
import type { CallBounds, ConnectorSnapshot } from './connect-port.ts';
import { connectorReport } from './connector-report.ts';
import { type ConnectorPlan, toErrorReport } from './plan-connectors.ts';

export interface FinalLook {
  readonly connectors: readonly ConnectorReport[];
  readonly findings: readonly Finding[];
  readonly errors: readonly ErrorReport[];
}

/** A connector may stop to run while the later ones are applied, and somebody else may write at the same time. */
export async function lookAtAll(
  tools: ChangeTools,
  plan: ConnectorPlan,
  reports: readonly ConnectorReport[],
  bounds: CallBounds,
): Promise<FinalLook> {
  let snapshots: ReadonlyMap<string, ConnectorSnapshot>;
  try {
    snapshots = await tools.connect.connectors(bounds);
  } catch (error) {
    return { connectors: reports, findings: [], errors: [toErrorReport(error)] };
  }
  // Side by side: each has the time until the deadline, not what the one before has left of it.
  const looks = await Promise.all(
    plan.changes.map((change, index) =>
      lookAtOne(tools, plan, change, snapshots.get(change.name), bounds, reports[index]),
    ),
  );
  return {
    connectors: looks.flatMap(({ connectors }) => connectors),
    findings: looks.flatMap(({ findings }) => findings),
    errors: looks.flatMap(({ errors }) => errors),
  };
}

async function lookAtOne(
  tools: ChangeTools,
  plan: ConnectorPlan,
  change: ConnectorChange,
  snapshot: ConnectorSnapshot | undefined,
  bounds: CallBounds,
  report: ConnectorReport | undefined,
): Promise<FinalLook> {
  const { name } = change;
  const wanted = tools.desired.find((one) => one.name === name)?.config;
  if (wanted === undefined) return { connectors: report === undefined ? [] : [report], findings: [], errors: [] };
  const conflicts = snapshot !== undefined && !sameConfig(snapshot.config, wanted) ? [overwritten(name)] : [];
  const { status, error, isIdle } = await lookAgain(tools, plan, change, snapshot, bounds);
  return {
    connectors: [connectorReport(change, status, report?.stateChange ?? null)],
    findings: isIdle ? [idle(change)] : [],
    errors: error === null ? conflicts : [...conflicts, error],
  };
}

/** One that failed has had its restart; one that is between two states is waited for. */
async function lookAgain(
  tools: ChangeTools,
  plan: ConnectorPlan,
  change: ConnectorChange,
  snapshot: ConnectorSnapshot | undefined,
  bounds: CallBounds,
): Promise<RunningOutcome> {
  const status = snapshot?.status ?? null;
  const awaited = awaiting(tools, change, plan.snapshots.get(change.name), bounds);
  const health = judgeState(status, awaited.wanted);
  if (health.kind === 'running' || health.kind === 'resting') return { status, error: null, isIdle: false };
  if (health.kind === 'failed') return { status, error: failedSince(change.name, health), isIdle: false };
  try {
    const withoutTask = selectsNothing(plan, change) ? 'leave' : 'wait';
    return await awaitConnector({ ...awaited, withoutTask, resumed: false });
  } catch (error) {
    return { status, error: toErrorReport(error), isIdle: false };
  }
}

/** The lint of this run has tried its patterns on the source, so that no task is what to expect. */
function selectsNothing({ findings }: ConnectorPlan, { name }: ConnectorChange): boolean {
  return findings.some(
    ({ rule, where }) => rule === 'nothing-selected' && (where === name || where.startsWith(`${name}: `)),
  );
}

function idle({ name, class: connectorClass }: ConnectorChange): Finding {
  const what = connectorClass.includes('MirrorCheckpoint') ? 'group' : 'topic';
  return {
    rule: 'connector-idle',
    severity: 'warning',
    where: name,
    message: `It is RUNNING without a task: it has seen no ${what} of the source that matches.`,
    hint: `Where there is none yet, it starts by itself, within refresh.${what}s.interval.seconds after one appears. Where there is one, it cannot sign in: ${SIGN_IN_OF_WORKER}`,
  };
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
