/** One exchange with the worker: bounded in time and size, every failure a ConnectError. */
import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from 'undici';
import { MigrationError } from '../../errors.ts';
import {
  ConnectError,
  codeAndMessage,
  type Endpoint,
  endpointOf,
  isClosed,
  isNotHttp,
  proxiedError,
  transportError,
} from './connect-error.ts';
import { isLeftOut } from './no-proxy.ts';
import { alertAfterHandshake, refusedCertificate } from './refused-certificate.ts';
import { identifyPort } from './wrong-port.ts';

export interface ProxySettings {
  readonly httpProxy: string | null;
  readonly httpsProxy: string | null;
  /** Comma-separated hosts as in NO_PROXY. */
  readonly noProxy: string | null;
}

/** Reads the proxy variables every HTTP tool reads; lower case wins. `environment` is process.env, given by main. */
export function proxyFromEnvironment(environment: Readonly<Record<string, string | undefined>>): ProxySettings | null {
  const read = (name: string) => environment[name.toLowerCase()] || environment[name] || null;
  const settings = { httpProxy: read('HTTP_PROXY'), httpsProxy: read('HTTPS_PROXY'), noProxy: read('NO_PROXY') };
  return settings.httpProxy === null && settings.httpsProxy === null ? null : settings;
}

export interface HttpOptions {
  readonly url: string;
  readonly authorization: string | null;
  /** PEM texts. */
  readonly ca: string | null;
  readonly certificate: string | null;
  readonly key: string | null;
  readonly proxy: ProxySettings | null;
  readonly maxResponseBytes: number;
  readonly connectTimeoutMs: number;
}

export interface HttpRequest {
  readonly method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Starts with a slash; appended to the path of the URL. */
  readonly path: string;
  readonly body?: unknown;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly location: string | null;
  readonly text: string;
}

export class HttpConnection {
  readonly endpoint: Endpoint;
  readonly #options: HttpOptions;
  /** null when the worker is spoken to directly. */
  readonly #proxy: Endpoint | null;
  readonly #dispatcher: Dispatcher;

  constructor(options: HttpOptions) {
    this.#options = options;
    this.endpoint = endpointOf(options.url);
    const proxyUrl = proxyFor(this.endpoint, options.proxy);
    this.#proxy = proxyUrl === null ? null : endpointOf(proxyUrl);
    this.#dispatcher = openDispatcher(options, proxyUrl);
  }

  async send({ method, path, body, timeoutMs, signal }: HttpRequest): Promise<HttpAnswer> {
    const timeout = AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)));
    const { authorization } = this.#options;
    try {
      const answer = await request(`${this.#options.url}${path}`, {
        method,
        dispatcher: this.#dispatcher,
        signal: AbortSignal.any([signal, timeout]),
        headers: {
          accept: 'application/json',
          ...(authorization === null ? {} : { authorization }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.body.text();
      return {
        status: answer.statusCode,
        contentType: String(answer.headers['content-type'] ?? ''),
        location: answer.headers['location'] === undefined ? null : String(answer.headers['location']),
        text,
      };
    } catch (error) {
      if (signal.aborted) throw new MigrationError('CANCELLED', 'The call to Connect was cancelled.');
      if (timeout.aborted) throw this.#timedOut(timeoutMs);
      throw await this.#explain(error);
    }
  }

  async close(): Promise<void> {
    await this.#dispatcher.destroy();
  }

  #timedOut(timeoutMs: number): ConnectError {
    const seconds = (timeoutMs / 1000).toFixed(timeoutMs < 10_000 ? 1 : 0);
    return new ConnectError('CONNECT_UNREACHABLE', `connect-url ${this.endpoint.origin}: no answer in ${seconds} s.`, {
      hint: 'The worker may be overloaded or rebalancing, or its leader may not be reachable by it: see its log.',
      retriable: true,
    });
  }

  /** A port that hangs up is asked what it is: only then does the message name the mistake. */
  async #explain(error: unknown): Promise<ConnectError> {
    if (this.#proxy !== null) return proxiedError(error, this.endpoint, this.#proxy);
    const mapped = transportError(error, this.endpoint);
    const { certificate } = this.#options;
    if (mapped.code === 'CONNECT_AUTHENTICATION' && certificate !== null) {
      return refusedCertificate(certificate, this.endpoint, error);
    }
    const { code } = codeAndMessage(error);
    // Jetty's TLS port answers plain HTTP with an alert, which the parser takes for a bad answer.
    if (!isClosed(code) && !isNotHttp(code)) return mapped;
    const { origin, host, port, tls } = this.endpoint;
    const wrong = (text: string, hint: string) =>
      new ConnectError('CONNECT_UNREACHABLE', `connect-url ${origin}: ${text}`, { hint, cause: error });
    const kind = await identifyPort(host, port);
    if (kind === 'kafka' || kind === 'kafka-tls') {
      return wrong('this is a Kafka listener, not the REST API of Connect.', 'Use the REST port, usually 8083.');
    }
    if (kind === 'tls' && !tls) return wrong('the port speaks TLS.', 'Write https:// instead of http://.');
    if (kind !== 'tls') return mapped;
    const alert = await alertAfterHandshake(this.endpoint, this.#options);
    return alert === null ? mapped : refusedCertificate(this.#options.certificate, this.endpoint, alert);
  }
}

function proxyFor(to: Endpoint, proxy: ProxySettings | null): string | null {
  if (proxy === null || isLoopback(to.host) || isLeftOut(to, proxy.noProxy ?? '')) return null;
  return to.tls ? proxy.httpsProxy : proxy.httpProxy;
}

function openDispatcher(options: HttpOptions, proxyUrl: string | null): Dispatcher {
  const tls = {
    ...(options.ca === null ? {} : { ca: options.ca }),
    ...(options.certificate === null ? {} : { cert: options.certificate }),
    ...(options.key === null ? {} : { key: options.key }),
  };
  const common = {
    maxResponseSize: options.maxResponseBytes,
    connect: { ...tls, timeout: options.connectTimeoutMs },
    // The whole exchange has one time-out of its own.
    headersTimeout: 0,
    bodyTimeout: 0,
    // Few calls with pauses: a kept connection that the worker has just closed would look like a failure.
    pipelining: 0,
  };
  if (proxyUrl === null) return new Agent(common);
  return new EnvHttpProxyAgent({
    ...common,
    ...(Object.keys(tls).length === 0 ? {} : { requestTls: tls }),
    // http:// goes through as a plain proxy request: many proxies allow CONNECT for port 443 alone.
    proxyTunnel: false,
    httpProxy: proxyUrl,
    httpsProxy: proxyUrl,
    noProxy: options.proxy?.noProxy ?? '',
  });
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(?:\.\d+){3}$/.test(host);
}
