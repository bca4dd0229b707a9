import { describe, expect, test } from 'vitest';
import { REASONS } from '../../src/domain/verdicts.ts';
import { MAX_ANNOTATIONS_PER_KIND, renderAnnotations } from '../../src/report/render-annotations.ts';
import { activeGroup, finding, fullReport, group, partition, report } from './build-report.ts';

describe('annotations', () => {
  test('put together what belongs together, worst first', () => {
    expect(renderAnnotations(fullReport()).map(({ kind, title }) => `${kind} ${title}`)).toEqual([
      'error CONNECTOR_FAILED',
      'error commit-rejected: 1 partition of 1 group failed',
      'error group-not-there',
      'warning group-active: 1 partition of 1 group not committed',
      'warning no-checkpoint: 1 partition of 1 group not committed',
      'warning checkpoints-topic-cleanup',
    ]);
  });

  test('name some of the groups and count the others', () => {
    const groups = Array.from({ length: 8 }, (_, i) => activeGroup(`g${i}`));
    const [annotation] = renderAnnotations(report({ groups }));
    expect(annotation?.title).toBe('group-active: 8 partitions of 8 groups not committed');
    expect(annotation?.message).toMatch(/^g0, g1, g2, g3, g4 and 3 more groups\. The group has members/);
  });

  test('say once what a rule found in many places', () => {
    const findings = [finding({ where: 'a' }), finding({ where: 'b' }), finding({ where: 'c' })];
    const annotations = renderAnnotations(report({ findings }));
    expect(annotations).toHaveLength(1);
    expect(annotations[0]?.message).toMatch(/^a: .* The same at 2 more places\.$/);
  });

  test('stand at the file and line of a key, one for each place', () => {
    const at = { file: 'connectors/source.json', line: 7 };
    const findings = [
      finding({ rule: 'key-unknown', at }),
      finding({ rule: 'key-unknown', at: { file: 'connectors/source.json', line: null } }),
      finding({ rule: 'key-unknown' }),
    ];
    const places = renderAnnotations(report({ findings })).map(({ title, file, line }) => ({ title, file, line }));
    expect(places).toEqual([
      { title: 'key-unknown', ...at },
      { title: 'key-unknown', file: 'connectors/source.json', line: undefined },
      { title: 'key-unknown', file: undefined, line: undefined },
    ]);
  });

  test('say nothing of what somebody has silenced', () => {
    expect(renderAnnotations(report({ findings: [finding({ silenced: 'by design' })] }))).toEqual([]);
  });

  test('are at most ten of a kind, the last of which says what is not shown', () => {
    const groups = REASONS.map((reason) =>
      group({ groupId: reason, partitions: [partition({ verdict: 'skipped', reason })] }),
    );
    const annotations = renderAnnotations(report({ groups }));
    expect(annotations).toHaveLength(MAX_ANNOTATIONS_PER_KIND);
    const selected = REASONS.length - 1; // `filtered` needs no annotation
    expect(annotations.at(-1)?.title).toBe(`${selected - MAX_ANNOTATIONS_PER_KIND + 1} more`);
    expect(annotations.at(-1)?.message).toContain('moved-on');
  });

  test('a run with nothing to say has none', () => {
    expect(renderAnnotations(report())).toEqual([]);
  });

  test('fit into what the runner keeps, on one line', () => {
    const message = `${'x'.repeat(9_000)}\n::error::injected\u001b[31m`;
    const [annotation] = renderAnnotations(report({ errors: [{ code: 'INTERNAL', message, hint: null }] }));
    expect(annotation?.message.length).toBeLessThanOrEqual(4_096);
    expect(annotation?.message.split('\n')).toHaveLength(1);
    expect(annotation?.message).not.toContain('\u001b');
  });
});
