/**
 * report.json as text. Offsets are decimal strings, unknown is null (docs/schema/report.schema.json). One line a
 * group and one chunk a line, so that 100,000 groups go to a file without ever being one string.
 */
import type { GroupOutcome } from '../domain/offsets/partition-outcome.ts';
import type { ReportModel } from './report-model.ts';

export function* reportChunks(model: ReportModel): Generator<string, void, undefined> {
  let opening = '{\n';
  for (const [key, value] of Object.entries(model)) {
    yield `${opening}${JSON.stringify(key)}: `;
    if (key === 'groups') yield* groupLines(model.groups);
    else yield stringify(value);
    opening = ',\n';
  }
  yield '\n}\n';
}

export function reportText(model: ReportModel): string {
  return Array.from(reportChunks(model)).join('');
}

function* groupLines(groups: readonly GroupOutcome[]): Generator<string, void, undefined> {
  yield '[';
  let separator = '\n';
  for (const group of groups) {
    yield separator + stringify(group);
    separator = ',\n';
  }
  yield groups.length === 0 ? ']' : '\n]';
}

function stringify(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
}
