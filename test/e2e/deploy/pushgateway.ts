/** A real Pushgateway, which keeps what the action pushes for Prometheus to scrape. */
import { join } from 'node:path';
import { freePort } from '../../../src/testbed/ports.ts';
import { createWorkFolder, removeWorkFolder, startProcess } from '../../../src/testbed/processes.ts';
import { waitFor } from '../../../src/testbed/wait.ts';
import { debianPrograms } from './debian-tool.ts';

export interface Pushgateway {
  readonly address: string;
  stop(): Promise<void>;
}

export async function startPushgateway(): Promise<Pushgateway> {
  const programs = await debianPrograms('prometheus-pushgateway');
  const folder = await createWorkFolder('pushgateway-');
  const address = `127.0.0.1:${await freePort()}`;
  const process = await startProcess({
    name: 'Pushgateway',
    command: join(programs, 'prometheus-pushgateway'),
    args: [`--web.listen-address=${address}`],
    cwd: folder,
    logFile: join(folder, 'pushgateway.log'),
  });
  const ready = async () =>
    (await fetch(`http://${address}/-/ready`)).ok ? { done: undefined } : { seen: 'not ready' };
  await waitFor('the Pushgateway to be ready', ready, { timeoutMs: 180_000, details: () => process.logTail() });
  return {
    address,
    async stop() {
      await process.stop();
      await removeWorkFolder(folder);
    },
  };
}
