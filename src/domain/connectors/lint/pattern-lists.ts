/** Lists of patterns as settings hold them, compared and read without matching anything. */
import { literalOf, splitList } from '../../patterns.ts';

/** The same text for lists with the same items; an absent list is the empty text. */
export function normalList(text: string | null): string {
  return text === null ? '' : [...new Set(splitList(text))].sort().join();
}

/** The names that a list spells out. */
export function spelledOut(text: string | null): readonly string[] {
  return text === null ? [] : splitList(text).flatMap((item) => literalOf(item) ?? []);
}

/** True when a list names every topic or group, and so needs no exclusion. */
export function namesOnly(text: string | null): boolean {
  return text !== null && splitList(text).every((item) => literalOf(item) !== null);
}
