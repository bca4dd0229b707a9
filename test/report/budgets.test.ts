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
