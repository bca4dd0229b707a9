// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect look like this
/** Against connectors that run already, an error stands only where records are copied twice for sure. */
import { describe, expect, test, vi } from 'vitest';
import type { ConnectorConfig } from '../../../../src/domain/connectors/connector-config.ts';
import { type LintSubject, lintConnectors } from '../../../../src/domain/connectors/lint/lint.ts';
import { linted } from '../../../../src/domain/connectors/lint/linted-connector.ts';
import type { LiveConnector } from '../../../../src/domain/connectors/lint/live-connectors.ts';
import { overlapIn } from '../../../../src/domain/connectors/lint/overlap.ts';
import { MigrationError } from '../../../../src/errors.ts';
import { subject } from '../../../support/lint-corpus.ts';

const MIRROR = 'org.apache.kafka.connect.mirror.Mirror';
const POLICY = 'replication.policy.class';
const IDENTITY = `${MIRROR.slice(0, -6)}IdentityReplicationPolicy`;
const LAB = 'com.amazonaws.kafka.samples.CustomMM2ReplicationPolicy';
const CUSTOM = 'com.example.Policy';
const SOURCE_SERVERS = 'source.cluster.bootstrap.servers';
const TARGET_SERVERS = 'target.cluster.bootstrap.servers';
const FLOW = {
  'source.cluster.alias': 'a',
  'target.cluster.alias': 'b',
  [SOURCE_SERVERS]: 'old.example:9092',
  [TARGET_SERVERS]: 'new.example:9092',
  topics: 'orders',
};

type Settings = Readonly<Record<string, string>>;

function config(role: string, settings: Settings): Settings {
  return { 'connector.class': `${MIRROR}${role}Connector`, ...FLOW, ...settings };
}

function file(role: string, settings: Settings = {}, name = `own-${role.toLowerCase()}`): ConnectorConfig {
  const whole = { name, ...config(role, settings) };
  return { name, class: `${MIRROR}${role}Connector`, config: whole, file: `${name}.json`, lines: new Map() };
}

function live(role: string, settings: Settings = {}, isIdle = false): LiveConnector {
  return { name: 'theirs', config: config(role, settings), isIdle };
}

function found(rule: string, given: Partial<LintSubject>) {
  return lintConnectors({ ...subject(), ...given }).filter((finding) => finding.rule === rule);
}

function severities(rule: string, given: Partial<LintSubject>): readonly string[] {
  return found(rule, given).map(({ severity }) => severity);
}

/** Of records-copied-twice, for one source connector of the plan and one that runs. */
function copied(own: Settings, theirs: Settings, more: Partial<LintSubject> = {}): readonly string[] {
  const connectors = [file('Source', own)];
  return severities('records-copied-twice', { connectors, live: [live('Source', theirs)], ...more });
}

describe('copies that are named', () => {
  test.each([
    ['as the topics, by both', { [POLICY]: IDENTITY }, { [POLICY]: LAB, 'source.cluster.alias': 'x' }, ['error']],
    ['with the same alias and separator', {}, {}, ['error']],
    ['with other aliases', {}, { 'source.cluster.alias': 'x' }, []],
    ['with other separators', {}, { 'replication.policy.separator': '_' }, []],
    ['with the alias by one of them only', {}, { [POLICY]: IDENTITY }, []],
    ['by a policy that nobody knows', { [POLICY]: CUSTOM }, { [POLICY]: CUSTOM }, ['warning']],
    ['with an alias that is a reference', {}, { 'source.cluster.alias': '${env:A}' }, ['warning']],
  ])('%s', (_, own, theirs, expected) => expect(copied(own, theirs)).toEqual(expected));

  test('otherwise do not meet between two files either', () => {
    const pair = (policy: string) => [file('Source'), file('Source', { [POLICY]: policy }, 'second')];
    expect(severities('records-copied-twice', { connectors: pair(IDENTITY) })).toEqual([]);
    expect(severities('records-copied-twice', { connectors: pair(CUSTOM) })).toEqual(['warning']);
  });

  test('alike are told with what to change, and nobody is told to remove what is not theirs', () => {
    const [finding] = found('records-copied-twice', { connectors: [file('Source')], live: [live('Source')] });
    expect(finding?.hint).toMatch(/^Give each its own topics\./);
    expect(finding?.hint).toContain('One of your own that is to go belongs in remove-connectors.');
  });
});

describe('a connector of the plan that copies nothing after the apply', () => {
  const resting = new Set(['own-source', 'own-checkpoint']);

  test('is in nobody’s way', () => {
    expect(copied({}, {}, { resting: new Set() })).toEqual(['error']);
    expect(copied({}, {}, { resting })).toEqual([]);
    expect(copied({ enabled: 'false' }, {})).toEqual([]);
    const connectors = [file('Checkpoint')];
    const twice = (names: ReadonlySet<string>) =>
      severities('connector-twice', { connectors, live: [live('Checkpoint')], resting: names });
    expect([twice(new Set()), twice(resting)]).toEqual([['warning'], []]);
  });

  test('copies nothing back', () => {
    const back = {
      [POLICY]: IDENTITY,
      [SOURCE_SERVERS]: FLOW[TARGET_SERVERS],
      [TARGET_SERVERS]: FLOW[SOURCE_SERVERS],
    };
    const connectors = [file('Source', { [POLICY]: IDENTITY })];
    const given = { connectors, live: [live('Source', back)] };
    expect(severities('identity-two-way', given)).toEqual(['error']);
    expect(severities('identity-two-way', { ...given, resting })).toEqual([]);
  });
});

describe('topics', () => {
  const GLOBAL = { topics: 'orders.*' };
  const EU = { topics: '.*-eu,ordersx.*' };

  test('of the source, or spelled out, are an error; a name that was made up is a warning where nothing is known', () => {
    expect(copied(GLOBAL, EU)).toEqual(['warning']);
    expect(copied(GLOBAL, EU, { topics: ['orders-us', 'bills-eu'] })).toEqual([]);
    expect(copied(GLOBAL, EU, { topics: ['orders-eu'] })).toEqual(['error']);
    expect(copied(GLOBAL, { topics: 'orders-new' }, { topics: [] })).toEqual(['error']);
  });

  test('do so between two files as well', () => {
    const connectors = [file('Source', { topics: '.*' }), file('Source', { topics: '[b-z].*' }, 'second')];
    expect(severities('records-copied-twice', { connectors })).toEqual(['warning']);
    expect(severities('records-copied-twice', { connectors, topics: ['abc'] })).toEqual([]);
    expect(severities('records-copied-twice', { connectors, topics: ['bcd'] })).toEqual(['error']);
  });

  test('that one keeps out under the old name do not meet, as long as the worker reads it', () => {
    const rest = { topics: '.*', 'topics.blacklist': 'orders' };
    expect(copied({}, rest)).toEqual([]);
    expect(copied({}, rest, { workerVersion: '3.9.1' })).toEqual([]);
    expect(copied({}, rest, { workerVersion: '4.0.0' })).toEqual(['error']);
    const rested = { topics: '.*', 'topics.blacklist': 'orders', 'topics.exclude': 'x' };
    expect(copied({}, rested, { workerVersion: '3.9.1' })).toEqual(['error']);
  });

  test('of a list that cannot be followed leave it open', () => {
    expect(copied({}, { topics: '${env:TOPICS}' }, { topics: ['orders'] })).toEqual(['warning']);
    expect(copied({}, { topics: '' })).toEqual([]);
  });

  test('are asked of a slow engine by names of the source only, and one that gives up leaves it open', () => {
    const asked = new Set<string>();
    const slowRegex = {
      matches: (_: unknown, name: string) => {
        asked.add(name);
        if (name === 'slow') throw new MigrationError('BAD_INPUT', 'too slow');
        return name === 'orders';
      },
    };
    const [own, second] = [file('Source', { topics: '(?=o).*' }), file('Source', { topics: 'orders.*,oxtra' })];
    const meet = (topics: readonly string[] | null) =>
      overlapIn({ ...subject(), slowRegex, topics })(linted(own, null), linted(second, null), 'topics');
    expect(meet(null)).toBe('maybe');
    expect([...asked]).toEqual([]);
    expect(meet(['orders', 'x'])).toBe('yes');
    expect(meet(['x'])).toBe('no');
    expect(meet(['slow', 'orders'])).toBe('maybe');
  });

  test('of a connector are read once, however many others there are', () => {
    const plain = linted(file('Source'), null);
    const value = vi.fn(plain.value);
    const own = { ...plain, value };
    const overlap = overlapIn({ ...subject(), topics: ['orders'] });
    const others = Array.from({ length: 20 }, (_, index) => linted(file('Source', { topics: `t${index}` }), null));
    expect(new Set(others.map((other) => overlap(own, other, 'topics')))).toEqual(new Set(['no']));
    expect(value.mock.calls.filter(([key]) => key === 'topics')).toHaveLength(1);
  });
});

describe('clusters', () => {
  test.each([
    [
      'brokers of one MSK cluster',
      'b-1.x.kafka.eu-west-1.amazonaws.com:9092',
      'b-2.x.kafka.eu-west-1.amazonaws.com:9096',
      ['error'],
    ],
    ['hosts whose first label has another digit', 'k-1.example:9092', 'k-2.example:9092', ['warning']],
    ['hosts with a digit elsewhere', 'k.prod1.example:9092', 'k.prod2.example:9092', []],
    ['two references', '${env:A}', '${env:B}', ['warning']],
    ['the same reference', '${env:A}', '${env:A}', ['error']],
    ['an address with another port', '10.0.0.1:9092', '10.0.0.1:9093', ['warning']],
    ['ports of the own machine', '127.0.0.1:9092', '127.0.0.1:9093', []],
  ])('%s', (_, own, theirs, expected) => {
    expect(copied({ [SOURCE_SERVERS]: own }, { [SOURCE_SERVERS]: theirs })).toEqual(expected);
  });

  test('that cannot be told apart have aliases of their own as the way out', () => {
    const connectors = [file('Source', { [SOURCE_SERVERS]: '${env:A}' })];
    const theirs = { [SOURCE_SERVERS]: '${env:B}' };
    const [finding] = found('records-copied-twice', { connectors, live: [live('Source', theirs)] });
    expect(finding?.message).toContain('their servers do not tell whether they are the same clusters');
    expect(finding?.hint).toBe('Where they are other clusters, give the flows aliases of their own.');
    expect(
      copied({ [SOURCE_SERVERS]: '${env:A}' }, { ...theirs, 'source.cluster.alias': 'x', [POLICY]: IDENTITY }),
    ).toEqual([]);
  });
});

describe('what goes back', () => {
  const back = { [POLICY]: IDENTITY, [SOURCE_SERVERS]: FLOW[TARGET_SERVERS], [TARGET_SERVERS]: FLOW[SOURCE_SERVERS] };
  const twoWay = (topics: string, known: readonly string[] | null) =>
    severities('identity-two-way', {
      connectors: [file('Source', { [POLICY]: IDENTITY, topics: 'orders.*' })],
      live: [live('Source', { ...back, topics })],
      topics: known,
    });

  test('is a loop where the topics meet only', () => {
    expect(twoWay('bills.*', null)).toEqual([]);
    expect(twoWay('orders-[a-z]+', ['orders-a'])).toEqual(['error']);
    expect(twoWay('ordersx', null)).toEqual(['error']);
    expect(twoWay('.*', null)).toEqual(['warning']);
  });

  test('is a warning where the servers do not tell, with aliases of their own as the way out', () => {
    const aliases = { 'source.cluster.alias': 'b', 'target.cluster.alias': 'a' };
    const connectors = [file('Source', { [POLICY]: IDENTITY, [SOURCE_SERVERS]: '${env:A}' })];
    const theirs = { ...back, ...aliases, [TARGET_SERVERS]: '${env:B}' };
    expect(found('identity-two-way', { connectors, live: [live('Source', theirs)] })).toMatchObject([
      { severity: 'warning', hint: 'Where they are other clusters, give the flows aliases of their own.' },
    ]);
  });
});

describe('a flow of another team with the same aliases', () => {
  const others = { topics: 'bills', [POLICY]: IDENTITY };
  const rules = (given: Partial<LintSubject>) => lintConnectors({ ...subject(), ...given }).map(({ rule }) => rule);

  test('completes no flow of the plan, and has nothing to agree with', () => {
    const told = rules({ connectors: [file('Checkpoint')], live: [live('Source', others)] });
    expect(told).toContain('connector-missing');
    expect(told).not.toContain('policy-differs');
  });

  test('nor does a part that is stopped', () => {
    const told = rules({ connectors: [file('Checkpoint')], live: [live('Source', {}, true)] });
    expect(told).toContain('connector-missing');
  });

  test('hides no aliases that differ between files', () => {
    const connectors = [file('Source'), file('Checkpoint', { 'source.cluster.alias': 'x' })];
    const theirs = { 'source.cluster.alias': 'x' };
    expect(severities('aliases-differ', { connectors })).toEqual(['error']);
    expect(severities('aliases-differ', { connectors, live: [live('Source', { ...theirs, ...others })] })).toEqual([
      'error',
    ]);
    expect(severities('aliases-differ', { connectors, live: [live('Source', theirs)] })).toEqual(['warning']);
  });

  test('is a warning where it may be the part that is missing', () => {
    const connectors = [file('Checkpoint')];
    const theirs = live('Source', { [POLICY]: IDENTITY });
    expect(severities('policy-differs', { connectors, live: [theirs] })).toEqual(['warning']);
    const own = [...connectors, file('Source', { [POLICY]: IDENTITY })];
    expect(severities('policy-differs', { connectors: own })).toEqual(['error']);
  });

  test('commits other groups, or in other topics', () => {
    const connectors = [file('Checkpoint', { groups: 'app' })];
    const writers = (settings: Settings) =>
      severities('two-offset-writers', {
        connectors,
        live: [live('Checkpoint', { groups: 'app', 'sync.group.offsets.enabled': 'true', ...settings })],
      });
    expect(writers({})).toEqual(['warning']);
    expect(writers({ groups: 'other' })).toEqual([]);
    expect(writers({ topics: 'bills' })).toEqual([]);
  });
});
