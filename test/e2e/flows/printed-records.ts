import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClusterAddress } from '../../../src/testbed/client.ts';
import { compiledClasses } from '../../../src/testbed/compiled-classes.ts';
import { resolveJars } from '../../../src/testbed/jars.ts';
import { javaArguments, javaEnvironment, log4jProperties, runCommand } from '../../../src/testbed/java.ts';
import { createWorkFolder, removeWorkFolder } from '../../../src/testbed/processes.ts';

const PRINTER = fileURLToPath(new URL('./RecordPrinter.java', import.meta.url));

/** One line a committed record, by a consumer of Kafka's own client: see RecordPrinter.java. */
export async function printedRecords(cluster: ClusterAddress, topics: readonly string[]): Promise<readonly string[]> {
  const jars = await resolveJars();
  const classes = await compiledClasses('flows', jars, [PRINTER]);
  const folder = await createWorkFolder('record-printer-');
  try {
    const log4jFile = join(folder, 'log4j.properties');
    await writeFile(log4jFile, log4jProperties(true).replaceAll('INFO', 'ERROR'));
    const classPath = [classes, jars.classPath].join(delimiter);
    const args = [cluster.bootstrapServers, ...topics];
    const program = javaArguments({ classPath, mainClass: 'RecordPrinter', args, log4jFile });
    const options = { missing: 'Java was not found on PATH.', timeoutMs: 240_000, env: javaEnvironment() };
    const { exitCode, output } = await runCommand('java', program, options);
    if (exitCode !== 0) throw new Error(`RecordPrinter ended with ${exitCode}: ${output}`);
    return output.split('\n').filter((line) => line !== '');
  } finally {
    await removeWorkFolder(folder);
  }
}
