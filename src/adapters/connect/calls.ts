import type { CallBounds } from '../../operations/connect-port.ts';
import type { Clock } from '../../operations/ports.ts';
import type { AnswerReader } from './answer.ts';
import type { HttpAnswer, HttpConnection, HttpRequest } from './http.ts';
import { type RetriedCall, type RetryTimes, retryCall } from './retry.ts';

export interface ClientTimes extends RetryTimes {
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
  /** Above the worker's own 90 s, after which it answers 500 "Request timed out". */
  readonly writeTimeoutMs: number;
}

export type Call = Pick<HttpRequest, 'method' | 'path' | 'body'>;

export interface CallsParts {
  readonly http: HttpConnection;
  readonly answers: AnswerReader;
  readonly clock: Clock;
  readonly times: ClientTimes;
}

/** Sends calls, with time-outs and retries. Answers of 2xx, 4xx and unclassified 5xx are the caller's to read. */
export class Calls {
  readonly #parts: CallsParts;

  constructor(parts: CallsParts) {
    this.#parts = parts;
  }

  /** For calls that may be sent twice. */
  read(call: Call, bounds: CallBounds, judge?: RetriedCall['judge']): Promise<HttpAnswer> {
    return this.#retrying(call, bounds, 'always', judge);
  }

  /** Sent again only when it certainly did not arrive, or changed nothing. */
  write(call: Call, bounds: CallBounds, judge?: RetriedCall['judge']): Promise<HttpAnswer> {
    return this.#retrying(call, bounds, 'before-sending', judge);
  }

  #retrying(
    call: Call,
    bounds: CallBounds,
    retry: RetriedCall['retry'],
    judge: RetriedCall['judge'] = (answer) => this.#parts.answers.judge(answer),
  ): Promise<HttpAnswer> {
    const { http, clock, times } = this.#parts;
    const timeoutMs = call.method === 'GET' ? times.readTimeoutMs : times.writeTimeoutMs;
    const send = (remainingMs: number) =>
      http.send({ ...call, timeoutMs: Math.min(timeoutMs, remainingMs), signal: bounds.signal });
    return retryCall({ send, judge, retry, bounds, clock, times });
  }
}

export function connectorPath(name: string): string {
  return `/connectors/${encodeURIComponent(name)}`;
}
