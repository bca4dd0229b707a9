// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect look like this
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ConnectorConfig } from '../../../../src/domain/connectors/connector-config.ts';
import { type LintSubject, lintConnectors } from '../../../../src/domain/connectors/lint/lint.ts';
import { RULE_TABLE } from '../../../../src/domain/connectors/lint/rule-table.ts';
import { SEVERITIES } from '../../../../src/domain/finding.ts';
import { lintCases, lintExample, lintFolder, subject } from '../../../support/lint-corpus.ts';

const SOURCE = 'org.apache.kafka.connect.mirror.MirrorSourceConnector';

function connector(config: Readonly<Record<string, string>>, file = 'mm2.json'): ConnectorConfig {
  const name = config['name'] ?? 'mm2';
  const connectorClass = (config['connector.class'] ?? SOURCE).trim();
  const lines = new Map(Object.keys(config).map((key, index) => [key, index + 2]));
  return { name, class: connectorClass, config: { 'connector.class': SOURCE, ...config }, file, lines };
}

function lint(configs: readonly ConnectorConfig[], facts: Partial<LintSubject> = {}) {
  return lintConnectors({ ...subject(), ...facts, connectors: configs });
}

test('the examples of this repository have nothing worse than a notice', async () => {
  const findings = await lintFolder('examples/connectors');
  expect(findings.filter(({ severity }) => severity !== 'notice')).toEqual([]);
});

test('no connectors, no findings', () => expect(lint([], { workerVersion: '2.7.0' })).toEqual([]));

describe('a finding', () => {
  test('has no place when the config was generated', () => {
    const findings = lint([connector({ name: 'mm2-source' }, 'generated')]);
    expect(findings.length).toBeGreaterThan(5);
    expect(findings.filter(({ at }) => at !== undefined)).toEqual([]);
  });

  test('stands at its key, at the class where the key is missing, and else at the file', () => {
    const config = connector({ name: 'mm2', 'connector.class': SOURCE, clusters: 'a, b' });
    const found = (id: string, at: ConnectorConfig) => lint([at]).find(({ rule }) => rule === id)?.at;
    expect(found('key-dedicated-mode', config)).toEqual({ file: 'mm2.json', line: 4 });
    expect(found('header-converter-missing', config)).toEqual({ file: 'mm2.json', line: 3 });
    expect(found('header-converter-missing', { ...config, lines: new Map() })).toEqual({
      file: 'mm2.json',
      line: null,
    });
  });

  test('the worst come first, then by file and line', () => {
    const findings = lint([
      connector({ name: 'mm2-b', clusters: 'x' }, 'b.json'),
      connector({ name: 'mm2-a', clusters: 'x' }, 'a.json'),
    ]);
    const keys = findings.map(({ severity, at }) => [SEVERITIES.indexOf(severity), at?.file ?? '', at?.line ?? 0]);
    expect(keys).toEqual(keys.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)));
    expect(new Set(findings.map(({ severity }) => severity)).size).toBe(3);
  });

  test('names the connector and the key, says what follows from it, and what to write', () => {
    const [finding] = lint([connector({ name: 'mm2-source', 'task.max': '4' })]).filter(
      ({ rule }) => rule === 'tasks-max-misspelt',
    );
    expect(finding).toMatchObject({
      where: 'mm2-source: task.max',
      message: 'task.max is no key of Connect. Connect ignores it and starts a single task.',
      hint: 'Write tasks.max.',
    });
  });
});

describe('lint: ignore', () => {
  const bad = connector({ name: 'mm2-source', clusters: 'a, b' });

  test('keeps the finding, with the reason', () => {
    const ignore = [{ rule: 'key-dedicated-mode', reason: 'read by our own tool' }];
    const findings = lint([bad], { ignore });
    expect(findings.filter(({ silenced }) => silenced !== undefined)).toEqual([
      expect.objectContaining({ rule: 'key-dedicated-mode', silenced: 'read by our own tool' }),
    ]);
    expect(findings.filter(({ rule }) => rule.startsWith('ignore-'))).toEqual([]);
  });

  test('a rule that does not exist is told, with the one that is meant', () => {
    const findings = lint([bad], { ignore: [{ rule: 'key-dedicated-mod', reason: 'x' }] });
    expect(findings).toContainEqual(
      expect.objectContaining({
        rule: 'ignore-unknown-rule',
        severity: 'warning',
        hint: expect.stringContaining('key-dedicated-mode'),
      }),
    );
  });

  test('a rule that found nothing is told', () => {
    const findings = lint([bad], { ignore: [{ rule: 'pattern-glob', reason: 'x' }] });
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'ignore-unused', severity: 'notice' }));
  });

  test('a rule that could not look is not told', () => {
    const unused = (rule: string, known: Partial<LintSubject>) =>
      lint([bad], { ignore: [{ rule, reason: 'x' }], ...known }).filter((one) => one.rule === 'ignore-unused').length;
    const names = { topics: ['a'], groups: ['b'] };
    expect(unused('records-copied-twice', names)).toBe(0);
    expect(unused('records-copied-twice', { ...names, live: [] })).toBe(1);
    expect(unused('name-not-there', { topics: ['a'] })).toBe(0);
    expect(unused('name-not-there', names)).toBe(1);
    expect(unused('mm2-runtime-unsafe', {})).toBe(0);
    expect(unused('mm2-runtime-unsafe', { workerVersion: '4.1.1' })).toBe(1);
  });

  test('every rule that its example needs facts for says so', async () => {
    for (const { rule, bad } of lintCases()) {
      const { actionSyncsGroups = true } = bad;
      const isFound = (await lintExample(rule, 'bad', { actionSyncsGroups })).some((one) => one.rule === rule);
      const needs = RULE_TABLE.find(({ id }) => id === rule)?.needs ?? [];
      expect(isFound || needs.length > 0, rule).toBe(true);
    }
  });
});

describe('rules', () => {
  test('have ids of their own, in kebab case, with a place in the documents', () => {
    const ids = RULE_TABLE.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, doc } of RULE_TABLE) {
      expect(id).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)+$|^transforms$/);
      expect(doc).toBe(`docs/connectors.md#${id}`);
    }
  });

  test('connectors of others are looked at for what holds of all connectors only', () => {
    const jdbc = {
      name: 'jdbc-sink',
      'connector.class': 'io.aiven.connect.jdbc.JdbcSinkConnector',
      topics: '*',
      'value.converter': 'org.apache.kafka.connect.json.JsonConverter',
      'connection.password': 'Tr0ub4dor&3',
      'table.name.format': '<TABLE NAME>',
    };
    const rules = lint([connector(jdbc, 'jdbc-sink.json')]).map(({ rule }) => rule);
    expect(rules).toEqual(['secret-in-plain-text', 'placeholder-unreplaced']);
  });

  test('a connector of each cluster to another cluster is a flow of its own', async () => {
    const findings = await lintExample('policy-differs', 'bad');
    const [finding] = findings.filter(({ rule }) => rule === 'policy-differs');
    expect(finding?.message).toContain('DefaultReplicationPolicy" by default, and in mm2-source');
  });
});

describe('whatever a config holds', () => {
  const KEYS = ruleKeys();
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', ' ', '*', '${env:A}', '${A}', 'true', '3', ' x ', '\\', '[', '(', 'a,b', '{X}', '__proto__'),
  );
  const odd = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString'));
  const key = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...KEYS) }, { weight: 1, arbitrary: odd });
  const classes = fc.constantFrom(
    ...['Source', 'Checkpoint', 'Heartbeat'].map((role) => `org.apache.kafka.connect.mirror.Mirror${role}Connector`),
    'com.example.Other',
  );
  const config = fc
    .tuple(classes, fc.array(fc.tuple(key, text), { maxLength: 20 }))
    .map(([name, entries]) => Object.fromEntries([...entries, ['connector.class', name], ['name', 'mm2']]));
  const facts = fc.record({
    actionSyncsGroups: fc.boolean(),
    workerVersion: fc.option(fc.oneof(fc.string(), fc.constantFrom('2.7.0', '3.2.1', '4.1.1', '7.7.0-ccs'))),
    topics: fc.option(fc.array(text, { maxLength: 4 })),
    groups: fc.option(fc.array(text, { maxLength: 4 })),
  });

  test('the lint does not throw', () => {
    fc.assert(
      fc.property(fc.array(config, { maxLength: 3 }), facts, (configs, known) => {
        const findings = lint(
          configs.map((one) => connector(one)),
          known,
        );
        expect(findings.every(({ message, hint }) => message !== '' && hint !== '')).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('no value of a secret key is quoted', () => {
    const SECRET = 'Zx9QqCanary7731';
    const shapes = fc.constantFrom(
      SECRET,
      ` ${SECRET}`,
      `${SECRET}${'${env:X}'}`,
      `org.apache.kafka.common.security.plain.PlainLoginModule required username="admin" password="${SECRET}";`,
      `PlainLoginModule required username=admin password=${SECRET}`,
      `org.x.${SECRET} required;`,
      `required password='${SECRET}`,
      `<${SECRET}>`,
      `{{ ${SECRET} }}`,
    );
    const secretKeys = fc.constantFrom(
      ...['source.cluster.', 'target.cluster.', 'producer.override.', 'source.consumer.', '', 'sorce.cluster.'].flatMap(
        (prefix) =>
          ['sasl.jaas.config', 'ssl.keystore.password', 'ssl.key.password', 'ssl.keystore.key'].map(
            (name) => prefix + name,
          ),
      ),
      'connection.password',
      'apiKey',
    );
    const secrets = fc.array(fc.tuple(secretKeys, shapes), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(config, secrets, facts, (one, hidden, known) => {
        const findings = lint([connector({ ...one, ...Object.fromEntries(hidden) })], known);
        expect(JSON.stringify(findings)).not.toContain(SECRET);
      }),
      { numRuns: 150 },
    );
  });
});

/** Keys that rules look at, so that random configs reach them. */
function ruleKeys(): readonly string[] {
  const sides = ['source.cluster.', 'target.cluster.', 'producer.override.'];
  const client = [
    'bootstrap.servers',
    'security.protocol',
    'sasl.mechanism',
    'sasl.jaas.config',
    'ssl.keystore.location',
  ];
  const own = `topics topics.exclude groups groups.exclude config.properties.exclude tasks.max replication.factor
    offset-syncs.topic.location offset-syncs.topic.replication.factor replication.policy.class enabled transforms
    replication.policy.separator key.converter value.converter header.converter source.cluster.alias target.cluster.alias
    refresh.topics.interval.seconds offset.lag.max sync.group.offsets.enabled topics.blacklist clusters
    producer.override.batch.size producer.override.buffer.memory exactly.once.support errors.tolerance`;
  return [...sides.flatMap((side) => client.map((key) => side + key)), ...own.split(/\s+/)];
}
