/** What well-known ports tell about a listener, said before a time-out says it less clearly. */
import type { ClusterInputs } from './typed-inputs.ts';

type Security = Pick<ClusterInputs, 'tls' | 'sasl'>;

interface Listener {
  readonly speaks: string;
  readonly fits: (security: Security) => boolean;
}

const TLS: Listener = { speaks: 'TLS (auth tls or mtls)', fits: ({ tls, sasl }) => tls !== null && sasl === null };
const SCRAM: Listener = {
  speaks: 'SCRAM over TLS (auth sasl-scram-512)',
  fits: ({ tls, sasl }) => tls !== null && sasl?.mechanism === 'scram-sha-512',
};
const IAM: Listener = {
  speaks: 'IAM over TLS (auth iam)',
  fits: ({ tls, sasl }) => tls !== null && sasl?.mechanism === 'iam',
};

/** Amazon MSK's port information: 90xx inside the VPC, 91xx by public access. */
const MSK_PORTS: Readonly<Record<string, Listener>> = {
  '9092': { speaks: 'plaintext (auth none)', fits: ({ tls, sasl }) => tls === null && sasl === null },
  '9094': TLS,
  '9194': TLS,
  '9096': SCRAM,
  '9196': SCRAM,
  '9098': IAM,
  '9198': IAM,
};
const MSK_HOST = /\.kafka(?:-serverless)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;

export function portNotices(servers: readonly string[], security: Security): readonly string[] {
  const notices = new Set<string>();
  for (const server of servers) {
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(server) ?? [];
    const listener = MSK_HOST.test(host) ? MSK_PORTS[port] : undefined;
    if (listener !== undefined && !listener.fits(security)) {
      notices.add(`port ${port} of Amazon MSK speaks ${listener.speaks}.`);
    }
    if (port === '2181')
      notices.add('port 2181 is usually that of ZooKeeper; brokers listen elsewhere, often on 9092.');
  }
  return [...notices];
}
