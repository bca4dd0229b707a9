/** Every call to Connect's REST API that we make, on one page. Retries, time-outs and error texts live only here. */
import { type ConfigMap, sameConfig } from '../../domain/connectors/connector-config.ts';
import type { ConnectorStatus } from '../../domain/connectors/connector-health.ts';
import type { ConnectInputs } from '../../inputs/typed-inputs.ts';
import type {
  CallBounds,
  ConfigProblem,
  ConnectApi,
  ConnectorOffsets,
  ConnectorSnapshot,
  PutOutcome,
  WorkerInfo,
} from '../../operations/connect-port.ts';
import type { Clock } from '../../operations/ports.ts';
import { AnswerReader } from './answer.ts';
import { ConnectError } from './connect-error.ts';
import { type HttpAnswer, HttpConnection, type HttpRequest, type ProxySettings } from './http.ts';
import { type AnswerVerdict, type RetryTimes, retryCall } from './retry.ts';
import { SecretKeeper } from './secret-keeper.ts';
import { parseConfig, parseConnectors, parseOffsets, parseStatus, parseValidation, parseWorkerInfo } from './wire.ts';

export interface ConnectClientOptions {
  readonly connect: ConnectInputs;
  readonly clock: Clock;
  /** From `proxyFromEnvironment`; loopback addresses never go through it. */
  readonly proxy?: ProxySettings | null;
  readonly times?: Partial<ClientTimes>;
  readonly maxResponseBytes?: number;
}

export interface ClientTimes extends RetryTimes {
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  /** Above the worker's own 90 s, after which it answers 500 "Request timed out". */
  readonly writeTimeoutMs: number;
}

const DEFAULT_TIMES: ClientTimes = {
  connectTimeoutMs: 10_000,
  readTimeoutMs: 30_000,
  writeTimeoutMs: 100_000,
  transientWindowMs: 10_000,
  firstBackoffMs: 250,
  maxBackoffMs: 5_000,
};
const MAX_RESPONSE_BYTES = 64 * 1024 * 1024;
const MAX_PUT_ATTEMPTS = 3;
/** Looks at the stored config after a PUT whose answer was lost, before it is sent again. */
const LOOKS_AFTER_LOST_PUT = 3;

const FINAL: AnswerVerdict = { kind: 'final' };

type Call = Pick<HttpRequest, 'method' | 'path' | 'body'>;

export class ConnectClient implements ConnectApi {
  readonly url: string;
  readonly #http: HttpConnection;
  readonly #answers: AnswerReader;
  readonly #secrets: SecretKeeper;
  readonly #clock: Clock;
  readonly #times: ClientTimes;

  constructor({
    connect,
    clock,
    proxy = null,
    times = {},
    maxResponseBytes = MAX_RESPONSE_BYTES,
  }: ConnectClientOptions) {
    this.url = connect.url;
    this.#clock = clock;
    this.#times = { ...DEFAULT_TIMES, ...times };
    const authorization = authorizationOf(connect);
    this.#secrets = new SecretKeeper(
      [connect.password, connect.token, authorization?.split(' ')[1], connect.key].filter((secret) => secret != null),
    );
    const { ca, certificate, key, url } = connect;
    const { connectTimeoutMs } = this.#times;
    this.#http = new HttpConnection({
      url,
      authorization,
      ca,
      certificate,
      key,
      proxy,
      maxResponseBytes,
      connectTimeoutMs,
    });
    this.#answers = new AnswerReader(this.#http.endpoint, this.#secrets, authorization !== null);
  }

  async worker(bounds: CallBounds): Promise<WorkerInfo> {
    const answer = await this.#read({ method: 'GET', path: '/' }, bounds);
    return this.#answers.read('GET /', answer, parseWorkerInfo);
  }

  async connectors(bounds: CallBounds): Promise<ReadonlyMap<string, ConnectorSnapshot>> {
    const answer = await this.#read({ method: 'GET', path: '/connectors?expand=info&expand=status' }, bounds);
    const connectors = this.#answers.read('GET /connectors', answer, parseConnectors);
    for (const { config } of connectors.values()) this.#secrets.learn(config);
    const redacted = [...connectors].map(([name, { config, status }]) => {
      return [name, { config, status: status === null ? null : this.#redactTraces(status) }] as const;
    });
    return new Map(redacted);
  }

  async connectorConfig(name: string, bounds: CallBounds): Promise<ConfigMap | null> {
    const answer = await this.#read({ method: 'GET', path: `${connectorPath(name)}/config` }, bounds);
    if (this.#answers.saysNotFound(answer)) return null;
    const config = this.#answers.read('GET config', answer, parseConfig);
    this.#secrets.learn(config);
    return config;
  }

  async connectorStatus(name: string, bounds: CallBounds): Promise<ConnectorStatus | null> {
    const answer = await this.#read({ method: 'GET', path: `${connectorPath(name)}/status` }, bounds);
    if (this.#answers.saysNotFound(answer)) return null;
    return this.#redactTraces(this.#answers.read('GET status', answer, parseStatus));
  }

  /** 404 and 405 are answers here: an older worker has no such path. */
  async connectorOffsets(name: string, bounds: CallBounds): Promise<ConnectorOffsets> {
    const call: Call = { method: 'GET', path: `${connectorPath(name)}/offsets` };
    const isFinal = ({ status }: HttpAnswer) => status === 404 || status === 405;
    const judge = (given: HttpAnswer) => (isFinal(given) ? FINAL : this.#answers.judge(given));
    const answer = await this.#retrying(call, this.#times.readTimeoutMs, bounds, 'always', judge);
    if (this.#answers.saysNotFound(answer)) return { kind: 'no-connector' };
    if (isFinal(answer)) return { kind: 'unsupported' };
    return { kind: 'offsets', entries: this.#answers.read('GET offsets', answer, parseOffsets) };
  }

  async validate(connectorClass: string, config: ConfigMap, bounds: CallBounds): Promise<readonly ConfigProblem[]> {
    this.#secrets.learn(config);
    const path = `/connector-plugins/${encodeURIComponent(connectorClass)}/config/validate`;
    const answer = await this.#read({ method: 'PUT', path, body: config }, bounds);
    const refusal = this.#answers.refusalOf(answer);
    if (refusal !== null) return [{ key: null, message: refusal }];
    const problems = this.#answers.read('PUT validate', answer, parseValidation);
    return problems.map(({ key, message }) => ({ key, message: this.#secrets.redact(message) }));
  }

  /**
   * A lost answer (time-out, closed connection, 500 "Request timed out") leaves open whether the write happened: the
   * stored config is read before anything is sent again, since every PUT restarts the tasks (invariant H).
   */
  async putConfig(name: string, config: ConfigMap, bounds: CallBounds): Promise<PutOutcome> {
    this.#secrets.learn(config);
    const call: Call = { method: 'PUT', path: `${connectorPath(name)}/config`, body: config };
    for (let attempt = 1; ; attempt += 1) {
      try {
        const answer = await this.#once(call, this.#times.writeTimeoutMs, bounds, 'before-sending');
        return answer.status === 201 ? 'created' : 'updated';
      } catch (error) {
        if (!isOutcomeUnknown(error)) throw error;
        if (await this.#isStored(name, config, bounds)) return 'found-stored';
        if (attempt === MAX_PUT_ATTEMPTS) throw error;
      }
    }
  }

  /** Safe to send twice: `onlyFailed` leaves alone what runs. */
  async restartFailed(name: string, bounds: CallBounds): Promise<void> {
    const path = `${connectorPath(name)}/restart?includeTasks=true&onlyFailed=true`;
    this.#answers.expectSuccess('POST restart', await this.#read({ method: 'POST', path }, bounds));
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  async #isStored(name: string, config: ConfigMap, bounds: CallBounds): Promise<boolean> {
    for (let look = 1; look <= LOOKS_AFTER_LOST_PUT; look += 1) {
      const stored = await this.connectorConfig(name, bounds);
      if (stored !== null && sameConfig(stored, config)) return true;
      await this.#clock.sleep(this.#times.firstBackoffMs * 4, bounds.signal);
    }
    return false;
  }

  /** For calls that may be sent twice. Answers of 2xx, 4xx and unclassified 5xx are the caller's to read. */
  #read(call: Call, bounds: CallBounds): Promise<HttpAnswer> {
    const timeoutMs = call.method === 'PUT' ? this.#times.writeTimeoutMs : this.#times.readTimeoutMs;
    return this.#retrying(call, timeoutMs, bounds, 'always');
  }

  async #once(call: Call, timeoutMs: number, bounds: CallBounds, retry: 'before-sending'): Promise<HttpAnswer> {
    const answer = await this.#retrying(call, timeoutMs, bounds, retry);
    this.#answers.expectSuccess(`${call.method} config`, answer);
    return answer;
  }

  #retrying(
    call: Call,
    timeoutMs: number,
    bounds: CallBounds,
    retry: 'always' | 'before-sending',
    judge = (answer: HttpAnswer): AnswerVerdict => this.#answers.judge(answer),
  ): Promise<HttpAnswer> {
    const send = (remainingMs: number) =>
      this.#http.send({ ...call, timeoutMs: Math.min(timeoutMs, remainingMs), signal: bounds.signal });
    return retryCall({ send, judge, retry, bounds, clock: this.#clock, times: this.#times });
  }

  #redactTraces(status: ConnectorStatus): ConnectorStatus {
    const redact = (trace: string | null) => (trace === null ? null : this.#secrets.redact(trace));
    const tasks = status.tasks.map((task) => ({ ...task, trace: redact(task.trace) }));
    return { ...status, trace: redact(status.trace), tasks };
  }
}

function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof ConnectError && error.retriable && error.maybeSent;
}

function connectorPath(name: string): string {
  return `/connectors/${encodeURIComponent(name)}`;
}

function authorizationOf({ username, password, token }: ConnectInputs): string | null {
  if (token !== null) return `Bearer ${token}`;
  if (username === null) return null;
  return `Basic ${Buffer.from(`${username}:${password ?? ''}`, 'utf8').toString('base64')}`;
}
