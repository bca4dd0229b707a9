import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createWorkFolder, startProcess } from '../../src/testbed/processes.ts';

// Starts a process that would sleep on for ten minutes, says which, and waits to be killed.
const folder = await createWorkFolder('parent-of-sleep-');
const spec = { name: 'sleep', command: 'sleep', args: ['600'], cwd: folder, logFile: join(folder, 'sleep.log') };
const { pid } = await startProcess(spec);
writeSync(1, `${JSON.stringify({ pid, folder })}\n`);
setInterval(() => undefined, 1_000);
