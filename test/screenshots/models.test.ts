/** The pictures are what people see first: no figure, word or state of theirs may speak against another. */
import { describe, expect, test } from 'vitest';
import { judgeGroup } from '../../src/domain/offsets/group-verdict.ts';
import { proofWords, spoken } from '../../src/report/html/proof-words.ts';
import { renderSummary } from '../../src/report/markdown/render-summary.ts';
import { computeTotals, recordsRedelivered } from '../../src/report/totals.ts';
import { cutoverReport, planReport, syncReport } from './models.ts';

const MODELS = [
  ['sync', syncReport()],
  ['cutover', cutoverReport()],
  ['plan', planReport()],
] as const;

describe.each(MODELS)('the picture of a %s', (_, model) => {
  const partitions = model.groups.flatMap((group) => group.partitions.map((partition) => ({ group, partition })));

  test.each(partitions)('$group.groupId $partition.partition: its figures follow from one another', ({ partition }) => {
    const { translated, targetAfter, delta, redeliveredMax, sourceCommitted, sourceLogEnd, proof } = partition;
    expect(delta).toBe(translated === null || targetAfter === null ? null : translated - targetAfter);
    if (targetAfter === null) expect(redeliveredMax).toBeNull();
    if (translated !== null && targetAfter !== null && partition.translation === 'exact') {
      expect(redeliveredMax).toBe(translated - targetAfter);
    }
    expect(sourceLogEnd).toBeGreaterThanOrEqual(sourceCommitted ?? 0n);
    if (proof?.kind !== 'records' || translated === null) return;
    expect(translated).toBe((proof.lastBefore?.downstream ?? proof.low - 1n) + 1n);
    expect(proof.firstAfter?.upstream).toBe(sourceCommitted);
    expect(proof.high).toBeLessThanOrEqual(partition.targetHighWatermark ?? 0n);
    const words = proofWords('', partition);
    expect(words === null ? '' : spoken(words)).toContain('So the group continues at');
  });

  test('groups are judged by their partitions, and who consumes on the target is there', () => {
    for (const { groupId, verdict, targetState, partitions: own } of model.groups) {
      expect([groupId, verdict]).toEqual([groupId, judgeGroup(own)]);
      expect([groupId, verdict === 'active']).toEqual([groupId, targetState === 'Stable']);
      const isThere = own.some(({ targetAfter }) => targetAfter !== null);
      expect([groupId, targetState === 'absent']).toEqual([groupId, !isThere]);
    }
  });

  test('the last pass left what the groups show', () => {
    const last = model.passes.at(-1);
    if (last === undefined) return expect(model.command).toBe('check');
    const { partitions: of, offsetDelta, offsetDeltaUnknown } = computeTotals(model.groups);
    expect(last).toMatchObject({ pending: of.pending, skipped: of.skipped, failed: of.failed, planned: of.planned });
    expect(last.committed + last.unchanged).toBe(of.committed + of.unchanged);
    expect([last.offsetDelta, last.offsetDeltaUnknown]).toEqual([offsetDelta, offsetDeltaUnknown]);
  });

  test('what is found fits how it ended', () => {
    const errors = model.findings.filter(({ severity, silenced }) => severity === 'error' && silenced === undefined);
    expect(model.result === 'failed').toBe(errors.length + model.errors.length > 0);
  });
});

describe('the picture of the gate', () => {
  const model = cutoverReport();
  const groupOf = (groupId: string) => model.groups.find((group) => group.groupId === groupId);

  test('says the sentence of the issue, and nothing that speaks against it', () => {
    const { markdown } = renderSummary(model);
    expect(markdown).toContain('12 of 14 groups can cut over now; 2 not: ');
    expect(markdown).toContain('billing would re-read 1,204 records');
    expect(markdown).toContain('orders-etl is still consuming on the target (Stable)');
    expect(markdown).toContain('<b>Read again after cutover:</b> at most 1,204 records');
    expect(markdown).toMatch(/<code>billing<\/code> \| \S+ \| Empty&nbsp;→&nbsp;Empty \| \d+ \| 0 \| 1,204 \|/);
    expect(markdown).toMatch(/<code>orders-etl<\/code> \| \S+ \| Empty&nbsp;→&nbsp;Stable \|/);
  });

  test('has its reasons from the groups that it shows', () => {
    expect(model.readiness.map(({ groupId }) => groupId).toSorted()).toEqual(
      model.groups.map(({ groupId }) => groupId).toSorted(),
    );
    for (const { groupId, failed } of model.readiness) {
      const group = groupOf(groupId);
      expect([groupId, failed.includes('redelivered')]).toEqual([
        groupId,
        recordsRedelivered(group ? [group] : []) !== 0n,
      ]);
      expect([groupId, failed.includes('activity')]).toEqual([groupId, group?.targetState === 'Stable']);
      expect(group?.sourceState).toBe('Empty');
    }
    const identity = model.checks.find(({ id }) => id === 'identity')?.seen ?? '';
    for (const id of [model.source?.clusterId, model.target.clusterId]) expect(identity).toContain(id);
  });
});
