// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references of Connect look like this
/** What the rules across connectors say of those that run on the worker already. */
import { describe, expect, test } from 'vitest';
import type { ConnectorConfig } from '../../../../src/domain/connectors/connector-config.ts';
import { generateConnectors } from '../../../../src/domain/connectors/generate/generate-connectors.ts';
import { type LintSubject, lintConnectors } from '../../../../src/domain/connectors/lint/lint.ts';
import type { LiveConnector } from '../../../../src/domain/connectors/lint/live-connectors.ts';
import { RULE_TABLE } from '../../../../src/domain/connectors/lint/rule-table.ts';
import { subject } from '../../../support/lint-corpus.ts';
import { facts } from '../generate/facts.ts';

const MIRROR = 'org.apache.kafka.connect.mirror.Mirror';
const CLUSTERS = {
  'source.cluster.alias': 'msksource',
  'target.cluster.alias': 'mskdest',
  'source.cluster.bootstrap.servers': 'old-2:9092,old-3:9092',
  'target.cluster.bootstrap.servers': 'new-1:9092',
};

type Role = 'Source' | 'Checkpoint' | 'Heartbeat';
type Settings = Readonly<Record<string, string>>;

function live(role: Role, settings: Settings = {}, isIdle = false): LiveConnector {
  const name = settings['name'] ?? `mm2-${role.toLowerCase()}`;
  const topics = { topics: 'orders.*,payments', groups: '.*' };
  const config = { name, 'connector.class': `${MIRROR}${role}Connector`, ...CLUSTERS, ...topics, ...settings };
  return { name, config, isIdle };
}

/** The flow that somebody runs by other names: MM2 commits its groups. */
const RUNNING = [live('Source'), live('Checkpoint', { 'sync.group.offsets.enabled': 'true' })];
/** Three connectors in files, from old-1, old-2 to new-1, new-2. */
const PLAN: readonly ConnectorConfig[] = generateConnectors(facts()).map((one) => ({
  ...one,
  file: `${one.name}.json`,
  lines: new Map(Object.keys(one.config).map((key, index) => [key, index + 2])),
}));

function lint(others: readonly LiveConnector[], more: Partial<LintSubject> = {}) {
  return lintConnectors({ ...subject(), connectors: PLAN, live: others, ...more });
}

/** What is said because of them. */
function said(others: readonly LiveConnector[], more: Partial<LintSubject> = {}): readonly string[] {
  const without = new Set(lint([], more).map(({ rule, where }) => `${rule} ${where}`));
  const found = lint(others, more).map(({ rule, where }) => `${rule} ${where}`);
  return found.filter((line) => !without.has(line));
}

const IDENTITY = 'org.apache.kafka.connect.mirror.IdentityReplicationPolicy';
const COPIED = 'records-copied-twice mm2-source (on the worker): topics';

describe('a flow that runs already by other names', () => {
  test('is an error for its records, and a warning for its checkpoints and offsets', () => {
    expect(said(RUNNING)).toEqual([
      COPIED,
      'connector-twice mm2-checkpoint (on the worker)',
      'two-offset-writers mm2-checkpoint (on the worker): sync.group.offsets.enabled',
    ]);
    const [error] = lint(RUNNING);
    expect(error).toMatchObject({ severity: 'error', at: { file: 'msksource-to-mskdest-source.json' } });
    expect(error?.message).toBe(
      'It runs already, and copies the same topics as msksource-to-mskdest-source. Every record is on the target twice.',
    );
    expect(error?.hint).toContain('remove-connectors');
  });

  test('is silenced as between files', () => {
    const findings = lint(RUNNING, { ignore: [{ rule: 'records-copied-twice', reason: 'two names on purpose' }] });
    expect(findings.find(({ rule }) => rule === 'records-copied-twice')?.silenced).toBe('two names on purpose');
  });

  test('is known by its servers whatever the aliases, and by its aliases where the servers are references', () => {
    const other = { 'source.cluster.alias': 'x', 'target.cluster.alias': 'y' };
    const connectors = generateConnectors(facts({ policyClass: IDENTITY }));
    const settings = { ...other, 'replication.policy.class': IDENTITY };
    expect(said([live('Source', settings)], { connectors })).toEqual([COPIED]);
    const hidden = {
      'source.cluster.bootstrap.servers': '${env:OLD}',
      'target.cluster.bootstrap.servers': 'new-7:9092',
    };
    expect(said([live('Source', hidden)])).toEqual([COPIED]);
    expect(said([live('Source', { ...hidden, ...other })])).toEqual([]);
  });

  test('by topics that the source has, that are spelled out, or a pattern that both have', () => {
    const topics = (text: string) => [live('Source', { topics: text })];
    expect(said(topics('.*'))).toEqual([COPIED]);
    expect(said(topics('orders.*,other'))).toEqual([COPIED]);
    expect(said(topics('.*-1'))).toEqual([]);
    expect(said(topics('.*-1'), { topics: ['orders-1'] })).toEqual([COPIED]);
    expect(said(topics('billing.*,clicks'), { topics: ['orders-1', 'billing-1'] })).toEqual([]);
  });

  test('not by topics that one of them leaves out', () => {
    const rest = live('Source', { topics: '.*', 'topics.exclude': 'orders.*,payments,__.*' });
    expect(said([rest], { topics: ['orders-1', 'clicks'] })).toEqual([]);
  });

  test('with a pattern that only a slow engine can match is compared as text, and nobody waits for it', () => {
    const slowRegex = {
      matches: () => {
        throw new Error('asked');
      },
    };
    const pattern = '(?=a)a+';
    const copied = (topics: string) => {
      const findings = lint([live('Source', { topics })], { slowRegex, topics: ['aaaa'] });
      return findings.flatMap(({ rule, severity }) => (rule === 'records-copied-twice' ? [severity] : []));
    };
    expect(copied(pattern)).toEqual(['warning']);
    expect(copied(`${pattern},payments`)).toEqual(['error']);
  });

  test('copies back what is copied there, by names that stay', () => {
    const back = {
      'source.cluster.bootstrap.servers': 'new-1:9092',
      'target.cluster.bootstrap.servers': 'old-1:9092',
      'source.cluster.alias': 'mskdest',
      'target.cluster.alias': 'msksource',
      'replication.policy.class': IDENTITY,
    };
    const found = said([live('Source', back)], { connectors: generateConnectors(facts({ policyClass: IDENTITY })) });
    expect(found).toEqual(['identity-two-way mm2-source (on the worker): replication.policy.class']);
  });
});

describe('parts of a flow', () => {
  const checkpoint = PLAN.filter(({ class: name }) => name.endsWith('CheckpointConnector'));

  test('that are on the worker are not missing, and must agree', () => {
    const alone = lint([], { connectors: checkpoint }).map(({ rule }) => rule);
    expect(alone).toContain('connector-missing');
    const separator = { 'replication.policy.separator': '_' };
    const found = lint([live('Source', separator)], { connectors: checkpoint });
    expect(found.map(({ rule }) => rule)).not.toContain('connector-missing');
    expect(found.find(({ rule }) => rule === 'separator-differs')).toMatchObject({
      where: 'msksource-to-mskdest-checkpoint: replication.policy.separator',
      message: expect.stringContaining('in mm2-source (on the worker) "_"'),
    });
  });

  test('on the worker that disagree are named, at the class of the one that they belong to', () => {
    const source = PLAN.filter(({ class: name }) => name.endsWith('SourceConnector'));
    const found = lint([live('Checkpoint', { 'replication.policy.separator': '_' })], { connectors: source });
    expect(found.find(({ rule }) => rule === 'separator-differs')).toMatchObject({
      where: 'mm2-checkpoint (on the worker): replication.policy.separator',
      at: { file: 'msksource-to-mskdest-source.json' },
    });
  });
});

describe('nothing is said of', () => {
  test.each([
    ['a flow between other clusters with the same aliases', { 'source.cluster.bootstrap.servers': 'crm.example:9092' }],
    ['a flow to another cluster', { 'target.cluster.bootstrap.servers': 'lake.example:9092' }],
    ['other topics', { topics: 'clicks' }],
  ])('%s', (_, settings) => {
    const others = [live('Source', settings), live('Checkpoint', { ...settings, groups: 'clicks-app' })];
    expect(said(others, { topics: ['orders-1', 'clicks'], groups: ['app', 'clicks-app'] })).toEqual([]);
  });

  test('connectors that somebody has stopped or switched off: they copy and commit nothing', () => {
    const committing = { 'sync.group.offsets.enabled': 'true', 'replication.policy.separator': '_' };
    expect(said([live('Source', {}, true), live('Checkpoint', committing, true)])).toEqual([]);
    expect(said([live('Source', { enabled: 'false' })])).toEqual([]);
  });

  test('mistakes of theirs that are none of this plan, and no secret of theirs', () => {
    const wrong = {
      'source.cluster.sasl.jaas.config': 'x.PlainLoginModule required username="u" password="hunter2-of-theirs";',
      'target.cluster.security.protocol': 'hunter2-of-theirs',
      'topics.blacklist': 'a',
      'task.max': '1',
      'header.converter': 'x.Json',
    };
    const others = (['Source', 'Checkpoint', 'Heartbeat'] as const).map((role) => live(role, wrong));
    const findings = lint(others);
    const about = findings.filter(({ where }) => where.includes('(on the worker)'));
    expect(new Set(about.map(({ rule }) => rule))).toEqual(new Set(['records-copied-twice', 'connector-twice']));
    expect(JSON.stringify(findings)).not.toContain('hunter2');
  });

  test('a heartbeat connector of the flow that stays on the target, where the plan has none', () => {
    const source = PLAN.filter(({ class: name }) => name.endsWith('SourceConnector'));
    const servers = { 'target.cluster.bootstrap.servers': 'new-1:9092,new-2:9092' };
    const found = lint([live('Heartbeat', servers)], { connectors: source });
    expect(found.map(({ rule }) => rule)).not.toContain('heartbeat-connector-missing');
    expect(found.filter(({ where }) => where.includes('(on the worker)'))).toEqual([]);
  });

  test('a plan without connectors', () => {
    expect(lintConnectors({ ...subject(), live: RUNNING })).toEqual([]);
  });
});

test('every rule is silent about connectors of the worker that have nothing to do with the plan', () => {
  const odd = { 'source.cluster.alias': 'other', 'source.cluster.bootstrap.servers': 'other.example:9092' };
  const others = (['Source', 'Checkpoint', 'Heartbeat', 'Source'] as const).map((role) => live(role, odd));
  expect(said(others)).toEqual([]);
  expect(RULE_TABLE.length).toBeGreaterThan(100);
});
