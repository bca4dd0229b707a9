import { mkdir } from 'node:fs/promises';
import { reasonOf } from '../adapters/files/replace-file.ts';
import { MigrationError } from '../errors.ts';

/** @throws MigrationError FILE_UNWRITABLE, which names `given`: what the input says. */
export async function makeReportFolder(path: string, given: string = path): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (cause) {
    throw new MigrationError('FILE_UNWRITABLE', `report-dir: the folder ${given} cannot be made: ${reasonOf(cause)}.`, {
      hint: 'Name a folder that this job may write to.',
      cause,
    });
  }
}
