/** The tables of deploy/ecs/iam.md. */
import { readFileSync } from 'node:fs';

export interface Row {
  readonly cells: readonly string[];
  /** Of the column Action, e.g. logs:PutLogEvents. */
  readonly actions: readonly string[];
}

/** Rows of the first table after a heading, or of the page's first where none is given. */
export function rowsAfter(heading: string): readonly Row[] {
  const page = readFileSync(new URL('../../../deploy/ecs/iam.md', import.meta.url), 'utf8');
  const start = page.indexOf(`${heading}\n`);
  if (start < 0) throw new Error(`iam.md has no heading ${heading}`);
  const lines = page.slice(start).split('\n');
  const first = lines.findIndex((line) => /^\| .*\bAction\b.* \|$/.test(line));
  const titles = cellsOf(lines[first] ?? '');
  const column = titles.indexOf('Action');
  const table = lines.slice(first + 2);
  return table
    .slice(
      0,
      table.findIndex((line) => !line.startsWith('|')),
    )
    .map((line) => {
      const cells = cellsOf(line);
      return {
        cells,
        actions: [...(cells[column] ?? '').matchAll(/`([\w-]+:\w+)`/g)].map(([, action]) => action ?? ''),
      };
    });
}

function cellsOf(line: string): readonly string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}
