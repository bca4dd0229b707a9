import type { Known } from '../../domain/cutover/facts.ts';
import type { CommitObservation } from '../../domain/offsets/observation.ts';
import type { LogRange } from '../ports.ts';

export function known<T>(value: T): Known<T> {
  return { kind: 'known', value };
}

/** `why`: a clause without a full stop that completes "is not known: …". */
export function unknown(why: string): Known<never> {
  return { kind: 'unknown', why };
}

/** null: no offset is committed. */
export function offsetKnown(commit: CommitObservation): Known<bigint | null> {
  switch (commit.kind) {
    case 'committed':
      return known(commit.offset);
    case 'none':
      return known(null);
    case 'unstable':
      return unknown('an open transaction holds an offset commit');
    case 'unreadable':
      return unknown(commit.error);
  }
}

export function endKnown(range: LogRange | undefined): Known<bigint> {
  if (range?.kind === 'range') return known(range.highWatermark);
  return unknown(range?.error ?? 'no answer');
}

export function startKnown(range: LogRange | undefined): Known<bigint> {
  if (range?.kind === 'range') return known(range.logStart);
  return unknown(range?.error ?? 'no answer');
}

/** First line of a message, as a clause. */
export function clause(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/\.$/, '');
}
