/**
 * What a group would read again on the target (DESIGN §3): copies of source records before its position that lie at or
 * after what is committed there now.
 */
import type { Translation } from '../verdicts.ts';

export interface Redelivery {
  /** null unless proven. */
  readonly redelivered: bigint | null;
  /** At most so many; null when nobody can say. */
  readonly redeliveredMax: bigint | null;
}

export interface ProvenPlace {
  readonly translated: bigint | null;
  readonly translation: Translation;
  readonly redeliveredMax: bigint | null;
}

const UNKNOWN: Redelivery = { redelivered: null, redeliveredMax: null };

/** @param committed on the target as read last; null when nothing is, or when it is not known. */
export function redeliveryAt(committed: bigint | null, place: ProvenPlace): Redelivery {
  const { translated, translation, redeliveredMax } = place;
  if (committed === null || translated === null || redeliveredMax === null) return UNKNOWN;
  // Between the two lie at most so many records; how many of them are copies of what was read already is not counted.
  if (committed < translated) return { redelivered: null, redeliveredMax: translated - committed + redeliveredMax };
  return translation === 'exact' ? { redelivered: 0n, redeliveredMax: 0n } : { redelivered: null, redeliveredMax };
}
