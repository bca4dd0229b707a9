/** Lines of an offsets export, as the file has them. */
import type { SavedOffsets } from '../../../src/domain/rollback/saved-offsets.ts';
import { type LineProblem, SavedOffsetsReader } from '../../../src/domain/rollback/saved-offsets-reader.ts';

export const HEADER = {
  schemaVersion: 1,
  kind: 'offsets-export',
  clusterId: 'target-id',
  targetAlias: 'dst',
  startedAt: '2026-03-01T10:00:00.000Z',
};

export const entry = (more: Readonly<Record<string, unknown>> = {}) => ({
  groupId: 'billing',
  topic: 'src.orders',
  partition: 0,
  groupExisted: true,
  previous: { offset: '12', metadata: 'note', leaderEpoch: 3 },
  intended: '40',
  ...more,
});

export const previously = (offset: string | null) =>
  offset === null ? null : { offset, metadata: '', leaderEpoch: -1 };

/** Texts are lines as they stand; the last one may lack its line break. */
export function read(lines: readonly unknown[], lastIsWhole = true) {
  const reader = new SavedOffsetsReader();
  lines.forEach((line, index) => {
    const text = typeof line === 'string' ? line : JSON.stringify(line);
    reader.line(text, lastIsWhole || index < lines.length - 1);
  });
  return reader.end();
}

export function savedFrom(lines: readonly unknown[], lastIsWhole = true): SavedOffsets {
  const result = read(lines, lastIsWhole);
  if (result.kind === 'bad') throw new Error(JSON.stringify(result.problems));
  return result.saved;
}

export function problemsFrom(lines: readonly unknown[], lastIsWhole = true): readonly LineProblem[] {
  const result = read(lines, lastIsWhole);
  if (result.kind === 'read') throw new Error('it was read');
  return result.problems;
}
