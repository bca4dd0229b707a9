/** What goes wrong between a client and a real listener: each time one message that says where, who, what, and what to do. */
import { describe, expect, test } from 'vitest';
import type { SecureScheme } from '../../../src/testbed/security/secure-listeners.ts';
import type { Side } from './matrix-table.ts';
import { authority, errorsOf, type RawInputs, runWith, secureBed, sideInputs } from './secure-run.ts';

const SIDES: readonly Side[] = ['source', 'target'];

interface Mistake {
  readonly what: string;
  /** How the side signs in. */
  readonly scheme: SecureScheme;
  /** Listener whose port is given; the scheme's own by default. */
  readonly at?: string;
  readonly inputs?: (side: Side) => RawInputs;
  readonly code: string;
  readonly expected: RegExp;
  /** What to do. */
  readonly hint: (side: Side) => string;
}

const clientCertificate = (name: 'expired-client' | 'unknown-ca-client') => (side: Side) => ({
  [`${side}-certificate`]: authority.certificate(name).certificatePem,
  [`${side}-key`]: authority.certificate(name).keyPem,
});
const SOMEBODY_ELSES = { 'a wrong password': 'password', 'an unknown user': 'username' } as const;

const REFUSED_USERS: readonly Mistake[] = (['sasl-plain', 'sasl-scram-256', 'sasl-scram-512'] as const).flatMap(
  (scheme) =>
    Object.entries(SOMEBODY_ELSES).map(([what, input]) => ({
      what: `${scheme}: ${what}`,
      scheme,
      inputs: (side: Side) => ({ [`${side}-${input}`]: 'somebody-else' }),
      code: 'KAFKA_AUTHENTICATION',
      expected: new RegExp(
        `expected SASL ${mechanismOf(scheme)} to accept the user ${input === 'username' ? 'somebody-else' : 'migrator'}, seen it refused`,
      ),
      hint: (side: Side) => `Check ${side}-username and ${side}-password`,
    })),
);

const MISTAKES: readonly Mistake[] = [
  ...REFUSED_USERS,
  {
    what: 'an expired server certificate',
    scheme: 'tls',
    at: 'TLS_EXPIRED',
    code: 'KAFKA_TLS',
    expected:
      /expected a valid broker certificate, seen one that has expired on \w+ +\d+ [\d:]+ \d+ GMT, of CN=localhost\./,
    hint: () => 'Renew the certificate of the broker',
  },
  {
    what: 'a server certificate for another host',
    scheme: 'tls',
    at: 'TLS_OTHER_HOST',
    code: 'KAFKA_TLS',
    expected: /expected a certificate for host 127\.0\.0\.1, seen one for DNS:elsewhere\.example\./,
    hint: (side) => `Use the host name in the certificate in ${side}-bootstrap-servers`,
  },
  {
    what: 'a server certificate of an unknown authority',
    scheme: 'tls',
    at: 'TLS_UNKNOWN_CA',
    code: 'KAFKA_TLS',
    expected:
      /signed by an authority that \w+-ca \(.*\) names, seen another one \(\w+\): CN=localhost, signed by CN=Test bed unknown-ca\./,
    hint: (side) => `(or the trust store of ${side}-properties): what is there did not sign it`,
  },
  {
    what: 'no client certificate',
    scheme: 'tls',
    at: 'MTLS',
    code: 'KAFKA_TLS',
    expected: /expected a listener that asks for no client certificate, seen one that wants it \(.*\)\./,
    hint: (side) => `set ${side}-auth to mtls and give ${side}-certificate and ${side}-key`,
  },
  {
    what: 'a client certificate of an unknown authority',
    scheme: 'mtls',
    inputs: clientCertificate('unknown-ca-client'),
    code: 'KAFKA_TLS',
    expected:
      /accept the client certificate CN=stranger, signed by CN=Test bed unknown-ca, valid until .*, seen it refused/,
    hint: (side) => `Give ${side}-certificate and ${side}-key`,
  },
  {
    what: 'an expired client certificate',
    scheme: 'mtls',
    inputs: clientCertificate('expired-client'),
    code: 'KAFKA_TLS',
    expected:
      /accept the client certificate CN=late-migrator, signed by CN=Test bed ca, valid until .*, seen it refused/,
    hint: (side) => `(or the key store of ${side}-properties) of a certificate that is valid`,
  },
  {
    what: 'a mechanism that the listener does not have',
    scheme: 'sasl-scram-512',
    at: 'SCRAM_256',
    code: 'KAFKA_AUTHENTICATION',
    expected: /expected a listener with SASL SCRAM-SHA-512, seen one with SCRAM-SHA-256\./,
    hint: (side) => `Set ${side}-auth to a mechanism that this listener has`,
  },
  {
    what: 'TLS to a plaintext port',
    scheme: 'tls',
    at: 'NONE',
    code: 'KAFKA_TLS',
    expected: /expected a listener that speaks TLS, seen no TLS handshake/,
    hint: (side) => `set ${side}-auth to none`,
  },
  {
    what: 'SASL over TLS to a port of SASL over plaintext',
    scheme: 'sasl-plain',
    at: 'SASL_PLAIN_OPEN',
    code: 'KAFKA_TLS',
    expected: /expected a listener that speaks TLS, seen no TLS handshake/,
    hint: (side) => `SASL without TLS: ${side}-tls: false`,
  },
  {
    what: 'plain text to a TLS port',
    scheme: 'none',
    at: 'TLS',
    code: 'KAFKA_TLS',
    expected: /expected a Kafka listener without TLS, seen /,
    hint: (side) => `set ${side}-auth to tls, mtls or a sasl-… value`,
  },
  {
    what: 'SASL to a port without SASL',
    scheme: 'sasl-plain',
    at: 'TLS',
    code: 'KAFKA_AUTHENTICATION',
    expected: /expected a listener with SASL, seen one without SASL\./,
    hint: (side) => `set ${side}-auth to none, tls or mtls`,
  },
  {
    what: 'no SASL to a SASL port',
    scheme: 'tls',
    at: 'SASL_PLAIN',
    code: 'KAFKA_AUTHENTICATION',
    expected: /expected a listener that needs no SASL, seen the connection closed on the first request/,
    hint: (side) => `set ${side}-auth to sasl-plain, sasl-scram-256, sasl-scram-512 or iam`,
  },
  {
    what: 'no SASL to a SASL port without TLS',
    scheme: 'none',
    at: 'SCRAM_512_OPEN',
    code: 'KAFKA_AUTHENTICATION',
    expected: /expected a listener that needs no SASL, seen the connection closed on the first request/,
    hint: (side) => `set ${side}-auth to sasl-plain, sasl-scram-256, sasl-scram-512 or iam`,
  },
  {
    what: 'a port where nobody listens',
    scheme: 'sasl-plain',
    inputs: (side) => ({ [`${side}-bootstrap-servers`]: '127.0.0.1:1' }),
    code: 'KAFKA_UNREACHABLE',
    expected: /expected a Kafka broker that can be reached, seen connection refused\./,
    hint: (side) => `Check host and port in ${side}-bootstrap-servers`,
  },
];

function mechanismOf(scheme: SecureScheme): string {
  return scheme === 'sasl-plain' ? 'PLAIN' : scheme === 'sasl-scram-256' ? 'SCRAM-SHA-256' : 'SCRAM-SHA-512';
}

function mistaken(side: Side, { scheme, at, inputs }: Mistake): RawInputs {
  const port = at === undefined ? {} : { [`${side}-bootstrap-servers`]: secureBed[side].servers[at] ?? '' };
  return { ...sideInputs(side, scheme), ...port, ...inputs?.(side) };
}

const secretsOf = (raw: RawInputs) =>
  Object.entries(raw).flatMap(([input, text]) => (/-(password|key)$/.test(input) ? [text] : []));

describe.each(SIDES)('on the %s', (side) => {
  const other: Side = side === 'source' ? 'target' : 'source';

  test.each(MISTAKES)('$what', async (mistake) => {
    const inputs = mistaken(side, mistake);
    const ran = await runWith({ command: 'sync', ...sideInputs(other, 'none'), ...inputs });
    expect(ran.report).toMatchObject({ result: 'failed', groups: [], errors: [{ code: mistake.code }] });
    const [message = ''] = errorsOf(ran);
    expect(message).toMatch(new RegExp(`^${side}-bootstrap-servers 127\\.0\\.0\\.1:\\d+: expected`));
    expect(message).toMatch(mistake.expected);
    expect(message).toContain(mistake.hint(side));
    const said = [
      ...ran.lines,
      JSON.stringify(ran.report, (_key, value) => (typeof value === 'bigint' ? `${value}` : value)),
    ];
    for (const secret of secretsOf(inputs)) expect(said.join('\n')).not.toContain(secret);
  });
});

describe('both sides at once', () => {
  test('each mistake of each side is told in the same run', async () => {
    const mistakes = MISTAKES.filter(
      ({ what }) => what.startsWith('sasl-plain: ') || what.startsWith('an expired server'),
    );
    const [wrong, , expired] = mistakes;
    if (wrong === undefined || expired === undefined) throw new Error('The mistakes are not there.');
    const ran = await runWith({ command: 'sync', ...mistaken('source', wrong), ...mistaken('target', expired) });
    expect(ran.report.result).toBe('failed');
    expect(errorsOf(ran)).toEqual([expect.stringMatching(wrong.expected), expect.stringMatching(expired.expected)]);
    expect(errorsOf(ran)).toEqual([
      expect.stringMatching(/^source-bootstrap-servers /),
      expect.stringMatching(/^target-bootstrap-servers /),
    ]);
  });
});

describe('several bootstrap servers', () => {
  test('what is wrong at all of them is said once', async () => {
    const at = secureBed.target.servers;
    const servers = `${at['TLS_UNKNOWN_CA']},localhost:${at['TLS_UNKNOWN_CA']?.split(':')[1]}`;
    const ran = await runWith({ command: 'sync', ...sideInputs('target', 'tls'), 'target-bootstrap-servers': servers });
    expect(ran.report.errors).toHaveLength(1);
    expect(ran.report.errors[0]?.message.match(/expected/g)).toHaveLength(1);
    expect(ran.report.errors[0]?.message).toMatch(/The same at localhost:\d+\.$/);
  });
});
