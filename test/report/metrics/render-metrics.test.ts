import { describe, expect, it } from 'vitest';
import { metricsChunks } from '../../../src/report/metrics/render-metrics.ts';
import type { ReportModel } from '../../../src/report/report-model.ts';
import { group, partition, report } from '../build-report.ts';
import { gateReport } from '../gate-report.ts';

function metrics(model: ReportModel, maxGroups = 2_000): readonly string[] {
  const text = [...metricsChunks(model, { label: 'orders-eu', maxGroups })].join('');
  expect(text.endsWith('# EOF\n')).toBe(true);
  return text.split('\n');
}

const ofRun = 'label="orders-eu",command="sync",source="msksource",target="mskdest"';

describe('a run as metrics', () => {
  it('says how and when it ended', () => {
    const lines = metrics(report({ result: 'partial' }));
    expect(lines).toContain(`mm2_run_result{${ofRun},result="partial"} 1`);
    expect(lines).toContain(`mm2_run_result{${ofRun},result="ok"} 0`);
    expect(lines).toContain(`mm2_run_finished_timestamp_seconds{${ofRun}} ${Date.UTC(2026, 2, 1, 10, 1, 12) / 1000}`);
    expect(lines).toContain(`mm2_run_duration_seconds{${ofRun}} 72`);
  });

  it('describes each metric once, before its values', () => {
    const lines = metrics(report());
    const help = lines.indexOf('# TYPE mm2_run_result gauge');
    expect(lines[help - 1]).toMatch(/^# HELP mm2_run_result \S/);
    expect(lines[help + 1]).toMatch(/^mm2_run_result\{/);
    expect(lines.filter((line) => line.startsWith('# TYPE mm2_run_result'))).toHaveLength(1);
  });

  it('gives delta, records to be read again and standing of each group', () => {
    const lines = metrics(
      report({
        groups: [
          group({
            groupId: 'billing',
            partitions: [
              partition({ partition: 0, delta: -30n, redeliveredMax: 12n, verdict: 'skipped', reason: 'group-active' }),
              partition({ partition: 1, delta: 5n, redeliveredMax: 3n, verdict: 'unchanged' }),
              partition({ partition: 2, delta: null, redeliveredMax: 0n, verdict: 'pending', reason: 'no-checkpoint' }),
            ],
          }),
        ],
      }),
    );
    expect(lines).toContain(`mm2_group_offset_delta{${ofRun},group="billing"} 35`);
    expect(lines).toContain(`mm2_group_offset_delta_unknown_partitions{${ofRun},group="billing"} 1`);
    expect(lines).toContain(`mm2_group_redelivered_records{${ofRun},group="billing"} 15`);
    expect(lines).toContain(`mm2_group_in_place{${ofRun},group="billing",standing="skipped",status="active"} 0`);
  });

  it('has no value for what is not known', () => {
    const lines = metrics(report({ groups: [group({ partitions: [partition({ redeliveredMax: null })] })] }));
    expect(lines.filter((line) => line.startsWith('mm2_group_redelivered_records'))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('mm2_ready'))).toEqual([]);
  });

  it('gives the verdict of the gate, of each check and of each group', () => {
    const judgement = { failed: [], unknown: [], notAsked: [], why: null };
    const lines = metrics({
      ...gateReport(),
      result: 'not-ready',
      readiness: [
        { groupId: 'moved', verdict: 'ready', ...judgement },
        { groupId: 'late', verdict: 'not-ready', ...judgement },
        { groupId: 'hidden', verdict: 'unknown', ...judgement },
        { groupId: 'other', verdict: 'not-asked', ...judgement },
      ],
    });
    const ready = lines.filter((line) => line.startsWith('mm2_group_ready{'));
    expect(ready.map((line) => line.slice(line.indexOf('group=')))).toEqual([
      'group="late",verdict="not-ready"} 0',
      'group="hidden",verdict="unknown"} 0',
      'group="moved",verdict="ready"} 1',
    ]);
    expect(lines.find((line) => line.startsWith('mm2_ready{'))).toMatch(/ 0$/);
    const asked = gateReport().checks.filter(({ verdict }) => verdict !== 'not-asked');
    const checks = lines.filter((line) => line.startsWith('mm2_check_passed{'));
    expect(checks.map((line) => line.slice(line.indexOf('check=')))).toEqual(
      asked.map(({ id, verdict }) => `check="${id}",verdict="${verdict}"} ${verdict === 'pass' ? 1 : 0}`),
    );
  });

  it('keeps a group id in its label, whatever it holds (invariant J)', () => {
    const groupId = 'a"} 1\nmm2_ready{label="x"} 1\\';
    const lines = metrics(report({ groups: [group({ groupId })] }));
    expect(lines.filter((line) => line.startsWith('mm2_ready'))).toEqual([]);
    expect(lines.join('\n')).toContain(String.raw`group="a\"} 1\nmm2_ready{label=\"x\"} 1\\"`);
  });

  it('shows the worst groups when there are too many, and how many it leaves out', () => {
    const inPlace = Array.from({ length: 5 }, (_, index) =>
      group({ groupId: `fine-${index}`, partitions: [partition({ verdict: 'unchanged' })] }),
    );
    const failed = group({
      groupId: 'late',
      partitions: [partition({ verdict: 'failed', reason: 'commit-rejected' })],
    });
    const lines = metrics(report({ groups: [...inPlace, failed] }), 2);
    const shown = lines.filter((line) => line.startsWith('mm2_group_in_place'));
    expect(shown).toHaveLength(2);
    expect(shown[0]).toContain('group="late"');
    expect(lines).toContain(`mm2_groups_left_out{${ofRun}} 4`);
  });

  it('knows no end of a run that goes on', () => {
    const lines = metrics(report({ finishedAt: null }));
    expect(lines.filter((line) => line.startsWith('mm2_run_finished'))).toEqual([]);
  });
});
