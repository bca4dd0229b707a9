/** What a step shows that failed before there was a run. */

import type { ErrorReport } from '../report-model.ts';
import { blocks, heading, list, text } from './markdown.ts';

/** Markdown; the errors' texts are inert. */
export function renderFailure(errors: readonly ErrorReport[]): string {
  const items = errors.map(({ message, hint }) => text(hint === null ? message : `${message} ${hint}`));
  return `${blocks([heading(2, '❌ Nothing was done'), list(items)]).source}\n`;
}
