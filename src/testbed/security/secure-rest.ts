import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { propertiesText } from '../broker-config.ts';
import type { ConnectWorkerOptions } from '../connect-worker.ts';
import { resolvePom } from '../jars.ts';
import { JVM_FLAGS } from '../java.ts';
import { KAFKA_VERSION } from '../pom.ts';
import { freePort } from '../ports.ts';
import type { Authority, StoreFile } from './authority.ts';

export interface SecureRestOptions {
  /** Keeps the file of the users; it must outlive the worker. */
  readonly folder: string;
  readonly authority: Authority;
  /** `mtls` asks every client for a certificate of the authority. */
  readonly tls: 'server' | 'mtls';
  /** Name to password, by `connect-basic-auth-extension`; nobody needs to sign in when not given. */
  readonly users?: Readonly<Record<string, string>>;
}

export interface SecureRest {
  /** For `startConnectWorker({ …options })`. */
  readonly options: Pick<ConnectWorkerOptions, 'properties' | 'jvmFlags' | 'classPath' | 'rest'>;
  readonly httpsUrl: string;
}

/** A worker with a TLS listener beside the plain one, and with users on both. */
export async function secureRest({ folder, authority, tls, users }: SecureRestOptions): Promise<SecureRest> {
  const httpsUrl = `https://127.0.0.1:${await freePort()}`;
  const properties = {
    ...storeProperties('keystore', authority.keyStore('server')),
    'listeners.https.ssl.key.password': authority.keyStore('server').password,
    ...storeProperties('truststore', authority.trustStore()),
    'listeners.https.ssl.client.auth': tls === 'mtls' ? 'required' : 'none',
    'rest.advertised.listener': 'http',
  };
  const listeners = [httpsUrl];
  if (users === undefined) return { httpsUrl, options: { properties, rest: { listeners } } };
  const [[name, password] = ['', '']] = Object.entries(users);
  return {
    httpsUrl,
    options: {
      properties: { ...properties, 'rest.extension.classes': EXTENSION },
      jvmFlags: [...JVM_FLAGS, `-Djava.security.auth.login.config=${await writeUsers(folder, users)}`],
      classPath: [await extensionJar()],
      rest: { listeners, authorization: basicAuthorization(name, password) },
    },
  };
}

export function basicAuthorization(name: string, password: string): string {
  return `Basic ${Buffer.from(`${name}:${password}`, 'utf8').toString('base64')}`;
}

const PACKAGE = 'org.apache.kafka.connect.rest.basic.auth.extension';
const EXTENSION = `${PACKAGE}.BasicAuthSecurityRestExtension`;

function storeProperties(kind: 'keystore' | 'truststore', { file, type, password }: StoreFile): Record<string, string> {
  return {
    [`listeners.https.ssl.${kind}.type`]: type,
    [`listeners.https.ssl.${kind}.location`]: file,
    [`listeners.https.ssl.${kind}.password`]: password,
  };
}

async function writeUsers(folder: string, users: Readonly<Record<string, string>>): Promise<string> {
  await mkdir(folder, { recursive: true });
  const usersFile = join(folder, 'rest-users.properties');
  const jaasFile = join(folder, 'rest-jaas.conf');
  await writeFile(usersFile, propertiesText(users), { mode: 0o600 });
  await writeFile(
    jaasFile,
    `KafkaConnect {\n  ${PACKAGE}.PropertyFileLoginModule required\n  file="${usersFile}";\n};\n`,
  );
  return jaasFile;
}

/** What else it needs is on the worker's own class path. */
async function extensionJar(): Promise<string> {
  const artifact = 'connect-basic-auth-extension';
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bed</groupId>
  <artifactId>rest</artifactId>
  <version>${KAFKA_VERSION}</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId><artifactId>${artifact}</artifactId><version>${KAFKA_VERSION}</version>
      <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>
    </dependency>
  </dependencies>
</project>
`;
  const name = `${artifact}-${KAFKA_VERSION}`;
  return (await resolvePom({ name, what: name, text })).classPath;
}
