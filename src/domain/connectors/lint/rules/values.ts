/** Values that Kafka reads otherwise than they look, or not at all; and names that say something else. */
import type { LintView } from '../lint-view.ts';
import type { LintedConnector } from '../linted-connector.ts';
import { meantClass } from '../meant-class.ts';
import { isUnreplaced } from '../placeholders.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

const CLASS_KEY =
  /(?:^|\.)(?:connector\.class|policy\.class|filter\.class|(?:key|value|header)\.converter|handler\.class)$/;
const STRING_KEY =
  /(?:^|\.)(?:cluster\.alias|topic\.location|security\.protocol|sasl\.mechanism|ssl\.(?:key|trust)store\.location|isolation\.level)$/;
const SEPARATOR = 'replication.policy.separator';
const NAME_PARTS = ['source.cluster.alias', 'target.cluster.alias', SEPARATOR];
const BOOLEAN =
  /^(?:enabled|(?:emit|sync|refresh|heartbeats)\.[\w.-]*\.?enabled|replication\.policy\.internal\.topic\.separator\.enabled)$/;
const NUMBER =
  /^(?:tasks\.max|(?:[\w-]+\.topic\.)?replication\.factor|offset\.lag\.max|[\w.]+\.interval\.seconds|[\w.]+\.timeout\.ms)$/;
const ROLE_WORDS: Readonly<Record<string, RegExp>> = {
  source: /(?:^|[^a-z])(?:source|msc)(?![a-z])/i,
  checkpoint: /(?:^|[^a-z])(?:checkpoints?|cpc)(?![a-z])/i,
  heartbeat: /(?:^|[^a-z])(?:heartbeats?|hbc)(?![a-z])/i,
};

export const VALUE_RULES: readonly Rule[] = [
  rule({
    id: 'class-misspelt',
    severity: 'error',
    title: 'A class name that is misspelt',
    effect: 'The worker has no such class and refuses the config.',
    hint: 'Correct the class name.',
    test: (view) =>
      classes(view, (value, quoted) => {
        const meant = meantClass(value);
        return meant === null ? null : { found: `is ${quoted}.`, hint: `Did you mean ${meant}?` };
      }),
  }),
  rule({
    id: 'connector-class-blanks',
    severity: 'error',
    title: 'Blanks around `connector.class`',
    effect: 'Connect does not trim this one: it finds no such plugin.',
    hint: 'Remove the blanks.',
    test: (view) =>
      view.connectors
        .filter((connector) => hasBlanks(connector.given('connector.class')))
        .map((connector) => hit(connector, 'connector.class', 'connector.class has blanks around its value.')),
  }),
  rule({
    id: 'value-blanks',
    severity: 'notice',
    title: 'Blanks around a class name or a word',
    effect: 'Kafka trims them; other tools that read the file may not.',
    hint: 'Remove the blanks.',
    test: (view) =>
      view.connectors.flatMap((connector) =>
        connector.entries
          .filter(([key, value]) => isTrimmed(key) && hasBlanks(value))
          .map(([key]) => hit(connector, key, `${view.quoteKey(key)} has blanks around its value.`)),
      ),
  }),
  rule({
    id: 'name-part-illegal',
    severity: 'error',
    title: 'An alias or separator that no topic name may hold',
    effect: 'Kafka refuses the names of the topics that MM2 makes of it.',
    hint: 'Use letters, digits, dots, underscores and dashes.',
    test: (view) =>
      view.of('source', 'checkpoint', 'heartbeat').flatMap((connector) =>
        NAME_PARTS.flatMap((key) => {
          // The policy reads its separator untrimmed.
          const value = key === SEPARATOR ? connector.given(key) : connector.given(key)?.trim();
          if (value === null || value === undefined || value.includes('${') || isUnreplaced(key, value)) return [];
          return /^[\w.-]*$/.test(value) ? [] : [hit(connector, key, `${key} is ${view.quote(key, value)}.`)];
        }),
      ),
  }),
  rule({
    id: 'value-invalid',
    severity: 'error',
    title: 'A value of the wrong type',
    effect: 'The worker refuses the config.',
    hint: 'Write true or false, a whole number, or source or target.',
    test: (view) => invalidValues(view),
  }),
  rule({
    id: 'named-as-another',
    severity: 'warning',
    title: 'Name or file of another connector',
    effect: 'Most likely one file was copied from another, and something was not changed.',
    hint: 'Correct the name, the file or the class.',
    test: (view) => view.of('source', 'checkpoint', 'heartbeat').flatMap((connector) => misnamed(view, connector)),
  }),
  rule({
    id: 'name-not-as-file',
    severity: 'notice',
    title: 'The file has another name than the connector',
    effect: 'Whoever looks for the connector looks in the wrong file.',
    hint: 'Name the file after the connector.',
    test: (view) =>
      view.connectors.flatMap((connector) => {
        const stem = fileStem(connector);
        if (stem === null || sharesWord(stem, connector.name)) return [];
        return [hit(connector, 'name', `The connector is called ${view.quote('name', connector.name)}.`)];
      }),
  }),
];

function isTrimmed(key: string): boolean {
  return (CLASS_KEY.test(key) || STRING_KEY.test(key)) && key !== 'connector.class';
}

type Told = { readonly found: string; readonly hint: string } | null;

function classes(view: LintView, tell: (value: string, quoted: string) => Told): readonly Hit[] {
  return view.connectors.flatMap((connector) =>
    connector.entries.flatMap(([key, value]) => {
      const told = CLASS_KEY.test(key) ? tell(value.trim(), view.quote(key, value)) : null;
      return told === null ? [] : [hit(connector, key, `${view.quoteKey(key)} ${told.found}`, told.hint)];
    }),
  );
}

function hasBlanks(value: string | null): boolean {
  return value !== null && value.trim() !== '' && value.trim() !== value;
}

function invalidValues(view: LintView): readonly Hit[] {
  return view.of('source', 'checkpoint', 'heartbeat').flatMap((connector) =>
    connector.entries.flatMap(([key, value]) => {
      const expected = value.includes('${') ? null : expectation(key, value.trim());
      return expected === null ? [] : [hit(connector, key, `${key} is ${view.quote(key, value)}.`, expected)];
    }),
  );
}

function expectation(key: string, value: string): string | null {
  if (BOOLEAN.test(key)) return /^(?:true|false)$/i.test(value) ? null : 'Write true or false.';
  if (key === 'offset-syncs.topic.location')
    return /^(?:source|target)$/.test(value) ? null : 'Write source or target.';
  if (!NUMBER.test(key)) return null;
  if (!/^[+-]?\d{1,18}$/.test(value)) return 'Write a whole number.';
  return key === 'tasks.max' && Number(value) < 1 ? 'Write 1 or more.' : null;
}

function misnamed(view: LintView, connector: LintedConnector): readonly Hit[] {
  const role = connector.role ?? '';
  for (const text of [connector.name, fileStem(connector) ?? '']) {
    const roles = Object.keys(ROLE_WORDS).filter((word) => ROLE_WORDS[word]?.test(text));
    const [other, second] = roles;
    if (other === undefined || second !== undefined || other === role) continue;
    const what = text === connector.name ? 'name' : 'file';
    const found = `Its ${what} ${view.quote('name', text)} speaks of a ${other} connector, and its class is the ${role} connector's.`;
    return [hit(connector, what === 'name' ? 'name' : 'connector.class', found)];
  }
  return [];
}

function fileStem({ connector }: LintedConnector): string | null {
  if (connector.file === 'generated') return null;
  return connector.file.slice(connector.file.lastIndexOf('/') + 1).replace(/\.[a-z]+$/i, '');
}

function sharesWord(stem: string, name: string): boolean {
  const words = (text: string) =>
    text
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '' && word !== 'mm2');
  const [ofFile, ofName] = [words(stem), words(name)];
  if (ofFile.length === 0 || ofName.length === 0) return true;
  return ofFile.some((word) => ofName.includes(word)) || stem.includes(name) || name.includes(stem);
}
