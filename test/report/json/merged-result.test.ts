import { expect, test } from 'vitest';
import { goodFacts } from '../../support/cutover-facts.ts';
import { group, partition, report } from '../build-report.ts';
import { almostReady, gateReport } from '../gate-report.ts';
import { merged, shard } from './shard-reports.ts';

const REFUSED = group({
  groupId: 'refused',
  verdict: 'failed',
  partitions: [partition({ verdict: 'failed', reason: 'commit-rejected' })],
});

test.each([
  ['a failed group', { groups: [REFUSED] }],
  ['an error', { errors: [{ code: 'INTERNAL', message: 'boom', hint: null }] }],
  ['an early end', { interrupted: 'cancelled by SIGTERM' }],
  ['a failed group that the same report has a second time, good', { groups: [REFUSED, group({ groupId: 'refused' })] }],
] as const)('a report that says ok and shows %s does not pass as one', (_, overrides) => {
  const all = [shard('1/2', { result: 'ok', ...overrides }), shard('2/2', { result: 'ok' })];
  expect(merged(all).result).toBe('partial');
});

const READY = gateReport(goodFacts('cutover'));
const NOT_READY = gateReport(almostReady());

test.each([
  ['checks that fail', { checks: NOT_READY.checks, readiness: NOT_READY.readiness }],
  ['a group that is not ready', { readiness: NOT_READY.readiness }],
  ['no check at all', { checks: [], readiness: [] }],
  ['no check that was asked', { checks: READY.checks.map((one) => ({ ...one, verdict: 'not-asked' as const })) }],
])('a gate that says ok with %s lets nothing pass', (_, overrides) => {
  const liar = report({ ...READY, ...overrides, shard: '1/2', runId: '42', result: 'ok' });
  const honest = report({ ...READY, shard: '2/2', runId: '42' });
  const all = [liar, honest].map((model, place) => ({ path: `reports/${place}/report.json`, report: model }));
  expect(merged(all).result).toBe('not-ready');
});
