/**
 * What every verdict, reason, result and figure of a report means: the one place of these words, for every renderer.
 * Plain text. Docs: generated from here.
 */
import type { CheckVerdict } from '../domain/cutover/check.ts';
import type { Phase } from '../domain/cutover/facts.ts';
import type { Readiness } from '../domain/cutover/group-readiness.ts';
import type { GroupVerdict, PartitionVerdict, Result, Translation } from '../domain/verdicts.ts';
import type { OffsetStatus } from './offset-status.ts';
import type { GroupStanding } from './totals.ts';

export { REASON_WORDS, type ReasonWords } from './reason-words.ts';

/** A word of ours as a reader meets it. */
export interface Term {
  /** In front of the label where the form allows it; never the only thing that tells. */
  readonly icon: string;
  readonly label: string;
  readonly meaning: string;
}

export const RESULT_WORDS: Readonly<Record<Result, Term>> = {
  ok: { icon: '✅', label: 'ok', meaning: 'All is as it should be, and nothing had to be changed.' },
  changed: {
    icon: '✅',
    label: 'changed',
    meaning: 'Something was changed as asked; in a plan or a dry run: something would be changed. Not a failure.',
  },
  'not-ready': {
    icon: '⛔',
    label: 'not ready',
    meaning: 'The cutover gate does not let pass: at least one check fails, or could not be answered.',
  },
  partial: {
    icon: '❗',
    label: 'partial',
    meaning:
      'Something was tried and failed, while something else succeeded. What was left alone on purpose is no failure.',
  },
  failed: { icon: '❌', label: 'failed', meaning: 'The run could not do its work, or ended before it was done.' },
};

export const PARTITION_VERDICT_WORDS: Readonly<Record<PartitionVerdict, string>> = {
  committed: 'The offset was committed on the target (by a rollback: committed or removed) and read back.',
  planned:
    'A dry run, or the run ended before it: this offset would be committed (by a rollback: committed or removed).',
  unchanged: 'The offset on the target is already right; an export has saved it.',
  pending: 'Not yet possible; time or a later run can cure it.',
  skipped: 'Left alone for a reason that time does not cure.',
  failed: 'A commit was tried and did not succeed; an export could not save it.',
};

/** What the code alone makes of the partitions, in report.json; people are shown OFFSET_STATUS_WORDS. */
export const GROUP_VERDICT_WORDS: Readonly<Record<GroupVerdict, string>> = {
  ready: 'Nothing speaks against any partition: its offset is in place, or only planned. status tells the two apart.',
  active: 'The group has members on the target; it was left alone.',
  unknown: 'At least one partition is pending, or rests on an offset that could not be verified.',
  blocked: 'At least one partition was left alone for a reason that time does not cure.',
  failed: 'At least one commit failed.',
};

const PLANNED: Term = {
  icon: '📝',
  label: 'planned',
  meaning: 'Not in place: a plan, a dry run, or the run ended before it. A run to its end would put it in place.',
};
const NOT_SELECTED: Term = {
  icon: '➖',
  label: 'not selected',
  meaning: 'Has offsets on migrated topics, but nobody asked for it.',
};

/** What a report shows of the offsets of a group. */
export const OFFSET_STATUS_WORDS: Readonly<Record<OffsetStatus | 'not-seen', Term>> = {
  failed: { icon: '❌', label: 'failed', meaning: GROUP_VERDICT_WORDS.failed },
  blocked: { icon: '⛔', label: 'blocked', meaning: GROUP_VERDICT_WORDS.blocked },
  unknown: { icon: '❔', label: 'unknown', meaning: GROUP_VERDICT_WORDS.unknown },
  active: { icon: '👥', label: 'active', meaning: GROUP_VERDICT_WORDS.active },
  planned: PLANNED,
  ready: { icon: '✅', label: 'ready', meaning: 'Every selected partition has its offset in place on the target.' },
  saved: { icon: '✅', label: 'saved', meaning: 'An export holds every offset that the group has on the target.' },
  restored: {
    icon: '✅',
    label: 'restored',
    meaning: 'The rollback has put back what the export holds of the group, and removed what was not there.',
  },
  'not-selected': NOT_SELECTED,
  'not-seen': { icon: '–', label: 'not seen', meaning: 'This report holds no offsets of the group.' },
};

/** The column of the totals that a group counts in. */
export const STANDING_WORDS: Readonly<Record<GroupStanding, Term>> = {
  synced: { icon: '✅', label: 'in place', meaning: 'Every selected partition has its offset in place on the target.' },
  planned: PLANNED,
  pending: { icon: '⏳', label: 'pending', meaning: 'Not yet possible; time or a later run can cure it.' },
  skipped: { icon: '⛔', label: 'skipped', meaning: 'Left alone for a reason that time does not cure.' },
  failed: { icon: '❌', label: 'failed', meaning: 'A commit was tried and did not succeed.' },
  unselected: NOT_SELECTED,
};

export const TRANSLATION_WORDS: Readonly<Record<Translation, string>> = {
  exact: 'Proven by comparing the records of both sides: nothing is skipped and nothing is read again.',
  bounded: 'Proven by comparing records: nothing is skipped, and at most so many records are read again.',
  checkpoint:
    'The word of MirrorMaker 2: nothing is skipped as far as its notes are right; how much is read again is not known.',
  none: 'No offset on the target could be told.',
};

export const READINESS_WORDS: Readonly<Record<Readiness, Term>> = {
  ready: { icon: '✅', label: 'ready', meaning: 'Every check that concerns the group passes.' },
  'not-ready': {
    icon: '⛔',
    label: 'not ready',
    meaning: 'At least one check of the group fails: do not move it yet.',
  },
  unknown: {
    icon: '❔',
    label: 'unknown',
    meaning: 'No check fails, but one could not be answered. What is not known does not pass.',
  },
  'not-asked': {
    icon: '➖',
    label: 'not asked',
    meaning: 'Outside the selection and not required, or without a committed offset on the source.',
  },
};

export const CHECK_VERDICT_WORDS: Readonly<Record<CheckVerdict, Term>> = {
  fail: { icon: '❌', label: 'fail', meaning: 'What was seen speaks against the cutover.' },
  unknown: { icon: '❔', label: 'unknown', meaning: 'It could not be seen. What is not known does not pass.' },
  pass: { icon: '✅', label: 'pass', meaning: 'What was seen is as it should be.' },
  'not-asked': { icon: '➖', label: 'not asked', meaning: 'This phase does not ask it, or skip-checks leaves it out.' },
};

/** Goes on after a number of groups: `12 of 14 groups can cut over now`. */
export const PHASE_CLAUSES: Readonly<Record<Phase, string>> = {
  rehearse: 'could cut over after a sync',
  cutover: 'can cut over now',
  decommission: 'moved for good',
};

export type Figure = 'sourceLag' | 'offsetDelta' | 'readAgain';

/** The figures of a group or partition: their column titles, and what they count. */
export const FIGURE_WORDS: Readonly<Record<Figure, { readonly title: string; readonly meaning: string }>> = {
  sourceLag: {
    title: 'Source lag',
    meaning: 'Records that the group still has to read on the source: the end of the log minus its committed offset.',
  },
  offsetDelta: {
    title: 'Offset delta',
    meaning:
      'The right offset on the target minus the one committed there. 0 is in place; with a plus sign the target is behind.',
  },
  readAgain: {
    title: 'Read again at most',
    meaning: 'Records that the group has read on the source and will at most read once more on the target.',
  },
};

/** MirrorMaker 2's words that a report cannot do without. */
export const GLOSSARY: readonly { readonly word: string; readonly meaning: string }[] = [
  {
    word: 'Offset',
    meaning:
      'The number of a record in its partition. A copy has another offset than its original, so a group’s place has to be translated.',
  },
  { word: 'Committed offset', meaning: 'Where a consumer group goes on reading when it starts.' },
  {
    word: 'Checkpoint',
    meaning: 'A note of MirrorMaker 2: at this offset on the source, the group may go on at that offset on the target.',
  },
  {
    word: 'Offset sync',
    meaning:
      'A note of MirrorMaker 2: this record of the source has that offset on the target. Only some records have one.',
  },
  { word: 'Cutover', meaning: 'The moment when the consumers stop on the source and start on the target.' },
];
