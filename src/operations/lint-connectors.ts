/** Lints connector configs with what can be known: the files, the worker's version, both clusters as far as they answer. */
import type { ConnectorConfig } from '../domain/connectors/connector-config.ts';
import { type LintIgnore, lintConnectors } from '../domain/connectors/lint/lint.ts';
import type { LiveConnector } from '../domain/connectors/lint/live-connectors.ts';
import type { AskedFor } from '../domain/connectors/lint/wishes.ts';
import type { Finding } from '../domain/finding.ts';
import type { SlowRegex } from '../domain/java-regex.ts';
import { MigrationError } from '../errors.ts';
import type { ClusterReader, Log } from './ports.ts';

export interface LintRequest {
  readonly connectors: readonly ConnectorConfig[];
  /** Properties files of Connect workers that stand beside them. */
  readonly workers?: readonly ConnectorConfig[];
  /** What would be generated from the inputs; null where that is not known. */
  readonly asked?: AskedFor | null;
  /** True when this action commits group offsets in this migration. */
  readonly actionSyncsGroups: boolean;
  readonly ignore: readonly LintIgnore[];
  readonly source: ClusterReader | null;
  readonly target: ClusterReader | null;
  /** Matches patterns that no linear engine can express. */
  readonly slowRegex?: SlowRegex;
  readonly log: Log;
}

/** By the files alone: what a run without any secret can say. */
export function lintFiles(request: Omit<LintRequest, 'source' | 'target' | 'log'>): readonly Finding[] {
  const { connectors, workers, asked, actionSyncsGroups, ignore, slowRegex } = request;
  const nothing = { workerVersion: null, brokers: { source: null, target: null }, topics: null, groups: null };
  return lintConnectors({ connectors, workers, asked, actionSyncsGroups, ignore, slowRegex, ...nothing });
}

/**
 * With all that answers. What does not is left out, and the rules that need it say nothing: a lint refuses nothing for
 * want of a right. @param workerVersion null when no worker was asked. @param live what the plan leaves on the
 * worker; null when that was not read. @param resting names of connectors that an apply leaves paused or stopped.
 */
export async function lintDesired(
  request: LintRequest,
  workerVersion: string | null,
  live: readonly LiveConnector[] | null = null,
  resting: ReadonlySet<string> = new Set(),
): Promise<readonly Finding[]> {
  const { connectors, workers, actionSyncsGroups, ignore, source, target, log } = request;
  const attempt = <T>(what: string, read: () => Promise<T>) => ifAnswered(log, what, read);
  const [sourceBrokers, targetBrokers, topics, groups] = await Promise.all([
    source && attempt("the source's brokers", () => brokerCount(source)),
    target && attempt("the target's brokers", () => brokerCount(target)),
    source && attempt("the source's topics", () => topicNames(source)),
    source && attempt("the source's groups", () => groupNames(source)),
  ]);
  return lintConnectors({
    connectors,
    live,
    resting,
    workers,
    asked: request.asked,
    actionSyncsGroups,
    ignore,
    slowRegex: request.slowRegex,
    workerVersion,
    brokers: { source: sourceBrokers, target: targetBrokers },
    topics,
    groups,
  });
}

async function ifAnswered<T>(log: Log, what: string, read: () => Promise<T>): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    log.info(`Linted without ${what}, which could not be read: ${error.message}`);
    return null;
  }
}

async function brokerCount(cluster: ClusterReader): Promise<number> {
  return (await cluster.describeCluster()).brokers.length;
}

async function topicNames(cluster: ClusterReader): Promise<readonly string[]> {
  return [...(await cluster.listTopics()).keys()].sort();
}

/** Those that MM2 lists; null when a broker did not answer, for a group that is not seen is not absent. */
async function groupNames(cluster: ClusterReader): Promise<readonly string[] | null> {
  const { groups, missingBrokers } = await cluster.listGroups();
  if (missingBrokers.length > 0) return null;
  return groups
    .filter(({ type, protocolType }) => type !== 'share' && (protocolType === '' || protocolType === 'consumer'))
    .map(({ groupId }) => groupId)
    .sort();
}
