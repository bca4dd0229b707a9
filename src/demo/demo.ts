import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../operations/ports.ts';
import { startBed } from '../testbed/bed.ts';

export interface DemoOptions {
  /** Leave the clusters up and print commands to play with. */
  readonly keep: boolean;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** @returns the exit code of the sync that it shows. */
export async function runDemo({ log }: DemoOptions): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'kafka-mm2-demo-'));
  log.stage('Boot two Kafka clusters and Kafka Connect');
  const bed = await startBed({ onProgress: (line) => log.info(line) });
  try {
    log.info(`Reports: ${folder}`);
    return 0;
  } finally {
    await bed.stop();
  }
}
