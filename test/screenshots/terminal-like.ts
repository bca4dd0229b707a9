/** Lines of a terminal with their colours, as a page. */

const COLOURS: Readonly<Record<string, string>> = {
  '30': '#484f58',
  '31': '#ff7b72',
  '32': '#56d364',
  '33': '#e3b341',
  '34': '#79c0ff',
  '35': '#d2a8ff',
  '36': '#76e3ea',
  '37': '#e6edf3',
  '90': '#8b949e',
};

/** Select Graphic Rendition. */
const COLOUR = new RegExp(`${'\\u001b'}\\[([\\d;]*)m`, 'g');

export function terminalLike(lines: readonly string[], command: string): string {
  const text = [`\u001b[90m$\u001b[0m \u001b[1m${command}\u001b[0m`, ...lines].join('\n');
  return `<!doctype html><meta charset="utf-8"><style>
body { margin: 0; padding: 24px; background: #1c2128; }
pre { width: max-content; min-width: 100%; margin: 0; padding: 18px 22px; box-sizing: border-box; background: #0d1117; color: #e6edf3; border-radius: 8px;
  font: 13px/1.45 "DejaVu Sans Mono", ui-monospace, monospace; }
</style><pre>${coloured(text)}</pre>`;
}

function coloured(text: string): string {
  let open = 0;
  const html = escaped(text).replace(COLOUR, (_, codes: string) => {
    const styles = codes.split(';').flatMap(styleOf);
    const closing = '</span>'.repeat(open);
    open = styles.length === 0 ? 0 : 1;
    return styles.length === 0 ? closing : `${closing}<span style="${styles.join(';')}">`;
  });
  return html + '</span>'.repeat(open);
}

function styleOf(code: string): string[] {
  if (code === '1') return ['font-weight:700'];
  if (code === '2') return ['color:#8b949e'];
  const colour = COLOURS[code];
  return colour === undefined ? [] : [`color:${colour}`];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
