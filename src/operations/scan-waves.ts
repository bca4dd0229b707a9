/**
 * Positions are taken in waves, so that the images of a wave fit into memory whatever the number of groups and
 * partitions. Positions of a partition go upwards: neighbours share their brackets.
 */

import { PartitionTranslator } from '../domain/offsets/bracket/partition-translator.ts';
import type { LogSlice } from '../domain/offsets/bracket/record-image.ts';
import type { ComparedPartition } from './compared-partitions.ts';

/** One partition in one wave. Its translator forgets its records with the wave. */
export interface ScanJob {
  readonly partition: ComparedPartition;
  readonly translator: PartitionTranslator;
  readonly positions: readonly bigint[];
}

export interface Wave {
  readonly jobs: readonly ScanJob[];
  /** What is left for later waves. */
  readonly rest: readonly ComparedPartition[];
}

/** At least one position, and as many as fit: each record that a wave reads is an image in memory. */
export function takeWave(queue: readonly ComparedPartition[], maxImages: number): Wave {
  const jobs: ScanJob[] = [];
  let room = maxImages;
  for (const [index, partition] of queue.entries()) {
    const translator = new PartitionTranslator(partition.facts);
    if (partition.alone) {
      if (jobs.length > 0) return { jobs, rest: queue.slice(index) };
      return { jobs: [{ partition, translator, positions: partition.positions }], rest: queue.slice(index + 1) };
    }
    const cost = new ScanCost();
    let taken = 0;
    for (const position of partition.positions) {
      const missing = translator.missing(position);
      const more = cost.of(missing);
      const isFirst = jobs.length === 0 && taken === 0;
      if (more > room && !isFirst) break;
      room = Math.max(0, room - more);
      cost.take(missing);
      taken++;
    }
    if (taken > 0) jobs.push({ partition, translator, positions: partition.positions.slice(0, taken) });
    if (taken < partition.positions.length) {
      const left = { ...partition, positions: partition.positions.slice(taken) };
      return { jobs, rest: [left, ...queue.slice(index + 1)] };
    }
  }
  return { jobs, rest: [] };
}

/** Counts offsets once that ascending slices share; an offset is at most one record. */
class ScanCost {
  readonly #taken = { source: -1n, target: -1n };

  of(slices: readonly LogSlice[]): number {
    return slices.reduce((sum, { side, from, to }) => {
      const begin = from < this.#taken[side] ? this.#taken[side] : from;
      return to > begin ? sum + Number(to - begin) : sum;
    }, 0);
  }

  take(slices: readonly LogSlice[]): void {
    for (const { side, to } of slices) if (to > this.#taken[side]) this.#taken[side] = to;
  }
}

/** The same offsets in as few slices as possible, each offset once. */
export function mergeSlices(slices: readonly LogSlice[]): readonly LogSlice[] {
  const merged: LogSlice[] = [];
  for (const slice of [...slices].sort(bySideAndStart)) {
    const last = merged.at(-1);
    if (last === undefined || last.side !== slice.side || slice.from > last.to) merged.push(slice);
    else if (slice.to > last.to) merged[merged.length - 1] = { ...last, to: slice.to };
  }
  return merged;
}

function bySideAndStart(a: LogSlice, b: LogSlice): number {
  if (a.side !== b.side) return a.side < b.side ? -1 : 1;
  return a.from < b.from ? -1 : a.from > b.from ? 1 : 0;
}
