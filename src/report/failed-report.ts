/**
 * Reports of runs that did not get to write a finished one: bad input, a fault, or a run step that was killed.
 * Nothing is claimed beyond what was seen (invariant I).
 */
import type { Command } from '../domain/verdicts.ts';
import { count, offsetDelta } from './format.ts';
import { type ErrorReport, type PassReport, REPORT_SCHEMA_VERSION, type ReportModel } from './report-model.ts';

export interface FailedRun {
  readonly command: Command;
  readonly startedAt: string;
  /** null when the run was killed. */
  readonly finishedAt: string | null;
  readonly errors: readonly ErrorReport[];
  /** As in the report; null when not given. */
  readonly shard?: string | null;
  readonly runId?: string | null;
}

/** `last` is what the run had written so far; null when it had not come to that. */
export function failedReport(last: ReportModel | null, run: FailedRun): ReportModel {
  const { command, startedAt, finishedAt, errors } = run;
  if (last !== null) return { ...last, result: 'failed', finishedAt, errors: [...last.errors, ...errors] };
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    command,
    result: 'failed',
    dryRun: false,
    startedAt,
    finishedAt,
    interrupted: null,
    shard: run.shard ?? null,
    runId: run.runId ?? null,
    source: null,
    target: { alias: '', clusterId: null },
    connectors: [],
    planHash: null,
    passes: [],
    groups: [],
    phase: null,
    checks: [],
    readiness: [],
    findings: [],
    errors,
    offsetsExport: null,
  };
}

export interface KilledRun {
  /** GitHub's word for how the run step ended: success, failure, cancelled, skipped; '' when not known. */
  readonly stepOutcome: string;
  readonly command: Command;
  /** null when the step did not get as far as reading its inputs. */
  readonly startedAt: string | null;
  /** When the report step looked, ISO 8601. */
  readonly seenAt: string;
  /** What is wrong with report.json; null when it is good but unfinished. */
  readonly reportProblem: string | null;
  /** As in the report; null when not given. */
  readonly shard?: string | null;
  readonly runId?: string | null;
}

/** What the report step says when the run step left no finished report. */
export function killedReport(last: ReportModel | null, run: KilledRun): ReportModel {
  const report = failedReport(last, {
    command: run.command,
    startedAt: run.startedAt ?? run.seenAt,
    finishedAt: null,
    shard: run.shard ?? null,
    runId: run.runId ?? null,
    errors: [{ code: 'RUN_KILLED', message: killedMessage(last, run), hint: KILLED_HINT }],
  });
  return { ...report, interrupted: report.interrupted ?? 'the run step ended before it was done' };
}

const KILLED_HINT =
  'Look at the end of the log of the run step. Offsets committed before the end stay committed; running again continues from them.';

function killedMessage(last: ReportModel | null, run: KilledRun): string {
  const missing = last === null ? 'a report' : 'a finished report';
  const problem = run.reportProblem === null ? '' : ` ${run.reportProblem};`;
  return `The run step ended without ${missing}: ${howItEnded(run)};${problem} last pass known: ${lastPass(last)}.`;
}

function howItEnded({ stepOutcome, startedAt }: KilledRun): string {
  if (stepOutcome === 'skipped') return 'it was never started';
  if (stepOutcome === 'cancelled') return 'the job was cancelled or timed out, and the process was killed';
  if (startedAt === null) return 'it ended before it could read its inputs';
  return 'its process was killed from outside (a signal, or out of memory)';
}

function lastPass(last: ReportModel | null): string {
  const pass: PassReport | undefined = last?.passes.at(-1);
  if (pass === undefined) return 'none';
  const delta = offsetDelta(pass.offsetDelta, pass.offsetDeltaUnknown);
  return `${pass.number} (${count(pass.committed)} committed, ${count(pass.pending)} pending, offset delta ${delta})`;
}
