/** Java's own console tools at a listener that wants a sign-in, in a process with its environment. */
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { propertiesText } from '../../../src/testbed/broker-config.ts';
import type { IamJavaClient } from '../../../src/testbed/iam/iam-java-client.ts';
import { resolveJars } from '../../../src/testbed/jars.ts';
import { javaArguments, javaEnvironment, log4jProperties } from '../../../src/testbed/java.ts';
import { createWorkFolder, removeWorkFolder } from '../../../src/testbed/processes.ts';

export interface ToolRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Of one tool. A test starts two. */
const DEADLINE_MS = 140_000;
/** A consumer that meets no record for so long ends by itself; the start of its JVM does not count. */
const NO_RECORD_MS = 120_000;

/** One line a record. */
export function produceLines(client: IamJavaClient, bootstrapServers: string, topic: string, lines: readonly string[]) {
  const args = ['--bootstrap-server', bootstrapServers, '--topic', topic];
  return run(client, 'org.apache.kafka.tools.ConsoleProducer', args, lines.map((line) => `${line}\n`).join(''));
}

/** Reads so many records as a member of the group, and commits. */
export function consumeLines(
  client: IamJavaClient,
  bootstrapServers: string,
  { topic, groupId, count }: { readonly topic: string; readonly groupId: string; readonly count: number },
) {
  const args = ['--bootstrap-server', bootstrapServers, '--topic', topic, '--group', groupId, '--from-beginning'];
  const limit = ['--max-messages', String(count), '--timeout-ms', String(NO_RECORD_MS)];
  return run(client, 'org.apache.kafka.tools.consumer.ConsoleConsumer', [...args, ...limit], '');
}

async function run(client: IamJavaClient, mainClass: string, args: readonly string[], stdin: string): Promise<ToolRun> {
  const jars = await resolveJars();
  const folder = await createWorkFolder('java-client-');
  try {
    const log4jFile = join(folder, 'log4j.properties');
    const toStderr = 'appender.out.target=SYSTEM_ERR\n';
    await writeFile(log4jFile, log4jProperties(true).replaceAll('INFO', 'WARN') + toStderr);
    const configFile = join(folder, 'client.properties');
    await writeFile(configFile, propertiesText(client.properties), { mode: 0o600 });
    const classPath = [...client.classPath, jars.classPath].join(delimiter);
    const program = { classPath, mainClass, args: [...args, '--command-config', configFile], log4jFile };
    const child = spawn('java', javaArguments(program), {
      cwd: folder,
      env: { ...javaEnvironment(), ...client.env },
      timeout: DEADLINE_MS,
    });
    const texts = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (chunk: string) => {
        texts[stream] += chunk;
      });
    }
    child.stdin.end(stdin);
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    return { exitCode, ...texts };
  } finally {
    await removeWorkFolder(folder);
  }
}
