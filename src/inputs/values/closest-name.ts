import { closestName } from '../../domain/closest-name.ts';

export { closestName };

/** `Did you mean x? ` or nothing, to open a hint with. */
export function didYouMean(seen: string, known: readonly string[], prefix = ''): string {
  const closest = closestName(seen, known);
  return closest === null ? '' : `Did you mean ${prefix}${closest}? `;
}
