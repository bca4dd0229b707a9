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

/** snake_case, camelCase and kebab-case count as the same name. */
function normalised(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .replace(/[_. ]/g, '-')
    .toLowerCase();
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
export function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const replaced = at(last, j) + (a[i] === b[j] ? 0 : 1);
      const swapped = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j] ? at(beforeLast, j - 1) + 1 : replaced;
      row.push(Math.min(replaced, swapped, at(last, j + 1) + 1, at(row, j) + 1));
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? 0;
}
