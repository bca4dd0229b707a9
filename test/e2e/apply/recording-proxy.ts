import { createServer, request as forward, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ForwardedRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  /** Refused before anything was done, because the worker rebalances: our client sends it again. */
  readonly refused: boolean;
}

export const DELIVER = async () => 'deliver' as const;

/** Stands between our client and a real worker: counts what was really sent, and outlives a worker that is replaced. */
export class RecordingProxy {
  readonly requests: ForwardedRequest[] = [];
  /** Bodies of all answers of the worker, to be searched for what must not be in them. */
  readonly answers: string[] = [];
  /** May be replaced by a test; awaited after the worker has done it, before our client hears of it, if at all. */
  afterAnswer: (request: ForwardedRequest) => Promise<'deliver' | 'drop'> = DELIVER;
  upstream: string;
  readonly #server: Server;

  private constructor(upstream: string) {
    this.upstream = upstream;
    this.#server = createServer((incoming, outgoing) => {
      const seen = { method: incoming.method ?? '', path: incoming.url ?? '', body: '', refused: false };
      this.requests.push(seen);
      incoming.on('data', (chunk: Buffer) => {
        seen.body += chunk.toString();
      });
      const { method, url, headers } = incoming;
      const upstreamRequest = forward(`${this.upstream}${url}`, { method, headers, agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', () => outgoing.destroy());
        answer.on('end', async () => {
          const text = Buffer.concat(chunks).toString();
          this.answers.push(text);
          seen.refused = isForRebalance(answer.statusCode, text);
          if (!seen.refused && (await this.afterAnswer(seen)) === 'drop') {
            outgoing.destroy();
            return;
          }
          outgoing.writeHead(answer.statusCode ?? 502, { 'content-type': answer.headers['content-type'] ?? '' });
          outgoing.end(text);
        });
      });
      // As a worker that is gone: no answer at all.
      upstreamRequest.on('error', () => outgoing.destroy());
      incoming.pipe(upstreamRequest);
    });
  }

  static async start(upstream: string): Promise<RecordingProxy> {
    const proxy = new RecordingProxy(upstream);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Requests since the last `clear`, without those that a rebalance made the worker refuse. */
  taken(): readonly ForwardedRequest[] {
    return this.requests.filter(({ refused }) => !refused);
  }

  /** Names of the connectors whose config was sent since the last `clear`, by POST or PUT. */
  written(): readonly string[] {
    return this.taken().flatMap(({ method, path, body }) => {
      if (method === 'POST' && path === '/connectors') return [String(JSON.parse(body).name)];
      return method === 'PUT' && path.endsWith('/config') ? [path.split('/')[2] ?? ''] : [];
    });
  }

  /** What was sent since the last `clear` that could change something, e.g. `PUT /connectors/a/pause`. */
  changes(): readonly string[] {
    return this.taken()
      .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/validate'))
      .map(({ method, path }) => `${method} ${path}`);
  }

  clear(): void {
    this.requests.length = 0;
    this.answers.length = 0;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Connect's 409 of a POST may also say that the connector exists, which is an answer. */
function isForRebalance(status: number | undefined, text: string): boolean {
  if (status === 409) return !text.includes('already exists');
  return status === 500 && text.includes('a rebalance is expected');
}
