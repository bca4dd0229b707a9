/** A list of bars: a picture for the eye, a list of words and figures for everybody. */
import { type Html, html } from '../markup.ts';

export interface Bar {
  readonly label: Html;
  /** Its share of the longest bar, 0 to 1. */
  readonly share: number;
  readonly value: string;
  /** A place on this page; null: none. */
  readonly href: string | null;
}

const WIDTH = 1000;

export function bars(all: readonly Bar[]): Html {
  return html`<ul class="bars">${all.map(({ label, share, value, href }) => {
    const words = href === null ? label : html`<a href="${href}">${label}</a>`;
    const width = share > 0 ? Math.max(4, share * WIDTH).toFixed(0) : '0';
    return html`<li><span class="bar-label">${words}</span><svg viewBox="0 0 ${WIDTH} 12" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-track" width="${WIDTH}" height="12"/><rect class="bar" width="${width}" height="12"/></svg><span class="bar-value">${value}</span></li>`;
  })}</ul>`;
}
