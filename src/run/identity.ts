/** Whom the brokers see when this run signs in; never a secret. */
import { X509Certificate } from 'node:crypto';
import type { Identity } from '../domain/permissions/missing-rights.ts';
import type { ClusterInputs } from '../inputs/typed-inputs.ts';

export function identityOf(cluster: ClusterInputs | null): Identity | null {
  if (cluster === null) return null;
  const { bootstrapServers, sasl, tls } = cluster;
  if (sasl?.mechanism === 'iam') return { principal: 'the IAM identity of this run', scheme: 'iam', bootstrapServers };
  if (sasl !== null) return { principal: `User:${sasl.username}`, scheme: 'acl', bootstrapServers };
  const subject = tls?.certificate == null ? 'ANONYMOUS' : subjectOf(tls.certificate);
  return { principal: `User:${subject}`, scheme: 'acl', bootstrapServers };
}

/** As Kafka spells it without `ssl.principal.mapping.rules`: RFC 2253, the most specific name first. */
function subjectOf(certificate: string): string {
  try {
    return new X509Certificate(certificate).subject.split('\n').reverse().join(',');
  } catch {
    return '<subject of the certificate>';
  }
}
