import { type JarOptions, resolvePom } from '../jars.ts';
import type { IamListener } from './iam-listener.ts';

export interface IamJavaClient {
  /** Amazon's library, for `startConnectWorker({ classPath })` or `java -cp`; its Jackson is renamed inside. */
  readonly classPath: readonly string[];
  /** Client properties; no secret in them. */
  readonly properties: Readonly<Record<string, string>>;
  /** The secrets: what Amazon's credential chain reads from the process's environment. */
  readonly env: Readonly<Record<string, string>>;
}

const VERSION = '2.3.9';
// One jar with everything in it; without the exclusion Maven would fetch its 40 dependencies beside it.
const POM = `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bed</groupId>
  <artifactId>iam</artifactId>
  <version>${VERSION}</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>software.amazon.msk</groupId><artifactId>aws-msk-iam-auth</artifactId><version>${VERSION}</version>
      <classifier>all</classifier>
      <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>
    </dependency>
  </dependencies>
</project>
`;

/** What a Java client needs to sign in at this listener by OAUTHBEARER, with the first of its identities. */
export async function iamJavaClient(
  { caPem, environment }: Pick<IamListener, 'caPem' | 'environment'>,
  options: Omit<JarOptions, 'version'> = {},
): Promise<IamJavaClient> {
  const name = `aws-msk-iam-auth-${VERSION}`;
  const { classPath } = await resolvePom({ name, what: name, text: POM }, options);
  return {
    classPath: [classPath],
    properties: {
      'security.protocol': 'SASL_SSL',
      'sasl.mechanism': 'OAUTHBEARER',
      'sasl.jaas.config': 'org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;',
      'sasl.login.callback.handler.class': 'software.amazon.msk.auth.iam.IAMOAuthBearerLoginCallbackHandler',
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.certificates': caPem,
    },
    env: { ...environment, AWS_EC2_METADATA_DISABLED: 'true' },
  };
}
