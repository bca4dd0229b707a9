/** Puts back what was there before an apply that failed. Leaves alone what somebody else has written meanwhile. */
import { type ConfigMap, sameConfig } from '../domain/connectors/connector-config.ts';
import { type ConnectorStatus, judgeConnector } from '../domain/connectors/connector-health.ts';
import type { ConnectorChange } from '../domain/connectors/connector-plan.ts';
import { askedState, INITIAL_STATE_SINCE } from '../domain/connectors/connector-state.ts';
import { isBefore } from '../domain/connectors/mm2-runtime.ts';
import type { ConnectorReport, ErrorReport, Finding } from '../report/report-model.ts';
import { awaiting, type ChangeTools, due, nothingDone } from './apply-change.ts';
import { awaitConnector } from './await-running.ts';
import type { CallBounds, ConnectorSnapshot } from './connect-port.ts';
import { connectorReport } from './connector-report.ts';
import { type ConnectorPlan, toErrorReport } from './plan-connectors.ts';

export interface Restored {
  /** By name: of each connector that is as before again. */
  readonly reports: ReadonlyMap<string, ConnectorReport>;
  readonly findings: readonly Finding[];
  readonly errors: readonly ErrorReport[];
}

/** Last one first. One that cannot be restored does not keep the others from it. */
export async function restoreConnectors(
  tools: ChangeTools,
  plan: ConnectorPlan,
  touched: readonly ConnectorChange[],
  bounds: CallBounds,
): Promise<Restored> {
  const reports = new Map<string, ConnectorReport>();
  const findings: Finding[] = [];
  const errors: ErrorReport[] = [];
  for (const change of [...touched].reverse()) {
    try {
      const done = await restoreOne(tools, plan, change, bounds);
      if (done.error !== null) {
        errors.push(done.error);
        continue;
      }
      const { report, error } = await lookAfter(tools, plan, { change, resumed: done.resumed }, bounds);
      reports.set(change.name, report);
      findings.push(restored(change, plan.snapshots.get(change.name), report));
      if (error !== null)
        errors.push({ ...error, message: `After its config from before was put back: ${error.message}` });
    } catch (error) {
      const report = toErrorReport(error);
      errors.push({ ...report, message: `Connector ${change.name} could not be restored: ${report.message}` });
    }
  }
  return { reports, findings, errors };
}

interface RestoredOne {
  readonly error: ErrorReport | null;
  /** It was asked to run again. */
  readonly resumed: boolean;
}

const PUT_BACK: RestoredOne = { error: null, resumed: false };

async function restoreOne(
  { connect, log, desired }: ChangeTools,
  { snapshots, worker }: ConnectorPlan,
  { name }: ConnectorChange,
  bounds: CallBounds,
): Promise<RestoredOne> {
  const before = snapshots.get(name);
  const ours = desired.find((one) => one.name === name)?.config;
  const now = await connect.connectorConfig(name, bounds);
  if (now !== null && !isOneOf(now, [before?.config, ours])) return { error: writtenByOther(name), resumed: false };
  log.warn(`${name}: putting back what was there before`);
  if (before === undefined) {
    if (now !== null) await connect.deleteConnector(name, bounds);
    return PUT_BACK;
  }
  const state = askedState(before.status?.state ?? null);
  if (now === null && worker !== null && !isBefore(worker.version, INITIAL_STATE_SINCE)) {
    await connect.createConnector(name, before.config, state, bounds);
    return PUT_BACK;
  }
  if (now === null || !sameConfig(now, before.config)) await connect.putConfig(name, before.config, bounds);
  const status = await connect.connectorStatus(name, bounds);
  if (askedState(status?.state ?? null) === state) return PUT_BACK;
  await connect.setState(name, state, bounds);
  return { error: null, resumed: state === 'running' };
}

/** A connector that did not work before is not waited for. */
async function lookAfter(
  tools: ChangeTools,
  { snapshots }: ConnectorPlan,
  { change, resumed }: { readonly change: ConnectorChange; readonly resumed: boolean },
  bounds: CallBounds,
): Promise<{ readonly report: ConnectorReport; readonly error: ErrorReport | null }> {
  const before = snapshots.get(change.name);
  const nothing = nothingDone(change);
  const reported = (status: ConnectorStatus | null) => connectorReport(nothing, status, null, due(change, before));
  if (before === undefined) return { report: reported(null), error: null };
  const health = judgeConnector(before.status).kind;
  if (health !== 'running' && health !== 'stopped') {
    const status = await tools.connect.connectorStatus(change.name, bounds);
    return { report: reported(status), error: null };
  }
  const awaited = awaiting(tools, { ...nothing, wantedState: null }, before, bounds);
  const { status, error } = await awaitConnector({ ...awaited, withoutTask: 'wait', resumed });
  return { report: reported(status), error };
}

function isOneOf(config: ConfigMap, known: readonly (ConfigMap | undefined)[]): boolean {
  return known.some((one) => one !== undefined && sameConfig(one, config));
}

function restored(
  { name }: ConnectorChange,
  before: ConnectorSnapshot | undefined,
  { state }: ConnectorReport,
): Finding {
  const what =
    before === undefined
      ? 'It was not there before, and was removed again'
      : `Its config from before is back (${state ?? 'no state yet'})`;
  return {
    rule: 'connector-restored',
    severity: 'warning',
    where: name,
    message: `${what}, since apply failed.`,
    hint: 'Correct the first error and run apply again.',
  };
}

function writtenByOther(name: string): ErrorReport {
  return {
    code: 'CONNECT_CONFLICT',
    message: `Connector ${name} was not restored: somebody else has written its config since.`,
    hint: 'Find the other writer (a second workflow, an operator) and look at the config.',
  };
}
