import { describe, expect, test } from 'vitest';
import type { ConnectorConfig } from '../../src/domain/connectors/connector-config.ts';
import { MigrationError } from '../../src/errors.ts';
import { type LintRequest, lintDesired, lintFiles } from '../../src/operations/lint-connectors.ts';
import { lintErrors } from '../../src/operations/plan-errors.ts';
import { FakeCluster } from '../support/fake-clusters.ts';

const BYTES = 'org.apache.kafka.connect.converters.ByteArrayConverter';

function source(overrides: Readonly<Record<string, string>>): ConnectorConfig {
  const config = {
    name: 'mm2-source',
    'connector.class': 'org.apache.kafka.connect.mirror.MirrorSourceConnector',
    'tasks.max': '4',
    'source.cluster.alias': 'a',
    'target.cluster.alias': 'b',
    'source.cluster.bootstrap.servers': 'a:9092',
    'target.cluster.bootstrap.servers': 'b:9092',
    'key.converter': BYTES,
    'value.converter': BYTES,
    'header.converter': BYTES,
    ...overrides,
  };
  const lines = new Map(Object.keys(config).map((key, index) => [key, index + 2]));
  return { name: 'mm2-source', class: config['connector.class'], config, file: 'connectors/source.json', lines };
}

function request(overrides: Partial<LintRequest> & { readonly lines?: string[] }): LintRequest {
  const log = {
    stage: () => undefined,
    info: (line: string) => void overrides.lines?.push(line),
    warn: () => undefined,
    debug: () => undefined,
  };
  const nothing = { source: null, target: null, ignore: [], actionSyncsGroups: true };
  return { ...nothing, connectors: [source({})], log, ...overrides };
}

const rules = (findings: readonly { readonly rule: string }[]) => findings.map(({ rule }) => rule);

describe('lint of what is to be applied', () => {
  test('sees by the files alone a key that Kafka 4 has removed', () => {
    const connectors = [source({ 'topics.blacklist': 'x' })];
    const found = lintFiles(request({ connectors })).find(({ rule }) => rule === 'exclusion-removed');
    expect(found?.at).toEqual({ file: 'connectors/source.json', line: 12 });
  });

  test('judges keys by the version of the worker', async () => {
    const connectors = [source({ 'topics.blacklist': 'x' })];
    expect(rules(await lintDesired(request({ connectors }), '3.9.2'))).not.toContain('exclusion-removed');
    expect(rules(await lintDesired(request({ connectors }), '4.3.1'))).toContain('exclusion-removed');
  });

  test('counts the brokers of the target, and previews the topics of the source', async () => {
    const [from, to] = [new FakeCluster('source'), new FakeCluster('target')];
    from.addTopic('orders', 10n);
    const connectors = [source({ topics: 'payments', 'replication.factor': '3' })];
    const found = rules(await lintDesired(request({ connectors, source: from, target: to }), '4.3.1'));
    expect(found).toContain('replication-factor-too-high');
    expect(found).toContain('nothing-selected');
    const alone = rules(await lintDesired(request({ connectors }), '4.3.1'));
    expect(alone).not.toContain('replication-factor-too-high');
    expect(alone).not.toContain('nothing-selected');
  });

  test('goes on without what may not be read, and says so', async () => {
    const from = new FakeCluster('source');
    from.listTopics = () => Promise.reject(new MigrationError('KAFKA_AUTHORIZATION', 'Topics may not be listed.'));
    const lines: string[] = [];
    const connectors = [source({ topics: 'payments' })];
    expect(rules(await lintDesired(request({ connectors, source: from, lines }), null))).not.toContain(
      'nothing-selected',
    );
    expect(lines).toEqual(["Linted without the source's topics, which could not be read: Topics may not be listed."]);
  });
});

describe('the error that lets nothing be applied', () => {
  const wrong = { rule: 'key-unknown', severity: 'error', where: 'mm2: x', message: '', hint: '' } as const;

  test('names file, line and rule of each place', () => {
    const findings = [
      { ...wrong, at: { file: 'c/a.json', line: 3 } },
      { ...wrong, at: { file: 'c/b.yaml', line: null } },
      { ...wrong, severity: 'warning' as const, rule: 'tasks-max-one' },
    ];
    expect(lintErrors(findings)).toEqual([
      {
        code: 'CONNECT_LINT',
        message: 'The connector configs are wrong: c/a.json:3 (key-unknown), c/b.yaml (key-unknown).',
        hint: 'Correct what the findings say, or silence a rule with its reason under "lint: ignore:" of the config file.',
      },
    ]);
  });

  test('is none where the rule is silenced', () => {
    expect(lintErrors([{ ...wrong, silenced: 'by design' }])).toEqual([]);
  });
});
