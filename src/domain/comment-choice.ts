/** When the action comments on a pull request. */
export const COMMENT_WHEN = ['auto', 'always', 'on-failure', 'never'] as const;
export type CommentWhen = (typeof COMMENT_WHEN)[number];

/** What becomes of the comment before: changed in place, deleted, or folded as outdated. */
export const COMMENT_MODES = ['update', 'recreate', 'minimize'] as const;
export type CommentMode = (typeof COMMENT_MODES)[number];
