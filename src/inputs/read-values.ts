/** One function a kind of value. Each reports what is wrong and answers null, so that the caller goes on reading. */
import { type PatternList, parsePatternList } from '../domain/patterns.ts';
import type { InputReader } from './input-reader.ts';
import { findInput, type InputName } from './schema/schema.ts';
import { formatByteSize, parseByteSize } from './values/byte-size.ts';
import { didYouMean } from './values/closest-name.ts';
import { formatDurationMs, MAX_DURATION_MS, parseDurationMs } from './values/duration.ts';
import { oneOf, show } from './values/show.ts';

/** null: nothing given and no default, or not one of the choices. */
export function readChoice<Choice extends string>(
  reader: InputReader,
  name: InputName,
  choices: readonly Choice[],
  hint = '',
): Choice | null {
  const text = reader.text(name);
  if (text === null) return null;
  const choice = choices.find((candidate) => candidate === text);
  if (choice !== undefined) return choice;
  const advice = hint === '' ? 'Write it as listed, in lower case.' : hint;
  reader.problem(name, oneOf(choices), reader.seen(name), didYouMean(text, choices) + advice);
  return null;
}

export function readBoolean(reader: InputReader, name: InputName): boolean | null {
  const text = reader.text(name);
  if (text === null) return null;
  if (text === 'true' || text === 'false') return text === 'true';
  reader.problem(name, 'true or false', reader.seen(name), 'Other words for yes and no are not read.');
  return null;
}

/** Milliseconds, at least `minMs`. */
export function readDuration(reader: InputReader, name: InputName, minMs: number): number | null {
  const text = reader.text(name);
  if (text === null) return null;
  const durationMs = parseDurationMs(text);
  if (durationMs === null) {
    const expected = 'a duration such as 300 (seconds), 20s, 5m or 1h30m';
    const hint = 'Whole numbers with d, h, m, s or ms, the greater unit first and without spaces.';
    reader.problem(name, expected, reader.seen(name), hint);
    return null;
  }
  if (durationMs < minMs) {
    const hint = 'A number without a unit counts seconds.';
    reader.problem(name, `a duration of at least ${formatDurationMs(minMs)}`, reader.seen(name), hint);
    return null;
  }
  if (durationMs > MAX_DURATION_MS) {
    const hint = 'A number without a unit counts seconds, not milliseconds.';
    reader.problem(name, `a duration of at most ${formatDurationMs(MAX_DURATION_MS)}`, reader.seen(name), hint);
    return null;
  }
  return durationMs;
}

/** A whole number, at least `min`. */
export function readCount(reader: InputReader, name: InputName, min: number): number | null {
  const text = reader.text(name);
  if (text === null) return null;
  const count = /^\d{1,12}$/.test(text) ? Number(text) : null;
  if (count !== null && count >= min) return count;
  const hint = 'Digits only, without separators and units.';
  reader.problem(name, `a whole number of at least ${min}`, reader.seen(name), hint);
  return null;
}

/** Bytes, at least `minBytes`. */
export function readByteSize(reader: InputReader, name: InputName, minBytes: number): number | null {
  const text = reader.text(name);
  if (text === null) return null;
  const bytes = parseByteSize(text);
  if (bytes === null) {
    const hint = 'A whole number with KB, MB, GB, KiB, MiB or GiB, without a space; without a unit it counts bytes.';
    reader.problem(name, 'a size such as 50MB or 64MiB', reader.seen(name), hint);
    return null;
  }
  if (bytes < minBytes) {
    const hint = 'A number without a unit counts bytes.';
    reader.problem(name, `a size of at least ${formatByteSize(minBytes)}`, reader.seen(name), hint);
    return null;
  }
  return bytes;
}

const MATCHES_NOTHING: PatternList = { text: '', literals: [], matches: () => false };

/** Commas or lines separate. Nothing given and no default: a list that matches nothing. */
export function readPatterns(reader: InputReader, name: InputName): PatternList {
  const result = parsePatternList(asCommaList(reader.text(name) ?? ''), reader.slowRegex);
  if ('list' in result) return result.list;
  const expected = 'Java regular expressions separated by commas, as in MirrorMaker 2';
  const { item, reason } = result.problem;
  reader.problem(name, expected, show(item), `This pattern cannot be used: ${reason}.`);
  return MATCHES_NOTHING;
}

export function asCommaList(text: string): string {
  return text.replace(/\r?\n/g, ',');
}

/** Text whose characters are limited, e.g. because it becomes part of a topic name. */
export function readMatching(
  reader: InputReader,
  name: InputName,
  rule: { readonly pattern: RegExp; readonly expected: string; readonly hint: string },
): string | null {
  const text = reader.text(name);
  if (text === null || rule.pattern.test(text)) return text;
  reader.problem(name, rule.expected, reader.seen(name), rule.hint);
  return null;
}

/** Every choice of an input as the schema lists them. */
export function choicesOf(name: InputName): readonly string[] {
  return findInput(name)?.choices ?? [];
}
