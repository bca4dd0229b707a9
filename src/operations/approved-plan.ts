import type { ConnectorChange, KeyChange } from '../domain/connectors/connector-plan.ts';
import { comparePlan, type PlanDrift, type TextDigest } from '../domain/connectors/plan-hash.ts';
import { HIDDEN } from '../domain/connectors/redact.ts';
import type { ErrorReport } from '../report/report-model.ts';
import { type ConnectorPlan, stateChange } from './plan-connectors.ts';

const MAX_KEYS = 12;
const MAX_VALUE_CHARS = 120;

/** null = the plan is the one that was approved, as far as anything is left to be done. */
export function refuseOtherPlan(plan: ConnectorPlan, approved: string, digest: TextDigest): ErrorReport | null {
  const { changes, gone, worker, snapshots } = plan;
  const done = changes.filter((one) => one.change === 'none' && stateChange(one, snapshots.get(one.name)) === null);
  const inPlace = new Set(done.map(({ name }) => name));
  const drift = comparePlan({ approved, changes, clusterId: worker?.kafkaClusterId ?? null, inPlace, gone }, digest);
  if (drift === null) return null;
  return {
    code: 'PLAN_CHANGED',
    message: `The plan is no longer the one that was approved; nothing was changed.\n${driftLines(plan, drift).join('\n')}`,
    hint: 'Undo what has changed since, in the files or on the worker; or review the plan again, and approve its plan-hash.',
  };
}

function driftLines({ changes, planHash }: ConnectorPlan, drift: PlanDrift): readonly string[] {
  const lines: string[] = [];
  const named = (names: readonly string[]) => changes.filter(({ name }) => names.includes(name));
  for (const change of named(drift.changed)) lines.push(`- ${change.name} differs since; now: ${changeWords(change)}`);
  for (const change of named(drift.added)) lines.push(`- ${change.name} was not in it; now: ${changeWords(change)}`);
  if (drift.missing > 0) {
    const connectors = drift.missing === 1 ? 'A connector' : `${drift.missing} connectors`;
    lines.push(`- ${connectors} of the approved plan: not in this one`);
  }
  if (drift.unknown)
    lines.push(`- the approved hash does not tell single connectors apart; now: ${planHash ?? 'none'}`);
  return lines;
}

function changeWords({ change, keys, wantedState }: ConnectorChange): string {
  const state = wantedState === null ? '' : `, state ${wantedState}`;
  const shown = keys.slice(0, MAX_KEYS).map(keyWords);
  const more = keys.length > shown.length ? `; ${keys.length - shown.length} more keys` : '';
  return `${change}${state}${shown.length === 0 ? '' : `: ${shown.join('; ')}${more}`}`;
}

function keyWords({ key, before, after, secret }: KeyChange): string {
  if (secret && before !== null && after !== null) return `${key} (sensitive, changed)`;
  return `${key} ${valueWords(before, secret)} → ${valueWords(after, secret)}`;
}

function valueWords(value: string | null, secret: boolean): string {
  if (value === null) return '(none)';
  if (secret && value === HIDDEN) return '(sensitive)';
  return JSON.stringify(value.length > MAX_VALUE_CHARS ? `${value.slice(0, MAX_VALUE_CHARS)}…` : value);
}
