/** Runs a command in this process, as the action does in its own. */
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/adapters/clock.ts';
import type { PartitionOutcome } from '../../src/domain/offsets/partition-outcome.ts';
import type { Clock, Log } from '../../src/operations/ports.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { runCommand } from '../../src/run/run-command.ts';
import { type InputOverrides, runInputs } from './run-inputs.ts';

export interface FinishedRun {
  readonly report: ReportModel;
  readonly reportDir: string;
  readonly lines: readonly string[];
  /** Lines of the offsets export, the header left out; empty when nothing was committed. */
  exported(): Promise<readonly Record<string, unknown>[]>;
}

export async function run(
  overrides: InputOverrides,
  signal: AbortSignal = new AbortController().signal,
  clock: Clock = systemClock,
): Promise<FinishedRun> {
  const reportDir = await mkdtemp(join(tmpdir(), 'mm2-report-'));
  const lines: string[] = [];
  const add = (line: string) => void lines.push(line);
  const log: Log = { stage: add, info: add, warn: add, debug: () => {} };
  const host = { log, clock, signal, proxy: null, workingFolder: reportDir };
  const report = await runCommand(runInputs(reportDir, overrides), host);
  const exported = async () => {
    if (report.offsetsExport === null) return [];
    const text = await readFile(report.offsetsExport, 'utf8');
    return text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  return { report, reportDir, lines, exported };
}

export interface GroupRow extends PartitionOutcome {
  readonly groupId: string;
}

/** Of a report, or of the sync operation alone. */
export type Groups = Pick<ReportModel, 'groups'>;

/** All partitions of all groups, flat. */
export function rowsOf(report: Groups): readonly GroupRow[] {
  return report.groups.flatMap(({ groupId, partitions }) => partitions.map((row) => ({ groupId, ...row })));
}

export function rowOf(report: Groups, groupId: string, topic?: string, partition = 0): GroupRow {
  const row = rowsOf(report).find(
    (candidate) =>
      candidate.groupId === groupId &&
      (topic === undefined || candidate.topic === topic) &&
      candidate.partition === partition,
  );
  if (row === undefined) throw new Error(`no row for ${groupId} ${topic ?? ''}-${partition} in the report`);
  return row;
}
