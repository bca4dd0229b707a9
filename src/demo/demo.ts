import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from '../operations/ports.ts';
import { duration } from '../report/format.ts';
import { startBed } from '../testbed/bed.ts';
import { resolveJars } from '../testbed/jars.ts';
import { unlessCancelled } from './cancel.ts';
import { CleanUp } from './clean-up.ts';
import { closingLines, keptLines } from './closing-words.ts';
import type { Stage } from './stage.ts';
import { type Ending, play } from './story.ts';

export interface DemoOptions {
  /** Leave the clusters up and print commands to play with. */
  readonly keep: boolean;
  readonly log: Log;
  /** Aborts on Ctrl-C: everything is ended and removed then. */
  readonly signal: AbortSignal;
  /** Path of this command line's script, for the commands that are printed. */
  readonly script: string;
}

/**
 * @returns the exit code of the sync that it shows; 1 when Java's tool shows other offsets than the report.
 * @throws MigrationError(TESTBED), of one line when java or mvn is missing; on a cancel the signal's reason. What was
 * just being started then ends with this process (see the test bed's watchdog).
 */
export async function runDemo({ keep, log, signal, script }: DemoOptions): Promise<number> {
  const startedAtMs = Date.now();
  const jars = await unlessCancelled(resolveJars({ log: (line) => log.info(line) }), signal);
  log.stage('A Kafka migration with MirrorMaker 2, for real, in about a minute');
  log.info('Everything runs on this machine and is removed at the end; Ctrl-C does that at any time.');
  log.info('');
  log.stage('1/7 Boot two Kafka clusters and Kafka Connect');
  log.info('"source" is the cluster to leave, "target" the one to move to; Connect runs MirrorMaker 2.');
  const bed = await unlessCancelled(startBed({ onProgress: (line) => log.info(line) }), signal);
  const cleanUp = new CleanUp(bed, log, signal);
  try {
    const folder = await mkdtemp(join(tmpdir(), 'kafka-mm2-demo-'));
    const ending = await playIn(folder, { bed, log, signal, endLater: (started) => cleanUp.add(started) });
    if (keep) cleanUp.keep();
    await cleanUp.run();
    log.info('');
    for (const line of closingLines({ ...ending, kept: keep, script })) log.info(line);
    log.info(`Total time: ${duration(Date.now() - startedAtMs)}`);
    if (keep) for (const line of keptLines({ bed, folder, jars, script, consumer: ending.consumer })) log.info(line);
    return ending.exitCode;
  } finally {
    await cleanUp.run();
  }
}

/** The folder stays for its reports, unless somebody cancelled. */
async function playIn(folder: string, stage: Omit<Stage, 'folder'>): Promise<Ending> {
  try {
    return await play({ ...stage, folder });
  } catch (error) {
    if (stage.signal.aborted) await rm(folder, { recursive: true, force: true });
    throw error;
  }
}
