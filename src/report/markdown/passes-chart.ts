/**
 * The offset delta after each pass as the text of a Mermaid xychart, which GitHub draws. Only numbers and words of ours
 * stand in it (https://mermaid.js.org/syntax/xyChart.html).
 */
import type { PassReport } from '../report-model.ts';

export interface PassesChart {
  /** What belongs into a code block of the language `mermaid`. */
  readonly source: string;
  /** Passes that are drawn. */
  readonly shown: number;
  /** Passes left out because nothing is known of their delta: a zero would be wrong. */
  readonly unknown: number;
  /** Whether some drawn pass has partitions whose delta is not known. */
  readonly partlyUnknown: boolean;
}

/** More labels than this run into each other. */
const MAX_POINTS = 24;

/** Mermaid's own first colour is all but white, which nobody sees on a white page. */
const COLOUR = '%%{init: {"themeVariables": {"xyChart": {"plotColorPalette": "#2f6fde"}}}}%%';

/** null where there is no line to draw: fewer than two passes with a known delta, or nothing but zeros. */
export function passesChart(passes: readonly PassReport[]): PassesChart | null {
  const known = passes.filter(isKnown);
  const drawn = thinned(known, MAX_POINTS);
  const highest = drawn.reduce((max, { offsetDelta }) => (offsetDelta > max ? offsetDelta : max), 0n);
  if (drawn.length < 2 || highest === 0n) return null;
  const source = [
    COLOUR,
    'xychart-beta',
    '  title "Offset delta after each pass (records)"',
    `  x-axis "Pass" [${drawn.map(({ number }) => `"${number}"`).join(', ')}]`,
    `  y-axis "Records" 0 --> ${highest}`,
    `  line [${drawn.map(({ offsetDelta }) => offsetDelta).join(', ')}]`,
  ].join('\n');
  return {
    source,
    shown: drawn.length,
    unknown: passes.length - known.length,
    partlyUnknown: drawn.some(({ offsetDeltaUnknown }) => offsetDeltaUnknown > 0),
  };
}

/** At most `max` of them, evenly spread, the first and the last always. */
export function thinned<T>(items: readonly T[], max: number): readonly T[] {
  if (items.length <= max) return items;
  const step = (items.length - 1) / (max - 1);
  return Array.from({ length: max }, (_, i) => items[Math.round(i * step)]).flatMap((item) => item ?? []);
}

function isKnown(pass: PassReport): boolean {
  const { committed, planned, unchanged, pending, skipped, failed, offsetDeltaUnknown } = pass;
  const partitions = committed + planned + unchanged + pending + skipped + failed;
  return offsetDeltaUnknown === 0 || offsetDeltaUnknown < partitions;
}
