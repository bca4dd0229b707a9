/**
 * Whether `__consumer_offsets` exists. A look-up of a coordinator would create it, and reads create nothing
 * (invariant K).
 */
import type { GroupListing } from '../../operations/ports.ts';
import type { ClusterMetadata } from './cluster-metadata.ts';

export const OFFSETS_TOPIC = '__consumer_offsets';

/** `unknown`: the principal may not describe the topic, and no group that it may see speaks for it. */
export type OffsetsTopicState = 'present' | 'absent' | 'unknown';

export class OffsetsTopic {
  readonly #metadata: ClusterMetadata;
  readonly #listGroups: () => Promise<GroupListing>;
  #present = false;

  constructor(metadata: ClusterMetadata, listGroups: () => Promise<GroupListing>) {
    this.#metadata = metadata;
    this.#listGroups = listGroups;
  }

  async state(): Promise<OffsetsTopicState> {
    if (this.#present) return 'present';
    const state = await this.#look();
    this.#present = state === 'present';
    return state;
  }

  async #look(): Promise<OffsetsTopicState> {
    const error = (await this.#metadata.describeTopics([OFFSETS_TOPIC])).get(OFFSETS_TOPIC)?.error;
    if (error === null) return 'present';
    const namedItself = await this.#metadata.canNameTopics();
    if (error === 'UNKNOWN_TOPIC_OR_PARTITION' && namedItself) return 'absent';
    const { groups, missingBrokers } = await this.#listGroups();
    if (groups.length > 0) return 'present';
    // Brokers before 0.11 either list all groups or refuse.
    return !namedItself && missingBrokers.length === 0 ? 'absent' : 'unknown';
  }
}
