/** Waits until a connector works, in several looks: the status that Connect shows is eventually consistent. */
import { addLook, type ConnectorStatus, type HealthStreak, judgeState } from '../domain/connectors/connector-health.ts';
import type { ConnectorState } from '../domain/connectors/connector-state.ts';
import { MigrationError } from '../errors.ts';
import type { ErrorReport } from '../report/report-model.ts';
import type { CallBounds, ConnectApi } from './connect-port.ts';
import type { Clock, Log } from './ports.ts';

export interface LookTimes {
  /** Looks in a row that must agree. */
  readonly looks: number;
  readonly intervalMs: number;
}

export interface RunningRequest {
  readonly connect: ConnectApi;
  readonly clock: Clock;
  readonly log: Log;
  readonly name: string;
  readonly class: string;
  readonly wanted: ConnectorState;
  readonly bounds: CallBounds;
  readonly times: LookTimes;
  /** RUNNING without a task, seen often enough: a state to wait in until the deadline, or one to leave it in. */
  readonly withoutTask: 'wait' | 'leave';
  /** This run has resumed it: Connect takes that at once and does it later, so the first PAUSED and STOPPED are old news. */
  readonly resumed: boolean;
}

export interface RunningOutcome {
  /** Seen last; null when no status was ever seen. */
  readonly status: ConnectorStatus | null;
  /** null = it is as wanted, or left without a task. */
  readonly error: ErrorReport | null;
  /** True when it was left without a task. */
  readonly isIdle: boolean;
}

const NOTHING = 'nothing';

/** FAILED connectors and tasks are restarted once; a worker that is away is waited for until the deadline. */
export async function awaitConnector(request: RunningRequest): Promise<RunningOutcome> {
  const { connect, clock, log, name, bounds, times } = request;
  const startedAt = clock.now();
  let status: ConnectorStatus | null = null;
  let streak: HealthStreak | null = null;
  let idleLooks = 0;
  let seen = NOTHING;
  let restarted = false;
  let isOldNews = request.resumed;
  while (!bounds.signal.aborted && clock.now() < bounds.deadlineAt) {
    try {
      status = await connect.connectorStatus(name, bounds);
      const health = judgeState(status, request.wanted);
      streak = addLook(streak, health);
      if (status !== null && health.kind !== 'stopped') isOldNews = false;
      idleLooks = isWithoutTask(status, request.wanted) ? idleLooks + 1 : 0;
      const words = health.kind === 'running' ? runningWords(health.taskCount) : health.seen;
      if (words !== seen) log.info(`${name}: ${words}`);
      seen = words;
      log.progress?.({ doing: `${name}: ${words}`, endsAtMs: bounds.deadlineAt });
      if (health.kind === 'failed' && !restarted) {
        log.warn(`${name}: restarting what FAILED, once`);
        await connect.restartFailed(name, bounds);
        restarted = true;
        streak = null;
      } else if (streak.looks >= times.looks) {
        if (health.kind === 'running' || health.kind === 'resting') return ended(status, null);
        if (health.kind === 'failed') return ended(status, failed(name, health));
        if (health.kind === 'stopped' && !isOldNews) return ended(status, stopped(connect.url, name, health.seen));
        if (request.withoutTask === 'leave' && idleLooks >= times.looks) return { status, error: null, isIdle: true };
      }
    } catch (error) {
      if (!isPassing(error)) throw error;
      streak = null;
      idleLooks = 0;
      // A look that was cut short says nothing new.
      if (bounds.signal.aborted || (clock.now() >= bounds.deadlineAt && seen !== NOTHING)) break;
      const words = `worker not reachable (${error.message.replace(/\.$/, '')})`;
      if (words !== seen) log.warn(`${name}: ${words}`);
      seen = words;
    }
    await clock.sleep(times.intervalMs, bounds.signal);
  }
  if (bounds.signal.aborted) return ended(status, cancelled(name, seen));
  const left = status === null ? null : judgeState(status, request.wanted);
  if (left?.kind === 'stopped') return ended(status, stopped(connect.url, name, left.seen));
  return ended(status, outOfTime(request, clock.now() - startedAt, seen));
}

function ended(status: ConnectorStatus | null, error: ErrorReport | null): RunningOutcome {
  return { status, error, isIdle: false };
}

/** It may have nothing to do yet: no topic matches, or no group has committed. */
function isWithoutTask(status: ConnectorStatus | null, wanted: ConnectorState): boolean {
  return wanted === 'running' && status?.state === 'RUNNING' && status.tasks.length === 0;
}

function runningWords(taskCount: number): string {
  return `RUNNING with ${taskCount} task${taskCount === 1 ? '' : 's'}`;
}

/** A worker that restarts refuses connections for a while; the deadline bounds how long. */
function isPassing(error: unknown): error is MigrationError {
  if (!(error instanceof MigrationError)) return false;
  return error.retriable || error.code === 'DEADLINE_EXCEEDED' || error.code === 'CANCELLED';
}

function failed(name: string, health: { readonly seen: string; readonly traceHead: string | null }): ErrorReport {
  const trace = health.traceHead === null ? '' : `\n${health.traceHead}`;
  return {
    code: 'CONNECTOR_FAILED',
    message: `Connector ${name} FAILED again after one restart (${health.seen}).${trace}`,
    hint: 'The first lines say why; the whole trace is in the log of the Connect worker.',
  };
}

function stopped(url: string, name: string, seen: string): ErrorReport {
  return {
    code: 'CONNECTOR_FAILED',
    message: `Connector ${name} is not RUNNING: somebody left it ${seen}.`,
    hint: `Resume it: PUT ${url}/connectors/${encodeURIComponent(name)}/resume`,
  };
}

function cancelled(name: string, seen: string): ErrorReport {
  return {
    code: 'CANCELLED',
    message: `Cancelled while waiting for connector ${name}; last seen: ${seen}.`,
    hint: null,
  };
}

function outOfTime(
  { name, class: connectorClass, wanted }: RunningRequest,
  waitedMs: number,
  seen: string,
): ErrorReport {
  return {
    code: 'DEADLINE_EXCEEDED',
    message: `Connector ${name} was not ${wanted.toUpperCase()} after ${Math.round(waitedMs / 1000)} s; last seen: ${seen}.`,
    hint: wanted === 'running' ? hintFor(connectorClass, seen) : LOOK_AT_LOG,
  };
}

const LOOK_AT_LOG = 'See the log of the Connect worker, or raise apply-timeout.';

/** MM2 keeps the state RUNNING when its clients are refused: only the log says so. */
export const SIGN_IN_OF_WORKER =
  'its log says whether it is refused, most often since a variable or file that the config refers to is not on the worker, or holds another secret.';

function hintFor(connectorClass: string, seen: string): string {
  if (!seen.endsWith('without a task')) return LOOK_AT_LOG;
  if (connectorClass.includes('MirrorSource')) {
    return `No task means that it has seen nothing to copy: check "topics", "enabled", and that the worker reaches the source and can sign in: ${SIGN_IN_OF_WORKER}`;
  }
  if (connectorClass.includes('MirrorCheckpoint')) {
    return `No task means that it has seen no group to check: check "groups", "emit.checkpoints.enabled", that a group has committed, and that the worker can sign in: ${SIGN_IN_OF_WORKER}`;
  }
  return 'No task means that nothing is done: check "enabled" and the topic or group lists of the config.';
}
