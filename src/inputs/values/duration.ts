const UNITS_MS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

/** Timers of the runtime end at 2^31 − 1 ms; nothing here waits longer. */
export const MAX_DURATION_MS = 24 * 86_400_000;

/** `300` is seconds; else whole numbers with d, h, m, s, ms, the greater unit first, each once: `1h30m`. null: not one. */
export function parseDurationMs(text: string): number | null {
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1_000;
  const parts = /^(?:(\d{1,10})d)?(?:(\d{1,10})h)?(?:(\d{1,10})m(?!s))?(?:(\d{1,10})s)?(?:(\d{1,10})ms)?$/.exec(text);
  if (parts === null || text === '') return null;
  return UNITS_MS.reduce((sum, [, unitMs], index) => sum + Number(parts[index + 1] ?? 0) * unitMs, 0);
}

/** The shortest form that `parseDurationMs` reads back, e.g. `1h30m`. */
export function formatDurationMs(durationMs: number): string {
  let rest = durationMs;
  let text = '';
  for (const [unit, unitMs] of UNITS_MS) {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    if (count > 0) text += `${count}${unit}`;
  }
  return text === '' ? '0s' : text;
}
