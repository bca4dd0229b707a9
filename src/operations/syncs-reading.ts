/** MM2's offset syncs, read in the middle of an observation, and what came of it. */
import { topicsOf } from '../domain/topic-partition.ts';
import { MigrationError } from '../errors.ts';
import type { PassRequest } from './observe-pass.ts';
import { type OffsetSyncsView, readOffsetSyncs } from './read-internal-topics.ts';

export class SyncsReading {
  /** What was refused, where records can be compared without them, only further. */
  refusal: MigrationError | null = null;
  readonly #request: PassRequest;
  #view: OffsetSyncsView | null = null;

  constructor(request: PassRequest) {
    this.#request = request;
  }

  async read(): Promise<OffsetSyncsView | null> {
    const { clusters, policy, comparison } = this.#request;
    if (clusters.source === null) return null;
    const side = policy.offsetSyncsTopicSide === 'source' ? clusters.source : clusters.target;
    try {
      this.#view = await readOffsetSyncs(side, policy);
    } catch (error) {
      const refused = error instanceof MigrationError && error.code === 'KAFKA_AUTHORIZATION';
      if (comparison === null || !refused) throw error;
      this.refusal = error;
      this.#view = { kind: 'unreadable', why: error.message };
    }
    return this.#view;
  }

  /** Topics of the source that MM2 has written offset syncs for. */
  topics(): ReadonlySet<string> {
    return topicsOf(this.#view?.kind === 'read' ? this.#view.syncs.keys() : []);
  }
}
