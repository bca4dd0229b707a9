/** The cutover gate: what does not pass with its next step, then what passes folded away. */
import type { CheckVerdict } from '../../../domain/cutover/check.ts';
import type { CheckCase, CheckResult } from '../../../domain/cutover/judge-cutover.ts';
import { count, plural } from '../../format.ts';
import type { ReportModel } from '../../report-model.ts';
import { CHECK_VERDICT_WORDS, READINESS_WORDS } from '../../words.ts';
import { type Html, html, NOTHING, name, when } from '../markup.ts';
import type { Tone } from '../page-words.ts';

const MAX_CASES = 100;
const MAX_WARNINGS = 50;

const TONES: Readonly<Record<CheckVerdict, Tone>> = { fail: 'bad', unknown: 'wait', pass: 'good', 'not-asked': 'none' };
const TROUBLED: readonly CheckVerdict[] = ['fail', 'unknown'];

export function gateSection({ checks }: ReportModel): Html {
  if (checks.length === 0) return NOTHING;
  const troubled = TROUBLED.flatMap((verdict) => checks.filter((check) => check.verdict === verdict));
  const others = checks.filter(({ verdict }) => verdict === 'pass' || verdict === 'not-asked');
  const passed = others.filter(({ verdict }) => verdict === 'pass').length;
  const summary = `${plural(passed, 'check')} passed, ${count(others.length - passed)} not asked`;
  const rest = html`<details class="card"><summary>${summary}</summary>${otherChecks(others)}</details>`;
  return html`<section aria-labelledby="gate-title"><h2 id="gate-title">Checks of the cutover gate</h2>
${troubled.map(troubledCheck)}${when(others.length > 0, () => rest)}</section>`;
}

function troubledCheck(check: CheckResult): Html {
  const { id, title, verdict, seen, threshold, next } = check;
  const against = threshold === null ? NOTHING : html` <span class="muted">(threshold: ${threshold})</span>`;
  const todo = next === null ? NOTHING : html`<p class="next"><b>What to do:</b> ${next}</p>`;
  return html`<article class="card check edge-${TONES[verdict]}">
<h3>${badge(verdict)} <span class="sentence">${title}</span> <code class="muted">${id}</code></h3>
<p>${seen}${against}</p>${todo}${warnings(check)}${cases(check)}
</article>`;
}

function badge(verdict: CheckVerdict): Html {
  const { label, meaning } = CHECK_VERDICT_WORDS[verdict];
  return html`<span class="badge tone-${TONES[verdict]}" title="${meaning}">${label}</span>`;
}

function warnings({ warnings: all }: CheckResult): Html {
  if (all.length === 0) return NOTHING;
  const more = all.length - Math.min(all.length, MAX_WARNINGS);
  return html`<ul class="plain">${all.slice(0, MAX_WARNINGS).map((words) => html`<li><b>Warning:</b> ${words}</li>`)}${moreItem(more)}</ul>`;
}

function cases({ cases: all }: CheckResult): Html {
  if (all.length === 0) return NOTHING;
  const shown = all.slice(0, MAX_CASES);
  return html`<details><summary>${plural(all.length, 'case')}</summary>
<ul class="plain">${shown.map(caseItem)}${moreItem(all.length - shown.length)}</ul></details>`;
}

function caseItem({ kind, name: subject, verdict, seen }: CheckCase): Html {
  const left = verdict === 'not-asked' ? html` (${READINESS_WORDS['not-asked'].label})` : NOTHING;
  return html`<li>${kind} ${name(subject)} ${seen}${left}</li>`;
}

function moreItem(more: number): Html {
  return when(more > 0, () => html`<li>${count(more)} more in report.json.</li>`);
}

function otherChecks(checks: readonly CheckResult[]): Html {
  const rows = checks.map((check) => {
    const { title, id, verdict, seen } = check;
    const said = html`${seen}${warnings(check)}${cases(check)}`;
    return html`<tr><td>${badge(verdict)}</td><th scope="row"><span class="sentence">${title}</span> <code class="muted">${id}</code></th><td class="wide-cell">${said}</td></tr>`;
  });
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Other checks"><table><thead><tr><th scope="col">Verdict</th><th scope="col">Check</th><th scope="col">What was seen</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
