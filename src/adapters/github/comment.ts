/** Whether there is a pull request to comment on, and the comment. */
import type { CommentMode, CommentWhen } from '../../domain/comment-choice.ts';
import type { Command, Result } from '../../domain/verdicts.ts';
import { readCommentMarker } from '../../report/markdown/comment-marker.ts';
import type { GitHubAccess } from './api.ts';
import { type GitHubEvent, repositoryOf } from './event.ts';
import type { Repository } from './our-comments.ts';
import { annotate } from './publish.ts';
import { pullRequestsOfCommit } from './pull-requests.ts';
import {
  type CommentOutcome,
  type CommentRequest,
  keepComment,
  renewComment,
  retireComments,
} from './sticky-comment.ts';

export interface CommentWish {
  readonly access: GitHubAccess;
  readonly event: GitHubEvent;
  /** Input `pr-number`; '' when not given. */
  readonly prNumber: string;
  readonly when: CommentWhen;
  readonly mode: CommentMode;
  readonly result: Result;
  /** Of the run; a merge comments under the command of what it merged. */
  readonly command: Command;
  /** Opens with a marker. */
  readonly body: string;
}

const NO_PULL_REQUEST = 'No comment: this run is of no pull request (pr-number names one).';

const FAILURES: ReadonlySet<Result> = new Set<Result>(['not-ready', 'partial', 'failed']);

/**
 * With `on-failure` a good result begins no comment, and brings one up to date that says otherwise.
 * @returns what was done or why not, in one line.
 * @throws GitHubError.
 */
export async function commentOnPullRequest(wish: CommentWish): Promise<string> {
  const { access, event, when, mode, result, body } = wish;
  const isSilent = when === 'on-failure' && !FAILURES.has(result);
  if (when === 'never') return 'No comment: comment is never.';
  const repository = repositoryOf(event);
  if (repository === null || access.token === '') return 'No comment: there is no repository or no token of GitHub.';
  const number = await numberOf(wish, repository);
  if (number === null) {
    // Who asked for one always is told on the page of the run; the others in the log.
    if (when === 'always') annotate([{ kind: 'notice', title: 'No comment', message: NO_PULL_REQUEST }]);
    return NO_PULL_REQUEST;
  }
  const request = { access, repository, number, mode, body };
  const done = describe(request, isSilent ? await renewComment(request) : await keepComment(request), result);
  // A merge that was refused could not know its command: what it said was the last word until now.
  if (isMerged(wish)) await retireComments(request, 'report');
  return done;
}

function isMerged({ command, body }: CommentWish): boolean {
  return command === 'report' && readCommentMarker(body)?.command !== 'report';
}

function describe({ number }: CommentRequest, outcome: CommentOutcome | null, result: Result): string {
  if (outcome === null) return `No comment: the result is ${result}, and there is none to bring up to date.`;
  return `Comment on pull request #${number} ${outcome.done}: ${outcome.url}`;
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
