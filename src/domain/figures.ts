/** Figures in sentences, as people read them. Plain text. */

/** 1234567n → `1,234,567`. */
export function count(value: number | bigint): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

export function plural(value: number | bigint, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 || value === 1n ? one : many}`;
}

/** 0.4 s, 41 s, 3 min 5 s, 2 h 1 min. */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1_000;
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

const SPANS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/** Of thresholds and ages, the two greatest parts without zeros: `3 d`, `5 min`, `1 h 30 min`. Below a second 0 s. */
export function span(milliseconds: number): string {
  let rest = Math.max(0, milliseconds);
  const parts: string[] = [];
  for (const [unit, unitMs] of SPANS) {
    const number = Math.floor(rest / unitMs);
    rest -= number * unitMs;
    if (number > 0) parts.push(`${number} ${unit}`);
  }
  return parts.slice(0, 2).join(' ') || '0 s';
}
