/** The one place where an exchange that went wrong becomes a MigrationError. */
import { type ErrorCode, MigrationError, type MigrationErrorOptions } from '../../errors.ts';

export interface ConnectErrorOptions extends MigrationErrorOptions {
  /** HTTP status; null when there was no answer. */
  readonly status?: number | null;
  /** False only when the request certainly never left this machine. */
  readonly maybeSent?: boolean;
}

export class ConnectError extends MigrationError {
  readonly status: number | null;
  readonly maybeSent: boolean;

  constructor(code: ErrorCode, message: string, options: ConnectErrorOptions = {}) {
    super(code, message, options);
    this.status = options.status ?? null;
    this.maybeSent = options.maybeSent ?? true;
  }
}

/** Where the request went, for messages: scheme, host and port, never a path with a name in it, never credentials. */
export interface Endpoint {
  readonly origin: string;
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

export function endpointOf(url: string): Endpoint {
  const { protocol, hostname, port, host } = new URL(url);
  const tls = protocol === 'https:';
  const plainHost = hostname.replace(/^\[|\]$/g, '');
  return { origin: `${protocol}//${host}`, host: plainHost, port: port === '' ? (tls ? 443 : 80) : Number(port), tls };
}

const NOT_HTTP = /^HTTPParserError$|^HPE_/;

interface TransportRule {
  readonly codes: RegExp;
  readonly code?: ErrorCode;
  readonly text: (to: Endpoint, code: string, error: unknown) => string;
  readonly hint: string;
  /** A worker that restarts shows the same. */
  readonly retriable?: boolean;
  /** True when the request may have reached the worker before the connection broke. */
  readonly maybeSent?: boolean;
}

/** First match wins. Codes are those of sockets, DNS, OpenSSL and undici. */
const RULES: readonly TransportRule[] = [
  {
    codes: /^ECONNREFUSED$/,
    text: ({ host, port }) => `nothing listens on port ${port} of ${host} (connection refused).`,
    hint: 'Check that the worker runs and that this is its REST port (listeners of the worker, usually 8083).',
    retriable: true,
  },
  {
    codes: /^(?:ENOTFOUND|EAI_AGAIN)$/,
    text: ({ host }, code) => `the host name ${host} is unknown (DNS: ${code}).`,
    hint: 'Check the spelling, and that this machine can resolve names of the network where Connect runs.',
  },
  {
    codes: /^(?:UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/,
    text: ({ host, port }, code) => `no connection to port ${port} of ${host} (${code}).`,
    hint: 'A firewall or security group may drop the packets, or this machine is outside of the network of Connect.',
    retriable: true,
  },
  {
    codes: /^ERR_TLS_CERT_ALTNAME_INVALID$/,
    text: ({ host }, _, error) => `its certificate is not for ${host} but for ${namesOf(error)}.`,
    hint: 'Use the host name in the certificate of the worker as connect-url.',
  },
  {
    codes: /^CERT_(?:HAS_EXPIRED|NOT_YET_VALID)$/,
    text: (_, code) => `its certificate ${code.includes('EXPIRED') ? 'has expired' : 'is not valid yet'} (${code}).`,
    hint: 'Renew the certificate of the worker, or check the clock here.',
  },
  {
    codes: /SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF|UNABLE_TO_GET_ISSUER|CERT_SIGNATURE_FAILURE/,
    text: (_, code) => `its certificate is not trusted (${code}).`,
    hint: 'Give the certificate of the authority that signed it as connect-ca.',
  },
  {
    codes: /^ERR_SSL_(?:WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG)$/,
    text: ({ port }) => `port ${port} does not speak TLS.`,
    hint: 'Write http:// instead of https://, or use the TLS port.',
  },
  {
    codes: /^ERR_SSL_.*(?:ALERT|HANDSHAKE_FAILURE)/,
    code: 'CONNECT_AUTHENTICATION',
    text: (_, code) => `TLS was refused (${code}).`,
    hint: 'The worker may ask for a client certificate: connect-certificate and connect-key.',
  },
  {
    codes: /OSSL|PEM_|ASN1|X509/,
    code: 'BAD_INPUT',
    text: (_, code) => `connect-certificate, connect-key or connect-ca cannot be used (${code}).`,
    hint: 'Give unencrypted PEM text or a path to it; certificate and key must belong together.',
  },
  {
    codes: /^UND_ERR_RES_EXCEEDED_MAX_SIZE$/,
    code: 'CONNECT_REQUEST',
    text: () => "the answer is too large to be Connect's.",
    hint: 'Check that connect-url is the REST address of a Connect worker.',
    maybeSent: true,
  },
  {
    codes: NOT_HTTP,
    text: ({ port }) => `what answers on port ${port} does not speak HTTP.`,
    hint: 'Use the REST address of a Connect worker, usually port 8083.',
  },
];

/** Maps what undici, TLS and sockets throw. */
export function transportError(error: unknown, to: Endpoint): ConnectError {
  const { code, message } = codeAndMessage(error);
  const rule = RULES.find(({ codes }) => codes.test(code));
  if (rule !== undefined) {
    return new ConnectError(
      rule.code ?? 'CONNECT_UNREACHABLE',
      `connect-url ${to.origin}: ${rule.text(to, code, error)}`,
      {
        hint: rule.hint,
        retriable: rule.retriable ?? false,
        maybeSent: rule.maybeSent ?? false,
        cause: error,
      },
    );
  }
  const what = isClosed(code)
    ? 'the connection was closed without an answer'
    : `the request failed (${code || message})`;
  return new ConnectError('CONNECT_UNREACHABLE', `connect-url ${to.origin}: ${what}.`, {
    hint: 'The worker may be restarting; if it stays so, this is no REST port of Connect.',
    retriable: true,
    cause: error,
  });
}

/** Names in the certificate, from Node's error; public text. */
function namesOf(error: unknown): string {
  const certificate = (error as { cert?: { subjectaltname?: unknown; subject?: { CN?: unknown } } }).cert;
  const names = certificate?.subjectaltname ?? certificate?.subject?.CN;
  return typeof names === 'string' && names !== '' ? names : 'another host';
}

/** The same behind a proxy: what fails before a connection stands, fails at the proxy. */
export function proxiedError(error: unknown, to: Endpoint, proxy: Endpoint): ConnectError {
  const { code, message } = codeAndMessage(error);
  const refusedTunnel = /Proxy response \((\d+)\)/.exec(message)?.[1];
  const mapped = transportError(error, /^(?:ECONN|ENOT|EAI|UND_ERR_CONNECT|ETIMED|EHOST|ENET)/.test(code) ? proxy : to);
  const what =
    refusedTunnel === undefined
      ? mapped.message.replace(/^connect-url [^ ]+ /, '')
      : `it answered ${refusedTunnel} instead of opening a tunnel.`;
  const needsLogin = refusedTunnel === '407';
  return new ConnectError(
    needsLogin ? 'CONNECT_AUTHENTICATION' : mapped.code,
    `connect-url ${to.origin}, through the proxy ${proxy.origin}: ${what}`,
    {
      hint: `Check HTTP_PROXY and HTTPS_PROXY, or add ${to.host} to NO_PROXY.`,
      retriable: refusedTunnel === undefined && mapped.retriable,
      maybeSent: refusedTunnel === undefined && mapped.maybeSent,
      cause: error,
    },
  );
}

/** True when the other side hung up: a worker that stops does so, and so does every port that is not HTTP. */
export function isClosed(code: string): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE', 'UND_ERR_CLOSED', 'UND_ERR_DESTROYED', 'ECONNABORTED'].includes(
    code,
  );
}

/** True when bytes came that are no HTTP answer. */
export function isNotHttp(code: string): boolean {
  return NOT_HTTP.test(code);
}

export function codeAndMessage(error: unknown): { code: string; message: string } {
  if (!(error instanceof Error)) return { code: '', message: String(error) };
  // Node tries all addresses of a name and then throws one AggregateError.
  const inner = error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0] : error;
  // undici's parser errors often carry no code.
  const code = 'code' in inner && typeof inner.code === 'string' ? inner.code : '';
  if (code === '' && inner.name === 'HTTPParserError') return { code: inner.name, message: inner.message };
  return { code, message: inner.message };
}
