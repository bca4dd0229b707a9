/** A broker that does not take an IAM token: what it said, and what may be wrong. */
import type { TokenSaslConfig } from './connection-config.ts';
import type { Finding } from './connection-failure.ts';

/** MSK's ports for IAM, which people mix up with those of SCRAM (9096) and TLS (9094). */
export const IAM_PORTS = 'MSK has IAM at port 9098 (9198 from outside the VPC), where it is enabled.';

/** `words` are the broker's: MSK says little more than `Access denied`, Kafka's own validators send a JSON text. */
export function refusedToken(side: 'source' | 'target', sasl: TokenSaslConfig, words: string): Finding {
  const signedWith = sasl.describe === undefined ? '' : ` (${sasl.describe()})`;
  const said = statusOf(words);
  const hint =
    `Check that this identity may kafka-cluster:Connect on the cluster of ${side} (aws sts get-caller-identity shows it), ` +
    'that its session has not ended, that the region is the one of the cluster (aws-region), and that the clock of this machine is right.';
  return {
    code: 'KAFKA_AUTHENTICATION',
    expected: `IAM sign-in (SASL OAUTHBEARER) to accept the AWS identity${signedWith}`,
    seen: said === '' ? 'it refused' : `it refused (${said})`,
    hint,
    retriable: false,
  };
}

function statusOf(words: string): string {
  const status = /^\{\s*"status"\s*:\s*"([^"]*)"/.exec(words)?.[1];
  return status ?? words.replace(/[.\s]+$/, '');
}
