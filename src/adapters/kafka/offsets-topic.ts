/**
 * Whether `__consumer_offsets` exists. A look-up of a coordinator would create it, and reads create nothing
 * (invariant K).
 */
import type { GroupListing, GroupOffsets, OffsetsQuery } from '../../operations/ports.ts';
import type { ClusterMetadata } from './cluster-metadata.ts';

export const OFFSETS_TOPIC = '__consumer_offsets';

/** `unknown`: the principal may not describe the topic, and no group that it may see speaks for it. */
export type OffsetsTopicState = 'present' | 'absent' | 'unknown';

export interface OffsetsTopicContext {
  readonly metadata: ClusterMetadata;
  listGroups(): Promise<GroupListing>;
  /** OffsetFetch to this broker, whoever the coordinator is. */
  fetchFrom(nodeId: number, queries: readonly OffsetsQuery[]): Promise<readonly GroupOffsets[]>;
}

const PROBED_GROUPS = 100;

export class OffsetsTopic {
  readonly #context: OffsetsTopicContext;
  #present = false;
  #refusesGroups = false;

  constructor(context: OffsetsTopicContext) {
    this.#context = context;
  }

  /** `queries`: groups that somebody wants to read; they serve as probes when nothing else tells. */
  async state(queries: readonly OffsetsQuery[]): Promise<OffsetsTopicState> {
    if (this.#present) return 'present';
    const state = await this.#look(queries);
    this.#present = state === 'present';
    return state;
  }

  /** After `unknown`: the principal may describe none of the groups that were asked for. */
  get refusesGroups(): boolean {
    return this.#refusesGroups;
  }

  async #look(queries: readonly OffsetsQuery[]): Promise<OffsetsTopicState> {
    const { metadata } = this.#context;
    const error = (await metadata.describeTopics([OFFSETS_TOPIC])).get(OFFSETS_TOPIC)?.error;
    if (error === null) return 'present';
    const namedItself = await metadata.canNameTopics();
    if (error === 'UNKNOWN_TOPIC_OR_PARTITION' && namedItself) return 'absent';
    const { groups, missingBrokers, answeredBrokers } = await this.#context.listGroups();
    if (groups.length > 0) return 'present';
    // Brokers before 0.11 either list all groups or refuse.
    if (!namedItself && missingBrokers.length === 0) return 'absent';
    return (await this.#someBrokerCoordinates([...answeredBrokers], queries)) ? 'present' : 'unknown';
  }

  /** Only the coordinator of a group answers for it, and asking a broker directly looks nobody up. */
  async #someBrokerCoordinates(nodeIds: readonly number[], queries: readonly OffsetsQuery[]): Promise<boolean> {
    const probes = queries.slice(0, PROBED_GROUPS);
    const answers = await Promise.all(nodeIds.map((nodeId) => this.#context.fetchFrom(nodeId, probes)));
    const errors = answers.flat().map(({ error }) => error);
    this.#refusesGroups = errors.length > 0 && errors.every((error) => error === 'GROUP_AUTHORIZATION_FAILED');
    return errors.includes(null);
  }
}
