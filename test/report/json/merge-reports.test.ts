import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RESULTS } from '../../../src/domain/verdicts.ts';
import { parseReport } from '../../../src/report/json/parse-report.ts';
import { reportText } from '../../../src/report/json/report-json.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { computeTotals } from '../../../src/report/totals.ts';
import { activeGroup, connector, finding, fullReport, group, partition, pass, report } from '../build-report.ts';
import { almostReady, gateReport } from '../gate-report.ts';
import { errorsOf, findingsOf, merged, shard, shards } from './shard-reports.ts';

describe('the shards of a run, merged', () => {
  test('are one run of all groups, from the first start to the last end', () => {
    const first = shard('1/2', { startedAt: '2026-03-01T09:59:00.000Z' });
    const second = shard('2/2', { finishedAt: '2026-03-01T10:09:00.000Z' });
    expect(merged([first, second])).toMatchObject({
      command: 'sync',
      result: 'changed',
      startedAt: '2026-03-01T09:59:00.000Z',
      finishedAt: '2026-03-01T10:09:00.000Z',
      interrupted: null,
      shard: null,
      runId: '42',
      groups: [{ groupId: 'group-of-1/2' }, { groupId: 'group-of-2/2' }],
      findings: [],
      errors: [],
    });
  });

  test('make the same report in whatever order the files are found', () => {
    const reports = [...shards(4), shard('2/4', { finishedAt: '2026-03-01T10:05:00.000Z' }, 'again')];
    const permutation = fc.shuffledSubarray(reports, { minLength: reports.length });
    fc.assert(
      fc.property(permutation, (shuffled) => {
        expect(merged(shuffled)).toEqual(merged(reports));
      }),
    );
  });

  test('are written and read back as any report', () => {
    const model = merged([shard('1/2', { ...fullReport(), shard: '1/2' }), shard('2/2')]);
    expect(parseReport(reportText(model))).toEqual({ kind: 'report', report: model });
  });

  test('a single report of all groups stays what it is, its errors named by the file', () => {
    const model = fullReport();
    const alone = merged([{ path: 'a/report.json', report: model }]);
    const errors = model.errors.map((error) => ({ ...error, message: `a/report.json: ${error.message}` }));
    const groups = [...model.groups].sort((a, b) => (a.groupId < b.groupId ? -1 : 1));
    expect(alone).toEqual({ ...model, groups, errors, interrupted: 'a/report.json cancelled by SIGTERM' });
  });

  test('have the figures of all: the totals are the sums of their totals', () => {
    const reports = [
      shard('1/3', { groups: [group({ groupId: 'a' }), activeGroup('b')] }),
      shard('2/3', {
        groups: [group({ groupId: 'c', partitions: [partition({ delta: 7n }), partition({ partition: 1 })] })],
      }),
      shard('3/3', { groups: [] }),
    ];
    const parts = reports.map(({ report: model }) => computeTotals(model.groups));
    const all = computeTotals(merged(reports).groups);
    expect(all.groupsTotal).toBe(parts.reduce((sum, part) => sum + part.groupsTotal, 0));
    expect(all.partitionsTotal).toBe(parts.reduce((sum, part) => sum + part.partitionsTotal, 0));
    expect(all.offsetDelta).toBe(parts.reduce((sum, part) => sum + part.offsetDelta, 0n));
  });
});

describe('the result', () => {
  const WORST_FIRST = ['failed', 'partial', 'not-ready', 'changed', 'ok'] as const;

  test('is the worst of all', () => {
    const results = fc.array(fc.constantFrom(...RESULTS), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(results, (given) => {
        const reports = given.map((result, place) => shard(`${place + 1}/${given.length}`, { result }));
        expect(merged(reports).result).toBe(WORST_FIRST.find((result) => given.includes(result)));
      }),
    );
  });

  test('keeps the errors of each, with whose they are, and the same ones once', () => {
    const error = { code: 'KAFKA_UNREACHABLE', message: 'No broker answers.', hint: null } as const;
    const reports = [
      shard('1/3', { result: 'failed', errors: [error] }),
      shard('2/3'),
      shard('3/3', { result: 'failed', errors: [error] }),
    ];
    expect(errorsOf(merged(reports))).toEqual(['KAFKA_UNREACHABLE: shard 1/3, shard 3/3: No broker answers.']);
  });

  test('is told shard by shard, whichever ended first', () => {
    const failed = (name: string, finishedAt: string, message: string) =>
      shard(name, { result: 'failed', finishedAt, errors: [{ code: 'KAFKA_REQUEST', message, hint: null }] });
    const reports = [
      failed('1/2', '2026-03-01T10:09:00.000Z', 'late.'),
      failed('2/2', '2026-03-01T10:02:00.000Z', 'early.'),
    ];
    expect(errorsOf(merged(reports))).toEqual(['KAFKA_REQUEST: shard 1/2: late.', 'KAFKA_REQUEST: shard 2/2: early.']);
  });

  test('says which shard was cancelled', () => {
    const cancelled = shard('2/2', { result: 'partial', interrupted: 'cancelled by SIGTERM' });
    expect(merged([shard('1/2'), cancelled])).toMatchObject({
      result: 'partial',
      interrupted: 'shard 2/2 cancelled by SIGTERM',
    });
  });

  test('of a shard that was killed is failed, whatever it had reported until then', () => {
    const killed = shard('2/2', { result: 'ok', finishedAt: null });
    const model = merged([shard('1/2'), killed]);
    expect(model).toMatchObject({ result: 'failed', interrupted: 'shard 2/2 ended before it was done' });
    expect(model.finishedAt).not.toBeNull();
    expect(errorsOf(model)).toEqual([
      'RUN_KILLED: The run of shard 2/2 (reports/2-2/report.json) ended without a finished report; last pass known: 1.',
    ]);
  });
});

describe('passes', () => {
  test('are summed by their number, and the longest of each counts', () => {
    const one = [
      pass({ committed: 5, durationMs: 900, offsetDelta: 10n }),
      pass({ number: 2, committed: 0, unchanged: 5 }),
    ];
    const other = [
      pass({ committed: 2, pending: 1, durationMs: 700, offsetDeltaUnknown: 1 }),
      pass({ number: 2, committed: 1 }),
    ];
    expect(merged([shard('1/2', { passes: one }), shard('2/2', { passes: other })]).passes).toEqual([
      pass({ committed: 7, pending: 1, durationMs: 900, offsetDelta: 10n, offsetDeltaUnknown: 1 }),
      pass({ number: 2, committed: 1, unchanged: 5 }),
    ]);
  });

  test('a shard that was done earlier stays in the figures of the later passes', () => {
    const early = [pass({ committed: 3, pending: 2, offsetDelta: 500n, durationMs: 100 })];
    const late = [pass({ committed: 1 }), pass({ number: 2, committed: 0, unchanged: 1, durationMs: 50 })];
    expect(merged([shard('1/2', { passes: early }), shard('2/2', { passes: late })]).passes[1]).toEqual(
      pass({ number: 2, committed: 0, unchanged: 4, pending: 2, offsetDelta: 500n, durationMs: 50 }),
    );
  });
});

describe('the gate', () => {
  const gate = (name: string, checks: ReportModel['checks']) => {
    const model = gateReport(almostReady());
    return shard(name, { ...model, shard: name, checks, groups: [], readiness: [] });
  };
  const ofReport = gateReport(almostReady());
  const passing = ofReport.checks.find(({ verdict }) => verdict === 'pass');

  test('has each check with its worst verdict, and says whose that is', () => {
    if (passing === undefined) throw new Error('the sample has no check that passes');
    const failing = { ...passing, verdict: 'fail', seen: 'lag of 3 records', next: 'Wait.' } as const;
    const cannot = { ...passing, verdict: 'unknown', seen: 'no answer', next: 'Look.' } as const;
    const model = merged([gate('1/3', [failing]), gate('2/3', [passing]), gate('3/3', [cannot])]);
    expect(model.checks).toEqual([{ ...failing, threshold: passing.threshold, warnings: passing.warnings }]);
  });

  test('quotes each shard where several fail in different words', () => {
    if (passing === undefined) throw new Error('the sample has no check that passes');
    const failing = (seen: string) => ({ ...passing, verdict: 'fail', seen, next: 'Wait.' }) as const;
    const model = merged([gate('1/2', [failing('3 left')]), gate('2/2', [failing('9 left')])]);
    expect(model.checks[0]).toMatchObject({ seen: 'shard 1/2: 3 left; shard 2/2: 9 left', next: 'Wait.' });
  });

  test('does not let a check that one shard left out pass without a word', () => {
    if (passing === undefined) throw new Error('the sample has no check that passes');
    const left = { ...passing, verdict: 'not-asked', seen: 'left out by skip-checks' } as const;
    const [check] = merged([gate('1/2', [passing]), gate('2/2', [left])]).checks;
    expect(check?.verdict).toBe('pass');
    expect(check?.warnings).toContain('not asked in shard 2/2: left out by skip-checks');
  });

  test('knows each group once, as its own shard judged it', () => {
    const [some] = ofReport.readiness;
    if (some === undefined) throw new Error('the sample judges no group');
    const reports = ['1/2', '2/2'].map((name) => ({
      ...gate(name, ofReport.checks),
      report: { ...gate(name, ofReport.checks).report, readiness: [{ ...some, groupId: `of ${name}` }] },
    }));
    expect(merged(reports).readiness.map(({ groupId }) => groupId)).toEqual(['of 1/2', 'of 2/2']);
  });
});

describe('connectors and findings', () => {
  test('are there once, and the one with more to look at counts', () => {
    const bad = connector({ state: 'FAILED', tasks: [{ id: 0, state: 'FAILED' }] });
    const model = merged([shard('1/2', { connectors: [bad] }), shard('2/2', { connectors: [connector()] })]);
    expect(model.connectors).toEqual([bad]);
    expect(findingsOf(model)[0]).toMatch(/^connector-reported-differently: /);
  });

  test('one plan of all is a plan to approve, two are none', () => {
    const planned = (name: string, planHash: string | null) => shard(name, { command: 'plan', dryRun: true, planHash });
    expect(merged([planned('1/2', 'p'), planned('2/2', 'p')]).planHash).toBe('p');
    const two = merged([planned('1/2', 'p'), planned('2/2', 'q')]);
    expect(two.planHash).toBeNull();
    expect(findingsOf(two)[0]).toMatch(/^plans-differ: /);
    expect(merged([planned('1/2', 'p'), planned('2/2', null)]).planHash).toBeNull();
  });

  test('the same finding of all shards is one', () => {
    const reports = shards(3).map((one) => ({ ...one, report: { ...one.report, findings: [finding()] } }));
    expect(merged(reports).findings).toEqual([finding()]);
  });

  test('names every offsets export, since no one of them undoes all', () => {
    const reports = ['1/2', '2/2'].map((name) =>
      shard(name, { offsetsExport: `/tmp/${name}/before-${name[0]}.jsonl` }),
    );
    const model = merged(reports);
    expect(model.offsetsExport).toBeNull();
    expect(findingsOf(model)).toEqual([
      'several-offsets-exports: The offsets from before are in 2 files: shard 1/2: before-1.jsonl; shard 2/2: before-2.jsonl.',
    ]);
  });
});

test('100,000 groups of four shards are merged', () => {
  const groups = (from: number) => Array.from({ length: 25_000 }, (_, i) => group({ groupId: `g-${from + i}` }));
  const reports = [0, 1, 2, 3].map((n) => shard(`${n + 1}/4`, { groups: groups(n * 25_000) }));
  expect(merged(reports).groups).toHaveLength(100_000);
});

test('a report of an earlier version, which names no shard and no run, is merged as a whole run', () => {
  const { shard: _shard, runId: _runId, ...before } = JSON.parse(reportText(report())) as Record<string, unknown>;
  const parsed = parseReport(JSON.stringify(before));
  if (parsed.kind !== 'report') throw new Error(parsed.problems.join());
  expect(merged([{ path: 'report.json', report: parsed.report }])).toMatchObject({ shard: null, runId: null });
});
