/** What is known of a connection that failed, and the half message that an error table makes of it. */
import type { ErrorCode } from '../../errors.ts';
import type { BrokerAddress, ClusterConnectionConfig } from './connection-config.ts';

export type ConnectionPhase = 'connect' | 'versions' | 'authenticate' | 'request';

export interface ConnectionFailure {
  readonly config: ClusterConnectionConfig;
  readonly address: BrokerAddress;
  readonly phase: ConnectionPhase;
  /** What kafkajs or we threw. */
  readonly error: unknown;
  /** Raw error of the socket, more exact than `error` where it exists. */
  readonly socketError: Error | null;
  /** True when the cluster never answered any request but ApiVersions. */
  readonly fresh: boolean;
  /** SASL mechanisms that the broker named; empty when it was not asked. */
  readonly enabledMechanisms: readonly string[];
  /** False on brokers before 1.0, which close the connection instead of saying that they refuse the user. */
  readonly saysWhyRefused: boolean;
  readonly timeoutMs: number;
}

/** Half a message: what was seen and why. `describeFailure` adds who and where. */
export interface Finding {
  readonly code: ErrorCode;
  readonly expected: string;
  readonly seen: string;
  readonly hint: string;
  readonly retriable: boolean;
}

/** Our own deadline passed; kafkajs knows none for parts of the SASL exchange. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** Node's code, also of an AggregateError (host with several addresses). */
export function errorCodeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string') return code;
  return error instanceof AggregateError ? errorCodeOf(error.errors[0]) : '';
}
