/** Sizes of everything that is rendered. Times are in test/bench/renderers.bench.ts. */
import { describe, expect, test } from 'vitest';
import type { ReportModel } from '../../src/report/report-model.ts';
import { almostReady, gateReport } from './gate-report.ts';
import { largeReport, manyGroups, readinessOf } from './many-groups.ts';
import { bytesOf, OWN_BUDGETS, RENDERERS } from './renderers.ts';

function largeGate(count: number): ReportModel {
  const groups = manyGroups(count);
  return { ...gateReport(almostReady()), groups, readiness: readinessOf(groups) };
}

/** Long words everywhere, and more of everything than a list shows. */
function crowded(): ReportModel {
  const long = 'x<|`@'.repeat(800);
  const model = largeReport(50);
  const keys = Array.from({ length: 200 }, (_, i) => ({ key: `k${i}`, before: long, after: long, secret: false }));
  return {
    ...model,
    connectors: model.connectors.flatMap((one) => Array.from({ length: 60 }, () => ({ ...one, keys, trace: long }))),
    findings: model.findings.flatMap((one) =>
      Array.from({ length: 200 }, () => ({ ...one, message: long, hint: long })),
    ),
    errors: Array.from({ length: 60 }, () => ({ code: 'INTERNAL' as const, message: long, hint: long })),
  };
}

/** All of it is in a log, which has no limit. */
const CROWDED = 'more than any list shows';

const MODELS: readonly (readonly [string, ReportModel])[] = [
  ...[10, 1_000, 100_000].map((count) => [`${count} groups`, largeReport(count)] as const),
  ['the gate over 100,000 groups', largeGate(100_000)],
  [CROWDED, crowded()],
];

describe.each(MODELS)('%s', (of, model) => {
  const bounded = RENDERERS.filter(
    ({ name, budgetBytes }) => budgetBytes !== null && (of !== CROWDED || name !== 'terminal'),
  );
  test.each(bounded)('fit into the budget of $name', ({ render, budgetBytes }) => {
    const bytes = bytesOf(render(model));
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(budgetBytes ?? 0);
  });
});

describe.each(MODELS.filter(([of]) => of !== CROWDED))('%s', (of, model) => {
  const growing = RENDERERS.flatMap(({ growth, ...rest }) => (growth === undefined ? [] : [{ ...rest, ...growth }]));
  test.each(growing)('take room in $name by their number, and none is left out', (renderer) => {
    const { name, render, bytesPerGroup, restBytes } = renderer;
    let [bytes, longest, lines] = [0, 0, 0];
    for (const chunk of render(model)) {
      bytes += Buffer.byteLength(chunk);
      longest = Math.max(longest, chunk.length);
      lines += chunk.split('\n').length - 1;
    }
    // The verdict of the gate on a group is a line of its own in report.json.
    const judged = name === 'json' ? model.readiness.length * 120 + model.checks.length * 1_000 : 0;
    expect(bytes).toBeLessThanOrEqual(restBytes + judged + model.groups.length * bytesPerGroup);
    expect(longest, 'of a chunk, however many groups').toBeLessThan(64_000);
    const partitions = model.groups.reduce((sum, group) => sum + group.partitions.length, 0);
    expect(lines, of).toBeGreaterThan(name === 'csv' ? partitions : model.groups.length + model.readiness.length);
  });
});

test('the metrics of 100,000 groups say how many they leave out', () => {
  const text = RENDERERS.find(({ name }) => name === 'metrics')?.render(largeReport(100_000)) ?? [];
  expect(Array.from(text).join('')).toMatch(/^mm2_groups_left_out\{.*\} 96000$/m);
});

test.each(OWN_BUDGETS)(
  'our own budget of the %s leaves room for masks below the limit of the platform',
  (name, own) => {
    const platform = RENDERERS.find((renderer) => renderer.name === name)?.budgetBytes ?? 0;
    expect(own).toBeLessThan(platform * 0.98);
  },
);

test('what does not fit is named at the top of summary and comment, and where it is', () => {
  const model = largeReport(100_000);
  for (const { render } of RENDERERS.filter(({ name }) => name === 'summary' || name === 'comment')) {
    const text = Array.from(render(model)).join('');
    const [top = ''] = text.split('\n### ');
    expect(top).toMatch(/Shortened to fit here\. Left out: [\d,]+ groups; all partitions/);
    expect(top).toContain('in report.html and report.json, among the [artifacts of this run](');
  }
});
