/** Invariant K, before anything is written: the clusters are the ones meant, and they are two. */
import { MigrationError } from '../errors.ts';
import type { ClusterReader } from './ports.ts';

export interface ExpectedCluster {
  readonly reader: ClusterReader;
  /** Pin from the inputs; null when not given. */
  readonly pinnedId: string | null;
}

export interface ClusterIds {
  readonly source: string | null;
  readonly target: string | null;
}

/** Errors: MigrationError(CLUSTER_MISMATCH) naming both values. */
export async function identifyClusters(
  source: ExpectedCluster | null,
  target: ExpectedCluster | null,
): Promise<ClusterIds> {
  const [sourceId, targetId] = await Promise.all([identify(source), identify(target)]);
  if (sourceId !== null && sourceId === targetId) {
    throw new MigrationError(
      'CLUSTER_MISMATCH',
      `source-bootstrap-servers and target-bootstrap-servers lead to the same cluster (cluster id ${sourceId}).`,
      { hint: 'Give the brokers of two different clusters.' },
    );
  }
  return { source: sourceId, target: targetId };
}

async function identify(expected: ExpectedCluster | null): Promise<string | null> {
  if (expected === null) return null;
  const { clusterId } = await expected.reader.describeCluster();
  const { side } = expected.reader;
  if (expected.pinnedId !== null && expected.pinnedId !== clusterId) {
    throw new MigrationError(
      'CLUSTER_MISMATCH',
      `${side}-cluster-id: expected ${expected.pinnedId}, the brokers of ${side}-bootstrap-servers answer as ${clusterId ?? 'a cluster without an id'}.`,
      { hint: `Correct ${side}-bootstrap-servers or ${side}-cluster-id. Nothing was written.` },
    );
  }
  return clusterId;
}
