/** Lists of patterns as they are written: MM2 splits at commas, joins with `|`, and matches whole names. */
import { listRefusal, parsePatternList, splitList } from '../../../patterns.ts';
import type { LintView } from '../lint-view.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

const LISTS = ['topics', 'topics.exclude', 'groups', 'groups.exclude', 'config.properties.exclude'];
/** A star after a letter, digit or dash, or at the start: in a shell it would mean "anything". */
const GLOB = /(?:^|[A-Za-z0-9_-])\*/;
/** `orders\w*` and its like, at the end of an item. */
const WORD_TAIL = /[A-Za-z0-9_](?:\\w|\[\\w\]|\[[A-Za-z0-9_-]*[A-Za-z]-[A-Za-z][A-Za-z0-9_-]*\])[*+]\$?$/;

export const PATTERN_RULES: readonly Rule[] = [
  rule({
    id: 'pattern-invalid',
    severity: 'error',
    title: 'A pattern that is no regular expression',
    effect: 'Connect accepts it, and the connector fails when it starts.',
    hint: 'Write regular expressions: .* for everything, orders-.* for names that begin so. A comma ends a pattern.',
    test: (view) =>
      items(view, (text) => {
        const problem = listRefusal(text);
        return problem === null ? [] : [{ item: problem.item, why: `cannot be used: ${problem.reason}` }];
      }),
  }),
  rule({
    id: 'pattern-not-previewed',
    severity: 'notice',
    title: 'A pattern that only Java can match',
    effect: 'MM2 reads it; what it selects cannot be shown here.',
    hint: 'Nothing has to be done; a plainer pattern is previewed.',
    test: (view) =>
      items(view, (text) => {
        const parsed = parsePatternList(text, view.subject.slowRegex);
        if (!('problem' in parsed) || listRefusal(text) !== null) return [];
        return [{ item: parsed.problem.item, why: `cannot be tried here: ${parsed.problem.reason}` }];
      }),
  }),
  rule({
    id: 'pattern-glob',
    severity: 'warning',
    title: 'A pattern that looks like a glob',
    effect: 'The star repeats the character before it, so that other names match than are meant.',
    hint: 'Write .* where anything may follow.',
    test: (view) =>
      items(view, (text) =>
        'problem' in parsePatternList(text, view.subject.slowRegex)
          ? []
          : splitList(text)
              .filter((item) => GLOB.test(item.replace(/\\./g, '..')))
              .map((item) => ({ item, why: 'is read as a regular expression' })),
      ),
  }),
  rule({
    id: 'pattern-narrow-tail',
    severity: 'notice',
    title: 'A pattern that ends in word characters only',
    effect: 'It must match the whole name: names that go on with a dot or a dash are left out.',
    hint: 'Write .* at its end if they are meant.',
    test: (view) =>
      items(view, (text) =>
        splitList(text)
          .filter((item) => WORD_TAIL.test(item))
          .map((item) => ({ item, why: 'ends in word characters' })),
      ),
  }),
];

interface Fault {
  readonly item: string;
  readonly why: string;
}

function items(view: LintView, faults: (text: string) => readonly Fault[]): readonly Hit[] {
  return view.of('source', 'checkpoint').flatMap((connector) =>
    LISTS.flatMap((key) => {
      const text = connector.given(key);
      if (text === null || text.includes('${')) return [];
      return faults(text).map(({ item, why }) => hit(connector, key, `${key}: ${view.quote(key, item)} ${why}.`));
    }),
  );
}
