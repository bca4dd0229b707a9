import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClusterAddress, withAdmin } from './client.ts';
import { bedError } from './errors.ts';
import { committedOffsets } from './groups.ts';
import { resolveJars } from './jars.ts';
import { javaArguments, log4jProperties } from './java.ts';
import { usesLog4j2 } from './pom.ts';
import { type ManagedProcess, startProcess } from './processes.ts';
import { logRanges } from './topics.ts';
import { waitFor } from './wait.ts';

export interface ConsoleConsumerOptions {
  readonly groupId: string;
  readonly topic: string;
  /** Receives the log4j file and the consumer's output. */
  readonly workFolder: string;
}

const CONSOLE_CONSUMER = 'org.apache.kafka.tools.consumer.ConsoleConsumer';
const TIMEOUT_MS = 180_000;

/**
 * Java's own console consumer (Kafka >= 4.3) in a process of its own: it reads from the beginning, commits every half
 * second and stays a member of its group until it is stopped.
 */
export async function startConsoleConsumer(
  address: ClusterAddress,
  { groupId, topic, workFolder }: ConsoleConsumerOptions,
): Promise<ManagedProcess> {
  const jars = await resolveJars({ version: address.version });
  const log4jFile = join(workFolder, `consumer-${groupId}.log4j.properties`);
  await writeFile(log4jFile, log4jProperties(usesLog4j2(jars.version)));
  const args = ['--bootstrap-server', address.bootstrapServers, '--topic', topic, '--group', groupId];
  const settings = ['--from-beginning', '--command-property', 'auto.commit.interval.ms=500'];
  const program = {
    classPath: jars.classPath,
    mainClass: CONSOLE_CONSUMER,
    args: [...args, ...settings],
    log4jFile,
    jvmFlags: ['-Xmx128m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
  };
  return startProcess({
    name: `the consumer of ${groupId}`,
    command: 'java',
    args: javaArguments(program),
    cwd: workFolder,
    logFile: join(workFolder, `consumer-${groupId}.log`),
  });
}

/** Returns when the consumer is a member of its group and has committed the end of every partition of its topic. */
export function waitUntilConsumed(
  address: ClusterAddress,
  consumer: ManagedProcess,
  { groupId, topic }: Pick<ConsoleConsumerOptions, 'groupId' | 'topic'>,
): Promise<void> {
  const look = async () => {
    const status = consumer.exitStatus();
    if (status !== null) throw bedError(`${consumer.name} ended with ${status}.\n${consumer.logTail()}`);
    const state = await withAdmin(address, (admin) => admin.describeGroups([groupId]));
    if (state.groups[0]?.state !== 'Stable') return { seen: `group ${state.groups[0]?.state}` };
    const ends = await logRanges(address, topic);
    const committed = await committedOffsets(address, groupId);
    const behind = ends.filter(
      ({ partition, end }) => committed.find((one) => one.partition === partition)?.offset !== end,
    );
    return behind.length === 0 ? { done: undefined } : { seen: `${behind.length} partitions not read to the end` };
  };
  const details = () => `--- ${consumer.logFile}\n${consumer.logTail()}`;
  return waitFor(`${groupId} to have read ${topic}`, look, { timeoutMs: TIMEOUT_MS, intervalMs: 250, details });
}
