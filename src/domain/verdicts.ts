/**
 * The closed lists that every report, test and document uses. They are enums in
 * docs/schema/report.schema.json, where a test compares them with these.
 */

export const COMMANDS = ['plan', 'apply', 'sync', 'check', 'migrate', 'export', 'rollback', 'report'] as const;
export type Command = (typeof COMMANDS)[number];

/** `partial`: something was tried and failed while something else succeeded; a safety skip is never partial. */
export const RESULTS = ['ok', 'changed', 'not-ready', 'partial', 'failed'] as const;
export type Result = (typeof RESULTS)[number];

export const PARTITION_VERDICTS = ['committed', 'planned', 'unchanged', 'pending', 'skipped', 'failed'] as const;
export type PartitionVerdict = (typeof PARTITION_VERDICTS)[number];

export const GROUP_VERDICTS = ['ready', 'active', 'blocked', 'failed', 'unknown'] as const;
export type GroupVerdict = (typeof GROUP_VERDICTS)[number];

/** How the downstream offset was obtained; `checkpoint` is MM2's word, behind the guards of `checkpoint-guards.ts`. */
export const TRANSLATIONS = ['exact', 'bounded', 'checkpoint', 'none'] as const;
export type Translation = (typeof TRANSLATIONS)[number];

export const REASONS = [
  'group-active',
  'group-active-standalone',
  'group-type-unsupported',
  'group-state-unknown',
  'filtered',
  'taken-over',
  'target-ahead',
  'target-out-of-range',
  'would-rewind',
  'no-downstream-topic',
  'partition-missing',
  'no-source-commit',
  'no-checkpoint',
  'not-on-source',
  'not-replicated',
  'checkpoint-ahead-of-source',
  'checkpoint-refuted',
  'checkpoint-unreadable',
  'checkpoint-unverified',
  'anchors-contradict',
  'translation-unproven',
  'source-truncated',
  'source-unreadable',
  'clamped-to-log-start',
  'offset-unstable',
  'commit-rejected',
  'read-back-mismatch',
  'moved-on',
] as const;
export type Reason = (typeof REASONS)[number];

/** Reasons that time alone can cure: they keep a bounded run going. */
export const PENDING_REASONS: ReadonlySet<Reason> = new Set<Reason>([
  'not-replicated',
  'no-checkpoint',
  'checkpoint-ahead-of-source',
  'group-state-unknown',
  'offset-unstable',
]);
