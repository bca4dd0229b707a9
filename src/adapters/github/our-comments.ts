/** Our own comments on a pull request: found by author and marker, over all pages. Anybody may copy the marker. */
import { type CommentMarker, readCommentMarker } from '../../report/markdown/comment-marker.ts';
import { type GitHubAccess, queryGitHub } from './api.ts';

export interface Repository {
  readonly owner: string;
  readonly name: string;
}

export interface OurComment {
  /** Of the REST API; grows with time. */
  readonly id: number;
  /** Of the GraphQL API. */
  readonly nodeId: string;
  readonly url: string;
  readonly body: string;
  readonly marker: CommentMarker;
  readonly isMinimized: boolean;
  /** Whoever may write to the repository may edit our comment as well. */
  readonly editedByOther: boolean;
}

/** `viewerDidAuthor` asks for our own author without knowing it: `GET /user` is refused to GITHUB_TOKEN. */
const COMMENTS = `query ($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      comments(first: 100, after: $after) {
        nodes { id databaseId url body isMinimized viewerDidAuthor author { login } editor { login } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
}`;

interface Login {
  readonly login: string;
}

interface CommentPage {
  readonly nodes: readonly {
    readonly id: string;
    readonly databaseId: number;
    readonly url: string;
    readonly body: string;
    readonly isMinimized: boolean;
    readonly viewerDidAuthor: boolean;
    readonly author: Login | null;
    /** Who edited it last; null: nobody did. */
    readonly editor: Login | null;
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** 100 comments each. */
const MAX_PAGES = 100;

/**
 * Oldest first.
 * @throws MigrationError GITHUB_REQUEST.
 */
export async function ourComments(
  access: GitHubAccess,
  repository: Repository,
  number: number,
): Promise<readonly OurComment[]> {
  const ours: OurComment[] = [];
  let after: string | null = null;
  for (let page = 0; page < MAX_PAGES; page++) {
    const answer: { repository: { pullRequest: { comments: CommentPage } | null } | null } = await queryGitHub(
      access,
      COMMENTS,
      { ...repository, number, after },
    );
    const comments = answer.repository?.pullRequest?.comments;
    if (comments === undefined) break;
    for (const node of comments.nodes) {
      const marker = node.viewerDidAuthor ? readCommentMarker(node.body) : null;
      if (marker === null) continue;
      const { id: nodeId, databaseId: id, url, body, isMinimized, author, editor } = node;
      const editedByOther = editor !== null && editor.login !== author?.login;
      ours.push({ id, nodeId, url, body, marker, isMinimized, editedByOther });
    }
    if (!comments.pageInfo.hasNextPage) break;
    after = comments.pageInfo.endCursor;
  }
  return ours.sort((a, b) => a.id - b.id);
}
