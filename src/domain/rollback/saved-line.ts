/** One line of an offsets export (schema version 1), checked field by field. */
import type { SavedCommit } from './saved-offsets.ts';

export const EXPORT_SCHEMA_VERSION = 1;
export const EXPORT_KIND = 'offsets-export';

export interface SavedHeader {
  readonly clusterId: string | null;
  readonly targetAlias: string;
  readonly startedAt: string;
}

export interface SavedEntry {
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly groupExisted: boolean;
  readonly previous: SavedCommit | null;
  /** `removed`: the offset was to be removed; null: nothing was to be done. */
  readonly intended: bigint | 'removed' | null;
}

/** Either the value, or clauses that complete "line 3: …". */
export type Checked<T> = { readonly value: T } | { readonly problems: readonly string[] };

const MAX_OFFSET = 2n ** 63n - 1n;
const MAX_INT32 = 2 ** 31 - 1;
const MAX_SHOWN = 60;

export function readHeader(json: unknown): Checked<SavedHeader> {
  const fields = new Fields(json);
  if (fields.problems.length > 0) return fields;
  const kind = fields.take('kind', `"${EXPORT_KIND}"`, (value) => (value === EXPORT_KIND ? value : undefined));
  if (kind === undefined) return fields;
  // Of another version nothing else is known to mean what it says.
  const version = fields.take('schemaVersion', `${EXPORT_SCHEMA_VERSION}`, (value) =>
    value === EXPORT_SCHEMA_VERSION ? value : undefined,
  );
  if (version === undefined) return fields;
  const clusterId = fields.take('clusterId', 'text or null', textOrNull);
  const targetAlias = fields.take('targetAlias', 'text', text);
  const startedAt = fields.take('startedAt', 'text', text);
  if (clusterId === undefined || targetAlias === undefined || startedAt === undefined) return fields;
  return { value: { clusterId, targetAlias, startedAt } };
}

export function readEntry(json: unknown): Checked<SavedEntry> {
  const fields = new Fields(json);
  if (fields.problems.length > 0) return fields;
  const groupId = fields.take('groupId', 'text', text);
  const topic = fields.take('topic', 'the name of a topic', topicName);
  const partition = fields.take('partition', 'a partition number', integerIn(0, MAX_INT32));
  const groupExisted = fields.take('groupExisted', 'true or false', (value) =>
    typeof value === 'boolean' ? value : undefined,
  );
  const previous = readPrevious(fields);
  const intended = fields.take('intended', 'an offset in quotes, "removed" or null', (value) =>
    value === null || value === 'removed' ? value : offset(value),
  );
  if (groupId === undefined || topic === undefined || partition === undefined) return fields;
  if (groupExisted === undefined || previous === undefined || intended === undefined) return fields;
  return { value: { groupId, topic, partition, groupExisted, previous, intended } };
}

function readPrevious(fields: Fields): SavedCommit | null | undefined {
  const json = fields.take('previous', 'an object or null', (value) =>
    typeof value === 'object' ? { value } : undefined,
  );
  if (json === undefined || json.value === null) return json === undefined ? undefined : null;
  const inner = new Fields(json.value, 'previous.', fields.problems);
  const known = inner.take('offset', 'an offset in quotes', offset);
  const metadata = inner.take('metadata', 'text', text);
  const leaderEpoch = inner.take('leaderEpoch', 'a whole number from -1', integerIn(-1, MAX_INT32));
  if (known === undefined || metadata === undefined || leaderEpoch === undefined) return undefined;
  return { offset: known, metadata, leaderEpoch };
}

/** Fields of one JSON object. What it has beyond the known ones is left to later versions. */
class Fields {
  readonly problems: string[];
  readonly #fields: Readonly<Record<string, unknown>>;
  readonly #prefix: string;

  constructor(json: unknown, prefix = '', problems: string[] = []) {
    this.problems = problems;
    this.#prefix = prefix;
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
    this.#fields = isObject ? (json as Record<string, unknown>) : {};
    if (!isObject)
      this.problems.push(`expected ${prefix === '' ? 'a JSON object' : 'an object or null'}, seen ${shown(json)}`);
  }

  take<T>(name: string, expected: string, read: (value: unknown) => T | undefined): T | undefined {
    const value = Object.hasOwn(this.#fields, name) ? this.#fields[name] : undefined;
    const result = value === undefined ? undefined : read(value);
    if (result === undefined) {
      const seen = value === undefined ? 'nothing' : shown(value);
      this.problems.push(`${this.#prefix}${name}: expected ${expected}, seen ${seen}`);
    }
    return result;
  }
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? 'nothing';
  return json.length > MAX_SHOWN ? `${json.slice(0, MAX_SHOWN)}…` : json;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function textOrNull(value: unknown): string | null | undefined {
  return value === null ? null : text(value);
}

function topicName(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-zA-Z0-9._-]{1,249}$/.test(value) ? value : undefined;
}

function offset(value: unknown): bigint | undefined {
  if (typeof value !== 'string' || !/^(?:0|[1-9]\d{0,18})$/.test(value)) return undefined;
  const known = BigInt(value);
  return known <= MAX_OFFSET ? known : undefined;
}

function integerIn(min: number, max: number): (value: unknown) => number | undefined {
  return (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max ? value : undefined;
}
