/** Every renderer of a report with its budget: the rows that the tests of budgets, of hostile names and the bench share. */
import { HTML_BUDGET_BYTES, renderHtml } from '../../src/report/html/render-html.ts';
import { reportChunks } from '../../src/report/json/report-json.ts';
import { COMMENT_BUDGET_BYTES, renderComment } from '../../src/report/markdown/render-comment.ts';
import { renderSummary, SUMMARY_BUDGET_BYTES } from '../../src/report/markdown/render-summary.ts';
import { metricsChunks } from '../../src/report/metrics/render-metrics.ts';
import { MAX_ANNOTATIONS_PER_KIND, renderAnnotations } from '../../src/report/render-annotations.ts';
import { renderOutputs } from '../../src/report/render-outputs.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { csvChunks } from '../../src/report/tables/csv.ts';
import { JUNIT_BUDGET_BYTES, renderJunit } from '../../src/report/tables/junit.ts';
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts';

export const RUN_URL = 'https://github.test/acme/migration/actions/runs/42';

export interface Renderer {
  readonly name: string;
  /** The text in pieces, so that the largest one never is one string. */
  readonly render: (model: ReportModel) => Iterable<string>;
  /** Most bytes of UTF-8; null: grows with the number of groups, by design. */
  readonly budgetBytes: number | null;
  /** Where there is no budget: the most for each group of `many-groups.ts`, and for all the rest together. */
  readonly growth?: { readonly bytesPerGroup: number; readonly restBytes: number };
}

/** The runner cuts a message at 4,096 characters, and a title is one line. */
const ANNOTATION_BYTES = 3 * 4_096;

export const RENDERERS: readonly Renderer[] = [
  {
    name: 'summary',
    render: (model) => [renderSummary(model, { runUrl: RUN_URL }).markdown],
    budgetBytes: 1_024 * 1_024,
  },
  {
    name: 'comment',
    render: (model) => [renderComment(model, { label: 'default', runUrl: RUN_URL, reportJsonExists: true }).body],
    budgetBytes: 65_536,
  },
  {
    name: 'annotations',
    render: (model) => renderAnnotations(model).map(({ kind, title, message }) => `${kind} ${title} ${message}\n`),
    budgetBytes: 3 * MAX_ANNOTATIONS_PER_KIND * ANNOTATION_BYTES,
  },
  {
    name: 'outputs',
    render: (model) =>
      Object.entries(renderOutputs(model, 'report.json')).map(([name, value]) => `${name}=${value ?? ''}\n`),
    budgetBytes: 16_384,
  },
  { name: 'terminal', render: (model) => renderTerminal(model).map((line) => `${line}\n`), budgetBytes: 262_144 },
  {
    name: 'html',
    render: (model) => renderHtml(model, { label: 'default', runUrl: RUN_URL }).chunks,
    budgetBytes: HTML_BUDGET_BYTES,
  },
  { name: 'junit', render: (model) => [renderJunit(model, { label: 'default' })], budgetBytes: JUNIT_BUDGET_BYTES },
  {
    name: 'metrics',
    render: (model) => metricsChunks(model, { label: 'default' }),
    budgetBytes: 2 * 1_024 * 1_024,
  },
  { name: 'csv', render: csvChunks, budgetBytes: null, growth: { bytesPerGroup: 380, restBytes: 1_000 } },
  { name: 'json', render: reportChunks, budgetBytes: null, growth: { bytesPerGroup: 1_500, restBytes: 40_000 } },
];

/** Below the limits of the platform, so that masks may lengthen the text. */
export const OWN_BUDGETS: readonly (readonly [string, number])[] = [
  ['summary', SUMMARY_BUDGET_BYTES],
  ['comment', COMMENT_BUDGET_BYTES],
];

export function bytesOf(chunks: Iterable<string>): number {
  let bytes = 0;
  for (const chunk of chunks) bytes += Buffer.byteLength(chunk, 'utf8');
  return bytes;
}
