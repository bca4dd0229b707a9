import { describe, expect, test } from 'vitest';
import type { ConnectorConfig } from '../../src/domain/connectors/connector-config.ts';
import { InputError } from '../../src/errors.ts';
import { withConnectorNames } from '../../src/inputs/connector-names.ts';
import type { Inputs } from '../../src/inputs/typed-inputs.ts';
import { parse } from './reading.ts';

const MIRROR = 'org.apache.kafka.connect.mirror';
const SERVERS = { 'source-bootstrap-servers': 's:9092', 'target-bootstrap-servers': 't:9092' };

const FILES = { 'connect-url': 'http://c:8083', connectors: 'c/*.json' };

function connector(kind: 'Source' | 'Checkpoint' | 'Heartbeat', config: Record<string, string>): ConnectorConfig {
  const name = `mm2-${kind.toLowerCase()}`;
  const className = `${MIRROR}.Mirror${kind}Connector`;
  const whole = { name, 'connector.class': className, ...config };
  return { name, class: className, config: whole, file: `${name}.json`, lines: new Map() };
}

function flow(config: Record<string, string>): readonly ConnectorConfig[] {
  return [connector('Source', config), connector('Checkpoint', config), connector('Heartbeat', {})];
}

function problemsOf(raw: Record<string, string>, connectors: readonly ConnectorConfig[]) {
  return problemsIn(parse({ command: 'sync', ...SERVERS, ...raw }), connectors);
}

function problemsIn(inputs: Inputs, connectors: readonly ConnectorConfig[]) {
  try {
    withConnectorNames(inputs, connectors);
  } catch (error) {
    if (error instanceof InputError) return error.problems;
    throw error;
  }
  return [];
}

describe('what no input says is as the connector files say', () => {
  const written = {
    'source.cluster.alias': ' onprem ',
    'target.cluster.alias': 'msk',
    'replication.policy.class': `${MIRROR}.IdentityReplicationPolicy`,
    'replication.policy.separator': '_',
    'replication.policy.internal.topic.separator.enabled': 'false',
    'offset-syncs.topic.location': 'target',
  };

  test.each(['sync', 'check', 'plan', 'export'])('for %s', (command) => {
    const { replication } = withConnectorNames(parse({ command, ...SERVERS }), flow(written));
    expect(replication).toEqual({
      sourceAlias: 'onprem',
      targetAlias: 'msk',
      policy: 'identity',
      policyClass: `${MIRROR}.IdentityReplicationPolicy`,
      separator: '_',
      internalTopicSeparatorEnabled: false,
      offsetSyncsTopicLocation: 'target',
    });
  });

  test('where the files are silent, MirrorMaker 2’s defaults hold, not ours', () => {
    const { replication } = withConnectorNames(
      parse({ command: 'sync', ...SERVERS }),
      flow({ 'source.cluster.alias': 'a' }),
    );
    expect(replication).toMatchObject({ sourceAlias: 'a', targetAlias: 'target', policy: 'default', separator: '.' });
  });

  test('topics and groups are not taken over: partitions that nobody replicates must show', () => {
    const files = flow({ 'source.cluster.alias': 'a', topics: 'orders', groups: 'billing' });
    const { selection } = withConnectorNames(parse({ command: 'sync', ...SERVERS }), files);
    expect([selection.topics.text, selection.groups.text]).toEqual(['.*', '.*']);
  });

  test('nothing, where only the worker can resolve a name or no mirror connector is there', () => {
    const inputs = parse({ command: 'sync', ...SERVERS });
    expect(withConnectorNames(inputs, flow({ 'source.cluster.alias': '$' + '{env:ALIAS}' }))).toBe(inputs);
    expect(withConnectorNames(inputs, [connector('Heartbeat', { 'source.cluster.alias': 'x' })])).toBe(inputs);
  });

  test('nothing, for a command that names no topics', () => {
    const inputs = parse({ command: 'apply', ...SERVERS, ...FILES });
    expect(withConnectorNames(inputs, flow(written))).toBe(inputs);
  });
});

describe('an input that contradicts the files is an error that names both', () => {
  const files = flow({ 'source.cluster.alias': 'onprem', 'target.cluster.alias': 'msk' });

  test('all at once', () => {
    const raw = {
      'source-alias': 'old',
      'replication-policy': 'identity',
      'replication-policy-separator': '-',
      'offset-syncs-topic-location': 'target',
    };
    expect(problemsOf(raw, files)).toEqual([
      {
        input: 'source-alias',
        expected: '"onprem", as source.cluster.alias in mm2-checkpoint.json',
        seen: '"old"',
        hint: 'Leave the input out, and the connector files are followed; or correct the files.',
      },
      expect.objectContaining({ input: 'replication-policy-separator', seen: '"-"' }),
      expect.objectContaining({ input: 'offset-syncs-topic-location', seen: '"target"' }),
      expect.objectContaining({ input: 'replication-policy', seen: '"identity"' }),
    ]);
  });

  test.each<[string, Record<string, string>]>([
    ['a plan that only lints', { command: 'plan', connectors: 'c/*.json' }],
    ['a plan of connectors alone', { command: 'plan', ...FILES }],
    ['an apply', { command: 'apply', ...SERVERS, ...FILES }],
  ])('also for %s, which needs no names', (_, raw) => {
    const inputs = parse({ ...raw, 'source-alias': 'old', 'replication-policy-separator': '.' });
    expect(problemsIn(inputs, files)).toEqual([expect.objectContaining({ input: 'source-alias', seen: '"old"' })]);
  });

  test('also for a run without secrets', () => {
    const inputs = parse({ command: 'check', ...SERVERS, 'target-alias': 'old' });
    const withoutClusters = { ...inputs, source: null, target: null, withoutSecrets: 'a pull request from a fork' };
    expect(problemsIn(withoutClusters, files)).toEqual([expect.objectContaining({ input: 'target-alias' })]);
  });

  test('a policy that is unknown here stops nothing where no names are needed', () => {
    const odd = flow({ 'source.cluster.alias': 'a', 'replication.policy.class': 'org.example.OwnPolicy' });
    expect(problemsIn(parse({ command: 'apply', ...SERVERS, ...FILES }), odd)).toEqual([]);
  });

  test('the same said twice is none', () => {
    expect(problemsOf({ 'source-alias': 'onprem', 'replication-policy': 'default' }, files)).toEqual([]);
  });

  test('a class whose names are not known here', () => {
    const odd = flow({ 'source.cluster.alias': 'a', 'replication.policy.class': 'org.example.OwnPolicy' });
    expect(problemsOf({}, odd)).toEqual([
      expect.objectContaining({
        input: 'replication-policy',
        seen: '"org.example.OwnPolicy" in mm2-checkpoint.json',
      }),
    ]);
  });
});

describe('files of several flows', () => {
  const files = [
    ...flow({ 'source.cluster.alias': 'a', 'target.cluster.alias': 'b' }),
    ...flow({ 'source.cluster.alias': 'b', 'target.cluster.alias': 'a' }),
  ];

  test('need the aliases of the one that is meant', () => {
    expect(problemsOf({}, files)).toEqual([
      expect.objectContaining({
        input: 'source-alias',
        expected: 'one flow',
        seen: 'several: "a" to "b" in mm2-checkpoint.json and "b" to "a" in mm2-checkpoint.json',
      }),
    ]);
    expect(problemsOf({ 'source-alias': 'c' }, files)).toEqual([
      expect.objectContaining({ input: 'source-alias', seen: '"c" to "mskdest"' }),
    ]);
  });

  test('and then one alias may do', () => {
    const inputs = parse({ command: 'sync', ...SERVERS, 'source-alias': 'b' });
    expect(withConnectorNames(inputs, files).replication).toMatchObject({ sourceAlias: 'b', targetAlias: 'a' });
  });

  test('are no problem where no names are needed, unless an input contradicts all of them', () => {
    const problemsWith = (raw: Record<string, string>) =>
      problemsIn(parse({ command: 'plan', connectors: 'c/*.json', ...raw }), files);
    expect(problemsWith({})).toEqual([]);
    expect(problemsWith({ 'source-alias': 'b' })).toEqual([]);
    expect(problemsWith({ 'source-alias': 'c' })).toEqual([expect.objectContaining({ input: 'source-alias' })]);
    expect(problemsWith({ 'replication-policy': 'identity' })).toEqual([
      expect.objectContaining({ input: 'replication-policy' }),
    ]);
  });
});
