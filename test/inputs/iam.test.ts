import { describe, expect, test } from 'vitest';
import type { Inputs } from '../../src/inputs/typed-inputs.ts';
import { CERTIFICATE, eachBadInput, parse, problemsOf, type Raw, SYNC } from './reading.ts';

const NO_CLIENT = { ca: null, certificate: null, key: null, keyPassword: null, verifyHost: true };
const IAM = { ...SYNC, 'target-auth': 'iam', 'aws-region': 'eu-west-1' };
const MODULE = 'software.amazon.msk.auth.iam.IAMLoginModule';

function environment(values: Raw): { readonly environment: (name: string) => string | undefined } {
  return { environment: (name) => values[name] };
}

function byProperties(lines: readonly string[], servers = 'b-1.x.c2.kafka.us-east-1.amazonaws.com:9098'): Inputs {
  const text = [`bootstrap.servers=${servers}`, ...lines].join('\n');
  return parse({ command: 'sync', 'target-properties': 'iam.properties' }, { 'iam.properties': text });
}

describe('iam', () => {
  test('is spoken over TLS, without user, password and certificate', () => {
    const { target, secrets, notices } = parse(IAM);
    expect(target).toMatchObject({ tls: NO_CLIENT, sasl: { mechanism: 'iam', region: 'eu-west-1' } });
    expect({ secrets, notices }).toEqual({ secrets: [], notices: [] });
  });

  test('over plaintext it is warned about', () => {
    const { target, notices } = parse({ ...IAM, 'target-tls': 'false' });
    expect(target).toMatchObject({ tls: null, sasl: { mechanism: 'iam' } });
    expect(notices).toEqual([
      'target: SASL over plaintext (target-auth iam): the token crosses the network readable, and whoever reads it can sign in for a quarter of an hour.',
    ]);
  });

  test('keeps an authority of its own', () => {
    expect(parse({ ...IAM, 'target-ca': CERTIFICATE }).target?.tls?.ca).toBe(CERTIFICATE);
  });

  test('the config file may hold the region', () => {
    const raw = { ...SYNC, 'target-auth': 'iam', config: 'mm2.yml' };
    expect(parse(raw, { 'mm2.yml': 'aws-region: eu-north-1\n' }).target?.sasl).toMatchObject({ region: 'eu-north-1' });
  });
});

describe('the region of each side', () => {
  test.each([
    ['b-1.name.abc123.c2.kafka.us-east-1.amazonaws.com:9098', 'us-east-1'],
    ['b-1-public.name.abc123.c2.kafka.us-gov-west-1.amazonaws.com:9198', 'us-gov-west-1'],
    ['boot-x1.c1.kafka-serverless.ap-southeast-2.amazonaws.com:9098', 'ap-southeast-2'],
    ['b-1.name.abc123.c1.kafka.cn-north-1.amazonaws.com.cn:9098', 'cn-north-1'],
    ['B-1.Name.abc123.c2.KAFKA.EU-WEST-1.amazonaws.com.:9098', 'eu-west-1'],
  ])('%s says it', (servers, region) => {
    const given = { ...SYNC, 'target-bootstrap-servers': servers, 'target-auth': 'iam' };
    expect(parse(given).target?.sasl).toEqual({ mechanism: 'iam', region });
  });

  test('the two sides may be in two regions', () => {
    const { source, target } = parse({
      command: 'sync',
      'source-bootstrap-servers': 'old-1:9098',
      'source-auth': 'iam',
      'target-bootstrap-servers': 'b-1.x.c2.kafka.us-east-1.amazonaws.com:9098',
      'target-auth': 'iam',
      'aws-region': 'eu-west-1',
    });
    expect([source?.sasl, target?.sasl]).toMatchObject([{ region: 'eu-west-1' }, { region: 'us-east-1' }]);
  });

  test('a host name wins over aws-region, which wins over the environment', () => {
    const aws = environment({ AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'sa-east-1' });
    const host = 'b-1.x.c2.kafka.us-east-1.amazonaws.com:9098';
    const byHost = parse({ ...IAM, 'target-bootstrap-servers': host }, {}, {}, aws);
    expect(byHost.target?.sasl).toMatchObject({ region: 'us-east-1' });
    expect(byHost.notices).toEqual([
      "target: aws-region eu-west-1 is not used: the brokers' host names say us-east-1.",
    ]);
    expect(parse(IAM, {}, {}, aws).target?.sasl).toMatchObject({ region: 'eu-west-1' });
  });

  test('AWS_REGION is looked at before AWS_DEFAULT_REGION', () => {
    const raw = { ...SYNC, 'target-auth': 'iam' };
    const both = { AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'sa-east-1' };
    expect(parse(raw, {}, {}, environment(both)).target?.sasl).toMatchObject({ region: 'us-west-2' });
    const second = environment({ ...both, AWS_REGION: '' });
    expect(parse(raw, {}, {}, second).target?.sasl).toMatchObject({ region: 'sa-east-1' });
  });

  test('a variable that holds something else is said to', () => {
    expect(problemsOf({ ...SYNC, 'target-auth': 'iam' }, {}, environment({ AWS_REGION: 'Ireland' }))).toEqual([
      {
        input: 'aws-region',
        expected: 'an AWS region in AWS_REGION',
        seen: '"Ireland"',
        hint: 'Write it as eu-central-1.',
      },
    ]);
  });

  test('is missing on both sides: both are said', () => {
    const raw = { ...SYNC, 'source-bootstrap-servers': 'old:9098', 'source-auth': 'iam', 'target-auth': 'iam' };
    expect(problemsOf(raw).map(({ expected }) => expected)).toEqual([
      'the AWS region of the source, since source-auth iam is given',
      'the AWS region of the target, since target-auth iam is given',
    ]);
  });

  test('aws-region without iam is said to be unused', () => {
    expect(parse({ ...SYNC, 'aws-region': 'eu-west-1' }).notices).toEqual([
      'aws-region is not used: neither cluster is signed in to by iam.',
    ]);
  });
});

describe('iam in client properties', () => {
  const signer = 'sasl.client.callback.handler.class=software.amazon.msk.auth.iam.IAMClientCallbackHandler';
  const protocol = ['security.protocol=SASL_SSL', 'sasl.mechanism=AWS_MSK_IAM', signer];

  test('AWS_MSK_IAM, as the original tool had it', () => {
    const { target, notices } = byProperties([...protocol, `sasl.jaas.config=${MODULE} required;`]);
    expect(target).toMatchObject({ tls: NO_CLIENT, sasl: { mechanism: 'iam', region: 'us-east-1' } });
    expect(notices).toEqual([]);
  });

  test('OAUTHBEARER with the handler of IAM', () => {
    const { target, notices } = byProperties([
      'security.protocol=SASL_SSL',
      'sasl.mechanism=OAUTHBEARER',
      'sasl.login.callback.handler.class=software.amazon.msk.auth.iam.IAMOAuthBearerLoginCallbackHandler',
      'sasl.jaas.config=org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required awsProfileName="ops";',
    ]);
    expect(target?.sasl).toEqual({ mechanism: 'iam', region: 'us-east-1', profile: 'ops' });
    expect(notices).toEqual([]);
  });

  test.each([`awsProfileName="my ops"`, `awsProfileName='my ops'`, `awsDebugCreds=true awsProfileName="my\\\\ ops"`])(
    'a profile: %s',
    (options) => {
      const { target, notices } = byProperties([...protocol, `sasl.jaas.config=${MODULE} required ${options};`]);
      expect(target?.sasl).toEqual({ mechanism: 'iam', region: 'us-east-1', profile: 'my ops' });
      expect(notices).toEqual([]);
    },
  );

  test('other options are said to be unused, and secret ones masked', () => {
    const { notices, secrets } = byProperties([
      ...protocol,
      `sasl.jaas.config=${MODULE} required awsStsRegion="eu-west-1" awsRoleSecretAccessKey="canary-secret";`,
    ]);
    expect(notices).toEqual([
      'target-properties: not used in sasl.jaas.config: "awsStsRegion" and "awsRoleSecretAccessKey"; credentials come from the standard AWS chain.',
    ]);
    expect(secrets).toContain('canary-secret');
  });

  test('the method may come from the input, the profile from the file', () => {
    const text = `bootstrap.servers=old:9098\nsasl.jaas.config=${MODULE} required awsProfileName="ops";`;
    const { target } = parse({
      command: 'sync',
      ...{ 'target-auth': 'iam', 'aws-region': 'eu-west-1' },
      'target-properties': text,
    });
    expect(target?.sasl).toEqual({ mechanism: 'iam', region: 'eu-west-1', profile: 'ops' });
  });

  test('a keystore is said to be unused', () => {
    const lines = [...protocol, 'ssl.keystore.location=/k.jks', 'ssl.keystore.password=canary-secret'];
    expect(byProperties(lines).notices).toEqual([
      'target-properties: not used with security.protocol in target-properties: ssl.keystore.location, ssl.keystore.password.',
    ]);
  });
});

describe('bad input: iam', () => {
  eachBadInput({
    'no region': {
      given: { ...SYNC, 'target-auth': 'iam' },
      problem: {
        input: 'aws-region',
        expected: 'the AWS region of the target, since target-auth iam is given',
        seen: 'nothing, and nothing in AWS_REGION and AWS_DEFAULT_REGION',
        hint: 'Only host names of Amazon MSK tell it (….kafka.REGION.amazonaws.com): give aws-region.',
      },
    },
    'a region that is none': {
      given: { ...IAM, 'aws-region': 'Frankfurt' },
      problem: {
        input: 'aws-region',
        expected: 'an AWS region such as eu-central-1',
        seen: '"Frankfurt"',
        hint: 'The console shows it beside the name of the region.',
      },
    },
    'brokers of two regions': {
      given: {
        ...IAM,
        'target-bootstrap-servers': 'b-1.x.kafka.eu-west-1.amazonaws.com:9098,b-2.x.kafka.us-east-1.amazonaws.com:9098',
      },
      problem: {
        input: 'target-bootstrap-servers',
        expected: 'brokers of one AWS region',
        seen: 'eu-west-1, us-east-1',
        hint: 'A cluster is in one region: correct the addresses.',
      },
    },
    'a password': {
      given: { ...IAM, 'target-password': 'hunter2hunter2' },
      problem: {
        input: 'target-password',
        expected: 'a sasl- method in target-auth',
        seen: 'target-password with target-auth iam',
        hint: 'IAM signs in with AWS credentials alone, e.g. those of aws-actions/configure-aws-credentials: leave it out.',
      },
    },
    'a client certificate': {
      given: { ...IAM, 'target-certificate': CERTIFICATE },
      problem: {
        input: 'target-certificate',
        expected: 'mtls in target-auth',
        seen: 'target-certificate with target-auth iam',
        hint: 'IAM takes no client certificate: leave it out.',
      },
    },
  });
});
