import { describe, expect, test } from 'vitest';
import { formatDurationMs, parseDurationMs } from '../../src/inputs/values/duration.ts';
import { gateRules } from '../support/gate-rules.ts';
import { CERTIFICATE, ENCRYPTED_KEY, KEY, parse, pem, problemsOf, SYNC } from './reading.ts';

describe('precedence', () => {
  const files = {
    'mm2.yml': 'interval: 30s\ngroups: [orders, pay.*]\ntimeout: 1h\nrefresh: true\nlabel: 007\ntopics: \n',
  };

  test('an input, then the config file, then the defaults of the surface, then the schema', () => {
    const inputs = parse({ ...SYNC, config: 'mm2.yml', interval: '10s', 'run-for': '1m' }, files, {
      timeout: '2h',
      'report-dir': '/tmp/run-1',
    });
    expect(inputs.sync).toMatchObject({ intervalMs: 10_000, runForMs: 60_000, refresh: true });
    expect(inputs.timeoutMs).toBe(3_600_000);
    expect(inputs.report).toMatchObject({ reportDir: '/tmp/run-1', label: '007', failOn: 'not-ready' });
    expect(inputs.selection.groups.literals).toEqual(['orders']);
    expect(inputs.selection.topics.text).toBe('.*');
  });

  test('an empty input is not given', () => {
    expect(parse({ ...SYNC, config: 'mm2.yml', interval: ' \n' }, files).sync.intervalMs).toBe(30_000);
  });

  test('an empty config file says nothing', () => {
    expect(parse({ ...SYNC, config: 'c.yml' }, { 'c.yml': '# later\n' }).command).toBe('sync');
  });
});

describe('defaults', () => {
  test('plan of one target', () => {
    const { secrets, notices, selection, ...rest } = parse({
      'target-bootstrap-servers': 'b-1:9092, b-2:9092,b-1:9092',
    });
    expect({ secrets, notices }).toEqual({ secrets: [], notices: [] });
    expect(selection.groups.matches('console-consumer-1')).toBe(true);
    expect(selection.groupsExclude.matches('console-consumer-1')).toBe(true);
    expect(selection.topicsExclude.matches('mm2-offset-syncs.target.internal')).toBe(true);
    expect(selection.topicsExclude.matches('orders')).toBe(false);
    expect(rest).toEqual({
      command: 'plan',
      timeoutMs: 18_000_000,
      source: null,
      target: { bootstrapServers: ['b-1:9092', 'b-2:9092'], clusterId: null, tls: null, sasl: null },
      connect: null,
      withoutSecrets: null,
      replication: {
        sourceAlias: 'msksource',
        targetAlias: 'mskdest',
        policy: 'default',
        policyClass: null,
        separator: '.',
        internalTopicSeparatorEnabled: true,
        offsetSyncsTopicLocation: 'source',
      },
      apply: {
        connectors: null,
        applyTimeoutMs: 300_000,
        state: null,
        approvedPlan: null,
        removeConnectors: [],
        restoreOnFailure: false,
      },
      generation: { tasksMax: 4, replicationFactor: null, properties: new Map(), secrets: { provider: 'env' } },
      lintIgnore: [],
      given: new Set(['target-bootstrap-servers']),
      translation: { mode: 'checkpoint', maxScan: 100_000, scanBytesPerSecond: 50_000_000 },
      sync: {
        runForMs: 0,
        intervalMs: 20_000,
        dryRun: false,
        allowRewind: new Set(),
        overwriteGroups: expect.objectContaining({ literals: [] }),
        refresh: false,
        shard: null,
        rollbackFrom: null,
      },
      gate: {
        phase: 'rehearse',
        rules: gateRules({ requiredGroups: expect.objectContaining({ literals: [] }) }),
      },
      report: {
        reports: null,
        reportDir: 'mm2-report',
        label: 'default',
        metricsFile: null,
        metricsPushgateway: null,
        comment: 'auto',
        commentMode: 'update',
        failOn: 'not-ready',
      },
    });
  });
});

test('a rollback is a dry run unless it is told otherwise', () => {
  const rollback = { command: 'rollback', 'target-bootstrap-servers': 'b-1:9092', 'rollback-from': 'export.jsonl' };
  expect(parse(rollback).sync).toMatchObject({ dryRun: true, rollbackFrom: 'export.jsonl' });
  expect(parse({ ...rollback, 'dry-run': 'false' }).sync.dryRun).toBe(false);
});

test('one run with five mistakes shows all five', () => {
  const problems = problemsOf({
    command: 'sync',
    'target-bootstrap-servers': 'b-1',
    'target-auth': 'sasl-plain',
    'target-username': 'mm2',
    interval: '100ms',
    'dry-run': 'yes',
    groups: '(orders',
  });
  expect(problems.map(({ input }) => input).sort()).toEqual([
    'dry-run',
    'groups',
    'interval',
    'target-bootstrap-servers',
    'target-password',
  ]);
});

describe('durations', () => {
  test.each([
    ['300', 300_000],
    ['0', 0],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['20s', 20_000],
    ['250ms', 250],
    ['1d2h3m4s5ms', 93_784_005],
    ['90s', 90_000],
  ])('%s', (text, durationMs) => {
    expect(parseDurationMs(text)).toBe(durationMs);
    expect(parseDurationMs(formatDurationMs(durationMs))).toBe(durationMs);
  });

  test.each(['', 'm', '5 m', '1.5h', '-5', '5M', '30m1h', '5m5m', '1e3', '5min', '٣s'])('%j is none', (text) => {
    expect(parseDurationMs(text)).toBeNull();
  });
});

describe('signing in', () => {
  test('mtls from texts, from paths, and from one line with \\n written out', () => {
    const expected = { ca: CERTIFICATE, certificate: CERTIFICATE, key: KEY, keyPassword: null, verifyHost: true };
    const auth = { ...SYNC, 'target-auth': 'mtls' };
    const texts = parse({ ...auth, 'target-ca': CERTIFICATE, 'target-certificate': CERTIFICATE, 'target-key': KEY });
    expect(texts.target).toMatchObject({ tls: expected, sasl: null });
    const paths = parse(
      { ...auth, 'target-ca': 'ca.pem', 'target-certificate': 'c.pem', 'target-key': 'k.pem' },
      { 'ca.pem': CERTIFICATE, 'c.pem': `subject=CN=mm2\n${CERTIFICATE}`, 'k.pem': KEY },
    );
    expect(paths.target?.tls).toEqual(expected);
    const lines = parse({
      ...auth,
      'target-ca': CERTIFICATE.replaceAll('\n', '\\n'),
      'target-certificate': CERTIFICATE.replaceAll('\n', ' '),
      'target-key': KEY.replaceAll('\n', '\r\n'),
    });
    expect(lines.target?.tls).toEqual(expected);
  });

  test('an encrypted key keeps its password; a legacy one its headers; EC parameters are left out', () => {
    const legacy = KEY.replace(
      'PRIVATE KEY-----\n',
      'PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n',
    );
    for (const key of [ENCRYPTED_KEY, legacy.replaceAll('PRIVATE', 'RSA PRIVATE')]) {
      const raw = { ...SYNC, 'target-auth': 'mtls', 'target-certificate': CERTIFICATE, 'target-key': key };
      expect(problemsOf(raw).map(({ input }) => input)).toEqual(['target-key-password']);
      expect(parse({ ...raw, 'target-key-password': 'pw' }).target?.tls).toMatchObject({ key, keyPassword: 'pw' });
    }
    const ec = pem('EC PARAMETERS', 'BggqhkjOPQMBBw==').replace(/A{2,}/g, '') + pem('EC PRIVATE KEY', 'MHcC');
    const raw = { ...SYNC, 'target-auth': 'mtls', 'target-certificate': CERTIFICATE, 'target-key': ec };
    expect(parse(raw).target?.tls?.key).toBe(pem('EC PRIVATE KEY', 'MHcC'));
  });

  test('SASL speaks TLS unless told otherwise, and plaintext is said', () => {
    const raw = { ...SYNC, 'target-auth': 'sasl-scram-256', 'target-username': 'mm2', 'target-password': ' p w\n' };
    const inputs = parse(raw);
    expect(inputs.target?.tls).toEqual({ ca: null, certificate: null, key: null, keyPassword: null, verifyHost: true });
    expect(inputs.target?.sasl).toEqual({ mechanism: 'scram-sha-256', username: 'mm2', password: ' p w' });
    expect(inputs.notices).toEqual([]);
    const plaintext = parse({ ...raw, 'target-auth': 'sasl-plain', 'target-tls': 'false' });
    expect(plaintext.target?.tls).toBeNull();
    expect(plaintext.notices).toEqual([
      'target: SASL over plaintext (target-auth sasl-plain): the password crosses the network readable.',
    ]);
  });

  test.each([
    ['b-1.x.kafka.eu-west-1.amazonaws.com:9098', 'IAM over TLS (auth iam)'],
    ['b-1.x.kafka.eu-west-1.amazonaws.com:9094', 'TLS (auth tls or mtls)'],
  ])('%s is said to speak something else', (servers, speaks) => {
    const [port] = servers.split(':').slice(-1);
    expect(parse({ ...SYNC, 'target-bootstrap-servers': servers }).notices).toEqual([
      `target: port ${port} of Amazon MSK speaks ${speaks}.`,
    ]);
  });
});

describe('replication policy', () => {
  const withSource = { ...SYNC, 'source-bootstrap-servers': 'old:9092' };

  test.each([
    ['identity', 'identity', null],
    ['org.apache.kafka.connect.mirror.DefaultReplicationPolicy', 'default'],
    ['IdentityReplicationPolicy', 'identity'],
    ['com.amazonaws.kafka.samples.CustomMM2ReplicationPolicy', 'custom'],
  ])('%s names topics as %s', (text, policy, policyClass: string | null = text) => {
    expect(parse({ ...withSource, 'replication-policy': text }).replication).toMatchObject({ policy, policyClass });
  });

  test('an unknown class will do without a source, and it is said', () => {
    const inputs = parse({ ...SYNC, 'replication-policy': 'com.example.MyPolicy' });
    expect(inputs.replication).toMatchObject({ policy: 'custom', policyClass: 'com.example.MyPolicy' });
    expect(inputs.notices.join()).toContain('com.example.MyPolicy is not known here');
  });

  test('an alias that holds the separator is said', () => {
    expect(parse({ ...withSource, 'source-alias': 'eu.west' }).notices.join()).toContain('source-alias eu.west');
  });
});

describe('commands', () => {
  test('apply needs no cluster', () => {
    const inputs = parse({ command: 'apply', 'connect-url': 'HTTPS://connect:8083/base/', connectors: 'c/*.json' });
    expect(inputs.target).toBeNull();
    expect(inputs.connect?.url).toBe('https://connect:8083/base');
    expect(inputs.apply.connectors).toBe('c/*.json');
  });

  test('an input that the command does not read is said, unless the shared config file gives it', () => {
    expect(parse({ ...SYNC, 'apply-timeout': '1m' }).notices).toEqual([
      'apply-timeout is not used by sync, only by apply and migrate.',
    ]);
    expect(parse({ ...SYNC, config: 'c.yml' }, { 'c.yml': 'apply-timeout: 1m' }).notices).toEqual([]);
  });

  test('a sync with its own choices', () => {
    const { sync } = parse({ ...SYNC, 'allow-rewind': 'orders.v1,\npay', 'overwrite-groups': 'x.*', shard: '2/4' });
    expect([...sync.allowRewind]).toEqual(['orders.v1', 'pay']);
    expect(sync.overwriteGroups.matches('x1')).toBe(true);
    expect(sync.shard).toEqual({ index: 2, count: 4 });
  });
});
