/** What a restoration came to: the broker's answer together with what was read back. */
import type { CommitObservation } from '../offsets/observation.ts';
import { type CommitAnswer, type VerifiedCommit, verifyCommit } from '../offsets/verify-commit.ts';
import type { Restoration } from './plan-rollback.ts';

/** The broker's words for "somebody is in the group": it removed nothing. */
const ACTIVE_GROUP_ERRORS: ReadonlySet<string> = new Set(['NON_EMPTY_GROUP', 'GROUP_SUBSCRIBED_TO_TOPIC']);

export function verifyRestoration(
  restoration: Restoration,
  before: CommitObservation,
  answer: CommitAnswer,
  readBack: CommitObservation,
): VerifiedCommit {
  if (restoration.kind === 'remove') return verifyRemoval(answer, readBack);
  const verified = verifyCommit(restoration.commit, answer, readBack);
  // A higher offset is a consumer that went on, unless it is the very one that was to be replaced.
  const unmoved = before.kind === 'committed' && verified.targetAfter === before.offset;
  if (verified.reason !== 'moved-on' || !unmoved) return verified;
  return { ...verified, verdict: 'failed', reason: 'read-back-mismatch' };
}

function verifyRemoval(answer: CommitAnswer, readBack: CommitObservation): VerifiedCommit {
  const targetAfter = readBack.kind === 'committed' ? readBack.offset : null;
  if (answer.kind === 'not-sent') {
    const detail = `the offset was not removed: ${answer.reason}`;
    return { verdict: 'pending', reason: 'group-state-unknown', detail, targetAfter };
  }
  const gone = readBack.kind === 'none';
  if (answer.kind === 'rejected' && ACTIVE_GROUP_ERRORS.has(answer.error)) {
    const detail = `a consumer joined between the plan and the removal (${answer.error}); the broker refused it`;
    return { verdict: 'skipped', reason: 'group-active', detail, targetAfter };
  }
  // A group that is gone has no offset to be removed.
  if (answer.kind === 'rejected' && !(gone && answer.error === 'GROUP_ID_NOT_FOUND')) {
    return { verdict: 'failed', reason: 'commit-rejected', detail: answer.error, targetAfter };
  }
  if (gone) return { verdict: 'committed', reason: null, detail: 'removed: no offset was there', targetAfter };
  const seen = `removed, read back ${describe(readBack)}`;
  if (answer.kind === 'unknown') {
    const detail = `no answer to the removal (${answer.reason}); read back ${describe(readBack)}; it is not sent again`;
    return { verdict: 'failed', reason: 'commit-rejected', detail, targetAfter };
  }
  return { verdict: 'failed', reason: 'read-back-mismatch', detail: seen, targetAfter };
}

function describe(commit: CommitObservation): string {
  if (commit.kind === 'committed') return String(commit.offset);
  return commit.kind === 'unreadable' ? commit.error : 'an open transaction';
}
