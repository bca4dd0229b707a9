/** Whether there is a pull request to comment on, and the comment. */
import type { CommentMode, CommentWhen } from '../../domain/comment-choice.ts';
import type { Result } from '../../domain/verdicts.ts';
import type { GitHubAccess } from './api.ts';
import { type GitHubEvent, repositoryOf } from './event.ts';
import type { Repository } from './our-comments.ts';
import { pullRequestsOfCommit } from './pull-requests.ts';
import { keepComment } from './sticky-comment.ts';

export interface CommentWish {
  readonly access: GitHubAccess;
  readonly event: GitHubEvent;
  /** Input `pr-number`; '' when not given. */
  readonly prNumber: string;
  readonly when: CommentWhen;
  readonly mode: CommentMode;
  readonly result: Result;
  /** Opens with a marker. */
  readonly body: string;
}

const FAILURES: ReadonlySet<Result> = new Set<Result>(['not-ready', 'partial', 'failed']);

/**
 * @returns what was done or why not, in one line.
 * @throws MigrationError GITHUB_REQUEST.
 */
export async function commentOnPullRequest(wish: CommentWish): Promise<string> {
  const { access, event, when, mode, result, body } = wish;
  if (when === 'never') return 'No comment: comment is never.';
  if (when === 'on-failure' && !FAILURES.has(result)) return `No comment: the result is ${result}.`;
  const repository = repositoryOf(event);
  if (repository === null || access.token === '') return 'No comment: there is no repository or no token of GitHub.';
  const number = await numberOf(wish, repository);
  if (number === null) return 'No comment: this run is of no pull request (pr-number names one).';
  const { done, url } = await keepComment({ access, repository, number, mode, body });
  return `Comment on pull request #${number} ${done}: ${url}`;
}

async function numberOf(
  { access, event, prNumber, when }: CommentWish,
  repository: Repository,
): Promise<number | null> {
  if (/^[1-9]\d{0,8}$/.test(prNumber)) return Number(prNumber);
  if (event.pullRequest !== null) return event.pullRequest;
  if (when !== 'always') return null;
  const found = await pullRequestsOfCommit(access, repository, event.sha);
  return (found.find(({ state }) => state === 'OPEN') ?? found[0])?.number ?? null;
}
