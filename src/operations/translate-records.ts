/**
 * Translates committed offsets by comparing the records around them on both sides (DESIGN §9). The pure rule asks for
 * slices of the logs; this reads them, many partitions at a time, until it has an answer for each position.
 */
import type { LogSlice } from '../domain/offsets/bracket/record-image.ts';
import type { RecordTranslation } from '../domain/offsets/bracket/record-translation.ts';
import type { TopicPartitionKey } from '../domain/topic-partition.ts';
import { MigrationError } from '../errors.ts';
import type { ComparedPartition } from './compared-partitions.ts';
import type { ClusterReader, ImageRequest, ImageSlice } from './ports.ts';
import { mergeSlices, type ScanJob, takeWave } from './scan-waves.ts';

/** Images in memory at a time, a few hundred bytes each. One position may need more: that is up to max-scan. */
export const MAX_IMAGES = 500_000;
/** Each round past the first widens a bracket whose offset sync turned out false. */
const MAX_ROUNDS = 64;

export interface CompareDeps {
  readonly source: ClusterReader;
  readonly target: ClusterReader;
  readonly signal: AbortSignal;
  /** MAX_IMAGES by default. */
  readonly maxImages?: number;
  /** Called often: with each answer of a broker, and with each position that is settled. */
  readonly onProgress?: (progress: ComparedSoFar) => void;
}

/** How far a comparison has come. */
export interface ComparedSoFar {
  /** Committed offsets that have their answer. */
  readonly settled: number;
  readonly of: number;
  /** Records read on both sides; markers of transactions and what compaction took count as well. */
  readonly records: number;
}

/** A topic of which some partitions could not be read. */
export interface UnreadableTopic {
  readonly side: 'source' | 'target';
  readonly topic: string;
  readonly error: string;
}

export interface ComparedRecords {
  /** By partition of the target and committed source offset. */
  readonly translations: ReadonlyMap<TopicPartitionKey, ReadonlyMap<bigint, RecordTranslation>>;
  readonly unreadable: readonly UnreadableTopic[];
}

/** Errors: those of a cluster that cannot be reached; MigrationError(CANCELLED) when the signal aborts. */
export async function translateRecords(
  deps: CompareDeps,
  partitions: readonly ComparedPartition[],
): Promise<ComparedRecords> {
  const comparing = new Comparing(
    deps,
    partitions.reduce((sum, { positions }) => sum + positions.length, 0),
  );
  let queue = partitions;
  while (queue.length > 0) {
    const wave = takeWave(queue, deps.maxImages ?? MAX_IMAGES);
    const [first] = wave.jobs;
    const left = first?.partition.alone ? await comparing.runAlone(first) : await comparing.runWave(wave.jobs);
    queue = [...left, ...wave.rest];
  }
  return comparing;
}

interface Wanted {
  readonly job: ScanJob;
  readonly slice: LogSlice;
}

class Comparing implements ComparedRecords {
  readonly translations = new Map<TopicPartitionKey, Map<bigint, RecordTranslation>>();
  readonly #unreadable = new Map<string, UnreadableTopic>();
  readonly #deps: CompareDeps;
  readonly #of: number;
  #settled = 0;
  #records = 0;

  constructor(deps: CompareDeps, of: number) {
    this.#deps = deps;
    this.#of = of;
  }

  get unreadable(): readonly UnreadableTopic[] {
    return [...this.#unreadable.values()];
  }

  /** Returns what grew beyond what fits into memory together: each such partition goes on alone. */
  async runWave(jobs: readonly ScanJob[]): Promise<readonly ComparedPartition[]> {
    const left: ComparedPartition[] = [];
    let open = jobs;
    let held = 0;
    for (let round = 1; open.length > 0; round++) {
      const wanted: Wanted[] = [];
      const stillOpen: ScanJob[] = [];
      for (const job of open) {
        const { slices, positions } = this.#missing(job, round);
        if (positions.length === 0) continue;
        const size = sizeOf(slices);
        if (round > 1 && held + size > this.#room) {
          left.push({ ...job.partition, positions, alone: true });
          continue;
        }
        held += size;
        stillOpen.push({ ...job, positions });
        for (const slice of slices) wanted.push({ job, slice });
      }
      await this.#read(wanted);
      open = stillOpen;
    }
    return left;
  }

  /** One position after the other, each with all that it needs; returns those for which the room did not suffice. */
  async runAlone({ partition, translator, positions }: ScanJob): Promise<readonly ComparedPartition[]> {
    let held = 0;
    for (const [index, position] of positions.entries()) {
      const job = { partition, translator, positions: [position] };
      for (let round = 1; ; round++) {
        const { slices } = this.#missing(job, round);
        if (slices.length === 0) break;
        const size = sizeOf(slices);
        if (index > 0 && held + size > this.#room) return [{ ...partition, positions: positions.slice(index) }];
        held += size;
        await this.#read(slices.map((slice) => ({ job, slice })));
      }
    }
    return [];
  }

  get #room(): number {
    return this.#deps.maxImages ?? MAX_IMAGES;
  }

  /** Translates what nothing is missing for, and says what is missing for the others. */
  #missing(
    job: ScanJob,
    round: number,
  ): { readonly slices: readonly LogSlice[]; readonly positions: readonly bigint[] } {
    const slices: LogSlice[] = [];
    const positions: bigint[] = [];
    for (const position of job.positions) {
      const missing = job.translator.missing(position);
      if (missing.length === 0) this.#settle(job, position, job.translator.translate(position));
      else if (round > MAX_ROUNDS) this.#settle(job, position, TOO_MANY_FALSE_SYNCS);
      else {
        positions.push(position);
        slices.push(...missing);
      }
    }
    return { slices: mergeSlices(slices), positions };
  }

  #settle({ partition }: ScanJob, position: bigint, translation: RecordTranslation): void {
    const ofPartition = this.translations.get(partition.key) ?? new Map<bigint, RecordTranslation>();
    this.translations.set(partition.key, ofPartition.set(position, translation));
    this.#settled += 1;
    this.#sayProgress();
  }

  #sayProgress(): void {
    this.#deps.onProgress?.({ settled: this.#settled, of: this.#of, records: this.#records });
  }

  async #read(wanted: readonly Wanted[]): Promise<void> {
    if (this.#deps.signal.aborted) throw new MigrationError('CANCELLED', 'The comparison of records was cancelled.');
    await Promise.all([this.#readSide('source', wanted), this.#readSide('target', wanted)]);
  }

  async #readSide(side: 'source' | 'target', wanted: readonly Wanted[]): Promise<void> {
    const ofSide = wanted.filter(({ slice }) => slice.side === side);
    const readable = ofSide.filter((want) => !this.#failAsRefused(want));
    if (readable.length === 0) return;
    const { signal } = this.#deps;
    const onRead = (offsets: number) => {
      this.#records += offsets;
      this.#sayProgress();
    };
    const results = await this.#deps[side].readImages(readable.map(requestOf), { signal, onRead });
    for (const [index, want] of readable.entries()) this.#take(want, results[index]);
  }

  /** A refused topic is not asked for again, in however many partitions. */
  #failAsRefused({ job, slice }: Wanted): boolean {
    const { topic } = job.partition[slice.side];
    const refused = this.#unreadable.get(unreadableKey({ side: slice.side, topic, error: REFUSED }));
    if (refused !== undefined) job.translator.fail(slice, whyUnreadable(refused));
    return refused !== undefined;
  }

  #take({ job, slice }: Wanted, result: ImageSlice | undefined): void {
    if (result?.kind === 'read' && result.raisedTo === undefined) {
      job.translator.add(slice, result.records);
      return;
    }
    const unreadable = { side: slice.side, topic: job.partition[slice.side].topic, error: errorOf(result) };
    this.#unreadable.set(unreadableKey(unreadable), unreadable);
    job.translator.fail(slice, whyUnreadable(unreadable));
  }
}

const REFUSED = 'TOPIC_AUTHORIZATION_FAILED';

const TOO_MANY_FALSE_SYNCS: RecordTranslation = {
  kind: 'unproven',
  detail: `the ${MAX_ROUNDS} offset syncs nearest to it do not join equal records`,
};

function sizeOf(slices: readonly LogSlice[]): number {
  return slices.reduce((sum, { from, to }) => sum + Number(to - from), 0);
}

/**
 * Only what lay within the log is asked for, so a log start above it has moved since. What is gone may be the record
 * whose equal one before the position was read in an earlier round.
 */
function errorOf(result: ImageSlice | undefined): string {
  if (result === undefined) return 'NO_ANSWER';
  return result.kind === 'read' ? 'LOG_START_MOVED' : result.error;
}

function requestOf({ job, slice }: Wanted): ImageRequest {
  return { ...job.partition[slice.side], from: slice.from, to: slice.to };
}

function unreadableKey({ side, topic, error }: UnreadableTopic): string {
  return `${side}/${topic}/${error}`;
}

function whyUnreadable({ side, topic, error }: UnreadableTopic): string {
  const grant = error === REFUSED ? `: grant READ on ${topic}` : '';
  return `records of ${topic} on the ${side} could not be read (${error})${grant}`;
}
