/** The passes of a bounded run: how the offset delta went down, and the numbers behind it. */
import { count, duration, offsetDelta, plural } from '../format.ts';
import type { PassReport, ReportModel } from '../report-model.ts';
import type { Caps } from './ladder.ts';
import { leftOut } from './left-out.ts';
import { blocks, type Column, type Content, codeBlock, details, type Markup, md, NOTHING, table } from './markdown.ts';
import { passesChart } from './passes-chart.ts';

/** Of many passes the first ones and the last ones tell the story. */
const FIRST_PASSES = 3;

export function passesSection({ passes }: ReportModel, caps: Caps): Markup {
  if (passes.length === 0 || !caps.folds) return NOTHING;
  const first = passes.length <= caps.passes ? passes.length : Math.min(FIRST_PASSES, caps.passes);
  const shown = [...passes.slice(0, first), ...passes.slice(Math.max(first, passes.length - (caps.passes - first)))];
  const names = ['Pass', 'Took', 'Committed', 'Planned', 'Unchanged', 'Pending', 'Skipped', 'Failed', 'Offset delta'];
  const columns = names.map((title): Column => ({ title, align: 'right' }));
  const body = blocks([table(columns, shown.map(passRow)), ...leftOut(passes.length - shown.length, 'pass', 'passes')]);
  return blocks([
    chart(passes),
    details(md`${plural(passes.length, 'pass', 'passes')} (numbers of group partitions)`, body),
  ]);
}

function chart(passes: readonly PassReport[]): Markup {
  const drawn = passesChart(passes);
  if (drawn === null) return NOTHING;
  const notes = [
    drawn.shown < passes.length - drawn.unknown
      ? `${count(drawn.shown)} of ${plural(passes.length, 'pass', 'passes')} are drawn.`
      : '',
    drawn.unknown > 0 ? `${plural(drawn.unknown, 'pass', 'passes')} without a known delta left out.` : '',
    drawn.partlyUnknown ? 'Partitions whose delta is not known do not count; the table has them.' : '',
  ].filter((note) => note !== '');
  return blocks([codeBlock('mermaid', drawn.source.split('\n')), md`${notes.join(' ')}`]);
}

function passRow(pass: PassReport): Content[] {
  const { committed, planned, unchanged, pending, skipped, failed } = pass;
  const counts = [committed, planned, unchanged, pending, skipped, failed].map(count);
  return [pass.number, duration(pass.durationMs), ...counts, offsetDelta(pass.offsetDelta, pass.offsetDeltaUnknown)];
}
