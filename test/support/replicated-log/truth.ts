/**
 * What DESIGN §3 calls safe and exact, by the world's own knowledge of what is a copy of what. A source record is one that
 * is still there: what was compacted away or expired, no consumer of the source would get either. Copies that lie beyond
 * Connect's offset will be written once more, after everything that is on the target now. A record that was copied twice
 * counts as held twice, though compaction may have taken one of the two.
 */
import type { ReplicatedWorld } from './replicated-world.ts';

export interface Truth {
  /** A source record at or after the position that would be skipped; null: the place is safe. */
  readonly skipped: number | null;
  /** Copies of records before the position at or after the place that the target does not hold twice. */
  readonly redelivered: number;
}

/** `end`: where the target's log ended when it was looked at; what came later is no copy that the place had to mind. */
export function truthOf(world: ReplicatedWorld, position: number, place: number, end: number): Truth {
  const copies = world.target.records();
  const reachable = new Set<number>();
  const written = new Map<number, number>();
  for (const { copyOf, offset } of copies) if (copyOf !== null && offset >= place) reachable.add(copyOf);
  for (const { copyOf } of world.target.entries)
    if (copyOf !== null) written.set(copyOf, (written.get(copyOf) ?? 0) + 1);
  let skipped: number | null = null;
  let redelivered = 0;
  for (const { copyOf, offset } of copies) {
    if (copyOf === null) continue;
    const isLost = copyOf >= position && !reachable.has(copyOf) && world.source.at(copyOf) !== null;
    if (isLost && copyOf < world.mirror.position && (skipped === null || copyOf < skipped)) skipped = copyOf;
    if (copyOf < position && offset >= place && offset < end && written.get(copyOf) === 1) redelivered++;
  }
  return { skipped, redelivered };
}
