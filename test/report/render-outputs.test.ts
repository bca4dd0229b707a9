import { expect, test } from 'vitest';
import { renderOutputs } from '../../src/report/render-outputs.ts';
import { fullReport, group, partition, report } from './build-report.ts';

test('the outputs are the figures of the report', () => {
  expect(renderOutputs(fullReport(), '/r/report.json', '/r/report.html')).toEqual({
    result: 'partial',
    ready: null,
    'plan-hash': '0a1b2c3d4e5f6g7h8i9jkalbm.ab1c0000000000000000000000000',
    'groups-total': '4',
    'groups-synced': '1',
    'groups-skipped': '1',
    'groups-failed': '1',
    'offset-delta': '560',
    'records-redelivered': null,
    'report-json': '/r/report.json',
    'report-html': '/r/report.html',
    'offsets-export': '/tmp/reports/offsets-export.jsonl',
  });
});

test('a run that failed before it saw a group claims no count', () => {
  expect(renderOutputs(report({ result: 'failed', groups: [], offsetsExport: null }), null)).toEqual({
    result: 'failed',
    ready: null,
    'plan-hash': null,
    'groups-total': null,
    'groups-synced': null,
    'groups-skipped': null,
    'groups-failed': null,
    'offset-delta': null,
    'records-redelivered': null,
    'report-json': null,
    'report-html': null,
    'offsets-export': null,
  });
});

test('a delta of which no part is known is empty, not zero', () => {
  const groups = [group({ partitions: [partition({ delta: null })] })];
  expect(renderOutputs(report({ groups }), null)['offset-delta']).toBeNull();
});

test('redelivered records are given once they are bounded everywhere', () => {
  const groups = [group({ partitions: [partition({ redeliveredMax: 2n }), partition({ redeliveredMax: 40n })] })];
  expect(renderOutputs(report({ groups }), null)['records-redelivered']).toBe('42');
});
