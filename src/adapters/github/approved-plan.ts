/** `approved-plan: from-pr`: the hash that stands in our own comment on the pull request whose merge made this commit. */
import { MigrationError } from '../../errors.ts';
import { readCommentMarker } from '../../report/comment-marker.ts';
import { type GitHubAccess, queryGitHub } from './api.ts';
import type { GitHubEvent } from './event.ts';

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
  const repository = readRepository(request.event);
  const number = await findPullRequest(request, repository);
  const comment = await findComment(request, repository, number);
  if (comment === null) {
    throw missing(
      `a comment of ours with the label "${request.label}" on pull request #${number}`,
      'none',
      'Let plan comment on the pull request first, with the same label and the same token.',
    );
  }
  if (comment.planHash === null) {
    throw missing(`a plan-hash in ${comment.url}`, 'a comment without one', 'Run plan on the pull request again.');
  }
  return { planHash: comment.planHash, pullRequest: number, commentUrl: comment.url };
}

interface Repository {
  readonly owner: string;
  readonly name: string;
}

function readRepository({ repository }: GitHubEvent): Repository {
  const [owner = '', name = ''] = repository.split('/');
  if (owner !== '' && name !== '') return { owner, name };
  throw missing('a run of GitHub Actions', 'no GITHUB_REPOSITORY', 'Elsewhere, give the plan-hash itself.');
}

interface PullRequest {
  readonly number: number;
  readonly merged: boolean;
  readonly mergeCommit: { readonly oid: string } | null;
}

const PULL_REQUESTS = `query ($owner: String!, $name: String!, $sha: GitObjectID!) {
  repository(owner: $owner, name: $name) {
    object(oid: $sha) {
      ... on Commit {
        associatedPullRequests(first: 50) { nodes { number merged mergeCommit { oid } } }
      }
    }
  }
}`;

async function findPullRequest({ access, event, prNumber }: ApprovalRequest, repository: Repository): Promise<number> {
  if (prNumber !== '') return checkMerged(access, event, repository, readNumber(prNumber));
  // The event's own pull request is the one that is looked at, merged or not.
  if (event.pullRequest !== null) return event.pullRequest;
  const answer = await queryGitHub<{
    repository: { object: { associatedPullRequests?: { nodes: readonly PullRequest[] } } | null } | null;
  }>(access, PULL_REQUESTS, { ...repository, sha: event.sha });
  const merged = (answer.repository?.object?.associatedPullRequests?.nodes ?? []).filter((one) => one.merged);
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

const ONE_PULL_REQUEST = `query ($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { merged } }
}`;

async function checkMerged(
  access: GitHubAccess,
  event: GitHubEvent,
  repository: Repository,
  number: number,
): Promise<number> {
  if (event.pullRequest === number) return number;
  const answer = await queryGitHub<{ repository: { pullRequest: { merged: boolean } | null } | null }>(
    access,
    ONE_PULL_REQUEST,
    { ...repository, number },
  );
  const pullRequest = answer.repository?.pullRequest ?? null;
  if (pullRequest?.merged === true) return number;
  const seen = pullRequest === null ? `no #${number}` : `#${number}, which is not merged`;
  throw missing('a merged pull request in pr-number', seen, 'What was not merged was not approved.');
}

function readNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw missing('a number in pr-number', 'another text', 'Give the number of the pull request alone.');
}

interface Comment {
  readonly url: string;
  readonly planHash: string | null;
}

const COMMENTS = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) {
        nodes { url body viewerDidAuthor author { login } editor { login } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

interface CommentPage {
  readonly nodes: readonly {
    readonly url: string;
    readonly body: string;
    readonly viewerDidAuthor: boolean;
    readonly author: { readonly login: string } | null;
    /** Who edited it last; null: nobody did. */
    readonly editor: { readonly login: string } | null;
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** 100 comments each. */
const MAX_PAGES = 100;

/** The oldest of ours with the label, which is the one that is kept up to date. Anybody may copy the marker. */
async function findComment(
  { access, label }: ApprovalRequest,
  repository: Repository,
  number: number,
): Promise<Comment | null> {
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer: { repository: { pullRequest: { comments: CommentPage } | null } | null } = await queryGitHub(
      access,
      COMMENTS,
      { ...repository, number, after },
    );
    const comments = answer.repository?.pullRequest?.comments;
    if (comments === undefined) return null;
    for (const { url, body, viewerDidAuthor, author, editor } of comments.nodes) {
      const marker = viewerDidAuthor ? readCommentMarker(body) : null;
      if (marker?.label !== label) continue;
      // Whoever may write to the repository may edit our comment as well.
      if (editor !== null && editor.login !== author?.login) throw editedByOther(url);
      return { url, planHash: marker.planHash };
    }
    if (!comments.pageInfo.hasNextPage) return null;
    after = comments.pageInfo.endCursor;
  }
  return null;
}

function editedByOther(url: string): MigrationError {
  const hint = 'Run plan on the pull request again, so that the comment is ours again, or give the plan-hash itself.';
  return missing(`${url} as we wrote it`, 'a comment that somebody else has edited', hint);
}

function missing(expected: string, seen: string, hint: string): MigrationError {
  return new MigrationError('APPROVAL_MISSING', `approved-plan from-pr: expected ${expected}, seen ${seen}.`, { hint });
}
