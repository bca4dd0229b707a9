/**
 * report.json as text. Offsets are decimal strings, unknown is null (docs/schema/report.schema.json). One line a
 * group and one chunk a line, so that 100,000 groups go to a file without ever being one string.
 */
import type { GroupOutcome } from '../../domain/offsets/partition-outcome.ts';
import { offsetStatus } from '../offset-status.ts';
import type { Finding, ReportModel } from '../report-model.ts';

export function* reportChunks(model: ReportModel): Generator<string, void, undefined> {
  let opening = '{\n';
  for (const [key, value] of Object.entries(model)) {
    yield `${opening}${JSON.stringify(key)}: `;
    if (key === 'groups') yield* oneALine(withStatus(model));
    else if (key === 'readiness') yield* oneALine(model.readiness);
    else if (key === 'findings') yield stringify(model.findings.map(wholeFinding));
    else yield stringify(value);
    opening = ',\n';
  }
  yield '\n}\n';
}

export function reportText(model: ReportModel): string {
  return Array.from(reportChunks(model)).join('');
}

/** In the file, unknown is null and never absent. */
function wholeFinding(finding: Finding): unknown {
  return { ...finding, at: finding.at ?? null, silenced: finding.silenced ?? null };
}

/** Derived on the way out, one at a time: whoever reads the file needs no rules of ours to see what is in place. */
function* withStatus({ groups, command }: ReportModel): Generator<unknown> {
  for (const group of groups) {
    const { partitions, ...known }: GroupOutcome = group;
    yield { ...known, status: offsetStatus(group, command), partitions };
  }
}

function* oneALine(items: Iterable<unknown>): Generator<string, void, undefined> {
  yield '[';
  let separator = '\n';
  let end = ']';
  for (const item of items) {
    yield separator + stringify(item);
    separator = ',\n';
    end = '\n]';
  }
  yield end;
}

function stringify(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
}
