/** How to reach one cluster: inputs already validated; secrets only here, never in messages. */
export interface TlsConfig {
  /** PEM of the certificate authorities to trust instead of the system's. */
  readonly ca?: string;
  /** PEM of the client certificate (mTLS), with `key`. */
  readonly certificate?: string;
  readonly key?: string;
  readonly keyPassphrase?: string;
  /** False accepts a certificate made out to another host (Java: an empty ssl.endpoint.identification.algorithm). */
  readonly verifyHost: boolean;
}

export interface PasswordSaslConfig {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}

export interface TokenSaslConfig {
  readonly mechanism: 'oauthbearer';
  /** A token that is good now: asked for at each sign-in, renewals included (KIP-368). */
  readonly token: () => Promise<string>;
  /** Whose token it is and for what it was signed, for messages; never a secret. */
  readonly describe?: () => string;
}

export type SaslConfig = PasswordSaslConfig | TokenSaslConfig;

export interface ClusterConnectionConfig {
  readonly side: 'source' | 'target';
  /** `host:port`; IPv6 hosts in brackets. */
  readonly bootstrapServers: readonly string[];
  /** Null: plain text. */
  readonly tls: TlsConfig | null;
  /** Null: no authentication beyond a client certificate. */
  readonly sasl: SaslConfig | null;
}

/** A broker's place on the network, and how we learnt of it. */
export interface BrokerAddress {
  readonly host: string;
  readonly port: number;
  /** Null for a bootstrap server. */
  readonly nodeId: number | null;
}

/** Text of an address in messages: the input that named it, or the broker id that advertised it. */
export function describeAddress(side: 'source' | 'target', { host, port, nodeId }: BrokerAddress): string {
  const place = `${host}:${port}`;
  return nodeId === null ? `${side}-bootstrap-servers ${place}` : `${side} broker ${nodeId} at ${place}`;
}
