import { MigrationError } from '../errors.ts';

/** What the bed throws: one clear line, code `TESTBED`, never a secret. */
export function bedError(message: string, options: { hint?: string; cause?: unknown } = {}): MigrationError {
  return new MigrationError('TESTBED', message, options);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
