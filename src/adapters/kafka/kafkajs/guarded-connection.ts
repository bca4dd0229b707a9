/** kafkajs's Connection, which also guards its frames, tells the mechanisms a broker offers, and can end at once. */
import KafkaJsConnection, {
  type KafkaJsConnectionOptions,
  type KafkaJsExchange,
} from 'kafkajs/src/network/connection.js';
import type { ApiVersions } from '../protocol/request.ts';
import { FrameGuard } from './frame-guard.ts';
import { renewalMarginMs } from './session-renewal.ts';

const SASL_HANDSHAKE = 17;
export const SASL_AUTHENTICATE = 36;
const CORRELATION_ID_BYTES = 4;

/** What is read of the answers to SaslHandshake and SaslAuthenticate; a session of 0 ms has no end. */
interface SignInAnswer {
  readonly enabledMechanisms?: readonly string[];
  readonly sessionLifetimeMs?: string;
}

export class GuardedConnection extends KafkaJsConnection {
  readonly #guard = new FrameGuard();
  #enabledMechanisms: readonly string[] = [];

  constructor(options: KafkaJsConnectionOptions) {
    super(options);
    // It starts a timer of a negative duration after each answer (a warning on Node 24), to send what was held back
    // by a limit on requests in flight or by throttling. We set neither: brokers mute a throttled client (KIP-219).
    this.requestQueue.scheduleCheckPendingRequests = () => {};
  }

  /** What the broker named when it was asked for a mechanism; empty before. */
  get enabledMechanisms(): readonly string[] {
    return this.#enabledMechanisms;
  }

  /** SASL picks its requests by these. */
  useVersions(versions: ApiVersions): void {
    this.setVersions(
      Object.fromEntries([...versions].map(([key, { min, max }]) => [key, { minVersion: min, maxVersion: max }])),
    );
    this.setSupportAuthenticationProtocol(versions.has(SASL_AUTHENTICATE));
  }

  override async send<T>(exchange: KafkaJsExchange<T>): Promise<T> {
    const { apiKey } = exchange.request;
    if (apiKey !== SASL_HANDSHAKE && apiKey !== SASL_AUTHENTICATE) return super.send(exchange);
    const decode = async (payload: Buffer): Promise<object> => {
      const decoded = await exchange.response.decode(payload);
      this.#noteSignIn(decoded);
      return decoded;
    };
    return super.send({ ...exchange, response: { decode, parse: (decoded) => exchange.response.parse(decoded) } });
  }

  #noteSignIn({ enabledMechanisms, sessionLifetimeMs }: SignInAnswer): void {
    if (enabledMechanisms !== undefined) this.#enabledMechanisms = enabledMechanisms;
    if (sessionLifetimeMs !== undefined) this.reauthenticationThreshold = renewalMarginMs(Number(sessionLifetimeMs));
  }

  /** Ends the connection now; requests in flight fail. kafkajs's own disconnect waits for their answers. */
  destroy(reason: Error): void {
    this.rejectRequests(reason);
    this.disconnect().catch(() => {});
    this.socket?.destroy();
  }

  protected override processData(data: Buffer): void {
    const unexpected = this.#guard.check(data, this.authHandlers === null ? CORRELATION_ID_BYTES : 0);
    if (unexpected === null) super.processData(data);
    else this.socket?.destroy(unexpected);
  }
}
