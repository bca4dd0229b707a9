import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CheckId } from '../../src/domain/cutover/check.ts';
import { checkLines } from '../../src/report/check-lines.ts';
import { failedReport } from '../../src/report/failed-report.ts';
import { headline } from '../../src/report/headline.ts';
import { parseReport } from '../../src/report/json/parse-report.ts';
import { reportText } from '../../src/report/json/report-json.ts';
import { renderSummary, SUMMARY_BUDGET_BYTES } from '../../src/report/markdown/render-summary.ts';
import { isReady, verdictLine } from '../../src/report/readiness.ts';
import { MAX_ANNOTATIONS_PER_KIND, renderAnnotations } from '../../src/report/render-annotations.ts';
import { renderOutputs } from '../../src/report/render-outputs.ts';
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts';
import { computeTotals } from '../../src/report/totals.ts';
import {
  goodFacts,
  group,
  groupPartition,
  known,
  notKnown,
  outcome,
  STABLE,
  topic,
  topicPartition,
  twice,
} from '../support/cutover-facts.ts';
import { patterns } from '../support/run-inputs.ts';
import { report } from './build-report.ts';
import { almostReady, gateReport } from './gate-report.ts';

const LEAVE_OUT: { readonly skipChecks: ReadonlySet<CheckId> } = {
  skipChecks: new Set<CheckId>(['heartbeat', 'rollback', 'acls']),
};

describe('the verdict line', () => {
  test('counts the groups that are ready and says why the others are not', () => {
    expect(verdictLine(gateReport(almostReady(), LEAVE_OUT))).toBe(
      '12 of 14 groups can cut over now; 2 not: billing would re-read 1,204 records, orders-etl is still consuming on the target (Stable); not asked: heartbeat, acls, rollback',
    );
  });

  test.each([
    ['rehearse', '1 of 1 group could cut over after a sync'],
    ['cutover', '1 of 1 group can cut over now'],
    ['decommission', '1 of 1 group moved for good'],
  ] as const)('%s', (phase, words) => {
    expect(verdictLine(gateReport(goodFacts(phase)))).toBe(words);
  });

  test('names the checks that no group shows', () => {
    const facts = goodFacts('rehearse', { heartbeat: notKnown(), targetOffsetsRetentionMinutes: known(5) });
    expect(verdictLine(gateReport(facts))).toBe(
      'Not yet: heartbeat (unknown), offsets-retention not in order; otherwise 1 of 1 group could cut over after a sync',
    );
  });

  test('names what a rule leaves out for some groups', () => {
    const rule = {
      groups: patterns('billing'),
      required: false,
      maxRedelivered: null,
      maxCheckpointAgeMs: null,
      skipChecks: new Set<CheckId>(['bounds']),
    };
    const facts = goodFacts('rehearse', { groups: [group(), group({ groupId: 'b' })] });
    expect(verdictLine(gateReport(facts, { groupRules: [rule] }))).toBe(
      '2 of 2 groups could cut over after a sync; left out for some groups: bounds',
    );
  });

  test('names three groups at most', () => {
    const groups = Array.from({ length: 9 }, (_, i) => group({ groupId: `g${i}`, source: twice(STABLE) }));
    expect(verdictLine(gateReport(goodFacts('cutover', { groups })))).toMatch(
      /; 9 not: g0 .*, g1 .*, g2 .* and 6 more/,
    );
  });

  test('is the headline of a check', () => {
    const model = gateReport(almostReady(), LEAVE_OUT);
    expect(headline(model, computeTotals([]))).toMatch(
      /^Cutover gate \(cutover\) says: not ready · 12 of 14 groups can cut over now; /,
    );
    expect(headline(gateReport(), computeTotals([]))).toBe(
      'Cutover gate (rehearse) says: ready · 1 of 1 group could cut over after a sync',
    );
  });
});

describe('ready', () => {
  const ready = gateReport();
  test.each([
    ['every check passes', ready, true],
    ['a check does not', gateReport(almostReady()), false],
    ['the gate was not reached', { ...ready, checks: [] }, false],
    ['the run failed all the same', { ...ready, result: 'partial' as const }, false],
    ['the command has no gate', report(), null],
  ])('%s', (_, model, expected) => {
    expect(isReady(model)).toBe(expected);
    expect(renderOutputs(model, null).ready).toBe(expected === null ? null : String(expected));
  });

  test('a check that was killed is not ready', () => {
    const lost = failedReport(null, {
      command: 'check',
      startedAt: '2026-03-01T10:00:00Z',
      finishedAt: null,
      errors: [],
    });
    expect(renderOutputs(lost, null).ready).toBe('false');
  });
});

describe('the summary', () => {
  const { markdown } = renderSummary(gateReport(almostReady(), { skipChecks: new Set<CheckId>(['acls']) }));
  const rows = markdown.replaceAll('&nbsp;', ' ').split('\n');

  test('shows first what fails, then what is unknown, with threshold and next step', () => {
    const troubled = rows.filter((row) => /❌ fail|❔ unknown/.test(row) && row.startsWith('| <code>'));
    expect(troubled.map((row) => row.split(' | ').slice(0, 2).join(' | '))).toEqual([
      '| <code>redelivered</code><br>no group reads too much again | ❌ fail',
      '| <code>activity</code><br>the consumers are at rest | ❌ fail',
      '| <code>rollback</code><br>an export can undo the sync | ❌ fail',
      '| <code>heartbeat</code><br>heartbeats of the source arrive on the target | ❔ unknown',
    ]);
    expect(troubled[0]).toContain(
      '(threshold: at most 0 records a group) | Run sync again, or allow more with max-redelivered',
    );
  });

  test('says which group is ready, the others first', () => {
    const first = rows.findIndex((row) => row.startsWith('| Group | Verdict |'));
    const cells = rows.slice(first + 2, first + 5).map((row) => row.split(' | '));
    expect(cells.map((row) => [row[0], row[1], row.at(-1)])).toEqual([
      ['| <code>billing</code>', '⛔ not ready', 'would re-read 1,204 records: redelivered |'],
      ['| <code>group-0</code>', '⛔ not ready', 'is not in the export for a.orders/0: rollback |'],
      ['| <code>group-1</code>', '⛔ not ready', 'is not in the export for a.orders/0: rollback |'],
    ]);
  });

  test('opens with the verdict alone', () => {
    expect(rows[0]).toMatch(
      /^## ⛔ 0 of 14 groups can cut over now; 14 not: .*; not in order: heartbeat \(unknown\); not asked: acls$/,
    );
    expect(renderSummary(gateReport(almostReady(), LEAVE_OUT)).markdown.split('\n')[0]).toMatch(
      /^## ⛔ 12 of 14 groups can cut over now; 2 not: billing would re-read 1,204 records, orders-etl is still consuming/,
    );
  });

  test('folds away what passes and what was not asked, and the cases of a check', () => {
    expect(rows.filter((row) => row.startsWith('<summary>')).slice(0, 3)).toEqual([
      '<summary><code>rollback</code>: 13 cases</summary>',
      '<summary>17 checks pass</summary>',
      '<summary>2 checks are not asked</summary>',
    ]);
  });

  test('shows warnings of what passes', () => {
    const facts = goodFacts('rehearse', { topics: [topic({ targetPartitionCount: known(3) })] });
    expect(renderSummary(gateReport(facts)).markdown).toMatch(
      /- <code>partitions<\/code> orders has 3 partitions on the target/,
    );
  });

  test('has no such section in other runs', () => {
    expect(renderSummary(report()).markdown).not.toContain('Cutover gate');
  });

  test('stays within its budget for many groups with long names', () => {
    const groups = Array.from({ length: 3_000 }, (_, i) =>
      group({ groupId: `${'|<@'.repeat(80)}${i}`, source: twice(STABLE), partitions: [], uncommitted: [] }),
    ).map((one) => ({ ...one, partitions: [groupPartition({ outcome: outcome({ detail: '`'.repeat(5_000) }) })] }));
    const model = gateReport(goodFacts('cutover', { groups }));
    expect(Buffer.byteLength(renderSummary(model).markdown)).toBeLessThanOrEqual(SUMMARY_BUDGET_BYTES);
    expect(Buffer.byteLength(renderSummary(model, { budgetBytes: 3_000 }).markdown)).toBeLessThanOrEqual(3_000);
  });
});

test('names cannot add a row, a column, a tag or a line to the section', () => {
  const shape = (name: string) => {
    const facts = goodFacts('rehearse', {
      groups: [group({ groupId: name }), group({ groupId: `${name}2`, hiddenFromMm2: name })],
      topics: [topic({ sourceTopic: name, topic: name, partitions: [topicPartition({ lagRecords: notKnown(name) })] })],
      unseenGroups: [name],
      connect: notKnown(name),
      rollback: notKnown(name),
      acls: notKnown(name),
    });
    return renderSummary(gateReport(facts))
      .markdown.split('\n')
      .map((line) => [line.split('|').length, line.split('<').length - line.split('<wbr>').length]);
  };
  const expected = shape('plain');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (name) => {
      expect(shape(name)).toEqual(expected);
    }),
    { numRuns: 40 },
  );
  for (const name of [
    'a|b',
    '`|`',
    '</details>',
    'a\n\nb',
    '<script>',
    '@everyone',
    '\u202e',
    '::error::x',
    '\ud800',
  ]) {
    expect(shape(name)).toEqual(expected);
  }
});

describe('annotations', () => {
  test('one for each check that does not pass, with what to do', () => {
    const annotations = renderAnnotations(gateReport(almostReady(), { skipChecks: new Set<CheckId>(['rollback']) }));
    expect(annotations.map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'error redelivered: not ready',
      'error activity: not ready',
      'warning heartbeat: not known',
    ]);
    expect(annotations[0]?.message).toBe(
      'no group reads too much again: fail. 1 of 14 groups: billing would re-read 1,204 records. Run sync again, or allow more with max-redelivered where the consumers can take it.',
    );
  });

  test('stay within the limit of the platform', () => {
    const facts = goodFacts('cutover', {
      groups: [],
      topics: [],
      connect: notKnown(),
      heartbeat: notKnown(),
      acls: notKnown(),
    });
    const warnings = renderAnnotations(gateReport(facts)).filter(({ kind }) => kind === 'warning');
    expect(warnings.length).toBeLessThanOrEqual(MAX_ANNOTATIONS_PER_KIND);
  });
});

describe('the log and the terminal', () => {
  test('name what troubles with its next step, then what passes in one line', () => {
    const lines = checkLines(gateReport(almostReady(), LEAVE_OUT));
    expect(lines[0]).toBe(
      'fail: redelivered: 1 of 14 groups: billing would re-read 1,204 records (threshold: at most 0 records a group). Run sync again, or allow more with max-redelivered where the consumers can take it.',
    );
    expect(lines.at(-2)).toMatch(/^pass: no-skip, coverage, /);
    expect(lines.at(-1)).toBe('not asked: moved, heartbeat, acls, rollback');
  });

  test('list the groups, those that are not ready first, and end with the verdict', () => {
    const lines = renderTerminal(gateReport(almostReady(), LEAVE_OUT));
    expect(lines[0]).toMatch(/^GROUP +READY +CHECKS +WHY$/);
    expect(lines[1]).toMatch(/^billing +not ready +redelivered +would re-read 1,204 records$/);
    expect(lines[3]).toMatch(/^group-0 +ready$/);
    expect(lines.at(-1)).toMatch(/^Cutover gate \(cutover\) says: not ready · 12 of 14/);
  });
});

test('report.json of a check is read back as the model it was written from', () => {
  const model = gateReport(almostReady());
  expect(parseReport(reportText(model))).toEqual({ kind: 'report', report: model });
});
