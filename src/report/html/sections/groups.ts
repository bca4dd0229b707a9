/** Frame of the table of groups: the script of the page fills it, row by row as it is scrolled. */
import { count, plural } from '../../format.ts';
import type { GroupRow } from '../../group-rows.ts';
import type { ReportModel } from '../../report-model.ts';
import { FIGURE_WORDS } from '../../words.ts';
import { type Html, html, NOTHING, when } from '../markup.ts';
import type { PageData } from '../page-data.ts';

interface Column {
  readonly key: string;
  readonly title: string;
  readonly class: string;
}

export function groupsSection(model: ReportModel, rows: readonly GroupRow[], data: PageData | null): Html {
  if (rows.length === 0) return NOTHING;
  const title = html`<h2 id="groups-title">Consumer groups</h2>`;
  if (data === null) {
    return html`<section id="groups" aria-labelledby="groups-title">${title}<p>${plural(rows.length, 'group')} left out here for their size: see report.json beside this file.</p></section>`;
  }
  return html`<section id="groups" aria-labelledby="groups-title">${title}
${leftOut(rows.length, data)}
<noscript><p class="notice warn">The table of groups needs scripts, which this browser does not run. Everything is in report.json and report.csv too.</p></noscript>
<div class="toolbar" id="toolbar" role="search" aria-label="Groups" hidden>
<label class="search"><span class="sr-only">Search groups and topics</span><input type="search" id="search" placeholder="Search groups and topics" autocomplete="off" spellcheck="false"></label>
<label class="reason"><span class="sr-only">Reason</span><select id="reason"><option value="">Any reason</option></select></label>
<div id="chips" class="chips"></div>
</div>
<p id="count" class="count" role="status"></p>
<div class="scroll"><table id="table" class="groups" hidden>
<caption class="sr-only">Consumer groups; each opens to its partitions</caption>
<thead><tr>${columns(model).map(head)}</tr></thead><tbody></tbody></table></div>
<p class="more"><button type="button" id="more" hidden>Show more groups</button></p>
</section>`;
}

function columns(model: ReportModel): readonly Column[] {
  const { sourceLag, offsetDelta, readAgain } = FIGURE_WORDS;
  const gate = model.readiness.length > 0 ? [{ key: 'readiness', title: 'Gate', class: '' }] : [];
  const first = [{ key: 'group', title: 'Group', class: '' }, ...gate];
  const why = { key: 'why', title: 'Why', class: '' };
  if (model.groups.length === 0) return [...first, why];
  return [
    ...first,
    { key: 'verdict', title: 'Offsets', class: '' },
    { key: 'state', title: 'On target', class: 'minor' },
    { key: 'partitions', title: 'Partitions', class: 'num minor' },
    { key: 'lag', title: sourceLag.title, class: 'num' },
    { key: 'delta', title: offsetDelta.title, class: 'num' },
    { key: 'again', title: readAgain.title, class: 'num' },
    why,
  ];
}

function head({ key, title, class: classes }: Column): Html {
  return html`<th scope="col" class="${classes}" data-key="${key}"><button type="button">${title}</button></th>`;
}

function leftOut(total: number, { detail, shown }: PageData): Html {
  if (detail === 'all-partitions') return NOTHING;
  const groups = when(shown < total, () => html`${count(shown)} of ${plural(total, 'group')} are here, worst first. `);
  const partitions =
    detail === 'troubled-partitions'
      ? 'Partitions are here for the groups that need attention.'
      : 'Partitions are left out here.';
  return html`<p class="notice">${groups}${partitions} Everything is in report.json and report.csv beside this file.</p>`;
}
