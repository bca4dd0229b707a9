/** What the examples of the corpus leave open: which findings go together, and what they say. */
import { describe, expect, test } from 'vitest';
import type { ConnectorConfig } from '../../../../src/domain/connectors/connector-config.ts';
import { type LintSubject, lintConnectors } from '../../../../src/domain/connectors/lint/lint.ts';
import { subject } from '../../../support/lint-corpus.ts';

const MIRROR = 'org.apache.kafka.connect.mirror.Mirror';
const ALIASES = { 'source.cluster.alias': 'a', 'target.cluster.alias': 'b' };

function connector(role: string, config: Readonly<Record<string, string>> = ALIASES): ConnectorConfig {
  const name = `mm2-${role.toLowerCase()}`;
  const whole = { name, 'connector.class': `${MIRROR}${role}Connector`, ...config };
  return { name, class: whole['connector.class'], config: whole, file: `${name}.json`, lines: new Map() };
}

function lint(connectors: readonly ConnectorConfig[], facts: Partial<LintSubject> = {}) {
  return lintConnectors({ ...subject(), ...facts, connectors });
}

function messages(rule: string, connectors: readonly ConnectorConfig[], facts: Partial<LintSubject> = {}) {
  return lint(connectors, facts).flatMap((finding) => (finding.rule === rule ? [finding.message] : []));
}

describe('a pattern', () => {
  const rulesFor = (topics: string) =>
    lint([connector('Source', { ...ALIASES, topics })])
      .map(({ rule }) => rule)
      .filter((rule) => rule === 'pattern-invalid' || rule === 'pattern-not-previewed');

  test.each(['orders++', '(a*+)b', '[a-z&&[^b]]+', '(?>a|ab)c', '\\p{IsAlphabetic}+', '[[:alpha:]]+', '(?>a,b)'])(
    'that only Java can match, as %s, is a notice',
    (topics) => expect(rulesFor(topics)).toEqual(['pattern-not-previewed']),
  );

  test.each(['*', '+x', 'a{2,}', '(a', 'a,b)', '[a', 'a++,*'])('that Java refuses, as %s, is an error', (topics) =>
    expect(rulesFor(topics)).toEqual(['pattern-invalid']),
  );

  test.each(['orders.*', '(a,b)', 'a|b', '\\w+'])('that both read, as %s, is neither', (topics) =>
    expect(rulesFor(topics)).toEqual([]),
  );

  test('that is refused is named, and not the items beside it', () => {
    const [message] = messages('pattern-invalid', [connector('Source', { ...ALIASES, topics: 'a++,*' })]);
    expect(message).toContain('topics: "*" cannot be used: it has a * that repeats nothing.');
  });
});

describe('a misspelt class', () => {
  const misspelt = connector('Source', { ...ALIASES, 'connector.class': `${MIRROR}SourceConector`, clusters: 'x' });

  test('of a connector hides no other finding', () => {
    const rules = lint([misspelt]).map(({ rule }) => rule);
    expect(rules).toContain('class-misspelt');
    expect(rules).toContain('key-dedicated-mode');
    expect(rules).toContain('header-converter-missing');
  });

  test('of a converter is told once', () => {
    const converter = 'org.apache.kafka.connect.converters.ByteArrayConvertor';
    const findings = lint([connector('Source', { ...ALIASES, 'key.converter': converter })]);
    const rules = findings.filter(({ where }) => where.endsWith(': key.converter')).map(({ rule }) => rule);
    expect(rules).toEqual(['class-misspelt']);
  });
});

describe('a login module without credentials', () => {
  const said = (options: string) =>
    messages('jaas-credentials-missing', [
      connector('Source', {
        ...ALIASES,
        'source.cluster.sasl.jaas.config': `org.apache.kafka.common.security.scram.ScramLoginModule required ${options};`,
      }),
    ]);

  test.each([
    ['username="" password="x"', 'has an empty username.'],
    ["username='u' password=''", 'has an empty password.'],
    ['username=""', 'has an empty username and no password.'],
  ])('%s', (options, message) => expect(said(options)).toEqual([expect.stringContaining(message)]));

  test('has both', () => expect(said('username="u" password="x"')).toEqual([]));
});

describe('a part of a flow that is missing', () => {
  test('is told with what follows from it, and not from the other part', () => {
    expect(messages('connector-missing', [connector('Source')])).toEqual([
      'No checkpoint connector has the aliases "a" → "b". Without a checkpoint connector there are no checkpoints, and MM2 moves no group.',
    ]);
    expect(messages('connector-missing', [connector('Checkpoint')])).toEqual([
      'No source connector has the aliases "a" → "b". Without a source connector no records are copied.',
    ]);
  });

  test('is not told of connectors without an alias, which may belong to any flow', () => {
    const roles = ['Source', 'Checkpoint', 'Heartbeat'] as const;
    for (const nameless of roles) {
      const all = roles.map((role) => connector(role, role === nameless ? { 'target.cluster.alias': 'b' } : ALIASES));
      const rules = lint(all).map(({ rule }) => rule);
      expect(rules).toContain('source-alias-missing');
      for (const rule of ['connector-missing', 'heartbeat-connector-missing', 'aliases-differ']) {
        expect(rules).not.toContain(rule);
      }
    }
    expect(lint([connector('Source', {})]).filter(({ message }) => message.includes('""'))).toEqual([]);
  });
});

test('a removed key is said to be without effect for workers that no longer know it', () => {
  const source = connector('Source', { ...ALIASES, 'add.source.alias.to.metrics': 'true' });
  expect(messages('key-removed', [source])).toEqual([
    'add.source.alias.to.metrics was removed in 4.0. A worker of that version or a later one ignores it without a word.',
  ]);
});

test('a slow engine is asked once for each name, whichever rules look at the selection', () => {
  const asked: string[] = [];
  const slowRegex = { matches: (_: unknown, name: string) => asked.push(name) > 0 };
  lint([connector('Source', { ...ALIASES, topics: '(?=o).*' })], { topics: ['orders', 'other'], slowRegex });
  // By the whole list, and by its one item.
  expect(asked.sort()).toEqual(['orders', 'orders', 'other', 'other']);
});

test('that nothing is selected says nothing of the state of the connector', () => {
  const source = connector('Source', { ...ALIASES, topics: 'x' });
  expect(messages('nothing-selected', [source], { topics: ['a'] })).toEqual([
    'topics selects none of the 1 topics of the source. There is nothing to do for the connector until one comes that matches.',
  ]);
});

describe('a worker', () => {
  const key = 'connector.client.config.override.policy';
  const said = (policy: string, override: string) => {
    const config = { [key]: policy };
    const worker = { name: 'worker', class: '', config, file: 'worker.properties', lines: new Map() };
    const source = connector('Source', { ...ALIASES, [`producer.override.${override}`]: 'x' });
    return messages('worker-override-refused', [source], { workers: [worker] });
  };

  test.each([
    ['None', 'linger.ms'],
    ['None', 'security.protocol'],
    ['Principal', 'linger.ms'],
    ['org.apache.kafka.connect.connector.policy.PrincipalConnectorClientConfigOverridePolicy', 'sasl.login.class'],
  ])('whose policy is %s refuses the override of %s', (policy, override) => {
    expect(said(policy, override)).toHaveLength(1);
  });

  test.each([
    ['All', 'linger.ms'],
    ['Principal', 'sasl.jaas.config'],
    ['Principal', 'security.protocol'],
  ])('whose policy is %s takes that of %s', (policy, override) => expect(said(policy, override)).toEqual([]));
});

describe('servers with a scheme', () => {
  const rulesFor = (servers: string) =>
    lint([connector('Source', { ...ALIASES, 'target.cluster.bootstrap.servers': servers })])
      .map(({ rule }) => rule)
      .filter((rule) => rule === 'servers-malformed' || rule === 'servers-scheme');

  test.each([
    ['https://i:9092', ['servers-scheme']],
    ['a:9092,http2://i:9092', ['servers-scheme']],
    ['https://i', ['servers-malformed']],
    ['SASL_SSL://i:9092', []],
    ['i:9092', []],
    ['[::1]:9092', []],
  ])('%s', (servers, rules) => expect(rulesFor(servers)).toEqual(rules));
});
