import type { Finding } from '../../domain/finding.ts';
import { offsetsCsv } from '../../domain/rollback/offsets-csv.ts';
import { MigrationError } from '../../errors.ts';
import { readOffsetsExport } from './read-offsets-export.ts';
import { replaceFile } from './replace-file.ts';

/** `offsets-export-….jsonl` → `offsets-export-….csv`, beside it. */
export function csvPathOf(exportPath: string): string {
  return exportPath.replace(/(?:\.jsonl)?$/, '.csv');
}

/**
 * Writes the CSV of an export that is complete, for `kafka-consumer-groups --reset-offsets --from-file`. What it
 * cannot hold, or why it could not be written, is a finding: the export itself is there.
 */
export async function writeOffsetsCsv(exportPath: string): Promise<readonly Finding[]> {
  const path = csvPathOf(exportPath);
  try {
    const { lines, leftOut } = offsetsCsv(await readOffsetsExport(exportPath));
    await replaceFile(path, lines);
    return leftOut.length === 0 ? [] : [leftOutFinding(path, leftOut)];
  } catch (error) {
    if (!(error instanceof MigrationError)) throw error;
    return [
      {
        rule: 'offsets-csv-failed',
        severity: 'warning',
        where: path,
        message: `The CSV of the offsets export could not be written: ${error.message}`,
        hint: 'The command rollback takes the .jsonl file and needs no CSV.',
      },
    ];
  }
}

function leftOutFinding(path: string, leftOut: readonly string[]): Finding {
  const names = leftOut.slice(0, 5).map((groupId) => JSON.stringify(groupId));
  return {
    rule: 'offsets-csv-incomplete',
    severity: 'warning',
    where: path,
    message: `The CSV leaves out ${leftOut.length} groups whose ids kafka-consumer-groups cannot read from a file: ${names.join(', ')}.`,
    hint: 'The .jsonl file holds them; the command rollback restores them.',
  };
}
