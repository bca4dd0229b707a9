/**
 * The lines of an offsets export → what it holds, or everything that is wrong with it. Of the entries of one group
 * partition the first holds the value before the run, the last one what the run meant to leave.
 */
import { partitionKey, type TopicPartition, type TopicPartitionKey } from '../topic-partition.ts';
import { type Checked, readEntry, readHeader, type SavedEntry, type SavedHeader } from './saved-line.ts';
import type { SavedCommit, SavedGroup, SavedOffsets, SavedPartition } from './saved-offsets.ts';

export interface LineProblem {
  /** One-based. */
  readonly line: number;
  readonly problem: string;
}

export type SavedOffsetsResult =
  | { readonly kind: 'read'; readonly saved: SavedOffsets }
  | { readonly kind: 'bad'; readonly problems: readonly LineProblem[] };

interface OpenPartition extends TopicPartition {
  readonly previous: SavedCommit | null;
  /** What the decisions meant to leave, without the last one. */
  readonly earlier: Set<bigint | null>;
  lastPrevious: bigint | null;
  /** undefined: nothing was to be done. */
  lastIntended: bigint | null | undefined;
}

interface OpenGroup {
  readonly existed: boolean;
  readonly partitions: Map<TopicPartitionKey, OpenPartition>;
}

export class SavedOffsetsReader {
  readonly #problems: LineProblem[] = [];
  readonly #groups = new Map<string, OpenGroup>();
  #header: SavedHeader | null = null;
  #lines = 0;
  #cutOff = false;

  /** `whole`: the line has its line break; only the last one of a killed run has none. */
  line(text: string, whole: boolean): void {
    this.#lines += 1;
    const json = parsed(text);
    if (json === undefined) {
      if (!whole && this.#lines > 1) this.#cutOff = true;
      else this.#problem(text.trim() === '' ? 'empty' : 'not JSON');
      return;
    }
    if (this.#lines === 1) this.#header = this.#take(readHeader(json));
    // Without a header nobody knows what the lines mean.
    else if (this.#header !== null) this.#add(this.#take(readEntry(json)));
  }

  end(): SavedOffsetsResult {
    if (this.#lines === 0) return { kind: 'bad', problems: [{ line: 1, problem: 'the file is empty' }] };
    if (this.#header === null || this.#problems.length > 0) return { kind: 'bad', problems: this.#problems };
    const groups = new Map([...this.#groups].map(([groupId, group]) => [groupId, closed(groupId, group)]));
    return { kind: 'read', saved: { ...this.#header, groups, cutOff: this.#cutOff } };
  }

  #take<T>(checked: Checked<T>): T | null {
    if ('value' in checked) return checked.value;
    this.#problem(checked.problems.join('; '));
    return null;
  }

  #add(entry: SavedEntry | null): void {
    if (entry === null) return;
    const { groupId, topic, partition, previous } = entry;
    const group = this.#groups.get(groupId) ?? { existed: entry.groupExisted, partitions: new Map() };
    this.#groups.set(groupId, group);
    const intended = entry.intended === null ? undefined : entry.intended === 'removed' ? null : entry.intended;
    const key = partitionKey(topic, partition);
    const known = group.partitions.get(key);
    if (known === undefined) {
      const lastPrevious = previous?.offset ?? null;
      group.partitions.set(key, {
        topic,
        partition,
        previous,
        earlier: new Set(),
        lastPrevious,
        lastIntended: intended,
      });
      return;
    }
    if (known.lastIntended !== undefined) known.earlier.add(known.lastIntended);
    known.lastPrevious = previous?.offset ?? null;
    known.lastIntended = intended;
  }

  #problem(problem: string): void {
    this.#problems.push({ line: this.#lines, problem });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function closed(groupId: string, { existed, partitions }: OpenGroup): SavedGroup {
  return { groupId, existed, partitions: new Map([...partitions].map(([key, open]) => [key, closedPartition(open)])) };
}

/** A kill right before the last commit leaves what the decision before it had put there. */
function closedPartition(open: OpenPartition): SavedPartition {
  const { topic, partition, previous, earlier, lastPrevious, lastIntended } = open;
  const leftByRun = lastIntended === undefined ? [] : [lastIntended];
  if (earlier.has(lastPrevious)) leftByRun.push(lastPrevious);
  return { topic, partition, previous, leftByRun };
}
