/** Figures as people read them. Plain text. */
import { count } from '../domain/figures.ts';

export { count, duration, plural } from '../domain/figures.ts';

/** Unknown is a dash, never a zero. */
export function offset(value: bigint | null): string {
  return value === null ? '–' : value.toString();
}

export function signed(value: bigint | null): string {
  if (value === null) return '–';
  return value > 0n ? `+${count(value)}` : value < 0n ? `−${count(-value)}` : '0';
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
