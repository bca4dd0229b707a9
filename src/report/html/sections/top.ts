/** What the reader sees first: the verdict, what was connected, what went wrong, and the figures. */
import { count, duration, instant, offsetDelta, plural } from '../../format.ts';
import { headline } from '../../headline.ts';
import type { ClusterReport, ErrorReport, ReportModel } from '../../report-model.ts';
import type { Totals } from '../../totals.ts';
import { FIGURE_WORDS, RESULT_WORDS } from '../../words.ts';
import { type Html, html, NOTHING, name, when } from '../markup.ts';
import { type Share, shareBar } from '../plots/share-bar.ts';
import { groupShares } from './shares.ts';

const MAX_ERRORS = 100;

export interface TopOptions {
  readonly label: string;
  readonly runUrl: string | null;
}

/** For the tab of the browser. */
export function titleWords(model: ReportModel, { label }: TopOptions): string {
  const labelled = label === 'default' ? '' : ` (${label})`;
  return `${RESULT_WORDS[model.result].label}: ${model.command}${labelled}, ${instant(model.startedAt)}`;
}

export function pageHead(model: ReportModel, totals: Totals, options: TopOptions): Html {
  const [verdict, rest] = verdictParts(headline(model, totals));
  const lead = rest === '' ? NOTHING : html`<p class="lead">${rest}</p>`;
  return html`<header class="masthead">
<div class="masthead-row"><p class="product">Kafka MM2 migration report</p>
<button type="button" id="theme" class="quiet" hidden></button></div>
<div class="verdict result-${model.result}">
<span class="result"><span class="dot" aria-hidden="true"></span>${RESULT_WORDS[model.result].label}</span>
<h1>${verdict}${labelWords(options.label)}</h1>
${lead}
</div>
${facts(model, options.runUrl)}
</header>`;
}

/** The first part is ours alone; names of others come after it. */
function verdictParts(line: string): readonly [string, string] {
  const end = line.indexOf(' · ');
  return end === -1 ? [line, ''] : [line.slice(0, end), line.slice(end + 3)];
}

function labelWords(label: string): Html {
  return label === 'default' ? NOTHING : html` <span class="label">${label}</span>`;
}

function facts(model: ReportModel, runUrl: string | null): Html {
  const took = tookMs(model);
  const entries: (readonly [string, Html])[] = [
    ...(model.source === null ? [] : [['Source', cluster(model.source)] as const]),
    ...(model.target.alias === '' ? [] : [['Target', cluster(model.target)] as const]),
    [
      'Command',
      html`${model.command}${model.phase === null ? '' : `, phase ${model.phase}`}${model.dryRun ? ' (dry run)' : ''}`,
    ],
    ...(model.shard === null ? [] : [['Shard', html`${model.shard}`] as const]),
    ['Started', html`<time datetime="${model.startedAt}">${instant(model.startedAt)}</time>`],
    ...(took === null ? [] : [['Took', html`${duration(took)}`] as const]),
    ...(isWebAddress(runUrl) ? [['Run', html`<a href="${runUrl}" rel="noreferrer">open the run</a>`] as const] : []),
  ];
  return html`<dl class="facts">${entries.map(([title, value]) => html`<div><dt>${title}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function cluster({ alias, clusterId }: ClusterReport): Html {
  return clusterId === null ? name(alias) : html`${name(alias)} <span class="id">${clusterId}</span>`;
}

function isWebAddress(url: string | null): url is string {
  return url !== null && /^https?:\/\/[^\s]+$/i.test(url);
}

/** What went wrong, and what to do. */
export function troubleSection({ errors, interrupted }: ReportModel): Html {
  const early = when(
    interrupted !== null,
    () =>
      html`<div class="notice warn"><p><b>Ended early:</b> ${interrupted}. What follows is as far as it got.</p></div>`,
  );
  const shown = errors.slice(0, MAX_ERRORS);
  const more = errors.length - shown.length;
  return html`${early}${shown.map(errorBox)}${when(more > 0, () => html`<p>${plural(more, 'more error')} in report.json.</p>`)}`;
}

function errorBox({ code, message, hint }: ErrorReport): Html {
  const next = hint === null ? NOTHING : html`<p><b>What to do:</b> ${hint}</p>`;
  return html`<div class="notice bad" role="group" aria-label="Error ${code}"><p><b class="code">${code}</b> ${message}</p>${next}</div>`;
}

export function figuresSection(model: ReportModel, totals: Totals): Html {
  const shares: readonly Share[] = groupShares(model, totals);
  const hasGroups = model.groups.length > 0;
  if (shares.every(({ number }) => number === 0)) return NOTHING;
  const tiles = hasGroups ? figureTiles(totals) : [];
  return html`<section aria-labelledby="figures-title"><h2 id="figures-title" class="sr-only">In figures</h2>
<div class="tiles">${shareBar(shares)}${tiles}</div></section>`;
}

function figureTiles(totals: Totals): readonly Html[] {
  const { sourceLag, sourceLagUnknown, partitions, partitionsTotal, recordsRedelivered } = totals;
  const inPlace = partitions.committed + partitions.unchanged;
  const { sourceLag: lag, offsetDelta: delta, readAgain } = FIGURE_WORDS;
  return [
    tile(lag.title, offsetDelta(sourceLag, sourceLagUnknown), lag.meaning),
    tile(delta.title, offsetDelta(totals.offsetDelta, totals.offsetDeltaUnknown), delta.meaning),
    tile(
      readAgain.title,
      recordsRedelivered === null ? 'not known' : plural(recordsRedelivered, 'record'),
      readAgain.meaning,
    ),
    tile(
      'Partitions in place',
      `${count(inPlace)} of ${count(partitionsTotal)}`,
      partitions.committed === 0
        ? 'This run wrote no offset.'
        : `${plural(partitions.committed, 'offset')} written by this run and read back.`,
    ),
  ];
}

function tile(title: string, value: string, meaning: string): Html {
  return html`<div class="tile"><h3>${title}</h3><p class="figure">${value}</p><p class="meaning">${meaning}</p></div>`;
}

function tookMs({ startedAt, finishedAt }: ReportModel): number | null {
  if (finishedAt === null) return null;
  const took = Date.parse(finishedAt) - Date.parse(startedAt);
  return Number.isFinite(took) ? took : null;
}
