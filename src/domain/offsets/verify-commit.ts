/** What a commit came to: the broker's answer together with what was read back (invariants B and E). */
import type { PartitionVerdict, Reason } from '../verdicts.ts';
import type { CommitObservation } from './observation.ts';
import type { PlannedCommit } from './plan-offset-sync.ts';

/**
 * `not-sent`: certainly without effect (time was over, no connection, coordinator moved or loading): read again and
 * decide again.
 * `unknown`: the request was sent and no answer came. It is never resent; the caller reads again and decides again
 * (invariant B).
 */
export type CommitAnswer =
  | { readonly kind: 'committed' }
  | { readonly kind: 'rejected'; readonly error: string }
  | { readonly kind: 'not-sent'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly reason: string };

export interface VerifiedCommit {
  readonly verdict: PartitionVerdict;
  readonly reason: Reason | null;
  readonly detail: string | null;
  readonly targetAfter: bigint | null;
}

/** The broker's word for "somebody joined in between": it refuses the whole commit, nothing was overwritten. */
const ACTIVE_GROUP_ERRORS: ReadonlySet<string> = new Set([
  'UNKNOWN_MEMBER_ID',
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'STALE_MEMBER_EPOCH',
  'FENCED_MEMBER_EPOCH',
]);

export function verifyCommit(
  intended: PlannedCommit,
  answer: CommitAnswer,
  readBack: CommitObservation,
): VerifiedCommit {
  const targetAfter = readBack.kind === 'committed' ? readBack.offset : null;
  if (answer.kind === 'not-sent') {
    const detail = `the commit was not made: ${answer.reason}`;
    return { verdict: 'pending', reason: 'group-state-unknown', detail, targetAfter };
  }
  if (answer.kind === 'rejected') return rejected(answer.error, targetAfter);
  const inPlace =
    readBack.kind === 'committed' && readBack.offset === intended.offset && readBack.metadata === intended.metadata;
  if (inPlace) return { verdict: 'committed', reason: null, detail: null, targetAfter };
  if (answer.kind === 'unknown') {
    const detail = `no answer to the commit (${answer.reason}); read back ${describe(readBack)}; it is not sent again`;
    return { verdict: 'failed', reason: 'commit-rejected', detail, targetAfter };
  }
  return notInPlace(intended, readBack, targetAfter);
}

function rejected(error: string, targetAfter: bigint | null): VerifiedCommit {
  if (ACTIVE_GROUP_ERRORS.has(error)) {
    const detail = `a consumer joined between the plan and the commit (${error}); the broker refused the commit`;
    return { verdict: 'skipped', reason: 'group-active', detail, targetAfter };
  }
  if (error === 'GROUP_ID_NOT_FOUND') {
    return { verdict: 'skipped', reason: 'group-type-unsupported', detail: error, targetAfter };
  }
  return { verdict: 'failed', reason: 'commit-rejected', detail: error, targetAfter };
}

function notInPlace(intended: PlannedCommit, readBack: CommitObservation, targetAfter: bigint | null): VerifiedCommit {
  const seen = `committed ${intended.offset}, read back ${describe(readBack)}`;
  if (targetAfter !== null && targetAfter >= intended.offset) {
    return { verdict: 'committed', reason: 'moved-on', detail: seen, targetAfter };
  }
  return { verdict: 'failed', reason: 'read-back-mismatch', detail: seen, targetAfter };
}

function describe(commit: CommitObservation): string {
  switch (commit.kind) {
    case 'committed':
      return String(commit.offset);
    case 'none':
      return 'nothing';
    case 'unstable':
      return 'an open transaction';
    case 'unreadable':
      return commit.error;
  }
}
