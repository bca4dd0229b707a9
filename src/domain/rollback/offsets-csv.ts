/**
 * The values before a run in the form that `kafka-consumer-groups --reset-offsets --from-file` takes: group, topic,
 * partition, offset, without a header (KIP-379). The tool cuts the file at line feeds before it reads the columns, so
 * that one group id with a line feed makes it refuse the whole file (tried with 4.3.1); RFC 4180 quoting does for all
 * the rest.
 */
import type { SavedOffsets } from './saved-offsets.ts';

export interface OffsetsCsv {
  readonly lines: Iterable<string>;
  /** Groups that this form cannot hold. */
  readonly leftOut: readonly string[];
}

export function offsetsCsv(saved: SavedOffsets): OffsetsCsv {
  const leftOut = [...saved.groups.keys()].filter((groupId) => !isExpressible(groupId));
  return { lines: csvLines(saved), leftOut };
}

function* csvLines(saved: SavedOffsets): Iterable<string> {
  for (const { groupId, partitions } of saved.groups.values()) {
    if (!isExpressible(groupId)) continue;
    for (const { topic, partition, previous } of partitions.values()) {
      if (previous !== null) yield `${field(groupId)},${topic},${partition},${previous.offset}\n`;
    }
  }
}

function isExpressible(groupId: string): boolean {
  return groupId !== '' && !groupId.includes('\n');
}

function field(value: string): string {
  return /[",\r]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
