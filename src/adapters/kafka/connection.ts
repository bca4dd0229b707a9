/** One connection to one broker: opened, versions known, authenticated; requests in, answers out. */
import { MigrationError } from '../../errors.ts';
import type { Clock, Log } from '../../operations/ports.ts';
import { type BrokerAddress, type ClusterConnectionConfig, describeAddress } from './connection-config.ts';
import { type ConnectionPhase, DeadlineError } from './connection-failure.ts';
import { connectionError } from './kafka-error.ts';
import { GuardedConnection, SASL_AUTHENTICATE } from './kafkajs/guarded-connection.ts';
import { kafkaJsLogger } from './kafkajs/logger.ts';
import { kafkaJsSasl } from './kafkajs/sasl.ts';
import { apiVersionsRequest } from './protocol/api-versions.ts';
import { Decoder, MalformedDataError } from './protocol/decoder.ts';
import { Encoder } from './protocol/encoder.ts';
import { type ApiVersions, chooseVersion, isFlexible, type KafkaRequest } from './protocol/request.ts';
import { type SocketFactory, socketFactory } from './socket.ts';

export interface ConnectionOptions {
  readonly log: Log;
  readonly clock: Clock;
  /** For TCP, TLS, ApiVersions and SASL together. */
  readonly connectTimeoutMs: number;
  /** For each request, unless it asks for longer. */
  readonly requestTimeoutMs: number;
  readonly clientId: string;
  /** Shared by all connections to the cluster: whether any request but ApiVersions was ever answered. */
  readonly contact: { answered: boolean };
}

export class BrokerConnection {
  readonly address: BrokerAddress;
  readonly #config: ClusterConnectionConfig;
  readonly #options: ConnectionOptions;
  readonly #sockets: SocketFactory;
  readonly #kafkaJs: GuardedConnection;
  #versions: ApiVersions = new Map();
  #closed = false;

  /** Throws KafkaConnectionError; nothing stays open then. */
  static async open(
    address: BrokerAddress,
    config: ClusterConnectionConfig,
    options: ConnectionOptions,
  ): Promise<BrokerConnection> {
    const connection = new BrokerConnection(address, config, options);
    await connection.#open();
    return connection;
  }

  private constructor(address: BrokerAddress, config: ClusterConnectionConfig, options: ConnectionOptions) {
    this.address = address;
    this.#config = config;
    this.#options = options;
    this.#sockets = socketFactory(config.tls);
    this.#kafkaJs = new GuardedConnection({
      host: address.host,
      port: address.port,
      logger: kafkaJsLogger(
        options.log,
        describeAddress(config.side, address),
        config.sasl === null || config.sasl.mechanism === 'oauthbearer' ? [] : [config.sasl.password],
      ),
      socketFactory: (socket) => this.#sockets.open(socket),
      requestTimeout: options.requestTimeoutMs,
      connectionTimeout: options.connectTimeoutMs,
      clientId: options.clientId,
      sasl: kafkaJsSasl(config.sasl, () => this.close()),
    });
  }

  get versions(): ApiVersions {
    return this.#versions;
  }

  get isOpen(): boolean {
    return !this.#closed && this.#kafkaJs.isConnected();
  }

  /**
   * The answer to one request, in the highest version that both sides speak. `timeoutMs` can only lengthen the
   * connection's request time-out; `beforeWrite` may still throw when a renewed sign-in has taken its time. Throws KafkaConnectionError, with `sent` false only when nothing was written, and
   * MigrationError(KAFKA_PROTOCOL) for an API that the broker lacks or an answer that cannot be read.
   */
  async send<T>(request: KafkaRequest<T>, timeoutMs?: number, beforeWrite?: () => void): Promise<T> {
    const version = chooseVersion(request, this.#versions, describeAddress(this.#config.side, this.address));
    const answer = await this.#exchange(request, version, 'request', timeoutMs, beforeWrite);
    this.#options.contact.answered = true;
    return answer;
  }

  /** Ends it now; requests in flight fail as closed. */
  close(): void {
    this.#closed = true;
    this.#kafkaJs.destroy(new Error('closed by us'));
  }

  async #open(): Promise<void> {
    // A token may have to be fetched from elsewhere first, which has a deadline of its own.
    if (this.#config.sasl?.mechanism === 'oauthbearer') await this.#config.sasl.token();
    let phase: ConnectionPhase = 'connect';
    const timer = new AbortController();
    const deadline = this.#options.clock.sleep(this.#options.connectTimeoutMs, timer.signal).then(() => {
      if (!timer.signal.aborted) throw new DeadlineError('deadline');
    });
    const steps = async (): Promise<void> => {
      await this.#kafkaJs.connect();
      phase = 'versions';
      const { versions } = await this.#exchange(apiVersionsRequest, 0, phase);
      this.#versions = versions;
      this.#kafkaJs.useVersions(versions);
      phase = 'authenticate';
      await this.#kafkaJs.authenticate();
    };
    try {
      await Promise.race([steps(), deadline]);
    } catch (error) {
      this.close();
      throw error instanceof MigrationError
        ? error
        : this.#failure(phase, error, false, this.#options.connectTimeoutMs);
    } finally {
      timer.abort();
    }
  }

  async #exchange<T>(
    request: KafkaRequest<T>,
    version: number,
    phase: ConnectionPhase,
    timeoutMs?: number,
    beforeWrite?: () => void,
  ): Promise<T> {
    const flexible = isFlexible(request, version);
    const writer = new Encoder(flexible);
    // kafkajs writes request header v1; header v2 of flexible versions ends with (empty) tagged fields.
    writer.endStruct();
    request.encode(version, writer);
    let written = false;
    const encode = async (): Promise<{ buf: Buffer; buffer: Buffer }> => {
      // kafkajs asks for the bytes after it has authenticated anew, if it must, and right before it writes them.
      beforeWrite?.();
      written = this.#kafkaJs.isConnected();
      return { buf: writer.bytes, buffer: writer.bytes };
    };
    const decode = async (payload: Buffer): Promise<{ value: T }> => {
      const reader = new Decoder(payload, flexible);
      reader.endStruct();
      return { value: request.decode(version, reader) };
    };
    try {
      return await this.#kafkaJs.send<T>({
        request: { apiKey: request.apiKey, apiName: request.apiName, apiVersion: version, encode },
        response: { decode, parse: async (decoded) => (decoded as { value: T }).value },
        requestTimeout: timeoutMs ?? null,
        logResponseError: false,
      });
    } catch (error) {
      if (error instanceof MalformedDataError) throw this.#malformed(request, version, error);
      if (error instanceof MigrationError) throw error;
      const authenticating = !written && phase === 'request' && this.isOpen;
      // A broker that stopped answering would hold up whatever is sent after.
      this.close();
      const limit = Math.max(timeoutMs ?? 0, this.#options.requestTimeoutMs);
      throw this.#failure(authenticating ? 'authenticate' : phase, error, written && phase === 'request', limit);
    }
  }

  #failure(phase: ConnectionPhase, error: unknown, sent: boolean, timeoutMs: number): MigrationError {
    return connectionError(
      {
        config: this.#config,
        address: this.address,
        phase,
        error,
        socketError: this.#sockets.probe.error,
        fresh: !this.#options.contact.answered,
        enabledMechanisms: this.#kafkaJs.enabledMechanisms,
        saysWhyRefused: this.#versions.has(SASL_AUTHENTICATE),
        timeoutMs,
      },
      sent,
    );
  }

  #malformed(request: KafkaRequest<unknown>, version: number, error: MalformedDataError): MigrationError {
    const where = describeAddress(this.#config.side, this.address);
    return new MigrationError(
      'KAFKA_PROTOCOL',
      `${where}: answer to ${request.apiName} v${version}: ${error.message}.`,
    );
  }
}
