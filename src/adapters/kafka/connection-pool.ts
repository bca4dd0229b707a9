/** The connections to one broker address: opened when there is work for them, closed when they were idle. */
import { MigrationError } from '../../errors.ts';
import { BrokerConnection, type ConnectionOptions } from './connection.ts';
import { type BrokerAddress, type ClusterConnectionConfig, describeAddress } from './connection-config.ts';
import { KafkaConnectionError } from './kafka-error.ts';
import type { ApiVersions, KafkaRequest } from './protocol/request.ts';

export interface SendOptions {
  /**
   * How many connections the caller spreads its requests over; 1 (the default) keeps them in order on one.
   * The broker handles one connection's requests in order, so slow ones (commits) gain by more.
   */
  readonly connections?: number;
  /** Requests that may wait for an answer on one connection; 32 by default. The others wait here. */
  readonly inFlight?: number;
  /** Longer than the usual request time-out. */
  readonly timeoutMs?: number;
  /** Clock time after which the request must not be written any more: it fails with TooLateError instead. */
  readonly notAfter?: number;
}

/** The request was not written in time; nothing was sent. */
export class TooLateError extends MigrationError {}

/** Well below `connections.max.idle.ms` of brokers (10 min) and the 350 s of cloud load balancers. */
const MAX_IDLE_MS = 30_000;
const DEFAULT_IN_FLIGHT = 32;

interface Slot {
  /** Null while it is being opened. */
  connection: BrokerConnection | null;
  inFlight: number;
  lastUsedAt: number;
}

interface Job {
  readonly connections: number;
  readonly inFlight: number;
  readonly notAfter: number;
  run(slot: Slot, connection: BrokerConnection): void;
  fail(error: unknown): void;
}

export class ConnectionPool {
  readonly address: BrokerAddress;
  readonly #config: ClusterConnectionConfig;
  readonly #options: ConnectionOptions;
  #slots: Slot[] = [];
  #waiting: Job[] = [];
  /** What a request after the end fails with. */
  #ended: MigrationError | null = null;

  constructor(address: BrokerAddress, config: ClusterConnectionConfig, options: ConnectionOptions) {
    this.address = address;
    this.#config = config;
    this.#options = options;
  }

  /** Open or being opened. */
  get size(): number {
    return this.#slots.length;
  }

  send<T>(request: KafkaRequest<T>, options: SendOptions = {}): Promise<T> {
    const { timeoutMs, notAfter = Number.POSITIVE_INFINITY } = options;
    const beforeWrite = (): void => {
      if (this.#options.clock.now() >= notAfter) throw this.#tooLate();
    };
    return this.#withConnection((connection) => connection.send(request, timeoutMs, beforeWrite), options);
  }

  versions(): Promise<ApiVersions> {
    return this.#withConnection(async (connection) => connection.versions, {});
  }

  /** Now: what waits fails with MigrationError(CANCELLED), what is in flight as if the broker had gone. */
  close(): void {
    for (const { connection } of this.#retire(true)) connection?.close();
  }

  /** The broker moved: no new requests (they fail as unsent and retriable), those in flight may still be answered. */
  retire(): void {
    for (const { connection, inFlight } of this.#retire(false)) {
      if (inFlight === 0) connection?.close();
    }
  }

  #retire(cancelled: boolean): readonly Slot[] {
    const where = describeAddress(this.#config.side, this.address);
    this.#ended = cancelled
      ? new MigrationError('CANCELLED', `${where}: the connections were closed.`)
      : new KafkaConnectionError('KAFKA_UNREACHABLE', `${where}: the broker has left or moved.`, {
          hint: 'The broker may be restarting.',
          retriable: true,
          sent: false,
        });
    for (const job of this.#waiting) job.fail(this.#ended);
    this.#waiting = [];
    const slots = this.#slots;
    this.#slots = [];
    return slots;
  }

  #withConnection<T>(
    work: (connection: BrokerConnection) => Promise<T>,
    { connections = 1, inFlight = DEFAULT_IN_FLIGHT, notAfter = Number.POSITIVE_INFINITY }: SendOptions,
  ): Promise<T> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    return new Promise<T>((resolve, reject) => {
      const run = (slot: Slot, connection: BrokerConnection): void => {
        slot.inFlight += 1;
        const ended = (): void => {
          slot.inFlight -= 1;
          slot.lastUsedAt = this.#options.clock.now();
          if (this.#ended !== null && slot.inFlight === 0) connection.close();
          this.#dispatch();
        };
        work(connection).then(resolve, reject).finally(ended);
      };
      this.#waiting.push({ connections, inFlight, notAfter, run, fail: reject });
      this.#dispatch();
    });
  }

  /** Starts every waiting job that has a connection to run on, and opens connections for the others. */
  #dispatch(): void {
    this.#sweep();
    const now = this.#options.clock.now();
    const stillWaiting: Job[] = [];
    for (const job of this.#waiting) {
      const slot = this.#leastBusy(job.connections);
      if (now >= job.notAfter) job.fail(this.#tooLate());
      else if (slot?.connection && slot.inFlight < job.inFlight) job.run(slot, slot.connection);
      else stillWaiting.push(job);
    }
    this.#waiting = stillWaiting;
    for (const [index, job] of stillWaiting.entries()) {
      const opening = this.#slots.filter(({ connection }) => connection === null).length;
      if (this.#slots.length < job.connections && opening <= index) this.#openSlot();
    }
  }

  #leastBusy(connections: number): Slot | null {
    let best: Slot | null = null;
    for (const slot of this.#slots.slice(0, connections)) {
      if (slot.connection?.isOpen && (best === null || slot.inFlight < best.inFlight)) best = slot;
    }
    return best;
  }

  #openSlot(): void {
    const slot: Slot = { connection: null, inFlight: 0, lastUsedAt: this.#options.clock.now() };
    this.#slots.push(slot);
    BrokerConnection.open(this.address, this.#config, this.#options).then(
      (connection) => {
        slot.connection = connection;
        if (!this.#slots.includes(slot)) return connection.close();
        this.#dispatch();
      },
      (error: unknown) => {
        this.#slots = this.#slots.filter((other) => other !== slot);
        if (this.#slots.length > 0) return;
        const waiting = this.#waiting;
        this.#waiting = [];
        for (const job of waiting) job.fail(error);
      },
    );
  }

  /** Forgets connections that broke, closes those that were idle for long. */
  #sweep(): void {
    const idleSince = this.#options.clock.now() - MAX_IDLE_MS;
    this.#slots = this.#slots.filter(({ connection, inFlight, lastUsedAt }) => {
      if (connection === null || inFlight > 0) return true;
      if (connection.isOpen && lastUsedAt >= idleSince) return true;
      connection.close();
      return false;
    });
  }

  #tooLate(): TooLateError {
    const where = describeAddress(this.#config.side, this.address);
    return new TooLateError('DEADLINE_EXCEEDED', `${where}: the request could not be written in time.`, {
      retriable: true,
    });
  }
}
