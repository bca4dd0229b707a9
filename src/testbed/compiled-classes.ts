import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { bedError } from './errors.ts';
import type { KafkaJars } from './jars.ts';
import { runCommand } from './java.ts';

/**
 * A folder with the classes of these Java files, compiled against Kafka's once for each state of the sources and kept
 * beside the jars. Throws a bed error without a JDK.
 */
export async function compiledClasses(cacheName: string, jars: KafkaJars, files: readonly string[]): Promise<string> {
  const hash = createHash('sha256').update(basename(jars.folder));
  for (const file of files) hash.update(await readFile(file));
  const cache = join(dirname(jars.folder), '..', cacheName);
  const classes = join(cache, hash.digest('hex').slice(0, 16));
  if (await exists(classes)) return classes;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(join(cache, '.compiling-'));
  const missing = 'javac was not found on PATH. Install a JDK >= 17.';
  const args = ['-nowarn', '-d', fresh, '-cp', jars.classPath, ...files];
  const { exitCode, output } = await runCommand('javac', args, { missing });
  if (exitCode !== 0) throw bedError(`javac failed:\n${output}`);
  // Another process may have been quicker; its classes are the same.
  await rename(fresh, classes).catch(() => rm(fresh, { recursive: true, force: true }));
  return classes;
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
