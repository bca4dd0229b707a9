import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { KafkaJars } from './jars.ts';
import { javaArguments, log4jProperties } from './java.ts';
import { usesLog4j2 } from './pom.ts';
import { type ManagedProcess, startProcess } from './processes.ts';

export interface NodeContext {
  readonly jars: KafkaJars;
  readonly workFolder: string;
  readonly log4jFile: string;
  readonly jvmFlags: readonly string[] | undefined;
  readonly surroundings: NodeSurroundings;
}

export interface NodeSurroundings {
  /** Jars and folders before Kafka's own on the class path. */
  readonly classPath?: readonly string[] | undefined;
  /** Added to the environment of the process: secrets that no config file should hold. */
  readonly env?: Readonly<Record<string, string>> | undefined;
}

export async function prepareNode(
  jars: KafkaJars,
  workFolder: string,
  jvmFlags: readonly string[] | undefined,
  surroundings: NodeSurroundings = {},
): Promise<NodeContext> {
  await mkdir(workFolder, { recursive: true });
  const log4jFile = join(workFolder, 'log4j.properties');
  await writeFile(log4jFile, log4jProperties(usesLog4j2(jars.version)));
  return { jars, workFolder, log4jFile, jvmFlags, surroundings };
}

/** Starts one JVM of Kafka's; its output goes to `<name>.log` in the work folder. */
export function startNode(
  context: NodeContext,
  name: string,
  mainClass: string,
  args: readonly string[],
): Promise<ManagedProcess> {
  const { jars, workFolder, log4jFile, jvmFlags, surroundings } = context;
  const classPath = [...(surroundings.classPath ?? []), jars.classPath].join(delimiter);
  return startProcess({
    name,
    command: 'java',
    args: javaArguments({ classPath, mainClass, args, log4jFile, jvmFlags }),
    cwd: workFolder,
    logFile: join(workFolder, `${name}.log`),
    env: surroundings.env,
  });
}

/** A cluster or directory id as Kafka writes them: 16 bytes in base64url, not starting with a dash. */
export function newKafkaId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newKafkaId() : id;
}
