/** Committed offsets as Java's Admin sees them, as lines that can be compared. */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { JavaCluster, Witness } from '../../support/witness.ts';

/** `group topic-partition offset [metadata]`, sorted; what has no offset has no line. */
export async function seenByJava(
  witness: Witness,
  cluster: JavaCluster,
  groupIds: readonly string[],
): Promise<readonly string[]> {
  const rows = await witness.groupOffsets(cluster, groupIds);
  return rows.map((row) => `${row.groupId} ${row.topic}-${row.partition} ${row.offset} [${row.metadata}]`).sort();
}

/** Which of these groups there are, with or without offsets. */
export async function listedByJava(
  witness: Witness,
  cluster: JavaCluster,
  groupIds: readonly string[],
): Promise<readonly string[]> {
  const listed = new Set((await witness.listGroups(cluster)).map(({ groupId }) => groupId));
  return groupIds.filter((groupId) => listed.has(groupId));
}

export interface ExportLine {
  readonly groupId: string;
  readonly topic: string;
  readonly partition?: number;
  readonly groupExisted?: boolean;
  readonly previous: number | bigint | null;
  readonly metadata?: string;
  readonly intended?: number | bigint | 'removed' | null;
}

/** An export as a run would have written it. */
export async function writeExport(
  folder: string,
  clusterId: string | null,
  lines: readonly ExportLine[],
): Promise<string> {
  const header = {
    schemaVersion: 1,
    kind: 'offsets-export',
    clusterId,
    targetAlias: 'target',
    startedAt: '2026-03-01T10:00:00.000Z',
  };
  const entries = lines.map(
    ({ groupId, topic, partition = 0, groupExisted = true, previous, metadata = '', intended }) => ({
      groupId,
      topic,
      partition,
      groupExisted,
      previous: previous === null ? null : { offset: String(previous), metadata, leaderEpoch: -1 },
      intended: intended === undefined || intended === null ? null : String(intended),
    }),
  );
  const path = join(folder, 'made-export.jsonl');
  await writeFile(path, [header, ...entries].map((line) => `${JSON.stringify(line)}\n`).join(''));
  return path;
}

/** Lines of an export beyond its header, sorted, without what a run intended. */
export async function savedIn(exportPath: string): Promise<readonly string[]> {
  const [, ...lines] = (await readFile(exportPath, 'utf8')).trimEnd().split('\n');
  return lines
    .map((line) => {
      const { intended: _intended, ...saved } = JSON.parse(line) as Record<string, unknown>;
      return JSON.stringify(saved);
    })
    .sort();
}

/** The CSV that lies beside an export. */
export function csvBeside(exportPath: string): string {
  return join(dirname(exportPath), exportPath.slice(dirname(exportPath).length + 1).replace(/\.jsonl$/, '.csv'));
}
