/** The metrics of a run, one gauge each; names and labels are a contract with dashboards. */
import { offsetDelta } from '../../domain/offsets/offset-delta.ts';
import type { GroupOutcome } from '../../domain/offsets/partition-outcome.ts';
import { RESULTS } from '../../domain/verdicts.ts';
import { offsetStatus } from '../offset-status.ts';
import { isReady, worstReadinessFirst } from '../readiness.ts';
import type { ReportModel } from '../report-model.ts';
import { type GroupStanding, recordsRedelivered, standingOf } from '../totals.ts';
import { type Gauge, type Labels, openMetricsLines, type Sample } from './open-metrics.ts';

/** Each group is five series, in a database that keeps them for weeks. */
const MAX_GROUPS = 2_000;

export interface MetricsOptions {
  /** Name of this use of the action. */
  readonly label: string;
  readonly maxGroups?: number;
}

/** Chunks of text. Every line says which run it is of: label, command, the two aliases, and the shard. */
export function metricsChunks(model: ReportModel, { label, maxGroups = MAX_GROUPS }: MetricsOptions): Iterable<string> {
  const { command, source, target, shard } = model;
  const run: Labels = { label, command, source: source?.alias ?? '', target: target.alias, shard: shard ?? '' };
  return openMetricsLines([
    ...runGauges(model, run),
    ...checkGauges(model, run),
    ...groupGauges(model, run, maxGroups),
  ]);
}

function runGauges(model: ReportModel, run: Labels): readonly Gauge[] {
  const started = Date.parse(model.startedAt) / 1000;
  const finished = model.finishedAt === null ? null : Date.parse(model.finishedAt) / 1000;
  const ready = isReady(model);
  return [
    {
      name: 'mm2_run_result',
      help: 'How the last run ended: 1 for its result, 0 for the others.',
      samples: RESULTS.map((result) => ({ labels: { ...run, result }, value: Number(result === model.result) })),
    },
    one('mm2_run_finished_timestamp_seconds', 'When the last run ended, in seconds since 1970.', run, finished),
    one(
      'mm2_run_duration_seconds',
      'How long the last run took.',
      run,
      finished === null ? null : Math.max(0, finished - started),
    ),
    one('mm2_ready', '1 when the gate says ready for the phase; no value where it was not asked.', run, ready),
  ];
}

function checkGauges({ checks, phase }: ReportModel, run: Labels): readonly Gauge[] {
  const samples = checks
    .filter(({ verdict }) => verdict !== 'not-asked')
    .map(({ id, verdict }) => ({
      labels: { ...run, phase: phase ?? '', check: id, verdict },
      value: Number(verdict === 'pass'),
    }));
  return [
    { name: 'mm2_check_passed', help: '1 for a check of the gate that passes, 0 for one that does not.', samples },
  ];
}

function groupGauges(model: ReportModel, run: Labels, maxGroups: number): readonly Gauge[] {
  const of = (groupId: string, more: Labels = {}) => ({ ...run, group: groupId, ...more });
  const judged = worstReadinessFirst(model.readiness).filter(({ verdict }) => verdict !== 'not-asked');
  const ready = judged.map(({ groupId, verdict }) => ({
    labels: of(groupId, { verdict }),
    value: Number(verdict === 'ready'),
  }));
  const seen = worstFirst(model.groups);
  const shown = seen.slice(0, maxGroups);
  const samples = (sampleOf: (group: GroupOutcome, standing: GroupStanding) => Sample | null) =>
    shown.flatMap(({ group, standing }) => sampleOf(group, standing) ?? []);
  const leftOut = Math.max(seen.length, judged.length) - maxGroups;
  return [
    {
      name: 'mm2_group_ready',
      help: '1 for a group that the gate says is ready, 0 for one that is not or of which that is not known.',
      samples: ready.slice(0, maxGroups),
    },
    {
      name: 'mm2_group_in_place',
      help: '1 for a group whose selected partitions are all in place on the target.',
      samples: samples((group, standing) => ({
        labels: of(group.groupId, { standing, status: offsetStatus(group, model.command) }),
        value: Number(standing === 'synced'),
      })),
    },
    {
      name: 'mm2_group_offset_delta',
      help: 'Offsets between where a group stands on the target and where it belongs, over the partitions where that is known.',
      samples: samples((group) => ({ labels: of(group.groupId), value: offsetDelta([group]).known })),
    },
    {
      name: 'mm2_group_offset_delta_unknown_partitions',
      help: 'Partitions of a group where the delta is not known.',
      samples: samples((group) => ({ labels: of(group.groupId), value: offsetDelta([group]).unknownPartitions })),
    },
    {
      name: 'mm2_group_redelivered_records',
      help: 'Records that a group would read a second time after cutover, at most.',
      samples: samples((group) => {
        const value = recordsRedelivered([group]);
        return value === null ? null : { labels: of(group.groupId), value };
      }),
    },
    one('mm2_groups_left_out', 'Groups that are in the report and not in these metrics.', run, Math.max(0, leftOut)),
  ];
}

const WORST_FIRST: readonly GroupStanding[] = ['failed', 'skipped', 'pending', 'planned', 'synced'];

function worstFirst(groups: readonly GroupOutcome[]): { group: GroupOutcome; standing: GroupStanding }[] {
  return groups
    .map((group) => ({ group, standing: standingOf(group) }))
    .filter(({ standing }) => standing !== 'unselected')
    .sort(
      (a, b) =>
        WORST_FIRST.indexOf(a.standing) - WORST_FIRST.indexOf(b.standing) ||
        (a.group.groupId < b.group.groupId ? -1 : 1),
    );
}

/** No sample for what is not known. */
function one(name: string, help: string, labels: Labels, value: number | boolean | null): Gauge {
  return { name, help, samples: value === null ? [] : [{ labels, value: Number(value) }] };
}
