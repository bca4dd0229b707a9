/** Top of the summary: verdict line, what was connected, totals. */
import { count, duration, instant, plural } from '../format.ts';
import { headline, resultIcon } from '../headline.ts';
import type { ClusterReport, ReportModel } from '../report-model.ts';
import type { Totals } from '../totals.ts';
import { alert, blocks, bold, type Content, code, heading, join, type Markup, md, NOTHING, table } from './markdown.ts';

export function title(model: ReportModel, totals: Totals, label: string): Markup {
  const labelled = label === 'default' ? NOTHING : md` (${label})`;
  return heading(2, md`${resultIcon(model.result)} ${headline(model, totals)}${labelled}`);
}

/** Source → target, when, how long; and a warning where the run did not end by itself. */
export function facts(model: ReportModel): Markup {
  const took = tookMs(model);
  const parts: Content[] = [
    md`Result ${code(model.result)}`,
    ...clusters(model),
    md`started ${code(instant(model.startedAt))}`,
  ];
  if (took !== null) parts.push(md`took ${duration(took)}`);
  const early =
    model.interrupted === null
      ? NOTHING
      : alert('warning', [md`${bold('Ended early:')} ${model.interrupted}. What follows is as far as it got.`]);
  return blocks([join(parts, ' · '), early]);
}

export function totalsSection(totals: Totals): Markup {
  if (totals.groupsTotal + totals.groups.unselected === 0) return NOTHING;
  const { groups, partitions } = totals;
  const columns = ['In place', 'Planned', 'Pending', 'Skipped', 'Failed', 'Total'].map(rightAligned);
  const rows = [
    [
      'Consumer groups',
      groups.synced,
      groups.planned,
      groups.pending,
      groups.skipped,
      groups.failed,
      totals.groupsTotal,
    ],
    [
      'Group partitions',
      partitions.committed + partitions.unchanged,
      partitions.planned,
      partitions.pending,
      partitions.skipped,
      partitions.failed,
      totals.partitionsTotal,
    ],
  ];
  const delta = md`${bold('Offset delta left:')} ${offsetDeltaWords(totals)}`;
  const committed = md`${bold('Committed in this run:')} ${plural(partitions.committed, 'partition')}`;
  const lines: Content[] = [delta, committed];
  if (totals.recordsRedelivered !== null) {
    lines.push(md`${bold('Read twice after cutover:')} ${plural(totals.recordsRedelivered, 'record')}`);
  }
  const outside =
    groups.unselected === 0
      ? NOTHING
      : md`${plural(groups.unselected, 'more group')} with offsets on migrated topics: not selected, not counted above.`;
  return blocks([table([{ title: '' }, ...columns], rows), join(lines, ' · '), outside]);
}

function offsetDeltaWords({ offsetDelta: known, offsetDeltaUnknown: unknown }: Totals): string {
  return unknown === 0 ? count(known) : `${count(known)}, and not known for ${plural(unknown, 'partition')}`;
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

function rightAligned(title: string) {
  return { title, align: 'right' } as const;
}
