/** Which broker coordinates a group; looked up in batches and remembered until it proves wrong. */

import { batchesOf } from './batches.ts';
import type { BrokerConnections } from './broker-connections.ts';
import type { KafkaErrorName } from './protocol/error-names.ts';
import { type CoordinatorEntry, FIND_COORDINATOR_MANY, findCoordinatorRequest } from './protocol/find-coordinator.ts';
import { commonVersion } from './protocol/request.ts';
import { forEachLimit } from './retry.ts';

export type Coordinator =
  | { readonly kind: 'found'; readonly nodeId: number }
  | { readonly kind: 'error'; readonly error: KafkaErrorName };

const GROUPS_AT_ONCE = 1_000;
const BATCHES_IN_FLIGHT = 4;
const SINGLES_IN_FLIGHT = 32;

export class Coordinators {
  readonly #connections: BrokerConnections;
  readonly #refreshBrokers: () => Promise<unknown>;
  readonly #known = new Map<string, number>();

  constructor(connections: BrokerConnections, refreshBrokers: () => Promise<unknown>) {
    this.#connections = connections;
    this.#refreshBrokers = refreshBrokers;
  }

  /**
   * One entry for every group. The broker asked creates `__consumer_offsets` if it is absent: readers must not call
   * this then. Throws MigrationError when no broker can be asked.
   */
  async find(groupIds: readonly string[]): Promise<ReadonlyMap<string, Coordinator>> {
    const failures = new Map<string, KafkaErrorName>();
    const unknown = groupIds.filter((groupId) => !this.#known.has(groupId));
    for (const { groupId, error, nodeId } of await this.#lookUp(unknown)) {
      if (error === null) this.#known.set(groupId, nodeId);
      else failures.set(groupId, error);
    }
    // A coordinator may be a broker that joined after the last look at the cluster.
    const live = new Set(this.#connections.brokerIds);
    if ([...this.#known.values()].some((nodeId) => !live.has(nodeId))) await this.#refreshBrokers();
    return new Map(groupIds.map((groupId) => [groupId, this.#coordinator(groupId, failures)]));
  }

  /** The group's coordinator moved or did not answer: look it up again next time. */
  forget(groupId: string): void {
    this.#known.delete(groupId);
  }

  #coordinator(groupId: string, failures: ReadonlyMap<string, KafkaErrorName>): Coordinator {
    const nodeId = this.#known.get(groupId);
    if (nodeId !== undefined) return { kind: 'found', nodeId };
    return { kind: 'error', error: failures.get(groupId) ?? 'COORDINATOR_NOT_AVAILABLE' };
  }

  async #lookUp(groupIds: readonly string[]): Promise<readonly CoordinatorEntry[]> {
    if (groupIds.length === 0) return [];
    const request = findCoordinatorRequest([]);
    const version = commonVersion(request, (await this.#connections.versions('any')).get(request.apiKey));
    const many = version !== null && version >= FIND_COORDINATOR_MANY;
    const found: CoordinatorEntry[] = [];
    const batches = batchesOf(groupIds, many ? GROUPS_AT_ONCE : 1, () => 1);
    await forEachLimit(batches, many ? BATCHES_IN_FLIGHT : SINGLES_IN_FLIGHT, async (batch) => {
      found.push(...(await this.#connections.send('any', findCoordinatorRequest(batch))));
    });
    return found;
  }
}
