/** Which pull requests a commit belongs to. */
import { type GitHubAccess, queryGitHub } from './api.ts';
import type { Repository } from './our-comments.ts';

export interface PullRequest {
  readonly number: number;
  readonly state: 'OPEN' | 'CLOSED' | 'MERGED';
  readonly mergeCommit: { readonly oid: string } | null;
}

const OF_COMMIT = `query ($owner: String!, $name: String!, $sha: GitObjectID!) {
  repository(owner: $owner, name: $name) {
    object(oid: $sha) {
      ... on Commit {
        associatedPullRequests(first: 50) { nodes { number state mergeCommit { oid } } }
      }
    }
  }
}`;

/** @throws MigrationError GITHUB_REQUEST. */
export async function pullRequestsOfCommit(
  access: GitHubAccess,
  repository: Repository,
  sha: string,
): Promise<readonly PullRequest[]> {
  const answer = await queryGitHub<{
    repository: { object: { associatedPullRequests?: { nodes: readonly PullRequest[] } } | null } | null;
  }>(access, OF_COMMIT, { ...repository, sha });
  return answer.repository?.object?.associatedPullRequests?.nodes ?? [];
}

const ONE = `query ($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { number state mergeCommit { oid } } }
}`;

/**
 * null: there is none with this number.
 * @throws MigrationError GITHUB_REQUEST.
 */
export async function pullRequest(
  access: GitHubAccess,
  repository: Repository,
  number: number,
): Promise<PullRequest | null> {
  const answer = await queryGitHub<{ repository: { pullRequest: PullRequest | null } | null }>(access, ONE, {
    ...repository,
    number,
  });
  return answer.repository?.pullRequest ?? null;
}
