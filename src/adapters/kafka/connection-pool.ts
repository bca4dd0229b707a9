/** The connections to one broker address: opened when there is work for them, closed when they were idle. */

import { BrokerConnection, type ConnectionOptions } from './connection.ts';
import type { BrokerAddress, ClusterConnectionConfig } from './connection-config.ts';
import type { ApiVersions, KafkaRequest } from './protocol/request.ts';

export interface SendOptions {
  /**
   * How many connections the caller spreads its requests over; 1 (the default) keeps them in order on one.
   * The broker handles one connection's requests in order, so slow ones (commits) gain by more.
   */
  readonly connections?: number;
  /** Longer than the usual request time-out. */
  readonly timeoutMs?: number;
}

/** Well below `connections.max.idle.ms` of brokers (10 min) and the 350 s of cloud load balancers. */
const MAX_IDLE_MS = 30_000;

interface Slot {
  readonly connection: Promise<BrokerConnection>;
  opened: BrokerConnection | null;
  inFlight: number;
  lastUsedAt: number;
}

export class ConnectionPool {
  readonly address: BrokerAddress;
  readonly #config: ClusterConnectionConfig;
  readonly #options: ConnectionOptions;
  #slots: Slot[] = [];

  constructor(address: BrokerAddress, config: ClusterConnectionConfig, options: ConnectionOptions) {
    this.address = address;
    this.#config = config;
    this.#options = options;
  }

  get openConnections(): number {
    return this.#slots.length;
  }

  async send<T>(request: KafkaRequest<T>, { connections = 1, timeoutMs }: SendOptions = {}): Promise<T> {
    const slot = this.#pick(connections);
    slot.inFlight += 1;
    try {
      const connection = await slot.connection;
      return await connection.send(request, timeoutMs);
    } finally {
      slot.inFlight -= 1;
      slot.lastUsedAt = this.#options.clock.now();
    }
  }

  async versions(): Promise<ApiVersions> {
    return (await this.#pick(1).connection).versions;
  }

  close(): void {
    const slots = this.#slots;
    this.#slots = [];
    for (const slot of slots) closeSlot(slot);
  }

  /** An idle connection, else a new one while the caller may have more, else the least busy one. */
  #pick(connections: number): Slot {
    this.#sweep();
    const mine = this.#slots.slice(0, connections);
    const leastBusy = mine.reduce<Slot | null>(
      (best, slot) => (best && best.inFlight <= slot.inFlight ? best : slot),
      null,
    );
    if (leastBusy !== null && (leastBusy.inFlight === 0 || mine.length >= connections)) return leastBusy;
    return this.#openSlot();
  }

  #openSlot(): Slot {
    const slot: Slot = {
      connection: BrokerConnection.open(this.address, this.#config, this.#options),
      opened: null,
      inFlight: 0,
      lastUsedAt: this.#options.clock.now(),
    };
    this.#slots.push(slot);
    slot.connection.then(
      (connection) => {
        slot.opened = connection;
        if (!this.#slots.includes(slot)) connection.close();
      },
      () => this.#drop(slot),
    );
    return slot;
  }

  /** Forgets connections that broke, closes those that were idle for long. */
  #sweep(): void {
    const idleSince = this.#options.clock.now() - MAX_IDLE_MS;
    for (const slot of this.#slots) {
      if (slot.opened === null) continue;
      const idle = slot.inFlight === 0 && slot.lastUsedAt < idleSince;
      if (slot.opened.isOpen && !idle) continue;
      this.#drop(slot);
      closeSlot(slot);
    }
  }

  #drop(slot: Slot): void {
    this.#slots = this.#slots.filter((other) => other !== slot);
  }
}

function closeSlot(slot: Slot): void {
  slot.opened?.close();
}
