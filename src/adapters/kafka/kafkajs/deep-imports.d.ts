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

  /** Request and answer are the mechanism's own bytes behind their size (int32). */
  export type KafkaJsSaslAuthenticate = <T>(step: {
    readonly request: { encode(): Promise<Buffer> };
    readonly response: { decode(payload: Buffer): Promise<T>; parse(decoded: T): Promise<T> };
  }) => Promise<T>;

  /** Called for each sign-in. */
  export type KafkaJsAuthenticationProvider = (context: { readonly saslAuthenticate: KafkaJsSaslAuthenticate }) => {
    authenticate(): Promise<void>;
  };

  export interface KafkaJsSasl {
    readonly mechanism: string;
    readonly username?: string;
    readonly password?: string;
    /** In place of kafkajs's own for this mechanism. */
    readonly authenticationProvider?: KafkaJsAuthenticationProvider;
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
    /** A request that finds no more than this left of the session waits for a new sign-in. 10 s. */
    protected reauthenticationThreshold: number;
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
