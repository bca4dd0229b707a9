/** Every call to Connect's REST API that we make, on one page. Retries, time-outs and error texts live only here. */
import type { ConfigMap } from '../../domain/connectors/connector-config.ts';
import type { ConnectorStatus } from '../../domain/connectors/connector-health.ts';
import type { ConnectorState } from '../../domain/connectors/connector-state.ts';
import type { ConnectInputs } from '../../inputs/typed-inputs.ts';
import type {
  CallBounds,
  ConfigProblem,
  ConnectApi,
  ConnectorOffsets,
  ConnectorSnapshot,
  CreateOutcome,
  InstalledPlugin,
  PutOutcome,
  WorkerInfo,
} from '../../operations/connect-port.ts';
import type { Clock } from '../../operations/ports.ts';
import { AnswerReader } from './answer.ts';
import { type Call, Calls, type ClientTimes, connectorPath } from './calls.ts';
import { ConnectorWrites } from './connector-writes.ts';
import { type HttpAnswer, HttpConnection, type ProxySettings } from './http.ts';
import { SecretKeeper } from './secret-keeper.ts';
import {
  parseConfig,
  parseConnectors,
  parseOffsets,
  parsePlugins,
  parseStatus,
  parseValidation,
  parseWorkerInfo,
} from './wire.ts';

export interface ConnectClientOptions {
  readonly connect: ConnectInputs;
  readonly clock: Clock;
  /** From `proxyFromEnvironment`; loopback addresses never go through it. */
  readonly proxy?: ProxySettings | null;
  readonly times?: Partial<ClientTimes>;
  readonly maxResponseBytes?: number;
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
export class ConnectClient implements ConnectApi {
  readonly url: string;
  readonly #http: HttpConnection;
  readonly #answers: AnswerReader;
  readonly #secrets: SecretKeeper;
  readonly #calls: Calls;
  readonly #writes: ConnectorWrites;

  constructor({
    connect,
    clock,
    proxy = null,
    times = {},
    maxResponseBytes = MAX_RESPONSE_BYTES,
  }: ConnectClientOptions) {
    this.url = connect.url;
    const allTimes: ClientTimes = { ...DEFAULT_TIMES, ...times };
    const authorization = authorizationOf(connect);
    this.#secrets = new SecretKeeper(
      [connect.password, connect.token, authorization?.split(' ')[1], connect.key].filter((secret) => secret != null),
    );
    const { ca, certificate, key, url } = connect;
    const { connectTimeoutMs } = allTimes;
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
    this.#answers = new AnswerReader(this.#http.endpoint, this.#secrets, signInOf(connect));
    const shared = { answers: this.#answers, clock, times: allTimes };
    this.#calls = new Calls({ http: this.#http, ...shared });
    this.#writes = new ConnectorWrites({ calls: this.#calls, reads: this, ...shared });
  }

  async worker(bounds: CallBounds): Promise<WorkerInfo> {
    const answer = await this.#calls.read({ method: 'GET', path: '/' }, bounds);
    return this.#answers.read('GET /', answer, parseWorkerInfo);
  }

  async connectors(bounds: CallBounds): Promise<ReadonlyMap<string, ConnectorSnapshot>> {
    const answer = await this.#calls.read({ method: 'GET', path: '/connectors?expand=info&expand=status' }, bounds);
    const connectors = this.#answers.read('GET /connectors', answer, parseConnectors);
    for (const { config } of connectors.values()) this.#secrets.learn(config);
    const redacted = [...connectors].map(([name, { config, status }]) => {
      return [name, { config, status: status === null ? null : this.#redactTraces(status) }] as const;
    });
    return new Map(redacted);
  }

  async connectorConfig(name: string, bounds: CallBounds): Promise<ConfigMap | null> {
    const answer = await this.#calls.read({ method: 'GET', path: `${connectorPath(name)}/config` }, bounds);
    if (this.#answers.saysNotFound(answer)) return null;
    const config = this.#answers.read('GET config', answer, parseConfig);
    this.#secrets.learn(config);
    return config;
  }

  async connectorStatus(name: string, bounds: CallBounds): Promise<ConnectorStatus | null> {
    const answer = await this.#calls.read({ method: 'GET', path: `${connectorPath(name)}/status` }, bounds);
    if (this.#answers.saysNotFound(answer)) return null;
    return this.#redactTraces(this.#answers.read('GET status', answer, parseStatus));
  }

  /** 404 and 405 are answers here: an older worker has no such path. */
  async connectorOffsets(name: string, bounds: CallBounds): Promise<ConnectorOffsets> {
    const call: Call = { method: 'GET', path: `${connectorPath(name)}/offsets` };
    const isFinal = ({ status }: HttpAnswer) => status === 404 || status === 405;
    const answer = await this.#calls.read(call, bounds, (given) =>
      isFinal(given) ? { kind: 'final' } : this.#answers.judge(given),
    );
    if (this.#answers.saysNotFound(answer)) return { kind: 'no-connector' };
    if (isFinal(answer)) return { kind: 'unsupported' };
    return { kind: 'offsets', entries: this.#answers.read('GET offsets', answer, parseOffsets) };
  }

  async validate(connectorClass: string, config: ConfigMap, bounds: CallBounds): Promise<readonly ConfigProblem[]> {
    this.#secrets.learn(config);
    const path = `/connector-plugins/${encodeURIComponent(connectorClass)}/config/validate`;
    const answer = await this.#calls.read({ method: 'PUT', path, body: config }, bounds);
    const refusal = this.#answers.refusalOf(answer);
    if (refusal !== null) return [{ key: null, message: refusal }];
    const problems = this.#answers.read('PUT validate', answer, parseValidation);
    return problems.map(({ key, message }) => ({ key, message: this.#secrets.redact(message) }));
  }

  putConfig(name: string, config: ConfigMap, bounds: CallBounds): Promise<PutOutcome> {
    this.#secrets.learn(config);
    return this.#writes.put(name, config, bounds);
  }

  createConnector(name: string, config: ConfigMap, state: ConnectorState, bounds: CallBounds): Promise<CreateOutcome> {
    this.#secrets.learn(config);
    return this.#writes.create(name, config, state, bounds);
  }

  setState(name: string, state: ConnectorState, bounds: CallBounds): Promise<void> {
    return this.#writes.setState(name, state, bounds);
  }

  deleteConnector(name: string, bounds: CallBounds): Promise<void> {
    return this.#writes.delete(name, bounds);
  }

  async plugins(bounds: CallBounds): Promise<readonly InstalledPlugin[]> {
    const answer = await this.#calls.read({ method: 'GET', path: '/connector-plugins?connectorsOnly=false' }, bounds);
    return this.#answers.read('GET /connector-plugins', answer, parsePlugins);
  }

  /** Safe to send twice: `onlyFailed` leaves alone what runs. */
  async restartFailed(name: string, bounds: CallBounds): Promise<void> {
    const path = `${connectorPath(name)}/restart?includeTasks=true&onlyFailed=true`;
    this.#answers.expectSuccess('POST restart', await this.#calls.read({ method: 'POST', path }, bounds));
  }

  async close(): Promise<void> {
    await this.#http.close();
  }

  #redactTraces(status: ConnectorStatus): ConnectorStatus {
    const redact = (trace: string | null) => (trace === null ? null : this.#secrets.redact(trace));
    const tasks = status.tasks.map((task) => ({ ...task, trace: redact(task.trace) }));
    return { ...status, trace: redact(status.trace), tasks };
  }
}

function signInOf({ username, token }: ConnectInputs): string | null {
  if (token !== null) return 'the given token';
  return username === null ? null : `the user ${username}`;
}

function authorizationOf({ username, password, token }: ConnectInputs): string | null {
  if (token !== null) return `Bearer ${token}`;
  if (username === null) return null;
  return `Basic ${Buffer.from(`${username}:${password ?? ''}`, 'utf8').toString('base64')}`;
}
