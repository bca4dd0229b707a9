/** The files of the Connect image that need no container and no cluster to be judged. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { ClientSecurity, GenerationFacts } from '../../src/domain/connectors/generate/generation.ts';
import { secretName } from '../../src/domain/connectors/generate/secret-references.ts';
import { generateWorkerProperties } from '../../src/domain/connectors/generate/worker-properties.ts';
import { QUOTES_ADVICE } from '../../src/inputs/groups/generation.ts';
import { parseJavaProperties } from '../../src/inputs/properties/java-properties.ts';

const IMAGE = join(import.meta.dirname, '../../deploy/connect');
const folder = mkdtempSync(join(tmpdir(), 'mm2-image-'));
afterAll(() => rmSync(folder, { recursive: true }));

const VARIABLES: Readonly<Record<string, string>> = {
  BROKERS: 'new:9096',
  GROUP: 'connect-msksource-to-mskdest',
  REPLICATION_FACTOR: '-1',
  REST_PORT: '8083',
  SASL_MECHANISM: 'SCRAM-SHA-512',
  LOGIN_MODULE: 'org.apache.kafka.common.security.scram.ScramLoginModule',
  TARGET_USERNAME: 'mm2',
  TARGET_CERTIFICATE: 'chain',
  TARGET_CA: 'ca',
};
/** What a template has beyond the generator's file: where this worker is, how its image is laid out, that it never returns. */
const OF_THE_IMAGE = [
  'rest.advertised.host.name',
  'rest.advertised.port',
  'plugin.discovery',
  'scheduled.rebalance.max.delay.ms',
];
const PROVIDER = 'config.providers';

function template(...names: readonly string[]): ReadonlyMap<string, string> {
  const text = ['common', ...names].map((name) => readFileSync(join(IMAGE, 'workers', `${name}.properties`), 'utf8'));
  return settingsOf(
    text.join('').replaceAll(/\$\{env:(\w+)\}/g, (reference, name: string) => VARIABLES[name] ?? reference),
  );
}

function settingsOf(text: string): ReadonlyMap<string, string> {
  const parsed = parseJavaProperties(text);
  if (!('entries' in parsed)) throw new Error(`line ${parsed.malformedLine} is no property`);
  return new Map(
    [...parsed.entries].filter(([key]) => !OF_THE_IMAGE.includes(key) && !key.startsWith(PROVIDER)).sort(),
  );
}

function generated(target: Partial<ClientSecurity>): ReadonlyMap<string, string> {
  const bootstrapServers = ['new:9096'];
  const facts = {
    source: { bootstrapServers: ['old:9092'], tls: null, sasl: null },
    target: { bootstrapServers, tls: null, sasl: null, ...target },
    sourceAlias: 'msksource',
    targetAlias: 'mskdest',
    policyClass: 'org.apache.kafka.connect.mirror.IdentityReplicationPolicy',
    replicationFactor: null,
    secrets: { provider: 'env' },
    properties: new Map(),
  } as unknown as GenerationFacts;
  return settingsOf(generateWorkerProperties(facts));
}

const tls = { ca: null, certificate: null, keyIsEncrypted: false, verifyHost: true };
/** A connector that writes to a plaintext source takes none of these, so that the generator may keep them. */
const withoutProducerStores = (settings: ReadonlyMap<string, string>) =>
  new Map([...settings].filter(([key]) => !/^producer\.ssl\.(truststore|keystore|key\.password)/.test(key)));

describe('the worker’s properties are those that generate writes', () => {
  test.each([
    ['no-auth', {}],
    ['sasl', { tls, sasl: { mechanism: 'scram-sha-512', username: 'mm2' } }],
    ['mtls', { tls: { ...tls, certificate: 'chain' } }],
    ['iam', { tls, sasl: { mechanism: 'iam' } }],
  ] satisfies [string, Partial<ClientSecurity>][])('%s', (scheme, target) => {
    const parts = scheme === 'mtls' ? ['mtls', 'mtls-producers'] : [scheme];
    expect(template(...parts)).toEqual(generated(target));
  });

  test('with a private authority and an encrypted key', () => {
    const target = { tls: { ...tls, certificate: 'chain', ca: 'ca', keyIsEncrypted: true } };
    const ours = template('mtls', 'with-ca', 'with-key-password');
    expect(ours).toEqual(withoutProducerStores(generated(target)));
    expect(ours.get('consumer.ssl.key.password')).toBe('$' + '{env:TARGET_KEY_PASSWORD}');
  });
});

/** A program of the test's own, in place of the one of this name. */
function standIn(name: string, lines: string): void {
  writeFileSync(join(folder, name), `#!/bin/bash\n${lines}\n`);
  chmodSync(join(folder, name), 0o755);
}

/** A `java` that says what it was started with. */
function connect(env: Readonly<Record<string, string>>) {
  standIn(
    'java',
    'echo "started $*"\nenv -0 | grep -zE "^(TARGET|SOURCE)_" | tr "\\0" "\\n"\nfor last; do :; done; cat "$last"',
  );
  const { status, stdout, stderr } = spawnSync('bash', [join(IMAGE, 'bin/connect')], {
    env: { PATH: `${folder}:/usr/bin:/bin`, CONNECT_HOME: IMAGE, TMPDIR: folder, ADVERTISED_HOST: '10.0.0.7', ...env },
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** What a reference by variable may name. */
function allowedVariables(): RegExp {
  const provider = readFileSync(join(IMAGE, 'classes/GivenVariables.java'), 'utf8');
  return new RegExp(`^(?:${/ALLOWED =\s*"(.+)"/.exec(provider)?.[1]})$`);
}

const BASE = { BROKERS: 'new:9096', GROUP: 'g' };

describe('the entry point', () => {
  test.each([
    ['no variable at all', {}, 'AUTH=no-auth needs BROKERS GROUP'],
    ['no password', { ...BASE, AUTH: 'sasl', TARGET_USERNAME: 'u' }, 'AUTH=sasl needs TARGET_PASSWORD'],
    ['no certificate', { ...BASE, AUTH: 'mtls' }, 'AUTH=mtls needs TARGET_CERTIFICATE TARGET_KEY'],
    ['an unknown scheme', { ...BASE, AUTH: 'kerberos' }, 'expected iam, sasl, mtls or no-auth, seen kerberos'],
    [
      'an unknown mechanism',
      { ...BASE, AUTH: 'sasl', TARGET_USERNAME: 'u', TARGET_PASSWORD: 'secret-1', SASL_MECHANISM: 'GSSAPI' },
      'SASL_MECHANISM: expected SCRAM-SHA-512, SCRAM-SHA-256 or PLAIN, seen GSSAPI',
    ],
    [
      'a secret twice',
      { ...BASE, AUTH: 'sasl', TARGET_PASSWORD: 'secret-1', TARGET_PASSWORD_FILE: '/dev/null' },
      'TARGET_PASSWORD and TARGET_PASSWORD_FILE are both set',
    ],
    [
      'a file that is not there',
      { ...BASE, AUTH: 'sasl', TARGET_PASSWORD_FILE: '/not/there' },
      'TARGET_PASSWORD_FILE names a file that cannot be read: /not/there',
    ],
    ['an authority without TLS', { ...BASE, AUTH: 'no-auth', TARGET_CA: 'pem' }, 'TARGET_CA is set'],
  ] satisfies [string, Record<string, string>, string][])('refuses %s by name', (_, env, words) => {
    const { status, stdout, stderr } = connect(env);
    expect(stderr).toContain(words);
    expect(`${stdout}${stderr}`).not.toContain('secret-1');
    expect(stdout).not.toContain('started');
    expect(status).toBe(64);
  });

  test('escapes for the login line what a login line would end at, and nothing else', () => {
    const password = 'a/b&c;d"e f\\g$h`i';
    const { stdout, status } = connect({ ...BASE, AUTH: 'sasl', USERNAME: 'u', PASSWORD: password });
    expect(stdout).toContain('TARGET_PASSWORD=a/b&c;d\\"e f\\\\g$h`i\n');
    expect(stdout).toContain('TARGET_USERNAME=u\n');
    expect(status).toBe(0);
    const lines = connect({ ...BASE, AUTH: 'sasl', USERNAME: 'u', PASSWORD: 'one\r\ntwo' });
    expect(lines.stdout).toContain('TARGET_PASSWORD=one\\r\\ntwo\n');
  });

  test('takes a user name alone for that of the shell', () => {
    const { stderr } = connect({ ...BASE, AUTH: 'sasl', USERNAME: 'of-the-shell', TARGET_PASSWORD: 'secret-1' });
    expect(stderr).toContain('AUTH=sasl needs TARGET_USERNAME:');
  });

  test.each([
    ['10.1.2.3', '10.1.2.3'],
    ['127.0.0.1 169.254.172.2 10.1.2.3 10.9.9.9', '10.1.2.3'],
    ['fd00::7 10.1.2.3', '10.1.2.3'],
  ])('of the addresses %s advertises %s', (addresses, advertised) => {
    standIn('hostname', `echo '${addresses}'`);
    expect(connect({ ...BASE, ADVERTISED_HOST: '' }).stdout).toContain(`REST at http://${advertised}:8083`);
  });

  test('advertises no address that other workers cannot reach', () => {
    standIn('hostname', 'echo 127.0.0.1');
    const { stderr, status } = connect({ ...BASE, ADVERTISED_HOST: '' });
    expect(stderr).toContain('ADVERTISED_HOST: the address of this host could not be found. Set it.');
    expect(status).toBe(64);
  });

  test.each([
    ['AWS_MSK_IAM', 'software.amazon.msk.auth.iam.IAMLoginModule', ['', 'producer.', 'consumer.', 'admin.']],
    // Its handler on a producer would reach the source by the heartbeat connector.
    ['OAUTHBEARER', 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule', ['', 'consumer.', 'admin.']],
  ])('starts a worker that signs in by IAM over %s, and its clients with it', (mechanism, module, prefixes) => {
    const { stdout } = connect({ ...BASE, AUTH: 'iam', SASL_MECHANISM: mechanism });
    const signedIn = ['', 'producer.', 'consumer.', 'admin.'].filter((prefix) =>
      stdout.includes(`\n${prefix}sasl.mechanism=`),
    );
    expect(signedIn).toEqual(prefixes);
    for (const prefix of prefixes)
      expect(stdout).toContain(`\n${prefix}sasl.mechanism=${mechanism}\n${prefix}sasl.jaas.config=${module} required;`);
  });

  test('gives producers of connectors the client key only where it opens without a password', () => {
    const mtls = { ...BASE, AUTH: 'mtls', TARGET_CERTIFICATE: 'chain', TARGET_KEY: 'key' };
    expect(connect(mtls).stdout).toMatch(/^producer\.ssl\.keystore\.key=/m);
    const { stdout } = connect({ ...mtls, TARGET_KEY_PASSWORD: 'secret-1' });
    expect(stdout).toMatch(/^consumer\.ssl\.key\.password=/m);
    expect(stdout).not.toMatch(/^producer\.ssl\./m);
  });

  test('lets connectors refer to every secret of generated ones, and to nothing else that it was given', () => {
    const allowed = allowedVariables();
    const secrets = (['source', 'target'] as const).flatMap((side) =>
      (['password', 'key', 'key-password'] as const).map((part) => secretName({ provider: 'env' }, side, part)),
    );
    expect(secrets.filter((name) => !allowed.test(name))).toEqual([]);
    const others = ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_SECRET_ACCESS_KEY', 'PASSWORD', 'PATH'];
    expect(others.filter((name) => allowed.test(name))).toEqual([]);
  });

  test('leaves clients the providers of the worker and no others, each of which knows its limits itself', () => {
    const { stdout } = connect({ ...BASE, AUTH: 'no-auth' });
    const [, automatic] = /-Dorg\.apache\.kafka\.automatic\.config\.providers=(\S+)/.exec(stdout) ?? [];
    const worker = [...stdout.matchAll(/^config\.providers\.\w+\.class=(.+)$/gm)].map(([, name]) => name);
    expect(automatic?.split(',')).toEqual(worker);
    const ours = readdirSync(join(IMAGE, 'classes')).map((file) => `migration.connect.${file.replace('.java', '')}`);
    expect(worker.filter((name) => !ours.includes(name ?? ''))).toEqual([]);
  });

  test.each([
    ['sasl', 'TARGET_PASSWORD', { TARGET_USERNAME: 'u' }],
    ['sasl', 'SOURCE_PASSWORD', { TARGET_USERNAME: 'u', TARGET_PASSWORD: 'p' }],
    ['mtls', 'TARGET_KEY', { TARGET_CERTIFICATE: 'chain' }],
    ['mtls', 'TARGET_KEY_PASSWORD', { TARGET_CERTIFICATE: 'chain', TARGET_KEY: 'key' }],
    ['no-auth', 'SOURCE_KEY', {}],
  ] satisfies [string, string, Record<string, string>][])('with %s reads %s from a mounted file', (auth, name, env) => {
    const file = join(folder, name);
    writeFileSync(file, '-----BEGIN\nfrom-a-file\n');
    const { stdout } = connect({ ...BASE, AUTH: auth, ...env, [`${name}_FILE`]: file });
    const lineBreak = name.endsWith('_PASSWORD') && !name.includes('KEY') ? '\\n' : '\n';
    expect(stdout).toContain(`${name}=-----BEGIN${lineBreak}from-a-file\n`);
  });

  test('gives the JVM no secret as an argument', () => {
    const { stdout } = connect({ ...BASE, AUTH: 'sasl', TARGET_USERNAME: 'u', TARGET_PASSWORD: 'secret-1' });
    expect(stdout.split('\n').find((line) => line.startsWith('started'))).not.toContain('secret-1');
  });

  test('takes as many words of Java options as there are', () => {
    const { stdout } = connect({ ...BASE, KAFKA_HEAP_OPTS: '-Xms1g -Xmx2g' });
    expect(stdout).toContain('started -Xms1g -Xmx2g -XX:+UseG1GC');
  });
});

describe('quotes and backslashes in a password', () => {
  test.each(['README.md', 'examples/README.md', 'deploy/connect/README.md'])(
    '%s says of them what the notice of a run says',
    (path) => {
      const text = readFileSync(join(IMAGE, '../..', path), 'utf8').replaceAll(/\s+/g, ' ');
      expect(text).toContain(QUOTES_ADVICE);
      expect(text.match(/backslash before each/g)).toHaveLength(1);
    },
  );
});
