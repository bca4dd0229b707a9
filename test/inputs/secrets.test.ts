import { describe, expect, test } from 'vitest';
import { readCommandLine } from '../../src/inputs/command-line.ts';
import { findInput, INPUTS } from '../../src/inputs/schema/schema.ts';
import { filesOf, KEY, parse, problemsOf, problemsThrownBy, SYNC } from './reading.ts';

const CANARY = 'Canary-7f3a9';
const LONG_CANARY = CANARY.repeat(20);

describe('a secret in the wrong place', () => {
  test.each(INPUTS.map(({ name }) => name))('given as %s too, it is in no problem', (name) => {
    const raw = { ...SYNC, 'target-auth': 'sasl-plain', 'target-username': 'u', 'target-password': CANARY };
    for (const text of [CANARY, `${CANARY}://x`, `u:${CANARY}@h`, `{${CANARY}`, `(${CANARY}`, `x=${CANARY}\ny=\\u00`]) {
      expect(JSON.stringify(problemsOf({ ...raw, [name]: text, refresh: 'broken' }))).not.toContain(CANARY);
      const long = { 'target-password': LONG_CANARY, [name]: text.replace(CANARY, LONG_CANARY) };
      expect(JSON.stringify(problemsOf({ ...raw, ...long, refresh: 'broken' }))).not.toContain(CANARY);
    }
  });

  test.each(INPUTS.filter(({ secret }) => secret).map(({ name }) => name))(
    'a bad %s alone is in no problem',
    (name) => {
      for (const text of [CANARY, `u:${CANARY}@h`, `Bearer ${CANARY}`, `-----BEGIN X-----${CANARY}`]) {
        expect(JSON.stringify(problemsOf({ ...SYNC, [name]: text, refresh: 'broken' }))).not.toContain(CANARY);
      }
    },
  );

  test.each(INPUTS.filter(({ secret }) => secret).map(({ name }) => name))('--%s takes no literal', (name) => {
    const problems = problemsThrownBy(() =>
      readCommandLine(['sync', `--${name}`, CANARY, `--${name}=${CANARY}`, CANARY, `-p${CANARY}`], {
        environment: () => undefined,
        readFile: filesOf({}),
      }),
    );
    expect(problems.map(({ expected }) => expected)).toContain('env:NAME or file:PATH');
    expect(JSON.stringify(problems)).not.toContain(CANARY);
  });

  test('a JAAS password is in no notice and no problem', () => {
    const properties = [
      'bootstrap.servers=new-1:9092',
      'security.protocol=SASL_PLAINTEXT',
      'sasl.mechanism=PLAIN',
      `sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="u" password="${CANARY}";`,
      `${CANARY}=unused`,
    ].join('\n');
    const inputs = parse({ command: 'sync', 'target-properties': properties });
    expect(inputs.notices).toHaveLength(2);
    expect(inputs.notices.join()).not.toContain(CANARY);
    expect(
      JSON.stringify(problemsOf({ command: 'sync', 'target-properties': properties, label: CANARY.concat('!') })),
    ).not.toContain(CANARY);
  });
});

describe('what is masked', () => {
  test('a password in every form in which it travels', () => {
    const password = 'p"w/ü';
    const { secrets } = parse({
      ...SYNC,
      'target-auth': 'sasl-plain',
      'target-username': 'mm2',
      'target-password': password,
      'connect-url': 'https://connect',
      'connect-username': 'admin',
      'connect-password': 'other-password',
    });
    expect(secrets).toEqual(
      expect.arrayContaining([
        password,
        'p%22w%2F%C3%BC',
        'p\\"w/ü',
        Buffer.from(password).toString('base64'),
        Buffer.from(`\0mm2\0${password}`).toString('base64'),
        'other-password',
        Buffer.from('admin:other-password').toString('base64'),
      ]),
    );
  });

  test('each line of a key, as given and as handed on; no certificate, no path, no name', () => {
    const raw = { ...SYNC, 'target-auth': 'mtls', 'target-certificate': 'c.pem', 'target-key': 'k.pem' };
    const certificate = KEY.replaceAll('PRIVATE KEY', 'CERTIFICATE').replaceAll('secret', 'public');
    const { secrets } = parse(raw, { 'c.pem': certificate, 'k.pem': KEY });
    expect(secrets).toEqual(KEY.split('\n').slice(1, 3));
  });

  test('the JAAS entry, store passwords, and what the entry holds', () => {
    const jaas = 'org.apache.kafka.common.security.scram.ScramLoginModule required username="u" password="pa\\"ss";';
    const { secrets, target } = parse({
      command: 'sync',
      'target-properties': `bootstrap.servers=b:9092\nsecurity.protocol=SASL_SSL\nsasl.mechanism=SCRAM-SHA-512\nssl.truststore.password=changeit\nsasl.jaas.config=${jaas.replaceAll('\\', '\\\\')}`,
    });
    expect(target?.sasl).toMatchObject({ password: 'pa"ss' });
    expect(secrets).toEqual(expect.arrayContaining([jaas, 'pa"ss', 'pa\\"ss', 'changeit']));
  });

  test('every input that can hold a secret is marked so', () => {
    const named = INPUTS.filter(({ name }) => /password|token|(^|-)key$/.test(name)).map(({ name }) => name);
    expect(named.filter((name) => findInput(name)?.secret !== true)).toEqual([]);
  });
});
