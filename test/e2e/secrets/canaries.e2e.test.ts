/**
 * Invariant G, from outside: a canary in each field that can hold a secret, and then a look at every stream, file,
 * summary, output and process argument. The secret inputs are those of the schema, so that a new one is tried by itself.
 * Runs the bundle, so build dist first; DIST_FOLDER names another build.
 */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { INPUTS } from '../../../src/inputs/schema/schema.ts';
import { mm2Connectors } from '../../../src/testbed/mm2.ts';
import { ownName } from '../../support/names.ts';
import { Witness } from '../../support/witness.ts';
import { type Judged, startJudgedMigration } from '../gate/judged-migration.ts';
import { aclsOf, resourceNames, Users } from '../permissions/rights.ts';
import { rightsOf, USES } from '../permissions/uses.ts';
import { type Environment, leaksOf, runCli, runSteps } from './watched-program.ts';

const bed = inject('securedBed');
const name = ownName('cny');
const NAMES = resourceNames(name);
const users = new Users(bed, { from: 280, alias: `${name}src` });
const allowed = (side: 'source' | 'target') => {
  const rights = USES.flatMap((use) => rightsOf(use).filter((right) => right.side === side));
  return users.with(
    side,
    rights.flatMap(({ rows: [row] }) => aclsOf(NAMES[side], row)),
  );
};
const login = { source: allowed('source'), target: allowed('target') };

/** Each form of it differs: JSON, URL and base64 all change something. */
const canaryOf = (what: string) => `c4n4ry ${what} "9%+/&ü`;
/** A key that no library takes; each line of its body is a secret of its own. */
const KEY_LINES = [
  'MIIEcanaryKeyBodyLine0000000000000000000000000000000000000000001',
  'MIIEcanaryKeyBodyLine0000000000000000000000000000000000000000002',
];
/** HTTP takes nothing odder. */
const TOKEN = 'c4n4ryToken+/-_~0000';
const KEY = `-----BEGIN PRIVATE KEY-----\n${KEY_LINES.join('\n')}\n-----END PRIVATE KEY-----\n`;

let witness: Witness;
let judged: Judged;
/** With canaries in the files of connectors: in plain text, and beside them a placeholder. */
let files: string;
const IN_FILES = canaryOf('in a connector file');
let folder: string;
/** Lets what the lint says of these files be. */
let config: string;

beforeAll(async () => {
  witness = await Witness.start();
  judged = await startJudgedMigration(bed, name, [{ suffix: 'orders' }]);
  await users.grant(witness);
  folder = await mkdtemp(join(tmpdir(), 'canary-given-'));
  files = join(folder, 'connectors', '*.json');
  await writeConnectors();
  config = join(folder, 'mm2.yml');
  const rules = [
    'secret-in-plain-text',
    'placeholder-unreplaced',
    'placeholder-foreign',
    'pem-half',
    'pem-type-missing',
    'store-location-missing',
  ];
  await writeFile(
    config,
    `lint:\n  ignore:\n${rules.map((rule) => `    - rule: ${rule}\n      reason: canaries\n`).join('')}`,
  );
});
afterAll(async () => {
  await users.revoke();
  await witness?.close();
});

async function writeConnectors(): Promise<void> {
  await mkdir(join(folder, 'connectors'));
  const jaas = `org.apache.kafka.common.security.plain.PlainLoginModule required username="x" password="${IN_FILES.replaceAll('"', '\\"')}";`;
  for (const config of mm2Connectors(bed, judged.migration.mm2)) {
    const secrets = {
      'source.cluster.ssl.key.password': IN_FILES,
      'source.cluster.ssl.keystore.key': KEY,
      'producer.override.sasl.jaas.config': jaas,
      'target.cluster.ssl.truststore.password': `\${env:CANARY_PLACEHOLDER}`,
    };
    await writeFile(join(folder, 'connectors', `${config['name']}.json`), JSON.stringify({ ...config, ...secrets }));
  }
}

/** Both clusters by SASL, and what every command needs. */
function signedIn(passwords: { readonly source: string; readonly target: string }): Environment {
  return {
    'source-bootstrap-servers': bed.signIn.source,
    'source-auth': 'sasl-plain',
    'source-tls': 'false',
    'source-username': login.source,
    'source-password': passwords.source,
    'target-bootstrap-servers': bed.signIn.target,
    'target-auth': 'sasl-plain',
    'target-tls': 'false',
    'target-username': login.target,
    'target-password': passwords.target,
    'source-alias': `${name}src`,
    'target-alias': 'target',
    topics: `${name}-orders`,
    groups: `${name}-orders`,
  };
}

const RIGHT = { source: bed.password, target: bed.password };
const WRONG = { source: canaryOf('source password'), target: canaryOf('target password') };

/** Secrets by the environment, as the command line wants them. */
function cliArgs(inputs: Environment): { readonly args: readonly string[]; readonly environment: Environment } {
  const secret = new Set(INPUTS.filter((spec) => spec.secret).map((spec) => spec.name));
  const environment: Record<string, string> = {};
  const args = Object.entries(inputs).flatMap(([input, value]) => {
    if (!secret.has(input)) return [`--${input}`, value];
    const variable = `CANARY_${input.toUpperCase().replaceAll('-', '_')}`;
    environment[variable] = value;
    return [`--${input}`, `env:${variable}`];
  });
  return { args, environment };
}

async function expectNoLeak(
  inputs: Environment,
  canaries: readonly string[],
  more: Environment = {},
): Promise<readonly (number | null)[]> {
  const byAction = await runSteps(inputs, more);
  expect(leaksOf(byAction, canaries)).toEqual([]);
  const { command = 'plan', 'report-dir': _, ...rest } = inputs;
  const { args, environment } = cliArgs(rest);
  const byCli = await runCli([command, ...args], { ...environment, ...more });
  expect(leaksOf(byCli, canaries)).toEqual([]);
  // A run that ended before it had read anything would prove nothing.
  for (const { seen } of [byAction, byCli]) expect([...seen.values()].join('').length).toBeGreaterThan(100);
  return [byAction.exitCode, byCli.exitCode];
}

it.each([
  ['a stream', 'stderr of cli', (canary: string) => `Error: ${canary}`],
  ['a file, as JSON', 'report/report.json', (canary: string) => JSON.stringify({ message: canary })],
  ['a URL', 'stdout of run step', (canary: string) => `http://a?b=${encodeURIComponent(canary)}`],
  ['basic authentication', 'step-summary', (canary: string) => Buffer.from(canary).toString('base64')],
])('a canary in %s would be found', (_, where, shown) => {
  const canary = canaryOf('anything');
  const found = leaksOf({ exitCode: 0, seen: new Map([[where, shown(canary)]]) }, [canary]);
  expect(found.join()).toContain(where);
  const masked = new Map([['stdout of run step', `::add-mask::${canary}\n`]]);
  expect(leaksOf({ exitCode: 0, seen: masked }, [canary])).toEqual([]);
});

describe('runs that succeed', () => {
  it.each(['plan', 'sync', 'check', 'export'])('%s shows no password', async (command) => {
    const withConnect = {
      'connect-url': bed.connectUrl,
      connectors: judged.files,
    };
    const ofConnect = { 'connect-username': 'canary', 'connect-password': canaryOf('connect password') };
    const inputs = {
      ...signedIn(RIGHT),
      command,
      ...(command === 'export' ? {} : { ...withConnect, ...ofConnect }),
    };
    const window = command === 'check' ? { 'activity-window': '1s' } : {};
    const exitCodes = await expectNoLeak({ ...inputs, ...window }, [bed.password, canaryOf('connect password')]);
    expect(exitCodes).toEqual([0, 0]);
  });

  // The second apply finds what the first one wrote, and shows it just as little.
  it.each(['plan', 'apply', 'apply', 'plan'])('%s shows nothing of the secrets in connector files', async (command) => {
    const inputs = { ...signedIn(RIGHT), command, 'connect-url': bed.connectUrl, connectors: files, config };
    const token = { 'connect-token': TOKEN };
    const canaries = [bed.password, TOKEN, IN_FILES, ...KEY_LINES];
    expect(await expectNoLeak({ ...inputs, ...token }, canaries)).toEqual([0, 0]);
  });

  it('generate writes placeholders, and nothing of a password that it was given', async () => {
    const { groups: _, ...inputs } = signedIn(WRONG);
    const { args, environment } = cliArgs(inputs);
    const watched = await runCli(['generate', ...args, '--out', 'made'], environment);
    expect([...watched.seen.keys()].some((file) => file.startsWith('made/'))).toBe(true);
    expect(leaksOf(watched, Object.values(WRONG))).toEqual([]);
  });
});

describe('runs that fail', () => {
  it.each(['plan', 'apply', 'sync', 'check', 'migrate'])('%s with wrong passwords shows none', async (command) => {
    const withConnect = { 'connect-url': bed.connectUrl, connectors: files };
    await expectNoLeak({ ...signedIn(WRONG), command, ...withConnect }, [...Object.values(WRONG), IN_FILES]);
  });

  const secrets = INPUTS.filter((spec) => spec.secret).map((spec) => spec.name);
  it.each(secrets)('%s, of whatever kind, is shown nowhere', async (input) => {
    const isKey = input.endsWith('-key');
    const side = input.startsWith('source-') ? 'source' : 'target';
    const value = isKey ? KEY : canaryOf(input);
    const companions: Environment = input.startsWith('connect-')
      ? { 'connect-url': bed.connectUrl, ...(input.endsWith('password') ? { 'connect-username': 'canary' } : {}) }
      : isKey || input.endsWith('key-password')
        ? {
            [`${side}-auth`]: 'mtls',
            // No secret, and so with a body of its own: it may stand on a command line.
            [`${side}-certificate`]: KEY.replaceAll('PRIVATE KEY', 'CERTIFICATE').replaceAll('canaryKey', 'publicCert'),
            [`${side}-key`]: KEY,
          }
        : {};
    const inputs = { ...signedIn(RIGHT), ...companions, command: 'plan', [input]: value };
    await expectNoLeak(inputs, isKey ? KEY_LINES : [value]);
  });

  it.each(secrets.filter((input) => input !== 'github-token'))(
    'a literal %s on the command line is not echoed',
    async (input) => {
      const { seen } = await runCli(['plan', `--${input}`, canaryOf(input), '--target-bootstrap-servers', 'b:9092']);
      // Who types it shows it to the process list; we do not add to that.
      const printed = new Map([...seen].filter(([where]) => !where.startsWith('arguments of ')));
      expect(leaksOf({ exitCode: 2, seen: printed }, [canaryOf(input)])).toEqual([]);
      expect([...printed.values()].join('\n')).toMatch(/env:/);
    },
  );

  const PROPERTIES: readonly (readonly [string, string])[] = [
    [
      'sasl.jaas.config',
      `org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="${'PASSWORD'}";`,
    ],
    ['ssl.keystore.password', 'PASSWORD'],
    ['ssl.truststore.password', 'PASSWORD'],
    ['ssl.key.password', 'PASSWORD'],
    ['ssl.keystore.key', 'PASSWORD'],
    ['sasl.jaas.config', 'PASSWORD that is no JAAS'],
    ['some.other.secret', 'PASSWORD'],
  ];
  it.each(PROPERTIES)('%s in client properties', async (key, text) => {
    // Without what Java properties or JAAS would unescape.
    const canary = `c4n4ry-${key}-9%+/&`;
    const properties = `security.protocol=SASL_PLAINTEXT\nsasl.mechanism=PLAIN\n${key}=${text.replace('PASSWORD', canary)}\n`;
    const path = join(folder, `${key}.properties`);
    await writeFile(path, properties);
    {
      const {
        'target-auth': _auth,
        'target-tls': _tls,
        'target-username': _user,
        'target-password': _pw,
        ...rest
      } = signedIn(RIGHT);
      await expectNoLeak({ ...rest, command: 'plan', 'target-properties': path }, [canary]);
      // On the command line a person would have typed it.
      expect(leaksOf(await runSteps({ ...rest, command: 'plan', 'target-properties': properties }), [canary])).toEqual(
        [],
      );
    }
  });

  it('the credentials of AWS stay in the environment', async () => {
    const aws = {
      AWS_ACCESS_KEY_ID: 'AKIAC4N4RY',
      AWS_SECRET_ACCESS_KEY: canaryOf('aws'),
      AWS_SESSION_TOKEN: canaryOf('session'),
    };
    const { 'target-username': _user, 'target-password': _pw, 'target-tls': _tls, ...rest } = signedIn(RIGHT);
    const inputs = { ...rest, command: 'plan', 'target-auth': 'iam', 'aws-region': 'eu-west-1' };
    await expectNoLeak(inputs, [aws.AWS_SECRET_ACCESS_KEY, aws.AWS_SESSION_TOKEN], aws);
  });

  it('connector-properties with plain secrets', async () => {
    const canary = canaryOf('connector properties').replaceAll('"', "'");
    const { groups: _, ...rest } = signedIn(RIGHT);
    const properties = `source.cluster.ssl.keystore.password=${canary}\n`;
    const path = join(folder, 'connector.properties');
    await writeFile(path, properties);
    const inputs = { ...rest, command: 'plan', 'connect-url': bed.connectUrl };
    await expectNoLeak({ ...inputs, 'connector-properties': path }, [canary]);
    expect(leaksOf(await runSteps({ ...inputs, 'connector-properties': properties }), [canary])).toEqual([]);
  });
});
