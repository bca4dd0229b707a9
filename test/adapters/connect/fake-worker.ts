/**
 * A loopback HTTP server that makes the faults a real worker can't produce on demand. NOT MODELLED: validation,
 * rebalances, tasks that really run, eventual consistency, forwarding to a leader. The real worker is in test/e2e/apply.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ConnectInputs } from '../../../src/inputs/typed-inputs.ts';

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface FakeStatus {
  readonly state: string;
  readonly trace?: string;
  readonly tasks: readonly { readonly id: number; readonly state: string; readonly trace?: string }[];
}

/** For clocks on which pauses alone take time: each leaves the next call a minute in truth before any deadline. */
export const PAUSE_MS = 60_000;
export const PAUSES = {
  firstBackoffMs: PAUSE_MS,
  maxBackoffMs: PAUSE_MS,
  transientWindowMs: 30 * PAUSE_MS,
  connectTimeoutMs: 60_000,
  readTimeoutMs: 120_000,
  writeTimeoutMs: 120_000,
};

export const RUNNING: FakeStatus = { state: 'RUNNING', tasks: [{ id: 0, state: 'RUNNING' }] };

export const PAUSED: FakeStatus = { state: 'PAUSED', tasks: [{ id: 0, state: 'PAUSED' }] };
export const STOPPED: FakeStatus = { state: 'STOPPED', tasks: [] };

/** Returns true when it has answered; false lets the normal answer follow (a fault after the write, for example). */
export type Fault = (response: ServerResponse, worker: FakeWorker, request: SeenRequest) => boolean;

export class FakeWorker {
  readonly requests: SeenRequest[] = [];
  readonly configs = new Map<string, Record<string, string>>();
  /** What `status` shows, look by look; the last one stays. A connector without an entry shows RUNNING. */
  readonly statuses = new Map<string, FakeStatus[]>();
  root: unknown = { version: '4.3.1', commit: 'c', kafka_cluster_id: 'TARGET' };
  plugins: readonly { readonly class: string; readonly type: string }[] = [];
  readonly #server: Server;
  readonly #faults: { readonly method: string; readonly path: RegExp; readonly fault: Fault; left: number }[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(tls: { readonly key: string; readonly cert: string } | null = null): Promise<FakeWorker> {
    const handle = (request: IncomingMessage, response: ServerResponse) => void worker.#handle(request, response);
    const worker: FakeWorker = new FakeWorker(tls === null ? createServer(handle) : createTlsServer(tls, handle));
    await new Promise<void>((resolve) => worker.#server.listen(0, '127.0.0.1', resolve));
    return worker;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** The next `times` requests that match meet this fault. A POST that creates has the name at the end of its path. */
  fail(method: string, path: RegExp, fault: Fault, times = 1): void {
    this.#faults.push({ method, path, fault, left: times });
  }

  /** `PUT …/config` requests, in order. */
  puts(): readonly SeenRequest[] {
    return this.requests.filter(({ method, path }) => method === 'PUT' && path.endsWith('/config'));
  }

  /** Names of connectors whose config was sent, by PUT or POST, in order. */
  written(): readonly string[] {
    return this.requests.flatMap((request) => {
      const { method, path, body } = request;
      if (isCreate(request)) return [String(JSON.parse(body).name)];
      return method === 'PUT' && path.endsWith('/config') ? [path.split('/')[2] ?? ''] : [];
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = incoming;
    const request = { method, path: decodeURI(url), body: Buffer.concat(chunks).toString(), headers };
    this.requests.push(request);
    const target = isCreate(request) ? `${request.path}/${JSON.parse(request.body).name}` : request.path;
    const planned = this.#faults.find((one) => one.left > 0 && one.method === method && one.path.test(target));
    if (planned !== undefined) {
      planned.left -= 1;
      if (planned.fault(response, this, request)) return;
    }
    if (!response.headersSent && !response.destroyed) json(response, ...this.#answer(request));
  }

  #answer({ method, path, body }: SeenRequest): readonly [status: number, body: unknown] {
    const name = /^\/connectors\/([^/?]+)\//.exec(path)?.[1] ?? '';
    if (path === '/') return [200, this.root];
    if (path.startsWith('/connectors?')) return [200, this.#list()];
    if (path.endsWith('/validate')) return [200, { error_count: 0, configs: [] }];
    if (path.startsWith('/connector-plugins')) return [200, this.plugins];
    if (isCreate({ method, path })) return this.#create(body);
    if (method === 'DELETE') return this.#delete(path.split('/')[2] ?? '');
    const asked = /\/(pause|resume|stop)$/.exec(path)?.[1];
    if (asked !== undefined) return this.#ask(name, asked);
    if (method === 'PUT') return [this.store(name, body) ? 201 : 200, {}];
    const config = this.configs.get(name);
    if (config === undefined) return [404, { error_code: 404, message: `Connector ${name} not found` }];
    if (path.endsWith('/config')) return [200, config];
    if (path.endsWith('/status')) return [200, this.#status(name)];
    return [202, {}];
  }

  #create(body: string): readonly [status: number, body: unknown] {
    const { name, config, initial_state: state } = JSON.parse(body);
    if (this.configs.has(name)) return [409, { error_code: 409, message: `Connector ${name} already exists` }];
    this.store(name, JSON.stringify(config));
    const asked = { PAUSED: 'pause', STOPPED: 'stop' }[String(state)];
    if (asked !== undefined) this.#ask(name, asked);
    return [201, {}];
  }

  #delete(name: string): readonly [status: number, body: unknown] {
    this.statuses.delete(name);
    if (this.configs.delete(name)) return [204, {}];
    return [404, { error_code: 404, message: `Connector ${name} not found` }];
  }

  #ask(name: string, asked: string): readonly [status: number, body: unknown] {
    const states: Readonly<Record<string, FakeStatus>> = { pause: PAUSED, stop: STOPPED, resume: RUNNING };
    this.statuses.set(name, [states[asked] ?? RUNNING]);
    return [202, {}];
  }

  /** True when it is new. */
  store(name: string, body: string): boolean {
    const isNew = !this.configs.has(name);
    this.configs.set(name, { ...JSON.parse(body), name });
    return isNew;
  }

  #list(): unknown {
    const entries = [...this.configs].map(([name, config]) => {
      return [name, { info: { name, config, tasks: [] }, status: this.#status(name, false) }];
    });
    return Object.fromEntries(entries);
  }

  #status(name: string, isLook = true): unknown {
    const script = this.statuses.get(name) ?? [RUNNING];
    const { state, trace, tasks } = (isLook && script.length > 1 ? script.shift() : script[0]) ?? RUNNING;
    return { name, connector: { state, worker_id: 'w', ...(trace === undefined ? {} : { trace }) }, tasks };
  }
}

function isCreate({ method, path }: Pick<SeenRequest, 'method' | 'path'>): boolean {
  return method === 'POST' && path === '/connectors';
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

/** An answer instead of the worker's. */
export function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Fault {
  return (response) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(text);
    return true;
  };
}

/** What Connect answers while its workers rebalance. */
export const REBALANCE: Fault = answer(409, {
  error_code: 409,
  message:
    'Cannot complete request momentarily due to stale configuration (typically caused by a concurrent config change)',
});

/** The connection closes without an answer. */
export const HANG_UP: Fault = (response) => {
  response.destroy();
  return true;
};

export function connectInputs(url: string, overrides: Partial<ConnectInputs> = {}): ConnectInputs {
  const none = { username: null, password: null, token: null, ca: null, certificate: null, key: null };
  return { url, ...none, ...overrides };
}
