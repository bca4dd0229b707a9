/** Figures as people read them. Plain text. */

/** 1234567n → `1,234,567`. */
export function count(value: number | bigint): string {
  return value.toString().replace(/\B(?=(\d{3})+$)/g, ',');
}

export function plural(value: number | bigint, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 || value === 1n ? one : many}`;
}

/** Unknown is a dash, never a zero. */
export function offset(value: bigint | null): string {
  return value === null ? '–' : value.toString();
}

export function signed(value: bigint | null): string {
  if (value === null) return '–';
  return value > 0n ? `+${count(value)}` : value < 0n ? `−${count(-value)}` : '0';
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

/** `280`, `280 + 2 unknown`: what is not known is never counted as zero. */
export function offsetDelta(known: bigint, unknownPartitions: number): string {
  if (unknownPartitions === 0) return count(known);
  const unknown = `${count(unknownPartitions)} unknown`;
  return known === 0n ? unknown : `${count(known)} + ${unknown}`;
}

/** `2026-03-01T10:00:00.123Z` → `2026-03-01 10:00:00 UTC`; anything else as it is. */
export function instant(iso: string): string {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(iso);
  return parts === null ? iso : `${parts[1]} ${parts[2]} UTC`;
}
