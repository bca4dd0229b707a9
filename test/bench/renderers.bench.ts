/**
 * Every renderer over 10, 1,000 and 100,000 groups, against JSON.stringify of the same model in the same run. Prints
 * sizes and times; asserts only that something was rendered.
 */
import { describe, expect, it } from 'vitest';
import type { ReportModel } from '../../src/report/report-model.ts';
import { largeReport } from '../report/many-groups.ts';
import { bytesOf, RENDERERS } from '../report/renderers.ts';
import { median } from './median.ts';

const ROUNDS = 3;

describe.each([10, 1_000, 100_000])('%i groups', (count) => {
  it('are timed against JSON.stringify', () => {
    const model = largeReport(count);
    const peerMs = timed(() => stringify(model));
    const lines = RENDERERS.map(({ name, render }) => {
      let bytes = 0;
      const tookMs = timed(() => {
        bytes = bytesOf(render(model));
      });
      expect(bytes).toBeGreaterThan(0);
      return `${name}: ${(bytes / 1_024).toFixed(0)} KiB, ${tookMs.toFixed(1)} ms, ${(tookMs / peerMs).toFixed(2)} of JSON.stringify`;
    });
    console.log([`${count} groups: JSON.stringify ${peerMs.toFixed(1)} ms`, ...lines].join('\n  '));
  });
});

/** Group by group: one string of 100,000 groups would be longer than a string can be. */
function stringify({ groups, ...rest }: ReportModel): number {
  const text = (value: unknown) =>
    JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
  return groups.reduce((length, group) => length + text(group).length, text(rest).length);
}

function timed(work: () => void): number {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return median(rounds);
}
