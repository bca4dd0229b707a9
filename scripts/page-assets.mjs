// Embeds the style and the script of the report's page, which src/report is too pure to read from a file:
// src/report/html/page/* → src/report/html/page-assets.ts, with the hashes that the page's security policy names.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../src/report/html/', import.meta.url));
writeFileSync(`${folder}page-assets.ts`, pageAssets(folder));

/** The text of page-assets.ts. */
export function pageAssets(html) {
  const asset = (name, file) => {
    const text = readFileSync(`${html}page/${file}`, 'utf8').trim();
    const hash = createHash('sha256').update(text, 'utf8').digest('base64');
    const literal = text.replace(/[\\`]|\$\{/g, '\\$&');
    return `export const ${name} = \`${literal}\`;\n\nexport const ${name}_HASH = 'sha256-${hash}';\n`;
  };
  const head =
    '/** Written by `npm run page` from the files in page/, with the hashes that the security policy names. */\n';
  return `${head}\n${asset('PAGE_STYLE', 'page.css')}\n${asset('PAGE_SCRIPT', 'page.js')}`;
}
