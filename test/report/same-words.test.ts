/** One model, the same word for a group and the same numbers wherever they are shown. */
import { describe, expect, test } from 'vitest';
import type { GroupReadiness, Readiness } from '../../src/domain/cutover/group-readiness.ts';
import { judgeGroup } from '../../src/domain/offsets/group-verdict.ts';
import type { GroupOutcome, PartitionOutcome } from '../../src/domain/offsets/partition-outcome.ts';
import type { Command } from '../../src/domain/verdicts.ts';
import { killedReport } from '../../src/report/failed-report.ts';
import { headline } from '../../src/report/headline.ts';
import { renderHtml } from '../../src/report/html/render-html.ts';
import { reportText } from '../../src/report/json/report-json.ts';
import { renderComment } from '../../src/report/markdown/render-comment.ts';
import { renderSummary } from '../../src/report/markdown/render-summary.ts';
import { metricsChunks } from '../../src/report/metrics/render-metrics.ts';
import { renderAnnotations } from '../../src/report/render-annotations.ts';
import { renderOutputs } from '../../src/report/render-outputs.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { csvChunks } from '../../src/report/tables/csv.ts';
import { renderJunit } from '../../src/report/tables/junit.ts';
import { withColors } from '../../src/report/terminal/paint.ts';
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts';
import { computeTotals } from '../../src/report/totals.ts';
import { group, partition, report } from './build-report.ts';

const PLANNED = { verdict: 'planned', targetBefore: null, targetAfter: null, delta: null } as const;
const FILTERED = { verdict: 'skipped', reason: 'filtered', delta: null } as const;

/** As the engine makes it: the raw verdict counts every partition. */
function seen(groupId: string, ...parts: readonly Partial<PartitionOutcome>[]): GroupOutcome {
  const partitions = parts.map((part, number) => partition({ partition: number, ...part }));
  return group({ groupId, verdict: judgeGroup(partitions), partitions });
}

const TROUBLES = [
  seen('refused', { verdict: 'failed', reason: 'commit-rejected', delta: 280n }),
  seen('live', { verdict: 'skipped', reason: 'group-active', delta: 280n }),
  seen('taken', { verdict: 'skipped', reason: 'taken-over' }),
  seen('waiting', { verdict: 'pending', reason: 'not-replicated', delta: null }),
  seen('other', FILTERED),
];
const AS_TROUBLES = {
  refused: 'failed',
  live: 'active',
  taken: 'blocked',
  waiting: 'unknown',
  other: 'not selected',
} as const;
const IN_PLACE = [seen('moved', {}), seen('partly-selected', { verdict: 'unchanged' }, FILTERED)];
const TO_COME = [seen('to-come', {}, PLANNED), seen('to-come-partly', PLANNED, FILTERED)];
const AS_TO_COME = { 'to-come': 'planned', 'to-come-partly': 'planned' } as const;
const EARLY = { result: 'failed', interrupted: 'cancelled by SIGTERM' } as const;

function judged(groupId: string, verdict: Readiness): GroupReadiness {
  const why = verdict === 'not-ready' ? 'is still consuming on the target' : null;
  const failed = verdict === 'not-ready' ? (['activity'] as const) : [];
  return { groupId, verdict, failed, unknown: [], notAsked: [], why };
}

const GATE = {
  phase: 'rehearse',
  groups: [
    seen('moved', {}),
    ...TO_COME,
    seen('waiting', { verdict: 'pending', reason: 'not-replicated' }),
    seen('other', FILTERED),
  ],
  readiness: [
    judged('moved', 'ready'),
    judged('to-come', 'ready'),
    judged('to-come-partly', 'not-ready'),
    judged('waiting', 'unknown'),
    judged('other', 'not-asked'),
  ],
} as const;

interface Case {
  readonly model: ReportModel;
  /** What is said of the offsets. */
  readonly offsets: Readonly<Record<string, string>>;
  /** What is said of the group where there is one word only; as `offsets` when not given. */
  readonly said?: Readonly<Record<string, string>>;
}

function run(command: Command, groups: readonly GroupOutcome[], overrides: Partial<ReportModel> = {}): ReportModel {
  return report({ command, groups, ...overrides });
}

const last = run('sync', [...IN_PLACE, ...TO_COME], { finishedAt: null, result: 'failed' });
const KILLED = {
  stepOutcome: 'cancelled',
  command: 'sync',
  startedAt: last.startedAt,
  seenAt: last.startedAt,
} as const;
const READY = { moved: 'ready', 'partly-selected': 'ready' } as const;
const GATE_OFFSETS = { moved: 'ready', ...AS_TO_COME, waiting: 'unknown', other: 'not selected' } as const;
const GATE_SAID = { 'to-come-partly': 'not ready', waiting: 'unknown', other: 'not asked' } as const;

const CASES: Readonly<Record<string, Case>> = {
  'a finished sync': {
    model: run('sync', [...IN_PLACE, ...TROUBLES], { result: 'partial' }),
    offsets: { ...READY, ...AS_TROUBLES },
  },
  'a dry run': {
    model: run('sync', [...IN_PLACE, ...TO_COME, ...TROUBLES.slice(1)], { dryRun: true }),
    offsets: { ...READY, ...AS_TO_COME, ...AS_TROUBLES, refused: '' },
  },
  'a plan': { model: run('plan', TO_COME, { dryRun: true }), offsets: AS_TO_COME },
  'a sync that ended early': {
    model: run('sync', [...IN_PLACE, ...TO_COME, ...TROUBLES], EARLY),
    offsets: { ...READY, ...AS_TO_COME, ...AS_TROUBLES },
  },
  'a sync that was killed': {
    model: killedReport(last, { ...KILLED, reportProblem: null }),
    offsets: { ...READY, ...AS_TO_COME },
  },
  'an export': {
    model: run('export', [seen('moved', { verdict: 'unchanged' }), ...TROUBLES.slice(0, 1)], { result: 'partial' }),
    offsets: { moved: 'saved', refused: 'failed' },
  },
  'a rollback': {
    model: run('rollback', [...IN_PLACE, ...TROUBLES.slice(0, 3)], { result: 'partial' }),
    offsets: { moved: 'restored', 'partly-selected': 'restored', refused: 'failed', live: 'active', taken: 'blocked' },
  },
  'the dry run of a rollback': { model: run('rollback', TO_COME, { dryRun: true }), offsets: AS_TO_COME },
  'the gate': {
    model: report({ command: 'check', result: 'not-ready', ...GATE }),
    offsets: GATE_OFFSETS,
    said: { ...GATE_SAID, moved: 'ready', 'to-come': 'ready' },
  },
  'a migration that ended early': {
    model: report({ command: 'migrate', ...EARLY, ...GATE }),
    offsets: GATE_OFFSETS,
    said: { ...GATE_SAID, moved: 'ready', 'to-come': 'planned' },
  },
};

type Words = Readonly<Record<string, string>>;

function sorted(words: Words): Words {
  return Object.fromEntries(
    Object.entries(words)
      .filter(([, word]) => word !== '')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

const spaced = (key: string) => key.replaceAll('-', ' ');

function ofMarkdown(markdown: string): Words {
  const rows = markdown.matchAll(/^\| <code>([\w-]+)<\/code> \| [^\s&]+(?: |&nbsp;)([\w&;\s]+?) \|/gm);
  return sorted(Object.fromEntries([...rows].map(([, id = '', word = '']) => [id, word.replaceAll('&nbsp;', ' ')])));
}

function ofPage(model: ReportModel, column: 1 | 2, table: 'verdicts' | 'readiness'): Words {
  const page = Array.from(renderHtml(model, { label: 'default', runUrl: null }).chunks).join('');
  const data = JSON.parse(/id="data">([^<]*)</.exec(page)?.[1] ?? '{}');
  const labels = data.words[table];
  const label = (index: number) => (index < 0 ? '' : labels[data.texts[index]].label);
  return sorted(Object.fromEntries(data.groups.map((row: [string, number, number]) => [row[0], label(row[column])])));
}

/** The table under this title: group → its second column. */
function ofTerminal(lines: readonly string[], title: string): Words {
  const head = lines.findIndex((line) => new RegExp(`^GROUP +${title}\\b`).test(line));
  if (head < 0) return {};
  const [from = 0, to] = [...(lines[head] ?? '').matchAll(/(?<=^| )\S/g)].slice(1).map(({ index }) => index);
  const rows = lines.slice(head + 1, lines.indexOf('', head)).filter((line) => !line.includes(': '));
  return sorted(Object.fromEntries(rows.map((row) => [row.split(' ')[0] ?? '', row.slice(from, to).trim()])));
}

function ofCsv(model: ReportModel): Words {
  const [head = [], ...rows] = Array.from(csvChunks(model))
    .join('')
    .trimEnd()
    .split('\r\n')
    .map((row) => row.split(','));
  return sorted(
    Object.fromEntries(rows.map((row) => [row[0] ?? '', spaced(row[head.indexOf('group_verdict')] ?? '')])),
  );
}

function ofJunit(model: ReportModel): Readonly<Record<string, string>> {
  const xml = renderJunit(model, { label: 'default' });
  const suite = xml.split('<testsuite ').find((part) => /^name="\w+: groups"/.test(part)) ?? '';
  const cases = suite.matchAll(/<testcase name="([\w-]+)"[^>]*?(?:\/>|><(\w+)([^>]*)>)/g);
  return sorted(
    Object.fromEntries(
      [...cases].map(([, id = '', outcome = 'passed', attributes = '']) => {
        const type = /type="([\w-]+)"/.exec(attributes)?.[1] ?? /message="([\w-]+): \w/.exec(attributes)?.[1] ?? '';
        return [id, outcome === 'passed' ? outcome : `${outcome}: ${spaced(type)}`];
      }),
    ),
  );
}

const JUNIT_OUTCOMES: Readonly<Record<string, string>> = {
  ready: 'passed',
  saved: 'passed',
  restored: 'passed',
  failed: 'failure: failed',
  'not ready': 'failure: not ready',
};

describe.each(Object.entries(CASES))('%s', (name, { model, offsets, said = offsets }) => {
  const lines = renderTerminal(model);
  const isGate = model.readiness.length > 0;

  test('summary and comment', () => {
    expect(ofMarkdown(renderSummary(model).markdown)).toEqual(sorted(said));
    const comment = renderComment(model, { label: 'default', runUrl: null, reportJsonExists: true }).body;
    expect(ofMarkdown(comment)).toEqual(sorted(said));
  });

  test('the page', () => {
    expect(ofPage(model, 1, 'verdicts')).toEqual(sorted(offsets));
    const gate = Object.fromEntries(model.readiness.map(({ groupId, verdict }) => [groupId, spaced(verdict)]));
    expect(ofPage(model, 2, 'readiness')).toEqual(sorted(gate));
  });

  test('the terminal, where green is what is in place', () => {
    if (model.command !== 'check') expect(ofTerminal(lines, 'VERDICT')).toEqual(sorted(offsets));
    const asked = model.readiness.filter(({ verdict }) => verdict !== 'not-asked');
    const gate = Object.fromEntries(asked.map(({ groupId, verdict }) => [groupId, spaced(verdict)]));
    expect(ofTerminal(lines, 'READY')).toEqual(sorted(gate));
    if (isGate) expect(lines.join('\n')).toContain('1 group not asked: ');
    const colored = renderTerminal({ ...model, readiness: [] }, { paint: withColors, columns: null });
    for (const [groupId, word] of Object.entries(offsets)) {
      const isGreen = colored.some((line) => line.startsWith(`${groupId} `) && line.includes('\u001b[32m'));
      expect([groupId, isGreen]).toEqual([groupId, ['ready', 'saved', 'restored'].includes(word)]);
    }
  });

  test('the CSV and report.json', () => {
    expect(ofCsv(model)).toEqual(sorted(offsets));
    const { groups } = JSON.parse(reportText(model)) as { groups: { groupId: string; status: string }[] };
    const statuses = Object.fromEntries(groups.map(({ groupId, status }) => [groupId, spaced(status)]));
    expect(sorted(statuses)).toEqual(sorted(offsets));
  });

  test('JUnit, where only what is in place passes, unless the gate alone was asked', () => {
    const isAsked = (id: string) => isGate && model.readiness.some(({ groupId }) => groupId === id);
    const expected = Object.entries(said).map(([id, word]) => {
      const other = word === 'unknown' && isAsked(id) ? 'error: unknown' : `skipped: ${word}`;
      return [id, word === '' ? '' : (JUNIT_OUTCOMES[word] ?? other)] as const;
    });
    expect(ofJunit(model)).toEqual(sorted(Object.fromEntries(expected)));
  });

  test('the metrics', () => {
    const text = [...metricsChunks(model, { label: 'default' })].join('');
    const samples = [...text.matchAll(/^mm2_group_in_place\{.*group="([\w-]+)".*status="([\w-]+)"\} (\d)$/gm)];
    const words = Object.fromEntries(samples.map(([, id = '', status = '']) => [id, spaced(status)]));
    expect(words).toEqual(sorted({ ...offsets, other: '' }));
    const inPlace = samples.filter(([, , , value]) => value === '1').map(([, id = '']) => offsets[id]);
    expect(inPlace.filter((word) => !['ready', 'saved', 'restored'].includes(word ?? ''))).toEqual([]);
    expect(inPlace).toHaveLength(computeTotals(model.groups).groups.synced);
  });

  test('the annotations name what a run that was to write did not reach', () => {
    const titles = renderAnnotations(model).map(({ title }) => title);
    const isLate = !model.dryRun && model.command !== 'check' && Object.values(offsets).includes('planned');
    const notReached = 'planned: 2 partitions of 2 groups not reached';
    expect(titles.filter((title) => title.includes('not reached'))).toEqual(isLate ? [notReached] : []);
  });

  test('the numbers', () => {
    const totals = computeTotals(model.groups);
    const line = headline(model, totals);
    const text = renderSummary(model).markdown;
    expect(lines.at(-1)).toBe(line);
    if (model.result !== 'changed') expect(renderJunit(model, { label: 'default' })).toContain(line);
    const { synced, planned, pending, skipped, failed } = totals.groups;
    const counts = [synced, planned, pending, skipped, failed, totals.groupsTotal].join(' | ');
    expect(text).toContain(`| Consumer groups | ${counts} |`);
    expect(renderOutputs(model, null)).toMatchObject({ 'groups-synced': `${synced}`, 'groups-failed': `${failed}` });
    const words = Object.values(offsets);
    const of = (...wanted: string[]) => words.filter((word) => wanted.includes(word)).length;
    expect([of('ready', 'saved', 'restored'), of('planned'), of('failed')], name).toEqual([synced, planned, failed]);
    expect([of('active', 'blocked', 'unknown'), of('not selected')]).toEqual([
      pending + skipped,
      totals.groups.unselected,
    ]);
  });
});
