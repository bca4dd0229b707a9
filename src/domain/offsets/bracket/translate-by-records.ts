/**
 * The bracket rule over logs that are at hand, for tests and for whoever wants to try it on a model of his own.
 *
 * `sourceRecords` and `targetRecords`: all data records of the two logs (aborted ones included, no control records), in
 * any order; those outside of `facts.source` and `facts.target` are not looked at. `facts` as for PartitionTranslator:
 * each range is [logStart, highWatermark), `syncs` are all offset syncs of the partition in the order of their log, and
 * `maxScan` may be Number.MAX_SAFE_INTEGER. Where the logs move meanwhile, the order of the reads is: the committed
 * offset, the offset syncs, the target's range, the source's range, the records.
 */
import { type BracketFacts, PartitionTranslator } from './partition-translator.ts';
import type { RecordImage } from './record-image.ts';
import type { RecordTranslation } from './record-translation.ts';

export interface RecordsAtHand {
  readonly committed: bigint;
  readonly facts: BracketFacts;
  readonly sourceRecords: readonly RecordImage[];
  readonly targetRecords: readonly RecordImage[];
}

export function translateByRecords(at: RecordsAtHand): RecordTranslation {
  const translator = new PartitionTranslator(at.facts);
  const logs = { source: ascending(at.sourceRecords), target: ascending(at.targetRecords) };
  for (let missing = translator.missing(at.committed); missing.length > 0; ) {
    for (const slice of missing) translator.add(slice, logs[slice.side]);
    missing = translator.missing(at.committed);
  }
  return translator.translate(at.committed);
}

function ascending(records: readonly RecordImage[]): readonly RecordImage[] {
  return records.toSorted((a, b) => (a.offset < b.offset ? -1 : 1));
}
