import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { RESULTS } from '../../../src/domain/verdicts.ts';
import { failedReport } from '../../../src/report/failed-report.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { renderJunit } from '../../../src/report/tables/junit.ts';
import { runCommand } from '../../../src/testbed/java.ts';
import { activeGroup, connector, finding, fullReport, group, report } from '../build-report.ts';
import { almostReady, gateReport } from '../gate-report.ts';
import { HOSTILE_NAMES, hostileGate, hostileSync } from '../hostile-models.ts';
import { largeReport, manyGroups } from '../many-groups.ts';

interface SeenCase {
  readonly name: string;
  /** passed, failure, error or skipped. */
  readonly outcome: string;
  readonly message: string;
  readonly text: string;
}

/** Suite → its cases, as a reader takes them. */
function suitesOf(model: ReportModel, label = 'default'): ReadonlyMap<string, readonly SeenCase[]> {
  const suites = new Map<string, SeenCase[]>();
  for (const [, name = '', body = ''] of renderJunit(model, { label }).matchAll(
    /<testsuite name="([^"]*)"[^>]*>([\s\S]*?)<\/testsuite>/g,
  )) {
    const cases = body.matchAll(
      /<testcase name="([^"]*)"[^>]*?(?:\/>|><(\w+) message="([^"]*)"[^>]*>([^<]*)<\/\w+><\/testcase>)/g,
    );
    suites.set(
      name,
      [...cases].map(([, of = '', outcome = 'passed', message = '', text = '']) => ({
        name: of,
        outcome,
        message,
        text,
      })),
    );
  }
  return suites;
}

function outcomes(model: ReportModel, suite: string): Readonly<Record<string, string>> {
  const cases = suitesOf(model).get(`${model.command}: ${suite}`) ?? [];
  return Object.fromEntries(cases.map(({ name, outcome }) => [name, outcome]));
}

function troubles(model: ReportModel): number {
  const cases = [...suitesOf(model).values()].flat();
  return cases.filter(({ outcome }) => outcome === 'failure' || outcome === 'error').length;
}

describe('groups are test cases', () => {
  test('of a sync by where they stand: a safety skip is no failure', () => {
    expect(outcomes(fullReport(), 'groups')).toEqual({
      'in-place': 'passed',
      refused: 'failure',
      live: 'skipped',
      waiting: 'skipped',
      'not-selected': 'skipped',
    });
  });

  test('of the gate by whether they may move: not ready is a failure, what is not known an error', () => {
    const ids = ['ready', 'not-ready', 'unknown', 'not-asked'] as const;
    const model = gateReport(almostReady(), {}, { groups: ids.map((groupId) => group({ groupId })) });
    const rest = { failed: [], unknown: [], notAsked: [], why: 'would read 3 records again' };
    const readiness = ids.map((verdict) => ({ groupId: verdict, verdict, ...rest }));
    expect(outcomes({ ...model, readiness }, 'groups')).toEqual({
      'not-ready': 'failure',
      unknown: 'error',
      'not-asked': 'skipped',
      ready: 'passed',
    });
  });

  test('with what it means and what to do, and every partition that is not in place', () => {
    const [seen] = suitesOf(report({ groups: [activeGroup('live')] })).get('sync: groups') ?? [];
    expect(seen?.message).toContain('has members on the target');
    expect(seen?.text).toContain('stop its consumers on the target');
    expect(seen?.text).toContain(
      'msksource.orders/0: skipped (group-active); source 1200, translated 1180, target 900, delta +280',
    );
  });
});

test('checks are test cases with what was seen, and those not asked are skipped', () => {
  const model = gateReport(almostReady(), { skipChecks: new Set(['acls']) });
  const seen = outcomes(model, 'checks');
  for (const { id, title, verdict } of model.checks) {
    const expected = { pass: 'passed', fail: 'failure', unknown: 'error', 'not-asked': 'skipped' }[verdict];
    expect(seen[`${id}: ${title}`]).toBe(expected);
  }
  const { checks } = model;
  expect(new Set(checks.map(({ verdict }) => verdict))).toEqual(new Set(['pass', 'fail', 'unknown', 'not-asked']));
});

test('connectors: what was due and not done, and what is failed, are failures', () => {
  const connectors = [
    connector({ name: 'well' }),
    connector({ name: 'left', pending: 'update' }),
    connector({ name: 'down', tasks: [{ id: 0, state: 'FAILED' }] }),
    connector({ name: 'unseen', change: 'unknown', state: null, tasks: [] }),
  ];
  expect(outcomes(report({ command: 'apply', result: 'failed', connectors }), 'connectors')).toEqual({
    well: 'passed',
    left: 'failure',
    down: 'failure',
    unseen: 'error',
  });
});

describe('the file and the result say the same', () => {
  test.each(RESULTS)('%s', (result) => {
    const fails = result !== 'ok' && result !== 'changed';
    for (const model of [fullReport(), gateReport(almostReady()), report({ groups: [] }), largeReport(20_000)]) {
      expect(troubles({ ...model, result }) > 0).toBe(fails);
    }
  });

  test('also for a run that failed before it saw anything', () => {
    const errors = [{ code: 'BAD_INPUT', message: 'no target', hint: null }] as const;
    const model = failedReport(null, { command: 'sync', startedAt: 'x', finishedAt: null, errors });
    expect(outcomes(model, 'run')).toEqual({ result: 'failure', BAD_INPUT: 'error' });
  });
});

describe('readers keep the first of a name, so that each case has its own', () => {
  test.each([
    ['findings of one rule', report({ findings: [finding(), finding(), finding({ where: 'x' })] })],
    [
      'groups whose names look alike',
      report({ groups: [group({ groupId: 'a\u200b' }), group({ groupId: 'a\\u{200b}' })] }),
    ],
    ['all of a large run', largeReport(1_000)],
  ])('%s', (_name, model) => {
    for (const [, cases] of suitesOf(model)) {
      expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    }
  });
});

test('suites are told apart by the label', () => {
  expect([...suitesOf(report(), 'orders eu').keys()]).toEqual(['orders eu sync: run', 'orders eu sync: groups']);
});

describe('what does not fit', () => {
  test('is one case, which counts them and is as bad as the worst of them', () => {
    const cases = suitesOf(report({ result: 'partial', groups: manyGroups(100_000) })).get('sync: groups') ?? [];
    const rest = cases.at(-1);
    expect(rest).toMatchObject({ name: 'the rest', outcome: 'passed' });
    expect(cases.length).toBeLessThanOrEqual(10_001);
    const bad = cases.filter(({ outcome }) => outcome === 'failure').length;
    expect(bad).toBe(2_000);
  });

  test('takes partitions first, then groups, and never a failure', () => {
    const model = report({ result: 'partial', groups: manyGroups(2_000) });
    const whole = renderJunit(model, { label: 'default' });
    const without = renderJunit(model, { label: 'default', budgetBytes: whole.length - 1 });
    const least = renderJunit(model, { label: 'default', budgetBytes: 1 });
    expect(whole).toContain('msksource.orders/0: failed');
    expect(without).not.toContain('msksource.orders/0: failed');
    expect(without.match(/<testcase /g)).toHaveLength(2_001);
    expect(least.match(/<testcase /g)).toHaveLength(102);
    expect(least).toMatch(/<skipped message="[a-z-]+: 1,900 more groups/);
    expect(least.match(/<failure /g)).toHaveLength(1 + 40);
  });
});

/** Java's own validator; the schema is what Jenkins's and Ant's have in common. */
test('is valid XML of the schema, whatever names there are', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'mm2-junit-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const models = [
    fullReport(),
    gateReport(almostReady()),
    largeReport(300),
    report({ groups: [], startedAt: 'no time' }),
    ...HOSTILE_NAMES.flatMap((name) => [hostileSync(name), hostileGate(name)]),
    hostileSync('\ufffe\uffff\ud800\u0000]]>\u001b'),
  ];
  const paths = models.map((_, place) => join(folder, `${place}.xml`));
  await Promise.all(
    models.map((model, place) => writeFile(paths[place] ?? '', renderJunit(model, { label: 'default' }))),
  );
  const [schema, program] = ['junit.xsd', 'Validate.java'].map((name) => join(import.meta.dirname, name));
  const { output } = await runCommand('java', [program ?? '', schema ?? '', ...paths], { missing: 'no java' });
  expect(output.trim().split('\n')).toEqual(models.map(() => 'valid'));
}, 60_000);
