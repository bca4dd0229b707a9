/** What the run step leaves for the report step in the folder of this use of the action. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMENT_MODES, COMMENT_WHEN, type CommentMode, type CommentWhen } from '../../domain/comment-choice.ts';
import { FAIL_ON, type FailOn } from '../../domain/fail-on.ts';
import { COMMANDS, type Command } from '../../domain/verdicts.ts';
import { parseReport } from '../../report/json/parse-report.ts';
import { asOneOf, asRecord, asString, type JsonProblem, orElse, orNull } from '../../report/json/readers.ts';
import type { ReportModel } from '../../report/report-model.ts';
import { replaceFile } from '../files/replace-file.ts';

/** Written once the inputs are known, so that even a killed run is judged by its own `fail-on`. */
export interface RunNote {
  readonly command: Command;
  readonly startedAt: string;
  /** Absolute path of the report that the run writes. */
  readonly reportJson: string;
  readonly label: string;
  readonly failOn: FailOn;
  readonly comment: CommentWhen;
  readonly commentMode: CommentMode;
  /** As in the report, for a run that leaves none of its own. */
  readonly shard: string | null;
  readonly runId: string | null;
}

const readNote = asRecord<RunNote>({
  command: asOneOf(COMMANDS),
  startedAt: asString,
  reportJson: asString,
  label: asString,
  failOn: asOneOf(FAIL_ON),
  comment: asOneOf(COMMENT_WHEN),
  commentMode: asOneOf(COMMENT_MODES),
  shard: orElse(orNull(asString), null),
  runId: orElse(orNull(asString), null),
});

export async function writeRunNote(folder: string, note: RunNote): Promise<void> {
  await replaceFile(notePath(folder), [JSON.stringify(note)]);
}

/** null: the run step did not get as far as leaving one. */
export async function readRunNote(folder: string): Promise<RunNote | null> {
  const text = await textOf(notePath(folder));
  if (text === null) return null;
  const problems: JsonProblem[] = [];
  const note = readNote(parseJson(text), problems);
  return problems.length === 0 ? note : null;
}

export type LeftReport =
  | { readonly kind: 'report'; readonly report: ReportModel }
  | { readonly kind: 'unusable'; readonly problem: string };

export async function readLeftReport(path: string): Promise<LeftReport> {
  const text = await textOf(path);
  if (text === null) return { kind: 'unusable', problem: 'report.json is not there' };
  const parsed = parseReport(text);
  if (parsed.kind === 'report') return parsed;
  return { kind: 'unusable', problem: `report.json cannot be used: ${parsed.problems.join(', ')}` };
}

function notePath(folder: string): string {
  return join(folder, 'run.json');
}

async function textOf(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return null;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
