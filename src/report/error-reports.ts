/** What was thrown → entries of the report. */
import { InputError, MigrationError } from '../errors.ts';
import type { ErrorReport } from './report-model.ts';

/** One entry a problem; an error that nobody foresaw is INTERNAL, with its message but without its stack. */
export function errorReports(error: unknown): readonly ErrorReport[] {
  if (error instanceof AggregateError) return error.errors.flatMap((part: unknown) => errorReports(part));
  if (error instanceof InputError) {
    return error.problems.map(({ input, expected, seen, hint }) => {
      return { code: error.code, message: `${input}: expected ${expected}, seen ${seen}.`, hint };
    });
  }
  if (error instanceof MigrationError) return [{ code: error.code, message: error.message, hint: error.hint }];
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return [{ code: 'INTERNAL', message, hint: INTERNAL_HINT }];
}

const INTERNAL_HINT =
  'This is a fault of the action. Run it again with debug logging (ACTIONS_STEP_DEBUG set to true) and report it with the log.';

/** The stack of an error that nobody foresaw, causes included; null for an expected failure. For debug logs only. */
export function stackOf(error: unknown): string | null {
  if (error instanceof MigrationError || !(error instanceof Error)) return null;
  const cause = error.cause instanceof Error ? `\nCaused by: ${error.cause.stack ?? error.cause.message}` : '';
  return `${error.stack ?? error.message}${cause}`;
}

/** One line an error, for logs. */
export function errorLines(errors: readonly ErrorReport[]): string[] {
  return errors.map(({ code, message, hint }) => `Error ${code}: ${hint === null ? message : `${message} ${hint}`}`);
}
