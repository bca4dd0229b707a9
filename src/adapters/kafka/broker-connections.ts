/**
 * All connections to one cluster, by broker id. The one place that opens them; whoever sends a request names the
 * broker, or `any`, and never sees a socket.
 */
import { MigrationError } from '../../errors.ts';
import { parseBootstrapServers } from './bootstrap-servers.ts';
import type { ConnectionOptions } from './connection.ts';
import type { BrokerAddress, ClusterConnectionConfig } from './connection-config.ts';
import { ConnectionPool, type SendOptions } from './connection-pool.ts';
import { KafkaConnectionError } from './kafka-error.ts';
import type { ApiVersions, KafkaRequest } from './protocol/request.ts';

export type BrokerSelector = number | 'any';

export class BrokerConnections {
  readonly side: 'source' | 'target';
  readonly options: ConnectionOptions;
  readonly #config: ClusterConnectionConfig;
  readonly #bootstrap: readonly ConnectionPool[];
  #brokers: ReadonlyMap<number, ConnectionPool> = new Map();
  /** The pool that last answered for `any`: tried first. */
  #preferred: ConnectionPool | null = null;

  constructor(config: ClusterConnectionConfig, options: ConnectionOptions) {
    this.side = config.side;
    this.options = options;
    this.#config = config;
    this.#bootstrap = parseBootstrapServers(config).map((address) => this.#pool(address));
  }

  get brokerIds(): readonly number[] {
    return [...this.#brokers.keys()];
  }

  /** Connections that are open or being opened, over all brokers. */
  get openConnections(): number {
    return this.#allPools().reduce((sum, pool) => sum + pool.size, 0);
  }

  /**
   * Sends to the broker with this id, or to any that can be reached. Throws KafkaConnectionError (see there for
   * `sent`); `any` tries one address after the other, so it is for requests that may be repeated.
   */
  async send<T>(broker: BrokerSelector, request: KafkaRequest<T>, options?: SendOptions): Promise<T> {
    return broker === 'any'
      ? this.#overAny((pool) => pool.send(request, options))
      : this.#poolOf(broker).send(request, options);
  }

  /** API versions of a broker; opens a connection if there is none. */
  async versions(broker: BrokerSelector): Promise<ApiVersions> {
    return broker === 'any' ? this.#overAny((pool) => pool.versions()) : this.#poolOf(broker).versions();
  }

  /** Takes the brokers of a metadata answer; connections to brokers that moved or left take no new requests. */
  updateBrokers(brokers: readonly { nodeId: number; host: string; port: number }[]): void {
    const next = new Map<number, ConnectionPool>();
    for (const { nodeId, host, port } of brokers) {
      const known = this.#brokers.get(nodeId);
      const same = known !== undefined && known.address.host === host && known.address.port === port;
      next.set(nodeId, same ? known : this.#pool({ nodeId, host, port }));
    }
    for (const [nodeId, pool] of this.#brokers) {
      if (next.get(nodeId) !== pool) pool.retire();
    }
    this.#brokers = next;
  }

  close(): void {
    for (const pool of this.#allPools()) pool.close();
  }

  async #overAny<T>(work: (pool: ConnectionPool) => Promise<T>): Promise<T> {
    const failures: MigrationError[] = [];
    for (const pool of this.#candidates()) {
      try {
        const answer = await work(pool);
        this.#preferred = pool;
        return answer;
      } catch (error) {
        if (!(error instanceof KafkaConnectionError)) throw error;
        failures.push(error);
        // The same user would be refused everywhere, and some clusters lock accounts.
        if (error.code === 'KAFKA_AUTHENTICATION' && !error.retriable) break;
      }
    }
    throw mostTelling(failures);
  }

  #candidates(): readonly ConnectionPool[] {
    const all = this.#allPools();
    const preferred = all.filter((pool) => pool === this.#preferred);
    return [...new Set([...preferred, ...all])];
  }

  #poolOf(nodeId: number): ConnectionPool {
    const pool = this.#brokers.get(nodeId);
    if (pool !== undefined) return pool;
    const known = this.brokerIds.join(', ') || 'none';
    throw new KafkaConnectionError(
      'KAFKA_UNREACHABLE',
      `${this.side} broker ${nodeId}: expected it in the cluster's list of live brokers, seen brokers ${known}.`,
      { hint: 'The broker may be restarting.', retriable: true, sent: false },
    );
  }

  #pool(address: BrokerAddress): ConnectionPool {
    return new ConnectionPool(address, this.#config, this.options);
  }

  #allPools(): readonly ConnectionPool[] {
    return [...this.#bootstrap, ...this.#brokers.values()];
  }
}

/** One error for several addresses: the first that is not mere absence, the others beside it. */
function mostTelling(failures: readonly MigrationError[]): MigrationError {
  const [first] = failures;
  if (first === undefined) return new MigrationError('INTERNAL', 'no broker address to try');
  if (failures.length === 1) return first;
  const chosen = failures.find((failure) => failure.code !== 'KAFKA_UNREACHABLE') ?? first;
  const others = failures.filter((failure) => failure !== chosen);
  const same = others.filter((failure) => whatOf(failure) === whatOf(chosen));
  const alike = same.length === 0 ? [] : [`The same at ${same.map(addressOf).join(', ')}.`];
  const different = others.filter((failure) => !same.includes(failure)).map((failure) => failure.message);
  const text = [[chosen.message, ...alike].join(' '), ...different].join('\n');
  return new KafkaConnectionError(chosen.code, text, {
    hint: chosen.hint ?? '',
    retriable: failures.every((failure) => failure.retriable),
    sent: false,
  });
}

/** `target-bootstrap-servers b-1:9092: expected …` is where, host and port last, and what. */
function whatOf({ message }: MigrationError): string {
  return message.slice(message.indexOf(': ') + 2);
}

function addressOf({ message }: MigrationError): string {
  return message.slice(0, message.indexOf(': ')).split(' ').at(-1) ?? '';
}
