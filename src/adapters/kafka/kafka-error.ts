/**
 * The one place where what went wrong on a connection becomes a MigrationError: which side and address, what was
 * expected, what was seen, what to do. Never a secret, never a stack.
 */
import { type ErrorCode, MigrationError } from '../../errors.ts';
import { describeAddress } from './connection-config.ts';
import { type ConnectionFailure, DeadlineError, errorCodeOf, type Finding } from './connection-failure.ts';
import { type Impostor, UnexpectedBytesError } from './kafkajs/frame-guard.ts';
import type { KafkaErrorName } from './protocol/error-names.ts';
import { saslFinding } from './sasl-error.ts';
import { tlsFinding } from './tls-error.ts';

/** A broker could not be reached or did not answer. */
export class KafkaConnectionError extends MigrationError {
  /** False: the request was certainly not written, so sending it again is no repetition. */
  readonly sent: boolean;

  constructor(code: ErrorCode, message: string, options: { hint: string; retriable: boolean; sent: boolean }) {
    super(code, message, options);
    this.sent = options.sent;
  }
}

/**
 * Name under which a failed request is a result: NETWORK_EXCEPTION, Kafka's own word for a connection that broke, when
 * another try may succeed. Rethrows what no retry helps and what is not a connection's fault.
 */
export function errorNameOf(error: unknown): KafkaErrorName {
  if (error instanceof KafkaConnectionError && (error.retriable || error.code === 'KAFKA_UNREACHABLE')) {
    return 'NETWORK_EXCEPTION';
  }
  throw error;
}

export function connectionError(failure: ConnectionFailure, sent: boolean): KafkaConnectionError {
  const { code, expected, seen, hint, retriable } = findingOf(failure);
  const where = describeAddress(failure.config.side, failure.address);
  return new KafkaConnectionError(code, `${where}: expected ${expected}, seen ${seen}.`, { hint, retriable, sent });
}

function findingOf(failure: ConnectionFailure): Finding {
  const unexpected = [failure.socketError, failure.error].find((error) => error instanceof UnexpectedBytesError);
  if (unexpected !== undefined) return impostorFinding(failure, (unexpected as UnexpectedBytesError).looksLike);
  return (
    networkFinding(failure) ?? tlsFinding(failure) ?? saslFinding(failure) ?? timeoutFinding(failure) ?? closed(failure)
  );
}

function impostorFinding({ config: { side, tls } }: ConnectionFailure, looksLike: Impostor): Finding {
  const expected = 'a Kafka broker';
  if (looksLike === 'http') {
    const hint = `Give the port of a Kafka listener in ${side}-bootstrap-servers; this may be Connect's or a proxy's port.`;
    return {
      code: 'KAFKA_UNREACHABLE',
      expected,
      seen: 'a server that answers HTTP, not Kafka',
      hint,
      retriable: false,
    };
  }
  if (looksLike === 'tls' && tls === null) {
    return wantsTls(side, 'a TLS record: the port speaks TLS');
  }
  const hint = `Check the port in ${side}-bootstrap-servers.`;
  return { code: 'KAFKA_UNREACHABLE', expected, seen: "bytes that are not Kafka's", hint, retriable: false };
}

function wantsTls(side: string, seen: string): Finding {
  return {
    code: 'KAFKA_TLS',
    expected: 'a Kafka listener without TLS',
    seen,
    hint: `If the listener wants TLS, set ${side}-auth to tls, mtls or a sasl-… value (with ${side}-tls not false).`,
    retriable: false,
  };
}

const HOST_HINT = 'Check the name, and that this machine resolves and reaches it (VPC, private DNS, security group).';

function networkFinding({
  socketError,
  address: { host, nodeId },
  config: { side },
}: ConnectionFailure): Finding | null {
  const expected = 'a Kafka broker that can be reached';
  const base = { code: 'KAFKA_UNREACHABLE', expected } as const;
  const hint =
    nodeId === null
      ? `Check host and port in ${side}-bootstrap-servers and the network path (firewall, security group).`
      : 'The cluster itself gave this address (advertised.listeners): it must be reachable from this machine too.';
  switch (errorCodeOf(socketError)) {
    case 'ENOTFOUND':
      return { ...base, seen: `no address for host ${host}`, hint: HOST_HINT, retriable: false };
    case 'EAI_AGAIN':
      return { ...base, seen: `no answer from DNS for host ${host}`, hint: HOST_HINT, retriable: true };
    case 'ECONNREFUSED':
      return { ...base, seen: 'connection refused', hint, retriable: true };
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EADDRNOTAVAIL':
      return { ...base, seen: 'no route to the host', hint, retriable: true };
    case 'ETIMEDOUT':
      return { ...base, seen: 'no answer (timed out)', hint, retriable: true };
    default:
      return null;
  }
}

function timeoutFinding({ error, phase, timeoutMs, config: { side } }: ConnectionFailure): Finding | null {
  const message = error instanceof Error ? error.message : '';
  const isTimeout = error instanceof DeadlineError || /time(d )?out/i.test(message);
  if (!isTimeout) return null;
  const seen = `no answer within ${Math.round(timeoutMs / 100) / 10} s`;
  if (phase === 'request') {
    const hint = 'The broker accepted the connection but is slow or stuck; look at its log and load.';
    return { code: 'KAFKA_UNREACHABLE', expected: 'an answer to a request', seen, hint, retriable: true };
  }
  const hint =
    phase === 'connect'
      ? `A firewall or security group may drop the packets, or the port in ${side}-bootstrap-servers is wrong.`
      : `The port is open but does not answer as Kafka does: check the port and ${side}-auth (TLS or plain text).`;
  return { code: 'KAFKA_UNREACHABLE', expected: 'a Kafka broker that answers', seen, hint, retriable: true };
}

/** What is left: the peer closed or reset the connection. When it did tells what it may have wanted. */
function closed({ config: { side, tls, sasl }, phase, fresh }: ConnectionFailure): Finding {
  if (phase === 'versions' && tls === null) {
    return wantsTls(side, 'the connection closed before the first answer, as a TLS port does');
  }
  if (phase === 'request' && fresh && sasl === null) {
    return {
      code: 'KAFKA_AUTHENTICATION',
      expected: 'a listener that needs no SASL',
      seen: 'the connection closed on the first request, as a SASL listener does',
      hint: `If the listener wants SASL, set ${side}-auth to sasl-plain, sasl-scram-256, sasl-scram-512 or iam.`,
      retriable: true,
    };
  }
  return {
    code: 'KAFKA_UNREACHABLE',
    expected: 'an open connection to a Kafka broker',
    seen: 'the connection closed by the other end',
    hint: 'The broker may have restarted; if it happens each time, look at the log of the broker.',
    retriable: true,
  };
}
