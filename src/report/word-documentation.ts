/** The words of a report as docs/reasons.md shows them. */
import { PENDING_REASONS, type Reason } from '../domain/verdicts.ts';
import {
  CHECK_VERDICT_WORDS,
  FIGURE_WORDS,
  GROUP_VERDICT_WORDS,
  OFFSET_STATUS_WORDS,
  PARTITION_VERDICT_WORDS,
  READINESS_WORDS,
  REASON_WORDS,
  RESULT_WORDS,
  STANDING_WORDS,
  type Term,
  TRANSLATION_WORDS,
} from './words.ts';

type Rows = readonly (readonly [word: string, meaning: string])[];

/** Section of the page → its lines. */
export function renderWordTables(): readonly (readonly [section: string, body: string])[] {
  return [
    ['results', tableOf(Object.entries(RESULT_WORDS).map(([word, { meaning }]) => [`\`${word}\``, meaning]))],
    ['standings', tableOf(termsOf(STANDING_WORDS))],
    ['offset-statuses', tableOf(termsOf(OFFSET_STATUS_WORDS))],
    ['group-verdicts', tableOf(coded(GROUP_VERDICT_WORDS))],
    ['partition-verdicts', tableOf(coded(PARTITION_VERDICT_WORDS))],
    ['translations', tableOf(coded(TRANSLATION_WORDS))],
    ['figures', tableOf(Object.values(FIGURE_WORDS).map(({ title, meaning }) => [title, meaning]))],
    ['readiness', tableOf(termsOf(READINESS_WORDS))],
    ['check-verdicts', tableOf(termsOf(CHECK_VERDICT_WORDS))],
  ];
}

/** What stands below the heading of a reason. */
export function renderReason(reason: Reason): string {
  const { meaning, next } = REASON_WORDS[reason];
  const wait = PENDING_REASONS.has(reason) ? ' A run with `run-for` waits for it.' : '';
  return `**${meaning}**${wait}\n\nWhat to do: ${next}\n`;
}

function tableOf(rows: Rows): string {
  return ['|  |  |', '| --- | --- |', ...rows.map(([word, meaning]) => `| ${word} | ${meaning} |`), ''].join('\n');
}

function coded(words: Readonly<Record<string, string>>): Rows {
  return Object.entries(words).map(([word, meaning]) => [`\`${word}\``, meaning]);
}

function termsOf(words: Readonly<Record<string, Term>>): Rows {
  return Object.values(words).map(({ icon, label, meaning }) => [`${icon} ${label}`, meaning]);
}
