/**
 * What the report step says when the run step left no finished report: its process was killed, ran out of memory or
 * never started. Nothing is claimed beyond what was seen (invariant I).
 */
import type { Command } from '../domain/verdicts.ts';
import { count, offsetDelta } from './format.ts';
import { type PassReport, REPORT_SCHEMA_VERSION, type ReportModel } from './report-model.ts';

export interface LostRun {
  /** GitHub's word for how the run step ended: success, failure, cancelled, skipped; '' when not known. */
  readonly stepOutcome: string;
  readonly command: Command;
  /** null when the step did not get as far as saying so. */
  readonly startedAt: string | null;
  /** When the report step looked, ISO 8601. */
  readonly seenAt: string;
}

/** The report as of the last pass, now marked as failed. */
export function reportOfKilledRun(last: ReportModel, run: LostRun): ReportModel {
  const message = `The run step ended without a finished report: ${howItEnded(run)}; last pass known: ${lastPass(last)}.`;
  return {
    ...last,
    result: 'failed',
    interrupted: last.interrupted ?? 'the run step ended before it was done',
    errors: [...last.errors, { code: 'RUN_KILLED', message, hint: WHAT_TO_DO }],
  };
}

/** A report of nothing but the loss. `why`: what is wrong with report.json. */
export function reportWithoutRun(run: LostRun, why: string): ReportModel {
  const message = `The run step ended without a report: ${howItEnded(run)}; ${why}; last pass known: none.`;
  return {
    schemaVersion: REPORT_SCHEMA_VERSION,
    command: run.command,
    result: 'failed',
    dryRun: false,
    startedAt: run.startedAt ?? run.seenAt,
    finishedAt: null,
    interrupted: 'the run step ended before it was done',
    source: null,
    target: { alias: '', clusterId: null },
    connectors: [],
    passes: [],
    groups: [],
    checks: [],
    findings: [],
    errors: [{ code: 'RUN_KILLED', message, hint: WHAT_TO_DO }],
    offsetsExport: null,
  };
}

const WHAT_TO_DO =
  'Look at the end of the log of the run step. Offsets committed before the end stay committed; running again continues from them.';

function howItEnded({ stepOutcome, startedAt }: LostRun): string {
  if (stepOutcome === 'skipped') return 'it was never started';
  if (stepOutcome === 'cancelled') return 'the job was cancelled or timed out, and the process was killed';
  if (startedAt === null) return 'it ended before it could read its inputs';
  return 'its process was killed from outside (a signal, or out of memory)';
}

function lastPass({ passes }: ReportModel): string {
  const last: PassReport | undefined = passes.at(-1);
  if (last === undefined) return 'none';
  const delta = offsetDelta(last.offsetDelta, last.offsetDeltaUnknown);
  return `${last.number} (${count(last.committed)} committed, ${count(last.pending)} pending, offset delta ${delta})`;
}
