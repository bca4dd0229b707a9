/** The known name that was probably meant, or null when none is near. */
export function closestName(seen: string, known: readonly string[]): string | null {
  const wanted = normalised(seen);
  const ranked = known
    .map((name) => ({ name, distance: editDistance(wanted, normalised(name)) }))
    .sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  if (best === undefined || wanted === '') return null;
  return best.distance <= Math.max(1, Math.floor(wanted.length / 4)) ? best.name : null;
}

/** `Did you mean x? ` or nothing, to open a hint with. */
export function didYouMean(seen: string, known: readonly string[], prefix = ''): string {
  const closest = closestName(seen, known);
  return closest === null ? '' : `Did you mean ${prefix}${closest}? `;
}

/** snake_case, camelCase and kebab-case count as the same name. */
function normalised(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[_. ]/g, '-')
    .toLowerCase();
}

/** Insertions, deletions and replacements (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
