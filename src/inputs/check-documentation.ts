/** The checks of the gate as docs/cutover-gate.md shows them. */
import { CHECK_TABLE, type CheckRow } from '../domain/cutover/check-table.ts';
import { PHASES } from '../domain/cutover/facts.ts';

/** One row a check, in the order of the table. */
export function renderCheckTable(): string {
  const head = `| # | Check | It passes when | ${PHASES.join(' | ')} | When it does not |\n`;
  const rule = `| --- | --- | --- | ${PHASES.map(() => '---').join(' | ')} | --- |\n`;
  return head + rule + CHECK_TABLE.map(row).join('');
}

function row({ number, check, phases }: CheckRow): string {
  const asked = PHASES.map((phase) => (phases.includes(phase) ? '✔' : ''));
  return `| ${number} | \`${check.id}\` | ${check.title} | ${asked.join(' | ')} | ${check.next} |\n`;
}
