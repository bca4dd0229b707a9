/** What the gate must know of an offsets export: that it is one, which, and of what. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Known, RollbackFacts } from '../../domain/cutover/facts.ts';
import { MigrationError } from '../../errors.ts';
import { readOffsetsExport } from './read-offsets-export.ts';

/** Unknown where it cannot be read or is no export. `path` is shown as given. */
export async function readRollbackFacts(path: string): Promise<Known<RollbackFacts>> {
  try {
    const saved = await readOffsetsExport(path);
    const groups = [...saved.groups.values()];
    const partitions = groups.flatMap((group) => [...group.partitions.values()]);
    const value: RollbackFacts = {
      file: path,
      sha256: await sha256Of(path),
      clusterId: saved.clusterId,
      covers: new Map(groups.map((group) => [group.groupId, new Set(group.partitions.keys())])),
      toDelete: partitions.filter(({ previous }) => previous === null).length,
    };
    return { kind: 'known', value };
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    return { kind: 'unknown', why: (error.message.split('\n')[0] ?? '').replace(/\.$/, '') };
  }
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}
