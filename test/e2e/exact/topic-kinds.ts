/** One migration of small topics, each of a kind that the rule has to get right; written, copied and changed in order. */
import type { BedAddresses } from '../../../src/testbed/bed.ts';
import { mm2Connectors, putConnectors, targetTopic, waitForReplication } from '../../../src/testbed/mm2.ts';
import { createTopics, deleteRecords } from '../../../src/testbed/topics.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import type { Migration } from '../../support/migration.ts';
import type { Witness } from '../../support/witness.ts';
import { WrittenLog } from '../formats/written-log.ts';
import { type RecordOf, repeatingRecord, SmallLog, uniqueRecord } from './small-topics.ts';
import type { IdAt } from './truth.ts';

type Config = Readonly<Record<string, string>>;

/** A segment is closed by the next write, and only closed ones are compacted. */
const COMPACT: Config = {
  'cleanup.policy': 'compact',
  'segment.ms': '1',
  'min.cleanable.dirty.ratio': '0.01',
  'delete.retention.ms': '600000',
};
const COMPACTED = { timeoutMs: 240_000, intervalMs: 1_000 };
const APPEND_TIME: Config = { 'message.timestamp.type': 'LogAppendTime' };
const compressed = (codec: string): Config => ({ 'compression.type': codec });

interface KindSpec {
  readonly source?: Config;
  /** Made before MM2, which takes what it finds. Without it MM2 makes the topic, with the source's config. */
  readonly target?: Config;
  readonly record?: RecordOf;
}

export const FIRST_PART = 600;
const SECOND_PART = 600;
/** Written once the others are copied, so that the target closes their segments. */
const THIRD_PART = 100;

/** Every third record has one of ten keys, but for the last batch of each part, which closes the segment before it. */
const hotKeys: RecordOf = (index) => {
  const isHot = index % 3 === 0 && index % FIRST_PART < FIRST_PART - 100 && index < FIRST_PART + SECOND_PART;
  return { key: isHot ? `hot-${index % 30}` : `once-${index}`, value: `id-${index}` };
};
const hotAtFirst: RecordOf = (index) => (index < FIRST_PART ? hotKeys(index) : uniqueRecord(index));
const withTombstones: RecordOf = (index) => ({ key: `key-${index}`, value: index % 4 === 1 ? null : `id-${index}` });
/** Runs of seven records without a key, with one value and one timestamp, each run another one. */
export const RUN = 7;
/** Of today, or else retention takes them. */
const RUNS_BEGAN = Date.now();
const inRuns: RecordOf = (index) => {
  const run = Math.floor(index / RUN);
  return { key: null, value: `run-${run}`, timestamp: String(RUNS_BEGAN + run) };
};
const withHeaders: RecordOf = (index) => ({ ...uniqueRecord(index), headers: { trace: `t-${index}`, kind: 'order' } });

/** Kinds of which each usual place must be translated exactly. */
export const UNIQUE_KINDS = {
  plain: {},
  gzip: { source: compressed('gzip') },
  snappy: { source: compressed('snappy') },
  lz4: { source: compressed('lz4') },
  zstd: { source: compressed('zstd') },
  'holes-on-source': { source: COMPACT, target: {}, record: hotAtFirst },
  'holes-on-target': { target: COMPACT, record: hotKeys },
  'holes-on-both': { source: COMPACT, target: COMPACT, record: hotKeys },
  tombstones: { record: withTombstones },
  'tombstones-compacted': { source: COMPACT, target: COMPACT, record: withTombstones },
  headers: { record: withHeaders },
  'append-time-source': { source: APPEND_TIME },
  'append-time-target': { target: APPEND_TIME },
  'append-time-both': { source: APPEND_TIME, target: APPEND_TIME },
  trimmed: {},
} as const satisfies Record<string, KindSpec>;

const OTHER_KINDS = {
  runs: { record: inRuns },
  // The broker's own timestamps say nothing, so that all equal records are alike.
  repeating: { target: APPEND_TIME, record: repeatingRecord },
  'repeating-compacted': { target: { ...COMPACT, ...APPEND_TIME }, record: repeatingRecord },
  'repeating-timed': { target: COMPACT, record: repeatingRecord },
  /** Compacted once it is copied: the target keeps what nobody can compare any more. */
  'compacted-later': { source: { ...COMPACT, 'cleanup.policy': 'delete' }, target: {}, record: hotKeys },
  'trimmed-later': {},
  'target-trimmed': {},
  empty: {},
} as const satisfies Record<string, KindSpec>;

const HOLES_ON_TARGET = ['holes-on-target', 'holes-on-both', 'repeating-compacted', 'repeating-timed'] as const;

export type Kind = keyof typeof UNIQUE_KINDS | keyof typeof OTHER_KINDS | 'transactional';

/** Log starts: of the source when MM2 begins, of the source and of the target when all is copied. */
export const TRIMMED_TO = { trimmed: 400, 'trimmed-later': 900, 'target-trimmed': 300 };

export class TopicKinds {
  readonly kinds: readonly Kind[];
  readonly #bed: BedAddresses;
  readonly #witness: Witness;
  readonly #migration: Migration;
  readonly #name: string;
  readonly #logs = new Map<Kind, SmallLog>();
  readonly #transactional: WrittenLog;

  constructor(bed: BedAddresses, witness: Witness, migration: Migration, name: string) {
    this.#bed = bed;
    this.#witness = witness;
    this.#migration = migration;
    this.#name = name;
    for (const [kind, spec] of specs()) {
      this.#logs.set(kind, new SmallLog(bed, this.topic(kind), spec.record));
    }
    this.#transactional = new WrittenLog(witness, bed.source, this.topic('transactional'));
    this.kinds = [...this.#logs.keys(), 'transactional'];
  }

  topic(kind: Kind): string {
    return `${this.#name}-${kind}`;
  }

  copy(kind: Kind): string {
    return targetTopic(this.topic(kind), this.#migration.mm2);
  }

  /** Ends with everything copied, compacted and trimmed. Only the source connector: there are no checkpoints. */
  async copyAll(): Promise<void> {
    await this.#create();
    await this.#write(FIRST_PART);
    await this.#trim(this.#bed.source, this.topic('trimmed'), TRIMMED_TO.trimmed);
    for (const kind of ['holes-on-source', 'holes-on-both'] as const) {
      await this.#untilCompacted(kind);
      // From here on it stays as it is.
      await this.#setPolicy(this.#bed.source, this.topic(kind), 'delete');
    }
    const [source] = mm2Connectors(this.#bed, this.#migration.mm2);
    await putConnectors(this.#bed.connectUrl, source === undefined ? [] : [source]);
    await this.#write(SECOND_PART);
    await this.#copied();
    await this.#write(THIRD_PART);
    await this.#copied();
    await this.#setPolicy(this.#bed.source, this.topic('compacted-later'), 'compact');
    for (const kind of HOLES_ON_TARGET) await this.#untilHoles(kind);
    await this.#untilCompacted('compacted-later');
    await this.#trim(this.#bed.source, this.topic('trimmed-later'), TRIMMED_TO['trimmed-later']);
    await this.#trim(this.#bed.target, this.copy('target-trimmed'), TRIMMED_TO['target-trimmed']);
  }

  /** Every record that was ever written, whether or not it is still there. */
  async written(kind: Kind): Promise<readonly IdAt[]> {
    const log = this.#logs.get(kind);
    if (log !== undefined) return log.written;
    const [now] = await this.#witness.readLog(this.#bed.source, this.topic(kind));
    return now?.records ?? [];
  }

  async #create(): Promise<void> {
    const [ours, theirs] = [specs(), specs().filter(([, { target }]) => target !== undefined)];
    await createTopics(this.#bed.source, [
      ...ours.map(([kind, { source }]) => ({ topic: this.topic(kind), config: source ?? {} })),
      { topic: this.topic('transactional') },
    ]);
    await createTopics(
      this.#bed.target,
      theirs.map(([kind, { target }]) => ({ topic: this.copy(kind), config: target ?? {} })),
    );
  }

  #setPolicy(cluster: BedAddresses['source'], topic: string, policy: 'compact' | 'delete'): Promise<void> {
    return this.#witness.setConfig(cluster, 'TOPIC', topic, { 'cleanup.policy': policy });
  }

  #copied(): Promise<void> {
    const topics = this.kinds.map((kind) => this.topic(kind));
    return waitForReplication(this.#bed, topics, { ...this.#migration.mm2, by: 'connect', timeoutMs: 180_000 });
  }

  async #write(count: number): Promise<void> {
    for (const [kind, log] of this.#logs) if (kind !== 'empty') await log.write(count);
    const ids = (part: string, n: number) =>
      Array.from({ length: n }, (_, index) => `${part}-${this.#transactional.end}-${index}`);
    for (let rounds = 0; rounds < 4; rounds += 1) {
      await this.#transactional.transaction(ids('committed', 70), 'commit');
      await this.#transactional.transaction(ids('aborted', 30), 'abort');
      // The last record is no marker: Connect stores no offset for those.
      await this.#transactional.plain(ids('plain', 50));
    }
  }

  #trim(cluster: BedAddresses['source'], topic: string, start: number): Promise<void> {
    return deleteRecords(cluster, topic, new Map([[0, BigInt(start)]]));
  }

  /** Of each key of the source one record is left. */
  async #untilCompacted(kind: Kind): Promise<void> {
    const wanted = this.#logs.get(kind)?.keys ?? 0;
    const look = async () => {
      const count = (await this.#witness.readLog(this.#bed.source, this.topic(kind)))[0]?.records.length ?? 0;
      return count === wanted ? { done: undefined } : { seen: `${count} records of ${wanted} keys` };
    };
    await waitFor(`the source to compact ${kind}`, look, COMPACTED);
  }

  /** Fewer records than offsets, and from then on no fewer: the target's segments are as MM2 wrote them. */
  async #untilHoles(kind: Kind): Promise<void> {
    await this.#untilSettled(kind, (records, end) => records < end);
    await this.#setPolicy(this.#bed.target, this.copy(kind), 'delete');
    // A pass that the cleaner has begun by now, it ends.
    await this.#untilSettled(kind, () => true);
  }

  async #untilSettled(kind: Kind, isWanted: (records: number, end: number) => boolean): Promise<void> {
    let before = -1;
    const look = async () => {
      const [log] = await this.#witness.readLog(this.#bed.target, this.copy(kind));
      const count = log?.records.length ?? 0;
      const isSettled = count === before && isWanted(count, log?.end ?? 0);
      before = count;
      return isSettled ? { done: undefined } : { seen: `${count} records of ${log?.end} offsets` };
    };
    await waitFor(`the target to compact ${kind}`, look, COMPACTED);
  }
}

function specs(): readonly (readonly [Kind, KindSpec])[] {
  return Object.entries({ ...UNIQUE_KINDS, ...OTHER_KINDS }) as [Kind, KindSpec][];
}
