/** All groups of a cluster: each broker lists those that it coordinates. */
import type { ListedGroup } from '../../domain/groups.ts';
import { MigrationError } from '../../errors.ts';
import type { GroupListing } from '../../operations/ports.ts';
import { batchesOf } from './batches.ts';
import type { BrokerConnections } from './broker-connections.ts';
import type { ClusterMetadata } from './cluster-metadata.ts';
import { describeGroupsRequest } from './protocol/describe-groups.ts';
import type { KafkaErrorName } from './protocol/error-names.ts';
import { type GroupEntry, listGroupsRequest } from './protocol/list-groups.ts';
import type { ApiVersions } from './protocol/request.ts';
import { retryRounds } from './retry.ts';

/** Brokers with this API know more types than `classic`. */
const CONSUMER_GROUP_HEARTBEAT = 68;
const DESCRIBED_AT_ONCE = 200;
const RETRIABLE: ReadonlySet<KafkaErrorName> = new Set(['COORDINATOR_LOAD_IN_PROGRESS', 'COORDINATOR_NOT_AVAILABLE']);

type BrokerAnswer =
  | { readonly kind: 'groups'; readonly groups: readonly ListedGroup[] }
  | { readonly kind: 'missing'; readonly reason: string; readonly retriable: boolean };

/** A broker that does not answer within the deadline is reported: its groups are unknown, not absent. */
export async function listGroups(
  connections: BrokerConnections,
  metadata: ClusterMetadata,
  timeoutMs: number,
): Promise<GroupListing> {
  const { brokers } = await metadata.describeCluster();
  const answers = await Promise.all(
    brokers.map(async ({ nodeId }) => ({ nodeId, answer: await askUntilDeadline(connections, nodeId, timeoutMs) })),
  );
  const groups = new Map<string, ListedGroup>();
  const answeredBrokers = new Set<number>();
  const missingBrokers: { nodeId: number; reason: string }[] = [];
  for (const { nodeId, answer } of answers) {
    if (answer.kind === 'missing') {
      missingBrokers.push({ nodeId, reason: answer.reason });
      continue;
    }
    answeredBrokers.add(nodeId);
    for (const group of answer.groups) {
      // Two brokers may list a group that moves between them; what is not Empty must not be hidden.
      if (groups.get(group.groupId)?.state === undefined || group.state !== 'Empty') groups.set(group.groupId, group);
    }
  }
  return { groups: [...groups.values()], answeredBrokers, missingBrokers };
}

async function askUntilDeadline(
  connections: BrokerConnections,
  nodeId: number,
  timeoutMs: number,
): Promise<BrokerAnswer> {
  const { clock } = connections.options;
  let last: BrokerAnswer = { kind: 'missing', reason: `no answer within ${timeoutMs / 1_000} s`, retriable: true };
  const asking = retryRounds(
    [nodeId],
    async () => {
      last = await askOnce(connections, nodeId);
      return last.kind === 'missing' && last.retriable ? [{ item: nodeId, error: last.reason }] : [];
    },
    { clock, timeoutMs },
  );
  const timer = new AbortController();
  try {
    await Promise.race([asking, clock.sleep(timeoutMs, timer.signal)]);
  } finally {
    timer.abort();
    asking.catch(() => {});
  }
  return last;
}

async function askOnce(connections: BrokerConnections, nodeId: number): Promise<BrokerAnswer> {
  try {
    const { error, groups } = await connections.send(nodeId, listGroupsRequest);
    if (error !== null) return { kind: 'missing', reason: error, retriable: RETRIABLE.has(error) };
    return { kind: 'groups', groups: await describeEntries(connections, nodeId, groups) };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    return { kind: 'missing', reason: error.message, retriable: error.retriable };
  }
}

async function describeEntries(
  connections: BrokerConnections,
  nodeId: number,
  entries: readonly GroupEntry[],
): Promise<readonly ListedGroup[]> {
  const type = defaultType(await connections.versions(nodeId));
  const states = await statesOf(connections, nodeId, entries);
  return entries.map((entry) => ({
    groupId: entry.groupId,
    state: entry.state ?? states.get(entry.groupId) ?? '',
    type: entry.type === null ? type : entry.type.toLowerCase(),
    protocolType: entry.protocolType,
  }));
}

function defaultType(versions: ApiVersions): 'classic' | 'unknown' {
  return versions.has(CONSUMER_GROUP_HEARTBEAT) ? 'unknown' : 'classic';
}

/** States from DescribeGroups, for groups that were listed without; a group with an error there stays without. */
async function statesOf(
  connections: BrokerConnections,
  nodeId: number,
  entries: readonly GroupEntry[],
): Promise<ReadonlyMap<string, string>> {
  const states = new Map<string, string>();
  const stateless = entries.filter(({ state }) => state === null).map(({ groupId }) => groupId);
  for (const groupIds of batchesOf(stateless, DESCRIBED_AT_ONCE, () => 1)) {
    for (const { groupId, error, state } of await connections.send(nodeId, describeGroupsRequest(groupIds))) {
      if (error === null) states.set(groupId, state);
    }
  }
  return states;
}
