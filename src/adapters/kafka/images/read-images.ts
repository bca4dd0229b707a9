/**
 * Images of many slices of many partitions. What a leader can't give now is asked for again in rounds, with fresh
 * leaders, for as long as anything moves and 30 s more; then it is unreadable (invariant D).
 */
import type { ImageRequest, ImageSlice } from '../../../operations/ports.ts';
import { groupBy } from '../batches.ts';
import { errorNameOf } from '../kafka-error.ts';
import { Patience } from '../log/patience.ts';
import { isPassing } from '../log/read-error.ts';
import { NO_LEADER, type PartitionLeaders } from '../partition-leaders.ts';
import type { ScanRate } from '../scan-rate.ts';
import { throwIfAborted, unlessAborted } from './cancellation.ts';
import { FetchSizes } from './fetch-sizes.ts';
import { ImageRun } from './image-run.ts';
import type { ImageSource } from './image-source.ts';
import { type ReadContext, type RoundResult, readFromLeader } from './leader-reads.ts';
import { planRuns } from './plan-runs.ts';

/**
 * One answer for each request, in their order. Errors of a slice are data; MigrationError(CANCELLED) when the signal
 * aborts, and the connection's error when no retry helps or no broker at all can be asked.
 */
export async function readImages(
  source: ImageSource,
  rate: ScanRate,
  requests: readonly ImageRequest[],
  signal: AbortSignal,
  onRead: ReadContext['onRead'] = () => {},
): Promise<readonly ImageSlice[]> {
  throwIfAborted(signal);
  const ranges = await unlessAborted(source.logRanges(requests), signal);
  const { runs: planned, settled } = planRuns(requests, ranges);
  const runs = planned.map((run) => new ImageRun(run));
  await readRuns({ source, rate, signal, onRead, sizes: new FetchSizes() }, runs);
  const answers = new Map(settled);
  for (const run of runs) for (const [index, slice] of run.answers()) answers.set(index, slice);
  return requests.map((_, index) => answers.get(index) ?? { kind: 'unreadable', error: 'UNKNOWN_SERVER_ERROR' });
}

async function readRuns(context: ReadContext, runs: readonly ImageRun[]): Promise<void> {
  const patience = new Patience(context.source.clock);
  let left = runs;
  while (left.length > 0) {
    const round = await readRound(context, left);
    left = round.left;
    if (round.moved) patience.renew();
    if (left.length > 0 && !(await patience.wait(round.throttleTimeMs, context.signal))) return;
  }
}

async function readRound(context: ReadContext, runs: readonly ImageRun[]): Promise<RoundResult> {
  const { source, signal } = context;
  try {
    const raised = await unlessAborted(raiseToLogStart(source, runs), signal);
    const pending = runs.filter(({ done }) => !done);
    const leaders = await unlessAborted(source.leaders(pending), signal);
    const result = await readFromLeaders(context, leaders, pending);
    return { ...result, moved: result.moved || raised };
  } catch (error) {
    if (signal.aborted) throw error;
    const name = errorNameOf(error);
    for (const run of runs) run.trouble = name;
    return { left: runs, moved: false, throttleTimeMs: 0 };
  }
}

/** Runs whose position was refused go on at the log start, where that is why; true when any of them does. */
async function raiseToLogStart(source: ImageSource, runs: readonly ImageRun[]): Promise<boolean> {
  const refused = runs.filter(({ trouble }) => trouble === 'OFFSET_OUT_OF_RANGE');
  if (refused.length === 0) return false;
  const ranges = await source.logRanges(refused);
  let raised = false;
  for (const run of refused) {
    const range = ranges.get(run.key);
    if (range?.kind !== 'range' || run.position >= range.logStart) continue;
    run.raiseTo(range.logStart);
    raised = true;
  }
  return raised;
}

async function readFromLeaders(
  context: ReadContext,
  leaders: PartitionLeaders,
  runs: readonly ImageRun[],
): Promise<RoundResult> {
  const left: ImageRun[] = [];
  const perLeader = groupBy(runs, ({ key }) => leaders.get(key) ?? NO_LEADER);
  const reading = [...perLeader].map(([leader, led]) => {
    if (typeof leader === 'number') return [readFromLeader(context, leader, led)];
    for (const run of led) run.trouble = leader;
    if (isPassing(leader)) left.push(...led);
    return [];
  });
  const results = await Promise.allSettled(reading.flat());
  const rounds = results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
  return {
    left: [...left, ...rounds.flatMap((round) => round.left)],
    moved: rounds.some(({ moved }) => moved),
    throttleTimeMs: Math.max(0, ...rounds.map(({ throttleTimeMs }) => throttleTimeMs)),
  };
}
