// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect's config providers look like this
import { describe, expect, test } from 'vitest';
import type { ConfigMap, ConnectorConfig } from '../../../src/domain/connectors/connector-config.ts';
import { type ActualConfig, planConnectors } from '../../../src/domain/connectors/connector-plan.ts';

function connector(name: string, settings: ConfigMap = {}, simpleClass = 'MirrorSourceConnector'): ConnectorConfig {
  const connectorClass = `org.apache.kafka.connect.mirror.${simpleClass}`;
  return {
    name,
    class: connectorClass,
    file: `${name}.json`,
    lines: new Map(),
    config: { name, 'connector.class': connectorClass, ...settings },
  };
}

function running(...connectors: readonly ConnectorConfig[]): ReadonlyMap<string, ActualConfig> {
  return new Map(connectors.map(({ name, config }) => [name, { kind: 'present', config }]));
}

describe('planConnectors', () => {
  test('leaves alone what runs as desired (invariant H), whatever the order of keys', () => {
    const desired = connector('a', { topics: 'x', 'tasks.max': '1' });
    const actual = running({ ...desired, config: Object.fromEntries(Object.entries(desired.config).reverse()) });
    expect(planConnectors(actual, [desired])).toEqual([
      { name: 'a', class: desired.class, change: 'none', keys: [], changedKeys: [], wantedState: null },
    ]);
  });

  test('updates what differs: changed, added and removed keys, sorted', () => {
    const actual = running(connector('a', { topics: 'x', 'tasks.max': '1', groups: '.*' }));
    const [change] = planConnectors(actual, [connector('a', { topics: 'x,y', 'tasks.max': '1', enabled: 'true' })]);
    expect(change?.change).toBe('update');
    expect(change?.changedKeys).toEqual(['enabled', 'groups', 'topics']);
    expect(change?.keys).toEqual([
      { key: 'enabled', before: null, after: 'true', secret: false },
      { key: 'groups', before: '.*', after: null, secret: false },
      { key: 'topics', before: 'x', after: 'x,y', secret: false },
    ]);
  });

  test('compares as Connect stores: exactly, blanks and case included', () => {
    const changes = (before: string, after: string) =>
      planConnectors(running(connector('a', { v: before })), [connector('a', { v: after })])[0]?.change;
    expect(changes('x', ' x')).toBe('update');
    expect(changes('true', 'TRUE')).toBe('update');
    expect(changes('${env:A}', '${env:A}')).toBe('none');
  });

  test('creates only what is proven absent', () => {
    const desired = connector('a', { topics: 'x' });
    const change = (actual: ReadonlyMap<string, ActualConfig>) => planConnectors(actual, [desired])[0];
    expect(change(new Map([['a', { kind: 'absent' }]]))).toMatchObject({ change: 'create', changedKeys: [] });
    expect(change(new Map([['a', { kind: 'absent' }]]))?.keys.map(({ key }) => key)).toEqual([
      'connector.class',
      'name',
      'topics',
    ]);
    expect(change(new Map([['a', { kind: 'unreadable' }]]))).toMatchObject({ change: 'unknown', keys: [] });
    expect(change(new Map())).toMatchObject({ change: 'unknown' });
  });

  test('hides secrets on both sides and still says that they differ', () => {
    const key = 'source.cluster.sasl.jaas.config';
    const [change] = planConnectors(running(connector('a', { [key]: 'old-secret' })), [
      connector('a', { [key]: '${env:JAAS}' }),
    ]);
    expect(change?.keys).toEqual([{ key, before: '(hidden)', after: '${env:JAAS}', secret: true }]);
    const created = planConnectors(new Map([['a', { kind: 'absent' }]]), [connector('a', { [key]: 'new-secret' })]);
    expect(JSON.stringify(created)).not.toContain('new-secret');
  });

  test('orders source, checkpoint, heartbeat, others; then by name', () => {
    const desired = [
      connector('z-other', {}, 'FileStreamSourceConnector'),
      connector('c-heartbeat', {}, 'MirrorHeartbeatConnector'),
      connector('b-checkpoint', {}, 'MirrorCheckpointConnector'),
      connector('y-source'),
      connector('x-source', {}, 'MirrorSource'),
    ];
    expect(planConnectors(running(...desired), desired).map(({ name }) => name)).toEqual([
      'x-source',
      'y-source',
      'b-checkpoint',
      'c-heartbeat',
      'z-other',
    ]);
  });
});
