import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { bedError } from './errors.ts';
import { requireJava, runCommand } from './java.ts';
import { DEPENDENCY_PLUGIN, KAFKA_VERSION, pomOf } from './pom.ts';
import { guardFolder } from './watchdog.ts';

export interface JarOptions {
  /** Kafka version; 4.3.1 by default. */
  readonly version?: string;
  /** Where jars are kept between runs; `~/.cache/kafka-mm2-migration-action/jars` by default. */
  readonly cacheFolder?: string;
  readonly log?: ((line: string) => void) | undefined;
}

export interface KafkaJars {
  readonly version: string;
  readonly folder: string;
  /** For `java -cp`. */
  readonly classPath: string;
}

export function defaultJarCache(): string {
  return join(homedir(), '.cache', 'kafka-mm2-migration-action', 'jars');
}

/**
 * The jars of one Kafka version: from the cache, else through `mvn` on PATH. Two processes may do this at once: each
 * fills its own folder beside the cache and renames it into place; the later one throws its copy away.
 * Throws a bed error of one line when `java` (>= 17) or, with an empty cache, `mvn` is missing.
 */
export async function resolveJars(options: JarOptions = {}): Promise<KafkaJars> {
  await requireJava();
  const version = options.version ?? KAFKA_VERSION;
  return { version, ...(await resolvePom({ name: version, what: `Kafka ${version}`, text: pomOf(version) }, options)) };
}

export interface Pom {
  /** Folder in the cache. */
  readonly name: string;
  /** Whose jars these are, in messages. */
  readonly what: string;
  readonly text: string;
}

/** The runtime dependencies of a Maven project, kept and shared as `resolveJars` says. */
export async function resolvePom(
  pom: Pom,
  options: Omit<JarOptions, 'version'> = {},
): Promise<{ readonly folder: string; readonly classPath: string }> {
  const cache = options.cacheFolder ?? defaultJarCache();
  const folder = join(cache, pom.name);
  if (!(await isFilled(folder, pom.text))) {
    // Clusters that start beside each other share one download.
    const filling = fillings.get(folder) ?? afterOthers(() => fill(cache, folder, pom, options.log));
    fillings.set(folder, filling);
    await filling.finally(() => fillings.delete(folder));
  }
  return { folder, classPath: join(folder, '*') };
}

const fillings = new Map<string, Promise<void>>();
let lastFilling: Promise<void> = Promise.resolve();

/** One Maven at a time: Maven 3 does not lock its local repository, and two that fetch the same jar may break it. */
function afterOthers(filling: () => Promise<void>): Promise<void> {
  const mine = lastFilling.then(filling);
  lastFilling = mine.catch(() => undefined);
  return mine;
}

// A finished folder holds the pom it was filled from; another pom means that the bed's needs have changed since.
async function isFilled(folder: string, pom: string): Promise<boolean> {
  try {
    return (await readFile(join(folder, 'pom.xml'), 'utf8')) === pom;
  } catch {
    return false;
  }
}

async function fill(cache: string, folder: string, { name, what, text }: Pom, log: JarOptions['log']): Promise<void> {
  const missing = `Maven was not found on PATH (no \`mvn\`) and the jars of ${what} are not cached. Install Maven 3.`;
  // Asked before anything is said or made, so that a missing Maven is one line.
  await runCommand('mvn', ['--version'], { missing });
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, `.${name}-`));
  guardFolder(fresh);
  try {
    await writeFile(join(fresh, 'pom.xml'), text);
    log?.(`Fetching the jars of ${what} with Maven (once; kept in ${folder})`);
    await runMaven(fresh, what, missing);
    await moveIntoPlace(fresh, folder, text);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

const MAVEN_TRIES = 3;
// Of both transports that Maven 3 may use: a registry that drops one connection of hundreds, or says nothing more on it
// (30 min by default), is no reason to end.
const PATIENCE = [
  '-Dmaven.wagon.http.retryHandler.count=5',
  '-Dmaven.wagon.rto=60000',
  '-Daether.connector.http.retryHandler.count=5',
  '-Daether.connector.requestTimeout=60000',
];

async function runMaven(folder: string, what: string, missing: string): Promise<void> {
  const goal = `${DEPENDENCY_PLUGIN}:copy-dependencies`;
  const args = ['-B', '-ntp', '-q', ...PATIENCE, goal, '-DincludeScope=runtime', `-DoutputDirectory=${folder}`];
  for (let tries = 1; ; tries += 1) {
    // What an earlier try has fetched is kept; -U asks again for what it has noted as not to be had.
    const again = tries === 1 ? [] : ['-U'];
    const { exitCode, output } = await runCommand('mvn', [...again, ...args], { cwd: folder, missing });
    if (exitCode === 0) return;
    if (tries < MAVEN_TRIES) continue;
    const reason = output.split('\n').find((line) => line.includes('ERROR')) ?? output.trim().slice(-300);
    throw bedError(`Maven could not fetch the jars of ${what} (exit code ${exitCode}): ${reason.trim()}`);
  }
}

async function moveIntoPlace(fresh: string, folder: string, pom: string): Promise<void> {
  try {
    await rename(fresh, folder);
  } catch (cause) {
    // Another process was quicker, or the folder there is from an older pom and gives way.
    if (await isFilled(folder, pom)) return;
    const old = `${fresh}-old`;
    await rename(folder, old).catch(() => undefined);
    await rename(fresh, folder).catch(() => {
      throw bedError(`Cannot move the jars to ${folder}.`, { cause });
    });
    await rm(old, { recursive: true, force: true });
  }
}
