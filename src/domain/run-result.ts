import type { Result } from './verdicts.ts';

/** What a run did, counted over partitions and connectors. */
export interface RunFacts {
  /** Partitions committed; connectors created, updated, removed or brought to another state. */
  readonly changed: number;
  /** What a sync or apply would still change (plan and dry run). */
  readonly planned: number;
  /** Tried and failed: partitions, connectors. */
  readonly failed: number;
  /** Found in place. */
  readonly inPlace: number;
  /** Errors of the run as a whole, a cancel included. */
  readonly errors: number;
  /** What the cutover gate says; null where it is not asked. */
  readonly ready: boolean | null;
}

/** `partial`: something was tried and failed while something else succeeded; a safety skip is neither. */
export function judgeRun(facts: RunFacts): Result {
  if (facts.failed + facts.errors > 0) {
    const succeeded = facts.errors > 0 ? facts.changed : facts.changed + facts.inPlace;
    return succeeded > 0 ? 'partial' : 'failed';
  }
  if (facts.ready === false) return 'not-ready';
  return facts.changed + facts.planned > 0 ? 'changed' : 'ok';
}

/** Exit codes of the command line: 0 ok/changed · 1 failed · 2 bad input · 3 not ready · 4 partial. */
export const EXIT_CODES: Readonly<Record<Result, number>> = {
  ok: 0,
  changed: 0,
  failed: 1,
  'not-ready': 3,
  partial: 4,
};
export const EXIT_BAD_INPUT = 2;
