/**
 * The groups as the page's script reads them: JSON without a character that could end its element. Lists instead of
 * objects, repeated texts by number, so that thousands of groups stay small. What does not fit the budget is given up by
 * steps: all partitions → partitions of troubled groups → groups only → as many groups as fit, worst first.
 */
import type { PartitionOutcome } from '../../domain/offsets/partition-outcome.ts';
import { PARTITION_VERDICTS, type Reason, TRANSLATIONS } from '../../domain/verdicts.ts';
import { utf8Length, visible } from '../escape.ts';
import type { GroupRow } from '../group-rows.ts';
import { reasonCounts } from '../order.ts';
import { recordsRedelivered } from '../totals.ts';
import { REASON_WORDS, type ReasonWords } from '../words.ts';
import { partitionsOf } from './page-rows.ts';
import { pageWords } from './page-words.ts';
import { proofWords } from './proof-words.ts';

/** How much of the groups the page holds; `totals`: none, and no script either. */
export type HtmlDetail = 'all-partitions' | 'troubled-partitions' | 'groups' | 'some-groups' | 'totals';

export interface PageData {
  readonly chunks: readonly string[];
  readonly detail: HtmlDetail;
  readonly shown: number;
}

const LEVELS = ['all-partitions', 'troubled-partitions', 'groups', 'some-groups'] as const;
/** Brackets and names of the lists. */
const FRAME_BYTES = 200;

/** The most detailed form within the bytes; null when not even one group fits. */
export function pageData(rows: readonly GroupRow[], bytes: number): PageData | null {
  for (const detail of LEVELS) {
    const data = encode(rows, detail, bytes);
    if (data !== null) return data;
  }
  return null;
}

function encode(rows: readonly GroupRow[], detail: (typeof LEVELS)[number], bytes: number): PageData | null {
  const texts = new Texts();
  const chunks: string[] = [];
  const fixed = `"reasons":${reasonTable(rows)},\n"words":${inert(JSON.stringify(pageWords()))}`;
  let left = bytes - FRAME_BYTES - utf8Length(fixed);
  for (const row of rows) {
    const withPartitions = detail === 'all-partitions' || (detail === 'troubled-partitions' && row.troubled);
    const before = texts.bytes;
    const line = inert(JSON.stringify(rowOf(row, withPartitions, texts)));
    left -= utf8Length(line) + 2 + texts.bytes - before;
    if (left < 0) break;
    chunks.push(`${line},\n`);
  }
  if (chunks.length < rows.length && (detail !== 'some-groups' || chunks.length === 0)) return null;
  const last = chunks.at(-1)?.slice(0, -2);
  if (last !== undefined) chunks[chunks.length - 1] = last;
  const foot = `],\n${fixed},\n"texts":${texts.json()}}`;
  return { chunks: ['{"groups":[\n', ...chunks, foot], detail, shown: chunks.length };
}

/** Order of the fields: the constants of `page/page.js`. */
function rowOf(row: GroupRow, withPartitions: boolean, texts: Texts): unknown[] {
  const { ranked, readiness } = row;
  const group = ranked?.group;
  const partitions = partitionsOf(row);
  return [
    visible(row.groupId),
    texts.index(row.offsets),
    texts.index(readiness?.verdict ?? null),
    texts.index(group?.targetState ?? null),
    texts.index(group?.sourceState ?? null),
    texts.index(group?.type ?? null),
    partitions.length,
    figure(ranked?.lag ?? null),
    ranked?.lagUnknown ?? 0,
    figure(ranked?.delta ?? null),
    ranked?.deltaUnknown ?? 0,
    figure(group === undefined ? null : recordsRedelivered([group])),
    group === undefined ? [] : reasonCounts([group]).flatMap(([reason, times]) => [texts.index(reason), times]),
    readiness?.why == null ? 0 : visible(readiness.why),
    [...(readiness?.failed ?? []), ...(readiness?.unknown ?? [])].map((id) => texts.index(id)),
    withPartitions ? partitions.map((partition) => partitionOf(row.groupId, partition, texts)) : 0,
  ];
}

function partitionOf(groupId: string, partition: PartitionOutcome, texts: Texts): unknown[] {
  const proof = proofWords(groupId, partition);
  return [
    texts.index(partition.topic),
    partition.partition,
    texts.index(partition.sourceTopic),
    figure(partition.sourceCommitted),
    figure(partition.sourceLogEnd),
    figure(partition.translated),
    TRANSLATIONS.indexOf(partition.translation),
    figure(partition.targetBefore),
    figure(partition.targetAfter),
    figure(partition.delta),
    figure(partition.redeliveredMax),
    PARTITION_VERDICTS.indexOf(partition.verdict),
    texts.index(partition.reason),
    partition.detail === null ? 0 : visible(partition.detail),
    proof === null ? -1 : texts.index(proof.template),
    proof?.values ?? 0,
  ];
}

/** A number as long as it is exact, else its digits. */
function figure(value: bigint | null): number | string | null {
  if (value === null) return null;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function reasonTable(rows: readonly GroupRow[]): string {
  const groups = rows.flatMap(({ ranked }) => (ranked === null ? [] : [ranked.group]));
  const entries = reasonCounts(groups).map(([reason]): [Reason, ReasonWords] => [reason, REASON_WORDS[reason]]);
  return inert(JSON.stringify(Object.fromEntries(entries)));
}

/** No `<` can open a comment or end the element that holds the data. */
function inert(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
}

/** Each text once, by number; null is −1. */
class Texts {
  readonly #numbers = new Map<string, number>();
  bytes = 0;

  index(text: string | null): number {
    if (text === null) return -1;
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    this.bytes += utf8Length(inert(JSON.stringify(visible(text)))) + 2;
    return number;
  }

  json(): string {
    return inert(JSON.stringify([...this.#numbers.keys()].map(visible)));
  }
}
