const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['kb', 1_000],
  ['mb', 1_000_000],
  ['gb', 1_000_000_000],
  ['kib', 1_024],
  ['mib', 1_048_576],
  ['gib', 1_073_741_824],
]);

/** `50MB`, `64MiB` or plain bytes; capitals do not matter. null: not one, or more than a number holds exactly. */
export function parseByteSize(text: string): number | null {
  const parts = /^(\d{1,16})([kmg]i?b)?$/i.exec(text);
  if (parts === null) return null;
  const bytes = Number(parts[1]) * (UNITS.get((parts[2] ?? '').toLowerCase()) ?? 1);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** In the greatest decimal unit that leaves no rest: `50MB`, `1500KB`, `65536`. */
export function formatByteSize(bytes: number): string {
  for (const unit of ['GB', 'MB', 'KB']) {
    const size = UNITS.get(unit.toLowerCase()) ?? 1;
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return String(bytes);
}
