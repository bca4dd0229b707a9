/** The outputs of the action, each one set whenever its value is known. action.yml names the same ones (test). */
import { isReady } from './readiness.ts';
import type { ReportModel } from './report-model.ts';
import { computeTotals } from './totals.ts';

export const OUTPUT_NAMES = [
  'result',
  'ready',
  'plan-hash',
  'groups-total',
  'groups-synced',
  'groups-skipped',
  'groups-failed',
  'offset-delta',
  'records-redelivered',
  'report-json',
  'report-html',
  'offsets-export',
] as const;
export type OutputName = (typeof OUTPUT_NAMES)[number];

/** null: not known or not there; the output stays empty, which is not zero. */
export function renderOutputs(
  model: ReportModel,
  reportJson: string | null,
  reportHtml: string | null = null,
): Readonly<Record<OutputName, string | null>> {
  const totals = computeTotals(model.groups);
  // A run that failed before it saw a group does not know that there is none.
  const groupsKnown = model.groups.length > 0 || model.result !== 'failed';
  const deltaKnown =
    groupsKnown && (totals.partitionsTotal === 0 || totals.offsetDeltaUnknown < totals.partitionsTotal);
  const ready = isReady(model);
  const ofGroups = (value: number) => (groupsKnown ? String(value) : null);
  return {
    result: model.result,
    ready: ready === null ? null : String(ready),
    'plan-hash': model.planHash,
    'groups-total': ofGroups(totals.groupsTotal),
    'groups-synced': ofGroups(totals.groups.synced),
    'groups-skipped': ofGroups(totals.groups.skipped),
    'groups-failed': ofGroups(totals.groups.failed),
    'offset-delta': deltaKnown ? String(totals.offsetDelta) : null,
    'records-redelivered': totals.recordsRedelivered?.toString() ?? null,
    'report-json': reportJson,
    'report-html': reportHtml,
    'offsets-export': model.offsetsExport,
  };
}
