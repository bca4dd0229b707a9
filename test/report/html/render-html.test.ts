import { describe, expect, test } from 'vitest';
import { type HtmlOptions, renderHtml } from '../../../src/report/html/render-html.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { activeGroup, fullReport, group, partition, report } from '../build-report.ts';
import { almostReady, gateReport } from '../gate-report.ts';

function page(model: ReportModel, options: Partial<HtmlOptions> = {}): string {
  return Array.from(renderHtml(model, { label: 'default', runUrl: null, ...options }).chunks).join('');
}

interface PageGroups {
  readonly groups: readonly (readonly unknown[])[];
  readonly texts: readonly string[];
}

/** What the page's script reads. */
function dataOf(text: string): PageGroups {
  const json = /<script type="application\/json" id="data">([\s\S]*?)<\/script>/.exec(text)?.[1];
  return JSON.parse(json ?? '{"groups":[],"texts":[]}');
}

describe('the page', () => {
  test('opens with the verdict, names its label and links the run', () => {
    const text = page(fullReport(), { label: 'orders-eu', runUrl: 'https://github.com/o/r/actions/runs/1' });
    expect(text).toContain('<h1>Offset sync partly failed <span class="label">orders-eu</span></h1>');
    expect(text).toContain('<a href="https://github.com/o/r/actions/runs/1"');
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'https://a b', '//evil.test'])('links no %s', (runUrl) => {
    expect(page(report(), { runUrl })).not.toContain('open the run');
  });

  test('has every part of the report, and none that is empty', () => {
    const titles = (text: string) => [...text.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, title]) => title);
    expect(titles(page({ ...fullReport(), ...checksOf() }))).toEqual([
      'In figures',
      'Checks of the cutover gate',
      'Connectors',
      'Consumer groups',
      'Findings',
      'How to read this page',
    ]);
    expect(titles(page(report({ groups: [], passes: [] })))).toEqual([]);
  });

  test('says each failed check with what was seen and what to do, the passed ones folded', () => {
    const text = page(gateReport(almostReady()));
    expect(text).toContain('1 of 14 groups: billing would re-read 1,204 records');
    expect(text).toContain('<b>What to do:</b> Run sync again');
    expect(text).toMatch(/<summary>\d+ checks passed, \d+ not asked<\/summary>/);
  });

  test('holds no value of a secret key that the report does not hold', () => {
    const keys = [{ key: 'sasl.jaas.config', before: '(hidden)', after: '(hidden)', secret: true }];
    const model = fullReport();
    const connectors = model.connectors.map((one) => ({ ...one, change: 'update' as const, keys }));
    expect(page({ ...model, connectors })).toContain('! sasl.jaas.config (sensitive, changed)');
  });

  test('may be walked twice', () => {
    const { chunks } = renderHtml(fullReport(), { label: 'default', runUrl: null });
    expect(Array.from(chunks).join('')).toBe(Array.from(chunks).join(''));
  });
});

describe('the data', () => {
  test('can neither end its element nor open a comment in it', () => {
    const text = page(report({ groups: [group({ groupId: '</script><!--<script>' })] }));
    expect(text.match(/<\/script/g)).toHaveLength(2);
    expect(text).not.toContain('<!--');
    expect(dataOf(text).groups[0]?.[0]).toBe('</script><!--<script>');
  });

  test('holds groups that the gate judged and the run did not see, and the other way round', () => {
    const judged = gateReport(almostReady());
    const text = page({ ...judged, groups: [group({ groupId: 'unjudged' }), group({ groupId: 'billing' })] });
    const ids = dataOf(text).groups.map(([id]) => id);
    expect(ids).toHaveLength(15);
    expect(new Set(ids).size).toBe(15);
  });

  test('has offsets beyond 2^53 as digits', () => {
    const huge = partition({ sourceCommitted: 9_223_372_036_854_775_806n });
    expect(page(report({ groups: [group({ partitions: [huge] })] }))).toContain('"9223372036854775806"');
  });
});

describe('the budget', () => {
  const troubled = Array.from({ length: 20 }, (_, i) => activeGroup(`live-${i}`));
  const good = Array.from({ length: 80 }, (_, i) =>
    group({
      groupId: `ready-${i}`,
      partitions: Array.from({ length: 20 }, (_, p) => partition({ partition: p })),
    }),
  );
  const model = report({ groups: [...good, ...troubled] });
  const bytes = (budgetBytes?: number) => {
    const { chunks, detail } = renderHtml(model, {
      label: 'default',
      runUrl: null,
      ...(budgetBytes ? { budgetBytes } : {}),
    });
    const text = Array.from(chunks).join('');
    return { text, detail, size: Buffer.byteLength(text, 'utf8') };
  };
  test('gives up detail by steps, worst last, and stays within at each', () => {
    const whole = bytes().size;
    const seen: string[] = [];
    for (let budgetBytes = whole + 4_000; budgetBytes > 4_000; budgetBytes -= 1_000) {
      const { text, detail, size } = bytes(budgetBytes);
      expect(size).toBeLessThanOrEqual(budgetBytes);
      expect(text).toContain('Offset sync done');
      const { groups } = dataOf(text);
      if (groups.length > 0) expect(groups[0]?.[0]).toBe('live-0');
      if (detail === 'some-groups') expect(text).toContain(`${groups.length} of 100 groups are here, worst first.`);
      if (seen.at(-1) !== detail) seen.push(detail);
    }
    expect(seen).toEqual(['all-partitions', 'troubled-partitions', 'groups', 'some-groups', 'totals']);
  });

  test.each([
    [-20_000, 'Partitions are here for the groups that need attention.'],
    [-1_000_000, 'left out here'],
  ])('says what was left out: %i bytes', (less, words) => {
    expect(bytes(Math.max(60_000, bytes().size + less)).text).toContain(words);
  });
});

function checksOf(): Pick<ReportModel, 'checks' | 'phase'> {
  const { checks, phase } = gateReport(almostReady());
  return { checks, phase };
}
