import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ConnectClient } from '../../../src/adapters/connect/client.ts';
import { type ProxySettings, proxyFromEnvironment } from '../../../src/adapters/connect/http.ts';
import { MigrationError } from '../../../src/errors.ts';
import type { ConnectInputs } from '../../../src/inputs/typed-inputs.ts';
import { clockOfPauses } from '../../support/pause-clock.ts';
import { type Certificate, selfSigned } from './certificates.ts';
import { connectInputs, FakeWorker, PAUSE_MS, PAUSES } from './fake-worker.ts';

const TIMES = { ...PAUSES, transientWindowMs: 3 * PAUSE_MS };
let own: Certificate;
let other: Certificate;
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  [own, other] = await Promise.all([selfSigned(), selfSigned('DNS:other.example.com')]);
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  });
  return (server.address() as AddressInfo).port;
}

async function worker(tls: Certificate | null = null): Promise<number> {
  const fake = await FakeWorker.start(tls);
  closers.push(() => fake.stop());
  return fake.port;
}

/** What a person is told when the first call to this URL fails. */
async function failure(
  url: string,
  inputs: Partial<ConnectInputs> = {},
  proxy: ProxySettings | null = null,
): Promise<{ readonly code: string; readonly message: string; readonly hint: string | null }> {
  const clock = clockOfPauses(1);
  const client = new ConnectClient({ connect: connectInputs(url, inputs), clock, times: TIMES, proxy });
  closers.push(() => client.close());
  const bounds = { deadlineAt: clock.now() + 1_000 * PAUSE_MS, signal: new AbortController().signal };
  const error = await client.worker(bounds).then(
    () => null,
    (caught: unknown) => caught,
  );
  if (!(error instanceof MigrationError)) throw new Error(`Expected a MigrationError, got ${String(error)}`);
  return { code: error.code, message: error.message, hint: error.hint };
}

describe('a connection that does not come about says which mistake it is', () => {
  test('nobody listens', async () => {
    const gone = createServer();
    const port = await listen(gone);
    await new Promise((resolve) => gone.close(resolve));
    const url = `http://127.0.0.1:${port}`;
    expect(await failure(url)).toEqual({
      code: 'CONNECT_UNREACHABLE',
      message: `connect-url ${url}: nothing listens on port ${port} of 127.0.0.1 (connection refused).`,
      hint: 'Check that the worker runs and that this is its REST port (listeners of the worker, usually 8083).',
    });
  });

  test('unknown host', async () => {
    const seen = await failure('http://connect.invalid:8083');
    expect(seen.code).toBe('CONNECT_UNREACHABLE');
    expect(seen.message).toMatch(/the host name connect\.invalid is unknown \(DNS: (?:ENOTFOUND|EAI_AGAIN)\)/);
  });

  test('http:// to a TLS port', async () => {
    const port = await worker(own);
    expect(await failure(`http://127.0.0.1:${port}`)).toEqual({
      code: 'CONNECT_UNREACHABLE',
      message: `connect-url http://127.0.0.1:${port}: the port speaks TLS.`,
      hint: 'Write https:// instead of http://.',
    });
  });

  test.each([
    ['', 0],
    [', also where it stands still for a while', 2_500],
  ])('http:// to the TLS port of a Jetty, which answers with an alert instead of hanging up%s', async (_, lateMs) => {
    const tlsPort = await listen(createTlsServer(own));
    let handshakes = 0;
    const port = await listen(
      createServer((socket) => {
        socket.once('data', (first: Buffer) => {
          const isTlsHandshake = first[0] === 0x16;
          if (!isTlsHandshake) return void socket.end(Uint8Array.from([0x15, 3, 3, 0, 2, 2, 80]));
          handshakes += 1;
          const shakeHands = () => {
            const tls = connect(tlsPort, '127.0.0.1').on('error', () => socket.destroy());
            tls.write(first);
            socket
              .on('error', () => tls.destroy())
              .pipe(tls)
              .pipe(socket);
          };
          setTimeout(shakeHands, handshakes === 1 ? 0 : lateMs);
        });
      }),
    );
    expect((await failure(`http://127.0.0.1:${port}`)).message).toContain('the port speaks TLS.');
  });

  test('https:// to a port without TLS', async () => {
    const port = await worker();
    expect(await failure(`https://127.0.0.1:${port}`)).toEqual({
      code: 'CONNECT_UNREACHABLE',
      message: `connect-url https://127.0.0.1:${port}: port ${port} does not speak TLS.`,
      hint: 'Write http:// instead of https://, or use the TLS port.',
    });
  });

  test('a certificate that nobody vouches for; connect-ca helps', async () => {
    const port = await worker(own);
    const seen = await failure(`https://127.0.0.1:${port}`);
    expect(seen.message).toContain('its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)');
    expect(seen.hint).toContain('connect-ca');
    await expect(failure(`https://127.0.0.1:${port}`, { ca: own.cert })).rejects.toThrow('got null');
  });

  test('a certificate for another host', async () => {
    const port = await worker(other);
    const seen = await failure(`https://localhost:${port}`, { ca: other.cert });
    expect(seen.message).toContain('its certificate is not for localhost but for ');
  });

  test('a worker that wants a client certificate', async () => {
    const options = { ...own, ca: own.cert, requestCert: true, rejectUnauthorized: true };
    const port = await listen(createHttpsServer(options, (_, response) => response.end('{}')));
    const seen = await failure(`https://127.0.0.1:${port}`, { ca: own.cert });
    expect(seen.code).toBe('CONNECT_AUTHENTICATION');
    expect(seen.hint).toContain('connect-certificate and connect-key');
  });

  test('a client key that is not of the certificate', async () => {
    const port = await worker(own);
    const seen = await failure(`https://127.0.0.1:${port}`, { ca: own.cert, certificate: own.cert, key: other.key });
    expect(seen.code).toBe('BAD_INPUT');
    expect(seen.message).toContain(
      'connect-certificate, connect-key or connect-ca cannot be used (ERR_OSSL_X509_KEY_VALUES_MISMATCH)',
    );
    expect(seen.message).not.toContain('PRIVATE');
  });

  test('a port that greets like SSH', async () => {
    const port = await listen(createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n')));
    expect((await failure(`http://127.0.0.1:${port}`)).message).toContain(
      `what answers on port ${port} does not speak HTTP`,
    );
  });

  test('a port that hangs up on everything', async () => {
    const port = await listen(createServer((socket) => socket.on('data', () => socket.destroy())));
    const seen = await failure(`http://127.0.0.1:${port}`);
    expect(seen.message).toContain('the connection was closed without an answer.');
    expect(seen.hint).toContain('no REST port of Connect');
  });
});

describe('a proxy of the environment', () => {
  async function recordingProxy(status: number): Promise<{ readonly url: string; readonly seen: string[] }> {
    const seen: string[] = [];
    const server = createHttpServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end('{"version":"4.3.1","commit":"c","kafka_cluster_id":"TARGET"}');
    });
    server.on('connect', (request, socket) => {
      seen.push(`CONNECT ${request.url}`);
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    });
    return { url: `http://u:hunter2@127.0.0.1:${await listen(server)}`, seen };
  }

  test('carries http:// without a tunnel', async () => {
    const { url, seen } = await recordingProxy(200);
    const proxy = proxyFromEnvironment({ HTTP_PROXY: url });
    await expect(failure('http://connect.invalid:8083', {}, proxy)).rejects.toThrow('got null');
    expect(seen).toEqual(['GET http://connect.invalid:8083/']);
  });

  test('refuses a tunnel for https://', async () => {
    const { url, seen } = await recordingProxy(407);
    const proxy = proxyFromEnvironment({ https_proxy: url });
    const error = await failure('https://connect.invalid:8443', {}, proxy);
    expect(seen).toEqual(['CONNECT connect.invalid:8443']);
    expect(error.code).toBe('CONNECT_AUTHENTICATION');
    expect(error.message).toMatch(
      /through the proxy http:\/\/127\.0\.0\.1:\d+: it answered 407 instead of opening a tunnel/,
    );
    expect(error.message).not.toContain('hunter2');
  });

  test('is named when it is the one that is down', async () => {
    const proxy = proxyFromEnvironment({ http_proxy: 'http://127.0.0.1:1' });
    const error = await failure('http://connect.invalid:8083', {}, proxy);
    expect(error.message).toMatch(
      /through the proxy http:\/\/127\.0\.0\.1:1: nothing listens on port 1 of 127\.0\.0\.1/,
    );
    expect(error.hint).toContain('NO_PROXY');
  });

  test('is left out for loopback addresses, for NO_PROXY and for the other scheme', async () => {
    const { url, seen } = await recordingProxy(200);
    const port = await worker();
    const proxy = proxyFromEnvironment({ HTTP_PROXY: url, NO_PROXY: 'connect.invalid' });
    await expect(failure(`http://127.0.0.1:${port}`, {}, proxy)).rejects.toThrow('got null');
    expect((await failure('http://connect.invalid:8083', {}, proxy)).message).toContain('unknown');
    expect((await failure('https://other.invalid', {}, proxy)).message).toContain('unknown');
    expect(seen).toEqual([]);
    expect(proxyFromEnvironment({ PATH: '/bin' })).toBeNull();
  });
});
