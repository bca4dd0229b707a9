import type { X509Certificate } from 'node:crypto';

/** The certificate, then its issuers as far as they are there. */
export function chainOf(leaf: X509Certificate, others: readonly X509Certificate[]): readonly X509Certificate[] {
  const chain = [leaf];
  for (let last = leaf; ; ) {
    const issuer = others.find((other) => last.checkIssued(other) && !chain.some(({ raw }) => raw.equals(other.raw)));
    if (issuer === undefined) return chain;
    chain.push(issuer);
    last = issuer;
  }
}
