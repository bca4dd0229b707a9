/** The cells of the auth matrix: kept in a file, since each test file runs in a process of its own, and shown at the end. */
import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

export type Side = 'source' | 'target';
export const COLUMNS = ['connect', 'checkpoints', 'commit', 'wrong credential'] as const;
export type Column = (typeof COLUMNS)[number];

export interface Cell {
  readonly scheme: string;
  readonly side: Side;
  readonly column: Column;
}

interface FinishedCell extends Cell {
  readonly outcome: 'ok' | 'refused' | 'FAILED';
}

/** Runs one cell and keeps how it ended: by the assertions in it, and by nothing else. */
export async function inCell(file: string, cell: Cell, assertions: () => Promise<void>): Promise<void> {
  const keep = (outcome: FinishedCell['outcome']) => appendFileSync(file, `${JSON.stringify({ ...cell, outcome })}\n`);
  try {
    await assertions();
  } catch (error) {
    keep('FAILED');
    throw error;
  }
  keep(cell.column === 'wrong credential' ? 'refused' : 'ok');
}

export async function printMatrix(file: string, print: (line: string) => void): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const cells = text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as FinishedCell]));
  if (cells.length > 0) for (const line of matrixLines(cells)) print(line);
}

/** A row for each scheme and side, in the order of their first cells; a cell that did not run is `-`. */
export function matrixLines(cells: readonly FinishedCell[]): readonly string[] {
  const rows = new Map<string, Map<Column, string>>();
  for (const { scheme, side, column, outcome } of cells) {
    const name = `${scheme} / ${side}`;
    const row = rows.get(name) ?? new Map<Column, string>();
    rows.set(name, row.set(column, outcome));
  }
  const table = [['scheme / side', ...COLUMNS]];
  for (const [name, row] of rows) table.push([name, ...COLUMNS.map((column) => row.get(column) ?? '-')]);
  const widths = (table[0] ?? []).map((_, index) => Math.max(...table.map((row) => row[index]?.length ?? 0)));
  return table.map((row) =>
    row
      .map((text, index) => text.padEnd(widths[index] ?? 0))
      .join(' | ')
      .trimEnd(),
  );
}
