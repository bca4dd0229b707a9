/** Top of the summary: the verdict line, what was connected, totals. */
import type { Command } from '../../domain/verdicts.ts';
import { count, duration, instant, offsetDelta, plural } from '../format.ts';
import { howItEnded, resultIcon, verdict } from '../headline.ts';
import type { ClusterReport, ReportModel } from '../report-model.ts';
import type { Totals } from '../totals.ts';
import { FIGURE_WORDS, STANDING_WORDS } from '../words.ts';
import {
  alert,
  blocks,
  bold,
  type Content,
  code,
  heading,
  join,
  link,
  type Markup,
  md,
  NOTHING,
  table,
} from './markdown.ts';

const COMMITS: ReadonlySet<Command> = new Set(['sync', 'migrate', 'rollback']);

export function title(model: ReportModel, totals: Totals, label: string): Markup {
  const labelled = label === 'default' ? NOTHING : md` (${label})`;
  return heading(2, md`${resultIcon(model.result)} ${verdict(model, totals)}${labelled}`);
}

/** What was done, between which clusters, when, how long; and a warning where the run did not end by itself. */
export function facts(model: ReportModel, runUrl: string | null): Markup {
  const took = tookMs(model);
  const parts: Content[] = [
    bold(howItEnded(model)),
    md`result ${code(model.result)}`,
    ...clusters(model),
    md`started ${code(instant(model.startedAt))}`,
  ];
  if (took !== null) parts.push(md`took ${duration(took)}`);
  if (model.shard !== null) parts.push(md`shard ${code(model.shard)}`);
  if (runUrl !== null) parts.push(link('this run', runUrl), link('its artifacts', artifactsOf(runUrl)));
  const early =
    model.interrupted === null
      ? NOTHING
      : alert('warning', [md`${bold('Ended early:')} ${model.interrupted}. What follows is as far as it got.`]);
  return blocks([join(parts, ' · '), early, withoutSecrets(model)]);
}

export function artifactsOf(runUrl: string): string {
  return `${runUrl}#artifacts`;
}

/** A pull request from a fork or of Dependabot: little was looked at, and the reader has to know it at once. */
function withoutSecrets({ findings }: ReportModel): Markup {
  const told = findings.find(({ rule }) => rule === 'no-secrets');
  return told === undefined ? NOTHING : alert('note', [md`${told.message} ${told.hint}`]);
}

export function totalsSection(totals: Totals, command: Command): Markup {
  if (totals.groupsTotal + totals.groups.unselected === 0) return NOTHING;
  const { groups, partitions } = totals;
  const shown = ['synced', 'planned', 'pending', 'skipped', 'failed'] as const;
  const columns = [...shown.map((standing) => capitalised(STANDING_WORDS[standing].label)), 'Total'].map(rightAligned);
  const inPlace = partitions.committed + partitions.unchanged;
  const { planned, pending, skipped, failed } = partitions;
  const ofGroups = [...shown.map((standing) => groups[standing]), totals.groupsTotal].map(count);
  const ofPartitions = [inPlace, planned, pending, skipped, failed, totals.partitionsTotal].map(count);
  const rows = [
    ['Consumer groups', ...ofGroups],
    ['Group partitions', ...ofPartitions],
  ];
  const outside =
    groups.unselected === 0
      ? NOTHING
      : md`${plural(groups.unselected, 'more group')} with offsets on migrated topics: not selected, not counted above.`;
  return blocks([table([{ title: '' }, ...columns], rows), join(figures(totals, command), ' · '), outside]);
}

function figures(totals: Totals, command: Command): Content[] {
  const { offsetDelta: delta, offsetDeltaUnknown, sourceLag, sourceLagUnknown, partitions, partitionsTotal } = totals;
  const figures: Content[] = [
    md`${bold(`${FIGURE_WORDS.offsetDelta.title} left:`)} ${offsetDelta(delta, offsetDeltaUnknown)}`,
  ];
  if (sourceLagUnknown < partitionsTotal)
    figures.push(md`${bold(`${FIGURE_WORDS.sourceLag.title}:`)} ${offsetDelta(sourceLag, sourceLagUnknown)}`);
  if (COMMITS.has(command))
    figures.push(md`${bold('Committed in this run:')} ${plural(partitions.committed, 'partition')}`);
  if (totals.recordsRedelivered !== null)
    figures.push(md`${bold('Read again after cutover:')} at most ${plural(totals.recordsRedelivered, 'record')}`);
  return figures;
}

/** Nothing of a cluster that the run did not get as far as naming. */
function clusters({ source, target, groups }: ReportModel): Content[] {
  if (target.alias === '') return [];
  if (source !== null) return [md`${cluster('source', source)} → ${cluster('target', target)}`];
  const targetOnly = md`${cluster('target', target)} only, no source was given`;
  return [groups.length === 0 ? cluster('target', target) : targetOnly];
}

function cluster(side: string, { alias, clusterId }: ClusterReport): Markup {
  return clusterId === null ? md`${side} ${code(alias)}` : md`${side} ${code(alias)} (cluster id ${code(clusterId)})`;
}

function tookMs(model: ReportModel): number | null {
  if (model.finishedAt === null) return null;
  const took = Date.parse(model.finishedAt) - Date.parse(model.startedAt);
  return Number.isFinite(took) ? took : null;
}

function capitalised(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function rightAligned(title: string) {
  return { title, align: 'right' } as const;
}
