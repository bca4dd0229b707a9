/** The run in one line, for the summary's title and the log. Plain text; names in it are untrusted. */
import type { GroupOutcome } from '../domain/offsets/partition-outcome.ts';
import type { Command, Result } from '../domain/verdicts.ts';
import { clip } from './escape.ts';
import { count, plural } from './format.ts';
import { isTroubled, worstFirst, worstReason } from './order.ts';
import { verdictLine } from './readiness.ts';
import type { ConnectorReport, ReportModel, Severity } from './report-model.ts';
import type { Totals } from './totals.ts';
import { REASON_WORDS, RESULT_WORDS } from './words.ts';

const MAX_NAMED = 3;
const MAX_NAME_CHARS = 80;

export function resultIcon(result: Result): string {
  return RESULT_WORDS[result].icon;
}

/** What was done, how it ended, and the verdict: `Offset sync done · 2 of 2 groups have …`. */
export function headline(model: ReportModel, totals: Totals): string {
  if (isLintOnly(model)) return `Plan: ${lintWords(model)}`;
  return [howItEnded(model), body(model, totals)].filter((words) => words !== '').join(' · ');
}

/** The verdict alone: `12 of 14 groups can cut over now; 2 not: …`. What speaks against it, and it does not say, comes first. */
export function verdict(model: ReportModel, totals: Totals): string {
  if (isLintOnly(model)) return capitalised(lintWords(model));
  const words = body(model, totals);
  if (words === '') return howItEnded(model);
  return isUntold(model) ? `${howItEnded(model)}: ${words}` : capitalised(words);
}

/** A run that failed, or that is not ready although no check holds it up. */
function isUntold({ result, checks }: ReportModel): boolean {
  if (result !== 'not-ready') return result === 'failed' || result === 'partial';
  return !checks.some(({ verdict: said }) => said === 'fail' || said === 'unknown');
}

/** `Offset sync done`, `Cutover gate (cutover) says: not ready`. */
export function howItEnded(model: ReportModel): string {
  return isLintOnly(model) ? 'Plan: linted only' : `${subject(model)} ${outcome(model)}`;
}

function body(model: ReportModel, totals: Totals): string {
  const groups = model.command === 'check' ? '' : groupWords(model, totals);
  return [verdictLine(model), connectorWords(model), groups].filter((words) => words !== '').join(' · ');
}

/** Neither a worker nor a target was there to compare with. */
function isLintOnly({ command, connectors, planHash, passes, groups, errors, interrupted }: ReportModel): boolean {
  if (command !== 'plan' || interrupted !== null || planHash !== null) return false;
  const seen = connectors.length + passes.length + groups.length;
  return seen === 0 && errors.every(({ code }) => code === 'CONNECT_LINT');
}

function lintWords({ findings }: ReportModel): string {
  const open = findings.filter(({ silenced }) => silenced === undefined);
  const of = (wanted: Severity) => open.filter(({ severity }) => severity === wanted).length;
  const found = `${plural(of('error'), 'error')}, ${plural(of('warning'), 'warning')}`;
  return `linted, nothing was compared · ${found}`;
}

function subject(model: ReportModel): string {
  if (model.command === 'plan') return 'Plan';
  if (model.command === 'apply') return 'Connectors';
  if (model.phase !== null) return `${model.command === 'migrate' ? 'Migration' : 'Cutover gate'} (${model.phase})`;
  if (model.command === 'export') return 'Offsets export';
  const what = model.command === 'rollback' ? 'Rollback' : 'Offset sync';
  return model.dryRun ? `${what} (dry run)` : what;
}

function outcome(model: ReportModel): string {
  const { result, command, dryRun } = model;
  if (result === 'failed') return model.interrupted === null ? 'failed' : 'ended early';
  if (result === 'partial') return 'partly failed';
  if (result === 'not-ready') return 'says: not ready';
  if (model.phase !== null) return 'says: ready';
  if (result === 'changed') return command === 'plan' || dryRun ? 'found changes to make' : 'done';
  if (command === 'export') return 'done';
  return command === 'plan' ? 'found nothing to change' : 'done, nothing had to change';
}

function connectorWords({ connectors, command }: ReportModel): string {
  if (connectors.length === 0) return '';
  const left = connectors.filter(({ pending }) => pending !== null).length;
  const settled = connectors.filter(({ pending }) => pending === null);
  const of = (change: string) => settled.filter((one) => one.change === change && !isStateOnly(one)).length;
  const plan = command === 'plan';
  const parts = [
    [of('create'), plan ? 'to create' : 'created'],
    [of('update'), plan ? 'to update' : 'updated'],
    [of('remove'), plan ? 'to remove' : 'removed'],
    [settled.filter(isStateOnly).length, plan ? 'to bring to another state' : 'brought to another state'],
    [of('none'), 'unchanged'],
    [left, 'not done'],
    [of('unknown'), 'unknown'],
  ] as const;
  const said = parts.filter(([number]) => number > 0).map(([number, word]) => `${count(number)} ${word}`);
  return `${plural(connectors.length, 'connector')}: ${said.join(', ')}`;
}

function isStateOnly({ change, stateChange }: ConnectorReport): boolean {
  return change === 'none' && stateChange !== null;
}

const SEES_GROUPS: ReadonlySet<Command> = new Set(['sync', 'export', 'rollback']);

/** `12 of 14 groups have their offsets in place on the target; 2 not: …`. */
function groupWords(model: ReportModel, totals: Totals): string {
  const { groupsTotal, groups } = totals;
  if (groupsTotal === 0)
    return SEES_GROUPS.has(model.command) && model.result !== 'failed' ? noneWords(groups.unselected) : '';
  const inPlace = `${count(groups.synced)} of ${plural(groupsTotal, 'group')} ${inPlaceWords(model, groups.synced)}`;
  return [inPlace, plannedWords(model, groups.planned), ...notInPlace(model.groups, totals)]
    .filter((words) => words !== '')
    .join('; ');
}

function noneWords(unselected: number): string {
  return unselected === 0 ? 'no consumer groups seen' : `${plural(unselected, 'consumer group')} seen, none selected`;
}

function inPlaceWords({ command }: ReportModel, number: number): string {
  const [has, its] = number === 1 ? ['has', 'its'] : ['have', 'their'];
  if (command === 'export') return `${has} ${its} offsets saved`;
  if (command === 'rollback') return `${has} ${its} saved offsets on the target`;
  return `${has} ${its} offsets in place on the target`;
}

function plannedWords({ dryRun, command }: ReportModel, number: number): string {
  if (number === 0) return '';
  if (!dryRun && command !== 'plan') return `${count(number)} not reached`;
  return command === 'rollback'
    ? `a rollback would restore ${count(number)}`
    : `a sync would put ${count(number)} in place`;
}

function notInPlace(groups: readonly GroupOutcome[], totals: Totals): string[] {
  const { failed, skipped, pending } = totals.groups;
  const number = failed + skipped + pending;
  if (number === 0) return [];
  const named = worstFirst(groups.filter(isTroubled))
    .slice(0, MAX_NAMED)
    .map(({ group }) => clauseOf(group));
  const rest = number - named.length;
  return [`${count(number)} not: ${named.join(', ')}${rest > 0 ? ` and ${count(rest)} more` : ''}`];
}

function clauseOf(group: GroupOutcome): string {
  const reason = worstReason(group);
  return `${clip(group.groupId, MAX_NAME_CHARS)} ${reason === null ? 'is not in place' : REASON_WORDS[reason].clause}`;
}

function capitalised(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
