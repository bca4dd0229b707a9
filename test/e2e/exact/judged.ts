/** What a run says of each group partition, held against the truth. */
import { expect } from 'vitest';
import type { GroupRow } from '../../support/run.ts';
import type { Judgement, Truth } from './truth.ts';

export interface JudgedRow {
  readonly row: GroupRow;
  /** null: nothing is committed on the target. */
  readonly judgement: Judgement | null;
}

export function judgeRow(row: GroupRow, truth: Truth): JudgedRow {
  if (row.targetAfter === null) return { row, judgement: null };
  // Without a commit on the source nothing has been processed.
  return { row, judgement: truth.judge(row.sourceCommitted ?? 0n, row.targetAfter) };
}

/** One line each, to be read in a failed assertion. */
export function shown(rows: readonly JudgedRow[]): readonly string[] {
  return rows.map(({ row, judgement }) => {
    const what = `${row.translation} ${row.verdict} ${row.reason ?? ''} ${row.detail ?? ''}`;
    const truth = judgement === null ? 'nothing' : `skips ${judgement.skipped}, reads ${judgement.redelivered} again`;
    return `${row.groupId} ${row.topic}-${row.partition} ${row.sourceCommitted}→${row.targetAfter} ${what}: ${truth}`;
  });
}

/** One line of counts, to be read in the log of a run. */
export function summaryOf(title: string, rows: readonly JudgedRow[]): string {
  const of = (translation: string) => rows.filter(({ row }) => row.translation === translation).length;
  const again = rows.reduce((sum, { judgement }) => sum + (judgement?.redelivered ?? 0), 0);
  const skipped = rows.reduce((sum, { judgement }) => sum + (judgement?.skipped ?? 0), 0);
  const counts = `${of('exact')} exact, ${of('bounded')} bounded, ${of('none')} none`;
  return `${title.padEnd(26)} ${rows.length} groups: ${counts}; skipped ${skipped}, read again ${again}`;
}

/** Invariant F, and that `exact` and `bounded` mean what they say. */
export function expectTrue(rows: readonly JudgedRow[]): void {
  expect(rows.length).toBeGreaterThan(0);
  expect(shown(rows.filter(({ judgement }) => (judgement?.skipped ?? 0) > 0))).toEqual([]);
  const readsMoreThan = ({ row, judgement }: JudgedRow) =>
    (judgement?.redelivered ?? 0) > Number(row.translation === 'exact' ? 0n : (row.redeliveredMax ?? 0n));
  const proven = rows.filter(({ row }) => row.translation === 'exact' || row.translation === 'bounded');
  expect(shown(proven.filter(readsMoreThan))).toEqual([]);
}

/** All of them committed, and exact. */
export function expectExact(rows: readonly JudgedRow[]): void {
  expectTrue(rows);
  expect(shown(rows.filter(({ row }) => row.translation !== 'exact' || row.delta !== 0n))).toEqual([]);
}
