/** One page of errors: what a catcher can tell apart. What happens to one group or connector is data, not an error. */

export const ERROR_CODES = [
  'BAD_INPUT',
  'KAFKA_UNREACHABLE',
  'KAFKA_TLS',
  'KAFKA_AUTHENTICATION',
  'KAFKA_AUTHORIZATION',
  'KAFKA_PROTOCOL',
  'KAFKA_REQUEST',
  'CLUSTER_MISMATCH',
  'CHECKPOINTS_TOPIC_MISSING',
  'OFFSET_SYNCS_UNREADABLE',
  'CONNECT_UNREACHABLE',
  'CONNECT_AUTHENTICATION',
  'CONNECT_REQUEST',
  'CONNECT_CONFLICT',
  'CONNECT_INVALID_CONFIG',
  'CONNECTOR_FAILED',
  'CONNECT_LINT',
  'PLAN_CHANGED',
  'GITHUB_REQUEST',
  'APPROVAL_MISSING',
  'DEADLINE_EXCEEDED',
  'FILE_UNREADABLE',
  'FILE_UNWRITABLE',
  'REPORT_MISSING',
  'TESTBED',
  'CANCELLED',
  'RUN_KILLED',
  'INTERNAL',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export interface MigrationErrorOptions {
  /** What to do next, in one sentence. */
  readonly hint?: string;
  /** True when the same call may succeed later. */
  readonly retriable?: boolean;
  readonly cause?: unknown;
}

/**
 * Expected failure with a next step. The message says what failed, on which named thing, what was expected and
 * what was seen; it never holds a secret. Shown without a stack trace.
 */
export class MigrationError extends Error {
  override readonly name: string = 'MigrationError';
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly retriable: boolean;

  constructor(code: ErrorCode, message: string, options: MigrationErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint ?? null;
    this.retriable = options.retriable ?? false;
  }
}

/** One thing wrong with one input. `seen` must already be free of secrets. */
export interface InputProblem {
  readonly input: string;
  readonly expected: string;
  readonly seen: string;
  readonly hint: string;
}

/** Bad input, all problems at once. */
export class InputError extends MigrationError {
  override readonly name = 'InputError';
  readonly problems: readonly InputProblem[];

  constructor(problems: readonly InputProblem[]) {
    super('BAD_INPUT', problems.map(describeProblem).join('\n'));
    this.problems = problems;
  }
}

export function describeProblem(problem: InputProblem): string {
  return `${problem.input}: expected ${problem.expected}, seen ${problem.seen}. ${problem.hint}`;
}
