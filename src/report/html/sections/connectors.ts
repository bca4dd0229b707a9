/** The connectors, what would change or did, and why one failed. */
import { changeWords, connectorDiff, stateWords } from '../../connector-diff.ts';
import { weightiest } from '../../connector-order.ts';
import { plural } from '../../format.ts';
import type { ConnectorReport, ReportModel } from '../../report-model.ts';
import { type Html, html, lines, NOTHING, name } from '../markup.ts';

const MAX_CONNECTORS = 200;
const MAX_DIFF_KEYS = 300;
/** Of all connectors together. */
const MAX_KEYS = 2_000;
const MAX_TRACES = 20;
/** Of so many each is worth being read at once. */
const MAX_OPEN = 5;

export function connectorsSection({ connectors, command, planHash }: ReportModel): Html {
  if (connectors.length === 0) return NOTHING;
  const shown = weightiest(connectors, MAX_CONNECTORS);
  const more = connectors.length - shown.length;
  const hash =
    planHash === null
      ? NOTHING
      : html`<p class="hash">Plan hash, for <code>approved-plan</code>: ${name(planHash)}</p>`;
  const titles = ['Connector', 'Class', command === 'plan' ? 'Would be' : 'Done', 'State', 'Tasks'];
  return html`<section aria-labelledby="connectors-title"><h2 id="connectors-title">Connectors</h2>
<div class="scroll" tabindex="0" role="group" aria-label="Connectors"><table>
<thead><tr>${titles.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>${shown.map(row)}</tbody></table></div>
${leftOut(more, 'connector')}
${diffs(shown)}${hash}${traces(shown)}</section>`;
}

function row(connector: ConnectorReport): Html {
  const { name: id, tasks } = connector;
  const kind = connector.class.slice(connector.class.lastIndexOf('.') + 1);
  const failed = connector.state === 'FAILED' || tasks.some(({ state }) => state === 'FAILED');
  const state = html`<span class="badge tone-${failed ? 'bad' : connector.state === 'RUNNING' ? 'good' : 'none'}">${stateWords(connector)}</span>`;
  return html`<tr><th scope="row">${name(id)}</th><td>${name(kind)}</td><td>${changeWords(connector)}</td><td>${state}</td><td>${taskWords(connector)}</td></tr>`;
}

function taskWords({ tasks }: ConnectorReport): string {
  const states = [...new Set(tasks.map(({ state }) => state))].sort();
  return states.map((state) => `${tasks.filter((task) => task.state === state).length} ${state}`).join(', ') || '–';
}

function diffs(connectors: readonly ConnectorReport[]): readonly Html[] {
  let keys = 0;
  const differ = connectors.filter((connector) => connector.keys.length > 0);
  const shown = differ.filter((connector) => {
    keys += Math.min(connector.keys.length, MAX_DIFF_KEYS);
    return keys <= MAX_KEYS;
  });
  const open = shown.length <= MAX_OPEN;
  return [
    ...shown.map((connector) => diff(connector, open)),
    ...leftOut(differ.length - shown.length, 'changed connector'),
  ];
}

function traces(connectors: readonly ConnectorReport[]): readonly Html[] {
  const failed = connectors.filter((connector) => connector.trace !== null);
  const shown = failed.slice(0, MAX_TRACES);
  return [...shown.map(trace), ...leftOut(failed.length - shown.length, 'failed connector')];
}

function leftOut(more: number, one: string): readonly Html[] {
  return more > 0 ? [html`<p class="muted">${plural(more, `more ${one}`)} in report.json.</p>`] : [];
}

function diff(connector: ConnectorReport, open: boolean): Html {
  const { name: id, change, keys } = connector;
  const shown = connectorDiff(connector, MAX_DIFF_KEYS).map((line) => {
    const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : 'other';
    return html`<span class="${kind}">${lines(line)}</span>\n`;
  });
  return html`<details class="card"${open ? html` open` : NOTHING}><summary>${name(id)}: ${change}, ${plural(keys.length, 'key')}</summary><pre class="diff" tabindex="0">${shown}</pre></details>`;
}

function trace({ name: id, trace: text }: ConnectorReport): Html {
  if (text === null) return NOTHING;
  return html`<details class="card"><summary>Why ${name(id)} failed</summary><pre tabindex="0">${lines(text)}</pre></details>`;
}
