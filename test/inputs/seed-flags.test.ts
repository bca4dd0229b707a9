import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../src/inputs/command-line.ts';
import { parseInputs } from '../../src/inputs/parse-inputs.ts';
import type { Inputs } from '../../src/inputs/typed-inputs.ts';
import { CERTIFICATE, filesOf, KEY, problemsThrownBy, type Raw } from './reading.ts';

const FILES: Raw = {
  'consumer.properties': 'BOOTSTRAP_SERVERS_CONFIG=b-1:9092,b-2:9092\nGROUP_ID_CONFIG=mm2OffsetSync\n',
  '/tmp/kafka/consumer.properties': 'BOOTSTRAP_SERVERS_CONFIG=default:9092\n',
  'tls.properties':
    'BOOTSTRAP_SERVERS_CONFIG=b:9094\nSSL_TRUSTSTORE_LOCATION_CONFIG=/ca.pem\nSSL_KEYSTORE_LOCATION_CONFIG=/store.pem\nSSL_KEYSTORE_PASSWORD_CONFIG=\nSSL_KEY_PASSWORD_CONFIG=pw\n',
  'jks.properties':
    'BOOTSTRAP_SERVERS_CONFIG=b:9094\nSSL_TRUSTSTORE_LOCATION_CONFIG=/tmp/kafka.client.truststore.jks\n',
  '/ca.pem': CERTIFICATE,
  '/store.pem': CERTIFICATE + KEY,
  'mm2.yml': 'groups: configured\ntarget-bootstrap-servers: configured:9092\nrun-for: 1m\n',
};

function sync(...argv: readonly string[]): Inputs {
  const readFile = filesOf(FILES);
  const line = readCommandLine(['sync', ...argv], { environment: () => undefined, readFile });
  if (line.kind !== 'run') throw new Error(line.kind);
  return parseInputs(line.raw, { readFile, notices: line.notices });
}

describe('the flags of the original tool', () => {
  test('as its README calls it', () => {
    const policy = 'com.amazonaws.kafka.samples.CustomMM2ReplicationPolicy';
    const inputs = sync(
      ...['-cgi', 'mm2TestConsumer1', '-src', 'prim', '-pfp', 'consumer.properties'],
      ...['-rpc', policy, '-rps', '_', '-int', '30', '-rf', '60'],
    );
    expect(inputs.source).toBeNull();
    expect(inputs.target).toEqual({
      bootstrapServers: ['b-1:9092', 'b-2:9092'],
      clusterId: null,
      tls: null,
      sasl: null,
    });
    expect(inputs.replication).toMatchObject({
      sourceAlias: 'prim',
      policy: 'custom',
      policyClass: policy,
      separator: '_',
    });
    expect(inputs.selection.groups.literals).toEqual(['mm2TestConsumer1']);
    expect(inputs.sync).toMatchObject({ runForMs: 60_000, intervalMs: 30_000 });
    expect(inputs.notices).toEqual([]);
  });

  test('long forms mean the same', () => {
    const inputs = sync(
      ...['--consumerGroupID', 'g', '--sourceCluster', 'prim', '--propertiesFilePath', 'consumer.properties'],
      ...['--replicationPolicyClass', 'DefaultReplicationPolicy', '--replicationPolicySeparator', '-'],
      ...['--interval', '30', '--runFor', '60'],
    );
    expect(inputs.replication).toMatchObject({ sourceAlias: 'prim', policy: 'default', separator: '-' });
    expect(inputs.sync).toMatchObject({ runForMs: 60_000, intervalMs: 30_000 });
    expect(inputs.target?.bootstrapServers).toEqual(['b-1:9092', 'b-2:9092']);
  });

  test('its defaults apply when one of its flags is there, and are said', () => {
    const inputs = sync('-src', 'prim');
    expect(inputs.target?.bootstrapServers).toEqual(['default:9092']);
    expect(inputs.selection.groups.literals).toEqual(['mm2TestConsumer1']);
    expect(inputs.sync).toMatchObject({ runForMs: 0, intervalMs: 20_000 });
    expect(inputs.notices).toEqual([
      'No -cgi: group mm2TestConsumer1, as in the original tool.',
      'No -pfp: properties file /tmp/kafka/consumer.properties, as in the original tool.',
      'No -rf: one pass. The original tool ran forever; give -rf with a number of seconds for more passes.',
    ]);
  });

  test('without one of its flags its defaults stay away; --interval is no flag of its own', () => {
    const inputs = sync('--interval', '20', '--target-properties', 'consumer.properties', '--run-for', '1m');
    expect(inputs.selection.groups.text).toBe('.*');
    expect(inputs.notices).toEqual([]);
  });

  test('a config file takes the place of its defaults', () => {
    const inputs = sync('-src', 'prim', '--config', 'mm2.yml');
    expect(inputs.target?.bootstrapServers).toEqual(['configured:9092']);
    expect(inputs.selection.groups.literals).toEqual(['configured']);
    expect(inputs.notices).toEqual([]);
  });

  test('-cgi names one group, whatever its name looks like, and overwrites what others wrote there', () => {
    for (const group of ['orders (eu), v1', 'a|b', 'orders.v1', 'console-consumer-7']) {
      const { selection, sync: choices } = sync(
        '-cgi',
        group,
        '-pfp',
        'consumer.properties',
        '--overwrite-groups',
        'other',
      );
      expect(selection.groups.literals).toEqual([group]);
      expect(selection.groups.matches(group) && !selection.groupsExclude.matches(group)).toBe(true);
      expect(choices.overwriteGroups.literals).toEqual(['other', group]);
      expect(selection.groups.matches('orders')).toBe(false);
    }
  });

  test('-rf 0 is one pass, and that is said', () => {
    const inputs = sync('-cgi', 'g', '-pfp', 'consumer.properties', '-rf', '0');
    expect(inputs.sync.runForMs).toBe(0);
    expect(inputs.notices).toEqual(['-rf 0 is one pass. In the original tool it meant forever.']);
  });

  test('-t is taken and not used, as in the original', () => {
    const inputs = sync('-t', 'ExampleTopic', '-cgi', 'g', '-pfp', 'consumer.properties', '-rf', '60');
    expect(inputs.selection.topics.text).toBe('.*');
    expect(inputs.notices).toEqual(['-t is not used, as in the original tool.']);
  });

  test('-mtls reads both stores, -ssl the truststore alone, neither flag none', () => {
    const tls = { ca: CERTIFICATE, certificate: null, key: null, keyPassword: null, verifyHost: true };
    const rest = ['-cgi', 'g', '-pfp', 'tls.properties', '-rf', '60'];
    expect(sync('-mtls', ...rest).target?.tls).toEqual({ ...tls, certificate: CERTIFICATE, key: KEY });
    expect(sync('-mtls', '-ssl', ...rest).target?.tls).toEqual({ ...tls, certificate: CERTIFICATE, key: KEY });
    expect(sync('--sslEnable', ...rest).target?.tls).toEqual(tls);
    expect(sync(...rest).target?.tls).toBeNull();
    expect(sync(...rest).notices).toEqual([
      'target-properties: not used with no target-auth (none): ssl.truststore.location, ssl.keystore.location, ssl.key.password.',
    ]);
  });

  test('a JKS store in the file matters only if TLS is spoken', () => {
    const rest = ['-cgi', 'g', '-pfp', 'jks.properties', '-rf', '60'];
    expect(sync(...rest).target?.tls).toBeNull();
    expect(problemsThrownBy(() => sync('-ssl', ...rest)).map(({ seen }) => seen)).toEqual([
      '"/tmp/kafka.client.truststore.jks" (no such file)',
    ]);
  });

  test.each<[string, string[], string, string]>([
    [
      'a properties file that is not there',
      ['sync', '-pfp', 'gone.properties'],
      'target-properties',
      '"gone.properties" (no such file)',
    ],
    ['an interval of zero', ['sync', '-pfp', 'consumer.properties', '-int', '0'], 'interval', '"0"'],
    ['another command', ['apply', '-cgi', 'g'], 'command', 'apply with -cgi'],
    ['no command', ['-cgi', 'g'], 'command', 'no command'],
    [
      'a flag of each kind for one input',
      ['sync', '-src', 'a', '--source-alias', 'b'],
      '--source-alias',
      '-src and --source-alias',
    ],
    ['a flag without its value', ['sync', '-cgi', '-rf', '60'], '-cgi', 'nothing'],
  ])('%s is an error', (_, argv, input, seen) => {
    const readFile = filesOf(FILES);
    const problems = problemsThrownBy(() => {
      const line = readCommandLine(argv, { environment: () => undefined, readFile });
      if (line.kind === 'run') parseInputs(line.raw, { readFile });
    });
    expect(problems.map((problem) => [problem.input, problem.seen])).toContainEqual([input, seen]);
  });
});
