import type { Command } from '../../domain/verdicts.ts';
import type { InputSpec } from './input-spec.ts';

export const TRANSLATION_MODES = ['exact', 'checkpoint'] as const;

const TRANSLATING: readonly Command[] = ['plan', 'sync', 'check', 'migrate'];

export const TRANSLATION_INPUTS = [
  {
    name: 'translation',
    group: 'sync',
    kind: 'choice',
    choices: TRANSLATION_MODES,
    commands: TRANSLATING,
    description:
      "How offsets are translated. `exact` compares records around each committed offset on both clusters, so that nothing is skipped and nothing is read again; it is what happens when a source is given, and needs READ on the topics of both sides. `checkpoint` reads no records and takes MirrorMaker 2's checkpoints, which may lie far behind; without a source there is nothing else.",
    importance: 'rest',
  },
  {
    name: 'max-scan',
    group: 'sync',
    kind: 'count',
    default: '100000',
    commands: TRANSLATING,
    description:
      'Records of one partition, on each cluster, that may be compared to translate one offset. Where more would be needed the checkpoint has to do, or the offset is left alone.',
    importance: 'rest',
  },
  {
    name: 'scan-rate',
    group: 'sync',
    kind: 'size',
    default: '50MB',
    commands: TRANSLATING,
    description:
      'Bytes a second that comparing records may read from each cluster, e.g. `10MB`, so that production traffic keeps its room.',
    importance: 'rest',
  },
] as const satisfies readonly InputSpec[];
