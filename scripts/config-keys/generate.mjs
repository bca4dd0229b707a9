// Writes src/domain/connectors/keys/key-table.ts from the ConfigDefs of Kafka's own jars, version by version.
// Needs java and mvn on PATH: node scripts/config-keys/generate.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One of each minor version, ascending; a key is there since the first that holds it. */
const VERSIONS =
  '2.7.2 2.8.2 3.0.2 3.1.2 3.2.0 3.3.2 3.4.1 3.5.1 3.6.2 3.7.2 3.8.1 3.9.2 4.0.0 4.1.1 4.2.0 4.3.1'.split(' ');
/** Since 3.4 each MM2 connector has a ConfigDef of its own (KAFKA-14344); before, all shared one. */
const FIRST_SPLIT = '3.4.1';
const MIRRORS = ['source', 'checkpoint', 'heartbeat'];
const KAFKA = ['kafka-clients', 'connect-api', 'connect-runtime', 'connect-json', 'connect-transforms'].concat([
  'connect-mirror',
  'connect-mirror-client',
]);
const OTHERS = [
  ['org.slf4j', 'slf4j-api', '1.7.36'],
  ['com.fasterxml.jackson.core', 'jackson-databind', '2.17.2'],
  ['com.fasterxml.jackson.core', 'jackson-core', '2.17.2'],
  ['com.fasterxml.jackson.core', 'jackson-annotations', '2.17.2'],
  ['com.fasterxml.jackson.datatype', 'jackson-datatype-jdk8', '2.17.2'],
  ['com.fasterxml.jackson.module', 'jackson-module-blackbird', '2.17.2'],
  ['org.apache.maven', 'maven-artifact', '3.9.6'],
];
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

const here = fileURLToPath(new URL('.', import.meta.url));
const cache = join(homedir(), '.cache', 'kafka-mm2-migration-action', 'key-jars');

function jarsOf(version) {
  const folder = join(cache, version);
  if (existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.jar'))) return folder;
  mkdirSync(folder, { recursive: true });
  const artifacts = [...KAFKA.map((id) => ['org.apache.kafka', id, version]), ...OTHERS];
  const dependencies = artifacts.map(
    ([group, id, at]) =>
      `<dependency><groupId>${group}</groupId><artifactId>${id}</artifactId><version>${at}</version><exclusions>` +
      '<exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>',
  );
  const pom =
    '<project><modelVersion>4.0.0</modelVersion><groupId>keys</groupId><artifactId>keys</artifactId>' +
    `<version>1</version><packaging>pom</packaging><dependencies>${dependencies.join('')}</dependencies></project>`;
  writeFileSync(join(folder, 'pom.xml'), pom);
  execFileSync('mvn', ['-B', '-ntp', '-q', PLUGIN, `-DoutputDirectory=${folder}`], { cwd: folder, stdio: 'inherit' });
  return folder;
}

/** Table name → key → default. */
function tablesOf(version) {
  const output = execFileSync('java', ['-cp', join(jarsOf(version), '*'), join(here, 'ConfigKeys.java')], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
  });
  const tables = new Map();
  for (const line of output.trim().split('\n')) {
    const { table, key, default: value } = JSON.parse(line);
    if (table === undefined) continue;
    if (!tables.has(table)) tables.set(table, new Map());
    tables.get(table).set(key, value);
  }
  return tables;
}

const minor = (version) => version.split('.').slice(0, 2).join('.');
const perVersion = VERSIONS.map((version) => ({ version, tables: tablesOf(version) }));

function rowsOf(table) {
  const kept = MIRRORS.includes(table)
    ? perVersion.filter(({ version }) => VERSIONS.indexOf(version) >= VERSIONS.indexOf(FIRST_SPLIT))
    : perVersion;
  const keys = new Set(kept.flatMap(({ tables }) => [...(tables.get(table)?.keys() ?? [])]));
  return [...keys].sort().map((key) => {
    const has = perVersion.filter(({ tables }) => tables.get(table)?.has(key));
    const next = VERSIONS[VERSIONS.indexOf(has.at(-1).version) + 1];
    const defaults = has.map(({ version, tables }) => ({ version, value: tables.get(table).get(key) }));
    const earlier = defaults.flatMap(({ value }, index) => {
      const changed = defaults[index + 1];
      return changed !== undefined && changed.value !== value ? [[minor(changed.version), value]] : [];
    });
    const row = [key, minor(has[0].version), next === undefined ? null : minor(next), defaults.at(-1).value];
    // How a default is printed changed, not the default.
    const told = MIRRORS.includes(table) || table.endsWith('-filter') ? earlier : [];
    return JSON.stringify(told.length > 0 ? [...row, told] : row);
  });
}

const tables = [...perVersion.at(-1).tables.keys()];
const body = tables.map(
  (table) =>
    `  '${table}': [\n${rowsOf(table)
      .map((row) => `    ${row},`)
      .join('\n')}\n  ],`,
);
const text = `/**
 * Every key that Kafka ${minor(VERSIONS[0])} to ${minor(VERSIONS.at(-1))} knows in the tables below, by its own ConfigDefs.
 * Written by scripts/config-keys/generate.mjs from ${VERSIONS.join(', ')}; not edited by hand.
 */

/** Key, first version that knows it, first version without it, default now, earlier defaults as [until, default]. */
export type KeyRow = readonly [
  key: string,
  since: string,
  removed: string | null,
  value: string | null,
  earlier?: readonly (readonly [until: string, value: string | null])[],
];

export const OLDEST_VERSION = '${minor(VERSIONS[0])}';
export const NEWEST_VERSION = '${minor(VERSIONS.at(-1))}';

export type KeyTableName =
${tables.map((table) => `  | '${table}'`).join('\n')};

export const KEY_TABLE: Readonly<Record<KeyTableName, readonly KeyRow[]>> = {
${body.join('\n')}
};
`;
const target = join(here, '../../src/domain/connectors/keys/key-table.ts');
writeFileSync(target, text);
execFileSync('npx', ['biome', 'check', '--write', target], { stdio: 'inherit' });
