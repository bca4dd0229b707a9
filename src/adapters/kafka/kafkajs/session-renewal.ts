/**
 * KIP-368: a broker tells how long a sign-in lasts, takes a new one on the same connection, and closes a connection that
 * sends anything else after the end.
 */

/** A broker takes no second renewal within a second of the one before (ILLEGAL_SASL_STATE). */
const SHORTEST_INTERVAL_MS = 1_000;

/**
 * How long before the end of a session of this length to sign in anew. Half of it: requests wait their turn at the
 * broker, and one that is taken up after the end costs the connection and all that is in flight. kafkajs's fixed 10 s
 * would renew shorter sessions with each request, which brokers refuse. Whole milliseconds: kafkajs counts in bigint.
 */
export function renewalMarginMs(sessionMs: number): number {
  return Math.floor(Math.min(sessionMs / 2, sessionMs - SHORTEST_INTERVAL_MS));
}
