/** The comment on a pull request: the summary, in what GitHub takes of one comment. */

import { utf8Length } from '../escape.ts';
import type { ReportModel } from '../report-model.ts';
import { commentMarker } from './comment-marker.ts';
import { type Detail, renderSummary } from './render-summary.ts';

/** GitHub takes 65,536 characters and answers 422 to more; bytes are never fewer, and masks may lengthen the text. */
export const COMMENT_BUDGET_BYTES = 64_000;

export interface CommentOptions {
  readonly label: string;
  /** Page of the run; null outside of GitHub. */
  readonly runUrl: string | null;
  readonly reportJsonExists: boolean;
  readonly budgetBytes?: number;
}

export interface Comment {
  readonly body: string;
  readonly detail: Detail;
}

export function renderComment(model: ReportModel, options: CommentOptions): Comment {
  const { label, runUrl, reportJsonExists, budgetBytes: budget = COMMENT_BUDGET_BYTES } = options;
  const marker = commentMarker({ label, command: model.command, planHash: model.planHash });
  const left = budget - utf8Length(marker) - 1;
  const summary = renderSummary(model, { label, runUrl, reportJsonExists, budgetBytes: left });
  return { body: `${marker}\n${summary.markdown}`, detail: summary.detail };
}
