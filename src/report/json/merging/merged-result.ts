/** The result of several reports: the worst, and never better than what stands in them. */
import type { Result } from '../../../domain/verdicts.ts';
import { isReady } from '../../readiness.ts';
import type { ReportModel } from '../../report-model.ts';
import { standingOf } from '../../totals.ts';

const WORST_FIRST: readonly Result[] = ['failed', 'partial', 'not-ready', 'changed', 'ok'];

/** @param complete false when a report is missing, or is none that counts. */
export function mergedResult(models: readonly ReportModel[], complete: boolean): Result {
  if (!complete) return 'failed';
  const results = models.flatMap((model) => [model.result, worstOfContent(model)]);
  return WORST_FIRST.find((result) => results.includes(result)) ?? 'failed';
}

/** A file may have been written by hand, or by a version that judged otherwise: what it shows counts. */
function worstOfContent(model: ReportModel): Result {
  const { errors, interrupted, groups, readiness } = model;
  const failed = groups.some((group) => standingOf(group) === 'failed');
  if (failed || errors.length > 0 || interrupted !== null) return 'partial';
  const held = readiness.some(({ verdict }) => verdict === 'not-ready' || verdict === 'unknown');
  return held || isReady(model) === false ? 'not-ready' : 'ok';
}
