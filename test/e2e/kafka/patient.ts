import type { ClusterOptions } from '../../../src/adapters/kafka/cluster.ts';

/** For what is asked once and asserted: a broker or a test that stands still for a while is none of its matter. */
export const PATIENT = {
  connectTimeoutMs: 60_000,
  requestTimeoutMs: 120_000,
  deadlineMs: 180_000,
} as const satisfies Partial<ClusterOptions>;
