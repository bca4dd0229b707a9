import type { FindingPlace } from '../domain/finding.ts';

/** `connectors/source.json:12`, as compilers print it. */
export function placeWords({ file, line }: FindingPlace): string {
  return line === null ? file : `${file}:${line}`;
}
