/** Opens the TCP or TLS socket of one broker connection and keeps its first raw error for the error table. */
import net from 'node:net';
import tls from 'node:tls';
import type { KafkaJsSocketOptions } from 'kafkajs/src/network/connection.js';
import { rememberCertificate } from '../certificate-facts.ts';
import type { TlsConfig } from './connection-config.ts';

const KEEP_ALIVE_MS = 60_000;

export interface SocketProbe {
  /** First error of the socket or of reading the PEM text; null while there is none. */
  readonly error: Error | null;
  /** True once TCP, and TLS if wanted, is up. */
  readonly connected: boolean;
}

export interface SocketFactory {
  readonly probe: SocketProbe;
  open(options: KafkaJsSocketOptions): net.Socket;
}

export function socketFactory(tlsConfig: TlsConfig | null): SocketFactory {
  const probe: { error: Error | null; connected: boolean } = { error: null, connected: false };
  const open = ({ host, port, onConnect }: KafkaJsSocketOptions): net.Socket => {
    const connected = (): void => {
      probe.connected = true;
      onConnect();
    };
    try {
      const socket =
        tlsConfig === null
          ? net.connect({ host, port }, connected)
          : tls.connect({ host, port, ...tlsOptions(host, tlsConfig) }, connected);
      socket.setKeepAlive(true, KEEP_ALIVE_MS);
      socket.setNoDelay(true);
      let peer: tls.PeerCertificate | null = null;
      // Before Node's own listener, which ends the connection when it does not trust the certificate.
      if (socket instanceof tls.TLSSocket) socket.prependListener('secure', () => (peer = socket.getPeerCertificate()));
      socket.once('error', (error: Error) => {
        rememberCertificate(error, peer);
        probe.error ??= error;
      });
      return socket;
    } catch (error) {
      probe.error = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  };
  return { probe, open };
}

function tlsOptions(host: string, config: TlsConfig): tls.ConnectionOptions {
  return {
    ...(net.isIP(host) === 0 ? { servername: host } : {}),
    ...(config.ca === undefined ? {} : { ca: config.ca }),
    ...(config.certificate === undefined ? {} : { cert: config.certificate }),
    ...(config.key === undefined ? {} : { key: config.key }),
    ...(config.keyPassphrase === undefined ? {} : { passphrase: config.keyPassphrase }),
    ...(config.verifyHost ? {} : { checkServerIdentity: () => undefined }),
    rejectUnauthorized: true,
  };
}
