/** What a merge must never hide. */
import { describe, expect, test } from 'vitest';
import { failedReport } from '../../../src/report/failed-report.ts';
import { mergeReports } from '../../../src/report/json/merge-reports.ts';
import { isReady } from '../../../src/report/readiness.ts';
import { activeGroup, group, report } from '../build-report.ts';
import { almostReady, gateReport } from '../gate-report.ts';
import { errorsOf, findingsOf, merged, refusals, shard, shards } from './shard-reports.ts';

describe('a shard without a report', () => {
  test.each([1, 2, 3, 4])('number %i of 4 is named, and the result is failed', (lost) => {
    const model = merged(shards(4).filter((_, place) => place !== lost - 1));
    expect(model.result).toBe('failed');
    expect(errorsOf(model)).toEqual([
      `REPORT_MISSING: No report of shard ${lost}/4: nothing is known of the groups there.`,
    ]);
  });

  test('is named with the folder that should hold it', () => {
    const lost = { unusable: [], empty: ['reports/2-2'] };
    expect(errorsOf(merged([shard('1/2')], { lost }))[0]).toContain('No report is in reports/2-2.');
  });

  test.each(['', 'first', '5/2', '01/02'])('cannot be told where the only shard is %j, which fails', (name) => {
    const model = merged([shard(name)]);
    expect(model.result).toBe('failed');
    expect(errorsOf(model)[0]).toContain('REPORT_MISSING: Of a shard that is none');
  });

  test('leaves no group ready to cut over', () => {
    const ready = gateReport(almostReady());
    const model = merged([shard('1/2', { ...ready, shard: '1/2', result: 'ok' })]);
    expect(isReady(model)).toBe(false);
  });
});

test('a file that cannot be used fails the merge, also where every shard has its report', () => {
  const lost = { unusable: [{ path: 'reports/old/report.json', problem: 'it is empty' }], empty: [] };
  const model = merged(shards(2), { lost });
  expect(model.result).toBe('failed');
  expect(errorsOf(model)).toEqual([
    'FILE_UNREADABLE: reports/old/report.json is no report that can be used: it is empty.',
  ]);
});

test('files of which none can be used are refused, each with what is wrong', () => {
  const lost = { unusable: [{ path: 'a/report.json', problem: 'it is empty' }], empty: [] };
  expect(mergeReports([], lost)).toMatchObject({
    kind: 'refused',
    problems: [{ input: 'reports', seen: 'a/report.json (it is empty)' }],
  });
});

describe('a folder without a report', () => {
  const lost = { unusable: [], empty: ['reports/eu'] };

  test('is the trace of a lost run where nobody knows how many there are', () => {
    const whole = { path: 'reports/us/report.json', report: report() };
    expect(merged([whole], { lost }).result).toBe('failed');
    expect(errorsOf(merged([whole], { lost }))[0]).toMatch(/^REPORT_MISSING: No report is in reports\/eu,/);
  });

  test('is a warning where all shards have theirs', () => {
    const model = merged(shards(2), { lost });
    expect(model.result).toBe('changed');
    expect(findingsOf(model)).toEqual(['folder-without-report: No report is in reports/eu.']);
  });
});

describe('a shard that was run again', () => {
  const first = shard('2/2', { result: 'failed', startedAt: '2026-03-01T10:00:00.000Z' }, 'first');
  const again = { startedAt: '2026-03-01T11:00:00.000Z', finishedAt: '2026-03-01T11:01:00.000Z' };

  test('counts as it ended last, and the report before is named', () => {
    const model = merged([shard('1/2'), first, shard('2/2', again)]);
    expect(model.result).toBe('changed');
    expect(findingsOf(model)).toEqual([
      'older-report-left-out: shard 2/2 (reports/first/report.json), failed at 2026-03-01T10:01:12.000Z, is left out: reports/2-2/report.json is of the same shard and later.',
    ]);
  });

  test('and was killed then keeps what the first saw, and is failed', () => {
    const killed = shard('2/2', { ...again, finishedAt: null, groups: [] });
    const model = merged([shard('1/2'), { ...first, report: { ...first.report, result: 'ok' } }, killed]);
    expect(model.result).toBe('failed');
    expect(model.groups.map(({ groupId }) => groupId)).toEqual(['group-of-1/2', 'group-of-2/2']);
    expect(findingsOf(model)[0]).toMatch(/^shard-reported-twice: /);
  });

  test('and was killed then does not take away the errors of the first', () => {
    const errors = [{ code: 'KAFKA_REQUEST', message: 'No answer.', hint: null }] as const;
    const failed = { ...first, report: { ...first.report, errors } };
    const model = merged([shard('1/2'), failed, shard('2/2', { ...again, finishedAt: null })]);
    expect(errorsOf(model)).toContain('KAFKA_REQUEST: shard 2/2: No answer.');
  });

  test('is none that ran beside the other, on groups of its own: both count', () => {
    const failed = shard('2/2', { result: 'failed', groups: [] }, 'us');
    const beside = { startedAt: '2026-03-01T10:00:30.000Z', finishedAt: '2026-03-01T10:02:00.000Z' };
    const model = merged([shard('1/2'), failed, shard('2/2', beside, 'eu')]);
    expect(model.result).toBe('failed');
    expect(findingsOf(model)[0]).toMatch(/^shard-reported-twice: /);
  });

  test('and came less far does not take away what failed before', () => {
    const model = merged([shard('1/2'), first, shard('2/2', { ...again, groups: [] })]);
    expect(model.result).toBe('failed');
  });
});

describe('an old report in the folder', () => {
  test('does not stand in for a shard that was lost', () => {
    const old = shard('2/3', { runId: '41', startedAt: '2026-02-28T10:00:00.000Z' });
    const model = merged([shard('1/3'), old, shard('3/3')]);
    expect(model.result).toBe('failed');
    expect(errorsOf(model)).toEqual([
      'REPORT_MISSING: Of another run (41), and not of this one (42), which has none for it: shard 2/3 (reports/2-3/report.json).',
    ]);
  });

  test('is left out where its shard has a report of this run, whatever that came to', () => {
    const before = { runId: '41', startedAt: '2026-02-28T10:00:00.000Z', finishedAt: '2026-02-28T10:01:00.000Z' };
    const old = shard('2/2', { ...before, groups: [group({ groupId: 'gone since' })] }, 'old');
    const model = merged([shard('1/2'), old, shard('2/2')]);
    expect(model).toMatchObject({ result: 'changed', errors: [], runId: '42' });
    expect(model.groups.map(({ groupId }) => groupId)).toEqual(['group-of-1/2', 'group-of-2/2']);
    expect(findingsOf(model)[0]).toMatch(/^older-report-left-out: shard 2\/2 \(reports\/old\/report.json\)/);
    expect(merged([shard('1/2'), old, shard('2/2', { finishedAt: null })]).result).toBe('failed');
  });

  test('is told by the run that merges, even if it started last', () => {
    const foreign = shard('2/2', { runId: '43', startedAt: '2026-03-01T10:30:00.000Z' });
    expect(errorsOf(merged([shard('1/2'), foreign], { ownRunId: '42' }))[0]).toContain('(43)');
    expect(errorsOf(merged([shard('1/2'), foreign]))[0]).toContain('Of another run (42)');
  });

  test('makes no trouble where all are of one other run, which a later workflow merges', () => {
    expect(merged(shards(3), { ownRunId: '99' })).toMatchObject({ result: 'changed', errors: [], findings: [] });
  });

  test('of no known run is told by its age', () => {
    const old = shard('2/2', {
      runId: null,
      startedAt: '2026-02-28T10:00:00.000Z',
      finishedAt: '2026-02-28T10:01:00.000Z',
    });
    expect(findingsOf(merged([shard('1/2', { runId: null }), old]))).toEqual([
      'reports-far-apart: More than 6 hours older than the newest: shard 2/2.',
    ]);
  });
});

test('the same group in two reports is the one that finished later, and that is said', () => {
  const earlier = { path: 'a/report.json', report: report({ groups: [activeGroup('g')] }) };
  const later = {
    path: 'b/report.json',
    report: report({ finishedAt: '2026-03-01T10:30:00.000Z', groups: [group({ groupId: 'g' })] }),
  };
  const model = merged([later, earlier]);
  expect(model.groups).toEqual([group({ groupId: 'g' })]);
  expect(findingsOf(model)[0]).toBe(
    'group-in-several-reports: 1 group in a/report.json and in b/report.json, which is later and counts: g.',
  );
});

describe('reports that do not belong together are refused, with their files', () => {
  const cluster = (clusterId: string | null) => ({ alias: 'mskdest', clusterId });
  test.each([
    [
      'a plan among runs',
      { command: 'plan', dryRun: true },
      'reports of one command: sync in reports/1-2/report.json; plan in reports/2-2/report.json',
    ],
    ['a dry run among runs', { dryRun: true }, 'reports of either runs or dry runs'],
    ['another target cluster', { target: cluster('other') }, 'reports of one target cluster'],
    ['another target', { target: { alias: 'elsewhere', clusterId: null } }, 'reports of one target'],
    ['another source cluster', { source: { alias: 'msksource', clusterId: 'other' } }, 'reports of one source cluster'],
    ['one without a source', { source: null }, 'reports all with a source, or all without'],
    ['another phase', { phase: 'cutover' }, ''],
    [
      'a shard of another count',
      { shard: '2/3' },
      'shards of one count: 2 shards in reports/1-2/report.json; 3 shards in',
    ],
    ['a report of all groups', { shard: null }, 'reports of shards alone, or of whole runs alone'],
  ] as const)('%s', (_name, overrides, refusal) => {
    const first = shard('1/2', 'phase' in overrides ? { phase: 'rehearse' } : {});
    const seen = refusals([first, shard('2/2', overrides)]).join('\n');
    expect(seen).toContain(refusal === '' ? 'reports of one phase of the gate' : refusal);
  });

  test('but a cluster that a failed run never reached says nothing', () => {
    const failed = shard('2/2', {
      result: 'failed',
      target: cluster(null),
      source: { alias: 'msksource', clusterId: null },
    });
    expect(merged([failed, shard('1/2')]).target.clusterId).toBe(report().target.clusterId);
  });

  test('nor does a run that failed before it knew its inputs: it is an error of its shard', () => {
    const errors = [
      { code: 'BAD_INPUT', message: 'target-password: expected a password, seen nothing.', hint: null },
    ] as const;
    const run = {
      command: 'sync',
      startedAt: '2026-03-01T10:00:00.000Z',
      finishedAt: '2026-03-01T10:00:01.000Z',
      errors,
    } as const;
    const bad = { path: 'reports/2-2/report.json', report: failedReport(null, { ...run, shard: '2/2', runId: '42' }) };
    const model = merged([bad, shard('1/2')]);
    expect(model).toMatchObject({ result: 'failed', target: report().target, source: report().source });
    expect(errorsOf(model)).toEqual(['BAD_INPUT: shard 2/2: target-password: expected a password, seen nothing.']);
  });
});
