/**
 * The offsets export (invariant E): JSON Lines, so that each batch is appended and flushed before its commit, and a
 * kill loses nothing that was committed. First line: the header; then one line for each group partition and decision.
 * A partition that is committed again in a later pass gets another line; the first one holds the value before the run.
 *
 *   {"schemaVersion":1,"kind":"offsets-export","clusterId":…,"targetAlias":…,"startedAt":…}
 *   {"groupId":…,"topic":…,"partition":0,"groupExisted":true,
 *    "previous":{"offset":"12","metadata":"","leaderEpoch":-1} | null,"intended":"40" | "removed" | null}
 *
 * `previous` null: nothing was committed. `intended` "removed": a rollback takes the offset away; null: the command
 * `export` only looked. It is read back by read-offsets-export.ts; kafka-consumer-groups takes offsets-csv-file.ts's.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { EXPORT_KIND, EXPORT_SCHEMA_VERSION } from '../../domain/rollback/saved-line.ts';
import { MigrationError } from '../../errors.ts';
import type { ExportEntry, OffsetsExport } from '../../operations/ports.ts';
import { reasonOf } from './replace-file.ts';

export interface ExportHeader {
  readonly clusterId: string | null;
  readonly targetAlias: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

export class OffsetsExportFile implements OffsetsExport {
  readonly #path: string;
  readonly #header: () => ExportHeader;
  #file: FileHandle | null = null;

  /** The file is created by the first entry, or by `begin`; an existing one is never overwritten. */
  constructor(path: string, header: () => ExportHeader) {
    this.#path = path;
    this.#header = header;
  }

  /** null until something was written. */
  get path(): string | null {
    return this.#file === null ? null : this.#path;
  }

  /** Creates the file with its header, for a run whose export is there even if it has no entry. */
  begin(): Promise<void> {
    return this.#write([]);
  }

  async append(entries: readonly ExportEntry[]): Promise<void> {
    if (entries.length > 0) await this.#write(entries.map(entryLine));
  }

  async #write(lines: readonly string[]): Promise<void> {
    try {
      const first = this.#file === null ? [headerLine(this.#header())] : [];
      this.#file ??= await open(this.#path, 'ax', 0o600);
      await this.#file.appendFile([...first, ...lines].join(''));
      await this.#file.datasync();
    } catch (cause) {
      throw new MigrationError('FILE_UNWRITABLE', `The offsets export ${this.#path} failed: ${reasonOf(cause)}.`, {
        hint: 'Nothing is committed without it. Choose a report-dir that can be written and holds no earlier export.',
        cause,
      });
    }
  }

  async close(): Promise<void> {
    await this.#file?.close();
  }
}

function headerLine(header: ExportHeader): string {
  return `${JSON.stringify({ schemaVersion: EXPORT_SCHEMA_VERSION, kind: EXPORT_KIND, ...header })}\n`;
}

function entryLine(entry: ExportEntry): string {
  const { groupId, topic, partition, groupExisted } = entry;
  const previous =
    entry.previousOffset === null
      ? null
      : {
          offset: entry.previousOffset.toString(),
          metadata: entry.previousMetadata,
          leaderEpoch: entry.previousLeaderEpoch,
        };
  const intended = entry.intendedOffset === null ? null : entry.intendedOffset.toString();
  return `${JSON.stringify({ groupId, topic, partition, groupExisted, previous, intended })}\n`;
}
