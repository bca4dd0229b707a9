// The table of groups: read once from the data, rendered as far as it is scrolled. Text is only ever set as text.
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
      proof: fields[14] === -1 ? null : text(14).replace(/\{(\d+)\}/g, (_, i) => values[Number(i)]),
    };
  }

  function haystack(row) {
    if (row.haystack === null) {
      const topics = row.parts === 0 ? [] : new Set(row.parts.map((fields) => data.texts[fields[0]]));
      row.haystack = [row.group, ...topics].join('\n').toLowerCase();
    }
    return row.haystack;
  }

  // ---- what is shown

  function update() {
    const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
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
    const which = found === all ? plural(all, 'group') : `${count(found)} of ${plural(all, 'group')}`;
    const words = found === 0 ? `None of ${plural(all, 'group')} fits.` : which;
    byId('count').textContent = rendered < found ? `${words}, ${count(rendered)} shown so far` : words;
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
    if (isOpen) button.setAttribute('aria-controls', `g${row.index}`);
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
    return Number(known) === 0 ? `${count(unknown)} unknown` : `${count(known)} + ${count(unknown)} unknown`;
  }

  function badge(words, key) {
    const { label, tone, meaning } = words[key];
    return element('span', { class: `badge tone-${tone}`, title: meaning }, [label]);
  }

  function toggle(tr) {
    const { row } = tr;
    const button = tr.querySelector('button');
    if (open.delete(row.index)) {
      byId(`g${row.index}`)?.remove();
      button.removeAttribute('aria-controls');
    } else {
      open.add(row.index);
      tr.after(detailElement(row));
      button.setAttribute('aria-controls', `g${row.index}`);
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
    return element('tr', { class: 'detail', id: `g${row.index}` }, [cell]);
  }

  function stateLine({ sourceState, targetState, type }) {
    const known = (state) => state ?? 'not known';
    return element('p', { class: 'states' }, [
      `On the source: ${known(sourceState)} · on the target: ${known(targetState)}${type === null ? '' : ` · type: ${type}`}`,
    ]);
  }

  function checkLine({ why, checks }) {
    return element('p', {}, [
      element('b', {}, ['Checks not passed: ']),
      checks.join(', '),
      why === null ? '' : `. The group ${why}.`,
    ]);
  }

  function reasonBox({ reason, times }) {
    const { meaning, next } = data.reasons[reason];
    return element('div', { class: 'reason-box' }, [
      element('p', {}, [element('b', { class: 'code' }, [reason]), ` in ${plural(times, 'partition')}. ${meaning}`]),
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
          element('caption', { class: 'sr-only' }, [`Partitions of ${row.group}`]),
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
          : `${offset(one.before)} → ${offset(one.after)}`,
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
        element('div', { class: 'chip-group', role: 'group', 'aria-label': `Filter by ${title.toLowerCase()}` }, [
          element('span', { class: 'chip-title' }, [title]),
          ...buttons,
        ]),
      );
    }
  }

  function chip(set, value, { label, tone, meaning }, number) {
    const button = element('button', { type: 'button', class: 'chip', 'aria-pressed': 'false', title: meaning }, [
      element('span', { class: `dot tone-${tone}`, 'aria-hidden': 'true' }),
      `${label} `,
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
    const found = /^#group=(\d+)$/.exec(location.hash);
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
    return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
  }

  function plural(number, one) {
    return `${count(number)} ${one}${number === 1 ? '' : 's'}`;
  }

  function offset(value) {
    return value === null ? '–' : String(value);
  }

  function signed(value) {
    if (value === null) return '–';
    const digits = String(value);
    if (digits === '0') return '0';
    return digits.startsWith('-') ? `−${count(digits.slice(1))}` : `+${count(digits)}`;
  }

  function element(tag, attributes, children = []) {
    const made = document.createElement(tag);
    for (const [key, value] of Object.entries(attributes)) if (value !== '') made.setAttribute(key, value);
    made.append(...children);
    return made;
  }
})();
