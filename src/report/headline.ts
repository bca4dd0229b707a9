/** The run in one line, for the summary's title and the log. Plain text; the gate's part holds untrusted names. */
import type { Command, Result } from '../domain/verdicts.ts';
import { count, plural } from './format.ts';
import { verdictLine } from './readiness.ts';
import type { ConnectorReport, ReportModel, Severity } from './report-model.ts';
import type { GroupStanding, Totals } from './totals.ts';

const ICONS: Readonly<Record<Result, string>> = {
  ok: '✅',
  changed: '✅',
  'not-ready': '⛔',
  partial: '❗',
  failed: '❌',
};

const STANDING_WORDS: readonly (readonly [GroupStanding, string])[] = [
  ['failed', 'failed'],
  ['skipped', 'skipped'],
  ['pending', 'pending'],
  ['planned', 'planned'],
];

export function resultIcon(result: Result): string {
  return ICONS[result];
}

export function headline(model: ReportModel, totals: Totals): string {
  if (isLintOnly(model)) return `Plan: linted, nothing was compared · ${findingWords(model)}`;
  const groups = model.command === 'check' ? '' : groupWords(model, totals);
  const what = [verdictLine(model), connectorWords(model), groups].filter((words) => words !== '');
  return [`${subject(model)} ${outcome(model)}`, ...what].join(' · ');
}

/** Neither a worker nor a target was there to compare with. */
function isLintOnly({ command, connectors, planHash, passes, groups, errors, interrupted }: ReportModel): boolean {
  if (command !== 'plan' || interrupted !== null || planHash !== null) return false;
  const seen = connectors.length + passes.length + groups.length;
  return seen === 0 && errors.every(({ code }) => code === 'CONNECT_LINT');
}

function findingWords({ findings }: ReportModel): string {
  const open = findings.filter(({ silenced }) => silenced === undefined);
  const of = (wanted: Severity) => open.filter(({ severity }) => severity === wanted).length;
  return `${plural(of('error'), 'error')}, ${plural(of('warning'), 'warning')}`;
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

function groupWords(model: ReportModel, totals: Totals): string {
  if (totals.groupsTotal === 0)
    return SEES_GROUPS.has(model.command) && model.result !== 'failed' ? 'no consumer groups seen' : '';
  const rest = STANDING_WORDS.filter(([standing]) => totals.groups[standing] > 0).map(
    ([standing, word]) => `${count(totals.groups[standing])} ${word}`,
  );
  const how = model.command === 'export' ? 'saved' : 'in place';
  const inPlace = `${count(totals.groups.synced)} of ${plural(totals.groupsTotal, 'group')} ${how}`;
  return [inPlace, ...rest].join(', ');
}
