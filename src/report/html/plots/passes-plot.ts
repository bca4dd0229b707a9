/** The offset delta after each pass as a line, and the passes in figures below it. */
import { count, duration, offsetDelta, plural } from '../../format.ts';
import { thinned } from '../../markdown/passes-chart.ts';
import type { PassReport } from '../../report-model.ts';
import { type Html, html, NOTHING, when } from '../markup.ts';

const WIDTH = 640;
const HEIGHT = 240;
const LEFT = 70;
const RIGHT = 14;
const TOP = 14;
const BOTTOM = 36;
const MAX_POINTS = 200;
/** More labels than this run into each other. */
const MAX_LABELS = 12;
const MAX_DOTS = 60;
const STEPS = 4;
const MAX_ROWS = 200;

export function passesPlot(passes: readonly PassReport[]): Html {
  // One pass is told by the figures.
  if (passes.length < 2) return NOTHING;
  const known = passes.filter(isKnown);
  const drawn = thinned(known, MAX_POINTS);
  const last = passes.at(-1);
  const now = last === undefined ? '' : offsetDelta(last.offsetDelta, last.offsetDeltaUnknown);
  return html`<article class="card plot"><h3>Offset delta over the passes</h3>
<p class="muted">After ${plural(passes.length, 'pass', 'passes')}: ${now}. At 0 every known offset is in place on the target.</p>
${when(drawn.length > 1 && drawn.some((pass) => pass.offsetDelta > 0n), () => line(drawn))}${table(passes)}</article>`;
}

/** Of a pass in which nothing is known a zero would be wrong. */
function isKnown(pass: PassReport): boolean {
  const { committed, planned, unchanged, pending, skipped, failed, offsetDeltaUnknown } = pass;
  const partitions = committed + planned + unchanged + pending + skipped + failed;
  return offsetDeltaUnknown === 0 || offsetDeltaUnknown < partitions;
}

function line(passes: readonly PassReport[]): Html {
  const highest = Math.max(...passes.map(({ offsetDelta: delta }) => Number(delta)), 1);
  const step = niceStep(highest / STEPS);
  const end = Math.ceil(highest / step) * step;
  const x = (i: number) => LEFT + (i * (WIDTH - LEFT - RIGHT)) / (passes.length - 1);
  const y = (value: number) => HEIGHT - BOTTOM - (value / end) * (HEIGHT - TOP - BOTTOM);
  const points = passes.map((pass, i) => ({ pass, x: x(i).toFixed(1), y: y(Number(pass.offsetDelta)).toFixed(1) }));
  const path = points.map((point) => `${point.x},${point.y}`).join(' ');
  const floor = y(0).toFixed(1);
  const area = `${x(0).toFixed(1)},${floor} ${path} ${x(passes.length - 1).toFixed(1)},${floor}`;
  const grid = Array.from({ length: Math.round(end / step) + 1 }, (_, i) => gridLine(i * step, y(i * step)));
  const shown = new Set(thinned(points, MAX_LABELS));
  const labels = points
    .filter((point) => shown.has(point))
    .map(
      (point) => html`<text x="${point.x}" y="${HEIGHT - BOTTOM + 16}" class="axis middle">${point.pass.number}</text>`,
    );
  const dots = points.length > MAX_DOTS ? [] : points.map((point) => dot(point.pass, point.x, point.y));
  return html`<svg class="line-plot" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${spoken(passes)}">
${grid}<polygon class="area" points="${area}"/><polyline class="line" points="${path}"/>${dots}${labels}
<text x="${(LEFT + WIDTH - RIGHT) / 2}" y="${HEIGHT - 3}" class="axis middle">Pass</text></svg>`;
}

function gridLine(value: number, y: number): Html {
  const at = y.toFixed(1);
  return html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}"/><text x="${LEFT - 8}" y="${(y + 4).toFixed(1)}" class="axis end">${count(value)}</text>`;
}

function dot(pass: PassReport, x: string, y: string): Html {
  const words = `Pass ${pass.number}: ${offsetDelta(pass.offsetDelta, pass.offsetDeltaUnknown)}`;
  return html`<circle class="point" cx="${x}" cy="${y}" r="3.5"><title>${words}</title></circle>`;
}

function spoken(passes: readonly PassReport[]): string {
  const [first, last] = [passes[0], passes.at(-1)];
  if (first === undefined || last === undefined) return '';
  const at = ({ number, offsetDelta: delta }: PassReport) => `${count(delta)} after pass ${number}`;
  return `Line of the offset delta: ${at(first)}, ${at(last)}. The figures are in the table below.`;
}

/** 1, 2 or 5 times a power of ten, at least 1. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1)));
  return power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10);
}

function table(passes: readonly PassReport[]): Html {
  const titles = ['Pass', 'Took', 'Committed', 'Planned', 'Unchanged', 'Pending', 'Skipped', 'Failed', 'Offset delta'];
  const shown = thinned(passes, MAX_ROWS);
  const left = passes.length - shown.length;
  const rows = shown.map((pass) => {
    const { number, durationMs, committed, planned, unchanged, pending, skipped, failed } = pass;
    const counts = [committed, planned, unchanged, pending, skipped, failed].map(
      (n) => html`<td class="num">${count(n)}</td>`,
    );
    return html`<tr><th scope="row" class="num">${number}</th><td class="num">${duration(durationMs)}</td>${counts}<td class="num">${offsetDelta(pass.offsetDelta, pass.offsetDeltaUnknown)}</td></tr>`;
  });
  return html`<details><summary>Passes in figures (group partitions)</summary><div class="scroll" tabindex="0" role="group" aria-label="Passes"><table>
<thead><tr>${titles.map((title) => html`<th scope="col" class="num">${title}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>
${when(left > 0, () => html`<p class="muted">${plural(left, 'pass', 'passes')} in between left out here; all are in report.json.</p>`)}</details>`;
}
