import type { ClusterAddress } from '../../../src/testbed/client.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import type { Witness } from '../../support/witness.ts';

/** Partition 0 of a topic that Java producers write, with the offset at which each id lies. */
export class WrittenLog {
  readonly topic: string;
  readonly #witness: Witness;
  readonly #cluster: ClusterAddress;
  readonly #offsets = new Map<string, bigint>();
  #end = 0n;

  constructor(witness: Witness, cluster: ClusterAddress, topic: string) {
    this.#witness = witness;
    this.#cluster = cluster;
    this.topic = topic;
  }

  get end(): bigint {
    return this.#end;
  }

  /** By a producer of its own; an id that was written before lies further back from then on. */
  async plain(ids: readonly string[]): Promise<void> {
    await this.#witness.produce(this.#cluster, { topic: this.topic, partition: 0, ids });
    this.#take(ids);
  }

  async transaction(ids: readonly string[], outcome: 'commit' | 'abort'): Promise<void> {
    const transactionalId = `${this.topic}-${this.#end}`;
    const records = { topic: this.topic, partition: 0, ids };
    const open = await this.#witness.openTransaction(this.#cluster, { transactionalId, records });
    await open.end(outcome);
    if (outcome === 'commit') this.#take(ids);
    else this.#end += BigInt(ids.length);
    this.#end += 1n;
    await this.#marked();
  }

  /** The coordinator answers before it has written the marker: what is produced at once may come to lie before it. */
  async #marked(): Promise<void> {
    const look = async () => {
      const [partition] = await this.#witness.logOffsets(this.#cluster, this.topic);
      const stable = partition?.lastStable ?? 0n;
      return stable === this.#end ? { done: undefined } : { seen: `last stable offset ${stable} of ${this.#end}` };
    };
    await waitFor(`the marker in ${this.topic}`, look, { timeoutMs: 60_000, intervalMs: 20 });
  }

  /** The ids that a consumer at this offset has to read. */
  idsFrom(offset: bigint): readonly string[] {
    return [...this.#offsets].filter(([, at]) => at >= offset).map(([id]) => id);
  }

  #take(ids: readonly string[]): void {
    for (const id of ids) {
      this.#offsets.set(id, this.#end);
      this.#end += 1n;
    }
  }
}
