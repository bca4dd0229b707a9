/** The rules of the lint as docs/connectors.md shows them. */
import type { Rule } from '../domain/connectors/lint/rule.ts';
import { RULE_THEMES } from '../domain/connectors/lint/rule-table.ts';

/** One table a theme; each row is the anchor that its rule's `doc` names. */
export function renderLintRules(): string {
  return RULE_THEMES.map(({ title, rules }) => `### ${title}\n\n${table(rules)}`).join('\n');
}

function table(rules: readonly Rule[]): string {
  const head = '| Rule | Severity | Mistake | What happens | What to do |\n| --- | --- | --- | --- | --- |\n';
  return head + rules.map(row).join('');
}

function row({ id, severity, title, effect, hint }: Rule): string {
  const texts = [title, effect, hint].map(cell).join(' | ');
  return `| <a id="${id}"></a>\`${id}\` | ${severity} | ${texts} |\n`;
}

/** Patterns and class names keep their signs; what stands between backticks is left as it is. */
function cell(text: string): string {
  const parts = text.split(/(`[^`]*`)/);
  const escaped = parts.map((part) => (part.startsWith('`') ? part : part.replace(/[\\*_<]/g, '\\$&')));
  return escaped.join('').replaceAll('|', '\\|');
}
