/** Whatever a group, a topic, a connector, a key or an error is called, it is text and nothing else (invariant J). */
import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { createTerminalLog } from '../../src/adapters/terminal/terminal-log.ts';
import { parseReport } from '../../src/report/json/parse-report.ts';
import { readCommentMarker } from '../../src/report/markdown/comment-marker.ts';
import type { ReportModel } from '../../src/report/report-model.ts';
import { renderTerminal } from '../../src/report/terminal/render-terminal.ts';
import { expectNoCommand } from '../support/ci-commands.ts';
import { HOSTILE_NAMES, hostileGate, hostileSync } from './hostile-models.ts';
import { RENDERERS } from './renderers.ts';

interface Rendered {
  readonly text: string;
  /** The same report with a plain name. */
  readonly plain: string;
  readonly model: ReportModel;
}

const CONTROLS = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** What holds for each renderer. One that is added has to say what keeps names inert in it. */
const INERT: Readonly<Record<string, (rendered: Rendered) => void>> = {
  summary: inertMarkdown,
  comment(rendered) {
    inertMarkdown(rendered);
    expect(readCommentMarker(rendered.text)).toEqual(readCommentMarker(rendered.plain));
  },
  annotations({ text, plain }) {
    expect(withoutLineEnds(text)).not.toMatch(CONTROLS);
    expect(text.split('\n').length).toBe(plain.split('\n').length);
  },
  outputs({ text, plain }) {
    expect(text.split('\n').length).toBe(plain.split('\n').length);
  },
  /** As the command line prints it, on a pipe and on a narrow terminal with colours. */
  terminal({ model, plain }) {
    const printed = printedReport(model, null);
    expectNoCommand(printed);
    expect(printed.filter((line) => !line.startsWith('  | ')).length).toBe(plain.split('\n').length);
    expectNoCommand(printedReport(model, 40));
  },
  html({ text, plain }) {
    const own = (page: string) => elements(page.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, ''));
    expect(own(text)).toEqual(own(plain));
    expect(withoutLineEnds(text)).not.toMatch(CONTROLS);
    const data = /<script type="application\/json" id="data">([^<>]*)<\/script>/.exec(text)?.[1] ?? '';
    expect(withoutLineEnds(JSON.parse(data).groups.join())).not.toMatch(CONTROLS);
  },
  junit({ text, plain }) {
    const tags = (xml: string) => xml.match(/<[^\s>]*/g);
    expect(tags(text)).toEqual(tags(plain));
    expect(withoutLineEnds(text)).not.toMatch(CONTROLS);
    expect(text).not.toMatch(/[\ufffe\uffff]|&(?!(?:amp|lt|gt|quot|apos);)/);
  },
  csv({ text, plain }) {
    expect(text.split('\n').length).toBe(plain.split('\n').length);
    expect(text.replaceAll('\r\n', '')).not.toMatch(CONTROLS);
    expect(text).not.toMatch(/(?:^|,)"?[\s]*[=+@＝＋＠]/m);
  },
  metrics({ text, plain }) {
    const lines = text.split('\n');
    expect(lines.length).toBe(plain.split('\n').length);
    const label = /[a-z_]+="(?:[^"\\\n]|\\[\\"n])*"/.source;
    const sample = new RegExp(`^[a-z_0-9]+\\{${label}(?:,${label})*\\} [\\d.]+$`);
    expect(lines.filter((line) => !line.startsWith('# ') && line !== '' && !sample.test(line))).toEqual([]);
  },
  json({ text, model }) {
    expect(parseReport(text)).toEqual({ kind: 'report', report: model });
  },
};

/** @param columns of the terminal; null when it is none. */
function printedReport(model: ReportModel, columns: number | null): readonly string[] {
  let text = '';
  const write = (more: string) => {
    text += more;
  };
  const color = columns !== null;
  const log = createTerminalLog({ write, color, columns: () => columns, live: false, debug: true, now: () => 0 });
  for (const line of renderTerminal(model, log.page())) log.print(line);
  return text.split('\n');
}

/** As GitHub reads it: the same elements in the same order, links among them, and nothing that it links afterwards. */
function inertMarkdown({ text, plain }: Rendered): void {
  const html = parsed(text);
  expect(elements(html)).toEqual(elements(parsed(plain)));
  const prose = decoded(html.replace(/<(pre|code)\b[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ''));
  expect(withoutLineEnds(prose).replaceAll('\u200b', '')).not.toMatch(CONTROLS);
  expect(prose).not.toMatch(/@[\w-]|(?:^|[^\w&])#\d|\bGH-\d|:(?:tada|\+1):/);
}

function parsed(markdown: string): string {
  return marked.parse(markdown, { async: false, gfm: true }).replaceAll('<wbr>', '');
}

function elements(html: string): readonly string[] {
  return html.match(/<[^>]*>/g) ?? [];
}

function decoded(html: string): string {
  const named = new Map([
    ['lt', '<'],
    ['gt', '>'],
    ['amp', '&'],
    ['quot', '"'],
    ['nbsp', ' '],
  ]);
  return html.replace(/&(?:#(\d+)|(\w+));/g, (_, code: string | undefined, name: string) =>
    code === undefined ? (named.get(name) ?? '?') : String.fromCodePoint(Number(code)),
  );
}

function withoutLineEnds(text: string): string {
  return text.replaceAll('\n', '');
}

const MODELS: readonly (readonly [string, (name: string) => ReportModel])[] = [
  ['a sync', hostileSync],
  ['the gate', hostileGate],
];
const CASES = RENDERERS.flatMap((renderer) => MODELS.map(([of, build]) => ({ ...renderer, of, build })));

describe.each(CASES)('$name of $of', ({ name: renderer, render, build }) => {
  const text = (name: string) => Array.from(render(build(name))).join('');
  const plain = text('plain');

  function expectInert(name: string): void {
    const hold = INERT[renderer];
    if (hold === undefined) throw new Error(`nothing says what keeps names inert in ${renderer}`);
    hold({ text: text(name), plain, model: build(name) });
  }

  test.each(HOSTILE_NAMES.map((name) => [JSON.stringify(name).slice(0, 60), name] as const))('%s', (_, name) => {
    expectInert(name);
  });

  test('any name', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc
        .array(
          fc.constantFrom(
            '|',
            '`',
            '\n',
            '<',
            '@a',
            '#1',
            ':',
            '\\',
            '*',
            ' ',
            '"',
            '&',
            '-',
            '\ud800',
            '::',
            '##[',
            '##vso[',
          ),
          {
            minLength: 1,
          },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(fc.property(name, expectInert), { numRuns: 40 });
  });
});
