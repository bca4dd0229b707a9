/** Written by `npm run page` from the files in page/, with the hashes that the security policy names. */

export const PAGE_STYLE = `/* biome-ignore-all lint/style/noDescendingSpecificity: parts of the page stand one after the other, and do not meet. */
:root {
  color-scheme: light dark;
  --page: light-dark(#f5f6f8, #0e1217);
  --surface: light-dark(#ffffff, #161b22);
  --sunken: light-dark(#f8f9fb, #11161c);
  --line: light-dark(#e2e5ea, #2a313b);
  --strong-line: light-dark(#c8cdd6, #3d4652);
  --text: light-dark(#1b2230, #e5e9f0);
  --muted: light-dark(#596273, #9ba6b5);
  --accent: light-dark(#2757c4, #8db4ff);
  --good: light-dark(#1a7346, #5fca94);
  --good-soft: light-dark(#e4f4eb, #12301f);
  --info: light-dark(#2c5fb3, #84b2ff);
  --info-soft: light-dark(#e6effc, #15294a);
  --wait: light-dark(#65509e, #bda9f5);
  --wait-soft: light-dark(#efebf9, #291f45);
  --warn: light-dark(#8d5600, #e8b04f);
  --warn-soft: light-dark(#fdf1db, #3a2a0c);
  --bad: light-dark(#b3261e, #ff9389);
  --bad-soft: light-dark(#fdeceb, #461a17);
  --none: light-dark(#5d6675, #98a3b2);
  --none-soft: light-dark(#eceef1, #232a33);
  --mono: ui-monospace, "SF Mono", "Cascadia Code", "Roboto Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
:root[data-theme="light"] {
  color-scheme: light;
}
:root[data-theme="dark"] {
  color-scheme: dark;
}
* {
  box-sizing: border-box;
}
[hidden] {
  display: none;
}
body {
  margin: 0;
  background: var(--page);
  color: var(--text);
  font:
    15px / 1.5 system-ui,
    -apple-system,
    "Segoe UI",
    Roboto,
    "Helvetica Neue",
    "Noto Sans",
    "DejaVu Sans",
    sans-serif;
}
.page {
  max-width: 1240px;
  margin: 0 auto;
  padding: 20px 24px 64px;
}
a {
  color: var(--accent);
}
h1,
h2,
h3,
p,
dl,
dd,
ul {
  margin: 0;
}
section {
  margin-top: 36px;
}
h2 {
  margin-bottom: 12px;
  font-size: 19px;
  line-height: 1.3;
}
.sr-only {
  position: absolute;
  width: 1px;
  height: 1px;
  margin: -1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
}
.skip {
  position: absolute;
  left: -999px;
  top: 8px;
  padding: 8px 14px;
  background: var(--surface);
  border: 1px solid var(--strong-line);
  border-radius: 8px;
}
.skip:focus {
  left: 24px;
  z-index: 5;
}
:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
  border-radius: 4px;
}
code,
.name,
.code,
pre {
  font-family: var(--mono);
  font-size: 0.91em;
}
.name {
  white-space: pre-wrap;
  overflow-wrap: anywhere;
  unicode-bidi: isolate;
}
button,
select,
input {
  font: inherit;
  color: inherit;
}
button {
  cursor: pointer;
}
.quiet,
.more button {
  padding: 5px 12px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 8px;
  font-size: 13px;
}
.quiet:hover,
.more button:hover,
.chip:hover {
  border-color: var(--strong-line);
}

/* Top */
.masthead-row {
  display: flex;
  justify-content: space-between;
  align-items: center;
  min-height: 34px;
  margin-bottom: 12px;
}
.product {
  color: var(--muted);
  font-size: 13px;
  font-weight: 600;
  letter-spacing: 0.02em;
}
.verdict {
  padding: 24px 28px 26px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-top: 4px solid var(--tone);
  border-radius: 14px;
}
.verdict h1 {
  margin-top: 12px;
  font-size: 27px;
  line-height: 1.25;
  letter-spacing: -0.01em;
}
.verdict .lead {
  margin-top: 8px;
  max-width: 78ch;
  font-size: 17px;
  line-height: 1.5;
  overflow-wrap: anywhere;
}
.verdict .label {
  display: inline-block;
  padding: 1px 10px;
  vertical-align: 3px;
  background: var(--none-soft);
  border-radius: 99px;
  color: var(--muted);
  font-size: 14px;
  font-weight: 500;
  letter-spacing: 0;
  overflow-wrap: anywhere;
}
.result-ok,
.result-changed {
  --tone: var(--good);
  --tone-soft: var(--good-soft);
}
.result-not-ready,
.result-partial {
  --tone: var(--warn);
  --tone-soft: var(--warn-soft);
}
.result-failed {
  --tone: var(--bad);
  --tone-soft: var(--bad-soft);
}
.result {
  display: inline-flex;
  align-items: center;
  gap: 8px;
  padding: 3px 13px 3px 11px;
  background: var(--tone-soft);
  color: var(--tone);
  border-radius: 99px;
  font-weight: 650;
  font-size: 14px;
}
.result .dot {
  background: var(--tone);
}
.dot {
  display: inline-block;
  flex: none;
  width: 9px;
  height: 9px;
  border-radius: 50%;
}
.facts {
  display: flex;
  flex-wrap: wrap;
  gap: 10px 32px;
  padding: 16px 28px 0;
}
.facts dt {
  color: var(--muted);
  font-size: 12px;
}
.facts dd {
  font-size: 14px;
  overflow-wrap: anywhere;
}
.facts .id {
  color: var(--muted);
  font-family: var(--mono);
  font-size: 12px;
}
.notice {
  margin-top: 16px;
  padding: 12px 18px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-left: 4px solid var(--none);
  border-radius: 8px;
  overflow-wrap: anywhere;
}
.notice p + p {
  margin-top: 4px;
}
.notice.bad {
  border-left-color: var(--bad);
}
.notice.warn {
  border-left-color: var(--warn);
}
.notice.bad b.code {
  color: var(--bad);
}

/* Figures */
.tiles {
  display: grid;
  grid-template-columns: repeat(4, 1fr);
  gap: 14px;
}
.tile,
.card {
  padding: 16px 18px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 12px;
}
.tile.wide {
  grid-column: 1 / -1;
}
.tile h3 {
  color: var(--muted);
  font-size: 13px;
  font-weight: 550;
}
.tile .figure {
  margin-top: 2px;
  font-size: 23px;
  font-weight: 600;
  line-height: 1.3;
  font-variant-numeric: tabular-nums;
  overflow-wrap: anywhere;
}
.tile .meaning,
.muted {
  color: var(--muted);
}
.tile .meaning {
  margin-top: 4px;
  font-size: 12.5px;
  line-height: 1.4;
}
.share {
  display: block;
  width: 100%;
  height: 12px;
  margin: 10px 0 12px;
  border-radius: 6px;
}
.shares {
  display: flex;
  flex-wrap: wrap;
  gap: 6px 24px;
  padding: 0;
  list-style: none;
  font-size: 14px;
}
.shares li {
  display: flex;
  align-items: center;
  gap: 7px;
}
.fill-good {
  fill: var(--good);
}
.fill-info {
  fill: var(--info);
}
.fill-wait {
  fill: var(--wait);
}
.fill-warn {
  fill: var(--warn);
}
.fill-bad {
  fill: var(--bad);
}
.fill-none {
  fill: var(--none);
}
.dot.tone-good {
  background: var(--good);
}
.dot.tone-info {
  background: var(--info);
}
.dot.tone-wait {
  background: var(--wait);
}
.dot.tone-warn {
  background: var(--warn);
}
.dot.tone-bad {
  background: var(--bad);
}
.dot.tone-none {
  background: var(--none);
}
.badge {
  display: inline-block;
  padding: 1px 9px;
  border-radius: 99px;
  font-size: 12.5px;
  font-weight: 600;
  white-space: nowrap;
}
.badge.tone-good {
  color: var(--good);
  background: var(--good-soft);
}
.badge.tone-info {
  color: var(--info);
  background: var(--info-soft);
}
.badge.tone-wait {
  color: var(--wait);
  background: var(--wait-soft);
}
.badge.tone-warn {
  color: var(--warn);
  background: var(--warn-soft);
}
.badge.tone-bad {
  color: var(--bad);
  background: var(--bad-soft);
}
.badge.tone-none {
  color: var(--none);
  background: var(--none-soft);
}

/* Cards */
.card + .card,
.card + .scroll,
.scroll + .card,
.card + .hash {
  margin-top: 12px;
}
summary {
  cursor: pointer;
}
.card > summary {
  margin: -16px -18px;
  padding: 12px 18px;
  font-size: 14px;
}
.card[open] > summary {
  margin-bottom: 8px;
}
.edge-bad {
  border-left: 4px solid var(--bad);
}
.edge-wait {
  border-left: 4px solid var(--wait);
}
.check h3 {
  margin-bottom: 6px;
  font-size: 15.5px;
}
.check h3 code {
  font-weight: 400;
}
.sentence {
  display: inline-block;
}
.sentence::first-letter {
  text-transform: uppercase;
}
.check p,
.findings p {
  max-width: 110ch;
  overflow-wrap: anywhere;
}
.check .next,
.findings .next {
  margin-top: 3px;
}
.check details {
  margin-top: 8px;
  font-size: 14px;
}
.plain {
  margin-top: 6px;
  padding-left: 20px;
  font-size: 14px;
  overflow-wrap: anywhere;
}
.findings {
  padding: 0;
  list-style: none;
}
.findings li + li {
  margin-top: 14px;
  padding-top: 14px;
  border-top: 1px solid var(--line);
}
.hash {
  margin-top: 12px;
  font-size: 14px;
}
pre {
  margin: 10px 0 0;
  padding: 12px 14px;
  overflow-x: auto;
  background: var(--sunken);
  border: 1px solid var(--line);
  border-radius: 8px;
  line-height: 1.5;
}
.diff .added {
  color: var(--good);
}
.diff .removed {
  color: var(--bad);
}
.glossary {
  columns: 2;
  column-gap: 40px;
  margin-top: 16px;
  font-size: 14px;
}
.glossary > div {
  break-inside: avoid;
  margin-bottom: 20px;
}
.glossary h3 {
  margin-bottom: 6px;
  font-size: 14px;
}
.glossary dt {
  margin-top: 6px;
  font-weight: 600;
}
.glossary dd {
  color: var(--muted);
}

/* Plots */
.plots {
  display: grid;
  grid-template-columns: repeat(auto-fit, minmax(min(100%, 460px), 1fr));
  gap: 14px;
  align-items: start;
}
.plots .card + .card {
  margin-top: 0;
}
.plot h3 {
  font-size: 15px;
}
.plot h4 {
  margin: 18px 0 0;
  font-size: 13px;
}
.plot .muted {
  font-size: 13px;
}
.plot details {
  margin-top: 10px;
  font-size: 13.5px;
}
.plot details .scroll {
  margin-top: 8px;
}
.line-plot {
  display: block;
  width: 100%;
  margin-top: 10px;
}
.line-plot .line {
  fill: none;
  stroke: var(--info);
  stroke-width: 2.2;
  stroke-linejoin: round;
}
.line-plot .area {
  fill: var(--info-soft);
}
.line-plot .point {
  fill: var(--surface);
  stroke: var(--info);
  stroke-width: 2;
}
.line-plot .grid {
  stroke: var(--line);
  stroke-width: 1;
}
.axis {
  fill: var(--muted);
  font-size: 11.5px;
}
.axis.middle {
  text-anchor: middle;
}
.axis.end {
  text-anchor: end;
}
.bars {
  margin-top: 10px;
  padding: 0;
  list-style: none;
  font-size: 13px;
}
.bars li {
  display: grid;
  grid-template-columns: minmax(90px, 200px) 1fr minmax(70px, max-content);
  gap: 12px;
  align-items: center;
  padding: 2px 0;
}
.bar-label {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.bar-label .name {
  white-space: pre;
}
.bars svg {
  display: block;
  width: 100%;
  height: 10px;
  border-radius: 5px;
}
.bar-track {
  fill: var(--none-soft);
}
.bar {
  fill: var(--info);
}
.bar-value {
  text-align: right;
  font-variant-numeric: tabular-nums;
}

/* Tables */
.scroll {
  overflow-x: auto;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 12px;
}
table {
  width: 100%;
  border-collapse: collapse;
  font-size: 14px;
}
th,
td {
  padding: 8px 12px;
  text-align: left;
  vertical-align: top;
  border-top: 1px solid var(--line);
}
thead th {
  vertical-align: bottom;
  border-top: 0;
  background: var(--sunken);
  color: var(--muted);
  font-size: 12.5px;
  font-weight: 600;
}
tbody th {
  font-weight: 400;
}
.num {
  text-align: right;
  font-variant-numeric: tabular-nums;
}
td.num {
  white-space: nowrap;
}
.groups .num {
  width: 1%;
}
.groups > thead .num {
  min-width: 92px;
}
.groups > tbody > tr > th {
  width: 26%;
}
td .name,
tbody th .name {
  overflow-wrap: break-word;
}
.why {
  width: 26%;
  min-width: 200px;
  color: var(--muted);
  font-size: 13px;
  overflow-wrap: anywhere;
}
.groups > thead th {
  padding: 0;
}
.groups > thead button {
  width: 100%;
  padding: 8px 12px;
  background: none;
  border: 0;
  text-align: inherit;
  font-weight: 600;
  line-height: 1.3;
  vertical-align: bottom;
}
.groups > thead button::after {
  content: "\\a0↕";
  opacity: 0.35;
}
.groups [aria-sort="ascending"] button::after {
  content: "\\a0↑";
  opacity: 1;
}
.groups [aria-sort="descending"] button::after {
  content: "\\a0↓";
  opacity: 1;
}
.groups [aria-sort] button {
  color: var(--text);
}
.groups > tbody > tr:not(.detail):hover {
  background: var(--sunken);
}
button.name {
  display: flex;
  gap: 8px;
  align-items: baseline;
  min-width: 150px;
  max-width: 60ch;
  padding: 0;
  background: none;
  border: 0;
  text-align: left;
}
button.name .text {
  min-width: 0;
  overflow-wrap: anywhere;
  font-weight: 500;
}
.chevron {
  flex: none;
  width: 7px;
  height: 7px;
  border: solid var(--muted);
  border-width: 0 2px 2px 0;
  transform: rotate(-45deg) translateY(-1px);
}
[aria-expanded="true"] .chevron {
  transform: rotate(45deg) translateY(-2px);
}
.groups tr.open > * {
  background: var(--sunken);
}
.detail > td {
  padding: 4px 16px 18px 28px;
  border-top: 0;
  background: var(--sunken);
}
.detail > td > * {
  margin-top: 10px;
}
.detail .scroll {
  /* As wide as the table around it, which it must not widen. */
  width: 0;
  min-width: 100%;
}
.states {
  color: var(--muted);
  font-size: 13px;
}
.reason-box {
  padding: 8px 14px;
  border-left: 3px solid var(--strong-line);
  max-width: 100ch;
  font-size: 14px;
}
.partitions {
  font-size: 13px;
}
.partitions th,
.partitions td {
  padding: 7px 10px;
}
.proof td {
  padding-top: 0;
  border-top: 0;
  color: var(--muted);
  font-size: 12.5px;
  overflow-wrap: anywhere;
}
.how {
  padding: 0 7px;
  border: 1px solid var(--strong-line);
  border-radius: 99px;
  font-size: 11.5px;
}

/* Controls */
.toolbar {
  display: flex;
  flex-wrap: wrap;
  gap: 10px 14px;
  align-items: center;
}
.search {
  flex: 1 1 300px;
}
.search input,
.reason select {
  width: 100%;
  height: 38px;
  padding: 0 12px;
  background: var(--surface);
  border: 1px solid var(--strong-line);
  border-radius: 9px;
}
.chips {
  flex-basis: 100%;
  display: flex;
  flex-wrap: wrap;
  gap: 8px 22px;
}
.chip-group {
  display: flex;
  flex-wrap: wrap;
  gap: 7px;
  align-items: center;
}
.chip-title {
  color: var(--muted);
  font-size: 12.5px;
}
.chip {
  display: inline-flex;
  gap: 7px;
  align-items: center;
  padding: 3px 12px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 99px;
  font-size: 13.5px;
}
.chip .number {
  color: var(--muted);
  font-variant-numeric: tabular-nums;
}
.chip[aria-pressed="true"] {
  background: var(--info-soft);
  border-color: var(--accent);
}
.count {
  margin: 12px 2px 8px;
  color: var(--muted);
  font-size: 13px;
}
.more {
  margin-top: 12px;
  text-align: center;
}

@media (max-width: 900px) {
  .tiles {
    grid-template-columns: 1fr 1fr;
  }
  .minor {
    display: none;
  }
  .glossary {
    columns: 1;
  }
}
@media (max-width: 560px) {
  .groups > thead .num {
    min-width: 0;
  }
  .detail > td {
    padding-left: 12px;
  }
  .detail > td > * {
    position: sticky;
    left: 12px;
    max-width: calc(100vw - 52px);
  }
  .detail .scroll {
    min-width: 0;
    width: calc(100vw - 52px);
  }
  .page {
    padding: 12px 12px 40px;
  }
  .verdict {
    padding: 18px;
  }
  .verdict h1 {
    font-size: 22px;
  }
  .facts {
    padding: 14px 18px 0;
  }
}

@media print {
  :root,
  :root[data-theme] {
    color-scheme: light;
    --page: #ffffff;
  }
  .page {
    max-width: none;
    padding: 0;
  }
  .toolbar,
  .more,
  .skip,
  #theme,
  .chevron {
    display: none;
  }
  .groups > thead button::after {
    content: none;
  }
  table,
  .why {
    font-size: 11.5px;
  }
  th,
  td,
  .groups > thead button {
    padding: 5px 7px;
  }
  .why,
  button.name,
  .groups > thead .num {
    min-width: 0;
  }
  .scroll {
    overflow: visible;
  }
  .verdict,
  .tile,
  .check,
  .groups tr {
    break-inside: avoid;
  }
  .badge,
  .dot,
  .share {
    print-color-adjust: exact;
  }
}`;

export const PAGE_STYLE_HASH = 'sha256-mCGsJxFm+CtR1lOODLYfzIyiUiwvWapKP3SCfiRlPUA=';

export const PAGE_SCRIPT = `// The table of groups: read once from the data, rendered as far as it is scrolled. Text is only ever set as text.
(() => {
  const PAGE_ROWS = 100;
  const MAX_PRINTED_ROWS = 1000;
  const PAGE_PARTITIONS = 100;
  const NUMBER_KEYS = new Set(['partitions', 'lag', 'delta', 'again']);

  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);

  themeButton();
  const source = byId('data');
  const table = byId('table');
  if (source === null || table === null) return;

  const data = JSON.parse(source.textContent);
  const rows = data.groups.map(readRow);
  const hasGate = rows.some((row) => row.readiness !== null);
  const columns = [...table.tHead.rows[0].cells].map((cell) => cell.dataset.key);
  const body = table.tBodies[0];
  const search = byId('search');
  const reasons = byId('reason');
  const more = byId('more');
  const chosen = { readiness: new Set(), verdict: new Set() };
  const open = new Set();
  let order = { key: null, down: false };
  let matching = rows;
  let rendered = 0;

  buildChips();
  buildReasons();
  listen();
  table.hidden = false;
  byId('toolbar').hidden = false;
  if (!openLinkedGroup()) update();

  // ---- data

  // The order of the fields is that of page-data.ts.
  function readRow(fields, index) {
    const text = (at) => (fields[at] === -1 ? null : data.texts[fields[at]]);
    const pairs = fields[12];
    const found = [];
    for (let i = 0; i < pairs.length; i += 2) found.push({ reason: data.texts[pairs[i]], times: pairs[i + 1] });
    return {
      index,
      group: fields[0],
      verdict: text(1),
      readiness: text(2),
      targetState: text(3),
      sourceState: text(4),
      type: text(5),
      partitions: fields[6],
      lag: fields[7],
      lagUnknown: fields[8],
      delta: fields[9],
      deltaUnknown: fields[10],
      again: fields[11],
      reasons: found,
      why: fields[13] === 0 ? null : fields[13],
      checks: fields[14].map((at) => data.texts[at]),
      parts: fields[15],
      haystack: null,
    };
  }

  function readPartition(fields) {
    const text = (at) => (fields[at] === -1 ? null : data.texts[fields[at]]);
    const values = fields[15];
    return {
      topic: text(0),
      partition: fields[1],
      sourceTopic: text(2),
      sourceCommitted: fields[3],
      sourceLogEnd: fields[4],
      translated: fields[5],
      translation: data.words.translations[fields[6]],
      before: fields[7],
      after: fields[8],
      delta: fields[9],
      again: fields[10],
      verdict: data.words.partitionVerdicts[fields[11]],
      reason: text(12),
      detail: fields[13] === 0 ? null : fields[13],
      proof: fields[14] === -1 ? null : text(14).replace(/\\{(\\d+)\\}/g, (_, i) => values[Number(i)]),
    };
  }

  function haystack(row) {
    if (row.haystack === null) {
      const topics = row.parts === 0 ? [] : new Set(row.parts.map((fields) => data.texts[fields[0]]));
      row.haystack = [row.group, ...topics].join('\\n').toLowerCase();
    }
    return row.haystack;
  }

  // ---- what is shown

  function update() {
    const words = search.value.trim().toLowerCase().split(/\\s+/).filter(Boolean);
    const reason = reasons.value;
    matching = rows.filter(
      (row) =>
        has(chosen.verdict, row.verdict) &&
        has(chosen.readiness, row.readiness) &&
        (reason === '' || row.reasons.some((found) => found.reason === reason)) &&
        words.every((word) => haystack(row).includes(word)),
    );
    if (order.key !== null) matching.sort(compareBy(order.key, order.down));
    body.replaceChildren();
    rendered = 0;
    renderMore(PAGE_ROWS);
    for (const cell of table.tHead.rows[0].cells) {
      const sorted = cell.dataset.key === order.key ? (order.down ? 'descending' : 'ascending') : null;
      if (sorted === null) cell.removeAttribute('aria-sort');
      else cell.setAttribute('aria-sort', sorted);
    }
  }

  function has(set, value) {
    return set.size === 0 || set.has(value);
  }

  function renderMore(number) {
    const next = matching.slice(rendered, rendered + number);
    const fragment = document.createDocumentFragment();
    for (const row of next) fragment.append(rowElement(row), ...(open.has(row.index) ? [detailElement(row)] : []));
    body.append(fragment);
    rendered += next.length;
    more.hidden = rendered >= matching.length;
    sayCount();
  }

  function sayCount() {
    const all = rows.length;
    const found = matching.length;
    const which = found === all ? plural(all, 'group') : \`\${count(found)} of \${plural(all, 'group')}\`;
    const words = found === 0 ? \`None of \${plural(all, 'group')} fits.\` : which;
    byId('count').textContent = rendered < found ? \`\${words}, \${count(rendered)} shown so far\` : words;
  }

  function compareBy(key, down) {
    const sign = down ? -1 : 1;
    const value = (row) => (key === 'why' ? whyText(row) : key === 'state' ? row.targetState : row[key]);
    return (a, b) => {
      const x = value(a);
      const y = value(b);
      // What is not known comes last, whichever way it is sorted.
      if (x === null || y === null) return x === y ? a.index - b.index : x === null ? 1 : -1;
      const order = NUMBER_KEYS.has(key) ? magnitude(x) - magnitude(y) : x < y ? -1 : x > y ? 1 : 0;
      return sign * order || a.index - b.index;
    };
  }

  function magnitude(value) {
    return Math.abs(Number(value));
  }

  // ---- a row

  function rowElement(row) {
    const isOpen = open.has(row.index);
    const button = element('button', { type: 'button', class: 'name', 'aria-expanded': String(isOpen) }, [
      element('span', { class: 'chevron', 'aria-hidden': 'true' }),
      element('span', { class: 'text' }, [row.group === '' ? '(empty)' : row.group]),
    ]);
    if (isOpen) button.setAttribute('aria-controls', \`g\${row.index}\`);
    const cells = {
      group: () => element('th', { scope: 'row' }, [button]),
      readiness: () => element('td', {}, row.readiness === null ? ['–'] : [badge(data.words.readiness, row.readiness)]),
      verdict: () => element('td', {}, [badge(data.words.verdicts, row.verdict)]),
      state: () => element('td', { class: 'minor' }, [row.targetState ?? '–']),
      partitions: () => element('td', { class: 'num minor' }, [count(row.partitions)]),
      lag: () => element('td', { class: 'num' }, [figure(row, row.lag, row.lagUnknown)]),
      delta: () => element('td', { class: 'num' }, [figure(row, row.delta, row.deltaUnknown)]),
      again: () => element('td', { class: 'num' }, [row.again === null ? '–' : count(row.again)]),
      why: () => element('td', { class: 'why' }, [whyText(row)]),
    };
    const tr = element(
      'tr',
      isOpen ? { class: 'open' } : {},
      columns.map((key) => cells[key]()),
    );
    tr.row = row;
    return tr;
  }

  function whyText(row) {
    if (row.why !== null) return row.why;
    return row.reasons.map(({ reason }) => data.reasons[reason].clause).join('; ');
  }

  function figure(row, known, unknown) {
    if (known === null || row.verdict === 'not-selected') return '–';
    if (unknown === 0) return count(known);
    return Number(known) === 0 ? \`\${count(unknown)} unknown\` : \`\${count(known)} + \${count(unknown)} unknown\`;
  }

  function badge(words, key) {
    const { label, tone, meaning } = words[key];
    return element('span', { class: \`badge tone-\${tone}\`, title: meaning }, [label]);
  }

  function toggle(tr) {
    const { row } = tr;
    const button = tr.querySelector('button');
    if (open.delete(row.index)) {
      byId(\`g\${row.index}\`)?.remove();
      button.removeAttribute('aria-controls');
    } else {
      open.add(row.index);
      tr.after(detailElement(row));
      button.setAttribute('aria-controls', \`g\${row.index}\`);
    }
    button.setAttribute('aria-expanded', String(open.has(row.index)));
    tr.classList.toggle('open', open.has(row.index));
  }

  // ---- what a row opens to

  function detailElement(row) {
    const cell = element('td', { colspan: String(columns.length) }, [
      ...(row.verdict === 'not-seen' ? [] : [stateLine(row)]),
      ...(row.checks.length > 0 ? [checkLine(row)] : []),
      ...row.reasons.map(reasonBox),
      ...partitionBlock(row),
    ]);
    return element('tr', { class: 'detail', id: \`g\${row.index}\` }, [cell]);
  }

  function stateLine({ sourceState, targetState, type }) {
    const known = (state) => state ?? 'not known';
    return element('p', { class: 'states' }, [
      \`On the source: \${known(sourceState)} · on the target: \${known(targetState)}\${type === null ? '' : \` · type: \${type}\`}\`,
    ]);
  }

  function checkLine({ why, checks }) {
    return element('p', {}, [
      element('b', {}, ['Checks not passed: ']),
      checks.join(', '),
      why === null ? '' : \`. The group \${why}.\`,
    ]);
  }

  function reasonBox({ reason, times }) {
    const { meaning, next } = data.reasons[reason];
    return element('div', { class: 'reason-box' }, [
      element('p', {}, [element('b', { class: 'code' }, [reason]), \` in \${plural(times, 'partition')}. \${meaning}\`]),
      element('p', {}, [element('b', {}, ['What to do: ']), next]),
    ]);
  }

  function partitionBlock(row) {
    if (row.partitions === 0) return [];
    if (row.parts === 0) {
      return [element('p', { class: 'muted' }, ['Its partitions are left out here for their size: see report.json.'])];
    }
    const tbody = element('tbody', {}, []);
    const titles = [
      'Topic on target',
      '#',
      'Source',
      'Source end',
      'Translated',
      'On target',
      'Delta',
      'Again',
      'Verdict',
    ];
    const head = titles.map((title, i) =>
      element('th', { scope: 'col', class: i > 0 && i < titles.length - 1 ? 'num' : '' }, [title]),
    );
    const block = [
      element('div', { class: 'scroll' }, [
        element('table', { class: 'partitions' }, [
          element('caption', { class: 'sr-only' }, [\`Partitions of \${row.group}\`]),
          element('thead', {}, [element('tr', {}, head)]),
          tbody,
        ]),
      ]),
    ];
    let shown = 0;
    const button = element('button', { type: 'button', class: 'quiet' }, ['Show more partitions']);
    const grow = () => {
      const next = row.parts.slice(shown, shown + PAGE_PARTITIONS);
      tbody.append(...next.flatMap((fields) => partitionElements(readPartition(fields), titles.length)));
      shown += next.length;
      button.hidden = shown >= row.parts.length;
    };
    button.addEventListener('click', grow);
    grow();
    return button.hidden ? block : [...block, button];
  }

  function partitionElements(one, width) {
    const num = (value) => element('td', { class: 'num' }, [value]);
    const cells = [
      element('th', { scope: 'row' }, [element('span', { class: 'name' }, [one.topic])]),
      num(String(one.partition)),
      num(offset(one.sourceCommitted)),
      num(offset(one.sourceLogEnd)),
      num(offset(one.translated)),
      num(
        one.before === one.after || one.before === null
          ? offset(one.after)
          : \`\${offset(one.before)} → \${offset(one.after)}\`,
      ),
      num(signed(one.delta)),
      num(offset(one.again)),
      element('td', {}, [badge(data.words.partitions, one.verdict)]),
    ];
    const words = [
      ...(one.proof === null
        ? []
        : [
            element('span', { class: 'how', title: data.words.translationMeanings[one.translation] }, [
              one.translation,
            ]),
            one.proof,
          ]),
      ...(one.reason === null ? [] : [element('b', { class: 'code' }, [one.reason])]),
      ...(one.detail === null ? [] : [one.detail]),
    ];
    const main = element('tr', {}, cells);
    if (words.length === 0) return [main];
    main.className = 'proven';
    const proof = element(
      'td',
      { colspan: String(width) },
      words.flatMap((word, i) => (i === 0 ? [word] : [' ', word])),
    );
    return [main, element('tr', { class: 'proof' }, [proof])];
  }

  // ---- controls

  function buildChips() {
    const chips = byId('chips');
    const kinds = [
      ...(hasGate ? [['readiness', 'Gate', data.words.readiness]] : []),
      ...(columns.includes('verdict') ? [['verdict', 'Offsets', data.words.verdicts]] : []),
    ];
    for (const [key, title, words] of kinds) {
      const present = Object.keys(words)
        .map((value) => [value, rows.filter((row) => row[key] === value).length])
        .filter(([, number]) => number > 0);
      const buttons = present.map(([value, number]) => chip(chosen[key], value, words[value], number));
      chips.append(
        element('div', { class: 'chip-group', role: 'group', 'aria-label': \`Filter by \${title.toLowerCase()}\` }, [
          element('span', { class: 'chip-title' }, [title]),
          ...buttons,
        ]),
      );
    }
  }

  function chip(set, value, { label, tone, meaning }, number) {
    const button = element('button', { type: 'button', class: 'chip', 'aria-pressed': 'false', title: meaning }, [
      element('span', { class: \`dot tone-\${tone}\`, 'aria-hidden': 'true' }),
      \`\${label} \`,
      element('span', { class: 'number' }, [count(number)]),
    ]);
    button.addEventListener('click', () => {
      if (!set.delete(value)) set.add(value);
      button.setAttribute('aria-pressed', String(set.has(value)));
      update();
    });
    return button;
  }

  function buildReasons() {
    for (const reason of Object.keys(data.reasons)) reasons.append(element('option', { value: reason }, [reason]));
    reasons.parentElement.hidden = reasons.length < 2;
  }

  function listen() {
    let waiting = 0;
    search.addEventListener('input', () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(update);
    });
    search.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape' || search.value === '') return;
      search.value = '';
      update();
    });
    reasons.addEventListener('change', update);
    table.tHead.addEventListener('click', (event) => {
      const cell = event.target.closest('th');
      if (cell !== null) sortBy(cell.dataset.key);
    });
    body.addEventListener('click', (event) => {
      const button = event.target.closest('button.name');
      if (button !== null) toggle(button.closest('tr'));
    });
    more.addEventListener('click', () => {
      const first = body.lastElementChild;
      renderMore(PAGE_ROWS);
      first?.nextElementSibling?.querySelector('button')?.focus({ preventScroll: true });
    });
    new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) renderMore(PAGE_ROWS);
      },
      { rootMargin: '600px' },
    ).observe(more);
    window.addEventListener('hashchange', openLinkedGroup);
    window.addEventListener('beforeprint', () => {
      renderMore(Math.max(0, MAX_PRINTED_ROWS - rendered));
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
  }

  // Figures most first, words in the order of the alphabet; a third time is the order of the report.
  function sortBy(key) {
    const firstDown = NUMBER_KEYS.has(key);
    if (order.key !== key) order = { key, down: firstDown };
    else if (order.down === firstDown) order = { key, down: !firstDown };
    else order = { key: null, down: false };
    update();
  }

  // A bar of the plot leads to its group.
  function openLinkedGroup() {
    const found = /^#group=(\\d+)$/.exec(location.hash);
    const row = found === null ? undefined : rows[Number(found[1])];
    if (row === undefined) return false;
    search.value = row.group;
    open.add(row.index);
    update();
    byId('groups').scrollIntoView();
    body.querySelector('button')?.focus({ preventScroll: true });
    return true;
  }

  function themeButton() {
    const button = byId('theme');
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const isDark = () => (root.dataset.theme ?? (dark.matches ? 'dark' : 'light')) === 'dark';
    const label = () => {
      button.textContent = isDark() ? 'Light colours' : 'Dark colours';
    };
    button.addEventListener('click', () => {
      root.dataset.theme = isDark() ? 'light' : 'dark';
      label();
    });
    dark.addEventListener('change', label);
    label();
    button.hidden = false;
  }

  // ---- words and elements

  function count(value) {
    return String(value).replace(/\\B(?=(\\d{3})+$)/g, ',');
  }

  function plural(number, one) {
    return \`\${count(number)} \${one}\${number === 1 ? '' : 's'}\`;
  }

  function offset(value) {
    return value === null ? '–' : String(value);
  }

  function signed(value) {
    if (value === null) return '–';
    const digits = String(value);
    if (digits === '0') return '0';
    return digits.startsWith('-') ? \`−\${count(digits.slice(1))}\` : \`+\${count(digits)}\`;
  }

  function element(tag, attributes, children = []) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) if (value !== '') made.setAttribute(key, value);
    made.append(...children);
    return made;
  }
})();`;

export const PAGE_SCRIPT_HASH = 'sha256-e/dik26JTQPUOa5xFPJ3cTM2cVF+t7n+DTqIqiD89wo=';
