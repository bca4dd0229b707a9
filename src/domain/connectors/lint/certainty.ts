/** How sure it is that two connectors meet: only what is sure can be an error. */
export type Certainty = 'yes' | 'maybe' | 'no';

/** That all of it holds. */
export function allOf(...parts: readonly Certainty[]): Certainty {
  if (parts.includes('no')) return 'no';
  return parts.includes('maybe') ? 'maybe' : 'yes';
}
