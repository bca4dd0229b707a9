/** How a whole is shared out: one bar, and the same in words. */
import { count } from '../../format.ts';
import { type Html, html, NOTHING } from '../markup.ts';
import type { Tone } from '../page-words.ts';

export interface Share {
  readonly tone: Tone;
  readonly label: string;
  readonly number: number;
}

const WIDTH = 1000;
/** What is there is seen, however little it is. */
const LEAST = 6;

/** Nothing without shares. */
export function shareBar(shares: readonly Share[]): Html {
  const present = shares.filter(({ number }) => number > 0);
  const total = present.reduce((sum, { number }) => sum + number, 0);
  if (total === 0) return NOTHING;
  const wanted = present.map(({ number }) => Math.max(LEAST, (number / total) * WIDTH));
  const scale = WIDTH / wanted.reduce((sum, width) => sum + width, 0);
  let x = 0;
  const bars = present.map(({ tone }, i) => {
    const width = (wanted[i] ?? 0) * scale;
    const bar = html`<rect class="fill-${tone}" x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="10"/>`;
    x += width;
    return bar;
  });
  const words = present.map(
    ({ tone, label, number }) =>
      html`<li><span class="dot tone-${tone}" aria-hidden="true"></span><b>${count(number)}</b> ${label}</li>`,
  );
  return html`<div class="tile wide"><h3>Consumer groups</h3><p class="figure">${count(total)}</p>
<svg class="share" viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" aria-hidden="true">${bars}</svg>
<ul class="shares">${words}</ul></div>`;
}
