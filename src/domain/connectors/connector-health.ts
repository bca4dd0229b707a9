/** Whether a connector works, judged from what `GET /connectors/{name}/status` says, which is eventually consistent. */
import type { ConnectorState } from './connector-state.ts';

export interface TaskStatus {
  readonly id: number;
  /** RUNNING, FAILED, PAUSED, UNASSIGNED, RESTARTING, DESTROYED. */
  readonly state: string;
  readonly trace: string | null;
}

export interface ConnectorStatus {
  /** RUNNING, FAILED, PAUSED, STOPPED, UNASSIGNED, RESTARTING, DESTROYED. */
  readonly state: string;
  readonly trace: string | null;
  readonly tasks: readonly TaskStatus[];
}

export type ConnectorHealth =
  | { readonly kind: 'running'; readonly taskCount: number }
  /** May still become running; `seen` is what a deadline message shows. */
  | { readonly kind: 'starting'; readonly seen: string }
  | { readonly kind: 'failed'; readonly seen: string; readonly traceHead: string | null }
  /** Paused or stopped, as was asked for. */
  | { readonly kind: 'resting'; readonly seen: string }
  /** Somebody paused or stopped it: time alone will not start it. */
  | { readonly kind: 'stopped'; readonly seen: string };

/** RUNNING without a task does nothing (no topic or group matched, `enabled=false` …), so it counts as starting. */
export function judgeConnector(status: ConnectorStatus | null): ConnectorHealth {
  if (status === null) return { kind: 'starting', seen: 'no status yet' };
  const seen = describeStatus(status);
  if (status.state === 'FAILED') return { kind: 'failed', seen, traceHead: traceHead(status.trace) };
  const failedTask = status.tasks.find((task) => task.state === 'FAILED');
  if (failedTask !== undefined) return { kind: 'failed', seen, traceHead: traceHead(failedTask.trace) };
  if (status.state === 'PAUSED' || status.state === 'STOPPED') return { kind: 'stopped', seen };
  const allRunning = status.tasks.length > 0 && status.tasks.every((task) => task.state === 'RUNNING');
  if (status.state === 'RUNNING' && allRunning) return { kind: 'running', taskCount: status.tasks.length };
  return { kind: 'starting', seen };
}

/** The same where another state than running may be wanted: it is reached when no task works any more. */
export function judgeState(status: ConnectorStatus | null, wanted: ConnectorState): ConnectorHealth {
  if (wanted === 'running' || status === null) return judgeConnector(status);
  const seen = describeStatus(status);
  const isThere = status.state === wanted.toUpperCase();
  const atRest = status.tasks.every(({ state }) => state === 'PAUSED' || state === 'FAILED');
  if (wanted === 'stopped') return { kind: isThere && status.tasks.length === 0 ? 'resting' : 'starting', seen };
  return { kind: isThere && atRest ? 'resting' : 'starting', seen };
}

/** e.g. `RUNNING, tasks 0 RUNNING, 1 UNASSIGNED`. */
export function describeStatus(status: ConnectorStatus): string {
  if (status.tasks.length === 0) return `${status.state} without a task`;
  const shown = status.tasks.slice(0, 8).map((task) => `${task.id} ${task.state}`);
  const more = status.tasks.length > shown.length ? ` and ${status.tasks.length - shown.length} more` : '';
  return `${status.state}, task${status.tasks.length === 1 ? '' : 's'} ${shown.join(', ')}${more}`;
}

const MAX_TRACE_LINES = 6;
const MAX_TRACE_LINE_CHARS = 400;

/** First line and the causes, which name the reason; stack frames do not. Not redacted: that is the adapter's work. */
export function traceHead(trace: string | null): string | null {
  if (trace === null || trace.trim() === '') return null;
  const lines = trace.split(/\r?\n/);
  const head = lines.filter((line, index) => index === 0 || line.startsWith('Caused by:'));
  return head
    .slice(0, MAX_TRACE_LINES)
    .map((line) => (line.length > MAX_TRACE_LINE_CHARS ? `${line.slice(0, MAX_TRACE_LINE_CHARS)}…` : line))
    .join('\n');
}

/** Looks in a row that said the same kind; one different look starts again at one. */
export interface HealthStreak {
  readonly health: ConnectorHealth;
  readonly looks: number;
}

export function addLook(streak: HealthStreak | null, health: ConnectorHealth): HealthStreak {
  return { health, looks: streak?.health.kind === health.kind ? streak.looks + 1 : 1 };
}
