/** The words that the page's script puts on what it renders: labels, their colours, their meanings. */
import { READINESS, type Readiness } from '../../domain/cutover/group-readiness.ts';
import { PARTITION_VERDICTS, type PartitionVerdict, TRANSLATIONS } from '../../domain/verdicts.ts';
import { OFFSET_STATUS_WORDS, PARTITION_VERDICT_WORDS, READINESS_WORDS, TRANSLATION_WORDS } from '../words.ts';
import { ROW_VERDICTS, type RowVerdict } from './page-rows.ts';

/** Class of a colour: `tone-good`, `fill-good`. */
export type Tone = 'good' | 'info' | 'wait' | 'warn' | 'bad' | 'none';

export interface Label {
  readonly label: string;
  readonly tone: Tone;
  readonly meaning: string;
}

export const READINESS_TONES: Readonly<Record<Readiness, Tone>> = {
  'not-ready': 'bad',
  unknown: 'wait',
  ready: 'good',
  'not-asked': 'none',
};

const VERDICT_TONES: Readonly<Record<RowVerdict, Tone>> = {
  failed: 'bad',
  blocked: 'warn',
  unknown: 'wait',
  active: 'info',
  planned: 'info',
  ready: 'good',
  saved: 'good',
  restored: 'good',
  'not-selected': 'none',
  'not-seen': 'none',
};

const PARTITION_TONES: Readonly<Record<PartitionVerdict, Tone>> = {
  committed: 'good',
  planned: 'info',
  unchanged: 'good',
  pending: 'wait',
  skipped: 'warn',
  failed: 'bad',
};

export function pageWords(): unknown {
  return {
    verdicts: labels(ROW_VERDICTS, (verdict) => ({ ...OFFSET_STATUS_WORDS[verdict], tone: VERDICT_TONES[verdict] })),
    readiness: labels(worstFirst(READINESS), (one) => {
      const { label, meaning } = READINESS_WORDS[one];
      return { label, meaning, tone: READINESS_TONES[one] };
    }),
    partitions: labels(PARTITION_VERDICTS, (one) => ({
      label: one,
      meaning: PARTITION_VERDICT_WORDS[one],
      tone: PARTITION_TONES[one],
    })),
    partitionVerdicts: PARTITION_VERDICTS,
    translations: TRANSLATIONS,
    translationMeanings: TRANSLATION_WORDS,
  };
}

function worstFirst(verdicts: readonly Readiness[]): readonly Readiness[] {
  const order = Object.keys(READINESS_TONES);
  return [...verdicts].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

function labels<K extends string>(keys: readonly K[], label: (key: K) => Label): Readonly<Record<string, Label>> {
  return Object.fromEntries(keys.map((key) => [key, pick(label(key))]));
}

function pick({ label, tone, meaning }: Label): Label {
  return { label, tone, meaning };
}
