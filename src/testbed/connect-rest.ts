/** Calls to a worker as an operator makes them, for tests: sent again while the worker rebalances. */
import { waitFor } from './wait.ts';

const TIMEOUT_MS = 120_000;

export interface ConnectCall {
  /** `GET` by default. */
  readonly method?: string;
  readonly body?: unknown;
  /** Header for a worker that asks for a sign-in. */
  readonly authorization?: string;
}

export interface ConnectAnswer {
  readonly status: number;
  readonly text: string;
}

/**
 * The first answer that is neither 409 nor a 5xx: Connect says a rebalance with 409, and with 500 where the worker
 * does not ask its leader (DistributedHerder). Throws a bed error with the last answer after two minutes.
 * @param path from the root, for example `/connectors/mm2-source/config`.
 */
export function callConnect(connectUrl: string | null, path: string, call: ConnectCall = {}): Promise<ConnectAnswer> {
  const { method = 'GET', body, authorization } = call;
  const headers = { 'content-type': 'application/json', ...(authorization === undefined ? {} : { authorization }) };
  const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const look = async () => {
    const response = await fetch(`${connectUrl}${path}`, request);
    const answer = { status: response.status, text: await response.text() };
    return passes(answer.status) ? { seen: `HTTP ${answer.status} ${answer.text}` } : { done: answer };
  };
  return waitFor(`an answer to ${method} ${path}`, look, { timeoutMs: TIMEOUT_MS, intervalMs: 300 });
}

/** The JSON of a 2xx, null when it is empty. Throws for any other answer, with its text. */
export async function readConnect(connectUrl: string | null, path: string, call: ConnectCall = {}): Promise<unknown> {
  const { status, text } = await callConnect(connectUrl, path, call);
  if (status >= 300) throw new Error(`${call.method ?? 'GET'} ${path}: HTTP ${status} ${text}`);
  return text === '' ? null : JSON.parse(text);
}

function passes(status: number): boolean {
  return status === 409 || status >= 500;
}
