import { randomUUID } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { MigrationError } from '../../errors.ts';

/** How much text is gathered before it is written, so that a large report streams in few writes. */
const WRITE_CHARS = 256 * 1024;

/**
 * Replaces a file atomically: readers see the old text or the new one, also after a kill.
 * @throws MigrationError(FILE_UNWRITABLE)
 */
export async function replaceFile(path: string, chunks: Iterable<string>): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'w', 0o644);
    try {
      let pending = '';
      for (const chunk of chunks) {
        pending += chunk;
        if (pending.length < WRITE_CHARS) continue;
        await file.appendFile(pending);
        pending = '';
      }
      await file.appendFile(pending);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw new MigrationError('FILE_UNWRITABLE', `${path} could not be written: ${reasonOf(cause)}.`, {
      hint: 'Check that report-dir is a folder that this job may write to, with space left.',
      cause,
    });
  }
}

export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = (cause as NodeJS.ErrnoException).code;
  return code === undefined ? cause.message : code;
}
