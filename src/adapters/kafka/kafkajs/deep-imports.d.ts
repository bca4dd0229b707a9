/** The parts of kafkajs 2.2.4 that are used, typed by what its source does. It has no public types for them. */
declare module 'kafkajs/src/network/connection.js' {
  import type { Socket } from 'node:net';

  export interface KafkaJsLogger {
    namespace(name: string): KafkaJsLogger;
    debug(message: string, extra?: Record<string, unknown>): void;
    info(message: string, extra?: Record<string, unknown>): void;
    warn(message: string, extra?: Record<string, unknown>): void;
    error(message: string, extra?: Record<string, unknown>): void;
  }

  export interface KafkaJsSocketOptions {
    readonly host: string;
    readonly port: number;
    readonly onConnect: () => void;
  }

  /** `authenticationProvider` may be added for mechanisms that kafkajs does not bring. */
  export interface KafkaJsSasl {
    readonly mechanism: string;
    readonly username?: string;
    readonly password?: string;
  }

  export interface KafkaJsConnectionOptions {
    readonly host: string;
    readonly port: number;
    readonly logger: KafkaJsLogger;
    readonly socketFactory: (options: KafkaJsSocketOptions) => Socket;
    readonly requestTimeout: number;
    readonly connectionTimeout: number;
    readonly clientId: string;
    readonly sasl: KafkaJsSasl | null;
  }

  export interface KafkaJsEncoded {
    readonly buf: Buffer;
    readonly buffer: Buffer;
  }

  export interface KafkaJsExchange<T> {
    readonly request: {
      readonly apiKey: number;
      readonly apiName: string;
      readonly apiVersion: number;
      encode(): Promise<KafkaJsEncoded>;
    };
    readonly response: {
      decode(payload: Buffer): Promise<object>;
      parse(decoded: object): Promise<T>;
    };
    readonly requestTimeout?: number | null;
    readonly logResponseError?: boolean;
  }

  export default class Connection {
    constructor(options: KafkaJsConnectionOptions);
    protected readonly requestQueue: { scheduleCheckPendingRequests: () => void };
    protected readonly socket: Socket | undefined;
    /** Set while a SASL exchange of a broker before 1.0 waits for raw bytes. */
    protected readonly authHandlers: object | null;
    setVersions(versions: Record<number, { minVersion: number; maxVersion: number }>): void;
    setSupportAuthenticationProtocol(supported: boolean): void;
    isConnected(): boolean;
    connect(): Promise<true>;
    disconnect(): Promise<true>;
    authenticate(): Promise<void>;
    send<T>(exchange: KafkaJsExchange<T>): Promise<T>;
    protected processData(data: Buffer): void;
    protected rejectRequests(error: Error): void;
  }
}
