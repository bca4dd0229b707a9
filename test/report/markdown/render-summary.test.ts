import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { GroupOutcome } from '../../../src/domain/offsets/partition-outcome.ts';
import { REASONS } from '../../../src/domain/verdicts.ts';
import { renderSummary, SUMMARY_BUDGET_BYTES } from '../../../src/report/markdown/render-summary.ts';
import { REASON_WORDS } from '../../../src/report/words.ts';
import { activeGroup, connector, finding, fullReport, group, partition, pass, report } from '../build-report.ts';

function bytes(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

function inPlace(count: number, partitions = 4): GroupOutcome[] {
  return Array.from({ length: count }, (_, i) =>
    group({
      groupId: `orders-consumer-${i}`,
      partitions: Array.from({ length: partitions }, (_, p) => partition({ partition: p })),
    }),
  );
}

/** Cells and tags a line. A code block has neither: its lines count until the fence that opened it comes again. */
function shapeOf(markdown: string): (readonly [number, number])[] {
  let fence: string | null = null;
  return markdown.split('\n').map((line) => {
    if (fence !== null) {
      if (line === fence) fence = null;
      return [0, 0];
    }
    fence = /^(`{3,})[a-z]+$/.exec(line)?.[1] ?? null;
    return [line.split('|').length, line.split('<').length - line.split('<wbr>').length];
  });
}

/** The rows of the groups, without the line below the titles. */
function groupTable(markdown: string): string[] {
  const [, table = ''] = markdown.split('### Consumer groups\n\n');
  return (table.split('\n\n')[0] ?? '')
    .replaceAll('&nbsp;', ' ')
    .split('\n')
    .filter((row) => !row.startsWith('|---'));
}

function sections(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ .*$|<summary>.*<\/summary>/gm)].map(([line]) => line);
}

describe('the job summary', () => {
  test('opens with the verdict in one line, then what went wrong', () => {
    const [first, , second, third] = renderSummary(fullReport()).markdown.split('\n');
    expect(first).toBe(
      '## ❗ Offset sync partly failed: 2 connectors: 1 updated, 1 unchanged · 1 of 4 groups has its offsets in place on the target; 3 not: refused could not be committed: the broker refused it, live is still consuming on the target, waiting waits for the first checkpoint of MirrorMaker 2',
    );
    expect(second).toBe('> [!CAUTION]');
    expect(third).toContain('CONNECTOR_FAILED');
  });

  test('names its label unless it is the default', () => {
    expect(renderSummary(report(), { label: 'orders-eu' }).markdown).toMatch(/^## .* \(orders-eu\)\n/);
    expect(renderSummary(report(), { label: 'default' }).markdown).not.toContain('default');
  });

  test('has the groups worst first, each with all its figures, and why', () => {
    const rows = groupTable(renderSummary(fullReport()).markdown);
    expect(rows.map((row) => row.split(' | ').slice(0, 6).join(' | '))).toEqual([
      '| Group | Verdict | State on source → target | Source lag | Offset delta | Read again at most',
      '| <code>refused</code> | ❌ failed | Stable → Empty | 100 | 280 | –',
      '| <code>live</code> | 👥 active | Stable → Stable | 50 | 280 | –',
      '| <code>waiting</code> | ❔ unknown | – | 50 | 1 unknown | –',
      '| <code>in-place</code> | ✅ ready | Stable → Empty | 150 | 0 | –',
      '| <code>not-selected</code> | ➖ not selected | Stable → Empty | – | – | –',
    ]);
    expect(rows.map((row) => row.split(' | ')[6])).toEqual([
      'Why |',
      'commit-rejected: could not be committed: the broker refused it |',
      'group-active: is still consuming on the target |',
      'no-checkpoint: waits for the first checkpoint of MirrorMaker 2 |',
      ' |',
      'filtered |',
    ]);
  });

  test('has every section, and folds the partitions of each group', () => {
    expect(sections(renderSummary(fullReport()).markdown).slice(1)).toEqual([
      '### What to do',
      '### Connectors',
      '<summary><code>mm2-checkpoint</code>: update, 2 keys</summary>',
      '<summary>Why <code>mm2-checkpoint</code> failed</summary>',
      '### Consumer groups',
      '<summary><code>refused</code>: 2 partitions, ❌ failed</summary>',
      '<summary><code>live</code>: 1 partition, 👥 active</summary>',
      '<summary><code>waiting</code>: 1 partition, ❔ unknown</summary>',
      '<summary><code>in-place</code>: 3 partitions, ✅ ready</summary>',
      '<summary><code>not-selected</code>: 1 partition, ➖ not selected</summary>',
      '### Findings',
      '<summary>2 passes (numbers of group partitions)</summary>',
      '<summary>How to read this</summary>',
    ]);
  });

  test('has the connectors first where they are what the run is about', () => {
    const model = report({ command: 'plan', connectors: [connector()], groups: [activeGroup('live')] });
    expect(sections(renderSummary(model).markdown).slice(1, 4)).toEqual([
      '### Connectors',
      '### What to do',
      '### Consumer groups',
    ]);
  });

  test('shows what changes in a connector as a diff that GitHub colours', () => {
    const { markdown } = renderSummary(fullReport());
    expect(markdown).toContain(
      '```diff\n- emit.checkpoints.interval.seconds = 60\n+ emit.checkpoints.interval.seconds = 5\n- groups = .*   (unmanaged: no file holds this key, so that it goes)\n```',
    );
  });

  test('draws the delta over the passes', () => {
    const passes = [pass({ offsetDelta: 900n }), pass({ number: 2, offsetDelta: 0n })];
    expect(renderSummary(report({ passes })).markdown).toMatch(
      /```mermaid\n%%.*\nxychart-beta\n[^`]*line \[900, 0\]\n```/,
    );
    expect(renderSummary(report()).markdown).not.toContain('mermaid');
  });

  test('says at the top of a run without secrets how little was looked at', () => {
    const message = 'This is a pull request from a fork and has no secrets: nothing was compared.';
    const told = finding({ rule: 'no-secrets', message, hint: 'A maintainer runs it again from a branch.' });
    const model = report({ command: 'plan', result: 'ok', groups: [], passes: [], findings: [told] });
    const { markdown } = renderSummary(model);
    expect(markdown).toMatch(/^## ✅ Linted, nothing was compared · 0 errors, 1 warning\n/);
    expect(markdown).toContain(`> [!NOTE]\n> ${message} A maintainer runs it again from a branch.`);
  });

  test('links the run and its artifacts, where there is a run', () => {
    const runUrl = 'https://github.test/acme/migration/actions/runs/42';
    const { markdown } = renderSummary(report(), { runUrl });
    expect(markdown).toContain(`[this run](${runUrl}) · [its artifacts](${runUrl}#artifacts)`);
    expect(renderSummary(report()).markdown).not.toMatch(/\]\(/);
  });

  test('says what is unknown with a dash or a word, never with a zero', () => {
    const row = renderSummary(fullReport())
      .markdown.split('\n')
      .find((line) => line.includes('| pending | no-checkpoint |'));
    expect(row).toBe('| <code>msksource.orders</code> | 1 | 1200 | – | – | – | – | – | – | pending | no-checkpoint |');
  });

  test('says how each place was found, and what is read again from there', () => {
    const rows = renderSummary(fullReport()).markdown.split('\n');
    expect(rows).toContain(
      '| <code>msksource.orders</code> | 2 | 1200 | 1180 | exact | 900 | 1180 | 0 | 0 | committed |  |',
    );
    const proven = group({ partitions: [3n, 1_039n].map((redeliveredMax) => partition({ redeliveredMax })) });
    expect(renderSummary(report({ groups: [proven] })).markdown).toContain('| 100 | 0 | 1,042 |  |');
  });

  test('shows the checkpoint where there is no source to show', () => {
    const { markdown } = renderSummary(report({ source: null }));
    expect(markdown).toContain('| Checkpoint upstream |');
    expect(markdown).toContain('only, no source was given');
  });

  test('explains every reason that occurs, in words of its own', () => {
    const groups = REASONS.map((reason) =>
      group({ groupId: reason, partitions: [partition({ verdict: 'skipped', reason })] }),
    );
    const { markdown } = renderSummary(report({ groups }));
    for (const reason of REASONS) {
      expect(markdown).toContain(`| ${reason} | ${REASON_WORDS[reason].meaning.slice(0, 20)}`);
      expect(markdown).toMatch(new RegExp(`\\| ${reason} \\| .* \\| ${reason} \\| 1 \\|`));
    }
  });

  test('of many passes shows the first and the last', () => {
    const passes = Array.from({ length: 900 }, (_, i) => pass({ number: i + 1 }));
    const { markdown } = renderSummary(report({ passes }));
    expect(markdown).toMatch(/\n\| 3 \|.*\n\| 884 \|/);
    expect(markdown).toContain('880 passes more in report.html and report.json.');
  });

  test('a run without groups has no table of them', () => {
    const model = report({ command: 'apply', groups: [], passes: [], connectors: [connector({ change: 'create' })] });
    expect(sections(renderSummary(model).markdown)).toEqual(['## ✅ 1 connector: 1 created', '### Connectors']);
  });
});

describe('the summary stays within 1 MiB and gives up detail by steps', () => {
  test.each([
    [10, 'all-partitions'],
    [1_000, 'all-partitions'],
    [20_000, 'some-groups'],
  ] as const)('%i groups: %s', (count, detail) => {
    const summary = renderSummary(report({ groups: inPlace(count) }));
    expect(summary.detail).toBe(detail);
    expect(bytes(summary.markdown)).toBeLessThanOrEqual(SUMMARY_BUDGET_BYTES);
  });

  test('partitions of troubled groups only, when all of them are too many', () => {
    const summary = renderSummary(report({ groups: [...inPlace(3_000), activeGroup('live')] }));
    expect(summary.detail).toBe('troubled-partitions');
    expect(sections(summary.markdown)).toContain('<summary><code>live</code>: 1 partition, 👥 active</summary>');
    expect(sections(summary.markdown).filter((section) => section.includes('orders-consumer'))).toEqual([]);
    expect(summary.markdown).toContain(
      'Shortened to fit here. Left out: the partitions of 3,000 groups that need no attention. They are in report.html and report.json.',
    );
  });

  test('no partitions, when those of the troubled groups are too many', () => {
    const many = Array.from({ length: 15_000 }, (_, p) =>
      partition({ partition: p, verdict: 'skipped', reason: 'taken-over' }),
    );
    const summary = renderSummary(report({ groups: [group({ groupId: 'huge', partitions: many }), ...inPlace(5)] }));
    expect(summary.detail).toBe('groups');
    expect(summary.markdown).toContain('| <code>huge</code> |');
  });

  test('as many groups as fit, the worst ones, and how many more there are', () => {
    const summary = renderSummary(report({ groups: [...inPlace(20_000, 1), activeGroup('live')] }));
    const rows = groupTable(summary.markdown).slice(1);
    expect(rows[0]).toContain('<code>live</code>');
    const more = /\n([\d,]+) more groups in report\.html and report\.json\./
      .exec(summary.markdown)?.[1]
      ?.replaceAll(',', '');
    expect(summary.markdown).toMatch(/\nShortened to fit here\. Left out: [\d,]+ groups; all partitions\./);
    expect(rows.length + Number(more)).toBe(20_001);
  });

  test('totals only, when not one row fits', () => {
    const summary = renderSummary(fullReport(), { budgetBytes: 1_500 });
    expect(summary.detail).toBe('totals');
    expect(summary.markdown).toContain('| Consumer groups | 1 | 0 | 1 | 1 | 1 | 4 |');
  });

  test('whatever the budget and the names, it is kept', () => {
    const name = fc.string({ unit: 'binary', maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 30_000 }), fc.array(name, { maxLength: 30 }), (budgetBytes, names) => {
        const groups = names.map((groupId) => activeGroup(groupId));
        const errors = names.map((message) => ({ code: 'INTERNAL' as const, message, hint: message }));
        const connectors = names.map((name) =>
          connector({ name, trace: name, keys: [{ key: name, before: name, after: null, secret: false }] }),
        );
        const { markdown } = renderSummary(report({ groups, errors, connectors }), { budgetBytes });
        expect(bytes(markdown)).toBeLessThanOrEqual(budgetBytes);
        expect(markdown.split('<details').length).toBe(markdown.split('</details>').length);
        expect((markdown.match(/^`{3,}/gm) ?? []).length % 2).toBe(0);
      }),
    );
  });
});

test('names cannot add a row, a column, a tag or a line to the summary', () => {
  const shape = (groupId: string) => {
    const named = partition({ topic: groupId, verdict: 'skipped', reason: 'taken-over', detail: groupId });
    const { markdown } = renderSummary(
      report({
        interrupted: groupId,
        target: { alias: groupId, clusterId: groupId },
        groups: [group({ groupId, targetState: groupId, type: groupId, partitions: [named] })],
        connectors: [
          connector({
            name: groupId,
            class: groupId,
            state: groupId,
            trace: groupId.replaceAll(/[\r\n]/g, ' '),
            change: 'update',
            changedKeys: [groupId],
            keys: [{ key: groupId, before: groupId, after: groupId, secret: false }],
          }),
        ],
        findings: [{ rule: groupId, severity: 'error', where: groupId, message: groupId, hint: groupId }],
        errors: [{ code: 'INTERNAL', message: groupId, hint: groupId }],
      }),
    );
    return shapeOf(markdown);
  };
  const expected = shape('plain');
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), (name) => {
      expect(shape(name)).toEqual(expected);
    }),
  );
  for (const name of [
    'a|b',
    '`|`',
    '</details>',
    'a\n\nb',
    '<script>',
    '@everyone',
    '#1',
    '\u202e',
    '::error::x',
    '\ud800',
  ]) {
    expect(shape(name)).toEqual(expected);
  }
});
