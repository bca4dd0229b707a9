/**
 * The report as one file for a browser: it loads nothing, and its security policy lets only its own script and style run.
 * Chunks instead of one string, because thousands of groups make megabytes. The budget keeps it openable; what does not
 * fit is left out by steps (page-data.ts), and the page says what and where it is.
 */
import { utf8Length } from '../escape.ts';
import { type GroupRow, groupRows } from '../group-rows.ts';
import type { ReportModel } from '../report-model.ts';
import { computeTotals, type Totals } from '../totals.ts';
import { asIs, type Html, html, when } from './markup.ts';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH, PAGE_STYLE, PAGE_STYLE_HASH } from './page-assets.ts';
import { type HtmlDetail, type PageData, pageData } from './page-data.ts';
import { lagPlot } from './plots/lag-plot.ts';
import { passesPlot } from './plots/passes-plot.ts';
import { connectorsSection } from './sections/connectors.ts';
import { findingsSection } from './sections/findings.ts';
import { gateSection } from './sections/gate.ts';
import { groupsSection } from './sections/groups.ts';
import { readingSection } from './sections/reading.ts';
import { figuresSection, pageHead, titleWords, troubleSection } from './sections/top.ts';

export type { HtmlDetail } from './page-data.ts';

export const HTML_BUDGET_BYTES = 32 * 1024 * 1024;

export interface HtmlOptions {
  /** `label` input; shown unless it is `default`. */
  readonly label: string;
  /** Shown as a link if it is one of the web. */
  readonly runUrl: string | null;
  readonly budgetBytes?: number;
}

export interface HtmlPage {
  /** May be walked more than once. */
  readonly chunks: Iterable<string>;
  readonly detail: HtmlDetail;
}

export function renderHtml(model: ReportModel, options: HtmlOptions): HtmlPage {
  const budget = options.budgetBytes ?? HTML_BUDGET_BYTES;
  const totals = computeTotals(model.groups);
  const rows = groupRows(model);
  const before = (data: PageData | null) => document(model, options, body(model, totals, rows, data, options));
  const room = budget - utf8Length(before(null)) - utf8Length(SCRIPT) - SEAM_BYTES;
  const data = pageData(rows, room);
  if (data !== null) {
    const chunks = [before(data), DATA_OPEN, ...data.chunks, DATA_CLOSE, SCRIPT, CLOSE];
    return { chunks, detail: data.detail };
  }
  return { chunks: [withoutGroups(model, totals, options, before(null), budget), CLOSE], detail: 'totals' };
}

/** The most that fits: all but the groups, the verdict alone, the verdict without style. */
function withoutGroups(
  model: ReportModel,
  totals: Totals,
  options: HtmlOptions,
  whole: string,
  budget: number,
): string {
  const fits = (text: string) => utf8Length(text) + utf8Length(CLOSE) <= budget;
  if (fits(whole)) return whole;
  const notice = html`<p class="notice">All but the verdict is left out here for its size: see report.json.</p>`;
  const verdict = document(model, options, [pageHead(model, totals, options), notice]);
  return fits(verdict) ? verdict : verdict.replace(PAGE_STYLE, '');
}

function body(
  model: ReportModel,
  totals: Totals,
  rows: readonly GroupRow[],
  data: PageData | null,
  options: HtmlOptions,
): readonly Html[] {
  const plots = html`${passesPlot(model.passes)}${lagPlot(rows, data?.shown ?? 0)}`;
  const hasPlots = plots.source !== '';
  const connectors = connectorsSection(model);
  // What the command is about comes first.
  const isFirst = model.command === 'plan' || model.command === 'apply';
  return [
    pageHead(model, totals, options),
    troubleSection(model),
    when(isFirst, () => connectors),
    figuresSection(model, totals),
    gateSection(model),
    when(hasPlots, () => html`<section class="plots" aria-label="Plots">${plots}</section>`),
    when(!isFirst, () => connectors),
    groupsSection(model, rows, data),
    findingsSection(model),
    readingSection(model),
  ];
}

/** Words that say what was left out, and the elements around the data. */
const SEAM_BYTES = 2_000;

const POLICY = [
  "default-src 'none'",
  `script-src '${PAGE_SCRIPT_HASH}'`,
  `style-src '${PAGE_STYLE_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const DATA_OPEN = '<script type="application/json" id="data">\n';
const DATA_CLOSE = '\n</script>\n';
const SCRIPT = `<script>${PAGE_SCRIPT}</script>\n`;
const CLOSE = '</body>\n</html>\n';

function document(model: ReportModel, options: HtmlOptions, parts: readonly Html[]): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${asIs(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${titleWords(model, options)}</title>
<style>${asIs(PAGE_STYLE)}</style>
</head>
<body>
<div class="page">
<a class="skip" href="#main">Skip to the report</a>
<main id="main" tabindex="-1">
${parts}
</main>
</div>
`.source;
}
