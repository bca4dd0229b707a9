/** `security.protocol` against the keys beside it: a key of a layer that is not used is read by nobody. */
import { type ClientSide, clientSides, usesSasl, usesTls } from '../client-sides.ts';
import type { LintView } from '../lint-view.ts';
import { type Hit, hit, type Rule, rule } from '../rule.ts';

const PROTOCOLS = ['PLAINTEXT', 'SSL', 'SASL_PLAINTEXT', 'SASL_SSL'];
const MSK_HOST = /\.kafka(?:-serverless)?\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/;
/** Amazon MSK's port information: 90xx inside the VPC, 91xx by public access. */
const MSK_PORTS: Readonly<Record<string, { readonly protocol: string; readonly mechanism: string | null }>> = {
  '9092': { protocol: 'PLAINTEXT', mechanism: null },
  '9094': { protocol: 'SSL', mechanism: null },
  '9194': { protocol: 'SSL', mechanism: null },
  '9096': { protocol: 'SASL_SSL', mechanism: 'SCRAM-SHA-512' },
  '9196': { protocol: 'SASL_SSL', mechanism: 'SCRAM-SHA-512' },
  '9098': { protocol: 'SASL_SSL', mechanism: 'AWS_MSK_IAM' },
  '9198': { protocol: 'SASL_SSL', mechanism: 'AWS_MSK_IAM' },
};

export const SECURITY_PROTOCOL_RULES: readonly Rule[] = [
  rule({
    id: 'security-protocol-unknown',
    severity: 'error',
    title: 'A `security.protocol` that Kafka does not have',
    effect: 'The client refuses to start.',
    hint: `Write one of ${PROTOCOLS.join(', ')}.`,
    test: (view) =>
      each(view, 'security.protocol', ({ protocol, get }, key) =>
        protocol === null || PROTOCOLS.includes(protocol)
          ? null
          : `${key} is ${view.quote(key, get('security.protocol') ?? '')}.`,
      ),
  }),
  rule({
    id: 'sasl-without-protocol',
    severity: 'error',
    title: 'SASL settings beside a `security.protocol` without SASL',
    effect: 'The credentials are never sent: the brokers refuse the connection, or take it without a name.',
    hint: 'Set security.protocol to SASL_SSL (SASL_PLAINTEXT without encryption), or remove the sasl.* keys.',
    test: (view) =>
      clientSides(view).flatMap((side) => {
        const [key] = side.keys('sasl.');
        if (key === undefined || side.protocol === null || usesSasl(side)) return [];
        return [hit(side.connector, key, `${key} is given, and ${protocolOf(side)}.`)];
      }),
  }),
  rule({
    id: 'tls-without-protocol',
    severity: 'warning',
    title: 'TLS settings beside a `security.protocol` without TLS',
    effect: 'They have no effect: the connection is not encrypted.',
    hint: 'Set security.protocol to SSL or SASL_SSL, or remove the ssl.* keys.',
    test: (view) =>
      clientSides(view).flatMap((side) => {
        const [key] = side.keys('ssl.');
        if (key === undefined || side.protocol === null || usesTls(side)) return [];
        return [hit(side.connector, key, `${key} is given, and ${protocolOf(side)}.`)];
      }),
  }),
  rule({
    id: 'sasl-plaintext',
    severity: 'warning',
    title: 'SASL without encryption',
    effect: 'Records, and with PLAIN the password too, can be read by everybody on the way.',
    hint: 'Use a listener with SASL_SSL.',
    test: (view) =>
      each(view, 'security.protocol', ({ protocol }, key) =>
        protocol === 'SASL_PLAINTEXT' ? `${key} is SASL_PLAINTEXT.` : null,
      ),
  }),
  rule({
    id: 'msk-port-mismatch',
    severity: 'warning',
    title: 'The port of Amazon MSK speaks something else',
    effect: 'The connection runs into a time-out.',
    hint: 'Take the bootstrap string for this way to sign in: 9092 none, 9094 TLS, 9096 SCRAM, 9098 IAM (public: 9194, 9196, 9198).',
    test: (view) => each(view, 'bootstrap.servers', portMismatch),
  }),
];

type Tell = (side: ClientSide, key: string) => string | null;

function each(view: LintView, name: string, tell: Tell): readonly Hit[] {
  return clientSides(view).flatMap((side) => {
    const key = side.prefix + name;
    const found = side.connector.has(key) ? tell(side, key) : null;
    return found === null ? [] : [hit(side.connector, key, found)];
  });
}

function protocolOf({ prefix, protocol, get }: ClientSide): string {
  const key = `${prefix}security.protocol`;
  return get('security.protocol') === null ? `${key} is not set, which means PLAINTEXT` : `${key} is ${protocol}`;
}

function portMismatch({ protocol, get }: ClientSide, key: string): string | null {
  if (protocol === null || !PROTOCOLS.includes(protocol)) return null;
  const mechanism = get('sasl.mechanism');
  for (const server of (get('bootstrap.servers') ?? '').split(',')) {
    const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(server.trim()) ?? [];
    const speaks = MSK_HOST.test(host) ? MSK_PORTS[port] : undefined;
    if (speaks === undefined) continue;
    // IAM may come as OAUTHBEARER as well.
    const sameMechanism = speaks.mechanism === mechanism || mechanism === 'OAUTHBEARER' || mechanism === null;
    if (speaks.protocol === protocol && (speaks.mechanism === null || sameMechanism)) continue;
    const wanted = [speaks.protocol, speaks.mechanism].filter((word) => word !== null).join(' with ');
    return `${key} names port ${port} of Amazon MSK, which speaks ${wanted}, and security.protocol is ${protocol}.`;
  }
  return null;
}
