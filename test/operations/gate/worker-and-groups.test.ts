import { describe, expect, it } from 'vitest';
import { encodeCheckpoint } from '../../../src/domain/checkpoints/checkpoint-format.ts';
import { type ConnectorConfig, GENERATED } from '../../../src/domain/connectors/connector-config.ts';
import { partitionKey } from '../../../src/domain/topic-partition.ts';
import { MigrationError } from '../../../src/errors.ts';
import type { ConnectApi } from '../../../src/operations/connect-port.ts';
import { readCopiedOffsets } from '../../../src/operations/gate/copied-offsets.ts';
import { excludedConfigs, hiddenFrom } from '../../../src/operations/gate/hidden-groups.ts';
import { readWorker } from '../../../src/operations/gate/worker-facts.ts';
import { COMMITTED, COPIED, COPY, TOPIC } from '../../support/fake-clusters.ts';
import { fakeGate, gather, workerThatCopied } from '../../support/fake-gate.ts';

const bounds = { deadlineAt: Number.POSITIVE_INFINITY, signal: new AbortController().signal };
const aliases = { source: 'src', target: 'dst' };
const MIRROR = 'org.apache.kafka.connect.mirror';

describe('how far MM2 has copied', () => {
  const ask = (answers: Readonly<Record<string, number>>) => {
    const connect = {
      ...workerThatCopied(0),
      connectorOffsets: async (name: string) => {
        const partition = { cluster: 'src', topic: TOPIC, partition: 0 };
        const foreign = { partition: { ...partition, cluster: 'other' }, offset: { offset: 1 } };
        const heartbeats = { partition: { sourceClusterAlias: 'src' }, offset: { offset: 0 } };
        const entries = [{ partition, offset: { offset: answers[name] } }, foreign, heartbeats];
        return { kind: 'offsets' as const, entries };
      },
    };
    return readCopiedOffsets({ connect, sourceAlias: 'src', connectors: Object.keys(answers), bounds });
  };

  it('is that of the connector behind where two copy the same partition', async () => {
    const expected = new Map([[partitionKey(TOPIC, 0), 8n]]);
    expect(await ask({ one: 7, two: 9 })).toEqual({ kind: 'known', value: expected });
    expect(await ask({ two: 9, one: 7 })).toEqual({ kind: 'known', value: expected });
  });

  it('takes no offset that a number cannot hold', async () => {
    expect(await ask({ one: 2 ** 53 })).toEqual({ kind: 'known', value: new Map() });
  });

  it('is unknown without a source connector, and where one of them cannot be read', async () => {
    expect(await ask({})).toMatchObject({ kind: 'unknown' });
    const connectorOffsets: ConnectApi['connectorOffsets'] = async (name) =>
      name === 'two' ? { kind: 'no-connector' } : { kind: 'offsets', entries: [] };
    const connect = { ...workerThatCopied(0), connectorOffsets };
    const asked = { connect, sourceAlias: 'src', bounds };
    expect(await readCopiedOffsets({ ...asked, connectors: ['one', 'two'] })).toMatchObject({ kind: 'unknown' });
  });
});

describe('the worker', () => {
  const snapshot = (config: Readonly<Record<string, string>>) => ({ config, status: null });
  const pair = { 'source.cluster.alias': 'src', 'target.cluster.alias': 'dst' };

  it('has the MM2 connectors of this source and target, and those of the files', async () => {
    const live = {
      ours: { ...pair, 'connector.class': `${MIRROR}.MirrorSourceConnector`, topics: 'a' },
      theirs: { ...pair, 'source.cluster.alias': 'else', 'connector.class': `${MIRROR}.MirrorSourceConnector` },
      sink: { ...pair, 'connector.class': 'FileStreamSink' },
    };
    const connectors = async () => new Map(Object.entries(live).map(([name, config]) => [name, snapshot(config)]));
    const file = {
      name: 'ours',
      class: 'MirrorSource',
      config: { ...live.ours, topics: 'b' },
      file: 'ours.json',
      lines: new Map(),
    };
    const missing = { name: 'gone', class: 'MirrorCheckpoint', config: {}, file: 'gone.json', lines: new Map() };
    const connect = { ...workerThatCopied(0), connectors };
    const reading = await readWorker({ connect, aliases, desired: [file, missing], bounds });
    if (reading.kind === 'unknown') throw new Error(reading.why);
    expect(reading.value.facts.connectors).toMatchObject([
      { name: 'ours', live: { status: null }, driftedKeys: { kind: 'known', value: ['topics'] } },
      { name: 'gone', live: null },
    ]);
    expect(reading.value.facts.isolationLevel).toEqual({ kind: 'known', value: 'read_uncommitted' });
  });

  it('is compared with a generated connector only where it has one of that name', async () => {
    const live = { ...pair, 'connector.class': `${MIRROR}.MirrorSourceConnector`, topics: 'a' };
    const connectors = async () => new Map([['ours', snapshot(live)]]);
    const generated = (name: string) => {
      return {
        name,
        class: live['connector.class'],
        config: { ...live, topics: 'b' },
        file: GENERATED,
        lines: new Map(),
      };
    };
    const connect = { ...workerThatCopied(0), connectors, connectorConfig: async () => null };
    const ask = async (desired: readonly ConnectorConfig[]) => {
      const reading = await readWorker({ connect, aliases, desired, bounds });
      return reading.kind === 'unknown' ? reading.why : reading.value.facts.connectors;
    };
    expect(await ask([generated('ours'), generated('absent')])).toMatchObject([
      { name: 'ours', driftedKeys: { kind: 'known', value: ['topics'] } },
    ]);
    expect(await ask([generated('absent')])).toMatchObject([{ name: 'ours', driftedKeys: { kind: 'unknown' } }]);
  });

  it('that does not answer is unknown, and a cancelled run is no answer', async () => {
    const fails = (code: 'CONNECT_UNREACHABLE' | 'CANCELLED') => ({
      ...workerThatCopied(0),
      worker: () => Promise.reject(new MigrationError(code, 'nothing listens there.\nmore')),
    });
    const ask = (connect: ConnectApi) => readWorker({ connect, aliases, desired: null, bounds });
    expect(await ask(fails('CONNECT_UNREACHABLE'))).toEqual({ kind: 'unknown', why: 'nothing listens there' });
    await expect(ask(fails('CANCELLED'))).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('groups that MM2 hides', () => {
  const listed = (type: string, protocolType: string) =>
    ({ kind: 'listed', state: 'Empty', type, protocolType }) as const;
  const consumer = listed('classic', 'consumer');

  it('are those that every checkpoint connector leaves out', () => {
    const hidden = hiddenFrom([{ groups: 'billing.*' }, { groups: 'audit', 'groups.exclude': '' }]);
    expect(hidden('billing-1', consumer)).toBeNull();
    expect(hidden('audit', consumer)).toBeNull();
    expect(hidden('other', consumer)).toBe('groups of the checkpoint connector');
  });

  it('are found by look-around as MM2 reads it', () => {
    const matches = ({ javaScript }: { readonly javaScript: string }, name: string) =>
      new RegExp(javaScript, 'u').test(name);
    const hidden = hiddenFrom([{ groups: '(?!audit).*' }], { matches });
    expect(hidden('audit-1', consumer)).toBe('groups of the checkpoint connector');
    expect(hidden('billing', consumer)).toBeNull();
  });

  it("are by MM2's defaults those of sink connectors and of consoles", () => {
    const hidden = hiddenFrom([]);
    expect(hidden('connect-sink', consumer)).toContain("groups.exclude of MM2's defaults, as a sink connector's group");
    expect(hidden('console-consumer-1', consumer)).toContain('groups.exclude');
    expect(hidden('billing', { kind: 'absent' })).toBeNull();
  });

  it.each([
    ['share', 'share'],
    ['streams', 'streams'],
    ['classic', 'connect'],
  ])('are those of type %s with protocol %s, whatever their name', (type, protocolType) => {
    expect(hiddenFrom([{}])('billing', listed(type, protocolType))).toContain('which MM2 does not list');
  });

  it('and configs that it leaves out are those of the source connector, or its defaults', () => {
    expect(excludedConfigs(undefined).matches('min.insync.replicas')).toBe(true);
    const own = excludedConfigs({ 'config.properties.exclude': 'retention.*' });
    expect([own.matches('retention.ms'), own.matches('min.insync.replicas')]).toEqual([true, false]);
  });
});

describe('ACLs', () => {
  it('go by the name that a topic or a prefix of topics has on the target', async () => {
    const gate = fakeGate([]);
    const rule = { principal: 'User:alice', host: '*', permission: 'ALLOW', operation: 'WRITE' };
    const acls = [
      { ...rule, resourceType: 'TOPIC', patternType: 'LITERAL', name: 'orders' },
      { ...rule, resourceType: 'TOPIC', patternType: 'PREFIXED', name: 'ord' },
      { ...rule, resourceType: 'TOPIC', patternType: 'LITERAL', name: '*' },
      { ...rule, resourceType: 'GROUP', patternType: 'PREFIXED', name: 'ord', permission: 'DENY' },
      { ...rule, resourceType: 'CLUSTER', patternType: 'LITERAL', name: 'kafka-cluster' },
    ];
    gate.source.acls = async () => ({ kind: 'acls', acls });
    const facts = (await gather(gate))?.facts.acls;
    if (facts?.kind !== 'known') throw new Error('unknown');
    expect(facts.value.source).toMatchObject([
      { resource: 'topic', pattern: 'literal', nameOnTarget: 'src.orders', permission: 'allow' },
      { resource: 'topic', pattern: 'prefixed', nameOnTarget: 'src.ord' },
      { resource: 'topic', nameOnTarget: '*' },
      { resource: 'group', pattern: 'prefixed', nameOnTarget: 'ord', permission: 'deny' },
    ]);
    expect(facts.value.target).toBeNull();
  });
});

describe('checkpoints', () => {
  it('are the newest of each group partition, with the time of their record', async () => {
    const gate = fakeGate(['billing']);
    const checkpoint = { groupId: 'billing', topic: COPY, partition: 0, metadata: '' };
    const later = encodeCheckpoint({ ...checkpoint, upstreamOffset: COMMITTED + 1n, downstreamOffset: COPIED + 1n });
    gate.target.records.get('src.checkpoints.internal')?.push(later);
    const [group] = (await gather(gate))?.facts.groups ?? [];
    expect(group?.partitions[0]?.checkpoint).toEqual({
      kind: 'known',
      value: { upstream: COMMITTED + 1n, downstream: COPIED + 1n, emittedAtMs: 0 },
    });
  });
});
