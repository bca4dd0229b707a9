/** The words of the page, for who meets them for the first time. */
import type { ReportModel } from '../../report-model.ts';
import {
  FIGURE_WORDS,
  GLOSSARY,
  OFFSET_STATUS_WORDS,
  PARTITION_VERDICT_WORDS,
  READINESS_WORDS,
  TRANSLATION_WORDS,
} from '../../words.ts';
import { type Html, html, NOTHING, when } from '../markup.ts';

type Entry = readonly [word: string, meaning: string];

export function readingSection({ groups, readiness }: ReportModel): Html {
  if (groups.length + readiness.length === 0) return NOTHING;
  const figures = Object.values(FIGURE_WORDS).map(({ title, meaning }): Entry => [title, meaning]);
  const gate = Object.values(READINESS_WORDS).map(({ label, meaning }): Entry => [label, meaning]);
  return html`<section aria-labelledby="reading-title"><h2 id="reading-title">How to read this page</h2>
<details class="card"><summary>What the words mean</summary><div class="glossary">
${list(
  'First of all',
  GLOSSARY.map(({ word, meaning }): Entry => [word, meaning]),
)}
${list('Figures', figures)}
${when(readiness.length > 0, () => list('What the gate says of a group', gate))}
${list('Offsets of a group', statusEntries())}
${list('Offset of a partition', Object.entries(PARTITION_VERDICT_WORDS))}
${list('How an offset was translated', Object.entries(TRANSLATION_WORDS))}
</div></details></section>`;
}

function statusEntries(): readonly Entry[] {
  return Object.values(OFFSET_STATUS_WORDS).map(({ label, meaning }): Entry => [label, meaning]);
}

function list(title: string, entries: readonly Entry[]): Html {
  return html`<div><h3>${title}</h3><dl>${entries.map(([word, meaning]) => html`<dt>${word}</dt><dd>${meaning}</dd>`)}</dl></div>`;
}
