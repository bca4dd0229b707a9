/** Markdown as GitHub shows it in a summary or comment: its style, its alerts, coloured diffs, drawn charts. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { marked } from 'marked';

export type Theme = 'light' | 'dark';

const require = createRequire(import.meta.url);

/** A whole page; charts are drawn once Mermaid is put in. */
export function githubLike(markdown: string, theme: Theme): string {
  const style = readFileSync(require.resolve(`github-markdown-css/github-markdown-${theme}.css`), 'utf8');
  const body = marked.parse(markdown, { async: false, gfm: true });
  const ground = theme === 'light' ? '#ffffff' : '#0d1117';
  const edge = theme === 'light' ? '#d1d9e0' : '#3d444d';
  return `<!doctype html><meta charset="utf-8"><style>${style}
body { margin: 0; padding: 24px; background: ${ground}; }
.markdown-body { max-width: 1012px; margin: 0 auto; padding: 24px; border: 1px solid ${edge}; border-radius: 6px; box-sizing: border-box; }
pre.mermaid { text-align: center; background: none; }
</style><article class="markdown-body">${withCharts(withDiffs(withAlerts(body)))}</article>`;
}

/** `> [!CAUTION]` */
function withAlerts(html: string): string {
  return html.replace(/<blockquote>\s*<p>\[!(\w+)\]\s*([\s\S]*?)<\/blockquote>/g, (_, kind: string, rest: string) => {
    const name = kind.toLowerCase();
    const title = name.slice(0, 1).toUpperCase() + name.slice(1);
    return `<div class="markdown-alert markdown-alert-${name}"><p class="markdown-alert-title">${title}</p><p>${rest}</div>`;
  });
}

function withDiffs(html: string): string {
  return html.replace(/<code class="language-diff">([\s\S]*?)<\/code>/g, (_, text: string) => {
    const lines = text.split('\n').map((line) => {
      const kind = line.startsWith('+')
        ? 'pl-mi1'
        : line.startsWith('-')
          ? 'pl-md'
          : line.startsWith('!')
            ? 'pl-mc'
            : '';
      return kind === '' ? line : `<span class="${kind}">${line}</span>`;
    });
    return `<code>${lines.join('\n')}</code>`;
  });
}

function withCharts(html: string): string {
  return html.replace(
    /<pre><code class="language-mermaid">([\s\S]*?)<\/code><\/pre>/g,
    '<pre class="mermaid">$1</pre>',
  );
}
