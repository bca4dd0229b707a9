/**
 * When a record of the target equals one of the source. A copy that is not recognised would be skipped, so equality is
 * as coarse as it must be: it errs towards finding too many equal records, which only makes the place earlier.
 *
 * Headers never tell two records apart: a header converter or a transformation may alter or drop them, and an altered
 * header can be that of another record. Timestamps do, unless a format or a topic does not keep them.
 */
import type { RecordImage } from './record-image.ts';

export type LeftOut = 'timestamps' | 'headers';

export interface Comparison {
  /** Equal texts for equal records of the two sides. */
  readonly alike: (image: RecordImage) => string;
  readonly without: readonly LeftOut[];
}

/** How these records are to be compared: timestamps count only if all of them have their own. */
export function comparisonOf(sources: readonly RecordImage[], targets: readonly RecordImage[]): Comparison {
  const timed = sources.every(hasTimestamp) && targets.every((image) => hasTimestamp(image) && !isSetByBroker(image));
  const alike = timed
    ? (image: RecordImage) => `${image.timestamp} ${image.content}`
    : (image: RecordImage) => image.content;
  const altered = headersAltered(alike, sources, targets);
  return { alike, without: [...(timed ? [] : ['timestamps' as const]), ...(altered ? ['headers' as const] : [])] };
}

export function isCopy(source: RecordImage, target: RecordImage): boolean {
  const { alike } = comparisonOf([source], [target]);
  return alike(source) === alike(target);
}

function hasTimestamp(image: RecordImage): boolean {
  return image.timestampKind !== 'none' && image.timestamp >= 0n;
}

/** message.timestamp.type=LogAppendTime. A source's own is copied like any other timestamp. */
function isSetByBroker(target: RecordImage): boolean {
  return target.timestampKind === 'append';
}

/** Some target record equals source records, but in headers none of them: they were altered on the way. */
function headersAltered(
  alike: Comparison['alike'],
  sources: readonly RecordImage[],
  targets: readonly RecordImage[],
): boolean {
  const headers = new Map<string, Set<string>>();
  for (const image of sources) {
    const key = alike(image);
    const known = headers.get(key);
    if (known === undefined) headers.set(key, new Set([image.headers]));
    else known.add(image.headers);
  }
  return targets.some((image) => headers.get(alike(image))?.has(image.headers) === false);
}
