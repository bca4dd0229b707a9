/** SASL failures: what the broker answered, never what we sent. */
import type { ConnectionFailure, Finding } from './connection-failure.ts';
import { IAM_PORTS, refusedToken } from './token-error.ts';

export function saslFinding(failure: ConnectionFailure): Finding | null {
  const { config, phase, error, enabledMechanisms, saysWhyRefused } = failure;
  const { side, sasl } = config;
  if (sasl === null || phase !== 'authenticate') return null;
  const mechanism = sasl.mechanism.toUpperCase();
  const type = (error as { type?: unknown }).type;

  if (type === 'UNSUPPORTED_SASL_MECHANISM' || /mechanism is not supported/.test(messageOf(error))) {
    const seen = enabledMechanisms.length === 0 ? 'one without it' : `one with ${enabledMechanisms.join(', ')}`;
    const ports = sasl.mechanism === 'oauthbearer' ? ` ${IAM_PORTS}` : '';
    const hint = `Set ${side}-auth to a mechanism that this listener has, or use the port of another listener.${ports}`;
    return finding(`a listener with SASL ${mechanism}`, seen, hint);
  }
  if (type === 'ILLEGAL_SASL_STATE') {
    const hint = `Use the port of the SASL listener in ${side}-bootstrap-servers, or set ${side}-auth to none, tls or mtls.`;
    return finding('a listener with SASL', 'one without SASL', hint);
  }
  if (isTimeout(error) || (saysWhyRefused && isDisconnect(error))) return null;
  if (sasl.mechanism === 'oauthbearer') return refusedToken(side, sasl, wordsOf(error));
  const hint = `Check ${side}-username and ${side}-password (sasl.jaas.config in ${side}-properties), and that the user exists for ${mechanism} on this cluster.`;
  return finding(
    `SASL ${mechanism} to accept the user ${sasl.username}`,
    `it refused${brokerWords(error, sasl.password)}`,
    hint,
  );
}

function finding(expected: string, seen: string, hint: string): Finding {
  return { code: 'KAFKA_AUTHENTICATION', expected, seen, hint, retriable: false };
}

function isTimeout(error: unknown): boolean {
  return /time(d )?out|deadline/i.test(messageOf(error));
}

function isDisconnect(error: unknown): boolean {
  return /closed connection|connection closed|connection error|not connected/i.test(messageOf(error));
}

/** The broker's own words, unless they repeat the password or are only kafkajs's about a closed connection. */
function brokerWords(error: unknown, password: string): string {
  const words = wordsOf(error);
  if (words === '' || (password !== '' && words.includes(password))) return '';
  return ` (${words.replace(/[.\s]+$/, '')})`;
}

function wordsOf(error: unknown): string {
  return messageOf(error).replace(/^SASL .*? failed: /, '');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
