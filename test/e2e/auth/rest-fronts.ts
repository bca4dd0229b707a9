/** What stands between us and a real worker: a TLS front with a certificate and a token of its own, and a proxy. */
import {
  createServer as createHttpServer,
  request as forward,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect as connectTcp, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { CertificateFiles } from '../../../src/testbed/security/authority.ts';

export interface Front {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/** Terminates TLS with this certificate and forwards to a worker; with a token, nothing passes without it. */
export async function tlsFront(
  { certificatePem, keyPem }: Pick<CertificateFiles, 'certificatePem' | 'keyPem'>,
  worker: { readonly url: string; readonly authorization: string },
  token: string | null = null,
): Promise<Front> {
  const server = createHttpsServer({ cert: certificatePem, key: keyPem }, (incoming, outgoing) => {
    if (token !== null && incoming.headers.authorization !== `Bearer ${token}`) {
      outgoing.writeHead(401, { 'content-type': 'text/plain' }).end('no');
      return;
    }
    pass(incoming, outgoing, `${worker.url}${incoming.url}`, { authorization: worker.authorization });
  });
  return listen(server, 'https');
}

export interface ForwardProxy extends Front {
  /** Hosts and ports of tunnels and absolute URLs of plain requests that it was asked for. */
  readonly asked: string[];
}

/** Knows every host as 127.0.0.1. With a login (`name:password`), nobody passes without it. */
export async function httpProxy(login: string | null = null): Promise<ForwardProxy> {
  const asked: string[] = [];
  const expected = login === null ? null : `Basic ${Buffer.from(login).toString('base64')}`;
  const passes = (incoming: IncomingMessage) =>
    expected === null || incoming.headers['proxy-authorization'] === expected;
  const server = createHttpServer((incoming, outgoing) => {
    asked.push(incoming.url ?? '');
    if (!passes(incoming)) return void outgoing.writeHead(407).end();
    const { port, pathname, search } = new URL(incoming.url ?? '');
    pass(incoming, outgoing, `http://127.0.0.1:${port}${pathname}${search}`, {});
  });
  server.on('connect', (incoming: IncomingMessage, client: Duplex) => {
    asked.push(incoming.url ?? '');
    if (!passes(incoming)) return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const upstream: Socket = connectTcp(Number(incoming.url?.split(':').at(-1)), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  return { ...(await listen(server, 'http')), asked };
}

function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  url: string,
  headers: Readonly<Record<string, string>>,
): void {
  const options = { method: incoming.method ?? 'GET', headers: { ...incoming.headers, ...headers }, agent: false };
  const upstream = forward(url, options, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  upstream.on('error', () => outgoing.destroy());
  incoming.pipe(upstream);
}

async function listen(server: Server & { closeAllConnections?: () => void }, scheme: 'http' | 'https'): Promise<Front> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    port,
    async stop() {
      server.closeAllConnections?.();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
