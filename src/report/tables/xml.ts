/** XML 1.0 out of untrusted text: every character that is written is one that XML allows, and none that means anything. */
import { visible } from '../escape.ts';

const MARKUP: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** For an attribute, or text on one line. What XML forbids or the eye would miss is shown as `\u{1b}`. */
export function xmlText(value: string): string {
  return visible(value).replace(/[&<>"']/g, (char) => MARKUP[char] ?? char);
}

/** Text of several lines. */
export function xmlLines(lines: readonly string[]): string {
  return lines.map((line) => xmlText(line.replaceAll('\t', '    '))).join('\n');
}

/** ` name="value"` for each. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');
}
