/** Whether the action's step fails, by the `fail-on` input. `changed` never fails: it is what was asked for. */
import type { Result } from './verdicts.ts';

export const FAIL_ON = ['not-ready', 'error', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

const FAILING: Readonly<Record<FailOn, ReadonlySet<Result>>> = {
  'not-ready': new Set<Result>(['not-ready', 'partial', 'failed']),
  error: new Set<Result>(['partial', 'failed']),
  never: new Set<Result>(),
};

export function failsOn(failOn: FailOn, result: Result): boolean {
  return FAILING[failOn].has(result);
}
