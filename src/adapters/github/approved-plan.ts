/** `approved-plan: from-pr`: the hash that stands in our own comment on the pull request whose merge made this commit. */
import { MigrationError } from '../../errors.ts';
import type { GitHubAccess } from './api.ts';
import { type GitHubEvent, repositoryOf } from './event.ts';
import { type OurComment, ourComments, type Repository } from './our-comments.ts';
import { pullRequest, pullRequestsOfCommit } from './pull-requests.ts';

export interface ApprovalRequest {
  readonly access: GitHubAccess;
  readonly event: GitHubEvent;
  readonly label: string;
  /** Input `pr-number`; '' when not given. */
  readonly prNumber: string;
}

export interface Approval {
  readonly planHash: string;
  readonly pullRequest: number;
  readonly commentUrl: string;
}

/**
 * Refuses rather than guesses: no pull request, one that is not merged, several, no comment of ours with the label.
 * @throws MigrationError APPROVAL_MISSING, GITHUB_REQUEST.
 */
export async function approvedPlanFromPullRequest(request: ApprovalRequest): Promise<Approval> {
  const repository = repositoryOf(request.event);
  if (repository === null) {
    throw missing('a run of GitHub Actions', 'no GITHUB_REPOSITORY', 'Elsewhere, give the plan-hash itself.');
  }
  const number = await findPullRequest(request, repository);
  const comment = await findComment(request, repository, number);
  if (comment === null) {
    throw missing(
      `a comment of ours with the label "${request.label}" on pull request #${number}`,
      'none',
      'Let plan comment on the pull request first, with the same label and the same token.',
    );
  }
  const { planHash } = comment.marker;
  if (planHash === null) {
    throw missing(`a plan-hash in ${comment.url}`, 'a comment without one', 'Run plan on the pull request again.');
  }
  return { planHash, pullRequest: number, commentUrl: comment.url };
}

async function findPullRequest({ access, event, prNumber }: ApprovalRequest, repository: Repository): Promise<number> {
  const named = prNumber === '' ? event.pullRequest : readNumber(prNumber);
  if (named !== null) return checkMerged(access, repository, named);
  const found = await pullRequestsOfCommit(access, repository, event.sha);
  const merged = found.filter(({ state }) => state === 'MERGED');
  const made = merged.filter(({ mergeCommit }) => mergeCommit?.oid === event.sha);
  const [only, second] = made.length > 0 ? made : merged;
  if (only === undefined) {
    throw missing(
      `a merged pull request of commit ${event.sha}`,
      'none',
      'Merge the change by a pull request whose plan was reviewed, or give pr-number or the plan-hash.',
    );
  }
  if (second !== undefined) {
    const seen = merged.map(({ number }) => `#${number}`).join(', ');
    throw missing(`one merged pull request of commit ${event.sha}`, seen, 'Give pr-number.');
  }
  return only.number;
}

/** Merging is the approval: an open pull request, be it the event's own, has none. */
async function checkMerged(access: GitHubAccess, repository: Repository, number: number): Promise<number> {
  const found = await pullRequest(access, repository, number);
  if (found?.state === 'MERGED') return number;
  const seen = found === null ? `no #${number}` : `#${number}, which is not merged`;
  throw missing('a merged pull request', seen, 'What was not merged was not approved.');
}

function readNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw missing('a number in pr-number', 'another text', 'Give the number of the pull request alone.');
}

/** The oldest of ours with the label, which is the one that is kept up to date. */
async function findComment(
  { access, label }: ApprovalRequest,
  repository: Repository,
  number: number,
): Promise<OurComment | null> {
  const comments = await ourComments(access, repository, number);
  const found = comments.find(
    ({ marker, isMinimized }) => marker.label === label && marker.command === 'plan' && !isMinimized,
  );
  if (found?.editedByOther) throw editedByOther(found.url);
  return found ?? null;
}

function editedByOther(url: string): MigrationError {
  const hint = 'Run plan on the pull request again, so that the comment is ours again, or give the plan-hash itself.';
  return missing(`${url} as we wrote it`, 'a comment that somebody else has edited', hint);
}

function missing(expected: string, seen: string, hint: string): MigrationError {
  return new MigrationError('APPROVAL_MISSING', `approved-plan from-pr: expected ${expected}, seen ${seen}.`, { hint });
}
