/** The schemes of the Connect image (its `AUTH`), and how its source is signed in to. */
import type { ClientSecurity } from '../connectors/generate/generation.ts';

export type AuthScheme = 'iam' | 'sasl' | 'mtls' | 'no-auth';

/** null: the image has no scheme for it (TLS without a client certificate, a password without TLS). */
export function imageAuth({ tls, sasl }: ClientSecurity): AuthScheme | null {
  if (sasl === null) return tls === null ? 'no-auth' : tls.certificate === null ? null : 'mtls';
  if (tls === null) return null;
  return sasl.mechanism === 'iam' ? 'iam' : 'sasl';
}

/** Which secrets and rights the source asks for: TLS by itself asks for none. */
export function sourceAuth({ tls, sasl }: ClientSecurity): AuthScheme {
  if (sasl !== null) return sasl.mechanism === 'iam' ? 'iam' : 'sasl';
  return tls !== null && tls.certificate !== null ? 'mtls' : 'no-auth';
}
