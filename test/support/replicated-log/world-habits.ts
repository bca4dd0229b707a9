/** What is usual in one world, drawn from its seed: percentages, unless named otherwise. */
import type { MirrorHabits } from './mirror-model.ts';

export interface Habits extends MirrorHabits {
  /** Number of keys, and of values; 0 values: every record is unique. */
  readonly keys: number;
  readonly values: number;
  readonly keyless: number;
  readonly timePasses: number;
  readonly withHeaders: number;
  readonly transactions: number;
  readonly compactsSource: number;
  readonly compactsTarget: number;
  readonly trimsSource: number;
  readonly trimsTarget: number;
  readonly restarts: number;
  readonly foreign: number;
  readonly recreates: number;
  readonly compactsSyncs: number;
  readonly sourceTimestamps: 'create' | 'none';
  readonly targetTimestamps: 'create' | 'append';
}

type Below = (limit: number) => number;

export function habitsOf(below: Below, losesFirstSyncs: boolean): Habits {
  const one = <T>(...of: readonly T[]): T => of[below(of.length)] as T;
  const compacted = one(0, 0, 60);
  const sourceTimestamps = one('create', 'create', 'create', 'none' as const);
  const targetTimestamps = one('create', 'create', 'create', 'append' as const);
  const headersAlter = one('', '', '', 'drop', 'garble');
  const leftOut = one(0, 0, 0, 0, 1);
  return {
    keys: one(1, 2, 4),
    values: one(0, 0, 1, 2, 4),
    keyless: compacted > 0 ? 0 : one(0, 100, 30),
    timePasses: one(0, 10, 50, 100),
    withHeaders: one(0, 0, 50, 100),
    transactions: one(0, 0, 30, 100),
    compactsSource: compacted,
    compactsTarget: compacted > 0 ? one(60, 60, 0) : 0,
    trimsSource: one(0, 0, 60),
    trimsTarget: one(0, 0, 60),
    restarts: one(0, 0, 100),
    foreign: one(0, 0, 0, 100),
    recreates: one(0, 0, 100),
    compactsSyncs: one(0, 0, 100),
    blockedSyncs: one(0, 0, 30, 80),
    lostSyncs: one(0, 0, 0, 30),
    losesFirstSyncs,
    exactlyOnce: one(0, 0, 0, 1) === 1,
    sourceTimestamps,
    targetTimestamps,
    alterHeaders: (headers) => alterHeaders(headersAlter, headers),
    leavesOut: (value) => leftOut > 0 && value % 3 === leftOut,
    stamp: (timestamp) => (targetTimestamps === 'append' || timestamp < 0 ? 5_000 : timestamp),
  };
}

function alterHeaders(how: string, headers: string): string {
  if (how === 'drop') return '';
  return how === 'garble' && headers !== '' ? `~${headers}` : headers;
}
