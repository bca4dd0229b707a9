import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledClasses } from '../compiled-classes.ts';
import { resolveJars } from '../jars.ts';
import type { ListenerSpec } from '../listeners.ts';
import { type Authority, keyStoreProperties, makeAuthority } from '../security/authority.ts';
import { jaasQuoted } from '../security/secure-listeners.ts';

export interface IamIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Null for credentials that do not end, as those of an IAM user. */
  readonly sessionToken: string | null;
  /** Who that is for Kafka, for ACLs: `User:<principal>`. */
  readonly principal: string;
}

export interface IamListenerOptions {
  /** Keeps certificates and the journal; it must outlive the cluster. */
  readonly folder: string;
  /** Signs the certificate of the broker; made in the folder when not given. */
  readonly authority?: Authority;
  /** `IAM` by default. */
  readonly name?: string;
  /** `eu-central-1` by default. */
  readonly region?: string;
  /** A fresh one by default. The first is the one that `environment` speaks of. */
  readonly identities?: readonly IamIdentity[];
  /** How long a sign-in lasts at most, 5 s by default. A token that ends earlier ends it earlier. */
  readonly sessionMs?: number;
  /** `challenge` (default): RFC 7628's JSON, as Kafka's own validators. `error`: at once, in MSK's words. */
  readonly refusal?: 'challenge' | 'error';
}

export interface SeenToken {
  readonly atMs: number;
  readonly outcome: 'accepted' | 'refused';
  /** The principal, or why it was refused. */
  readonly detail: string;
}

export interface IamListener {
  /** For `startKafkaCluster({ listeners: […] })`; brings its class path. */
  readonly listener: ListenerSpec;
  readonly region: string;
  readonly caPem: string;
  /** The first of the identities. */
  readonly identity: IamIdentity;
  /** What `configure-aws-credentials` leaves in the environment of a job. */
  readonly environment: Readonly<Record<string, string>>;
  /** Every token that the brokers looked at, oldest first: sign-ins and renewals. */
  tokens(): Promise<readonly SeenToken[]>;
}

const VALIDATOR = fileURLToPath(new URL('./IamTokenValidator.java', import.meta.url));
const REGION = 'eu-central-1';
const SESSION_MS = 5_000;

/** A SASL_SSL listener that takes IAM tokens. Throws a bed error without a JDK. */
export async function iamListener(options: IamListenerOptions): Promise<IamListener> {
  const { folder, name = 'IAM', region = REGION, sessionMs = SESSION_MS, refusal = 'challenge' } = options;
  const identities = options.identities ?? [newIamIdentity()];
  const [identity = newIamIdentity()] = identities;
  const authority = options.authority ?? (await makeAuthority(join(folder, 'certificates')));
  const classes = await compiledClasses('iam', await resolveJars(), [VALIDATOR]);
  const journal = join(folder, `${name.toLowerCase()}-tokens.log`);
  await writeFile(journal, '');
  const settings = { region, journal, refusal, sessionMs: String(sessionMs), ...identityOptions(identities) };
  return {
    listener: {
      name,
      protocol: 'SASL_SSL',
      classPath: [classes],
      properties: {
        ...keyStoreProperties(authority.keyStore('server')),
        'sasl.enabled.mechanisms': 'OAUTHBEARER',
        'oauthbearer.sasl.server.callback.handler.class': 'IamTokenValidator',
        'oauthbearer.sasl.login.callback.handler.class': 'IamTokenValidator',
        'oauthbearer.sasl.jaas.config': loginModule(settings),
        'oauthbearer.connections.max.reauth.ms': String(sessionMs),
      },
    },
    region,
    caPem: authority.caPem(),
    identity,
    environment: iamEnvironment(identity, region),
    tokens: async () => (await readFile(journal, 'utf8')).split('\n').slice(0, -1).map(seenToken),
  };
}

/** Credentials of the kind that a role session has; nobody at Amazon knows them. */
export function newIamIdentity(principal = 'migrator'): IamIdentity {
  return {
    accessKeyId: `ASIABED${randomBytes(7).toString('hex').toUpperCase().slice(0, 13)}`,
    secretAccessKey: randomBytes(30).toString('base64'),
    sessionToken: randomBytes(60).toString('base64'),
    principal,
  };
}

export function iamEnvironment(identity: IamIdentity, region: string): Readonly<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken } = identity;
  return {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === null ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}

function identityOptions(identities: readonly IamIdentity[]): Record<string, string> {
  const options = identities.flatMap(({ accessKeyId, secretAccessKey, sessionToken, principal }) => [
    [`secret.${accessKeyId}`, secretAccessKey],
    [`principal.${accessKeyId}`, principal],
    ...(sessionToken === null ? [] : [[`session.${accessKeyId}`, sessionToken]]),
  ]);
  return Object.fromEntries(options) as Record<string, string>;
}

function loginModule(options: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(options).map(([key, value]) => ` ${key}=${jaasQuoted(value)}`);
  return `org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required${pairs.join('')};`;
}

function seenToken(line: string): SeenToken {
  const [at = '0', outcome, ...rest] = line.split(' ');
  return { atMs: Number(at), outcome: outcome === 'accepted' ? 'accepted' : 'refused', detail: rest.join(' ') };
}
