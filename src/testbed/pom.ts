/** Versions whose jars the bed knows how to run; others work where their main classes are the same. */
export const KAFKA_VERSION = '4.3.1';
export const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';

interface Artifact {
  readonly group: string;
  readonly id: string;
  readonly version: string;
}

/** `[4, 3]` for "4.3.1". */
export function majorMinor(version: string): readonly [number, number] {
  const [major = '0', minor = '0'] = version.split('.');
  return [Number(major), Number(minor)];
}

/** Brokers before 3.3 have no production KRaft and get a ZooKeeper. */
export function usesZooKeeper(version: string): boolean {
  const [major, minor] = majorMinor(version);
  return major < 3 || (major === 3 && minor < 3);
}

/** Kafka 4 logs through log4j 2 and leaves the slf4j binding to its distribution; older ones bring log4j 1. */
export function usesLog4j2(version: string): boolean {
  return majorMinor(version)[0] >= 4;
}

/** The Maven project whose runtime dependencies are everything a broker, a Connect worker and MM2 need. */
export function pomOf(version: string): string {
  const kafka = (id: string): Artifact => ({ group: 'org.apache.kafka', id, version });
  const artifacts = ['kafka_2.13', 'kafka-tools', 'connect-runtime', 'connect-json', 'connect-mirror'].map(kafka);
  if (usesLog4j2(version)) artifacts.push(log4jBinding(version));
  return `<?xml version="1.0" encoding="UTF-8"?>
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>bed</groupId>
  <artifactId>bed</artifactId>
  <version>${version}</version>
  <packaging>pom</packaging>
  <dependencies>
${artifacts.map(dependency).join('\n')}
  </dependencies>
</project>
`;
}

function log4jBinding(version: string): Artifact {
  const [major, minor] = majorMinor(version);
  const log4j = major === 4 && minor < 2 ? '2.24.3' : '2.25.4';
  return { group: 'org.apache.logging.log4j', id: 'log4j-slf4j-impl', version: log4j };
}

function dependency({ group, id, version }: Artifact): string {
  return `    <dependency><groupId>${group}</groupId><artifactId>${id}</artifactId><version>${version}</version></dependency>`;
}
