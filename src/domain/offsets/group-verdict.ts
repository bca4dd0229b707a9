import type { GroupVerdict } from '../verdicts.ts';
import type { PartitionOutcome } from './partition-outcome.ts';

/**
 * One word for a group, worst partition first: failed, active, unknown (something pending or unverified), blocked
 * (a skip by design), else ready: nothing speaks against any observed partition, be it in place or only planned. People
 * are shown the report's offset-status.ts, which tells the two apart.
 */
export function judgeGroup(partitions: readonly PartitionOutcome[]): GroupVerdict {
  if (partitions.some((p) => p.verdict === 'failed')) return 'failed';
  if (partitions.some((p) => p.reason === 'group-active' || p.reason === 'group-active-standalone')) return 'active';
  if (partitions.some((p) => p.verdict === 'pending' || p.reason === 'checkpoint-unverified')) return 'unknown';
  if (partitions.some((p) => p.verdict === 'skipped')) return 'blocked';
  return 'ready';
}
