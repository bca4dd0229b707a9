/** One comment for each label and command on a pull request: kept up to date, also when two runs write at once. */
import type { CommentMode } from '../../domain/comment-choice.ts';
import type { Command } from '../../domain/verdicts.ts';
import { readCommentMarker } from '../../report/markdown/comment-marker.ts';
import { type GitHubAccess, GitHubError, queryGitHub, requestGitHub } from './api.ts';
import { type OurComment, ourComments, type Repository } from './our-comments.ts';

export interface CommentRequest {
  readonly access: GitHubAccess;
  readonly repository: Repository;
  /** Of the pull request. */
  readonly number: number;
  readonly mode: CommentMode;
  /** Opens with a marker. */
  readonly body: string;
}

export interface CommentOutcome {
  readonly done: 'created' | 'updated' | 'unchanged';
  readonly url: string;
}

/** @throws GitHubError. */
export async function keepComment(request: CommentRequest): Promise<CommentOutcome> {
  const kept = await findKept(request);
  return kept === null ? createAlone(request) : renew(request, kept);
}

/**
 * As `keepComment` where there is one; none is begun.
 * @returns null where there is none.
 * @throws GitHubError.
 */
export async function renewComment(request: CommentRequest): Promise<CommentOutcome | null> {
  const kept = await findKept(request);
  return kept === null ? null : renew(request, kept);
}

async function findKept(request: CommentRequest): Promise<OurComment | null> {
  return (await ofSameMarker(request)).find(({ isMinimized }) => !isMinimized) ?? null;
}

async function renew(request: CommentRequest, kept: OurComment): Promise<CommentOutcome> {
  if (isSame(kept, request.body)) return { done: 'unchanged', url: kept.url };
  if (request.mode === 'update') return update(request, kept);
  const created = await create(request);
  for (const old of await ofSameMarker(request)) {
    if (old.id >= created.id || old.isMinimized) continue;
    if (request.mode === 'recreate') await remove(request, old.id);
    else await minimize(request, old);
  }
  return { done: 'created', url: created.url };
}

/**
 * Takes away what another command has said under the label of this comment, since it holds no more; folds it where
 * old comments are folded.
 * @throws GitHubError.
 */
export async function retireComments(request: CommentRequest, command: Command): Promise<void> {
  for (const old of await ofMarker(request, command)) {
    if (old.isMinimized) continue;
    if (request.mode === 'minimize') await minimize(request, old);
    else await remove(request, old.id);
  }
}

/** Two runs may both have found none: the oldest stays, and each run deletes only its own later one. */
async function createAlone(request: CommentRequest): Promise<CommentOutcome> {
  const created = await create(request);
  const [oldest] = (await ofSameMarker(request)).filter(({ isMinimized }) => !isMinimized);
  if (oldest === undefined || oldest.id >= created.id) return { done: 'created', url: created.url };
  await remove(request, created.id);
  return isSame(oldest, request.body) ? { done: 'unchanged', url: oldest.url } : update(request, oldest);
}

async function ofSameMarker(request: CommentRequest): Promise<readonly OurComment[]> {
  return ofMarker(request, readCommentMarker(request.body)?.command);
}

/** With the label of the request's own comment. */
async function ofMarker(
  { access, repository, number, body }: CommentRequest,
  command: Command | undefined,
): Promise<readonly OurComment[]> {
  const label = readCommentMarker(body)?.label;
  const comments = await ourComments(access, repository, number);
  return comments.filter(({ marker }) => marker.label === label && marker.command === command);
}

/** GitHub trims what it stores. */
function isSame(comment: OurComment, body: string): boolean {
  const plain = (text: string) => text.replaceAll('\r\n', '\n').trim();
  return !comment.editedByOther && plain(comment.body) === plain(body);
}

interface Stored {
  readonly id: number;
  readonly url: string;
}

const CREATE_TRIES = 3;
const PAUSE_BEFORE_LOOK_MS = 2_000;

/** After a lost answer a second POST could make a second comment, so that it is looked for before it is sent again. */
async function create(request: CommentRequest): Promise<Stored> {
  const known = new Set((await ofSameMarker(request)).map(({ id }) => id));
  for (let attempt = 1; ; attempt++) {
    try {
      return await post(request);
    } catch (error) {
      // A rate limit has been waited for already, and has refused the comment.
      if (!(error instanceof GitHubError) || !error.retriable || error.pauseMs !== null) throw error;
      await request.access.clock.sleep(PAUSE_BEFORE_LOOK_MS, new AbortController().signal);
      const comments = await ofSameMarker(request);
      const found = comments.find((comment) => !known.has(comment.id) && isSame(comment, request.body));
      if (found !== undefined) return found;
      if (attempt === CREATE_TRIES) throw error;
    }
  }
}

async function post({ access, repository, number, body }: CommentRequest): Promise<Stored> {
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  const parameters = { ...restNames(repository), issue_number: number, body };
  const { id, html_url: url } = await requestGitHub<{ id: number; html_url: string }>(access, route, parameters, 1);
  return { id, url };
}

async function update({ access, repository, body }: CommentRequest, { id, url }: OurComment): Promise<CommentOutcome> {
  const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
  await requestGitHub(access, route, { ...restNames(repository), comment_id: id, body });
  return { done: 'updated', url };
}

/** Another run may have been quicker. */
async function remove({ access, repository }: CommentRequest, id: number): Promise<void> {
  const route = 'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}';
  try {
    await requestGitHub(access, route, { ...restNames(repository), comment_id: id });
  } catch (error) {
    if (!(error instanceof GitHubError) || error.status !== 404) throw error;
  }
}

async function minimize({ access }: CommentRequest, { nodeId }: OurComment): Promise<void> {
  const mutation = `mutation ($id: ID!) {
    minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } }
  }`;
  await queryGitHub(access, mutation, { id: nodeId });
}

function restNames({ owner, name }: Repository) {
  return { owner, repo: name };
}
