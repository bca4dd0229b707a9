import { isScalar, isSeq } from 'yaml';

/**
 * A YAML value as the text that would be given directly. null: neither one value nor, where a list is taken, a
 * sequence of them. Plain scalars keep their spelling (007, 1e3).
 */
export function textOfYaml(value: unknown, takesList: boolean): string | null {
  if (value === null || value === undefined) return '';
  if (isScalar(value)) {
    if (value.value === null) return '';
    return typeof value.value === 'string' ? value.value : (value.source ?? String(value.value));
  }
  if (!isSeq(value) || !takesList) return null;
  const items = value.items.map((item) => (isScalar(item) ? textOfYaml(item, false) : null));
  return items.includes(null) ? null : items.join(',');
}
