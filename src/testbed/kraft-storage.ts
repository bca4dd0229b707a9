import { copyFile, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { propertiesText } from './broker-config.ts';
import { bedError } from './errors.ts';
import { javaArguments, runCommand } from './java.ts';
import { type NodeContext, newKafkaId } from './kafka-node.ts';
import { majorMinor } from './pom.ts';
import { guardFolder } from './watchdog.ts';

export interface StorageSpec {
  readonly clusterId: string;
  readonly nodeId: number;
  readonly dataFolder: string;
}

/**
 * Writes what `kafka-storage format` writes: meta.properties, and the bootstrap checkpoint that holds the feature
 * levels. The checkpoint is the same for every cluster of a version, so the tool (a JVM of over a second) runs once
 * and its checkpoint is kept beside the jars. Share groups are on where the version has them.
 */
export async function formatStorage(context: NodeContext, spec: StorageSpec): Promise<void> {
  const checkpoint = await bootstrapCheckpoint(context);
  await mkdir(spec.dataFolder, { recursive: true });
  const meta = {
    version: '1',
    'cluster.id': spec.clusterId,
    'node.id': String(spec.nodeId),
    'directory.id': newKafkaId(),
  };
  await writeFile(join(spec.dataFolder, 'meta.properties'), propertiesText(meta));
  await copyFile(checkpoint, join(spec.dataFolder, CHECKPOINT));
}

const CHECKPOINT = 'bootstrap.checkpoint';
const making = new Map<string, Promise<void>>();

async function bootstrapCheckpoint(context: NodeContext): Promise<string> {
  const kept = join(context.jars.folder, CHECKPOINT);
  const there = await stat(kept).then(
    () => true,
    () => false,
  );
  if (!there) {
    const running = making.get(kept) ?? makeCheckpoint(context, kept);
    making.set(kept, running);
    await running.finally(() => making.delete(kept));
  }
  return kept;
}

// In a folder of its own and then renamed: another process may be doing the same.
async function makeCheckpoint(context: NodeContext, kept: string): Promise<void> {
  const folder = await mkdtemp(join(context.jars.folder, '.format-'));
  guardFolder(folder);
  try {
    const data = join(folder, 'data');
    const config = {
      'process.roles': 'broker,controller',
      'node.id': '1',
      'controller.quorum.voters': '1@127.0.0.1:9093',
      'controller.listener.names': 'CONTROLLER',
      listeners: 'PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093',
      'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
      'log.dirs': data,
    };
    const configFile = join(folder, 'server.properties');
    await writeFile(configFile, propertiesText(config));
    await runFormat(context, configFile);
    await rename(join(data, CHECKPOINT), kept);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runFormat(context: NodeContext, configFile: string): Promise<void> {
  const { jars, workFolder, log4jFile } = context;
  const [major, minor] = majorMinor(jars.version);
  // Preview in 4.1; on by default from 4.2.
  const features = major === 4 && minor === 1 ? ['--feature', 'share.version=1'] : [];
  const args = ['format', '-t', newKafkaId(), '-c', configFile, ...features];
  const program = { classPath: jars.classPath, mainClass: 'kafka.tools.StorageTool', args, log4jFile };
  const settings = { cwd: workFolder, missing: 'Java was not found on PATH.' };
  const { exitCode, output } = await runCommand('java', javaArguments(program), settings);
  if (exitCode === 0) return;
  throw bedError(`kafka-storage format failed with exit code ${exitCode}:\n${output.slice(-2000)}`);
}
