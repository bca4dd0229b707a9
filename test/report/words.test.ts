import { describe, expect, test } from 'vitest';
import { FAIL_ON, failsOn } from '../../src/domain/fail-on.ts';
import { REASONS, RESULTS } from '../../src/domain/verdicts.ts';
import { failedReport, killedReport } from '../../src/report/failed-report.ts';
import { count, duration, instant, offsetDelta, signed } from '../../src/report/format.ts';
import { headline, verdict } from '../../src/report/headline.ts';
import { worstReason } from '../../src/report/order.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { batchLine, passLine } from '../../src/report/terminal/progress.ts';
import { computeTotals } from '../../src/report/totals.ts';
import { REASON_WORDS } from '../../src/report/words.ts';
import { activeGroup, connector, finding, group, partition, pass, report } from './build-report.ts';

const TO_COME = group({ partitions: [partition({ verdict: 'planned' })] });

function verdictOf(overrides: Partial<ReportModel>): string {
  const model = report(overrides);
  return verdict(model, computeTotals(model.groups));
}

function headlineOf(overrides: Partial<ReportModel>): string {
  const model = report(overrides);
  return headline(model, computeTotals(model.groups));
}

const NOT_SELECTED = group({ partitions: [partition({ verdict: 'skipped', reason: 'filtered' })] });

describe('the headline', () => {
  test.each<[string, Partial<ReportModel>]>([
    ['Offset sync done · 1 of 1 group has its offsets in place on the target', {}],
    [
      'Offset sync done, nothing had to change · 1 of 2 groups has its offsets in place on the target; 1 not: a is still consuming on the target',
      { result: 'ok', groups: [group(), activeGroup('a')] },
    ],
    [
      'Offset sync (dry run) found changes to make · 0 of 1 group have their offsets in place on the target; a sync would put 1 in place',
      { dryRun: true, groups: [TO_COME] },
    ],
    [
      'Rollback (dry run) found changes to make · 0 of 1 group have their saved offsets on the target; a rollback would restore 1',
      { command: 'rollback', dryRun: true, groups: [TO_COME] },
    ],
    [
      'Rollback done, nothing had to change · 1 of 1 group has its saved offsets on the target',
      { command: 'rollback', result: 'ok' },
    ],
    ['Offsets export done · 1 of 1 group has its offsets saved', { command: 'export', result: 'ok' }],
    ['Offsets export done · no consumer groups seen', { command: 'export', result: 'ok', groups: [] }],
    ['Offset sync failed', { result: 'failed', groups: [] }],
    ['Offset sync done, nothing had to change · no consumer groups seen', { result: 'ok', groups: [] }],
    [
      'Offset sync ended early · 0 of 1 group have their offsets in place on the target; 1 not reached',
      { result: 'failed', interrupted: 'cancelled by SIGINT', groups: [TO_COME] },
    ],
    [
      'Connectors done · 2 connectors: 1 created, 1 unchanged',
      { command: 'apply', groups: [], connectors: [connector({ change: 'create' }), connector()] },
    ],
    ['Plan found nothing to change', { command: 'plan', result: 'ok', groups: [] }],
    [
      'Plan: linted, nothing was compared · 0 errors, 1 warning',
      { command: 'plan', result: 'ok', groups: [], passes: [], findings: [finding(), finding({ silenced: 'why' })] },
    ],
    [
      'Plan: linted, nothing was compared · 1 error, 0 warnings',
      {
        command: 'plan',
        result: 'failed',
        groups: [],
        passes: [],
        findings: [finding({ severity: 'error' })],
        errors: [{ code: 'CONNECT_LINT', message: 'wrong', hint: null }],
      },
    ],
    [
      'Plan failed',
      {
        command: 'plan',
        result: 'failed',
        groups: [],
        passes: [],
        errors: [{ code: 'KAFKA_UNREACHABLE', message: 'no answer', hint: null }],
      },
    ],
    [
      'Connectors partly failed · 4 connectors: 1 created, 1 unchanged, 2 not done',
      {
        command: 'apply',
        result: 'partial',
        groups: [],
        connectors: [
          connector({ change: 'create' }),
          connector(),
          connector({ pending: 'create' }),
          connector({ pending: 'state' }),
        ],
      },
    ],
    [
      'Plan found changes to make · 1 connector: 1 to update',
      { command: 'plan', groups: [], connectors: [connector({ change: 'update' })] },
    ],
  ])('%s', (words, overrides) => {
    expect(headlineOf(overrides)).toBe(words);
  });
});

describe('the verdict alone', () => {
  const waiting = (groupId: string) =>
    group({ groupId, partitions: [partition({ verdict: 'pending', reason: 'not-replicated' })] });

  test.each<[string, Partial<ReportModel>]>([
    ['1 of 1 group has its offsets in place on the target', {}],
    ['1 connector: 1 to update', { command: 'plan', groups: [], connectors: [connector({ change: 'update' })] }],
    ['Linted, nothing was compared · 0 errors, 0 warnings', { command: 'plan', groups: [], passes: [] }],
    ['Offset sync failed', { result: 'failed', groups: [] }],
    ['No consumer groups seen', { result: 'ok', groups: [] }],
    ['1 consumer group seen, none selected', { result: 'ok', groups: [NOT_SELECTED] }],
    [
      'Cutover gate (cutover) says: not ready: 1 connector: 1 unchanged',
      { command: 'check', phase: 'cutover', result: 'not-ready', connectors: [connector()] },
    ],
    [
      'Offset sync partly failed: 0 of 1 group have their offsets in place on the target; 1 not: a is still consuming on the target',
      { result: 'partial', groups: [activeGroup('a')] },
    ],
    [
      '1 of 5 groups has its offsets in place on the target; 4 not: d is still consuming on the target, a waits for records that are not copied yet, b waits for records that are not copied yet and 1 more',
      { groups: [waiting('a'), waiting('b'), waiting('c'), activeGroup('d'), group()] },
    ],
  ])('%s', (words, overrides) => {
    expect(verdictOf(overrides)).toBe(words);
  });

  test('says of a group what its worst partition says', () => {
    const partitions = [
      partition({ verdict: 'pending', reason: 'no-checkpoint' }),
      partition({ verdict: 'pending', reason: 'no-checkpoint' }),
      partition({ verdict: 'failed', reason: 'commit-rejected' }),
      partition({ verdict: 'skipped', reason: 'filtered' }),
    ];
    expect(worstReason(group({ partitions }))).toBe('commit-rejected');
    expect(worstReason(group())).toBeNull();
  });
});

describe('the words of a reason', () => {
  test.each(REASONS)('%s: go on after a name, mean something, and say what to do', (reason) => {
    const { clause, meaning, next } = REASON_WORDS[reason];
    expect(`orders ${clause}.`).toMatch(/^orders [a-z][^.]+\.$/);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
    expect(next).toMatch(/^[A-Z].*\.$/);
  });

  test('are different for each', () => {
    expect(new Set(REASONS.map((reason) => REASON_WORDS[reason].clause)).size).toBe(REASONS.length);
    expect(new Set(REASONS.map((reason) => REASON_WORDS[reason].meaning)).size).toBe(REASONS.length);
  });
});

describe('fail-on', () => {
  test.each([
    ['not-ready', ['not-ready', 'partial', 'failed']],
    ['error', ['partial', 'failed']],
    ['never', []],
  ] as const)('%s fails on %j', (failOn, failing) => {
    expect(RESULTS.filter((result) => failsOn(failOn, result))).toEqual(failing);
    expect(FAIL_ON).toContain(failOn);
  });
});

describe('progress', () => {
  test('a batch says how many groups are done', () => {
    expect(batchLine({ groups: 1_040, of: 2_000 })).toBe('1,040 of 2,000 groups committed and read back');
  });

  test('a pass says what is done, the delta left and the time left', () => {
    const counts = { committed: 1_000, unchanged: 40, pending: 7, offsetDelta: 1_234n, offsetDeltaUnknown: 5 };
    expect(passLine(pass({ number: 3, durationMs: 2_100, ...counts }), 61_000)).toBe(
      'Pass 3 took 2.1 s: 1,040 group partitions in place, 1,000 committed, 7 pending, offset delta left 1,234 + 5 unknown, 1 min 1 s left',
    );
  });

  test('a single pass has no time left to tell', () => {
    expect(passLine(pass({ committed: 0, unchanged: 1 }), 0)).toBe(
      'Pass 1 took 0.6 s: 1 group partition in place, offset delta left 0',
    );
  });
});

describe('a run step that left no finished report', () => {
  const run = {
    command: 'sync',
    startedAt: '2026-03-01T10:00:00.000Z',
    seenAt: '2026-03-01T10:05:00.000Z',
    stepOutcome: 'failure',
    reportProblem: null,
  } as const;

  test('killed between passes: the last pass is known and the result is failed', () => {
    const passes = [pass(), pass({ number: 2, committed: 7, pending: 3, offsetDelta: 120n })];
    const last = report({ finishedAt: null, result: 'changed', passes });
    const model = killedReport(last, run);
    expect(model).toMatchObject({ result: 'failed', groups: last.groups, passes: last.passes });
    expect(model.errors.map((error) => error.message)).toEqual([
      'The run step ended without a finished report: its process was killed from outside (a signal, or out of memory); last pass known: 2 (7 committed, 3 pending, offset delta 120).',
    ]);
  });

  test.each([
    ['failure', '2026-03-01T10:00:00.000Z', 'its process was killed from outside (a signal, or out of memory)'],
    ['failure', null, 'it ended before it could read its inputs'],
    ['cancelled', '2026-03-01T10:00:00.000Z', 'the job was cancelled or timed out, and the process was killed'],
    ['skipped', null, 'it was never started'],
  ])('%s, started %s: %s', (stepOutcome, startedAt, how) => {
    const model = killedReport(null, { ...run, startedAt, stepOutcome, reportProblem: 'report.json is not there' });
    expect(model.result).toBe('failed');
    expect(model.errors.map((error) => error.message)).toEqual([
      `The run step ended without a report: ${how}; report.json is not there; last pass known: none.`,
    ]);
  });
});

describe('a run that failed by itself', () => {
  const errors = [{ code: 'INTERNAL', message: 'boom', hint: null }] as const;
  const run = { command: 'sync', startedAt: 'a', finishedAt: 'b', errors } as const;

  test('keeps what it had written, and adds why it failed', () => {
    const last = report({ finishedAt: null });
    expect(failedReport(last, run)).toEqual({ ...last, result: 'failed', finishedAt: 'b', errors });
  });

  test('claims nothing if it had written nothing', () => {
    expect(failedReport(null, run)).toMatchObject({ result: 'failed', groups: [], offsetsExport: null, errors });
  });
});

describe('figures', () => {
  test('counts have separators', () => {
    expect([0, 999, 1_000, 1_234_567n].map(count)).toEqual(['0', '999', '1,000', '1,234,567']);
  });

  test('deltas have a sign, and the unknown is a dash', () => {
    expect([null, 0n, 1_500n, -3n].map(signed)).toEqual(['–', '0', '+1,500', '−3']);
  });

  test('an offset delta is never zero where nothing is known', () => {
    expect([offsetDelta(0n, 0), offsetDelta(0n, 2), offsetDelta(5n, 2)]).toEqual(['0', '2 unknown', '5 + 2 unknown']);
  });

  test('durations', () => {
    expect([430, 9_960, 59_000, 61_400, 7_262_000].map(duration)).toEqual([
      '0.4 s',
      '10 s',
      '59 s',
      '1 min 1 s',
      '2 h 1 min',
    ]);
  });

  test('instants are shown in UTC, anything else as it is', () => {
    expect([instant('2026-03-01T10:00:00.123Z'), instant('soon')]).toEqual(['2026-03-01 10:00:00 UTC', 'soon']);
  });
});
