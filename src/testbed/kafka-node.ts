import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bedError } from './errors.ts';
import type { KafkaJars } from './jars.ts';
import { javaArguments, log4jProperties, runCommand } from './java.ts';
import { majorMinor, usesLog4j2 } from './pom.ts';
import { type ManagedProcess, startProcess } from './processes.ts';

export interface NodeContext {
  readonly jars: KafkaJars;
  readonly workFolder: string;
  readonly log4jFile: string;
  readonly jvmFlags: readonly string[] | undefined;
}

export async function prepareNode(
  jars: KafkaJars,
  workFolder: string,
  jvmFlags: readonly string[] | undefined,
): Promise<NodeContext> {
  await mkdir(workFolder, { recursive: true });
  const log4jFile = join(workFolder, 'log4j.properties');
  await writeFile(log4jFile, log4jProperties(usesLog4j2(jars.version)));
  return { jars, workFolder, log4jFile, jvmFlags };
}

/** Starts one JVM of Kafka's; its output goes to `<name>.log` in the work folder. */
export function startNode(
  context: NodeContext,
  name: string,
  mainClass: string,
  args: readonly string[],
): Promise<ManagedProcess> {
  const { jars, workFolder, log4jFile, jvmFlags } = context;
  return startProcess({
    name,
    command: 'java',
    args: javaArguments({ classPath: jars.classPath, mainClass, args, log4jFile, jvmFlags }),
    cwd: workFolder,
    logFile: join(workFolder, `${name}.log`),
  });
}

/** A cluster id as Kafka writes them: 16 bytes in base64url, not starting with a dash. */
export function newClusterId(): string {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? newClusterId() : id;
}

/** Writes the first metadata of a KRaft node, with share groups on where the version has them. */
export async function formatStorage(context: NodeContext, clusterId: string, configFile: string): Promise<void> {
  const [major, minor] = majorMinor(context.jars.version);
  // Preview in 4.1; on by default from 4.2.
  const features = major === 4 && minor === 1 ? ['--feature', 'share.version=1'] : [];
  const { jars, workFolder, log4jFile, jvmFlags } = context;
  const args = ['format', '-t', clusterId, '-c', configFile, ...features];
  const program = { classPath: jars.classPath, mainClass: 'kafka.tools.StorageTool', args, log4jFile, jvmFlags };
  const missing = 'Java was not found on PATH.';
  const { exitCode, output } = await runCommand('java', javaArguments(program), { cwd: workFolder, missing });
  if (exitCode !== 0) throw bedError(`kafka-storage format failed with exit code ${exitCode}:\n${output.slice(-2000)}`);
}
