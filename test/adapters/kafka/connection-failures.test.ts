/** What a person reads when a cluster cannot be reached, met by real sockets. */
import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClusterConnectionConfig, TlsConfig } from '../../../src/adapters/kafka/connection-config.ts';
import { Encoder } from '../../../src/adapters/kafka/protocol/encoder.ts';
import { type Certificate, selfSigned } from './certificates.ts';
import { API, answerVersions, type FakeHandlers, startFakeBroker } from './fake-broker.ts';
import { clusterConfig, connectionFailure } from './probe.ts';

const PASSWORD = 'correct horse battery';
const SASL = { mechanism: 'plain', username: 'alice', password: PASSWORD } as const;
const SCRAM = { ...SASL, mechanism: 'scram-sha-512' } as const;
const TLS: TlsConfig = { verifyHost: true };

let local: Certificate;
let elsewhere: Certificate;
const cleanups: (() => Promise<void> | void)[] = [];

beforeAll(async () => {
  local = await selfSigned('DNS:localhost,IP:127.0.0.1');
  elsewhere = await selfSigned('DNS:broker.example.com');
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function listening(server: net.Server): Promise<string> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return `127.0.0.1:${(server.address() as net.AddressInfo).port}`;
}

async function broker(handlers: FakeHandlers, secure?: tls.TlsOptions): Promise<string> {
  const fake = await startFakeBroker(handlers, secure);
  cleanups.push(() => fake.close());
  return fake.address;
}

/** Answers every handshake that asks for one of `enabled`. */
const handshake = (error: number, enabled: readonly string[]) => () => {
  const answer = new Encoder().int16(error);
  return answer.array(enabled, (mechanism) => answer.string(mechanism));
};

async function closedPort(): Promise<string> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  server.close();
  await once(server, 'close');
  return `127.0.0.1:${port}`;
}

describe('the network', () => {
  it('an unknown host', async () => {
    const failure = await connectionFailure(clusterConfig('broker-1.invalid:9092', { side: 'source' }));
    expect(failure.code).toBe('KAFKA_UNREACHABLE');
    expect(failure.message).toMatch(
      /^source-bootstrap-servers broker-1\.invalid:9092: expected a Kafka broker that can be reached, seen no (address|answer from DNS) for host broker-1\.invalid\.$/,
    );
    expect(failure.hint).toContain('Check the name');
  });

  it('a port where nobody listens', async () => {
    const address = await closedPort();
    const failure = await connectionFailure(clusterConfig(address));
    expect(failure).toMatchObject({ code: 'KAFKA_UNREACHABLE', retriable: true });
    expect(failure.message).toBe(
      `target-bootstrap-servers ${address}: expected a Kafka broker that can be reached, seen connection refused.`,
    );
    expect(failure.hint).toContain('firewall');
  });

  it('several servers, none reached: all are named', async () => {
    const [one, other] = [await closedPort(), await closedPort()];
    const failure = await connectionFailure(clusterConfig(`${one},${other}`));
    expect(failure.message).toMatch(
      new RegExp(
        `${one}: expected a Kafka broker that can be reached, seen connection refused. The same at ${other}.$`,
      ),
    );
  });

  it('a port that takes the connection and says nothing', async () => {
    const address = await listening(net.createServer());
    const failure = await connectionFailure(clusterConfig(address), { connectTimeoutMs: 3_000 });
    expect(failure).toMatchObject({ code: 'KAFKA_UNREACHABLE', retriable: true });
    expect(failure.message).toBe(
      `target-bootstrap-servers ${address}: expected a Kafka broker that answers, seen no answer within 3 s.`,
    );
    expect(failure.hint).toContain('target-auth');
  });

  it('addresses that are none: every one is named at once', async () => {
    const failure = await connectionFailure(clusterConfig('broker-1,broker-2:0,ok:9092', { side: 'source' }));
    expect(failure.code).toBe('BAD_INPUT');
    expect(failure.message.split('\n')).toEqual([
      expect.stringContaining(
        'source-bootstrap-servers: expected host:port, several separated by commas, seen "broker-1".',
      ),
      expect.stringContaining('seen "broker-2:0"'),
    ]);
  });
});

describe('a port that is not Kafka', () => {
  it('answers HTTP', async () => {
    const address = await listening(http.createServer());
    const failure = await connectionFailure(clusterConfig(address));
    expect(failure.code).toBe('KAFKA_UNREACHABLE');
    expect(failure.message).toBe(
      `target-bootstrap-servers ${address}: expected a Kafka broker, seen a server that answers HTTP, not Kafka.`,
    );
    expect(failure.hint).toContain("Connect's");
  });

  it('answers HTTP over TLS', async () => {
    const server = tls.createServer(local, (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const address = await listening(server);
    const failure = await connectionFailure(clusterConfig(address, { tls: { ...TLS, ca: local.cert } }));
    expect(failure.message).toContain('seen a server that answers HTTP, not Kafka.');
  });

  it.each([
    ['a negative size', 'fffffff0'],
    ['an impossible size', '7fffffff'],
    ['a size without room for a correlation id', '00000002abcd'],
  ])('answers with %s', async (_what, hex) => {
    const server = net.createServer((socket) => {
      socket.once('data', () => socket.write(Buffer.from(hex, 'hex')));
    });
    const failure = await connectionFailure(clusterConfig(await listening(server)));
    expect(failure.message).toContain("expected a Kafka broker, seen bytes that are not Kafka's.");
  });

  it('answers with a frame that is too short for its content', async () => {
    const failure = await connectionFailure(
      clusterConfig(await broker({ [API.apiVersions]: () => new Encoder().int16(0).int32(5) })),
    );
    expect(failure.code).toBe('KAFKA_PROTOCOL');
    expect(failure.message).toContain('answer to ApiVersions v0: expected an ARRAY of 5 items');
  });

  it('speaks too few APIs', async () => {
    const failure = await connectionFailure(
      clusterConfig(await broker({ [API.apiVersions]: () => new Encoder().int16(0).int32(0) })),
    );
    expect(failure.code).toBe('KAFKA_PROTOCOL');
    expect(failure.message).toContain('expected Metadata in a version from 1 to 12, seen no such API.');
  });
});

describe('TLS', () => {
  const secured = (handlers: FakeHandlers = {}, options: tls.TlsOptions = {}) =>
    broker(handlers, { ...local, ...options });
  const overTls = (address: string, config: Partial<TlsConfig>): ClusterConnectionConfig =>
    clusterConfig(address, { tls: { ...TLS, ...config } });

  it('the port wants TLS and we do not', async () => {
    const address = await secured();
    const failure = await connectionFailure(clusterConfig(address));
    expect(failure.code).toBe('KAFKA_TLS');
    expect(failure.message).toContain(
      `target-bootstrap-servers ${address}: expected a Kafka listener without TLS, seen `,
    );
    expect(failure.hint).toContain('set target-auth to tls, mtls or a sasl-… value');
  });

  it('a port that just closes may want TLS', async () => {
    const server = net.createServer((socket) => socket.once('data', () => socket.end()));
    const failure = await connectionFailure(clusterConfig(await listening(server)));
    expect(failure.code).toBe('KAFKA_TLS');
    expect(failure.message).toContain('seen the connection closed before the first answer, as a TLS port does.');
  });

  it('we want TLS and the broker speaks plain text', async () => {
    const failure = await connectionFailure(overTls(await broker({}), {}));
    expect(failure.code).toBe('KAFKA_TLS');
    expect(failure.message).toMatch(/expected a listener that speaks TLS, seen no TLS handshake \(\w+\)\.$/);
    expect(failure.hint).toContain('set target-auth to none');
  });

  it('we want TLS and the port answers in plain text', async () => {
    const failure = await connectionFailure(overTls(await listening(http.createServer()), {}));
    expect(failure.code).toBe('KAFKA_TLS');
    expect(failure.message).toContain('expected a listener that speaks TLS, seen bytes that are not TLS.');
  });

  it('an authority that nobody trusts', async () => {
    const failure = await connectionFailure(overTls(await secured(), {}));
    expect(failure.code).toBe('KAFKA_TLS');
    expect(failure.message).toContain(
      'expected a broker certificate signed by an authority that this machine trusts, seen another one',
    );
    expect(failure.hint).toContain('target-ca');
  });

  it('a certificate for another host', async () => {
    const address = await secured({}, elsewhere);
    const failure = await connectionFailure(overTls(address, { ca: elsewhere.cert }));
    expect(failure.code).toBe('KAFKA_TLS');
    expect(failure.message).toContain(
      'expected a certificate for host 127.0.0.1, seen one for DNS:broker.example.com.',
    );
  });

  it('a certificate for another host passes when host names are not verified', async () => {
    const address = await secured({}, elsewhere);
    const failure = await connectionFailure(overTls(address, { ca: elsewhere.cert, verifyHost: false }));
    expect(failure.message).not.toContain('certificate');
  });

  it('a client certificate is wanted and missing', async () => {
    const address = await secured({ [API.metadata]: () => 'silence' }, { requestCert: true, ca: elsewhere.cert });
    const failure = await connectionFailure(overTls(address, { ca: local.cert }));
    expect(failure.code).toBe('KAFKA_TLS');
    expect(failure.message).toContain(
      'expected a listener that asks for no client certificate, seen one that wants it',
    );
    expect(failure.hint).toContain('target-certificate and target-key');
  });

  it.each([
    ['a key that is no PEM', () => ({ certificate: local.cert, key: 'nonsense' })],
    ['a key of another certificate', () => ({ certificate: local.cert, key: elsewhere.key })],
  ])('%s', async (_what, config) => {
    const failure = await connectionFailure(overTls(await secured(), config()));
    expect(failure.code).toBe('KAFKA_TLS');
    expect(failure.message).toMatch(/expected readable PEM text, seen text that OpenSSL refuses \(ERR_OSSL_\w+\)\.$/);
    expect(failure.hint).toContain('target-key');
    expect(failure.allText).not.toContain('BEGIN');
  });
});

describe('SASL', () => {
  const connect = async (handlers: FakeHandlers, sasl: ClusterConnectionConfig['sasl']) => {
    const failure = await connectionFailure(clusterConfig(await broker(handlers), { sasl }));
    expect(failure.allText).not.toContain(PASSWORD);
    return failure;
  };

  it('a wrong password', async () => {
    const failure = await connect(
      {
        [API.saslHandshake]: handshake(0, ['PLAIN']),
        [API.saslAuthenticate]: () =>
          new Encoder()
            .int16(58)
            .nullableString('Authentication failed: Invalid username or password')
            .bytesField(Buffer.of())
            .int64(0n),
      },
      SASL,
    );
    expect(failure.code).toBe('KAFKA_AUTHENTICATION');
    expect(failure.message).toContain(
      'expected SASL PLAIN to accept the user alice, seen it refused (Authentication failed: Invalid username or password).',
    );
    expect(failure.hint).toContain('target-username and target-password');
  });

  it('a broker that repeats the password', async () => {
    const failure = await connect(
      {
        [API.saslHandshake]: handshake(0, ['PLAIN']),
        [API.saslAuthenticate]: () =>
          new Encoder().int16(58).nullableString(`no user with ${PASSWORD}`).bytesField(Buffer.of()).int64(0n),
      },
      SASL,
    );
    expect(failure.message).toContain('seen it refused.');
  });

  it('a mechanism that the listener does not have', async () => {
    const failure = await connect({ [API.saslHandshake]: handshake(33, ['PLAIN', 'OAUTHBEARER']) }, SCRAM);
    expect(failure.code).toBe('KAFKA_AUTHENTICATION');
    expect(failure.message).toContain('expected a listener with SASL SCRAM-SHA-512, seen one with PLAIN, OAUTHBEARER.');
    expect(failure.hint).toContain('target-auth');
  });

  it('a listener without SASL', async () => {
    const failure = await connect({ [API.saslHandshake]: handshake(34, []) }, SASL);
    expect(failure.message).toContain('expected a listener with SASL, seen one without SASL.');
  });

  it('a listener that wants SASL and gets none', async () => {
    const failure = await connect({ [API.metadata]: () => 'close' }, null);
    expect(failure.code).toBe('KAFKA_AUTHENTICATION');
    expect(failure.message).toContain('expected a listener that needs no SASL, seen the connection closed');
    expect(failure.hint).toContain('target-auth');
  });

  it('an old broker that closes instead of refusing', async () => {
    const versions = () => {
      const answer = new Encoder().int16(0);
      return answer.array([API.saslHandshake, API.metadata], (key) => answer.int16(key).int16(0).int16(0));
    };
    const failure = await connect({ [API.apiVersions]: versions, [API.saslHandshake]: handshake(0, ['PLAIN']) }, SASL);
    expect(failure.code).toBe('KAFKA_AUTHENTICATION');
    expect(failure.message).toContain('expected SASL PLAIN to accept the user alice, seen it refused');
  });

  it('a broker that dies during the exchange is no refusal', async () => {
    const failure = await connect(
      { [API.saslHandshake]: handshake(0, ['PLAIN']), [API.saslAuthenticate]: () => 'close' },
      SASL,
    );
    expect(failure).toMatchObject({ code: 'KAFKA_UNREACHABLE', retriable: true });
  });

  it('a broker that never answers the exchange', async () => {
    const address = await broker({
      [API.saslHandshake]: handshake(0, ['PLAIN']),
      [API.saslAuthenticate]: () => 'silence',
    });
    const failure = await connectionFailure(clusterConfig(address, { sasl: SASL }), { connectTimeoutMs: 3_000 });
    expect(failure).toMatchObject({ code: 'KAFKA_UNREACHABLE', retriable: true });
    expect(failure.message).toContain('seen no answer within 3 s');
  });

  it('is not tried with the same user on every server', async () => {
    const fakes = await Promise.all(
      [1, 2].map(() =>
        startFakeBroker({
          [API.apiVersions]: answerVersions,
          [API.saslHandshake]: handshake(0, ['PLAIN']),
          [API.saslAuthenticate]: () => new Encoder().int16(58).nullableString('no').bytesField(Buffer.of()).int64(0n),
        }),
      ),
    );
    for (const fake of fakes) cleanups.push(() => fake.close());
    await connectionFailure(clusterConfig(fakes.map(({ address }) => address).join(','), { sasl: SASL }));
    expect(fakes.map(({ received }) => received.filter((key) => key === API.saslAuthenticate).length)).toEqual([1, 0]);
  });
});
