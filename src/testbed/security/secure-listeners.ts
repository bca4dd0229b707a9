import { join } from 'node:path';
import type { ListenerSpec } from '../listeners.ts';
import {
  type Authority,
  type CertificateName,
  keyStoreProperties,
  makeAuthority,
  trustStoreProperties,
} from './authority.ts';
import { createScramUsers } from './scram-users.ts';

/** Every way to sign in with what is in the bed; `-open` is over plaintext. */
export type SecureScheme =
  | 'none'
  | 'tls'
  | 'mtls'
  | 'sasl-plain'
  | 'sasl-scram-256'
  | 'sasl-scram-512'
  | 'sasl-plain-open'
  | 'sasl-scram-256-open'
  | 'sasl-scram-512-open';

export interface Access {
  readonly scheme: SecureScheme;
  /** Name of the listener, for `cluster.bootstrapServers(listener)`. */
  readonly listener: string;
  readonly protocol: ListenerSpec['protocol'];
  /** Null without SASL. */
  readonly mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512' | null;
  /** Null without TLS. */
  readonly caPem: string | null;
  /** Set for mtls only. */
  readonly certificatePem: string | null;
  readonly keyPem: string | null;
  /** Null without SASL. */
  readonly username: string | null;
  readonly password: string | null;
  /** What ACLs name: `User:migrator`, `User:CN=migrator`, `User:ANONYMOUS`. */
  readonly principal: string;
}

export interface SecureListenersOptions {
  /** Keeps keys and certificates; it must outlive the clusters. */
  readonly folder: string;
  /** Name to password, for every SASL listener. The first is the one that `access` speaks of. */
  readonly users?: Readonly<Record<string, string>>;
  /** Shared by several clusters; made in the folder when not given. */
  readonly authority?: Authority;
}

export interface SecureListeners {
  readonly authority: Authority;
  readonly users: Readonly<Record<string, string>>;
  /** One for each scheme; NONE is the plaintext one that brokers and bed use. */
  readonly listeners: readonly ListenerSpec[];
  /** TLS listeners that a client must refuse: TLS_EXPIRED, TLS_OTHER_HOST, TLS_UNKNOWN_CA. Added where needed. */
  readonly brokenListeners: readonly ListenerSpec[];
  access(scheme: SecureScheme, user?: string): Access;
  /** For SCRAM; needs a running cluster. The users of SASL/PLAIN are in the listeners. */
  createUsers(cluster: { readonly address: { readonly bootstrapServers: string } }): Promise<void>;
}

/** Characters that quoting rules of JAAS, properties files, shells and Base64 stumble over. */
export const AWKWARD_PASSWORD = `p"a'ss\\w=o;r d$1#!,%:/&|<>*ü✓`;

const DEFAULT_USERS = { migrator: AWKWARD_PASSWORD };
const CLIENT_SUBJECT = 'CN=migrator';
const SCHEMES: readonly Omit<Access, 'caPem' | 'certificatePem' | 'keyPem' | 'username' | 'password' | 'principal'>[] =
  [
    { scheme: 'none', listener: 'NONE', protocol: 'PLAINTEXT', mechanism: null },
    { scheme: 'tls', listener: 'TLS', protocol: 'SSL', mechanism: null },
    { scheme: 'mtls', listener: 'MTLS', protocol: 'SSL', mechanism: null },
    { scheme: 'sasl-plain', listener: 'SASL_PLAIN', protocol: 'SASL_SSL', mechanism: 'PLAIN' },
    { scheme: 'sasl-scram-256', listener: 'SCRAM_256', protocol: 'SASL_SSL', mechanism: 'SCRAM-SHA-256' },
    { scheme: 'sasl-scram-512', listener: 'SCRAM_512', protocol: 'SASL_SSL', mechanism: 'SCRAM-SHA-512' },
    { scheme: 'sasl-plain-open', listener: 'SASL_PLAIN_OPEN', protocol: 'SASL_PLAINTEXT', mechanism: 'PLAIN' },
    {
      scheme: 'sasl-scram-256-open',
      listener: 'SCRAM_256_OPEN',
      protocol: 'SASL_PLAINTEXT',
      mechanism: 'SCRAM-SHA-256',
    },
    {
      scheme: 'sasl-scram-512-open',
      listener: 'SCRAM_512_OPEN',
      protocol: 'SASL_PLAINTEXT',
      mechanism: 'SCRAM-SHA-512',
    },
  ];

export const SECURE_SCHEMES: readonly SecureScheme[] = SCHEMES.map(({ scheme }) => scheme);

/** See SecureListeners. Throws a bed error without a JDK. */
export async function secureListeners(options: SecureListenersOptions): Promise<SecureListeners> {
  const { users = DEFAULT_USERS } = options;
  const authority = options.authority ?? (await makeAuthority(join(options.folder, 'certificates')));
  return {
    authority,
    users,
    listeners: SCHEMES.map((one) => ({
      name: one.listener,
      protocol: one.protocol,
      properties: {
        ...(one.protocol.endsWith('SSL') ? tlsProperties(authority, 'server') : {}),
        ...(one.scheme === 'mtls' ? { 'ssl.client.auth': 'required' } : {}),
        ...saslProperties(one.mechanism, users),
      },
    })),
    brokenListeners: [
      { name: 'TLS_EXPIRED', protocol: 'SSL', properties: tlsProperties(authority, 'expired-server') },
      { name: 'TLS_OTHER_HOST', protocol: 'SSL', properties: tlsProperties(authority, 'other-host-server') },
      { name: 'TLS_UNKNOWN_CA', protocol: 'SSL', properties: tlsProperties(authority, 'unknown-ca-server') },
    ],
    access: (scheme, user) => secureAccess(authority, scheme, users, user),
    createUsers: (cluster) => createScramUsers(cluster, users),
  };
}

/** For a process that has the authority's folder only: see `openAuthority`. The first user by default. */
export function secureAccess(
  authority: Authority,
  scheme: SecureScheme,
  users: Readonly<Record<string, string>> = DEFAULT_USERS,
  user: string = Object.keys(users)[0] ?? '',
): Access {
  const found = SCHEMES.find((one) => one.scheme === scheme);
  if (found === undefined) throw new Error(`There is no scheme ${scheme}.`);
  const client = scheme === 'mtls' ? authority.certificate('client') : null;
  const signsIn = found.mechanism !== null;
  return {
    ...found,
    caPem: found.protocol.endsWith('SSL') ? authority.caPem() : null,
    certificatePem: client?.certificatePem ?? null,
    keyPem: client?.keyPem ?? null,
    username: signsIn ? user : null,
    password: signsIn ? (users[user] ?? '') : null,
    principal: `User:${signsIn ? user : client === null ? 'ANONYMOUS' : CLIENT_SUBJECT}`,
  };
}

function tlsProperties(authority: Authority, name: CertificateName): Record<string, string> {
  return { ...keyStoreProperties(authority.keyStore(name)), ...trustStoreProperties(authority.trustStore()) };
}

function saslProperties(
  mechanism: Access['mechanism'],
  users: Readonly<Record<string, string>>,
): Record<string, string> {
  if (mechanism === null) return {};
  const kafka = 'org.apache.kafka.common.security';
  if (mechanism === 'PLAIN') {
    const logins = Object.entries(users).map(([user, password]) => ` user_${user}=${jaasQuoted(password)}`);
    const login = `${kafka}.plain.PlainLoginModule required${logins.join('')};`;
    return { 'sasl.enabled.mechanisms': mechanism, 'plain.sasl.jaas.config': login };
  }
  return {
    'sasl.enabled.mechanisms': mechanism,
    [`${mechanism.toLowerCase()}.sasl.jaas.config`]: `${kafka}.scram.ScramLoginModule required;`,
  };
}

/** A value in a JAAS text: Java's StreamTokenizer reads escapes as C does. */
export function jaasQuoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
