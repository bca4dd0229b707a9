/**
 * Commit metadata of ours (invariant L). The source's metadata is kept, because Kafka Streams stores its time there;
 * only where it is empty a marker fits, and then a later run can tell our commit from a consumer's or an operator's.
 */
export const COMMIT_MARKER = 'kafka-mm2-migration/1';

export function metadataToCommit(sourceMetadata: string): string {
  return sourceMetadata === '' ? COMMIT_MARKER : sourceMetadata;
}

export type Writer = 'ours' | 'others' | 'undecidable';

/** Who wrote a target commit, as far as its metadata tells. */
export function writerOf(targetMetadata: string, sourceMetadata: string): Writer {
  if (targetMetadata === COMMIT_MARKER) return 'ours';
  return sourceMetadata === '' ? 'others' : 'undecidable';
}
