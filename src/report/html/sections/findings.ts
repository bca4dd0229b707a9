/** What somebody should know, with what to do about it. */
import { plural } from '../../format.ts';
import { placeWords } from '../../place.ts';
import { type Finding, type ReportModel, SEVERITIES, type Severity } from '../../report-model.ts';
import { type Html, html, NOTHING, name, when } from '../markup.ts';
import type { Tone } from '../page-words.ts';

const MAX_FINDINGS = 500;
const TONES: Readonly<Record<Severity, Tone>> = { error: 'bad', warning: 'warn', notice: 'info' };

export function findingsSection({ findings }: ReportModel): Html {
  if (findings.length === 0) return NOTHING;
  const open = findings.filter(({ silenced }) => silenced === undefined);
  const silenced = findings.filter((finding) => finding.silenced !== undefined);
  const sorted = SEVERITIES.flatMap((severity) => open.filter((finding) => finding.severity === severity));
  const folded = () =>
    html`<details class="card"><summary>${plural(silenced.length, 'silenced finding')}</summary>${list(silenced)}</details>`;
  return html`<section aria-labelledby="findings-title"><h2 id="findings-title">Findings</h2>
${when(sorted.length > 0, () => html`<div class="card">${list(sorted)}</div>`)}${when(silenced.length > 0, folded)}</section>`;
}

function list(findings: readonly Finding[]): Html {
  const more = findings.length - Math.min(findings.length, MAX_FINDINGS);
  return html`<ul class="findings">${findings.slice(0, MAX_FINDINGS).map(item)}${when(more > 0, () => html`<li>${plural(more, 'more finding')} in report.json.</li>`)}</ul>`;
}

function item({ severity, where, message, hint, rule, at, silenced }: Finding): Html {
  const place = at === undefined ? NOTHING : html` <span class="muted">${name(placeWords(at))}</span>`;
  const why = silenced === undefined ? NOTHING : html`<p class="muted">Silenced: ${silenced}</p>`;
  return html`<li><p><span class="badge tone-${TONES[severity]}">${severity}</span> ${name(where)}${place} <code class="muted rule">${rule}</code></p>
<p>${message}</p><p class="next"><b>What to do:</b> ${hint}</p>${why}</li>`;
}
