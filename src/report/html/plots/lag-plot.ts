/** Source lag by group: who is furthest behind, and how many groups are how far behind. */
import { count, offsetDelta, plural } from '../../format.ts';
import type { GroupRow } from '../../group-rows.ts';
import type { RankedGroup } from '../../order.ts';
import { type Html, html, NOTHING, name, when } from '../markup.ts';
import { type Bar, bars } from './bars.ts';

const MAX_BARS = 12;
/** Upper ends of the ranges; what lies above the last one is the last range. */
const RANGES = [0n, 99n, 999n, 9_999n, 99_999n, 999_999n] as const;

/** Nothing where no group has a lag that is known. @param linked so many of the rows can be led to. */
export function lagPlot(rows: readonly GroupRow[], linked: number): Html {
  const selected = rows.flatMap(({ ranked }, index) =>
    ranked === null || ranked.standing === 'unselected' ? [] : [{ ranked, index }],
  );
  const known = selected.filter(({ ranked }) => isKnown(ranked));
  if (known.length === 0) return NOTHING;
  const behind = known.filter(({ ranked }) => ranked.lag > 0n);
  const most = behind.toSorted((a, b) =>
    a.ranked.lag > b.ranked.lag ? -1 : a.ranked.lag < b.ranked.lag ? 1 : a.index - b.index,
  );
  const top = most[0]?.ranked.lag ?? 1n;
  const list = most.slice(0, MAX_BARS).map(
    ({ ranked, index }): Bar => ({
      label: name(ranked.group.groupId),
      share: Number(ranked.lag) / Number(top),
      value: offsetDelta(ranked.lag, ranked.lagUnknown),
      href: index < linked ? `#group=${index}` : null,
    }),
  );
  const unknown = selected.length - known.length;
  const note = `${plural(behind.length, 'group')} of ${count(selected.length)} still to read records on the source${unknown === 0 ? '' : `; not known for ${count(unknown)}`}.`;
  return html`<article class="card plot"><h3>Source lag by group</h3><p class="muted">${note}</p>
${bars(list)}${when(most.length > MAX_BARS, () => html`<p class="muted">${plural(most.length - MAX_BARS, 'more group')} with less: sort the table below by source lag.</p>`)}
${when(known.length > MAX_BARS, () => ranges(known.map(({ ranked }) => ranked.lag)))}</article>`;
}

/** A group of which nothing is known has no lag of zero. */
function isKnown({ group, lagUnknown }: RankedGroup): boolean {
  return group.partitions.filter(({ reason }) => reason !== 'filtered').length > lagUnknown;
}

function ranges(lags: readonly bigint[]): Html {
  const numbers = [...RANGES, null].map((end, i) => {
    const start = i === 0 ? 0n : (RANGES[i - 1] ?? 0n) + 1n;
    const number = lags.filter((lag) => lag >= start && (end === null || lag <= end)).length;
    return { words: rangeWords(start, end), number };
  });
  const most = Math.max(...numbers.map(({ number }) => number));
  const list = numbers.map(
    ({ words, number }): Bar => ({
      label: html`${words}`,
      share: number / most,
      value: plural(number, 'group'),
      href: null,
    }),
  );
  return html`<h4>Groups by lag</h4>${bars(list)}`;
}

function rangeWords(start: bigint, end: bigint | null): string {
  if (end === 0n) return 'none';
  return end === null ? `${count(start)} or more` : `${count(start)} – ${count(end)}`;
}
