import { COMMAND_WORK } from '../../domain/command-work.ts';
import type { Command } from '../../domain/verdicts.ts';
import type { Clusters } from '../command-needs.ts';
import type { InputReader } from '../input-reader.ts';
import { readByteSize, readChoice, readCount } from '../read-values.ts';
import { TRANSLATION_MODES } from '../schema/translation.ts';
import type { TranslationInputs } from '../typed-inputs.ts';

/** Less would make a run of a few partitions take hours, and is a unit left out. */
const MIN_SCAN_BYTES_PER_SECOND = 10_000;

/** Exact needs the source's records: with a source it is the default, without one it cannot be meant. */
export function readTranslation(reader: InputReader, command: Command, clusters: Clusters): TranslationInputs {
  const hasSource = clusters.source.isGiven;
  const given = reader.isGiven('translation') ? readChoice(reader, 'translation', TRANSLATION_MODES) : null;
  if (given === 'exact' && !hasSource && clusters.target.isGiven && translates(command)) {
    const hint = 'Give the source, or leave translation out: without a source MirrorMaker 2 is taken at its word.';
    reader.problem('translation', 'checkpoint, since no source is given', reader.seen('translation'), hint);
  }
  return {
    mode: given ?? (hasSource ? 'exact' : 'checkpoint'),
    maxScan: readCount(reader, 'max-scan', 1) ?? 0,
    scanBytesPerSecond: readByteSize(reader, 'scan-rate', MIN_SCAN_BYTES_PER_SECOND) ?? 0,
  };
}

function translates(command: Command): boolean {
  const { offsets, gate } = COMMAND_WORK[command];
  return offsets !== 'none' || gate;
}
